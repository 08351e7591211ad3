package extract

import (
	"slices"
	"strings"

	"factbox/shared/fact"
)

// victim is one group of the people that a toll speaks of.
type victim struct {
	chunk  int
	count  fact.Count
	words  string // who they are, without the count
	scope  fact.Scope
	person bool // one person, by name or by what he or she is
}

// bodily are the effects that only people suffer; villages, too, are evacuated and ships detained.
var bodily = map[fact.Effect]bool{fact.Killed: true, fact.Injured: true, fact.Abducted: true, fact.Missing: true}

// hitBy gives the victims of a toll: those of its own noun group, those joined to it ("12 soldiers, a driver and two nuns"),
// and the breakdowns that follow it ("including three children", "(two women and a man)").
func (s *sentence) hitBy(t toll) []victim {
	own, ok := s.victim(t, t.at)
	if !ok {
		return nil
	}
	list := []victim{own}
	if t.owner {
		return list
	}
	for _, i := range s.coordinated(t.at) {
		if v, ok := s.victim(t, i); ok {
			list = append(list, v)
		}
	}
	if several := len(list) > 1; several && t.scope == "" {
		for k := range list {
			list[k].scope = fact.ScopePart // parts of a total that nobody states
		}
	}
	if i := s.companions(t); i >= 0 {
		for _, i := range append([]int{i}, s.coordinated(i)...) {
			if v, ok := s.victim(t, i); ok {
				v.scope = fact.ScopePart
				list = append(list, v)
			}
		}
	}
	if s.addUp(own, chunksOf(list[1:])) { // "three reporters, two Chileans and a Dane"
		list[0].scope = t.scope
	}
	for _, whole := range list {
		for _, i := range s.breakdown(whole) {
			if v, ok := s.victim(t, i); ok && !slices.ContainsFunc(list, func(o victim) bool { return o.chunk == i }) {
				v.scope = fact.ScopePart
				list = append(list, v)
			}
		}
	}
	return list
}

func chunksOf(list []victim) []int {
	chunks := make([]int, len(list))
	for i, v := range list {
		chunks[i] = v.chunk
	}
	return chunks
}

// companions gives the noun group behind the verb of a toll that says who suffered the same: "the judge was killed in her car
// along with two guards". It is -1 where there is none.
func (s *sentence) companions(t toll) int {
	if t.anchor <= t.at {
		return -1
	}
	for j := t.end; j+1 < len(s.chunks); j++ {
		if j = s.past(j, 1); j+1 >= len(s.chunks) {
			return -1
		}
		switch c := &s.chunks[j]; c.kind {
		case verbGroup, subordinate, relativeWord, stop, quote, conjChunk:
			return -1
		case prepChunk:
			if joins(c) && s.hit(j+1) {
				return j + 1
			}
		}
	}
	return -1
}

// victim reads the noun group at chunk i as victims of the toll.
func (s *sentence) victim(t toll, i int) (v victim, ok bool) {
	c := &s.chunks[i]
	if t.owner {
		c = c.owner
	}
	v = victim{chunk: i, scope: t.scope}
	if v.scope == "" {
		v.scope = c.scope
	}
	if v.scope == "" && c.further {
		v.scope = fact.ScopeIncrement
	}
	if s.apposed(i) {
		return v, false
	}
	if first := s.text.Tokens[c.First].Fold; first == "neither" || i > 0 && s.chunks[i-1].word == "nor" {
		return v, false
	}
	switch {
	case c.is("single") && !bodily[t.effect]:
		return v, false
	case c.count != nil && !c.is("people") && !c.is("refugee") && !c.bare && !c.pronoun && !bodily[t.effect] && !c.is("case") && !c.is("toll") && !c.is("state"):
		return v, false // "40 flights were affected"
	case c.count != nil && (t.owner || s.counted(i, t.first)):
		v.count, v.words = *c.count, s.victims(c)
		v.person = c.is("single")
	case c.count == nil && c.is("one") && (t.owner || i == 0 || i > t.first || s.chunks[i-1].kind != prepChunk || joins(&s.chunks[i-1])):
		if !bodily[t.effect] {
			return v, false
		}
		words := s.text.Slice(c.Span)
		v.count, v.words, v.person = fact.NewCount(fact.Exact, 1, words), s.nameOf(c), true
	default:
		return v, false
	}
	return v, true
}

// coordinated gives the noun groups of people joined to the one at chunk i, on both sides of it.
func (s *sentence) coordinated(i int) []int {
	if s.chunks[i].is("state") { // "15 dead and 40 injured" says an effect of each
		return nil
	}
	var list []int
	for _, step := range []int{-1, 1} {
		var pending []int
		for j := i; ; {
			next, joint := s.conjunct(j, step)
			if next < 0 {
				break
			}
			pending = append(pending, next)
			if joint { // a list of commas alone may be an apposition: it takes an "and"
				list, pending = append(list, pending...), nil
			}
			j = next
		}
		if step > 0 && len(pending) == 0 || step < 0 && len(list) > 0 {
			list = append(list, pending...)
		}
	}
	return list
}

// conjunct gives the noun group of people joined to the one at chunk j in a direction, or -1, and whether by "and" or its like.
func (s *sentence) conjunct(j, step int) (next int, joint bool) {
	k := j + step
	for step > 0 && k+1 < len(s.chunks) && s.chunks[k].kind == prepChunk && !joins(&s.chunks[k]) && s.chunks[k+1].kind == nounGroup && (s.chunks[k].word == "of" || !s.hit(k+1)) {
		k += 2 // "three members of the guard and two nuns"
	}
	k = s.past(k, step)
	marks := 0
	for k >= 0 && k < len(s.chunks) && marks < 2 && (s.chunks[k].kind == comma || joins(&s.chunks[k])) {
		joint = joint || s.chunks[k].kind != comma
		k = s.past(k+step, step)
		marks++
	}
	for step < 0 && marks > 0 && k >= 2 && s.chunks[k].kind == nounGroup && s.chunks[k-1].kind == prepChunk && !joins(&s.chunks[k-1]) && s.chunks[k-2].kind == nounGroup {
		k -= 2
	}
	if step < 0 && marks > 0 && k >= 0 && k < len(s.chunks) && !s.hit(k) { // "two guards who stood near her and a driver"
		for j := k; j > 0 && j > k-6; j-- {
			if s.chunks[j].kind == relativeWord {
				k = j - 1
				break
			}
		}
	}
	if marks == 0 || k < 0 || k >= len(s.chunks) || !s.hit(k) {
		return -1, false
	}
	if step < 0 && k > 0 && s.chunks[k-1].kind == prepChunk && !joins(&s.chunks[k-1]) && s.chunks[k-1].word != "of" {
		return -1, false // "in Lima, two people"
	}
	if step > 0 && k+1 < len(s.chunks) && s.chunks[k+1].kind == verbGroup && s.chunks[k+1].form != ing && !s.opensRelative(k+1) {
		return -1, false // the subject of a clause of its own: "killed two soldiers and three men were hurt"
	}
	return k, joint
}

// past gives the chunk beyond an aside in brackets or between dashes that begins at chunk k in a direction: else k itself.
func (s *sentence) past(k, step int) int {
	opens, closes := "open", "close"
	if step < 0 {
		opens, closes = closes, opens
	}
	if k < 0 || k >= len(s.chunks) || s.chunks[k].kind != stop || !s.chunks[k].is(opens) {
		return k
	}
	for j := k + step; j >= 0 && j < len(s.chunks) && j-k < maxAside && k-j < maxAside; j += step {
		if s.chunks[j].kind == stop && s.chunks[j].is(closes) {
			return j + step
		}
	}
	return k
}

// maxAside is the most chunks that an aside may have to be read past.
const maxAside = 12

// hit reports whether the chunk can be victims of a coordination: it counts people, or is one person.
func (s *sentence) hit(i int) bool {
	c := &s.chunks[i]
	return c.kind == nounGroup && !c.pronoun && !c.is("thing") && !c.is("state") && !c.is("toll") && !c.is("case") && !s.apposed(i) && (c.is("count") && (!c.bare || c.is("people")) || c.is("one"))
}

// joins reports whether the chunk joins victims: "and", "as well as", "along with".
func joins(c *chunk) bool {
	return c.kind == conjChunk && c.word == "and" || c.kind == prepChunk && c.is("and")
}

func (s *sentence) opensRelative(i int) bool {
	return i > 0 && s.chunks[i-1].kind == relativeWord
}

// breakdown gives the noun groups that say who was among the victims: "including three children and a guard", in brackets or
// between dashes, "six priests, five of them Spaniards", and behind a colon when they add up: "13 were killed: 12 men and a boy".
func (s *sentence) breakdown(whole victim) []int {
	i := whole.chunk
	for j := i + 1; j+1 < len(s.chunks) && j <= i+10; j++ {
		c := &s.chunks[j]
		list := func(first int) []int {
			if !s.hit(first) {
				return nil
			}
			return append([]int{first}, s.coordinated(first)...)
		}
		switch {
		case c.word == "include" && c.form == ing, c.word == "including":
			if s.chunks[j-1].kind == conjChunk {
				return nil
			}
			if s.chunks[j+1].kind == comma { // "including, according to the mayor, four children"
				for j += 2; j+1 < len(s.chunks) && s.chunks[j].kind != comma; j++ {
				}
			}
			return list(min(j+1, len(s.chunks)-1))
		case c.kind == stop && c.is("open") && j == i+1:
			return list(j + 1)
		case c.kind == stop && (c.word == ":" || c.word == ";"):
			if parts := list(j + 1); s.addUp(whole, parts) {
				return parts
			}
			return nil
		case c.kind == nounGroup && s.chunks[j-1].kind == comma && c.scope == fact.ScopePart && c.count != nil && !s.verbed(j):
			return []int{j}
		case c.kind == prepChunk && c.word == "among" && s.chunks[j+1].pronoun && j+2 < len(s.chunks):
			return list(j + 2)
		case c.kind == nounGroup && j > i+1 && c.count != nil && s.chunks[j-1].kind != prepChunk, c.kind == subordinate, c.kind == stop:
			return nil // other victims, another clause: what follows is of them
		}
	}
	return nil
}

// verbed reports whether the noun group at chunk i has a verb of its own: "37 of them were hurt", against "37 of them seriously".
func (s *sentence) verbed(i int) bool {
	for j := i + 1; j < len(s.chunks); j++ {
		switch s.chunks[j].kind {
		case verbGroup, relativeWord, predicate:
			return true
		case comma, stop, quote, conjChunk, subordinate:
			return false
		}
	}
	return false
}

// apposed reports whether the noun group at chunk i says again who the person before it is: "Ann Lind, 38, a nurse, died".
func (s *sentence) apposed(i int) bool {
	if i > 3 && joins(&s.chunks[i-1]) && s.apposed(i-2) { // "Ann Lind, the minister and mother of two, died"
		return true
	}
	if i < 2 || s.chunks[i-1].kind != comma || !(s.chunks[i].is("one") || s.chunks[i].is("single")) {
		return false
	}
	j := i - 2
	if j >= 2 && s.chunks[j].bare && s.chunks[j-1].kind == comma {
		j -= 2
	}
	if j > 0 && s.chunks[j-1].kind == prepChunk || s.chunks[i].is("whose") { // "in Leeds, a man"
		return false
	}
	g := &s.chunks[j]
	if !g.is("one") && !g.is("single") && !(g.count != nil && g.count.Max != nil && *g.count.Max == 1) || g.named && s.chunks[i].named {
		return false
	}
	if g.named && s.text.Tokens[s.chunks[i].First].Fold == "the" {
		return true
	}
	for k := i + 1; k < len(s.chunks); k++ {
		switch s.chunks[k].kind {
		case conjChunk: // "a driver, a cook and two guards" is a list
			return false
		case comma, verbGroup, stop:
			return true
		}
	}
	return true
}

// addUp reports whether the counts of the noun groups add up to the victims.
func (s *sentence) addUp(whole victim, parts []int) bool {
	var sum int64
	for _, i := range parts {
		switch c := &s.chunks[i]; {
		case c.count == nil:
			sum++ // one person
		case c.count.Modifier != fact.Exact:
			return false
		default:
			sum += *c.count.Min
		}
	}
	return len(parts) > 1 && whole.count.Modifier == fact.Exact && sum == *whole.count.Min
}

// objectOf reports whether the victims before a passive verb are the object of another: "the gunmen who killed 12 people were
// arrested".
func (s *sentence) objectOf(t toll) bool {
	if t.at == 0 || t.anchor <= t.at || s.chunks[t.anchor].kind != verbGroup {
		return false
	}
	v := &s.chunks[t.at-1]
	return v.kind == verbGroup && !v.passive && v.form != infinitive && v.is("harm") && s.chunks[t.anchor].form == finite && s.opened(t.at-1)
}

// counted reports whether the noun group at chunk i counts people hit, and is no age ("Ms Lind, 79, died"), no rate ("four
// deaths per 100,000"), no part of a phrase that a preposition opened outside of the match, which begins at chunk first.
func (s *sentence) counted(i, first int) bool {
	c := &s.chunks[i]
	if c.is("organ") && !c.is("people") {
		return false
	}
	if i+1 < len(s.chunks) && s.chunks[i+1].word == "per" {
		return false
	}
	if i > 0 && s.chunks[i-1].is("not") {
		return false
	}
	if c.count == nil {
		return c.is("one")
	}
	if !c.bare || i == 0 {
		return true
	}
	before := s.chunks[i-1].kind
	if before == comma && i+1 < len(s.chunks) && s.chunks[i+1].kind == comma && c.count.Modifier == fact.Exact {
		return false
	}
	if before == conjChunk && i > 2 && s.chunks[i-2].kind == nounGroup && s.chunks[i-2].bare {
		before = s.chunks[i-3].kind
	}
	return before != prepChunk || i > first || s.chunks[i-1].word == "with" // "with five hurt"
}

// victims gives the noun phrase without its count: "Syrian refugees" of "at least 20 Syrian refugees".
func (s *sentence) victims(c *chunk) string {
	if c.bare || c.is("state") || c.pronoun {
		return ""
	}
	if c.is("single") {
		return s.nameOf(c)
	}
	words := s.text.Slice(c.Span)
	if rest, ok := cutCount(words, c.count.Text); ok {
		if len(rest) > 3 && strings.EqualFold(rest[:3], "of ") { // "dozens of fishermen"
			rest = rest[3:]
		}
		return strings.TrimSuffix(rest, " or more")
	}
	return words
}

// nameOf gives the words of a noun group without its determiner.
func (s *sentence) nameOf(c *chunk) string {
	span := c.Span
	if d := s.text.Tokens[span.First].Fold; span.Last > span.First+1 && dropped[d] {
		span.First++
	}
	return s.text.Slice(span)
}
