package answer

import (
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// sends reports whether a question has somebody send or give what it asks for.
func (q *Query) sends() bool {
	return q.verbOf("send", "sent", "give", "gave", "given", "ship", "fly", "flown", "donate", "lend", "lent", "deliver", "supply", "hand")
}

// money reports whether a question asks for money: for that, or for what somebody pays.
func (q *Query) money() bool {
	return q.verbOf("pay", "paid", "money", "cash", "ransom", "dollar", "euro", "fund", "funding")
}

// inCurrency reports whether the currencies that a question names, if any, may be the one of an amount (ISO 4217).
func (q *Query) inCurrency(code string) bool {
	for word, codes := range currencies {
		if q.verbOf(word) && !slices.ContainsFunc(codes, func(c string) bool { return strings.HasSuffix(code, c) }) {
			return false
		}
	}
	return true
}

// currencies are words for money and the ends of the codes that they stand for.
var currencies = map[string][]string{"dollar": {"D"}, "euro": {"EUR"}, "pound": {"P"}, "yen": {"JPY"}, "franc": {"F"}, "crown": {"K"}, "rand": {"ZAR"}}

// verbOf reports whether one of some words stands in the question.
func (q *Query) verbOf(words ...string) bool {
	return slices.ContainsFunc(q.tokens, func(t token.Token) bool {
		return slices.ContainsFunc(bases(t.Fold), func(b string) bool { return slices.Contains(words, b) })
	})
}

// muchOf reports whether a question asks how much there is of a thing, rather than for a sum: "how much wheat".
func (q *Query) muchOf() bool {
	for i, t := range q.terms {
		if t.means(asks, "amount") && i+1 < len(q.terms) && q.terms[i+1].First == t.Last {
			return q.terms[i+1].things() || len(q.terms[i+1].meanings) == 0
		}
	}
	return false
}

// counts reports whether the unit of support is what a question counts, behind "how many" or behind a number: of "2 planeloads of
// tents", planeloads and not tents.
func (q *Query) counts(g *group) bool {
	for i, t := range q.terms {
		if !t.things() && len(t.meanings) > 0 {
			continue
		}
		last := i+1 == len(q.terms) || !q.terms[i+1].within(q.victims)
		many := t.within(q.victims) && last && q.tokens[q.victims.First-1].Fold == "many"
		if numbered := t.First > 0 && q.tokens[t.First-1].Kind == token.Number; !many && !numbered {
			continue
		}
		if g.support.Quantity == nil {
			return false
		}
		unit, _, _ := strings.Cut(strings.ToLower(g.support.Quantity.Unit), " of ")
		said := newVocabulary("")
		said.add(unit)
		if !said.holds(t.words[len(t.words)-1]) {
			return false
		}
	}
	return true
}

// refused reports whether support was declined by who was to get it: it stands first in the quote, and who offered it later.
func (g *group) refused() bool {
	p := g.support
	if p == nil || p.Status != fact.Declined || p.Recipient == nil {
		return false
	}
	for _, f := range g.reports {
		for _, m := range place.Tag(token.Read(text(f.Evidence.Quote)), g.words.on) {
			if m.Code == p.Donor {
				break
			}
			if m.Code == *p.Recipient {
				return true
			}
		}
	}
	return false
}
