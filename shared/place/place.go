// Package place finds countries in text, by their names, capitals, cities, demonyms, governments and leaders, and
// international organisations, and gives them their ISO 3166-1 alpha-2 or organisation code.
//
// What it knows is data: data/README.md says where each list comes from and how to add a line. A text is read once from left to
// right and the longest name wins ("Papua New Guinea" before "Guinea"; "Washington Post", which is listed as no place, before
// "Washington"). Rules of context.go then drop what only looks like a place. Which of two places of one name is meant
// (Georgia, Birmingham) is settled by what else the same text names.
package place

import (
	"factbox/shared/fact"
	"factbox/shared/token"
)

// Kind says by what words a country was named.
type Kind string

// The kinds of mention.
const (
	Country      Kind = "country"      // Germany
	Capital      Kind = "capital"      // Berlin: the city, or the government that sits there
	City         Kind = "city"         // Hamburg, and regions: Bavaria
	Demonym      Kind = "demonym"      // German
	People       Kind = "people"       // Germans
	Government   Kind = "government"   // the Kremlin, Downing Street, the Pentagon
	Leader       Kind = "leader"       // Merkel, while in office
	Organisation Kind = "organisation" // NATO
)

// Mention is a place or an organisation in a text. Its span leaves out an article, a title and a possessive ending.
type Mention struct {
	token.Span
	Code string // ISO 3166-1 alpha-2 in capitals, or an organisation's: EU, NATO, UN, …
	Kind Kind
}

// Tag finds the mentions in a text, in order and without overlap. on is the day (YYYY-MM-DD) at which leaders must be in
// office or have left it at most two years before; without it no leader is found. Names need their capital letters, unless
// the sentence is all in capitals. Time is linear in the length of the text.
func Tag(text token.Text, on fact.EDTF) []Mention {
	t := tagger{text: text, lexicon: names()}
	t.today, t.earliest = officeWindow(on)
	for _, s := range text.Sentences {
		t.sentence(s)
	}
	t.settleRivals()
	mentions := make([]Mention, len(t.found))
	for i, f := range t.found {
		mentions[i] = f.Mention
	}
	return mentions
}
