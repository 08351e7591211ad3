package answer

import (
	"strings"
	"unicode"

	"factbox/shared/place"
	"factbox/shared/summary"
	"factbox/shared/token"
)

// shouts reports whether the documents of a group are written in capitals throughout, as wire copy is.
func (g *group) shouts() bool {
	said := false
	for _, f := range g.reports {
		quote := text(f.Evidence.Quote)
		if strings.IndexFunc(quote, unicode.IsLower) >= 0 {
			return false
		}
		said = said || strings.IndexFunc(quote, unicode.IsUpper) >= 0
	}
	return said
}

// lower writes words in capitals as other documents do: small, but for the names of countries and of those from there.
func (g *group) lower(s string) string {
	if !g.shouts() {
		return s
	}
	names := make(map[int]bool)
	words := token.Read(s)
	for _, m := range place.Tag(words, g.words.on) {
		for i := m.First; i < m.Last; i++ {
			names[i] = true
		}
	}
	var b strings.Builder
	end := 0
	for i, t := range words.Tokens {
		b.WriteString(s[end:t.Start])
		word := strings.ToLower(s[t.Start:t.End])
		if names[i] {
			word = summary.Capital(word)
		}
		b.WriteString(word)
		end = t.End
	}
	return b.String() + s[end:]
}

// calm writes words in capitals as a sentence.
func (g *group) calm(s string) string {
	if !g.shouts() {
		return s
	}
	return summary.Capital(g.lower(s))
}
