package extract

import (
	"strings"

	"factbox/shared/fact"
)

// Redact drops the quotes that the rights forbid: all under fact.RightsNone, those longer than fact.PhraseWords words under
// fact.RightsPhrase. Everything else of the facts stays.
func Redact(facts []fact.Fact, rights fact.Rights) {
	for i := range facts {
		if q := facts[i].Evidence.Quote; q != nil && !rights.Allows(*q) {
			facts[i].Evidence.Quote = nil
		}
	}
}

// cutCount drops the words of a count, and an article before it, from the front of a noun phrase.
func cutCount(words, count string) (rest string, ok bool) {
	before, after, found := strings.Cut(words, count)
	if !found || len(strings.Fields(before)) > 1 {
		return words, false
	}
	after = strings.TrimSpace(after)
	return strings.TrimSpace(strings.TrimPrefix(after, "of ")), true
}
