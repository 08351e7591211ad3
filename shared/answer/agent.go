package answer

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// findAgent finds the words that name who did it: between "did" and the verb, or behind "by". Those who suffer it are none, as in
// "how many did die", "how many have been killed".
func (q *Query) findAgent() span {
	for i, t := range q.tokens {
		switch {
		case does[t.Fold]:
			if end := q.verbBehind(i + 1); end > i+1 {
				return span{First: i + 1, Last: end}
			}
		case t.Fold == "by" && i > 0:
			return span{First: i + 1, Last: q.nounsEnd(q.tokens, i+1)}
		}
	}
	return span{}
}

var does = map[string]bool{"did": true, "do": true, "does": true, "has": true, "have": true, "had": true}

// verbBehind gives where the verb is whose subject begins at a token: of casualties one that is done to somebody, of days the first
// that is no name; 0 where there is none.
func (q *Query) verbBehind(from int) int {
	for i := from; i < len(q.tokens); i++ {
		word := q.tokens[i].Fold
		if word == "been" || word == "be" || q.tokens[i].Kind == token.Mark && word != "'s" {
			return 0
		}
		found, _ := load().at(q.tokens, i)
		if slices.ContainsFunc(found, func(m meaning) bool { return m.class == effects }) && transitive(word) && !nounBehind[q.tokens[i-1].Fold] {
			return i
		}
	}
	return 0
}

// transitive reports whether a verb of casualties is said of who does it.
func transitive(word string) bool {
	return !slices.ContainsFunc(bases(word), func(b string) bool { return suffers[b] })
}

// suffers are verbs of casualties that are said of the victims.
var suffers = map[string]bool{"die": true, "died": true, "dying": true, "dead": true, "perish": true, "drown": true, "flee": true, "fled": true, "disappear": true,
	"missing": true, "fall": true, "fell": true, "homeless": true, "refugee": true, "casualty": true}

// eventActs reports whether the agent is an event, whatever else is said of it: "killed by the roadside bomb".
func (q *Query) eventActs() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.within(q.agent) && slices.ContainsFunc(t.words, load().namesEvent) })
}

// acts reports whether a quote or a label of a group tells that the named one does what happens: it stands before the verb, and not
// behind a preposition, or behind "by".
func (n named) acts(g *group, q *Query) bool {
	for _, f := range g.reports {
		for _, s := range []string{text(f.Evidence.Quote), labelOf(f)} {
			if n.actsIn(token.Read(s), g.words.on, q) {
				return true
			}
		}
	}
	return false
}

// getsIn reports whether a quote says "to" or "for" the named one.
func (n named) getsIn(reports []fact.Fact) bool {
	for _, f := range reports {
		s := token.Read(text(f.Evidence.Quote))
		for _, m := range place.Tag(s, "") {
			i := previous(s.Tokens, m.First)
			if m.Code == n.code && i >= 0 && (s.Tokens[i].Fold == "to" || s.Tokens[i].Fold == "for") {
				return true
			}
		}
	}
	return false
}

func labelOf(f fact.Fact) string {
	switch {
	case f.Casualty != nil:
		return f.Casualty.Event
	case f.Date != nil:
		return f.Date.Event
	}
	return ""
}

// does reports whether a token is of a verb that a question may ask for: one of casualties, or its own.
func (q *Query) does(tokens []token.Token, at int) bool {
	found, _ := load().at(tokens, at)
	return slices.ContainsFunc(found, func(m meaning) bool { return m.class == effects }) || q.verbOf(bases(tokens[at].Fold)...)
}

func (n named) actsIn(s token.Text, on fact.EDTF, q *Query) bool {
	passive := slices.ContainsFunc(s.Tokens, func(t token.Token) bool { return t.Fold == "by" })
	leading := true // nothing but names stands before
	next := 0
	for _, m := range place.Tag(s, on) {
		for ; next < m.First; next++ {
			fold := s.Tokens[next].Fold
			leading = leading && (nounBehind[fold] || fold == "and" || s.Tokens[next].Kind == token.Number)
		}
		next = m.Last
		town := m.Kind == place.Capital || m.Kind == place.City
		if m.Code != n.code || n.person != (m.Kind == place.Leader) || town && !n.town {
			continue
		}
		i := previous(s.Tokens, m.First)
		if i > 0 && s.Tokens[i].Fold == "by" && q.does(s.Tokens, i-1) || leading && !passive {
			return true
		}
	}
	return false
}
