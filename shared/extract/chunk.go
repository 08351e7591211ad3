package extract

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/temporal"
	"factbox/shared/token"
)

// kind is the kind of a chunk, as rules write it.
type kind byte

const (
	nounGroup    kind = 'N'
	verbGroup    kind = 'V'
	predicate    kind = 'A' // an adjective behind a verb or a noun group: "is ready", "20 dead"
	prepChunk    kind = 'P'
	conjChunk    kind = 'C'
	subordinate  kind = 'S'
	relativeWord kind = 'R'
	timeChunk    kind = 'T'
	adverbChunk  kind = 'D'
	comma        kind = ','
	stop         kind = ';' // dashes, colons, brackets: what closes a clause
	quote        kind = '"'
)

// chunk is a group of units: the noun and verb groups of the cascade, and the small words between them.
type chunk struct {
	kind kind
	token.Span
	word    string  // folded words of a small word; the head of a noun group; the lemma of a verb group
	classes []class // what rules can ask of it

	// noun groups
	count    *fact.Count
	money    *fact.Money
	coin     string // the word of the currency, where it was spelled
	scope    fact.Scope
	further  bool // a count that goes on from another: "six more people"
	plural   bool
	bare     bool // a count without a noun
	pronoun  bool
	named    bool // ends in a proper name
	definite bool // opens with "the"
	places   []place.Mention
	times    []temporal.Mention
	tail     string // the last word, folded: of a name the surname
	owner    *chunk // whom a possessive names, "the two nuns" of "the two nuns' abduction"; else nil

	// verb groups
	form    verbForm
	passive bool
	negated bool
	modal   string
}

type verbForm uint8

const (
	finite verbForm = iota
	infinitive
	ing
	bareParticiple // "killed" without an auxiliary: a past tense or a reduced passive
)

func (c *chunk) is(name string) bool {
	return slices.ContainsFunc(c.classes, func(k class) bool { return k.name == name })
}

func (c *chunk) value(name string) string {
	for _, k := range c.classes {
		if k.name == name && k.value != "" {
			return k.value
		}
	}
	return ""
}

func (c *chunk) values(name string) []string {
	var list []string
	for _, k := range c.classes {
		if k.name == name && k.value != "" && !slices.Contains(list, k.value) {
			list = append(list, k.value)
		}
	}
	return list
}

func (c *chunk) add(name string) { c.classes = append(c.classes, class{name: name}) }

// chunker groups the units of a sentence, left to right, each unit once. It serves one sentence after the other, in the same memory.
type chunker struct {
	text   token.Text
	units  []unit
	chunks []chunk
	prose  bool // not in capitals, nor a headline in which Every Word Has One
}

// group gives the chunks of one sentence. numbers, times and places are those of the paragraph.
func (c *chunker) group(text token.Text, sentence token.Span, numbers []token.Numeral, times []temporal.Mention, places []place.Mention) []chunk {
	c.text, c.units, c.chunks = text, units(c.units[:0], text, sentence, numbers, times, places), c.chunks[:0]
	c.prose = slices.ContainsFunc(c.units, unit.lowered) && !inCapitals(text, sentence)
	for i := 0; i < len(c.units); {
		i = c.step(i)
	}
	c.settleVoice()
	c.settleClauses()
	c.settleHolders()
	return slices.Clone(c.chunks)
}

func (c *chunker) at(i int) unit {
	if i < len(c.units) {
		return c.units[i]
	}
	return unit{mark: true}
}

func (c *chunker) last() *chunk {
	if len(c.chunks) == 0 {
		return &chunk{kind: stop}
	}
	return &c.chunks[len(c.chunks)-1]
}

func (c *chunker) small(k kind, i int, classes []class) int {
	u := c.units[i]
	c.chunks = append(c.chunks, chunk{kind: k, Span: u.Span, word: u.fold, classes: classes})
	return i + 1
}

// step makes the chunk that begins at unit i and gives the unit behind it.
func (c *chunker) step(i int) int {
	u := c.units[i]
	if u.mark {
		return c.mark(i)
	}
	if s, ok := u.sense(subordinator); ok && u.is(verb) && c.last().kind == comma {
		return c.small(subordinate, i, s.classes)
	}
	if end := c.verbGroup(i); end > i {
		return end
	}
	if u.time != nil {
		if next := c.at(i + 1); next.fold == "'s" || next.nominal() && !next.is(determiner) && next.number == nil && next.time == nil && c.headed(i+1) && !pastOnly(next) && !c.governs(i+1) {
			return c.nounGroup(i)
		}
		c.chunks = append(c.chunks, chunk{kind: timeChunk, Span: u.Span, word: u.fold, times: []temporal.Mention{*u.time}})
		return i + 1
	}
	if s, ok := u.sense(subordinator); ok {
		return c.small(subordinate, i, s.classes)
	}
	if u.fold == "that" && !c.determines(i) {
		return c.small(relativeWord, i, nil)
	}
	if s, ok := u.sense(relative); ok {
		return c.small(relativeWord, i, s.classes)
	}
	if c.notOne(i) > i {
		return c.nounGroup(i)
	}
	if s, ok := u.sense(pronoun); ok {
		i = c.small(nounGroup, i, append(slices.Clone(s.classes), class{name: "pronoun"}))
		c.last().pronoun = true
		if c.last().is("none") {
			zero := fact.NewCount(fact.Exact, 0, u.fold)
			c.last().count = &zero
			c.last().add("count")
		}
		return i
	}
	if end := c.nounGroup(i); end > i {
		return end
	}
	if s, ok := u.sense(conjunction); ok {
		return c.small(conjChunk, i, s.classes)
	}
	if s, ok := u.sense(preposition); ok {
		return c.small(prepChunk, i, s.classes)
	}
	if s, ok := u.sense(adjective); ok {
		return c.small(predicate, i, s.classes)
	}
	s, _ := u.sense(adverb)
	return c.small(adverbChunk, i, s.classes)
}

func (c *chunker) mark(i int) int {
	u := c.units[i]
	switch u.fold {
	case ",":
		return c.small(comma, i, nil)
	case `"`, "“", "”", "'", "‘", "’", "«", "»":
		return c.small(quote, i, nil)
	case "$", "£", "€", "¥", "₹", "₩", "₺", "₦", "₽", "₪":
		if end := c.nounGroup(i); end > i {
			return end
		}
	}
	return c.small(stop, i, brackets[u.fold])
}

// brackets are the marks that open and close an aside; a dash does both.
var brackets = map[string][]class{
	"(": {{name: "open"}}, "[": {{name: "open"}}, ")": {{name: "close"}}, "]": {{name: "close"}},
	"--": {{name: "open"}, {name: "close"}}, "–": {{name: "open"}, {name: "close"}}, "—": {{name: "open"}, {name: "close"}},
}

// determines reports whether "that" at unit i is a determiner ("that measure") rather than a conjunction or relative.
func (c *chunker) determines(i int) bool {
	prev := c.last()
	if prev.kind == nounGroup || prev.kind == verbGroup && prev.is("report") || prev.kind == predicate {
		return false
	}
	next := c.at(i + 1)
	return next.nominal() && !next.is(determiner) && next.place == nil
}
