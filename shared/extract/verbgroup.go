package extract

import (
	"strings"

	"factbox/shared/place"
)

// verbGroup reads auxiliaries, adverbs and a head verb.
func (c *chunker) verbGroup(i int) int {
	g := chunk{kind: verbGroup, Span: c.units[i].Span}
	j, be, having, get := i, false, false, false
	if c.units[i].fold == "to" {
		next := c.at(i + 1)
		if _, ok := next.verbForm(base); !ok && !next.is(auxiliary) && !next.is(adverb) && !c.unknownVerb(i+1) {
			return i
		}
		if _, ok := next.verbForm(base); !ok && next.is(adverb) {
			if _, ok := c.at(i + 2).verbForm(base); !ok {
				return i
			}
		}
		g.form = infinitive
		j++
	}
	aux := false
	for ; j < len(c.units); j++ {
		u := c.units[j]
		if s, ok := u.sense(modal); ok && !(u.fold == "may" && u.time != nil) {
			g.modal = s.classes[0].name
			aux = true
			continue
		}
		if s, ok := u.sense(auxiliary); ok && u.time == nil {
			switch {
			case s.is("be"):
				be = true
				if s.form == gerund && i == j {
					g.form = ing
				}
			case s.is("have"):
				having = true
				if s.form == gerund && i == j {
					g.form = ing
				}
			case s.is("get"):
				if _, ok := c.at(j + 1).verbForm(participle); !ok && !c.at(j+1).is(adverb) {
					return c.finishVerb(g, j, u, be, having, false)
				}
				get = true
			}
			aux = true
			continue
		}
		if s, ok := u.sense(adverb); ok && (aux || g.form == infinitive) && !c.verbRather(j) {
			if s.is("not") {
				g.negated = true
			}
			if s.is("irrealis") {
				g.modal = "irrealis"
			}
			continue
		}
		if u.is(pronoun) && strings.HasSuffix(u.fold, "self") && aux { // "had himself been hurt"
			continue
		}
		if strings.HasSuffix(u.fold, "ly") && len(u.senses) == 0 && (aux || g.form == infinitive) {
			continue
		}
		break
	}
	if j < len(c.units) {
		u := c.units[j]
		switch {
		case be || get:
			if _, ok := u.verbForm(participle); ok && !c.prenominal(j) && !c.readiness(j) {
				g.passive = true
				return c.finishVerb(g, j, u, be, having, get)
			}
			if _, ok := u.verbForm(gerund); ok && !c.prenominal(j) && !stateOnly(u) {
				return c.finishVerb(g, j, u, be, having, get)
			}
		case having:
			if _, ok := u.verbForm(participle, past); ok && !c.prenominal(j) {
				return c.finishVerb(g, j, u, be, having, get)
			}
		case aux || g.form == infinitive:
			if _, ok := u.verbForm(base); ok || g.form == infinitive && c.unknownVerb(j) {
				return c.finishVerb(g, j, u, be, having, get)
			}
		default:
			if f, ok := c.mainVerb(j); ok {
				g.form = f
				return c.finishVerb(g, j, u, be, having, get)
			}
		}
	}
	if !aux {
		return i
	}
	// the auxiliary is the verb: "is ready", "has troops"
	for j > i+1 && c.units[j-1].is(adverb) && !c.units[j-1].is(auxiliary) {
		if s, _ := c.units[j-1].sense(adverb); s.is("not") {
			break
		}
		j--
	}
	g.Last = c.units[j-1].Last
	switch {
	case be:
		g.word = "be"
		g.add("be")
	case having:
		g.word = "have"
		g.add("have")
	default:
		g.word = "do"
	}
	c.chunks = append(c.chunks, g)
	return j
}

// unknownVerb reports whether the unlisted word at unit i, behind "to", is a verb: "to combine efforts".
func (c *chunker) unknownVerb(i int) bool {
	u, next := c.at(i), c.at(i+1)
	return len(u.senses) == 0 && !u.mark && !u.capital && u.number == nil && u.time == nil && u.place == nil &&
		!strings.HasSuffix(u.fold, "s") && (next.is(determiner) || next.is(pronoun) || next.nominal() && !next.mark)
}

// verbRather reports whether the word at unit j that can be an adverb is the head verb: "to back the plan".
func (c *chunker) verbRather(j int) bool {
	if _, ok := c.units[j].verbForm(base); !ok {
		return false
	}
	next := c.at(j + 1)
	return next.is(determiner) || next.nominal() || next.is(pronoun)
}

// readiness reports whether unit j is "prepared" or "set" in the sense of ready: before "to" or "for".
func (c *chunker) readiness(j int) bool {
	next := c.at(j + 1).fold
	return c.units[j].readily() && (next == "to" || next == "for")
}

// readily reports whether a word says that somebody is ready.
func (u unit) readily() bool {
	s, ok := u.sense(adjective)
	return ok && s.is("ready")
}

func (c *chunker) finishVerb(g chunk, j int, head unit, be, having, get bool) int {
	if before := c.last(); before.kind == adverbChunk && before.is("not") { // "never agreed"
		g.negated = true
	}
	s := verbSense(head, g, be || get, having)
	if s.form == base && g.form == finite && g.modal == "" && c.last().kind == conjChunk { // "may cost billions and kill thousands"
		if before := c.lastVerb(); before != nil {
			g.modal = before.modal
		}
	}
	g.Last = head.Last
	g.word = s.lemma
	g.classes = append(g.classes, s.classes...)
	if having && !be || be && having && g.passive {
		g.add("perfect")
	}
	if s.form == past || g.form == bareParticiple {
		g.add("past")
	}
	if be && !g.passive && s.form == gerund {
		g.add("progressive")
		if having {
			g.add("perfect")
		}
	}
	c.chunks = append(c.chunks, g)
	return j + 1
}

// verbSense picks the reading of the head verb that fits the group's form.
func verbSense(head unit, g chunk, be, having bool) sense {
	forms := []form{base, third, past, participle, gerund}
	switch {
	case g.passive, having:
		forms = []form{participle, past}
	case be, g.form == ing:
		forms = []form{gerund}
	case g.form == infinitive, g.modal != "":
		forms = []form{base}
	case g.form == bareParticiple:
		forms = []form{past, participle}
	}
	s, ok := head.verbForm(forms...)
	if !ok {
		s, _ = head.verbForm(base, third, past, participle, gerund)
	}
	return s
}

// prenominal reports whether a participle at unit j stands before a noun as an adjective: "the downed jet", "increased aid".
func (c *chunker) prenominal(j int) bool {
	if j == 0 {
		return false
	}
	prev := c.units[j-1]
	if c.last().kind == relativeWord && c.last().Last == prev.Last { // "a storm that struck Peru"
		return false
	}
	if !(prev.is(determiner) || prev.number != nil || prev.fold == "'s" || prev.is(adjective) && !prev.is(auxiliary) && !prev.is(verb) || prev.place != nil && prev.place.Kind == place.Demonym) {
		return false
	}
	next := c.at(j + 1)
	return next.nominal() && next.time == nil && next.number == nil && !next.is(determiner)
}

// pastOnly reports whether a word is a verb's past and no noun: behind a time that opens no noun group it is the verb.
func pastOnly(u unit) bool {
	_, ok := u.verbForm(past)
	return ok && !u.is(noun)
}

// governs reports whether the word at unit i, a noun or a verb's past, has an object behind it: "in 2019 cost two lives".
func (c *chunker) governs(i int) bool {
	_, ok := c.at(i).verbForm(past)
	next := c.at(i + 1)
	return ok && (next.is(determiner) || next.number != nil)
}

// stateOnly reports whether a word tells the state of people though it looks like a verb: "are missing".
func stateOnly(u unit) bool {
	s, ok := u.sense(adjective)
	return ok && s.is("state")
}

// mainVerb reports whether unit j is a verb without auxiliaries here, and in which form.
func (c *chunker) mainVerb(j int) (verbForm, bool) {
	u := c.units[j]
	prev, next := c.last(), c.at(j+1)
	if c.inName(j) {
		return 0, false
	}
	if prev.kind == verbGroup && prev.is("be") && c.readiness(j) {
		return 0, false
	}
	nounToo := c.nominal(j)
	object := next.is(determiner) || next.number != nil || next.place != nil || next.is(pronoun) || (next.nominal() && !next.mark && next.time == nil) || c.priced(j+1) || next.readily()
	if _, ok := u.verbForm(past, participle); ok {
		if c.prenominal(j) || j > 0 && c.units[j-1].is(preposition) && next.place != nil && next.place.Kind == place.People { // "to displaced Afghans"
			return 0, false
		}
		if _, ok := u.verbForm(past); ok && prev.kind == nounGroup && prev.pronoun {
			return finite, true
		}
		return bareParticiple, true
	}
	if _, ok := u.verbForm(gerund); ok {
		if c.prenominal(j) {
			return 0, false
		}
		if nounToo && !(next.is(determiner) || next.number != nil || next.place != nil) {
			return 0, false
		}
		return ing, true
	}
	if _, ok := u.verbForm(third); ok {
		if !nounToo {
			return finite, true
		}
		return finite, prev.kind == nounGroup && !prev.plural && (object || c.purposed(j)) && !c.hasFinite()
	}
	if _, ok := u.verbForm(base); ok {
		if !nounToo {
			return finite, prev.kind != prepChunk && !(prev.kind == nounGroup && !prev.plural && !prev.pronoun && len(prev.places) == 0 && !prev.named)
		}
		if prev.kind == conjChunk && (next.number != nil || next.is(determiner)) {
			if before := c.lastVerb(); before != nil && before.form == infinitive { // "to kill one and wound two"
				return infinitive, true
			}
		}
		return finite, prev.kind == nounGroup && (prev.plural || prev.is("plural") || prev.is("we")) && object && !c.hasFinite()
	}
	return 0, false
}

// purposed reports whether the word at unit j, behind somebody who acts, goes on with an infinitive: "the government plans to send".
func (c *chunker) purposed(j int) bool {
	if j == 0 || c.at(j+1).fold != "to" || !c.acts(j-1) {
		return false
	}
	_, ok := c.at(j + 2).verbForm(base)
	return ok
}

// inName reports whether the unit at j is part of a name of several words: "the Development Finance Corporation".
func (c *chunker) inName(j int) bool {
	return j > 0 && c.prose && c.units[j].capital && c.at(j-1).capital && c.at(j-1).place == nil && !c.at(j-1).mark && c.at(j+1).capital && !c.at(j+1).mark
}

// hasFinite reports whether the clause that is being read has its finite verb already.
func (c *chunker) hasFinite() bool {
	for k := len(c.chunks) - 1; k >= 0; k-- {
		switch g := c.chunks[k]; g.kind {
		case stop, subordinate, relativeWord, quote:
			return false
		case verbGroup:
			if g.form == finite {
				return true
			}
		}
	}
	return false
}

// lastVerb gives the last verb group of the clause that is being read, or nil.
func (c *chunker) lastVerb() *chunk {
	for k := len(c.chunks) - 1; k >= 0; k-- {
		switch g := &c.chunks[k]; g.kind {
		case stop, subordinate, relativeWord, quote:
			return nil
		case verbGroup:
			return g
		}
	}
	return nil
}

// settleVoice decides which bare participles are passive: those without an object behind them whose verb takes one.
func (c *chunker) settleVoice() {
	for i := range c.chunks {
		g := &c.chunks[i]
		if g.kind != verbGroup || g.form != bareParticiple {
			continue
		}
		next := chunk{kind: stop}
		for j := i + 1; j < len(c.chunks); j++ {
			if c.chunks[j].kind != adverbChunk {
				next = c.chunks[j]
				break
			}
		}
		before := i - 1
		for before > 0 && g.is("harm") && c.chunks[before].kind == adverbChunk { // "five seriously injured"
			before--
		}
		behind := before >= 0 && c.chunks[before].kind == nounGroup
		switch {
		case g.is("purpose") && behind && (next.kind == prepChunk && (next.word == "at" || next.word == "for") || next.kind == verbGroup && next.form == infinitive):
			g.passive = true // "a package aimed at rebuilding the port"
		case g.is("report") && i > 0 && c.chunks[i-1].kind == comma && next.kind == verbGroup && next.form == infinitive:
			g.passive = true // "a boat, believed to have sunk, …"
		case behind && next.kind == verbGroup && next.form == finite && !g.is("report"):
			g.passive = true // "those rescued were taken to hospital"
		case g.is("harm") && next.kind != nounGroup && c.joinsPassive(i):
			g.passive = true // "was shot and killed"
		case next.kind == nounGroup, next.kind == relativeWord, next.kind == quote, next.kind == verbGroup && next.form == infinitive:
			g.form = finite
		case next.kind == prepChunk && next.word == "by" && (behind || i > 1 && c.chunks[i-1].kind == comma && c.chunks[i-2].kind == nounGroup):
			g.passive = true
		case g.is("harm") && behind:
			g.passive = true
		case next.kind == timeChunk && behind && !g.is("harm"):
			g.form = finite
		default:
			g.form = finite
		}
		if !behind && g.form == bareParticiple {
			g.passive = true
		}
	}
}

// joinsPassive reports whether the participle at chunk i is joined to a passive verb before it.
func (c *chunker) joinsPassive(i int) bool {
	for i--; i >= 0 && (c.chunks[i].kind == conjChunk || c.chunks[i].kind == comma || c.chunks[i].kind == adverbChunk); i-- {
		if c.chunks[i].kind != adverbChunk && i > 0 && c.chunks[i-1].kind == verbGroup {
			return c.chunks[i-1].passive
		}
	}
	return false
}

// openers are prepositions that open a clause when a noun group and a verb follow: "since the mayor resigned".
var openers = map[string]bool{"since": true, "after": true, "before": true, "until": true, "till": true, "as": true, "than": true}

// settleClauses makes such prepositions subordinators.
func (c *chunker) settleClauses() {
	for i := range c.chunks {
		g := &c.chunks[i]
		if g.kind != prepChunk || !openers[g.word] || i+2 >= len(c.chunks) || c.chunks[i+1].kind != nounGroup {
			continue
		}
		inside := false
		for j := i + 2; j < len(c.chunks); j++ {
			n, before := &c.chunks[j], c.chunks[j-1].kind
			switch {
			case n.kind == stop && n.is("open") && !inside:
				inside = true
				continue
			case n.kind == stop && n.is("close") && inside:
				inside = false
				continue
			case inside && n.kind != stop, n.kind == prepChunk, n.kind == adverbChunk, n.kind == conjChunk, n.kind == nounGroup && (before == prepChunk || before == conjChunk):
				continue
			case n.kind == verbGroup && n.form == finite:
				g.kind = subordinate
			}
			break
		}
	}
}
