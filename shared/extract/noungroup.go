package extract

import (
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// nominal reports whether the unit at i stands as a noun here: also a verb's form where no verb can be ("the start", "of targets").
func (c *chunker) nominal(i int) bool {
	u := c.at(i)
	if u.nominal() || i < len(c.units) && c.inName(i) {
		return true
	}
	if _, ok := u.verbForm(base, third); !ok || u.is(auxiliary) || len(u.senses) == 0 {
		return false
	}
	if i == 0 {
		_, ok := u.verbForm(third)
		return ok
	}
	prev := c.units[i-1]
	if prev.fold == "to" || prev.is(pronoun) || prev.is(adverb) {
		return false
	}
	return prev.is(determiner) || prev.is(preposition) || prev.fold == "'s" || prev.is(adjective) && !prev.is(verb) && !prev.is(noun) ||
		prev.place != nil && prev.place.Kind == place.Demonym
}

// headed reports whether the unit at i can go on with a noun group here, rather than begin a verb group.
func (c *chunker) headed(i int) bool {
	u := c.at(i)
	if !c.nominal(i) {
		return false
	}
	if u.place != nil || u.number != nil || u.time != nil || u.is(noun) {
		return true
	}
	if _, ok := u.verbForm(past, participle, gerund); ok {
		next := c.at(i + 1)
		return next.nominal() && next.number == nil && next.time == nil && !next.is(determiner)
	}
	if len(u.senses) > 0 && u.is(adjective) {
		if strings.HasSuffix(u.fold, " for") { // "unaccounted for" stands before no noun
			return false
		}
		next := c.at(i + 1)
		return u.is(noun) || next.nominal() && !next.is(determiner)
	}
	return true
}

// nounGroup reads determiners, a count, adjectives, names and nouns, and gives the unit behind them, or i.
func (c *chunker) nounGroup(i int) int {
	g := chunk{kind: nounGroup, Span: c.units[i].Span}
	j, modifier, bound := c.bound(i)
	if end := c.notOne(i); end > i {
		zero := fact.NewCount(fact.Exact, 0, c.words(i, end))
		j, g.count, g.word = end, &zero, "no"
	} else if s, ok := c.at(j).sense(determiner); ok && modifier == "" {
		switch {
		case s.is("none"):
			zero := fact.NewCount(fact.Exact, 0, c.at(j).fold)
			g.count = &zero
		case c.at(j).fold == "another" && c.alone(j+1):
			one := fact.NewCount(fact.Exact, 1, c.words(j, j+1))
			g.count, g.bare = &one, true
		case c.at(j).fold == "several" || c.at(j).fold == "many" || c.at(j).fold == "few":
			g.count = &fact.Count{Modifier: fact.Vague, Text: c.words(j, j+1)}
		}
		g.word = c.at(j).fold
		j++
		if c.at(j).fold == "other" && !c.at(j+1).mark { // "the other two people"
			j++
		}
		if after, m, b := c.bound(j); m != "" { // "the at least 20 people", "the more than 300 migrants"
			j, modifier, bound = after, m, b
		}
	}
	determiner, start := g.word, j
	counted, rest := false, -1
	head := -1
	for j < len(c.units) {
		u := c.units[j]
		switch {
		case u.fold == "'s" || u.fold == "'" && u.glued && j > i:
			if j == i {
				return i
			}
			g.owner = c.owner(&g, i, j, head, determiner)
			head, g.money = -1, nil
			if g.scope == "" { // in "two of the minister's guards" it is the guards who are counted
				counted, g.count = false, nil
			}
			j++
			continue
		case u.fold == "-" && u.glued && c.at(j+1).glued && j > i && !c.at(j+1).mark:
			j++
			continue
		case j > i && c.units[j-1].fold == "-" && u.glued && !u.mark && u.number == nil && !u.nominal():
			j++ // "stepped-up", "well-to-do"
			continue
		case c.priced(j):
			g.money, g.coin = c.signedMoney(j)
			head = j + 1
			j += 2
			continue
		case counted && (c.units[j-1].number != nil || rest == j) && c.remainder(j):
			rest = j + 1
			j++ // "two other people", "six more soldiers", "30 wounded civilians"
			continue
		case u.number != nil && determiner == "no" && j == start:
			j++ // "none of the 20 sailors"
			continue
		case u.number != nil && !counted && g.money == nil:
			if head >= 0 && g.count == nil && c.units[j-1].fold != "-" {
				goto done // "the regiment 20": no group
			}
			var end int
			end, g.count = c.count(j, i, modifier, bound)
			counted = true
			if end > j {
				head = end - 1
				j = end
				if m, ok := c.at(j).sense(noun); ok && m.is("money") && g.count != nil && c.headed(j+1) { // "a 2 million euro loan"
					g.money, g.coin = spelledMoney(c.at(j), c.units, j, g.count)
					j++
				}
				if next := c.at(j + 1).fold; c.at(j).fold == "of" && g.count != nil && (next == "them" || next == "whom" || next == "those") {
					g.scope = fact.ScopePart // "five of them Danes", "two of whom died"
					j += 2
				} else if c.at(j).fold == "of" && c.vagueOrPart(&g, j) {
					j++
					if c.at(j).is(determinerPart) {
						j++
					}
				}
				continue
			}
			j++
			continue
		case u.time != nil:
			if j > i && !(c.at(j+1).fold == "'s" || c.headed(j+1)) {
				goto done
			}
			g.times = append(g.times, *u.time)
			j++
			continue
		case u.place != nil:
			g.places = append(g.places, *u.place)
			head = j
			j++
			continue
		case c.at(j).is(determinerPart) && j > start:
			goto done
		case j > start && (u.is(preposition) || u.is(conjunction) || u.is(auxiliary) || u.is(modal) || u.is(relative) || u.is(pronoun) || u.is(subordinator)):
			if u.is(noun) && !u.is(preposition) {
				break
			}
			goto done
		}
		if !c.nominal(j) && !(j == start && determiner != "" && u.is(adverb)) {
			if _, ok := u.verbForm(participle, gerund); !ok || !c.headed(j+1) && !c.at(j+1).is(noun) && !(c.at(j+1).fold == "-" && c.at(j+1).glued) || head >= 0 && c.units[j-1].fold != "-" {
				break
			}
		}
		if u.mark {
			break
		}
		if f, ok := c.verbInside(j, head, determiner != "" || counted, i); ok && f {
			break
		}
		if u.is(adjective) && strings.HasSuffix(u.fold, " for") {
			break
		}
		if u.is(adjective) && !u.is(noun) && head == j-1 && head >= 0 && c.country(head) && !c.headed(j+1) { // "Lithuania first opened"
			break
		}
		if u.is(adjective) && !u.is(noun) && head < 0 && !c.headed(j+1) && determiner == "" && len(g.places) == 0 {
			break
		}
		head = j
		j++
	}
done:
	if counted && g.count != nil && c.at(j).fold == "or" && c.at(j+1).fold == "more" {
		j += 2
	}
	if j == i || head < 0 && g.count == nil && determiner == "" && len(g.times) == 0 {
		return i
	}
	for j > i+1 && (c.units[j-1].fold == "-" || c.units[j-1].fold == "'s") {
		j--
	}
	if head < 0 {
		head = j - 1
	}
	if head >= j {
		head = j - 1
	}
	g.Last = c.units[j-1].Last
	c.finishNoun(&g, i, j, head, determiner)
	c.chunks = append(c.chunks, g)
	return j
}

const determinerPart = determiner

// notOne gives the unit behind words that say that there is none of what follows: "not one civilian", "none of the sailors".
func (c *chunker) notOne(i int) int {
	switch u, next := c.at(i), c.at(i+1); {
	case u.is(adverb) && u.fold == "not" && next.number != nil && next.number.Value == 1:
		return i + 2
	case u.fold == "not" && next.fold == "a" && c.at(i+2).fold == "single":
		return i + 3
	case u.fold == "none" && next.fold == "of":
		if after := c.at(i + 2); after.is(determiner) || after.is(pronoun) {
			return i + 3
		}
		return i + 2
	}
	return i
}

// alone reports whether no noun follows a determiner before unit j: "another later died".
func (c *chunker) alone(j int) bool {
	u := c.at(j)
	_, finite := u.verbForm(past, third)
	return u.mark || u.is(auxiliary) || u.is(modal) || u.is(adverb) || u.is(preposition) || finite && !u.is(noun)
}

// remainder reports whether the unit at j stands between a number and the noun that it counts: "two other people", "six more
// soldiers", "seven kidnapped students".
func (c *chunker) remainder(j int) bool {
	u, next := c.at(j), c.at(j+1)
	if u.fold == "more" && (next.is(auxiliary) || next.is(modal) || pastOnly(next)) {
		return true // "dozens more were hurt"
	}
	if !next.nominal() || next.is(determiner) || next.number != nil || next.time != nil {
		return false
	}
	if u.fold == "other" || u.fold == "more" {
		return true
	}
	_, ok := u.verbForm(participle)
	return ok && !u.is(auxiliary) && (next.is(noun) || len(next.senses) == 0 && (!next.capital || next.shouted) || next.place != nil && next.place.Kind == place.Demonym)
}

// owner is the chunk of the noun that the possessive mark at unit j belongs to: "the six priests" of "the six priests' murder".
func (c *chunker) owner(g *chunk, first, j, head int, determiner string) *chunk {
	if head < 0 {
		return nil
	}
	o := *g
	o.owner, o.classes, o.Last = nil, nil, c.units[j-1].Last
	c.finishNoun(&o, first, j, head, determiner)
	return &o
}

// verbInside reports whether unit j, behind a head, is rather the verb of the clause: "Germany pledges troops".
func (c *chunker) verbInside(j, head int, opened bool, start int) (bool, bool) {
	u := c.units[j]
	if !u.is(verb) && !(len(u.senses) == 0 && !u.capital) {
		return false, false
	}
	if c.units[j-min(j, 1)].fold == "-" && u.glued { // "rebel-held"
		return false, false
	}
	nounToo := c.nominal(j)
	next := c.at(j + 1)
	if _, ok := u.verbForm(past, participle); ok {
		// "12 wounded soldiers", "the downed jet" against "20 people killed", "Germany pledged"
		if head < 0 {
			return false, true
		}
		if s, ok := u.sense(adjective); ok && !s.is("state") && next.is(noun) { // "50 measles related deaths"
			return false, true
		}
		if nounToo && c.units[j-1].number != nil {
			return false, true
		}
		return true, true
	}
	if _, ok := u.verbForm(gerund); ok && head >= 0 {
		return !nounToo || next.is(determiner) || next.number != nil, true
	}
	if head < 0 {
		return false, false
	}
	if _, ok := u.verbForm(third); ok {
		if !nounToo {
			return true, true
		}
		if c.purposed(j) && !c.hasFinite() {
			return true, true
		}
		object := next.is(determiner) || next.number != nil || next.place != nil || !next.mark && next.is(noun) && !next.is(verb) || c.priced(j+1) || c.priced(j+2) && c.at(j+2).glued || next.readily()
		return object && !c.hasFinite() && (!opened || c.acts(j-1)), true
	}
	if _, ok := u.verbForm(base); ok {
		if !nounToo {
			return true, true
		}
		s, isNoun := c.units[j-1].sense(noun)
		return isNoun && s.form == plural && (next.is(determiner) || next.number != nil) && !c.hasFinite(), true
	}
	return false, false
}

// country reports whether the unit at j names a country or an organisation: its name ends there, whatever opened the group.
func (c *chunker) country(j int) bool {
	p := c.at(j).place
	return p != nil && (p.Kind == place.Country || p.Kind == place.Organisation)
}

// acts reports whether the unit at j names a country, or in the singular a body or an official that speaks for one.
func (c *chunker) acts(j int) bool {
	s, ok := c.at(j).sense(noun)
	return c.country(j) || ok && s.form == singular && (s.is("organ") || s.is("title"))
}

// finishNoun sets what rules can ask of a noun group.
func (c *chunker) finishNoun(g *chunk, first, last, head int, determiner string) {
	h := c.units[head]
	g.word = h.fold
	g.definite = determiner == "the"
	g.tail = c.units[last-1].fold
	named, measured, vehicle := false, false, false
	for j := first; j < last; j++ {
		u := c.units[j]
		g.further = g.further || g.count != nil && c.countsOn(j)
		if effect := suffered(u); effect != "" && j != head && g.count != nil {
			g.classes = append(g.classes, class{"suffered", effect})
		} else if s, ok := u.sense(noun); ok && u.place == nil && u.number == nil {
			if j == head {
				g.classes = append(g.classes, s.classes...)
				g.plural = s.form == plural
				g.word = s.lemma
			} else {
				vehicle = vehicle || len(h.senses) == 0 && (s.is("thing") || s.is("support") || s.is("event")) && !s.is("people")
				measured = measured || s.is("thing") && j > first && (c.units[j-1].number != nil || j > first+1 && c.units[j-1].fold == "-" && c.units[j-2].number != nil)
				for _, k := range s.classes {
					switch k.name {
					case "support", "title", "organ", "event", "refugee", "disease":
						g.classes = append(g.classes, class{k.name + "*", k.value})
					}
				}
			}
		} else if s, ok := u.sense(adjective); ok && (s.is("earlier") || s.is("irrealis")) {
			g.classes = append(g.classes, s.classes...)
		} else if s, ok := u.sense(adjective); ok && j == head && !u.mark {
			g.classes = append(g.classes, s.classes...)
			if s.is("state") {
				g.plural = true
			}
		} else if len(u.senses) == 0 && u.capital && !u.mark && u.number == nil {
			named = j == last-1
		}
	}
	if measured && !g.is("people") { // "20 years old", "400 km south"
		g.add("thing")
	}
	if len(h.senses) == 0 && h.place == nil && h.number == nil && strings.HasSuffix(h.fold, "s") && !strings.HasSuffix(h.fold, "ss") {
		g.plural = true
	}
	if h.place != nil {
		g.plural = h.place.Kind == place.People && determiner != "a" && determiner != "an"
		if h.place.Kind == place.People {
			g.add("people")
		}
	}
	g.named = named || h.place != nil && h.place.Kind == place.Leader
	if g.money != nil || g.is("money") && g.count != nil {
		if g.money == nil {
			g.money, g.coin = spelledMoney(h, c.units, head, g.count)
		}
		g.count = nil
		g.add("money")
		if !g.is("support") || g.value("support") != "" { // "a 3 million euro package" is of what it holds
			g.classes = append(g.classes, class{"support", string(fact.Financial)})
		}
	}
	if g.count == nil && !g.plural && g.is("people") && !g.named && !g.is("state") && !g.is("collective") && (determiner == "a" || determiner == "an" || determiner == "another" || determiner == "the") {
		words := c.words(first, first+1)
		if determiner == "the" {
			words = c.words(first, last)
		}
		one := fact.NewCount(fact.Exact, 1, words)
		g.count = &one
		g.add("single")
	}
	if g.count != nil {
		if h.number != nil || g.bare {
			g.bare = true
			g.add("bare")
		}
		if !g.is("thing") {
			g.add("count")
		}
	}
	if len(g.places) > 0 {
		g.add("place")
	}
	if determiner == "whose" {
		g.add("whose")
	}
	if !vehicle && c.person(g, h, determiner) {
		g.add("one")
	}
}

// suffered gives the effect that a word before a noun says its people suffered: "wounded" in "12 wounded soldiers".
func suffered(u unit) string {
	for _, s := range u.senses {
		for _, k := range s.classes {
			if s.part == adjective && k.name == "state" || s.part == verb && s.form == participle && k.name == "harm" {
				return k.value
			}
		}
	}
	return ""
}

// person reports whether a noun group is one person: by name, by title, or by a noun that says what somebody is.
func (c *chunker) person(g *chunk, head unit, determiner string) bool {
	switch {
	case g.count != nil, g.money != nil, g.plural, g.is("thing"), g.is("event"), g.is("collective"), g.is("support") && !g.is("people"), g.is("life"), g.is("toll"), g.is("tollhead"), g.is("state"):
		return false
	case g.is("people"), g.is("title"):
		return true
	case head.place != nil:
		return head.place.Kind == place.Leader
	case len(head.senses) > 0 || head.number != nil || head.time != nil:
		return false
	}
	if g.named && determiner == "" {
		return true
	}
	return determiner != "" && agentive(head.fold)
}

// agentive reports whether an unlisted noun is formed like one for a person: "lobbyist", "beekeeper".
func agentive(fold string) bool {
	for _, end := range []string{"ist", "eer", "ian", "keeper", "maker", "man", "woman", "owner", "worker", "monger", "smith", "wright"} {
		if len(fold) > len(end)+1 && strings.HasSuffix(fold, end) {
			return true
		}
	}
	return false
}

// words gives the text of the units from first up to last.
func (c *chunker) words(first, last int) string {
	return c.text.Slice(token.Span{First: c.units[first].First, Last: c.units[last-1].Last})
}
