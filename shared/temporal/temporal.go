// Package temporal finds time expressions in English news and normalises them to TIMEX3 and EDTF, relative to the day of
// publication.
//
// It is a cascade in the manner of HeidelTime (Strötgen and Gertz 2010) and SUTime (Chang and Manning 2012): rules, which
// are data in the folder rules, find expressions among tokens and join them; then each is placed on the calendar in the
// order of the document. Time is linear in the length of the text.
package temporal

import (
	"strings"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// Mention is one time expression.
type Mention struct {
	token.Span
	fact.Timex
	Rule string    // the rule that found it, or joined it last, as file:line in the folder rules
	Date fact.EDTF // the calendar date or interval, with what stands around it ("before Nov 2": "../2015-11-02"); empty for a duration, a set, a vague time, or where published is unknown and would be needed
}

// Tag finds the time expressions of a document's paragraphs, a slice a paragraph, in order and without overlap. published is
// the day of publication (YYYY-MM-DD), or fact.Unknown or empty when it is not known: then a relative expression has no
// value. It may be a month or a year too; then only what counts months or years has one.
func Tag(paragraphs []token.Text, published fact.EDTF) [][]Mention {
	g, r := loadGrammar(), newResolver(published)
	all := make([][]Mention, len(paragraphs))
	for i, text := range paragraphs {
		m := g.match(text)
		r.days = 0
		for _, e := range m.found {
			e.report = m.saying(e.First)
			mention := r.mention(*e, m.lean(*e))
			if mention.Type != fact.TimexTime { // "before midnight on Monday" is on Monday
				mention.Date = m.open(*e, mention.Date)
			}
			all[i] = append(all[i], mention)
		}
	}
	return all
}

// open gives a date the open side that the word before it says: "before" and "until" leave its beginning open, "since" its
// end. "Through" does only without "from", and a possessive ("before Tuesday's summit") is the date of what follows.
func (m *matcher) open(e expression, date fact.EDTF) fact.EDTF {
	switch {
	case date != "" && e.mod == "BEFORE": // "pre-1990"
		return fact.EDTF("../" + date)
	case date != "" && e.mod == "AFTER":
		return fact.EDTF(date + "/..")
	case date == "" || m.boundary[e.First] || e.Last < len(m.tokens) && m.tokens[e.Last].Fold == "'s":
		return date
	}
	first, last, _ := strings.Cut(string(date), "/")
	if last == "" {
		last = first
	}
	switch m.tokens[e.First-1].Fold {
	case "since":
		return fact.EDTF(first + "/..")
	case "before":
		if m.negated(e.First - 1) { // "not expected before January"
			return fact.EDTF(first + "/..")
		}
		return fact.EDTF("../" + first)
	case "until", "till", "through", "'til":
		if !m.ranges(e.First - 1) {
			return fact.EDTF("../" + last)
		}
	}
	return date
}

// negated reports whether one of the few words before the one at i denies what it goes with.
func (m *matcher) negated(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch m.tokens[j].Fold {
		case "not", "n't", "never", "no":
			return true
		}
		if m.boundary[j] {
			break
		}
	}
	return false
}

// ranges reports whether "from" and another expression stand right before a word: "from Monday through Friday".
func (m *matcher) ranges(i int) bool {
	for j := i - 1; j > 0 && j > i-8 && !m.boundary[j]; j-- {
		if m.startsAt[j] > 0 {
			return m.found[m.startsAt[j]-1].Last == i && m.tokens[j-1].Fold == "from"
		}
	}
	return false
}
