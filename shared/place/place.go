// Package place finds countries in text, by their names, capitals, cities, demonyms, governments and leaders, and
// international organisations, and gives them their ISO 3166-1 alpha-2 or organisation code.
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

// Mention is a place or an organisation in a text.
type Mention struct {
	token.Span
	Code string // ISO 3166-1 alpha-2 in capitals, or an organisation's: EU, NATO, UN, …
	Kind Kind
}

// Tag finds the mentions in a text, in order and without overlap. on is the day (YYYY-MM-DD) at which leaders must be in
// office or have left it at most two years before; without it no leader is found.
func Tag(text token.Text, on fact.EDTF) []Mention { return nil }

// Code gives the code of a country written as ISO 3166-1 alpha-2 or alpha-3 in any case, or of an organisation's code.
func Code(s string) (code string, ok bool) { return "", false }

// Name gives the English name of a country or organisation (CLDR), or the code itself when there is none.
func Name(code string) string { return code }

// IsCountry reports whether the code is ISO 3166-1 alpha-2 rather than an organisation's.
func IsCountry(code string) bool { return false }
