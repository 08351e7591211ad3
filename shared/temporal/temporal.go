// Package temporal finds time expressions in English news and normalises them to TIMEX3 and EDTF, relative to the day of
// publication.
package temporal

import (
	"factbox/shared/fact"
	"factbox/shared/token"
)

// Mention is one time expression.
type Mention struct {
	token.Span
	fact.Timex
	Date fact.EDTF // the calendar date or interval, with what stands around it ("before Nov 2": "../2015-11-02"); empty for a duration, a set, a vague time, or where published is unknown and would be needed
}

// Tag finds the time expressions of a document's paragraphs, a slice a paragraph, in order and without overlap. published is
// the day of publication (YYYY-MM-DD), or fact.Unknown or empty when it is not known: then a relative expression has no value.
func Tag(paragraphs []token.Text, published fact.EDTF) [][]Mention {
	return make([][]Mention, len(paragraphs))
}
