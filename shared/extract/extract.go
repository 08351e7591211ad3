// Package extract turns an article into facts: casualties, dates and pledges. It has no clock, no network and no state.
//
// It is a cascade (FASTUS, Hobbs et al. 1997): tokens, then numbers, times and places, then noun and verb groups, then patterns
// over the groups, which are data in rules/, then what the document as a whole says: who "he" is, and of which attack a toll is.
package extract

import (
	"sync"

	"factbox/shared/article"
	"factbox/shared/fact"
)

// Version names the rules: facts record which made them.
const Version = "1"

// Facts extracts what the article states, in the order of the text and within a sentence casualties, dates, pledges. doc gives
// the document's id, story and day of publication. Quotes are filled in whatever the rights: see Redact.
func Facts(a *article.Article, doc fact.Document) []fact.Fact {
	return Read(a, doc).Facts()
}

// Facts gives the facts of the reading.
func (d *Reading) Facts() []fact.Fact {
	facts := []fact.Fact{}
	for i := range d.sentences {
		s := &d.sentences[i]
		facts = append(facts, d.casualties(s)...)
		facts = append(facts, d.dates(s)...)
		facts = append(facts, d.pledges(s)...)
		d.heard(s)
	}
	increments(facts)
	partOfTolls(facts)
	return unique(facts)
}

// Timex is a time expression where it stands in the document.
type Timex struct {
	Start int            `json:"start"` // byte offset in the document
	End   int            `json:"end"`
	Type  fact.TimexType `json:"type"`
	Value string         `json:"value"`
	Mod   string         `json:"mod,omitempty"`
}

// Timexes gives every time expression of the reading, also durations and sets, which make no fact.
func (d *Reading) Timexes() []Timex { return d.timexes }

// unique drops facts that say the same of the same words.
func unique(facts []fact.Fact) []fact.Fact {
	seen := make(map[string]bool, len(facts))
	kept := facts[:0]
	for _, f := range facts {
		if !seen[f.ID] {
			seen[f.ID] = true
			kept = append(kept, f)
		}
	}
	return kept
}

// loaded reads a rule file once, when it is first needed.
func loaded(file string) func() []rule {
	return sync.OnceValue(func() []rule {
		list, err := parseRules(file)
		if err != nil {
			panic(err) // embedded, and parsed by the tests
		}
		return list
	})
}
