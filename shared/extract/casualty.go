package extract

import (
	"slices"

	"factbox/shared/fact"
)

var casualtyRules = loaded("casualties.rules")

// casualties finds the people whom the sentence counts, or names, as killed, injured and so on.
func (d *Reading) casualties(s *sentence) []fact.Fact {
	if !s.any(harmful) {
		return nil
	}
	type said struct {
		chunk  int
		effect fact.Effect
	}
	var facts []fact.Fact
	seen := make(map[said]bool)
	for r := range s.candidates(casualtyRules()) {
		for i := range s.chunks {
			m, end := d.find(s, r, i)
			if m == nil {
				continue
			}
			t, ok := s.toll(r, m, i, end)
			if !ok {
				continue
			}
			if r.sets["needs"] == "disease" && !d.disease {
				m.drop("no disease is spoken of")
				continue
			}
			hit := s.hitBy(t)
			if len(hit) == 0 {
				m.drop("nobody is counted or named")
			}
			for _, v := range hit {
				if seen[said{v.chunk, t.effect}] {
					m.drop("another rule made it")
					continue
				}
				seen[said{v.chunk, t.effect}] = true
				if f, ok := d.casualty(s, t, v); ok {
					facts = append(facts, m.made(f))
				}
			}
		}
	}
	slices.SortStableFunc(facts, func(a, b fact.Fact) int { return a.Evidence.Start - b.Evidence.Start })
	return facts
}

func (s *sentence) any(is func(*chunk) bool) bool {
	for i := range s.chunks {
		if is(&s.chunks[i]) {
			return true
		}
	}
	return false
}

// harmClasses are those of the words that tell of harm: a sentence without any has no casualties.
var harmClasses = []string{"harm", "perish", "state", "toll", "tollhead", "life", "flight", "done", "doer", "body", "hurt", "suffered", "hostage", "hospital", "condition", "disease", "disease*", "case", "limb", "treatment", "expel", "refuge", "need"}

func harmful(c *chunk) bool {
	for _, k := range c.classes {
		if slices.Contains(harmClasses, k.name) {
			return true
		}
	}
	return false
}

// toll is what a rule has found: that the people of a noun group suffered an effect.
type toll struct {
	match      *match
	first, end int // the chunks of the match
	at         int // the chunk of the victims
	anchor     int // the chunk of the verb, or of what stands for it
	effect     fact.Effect
	scope      fact.Scope
	owner      bool // the victims are those whose murder it is
	cause      bool // one person is a victim only of something
}

// effectClasses are the classes whose value says the effect.
var effectClasses = []string{"harm", "perish", "state", "flight", "tollhead", "done", "doer", "suffered", "body"}

// toll reads a match; ok is false where it does not state that people were hit.
func (s *sentence) toll(r *rule, m *match, first, end int) (t toll, ok bool) {
	name := "victims"
	if self := r.sets["self"]; self != "" {
		name = self
	}
	where := m.all(name)
	if len(where) == 0 {
		return t, m.drop("no", name)
	}
	t = toll{match: m, first: first, end: end, at: where[len(where)-1], effect: fact.Effect(r.sets["effect"]), scope: fact.Scope(r.sets["scope"]), owner: r.sets["owner"] != "", cause: r.sets["cause"] != ""}
	verb := m.get("verb")
	for _, class := range effectClasses {
		if t.effect == "" && verb != nil {
			t.effect = fact.Effect(verb.value(class))
		}
	}
	if verb != nil && verb.is("tollhead") && verb.is("earlier") {
		return t, m.drop("an earlier toll") // "an earlier toll of nine" no longer holds
	}
	t.anchor = t.at
	if verbs := m.all("verb"); len(verbs) > 0 {
		t.anchor = verbs[0]
	}
	if t.effect == "" || s.objectOf(t) {
		return t, m.drop("no effect on these")
	}
	if s.either(t.anchor) {
		return t, m.drop("one effect or the other")
	}
	switch r.sets["known"] {
	case "yes":
		return t, s.presupposed(t.anchor) || m.drop("not known to have happened")
	case "always":
		return t, first == 0 || s.chunks[first-1].modal == "" || m.drop("only possible")
	}
	return t, s.asserted(first, end, t.anchor) || m.drop("not stated as having happened")
}

// maxSince is in how many sentences of a casualty a death needs no cause of its own.
const maxSince = 3

// casualty makes the fact of one group of victims.
func (d *Reading) casualty(s *sentence, t toll, v victim) (f fact.Fact, ok bool) {
	from, to := s.clause(t.anchor)
	from, to = min(from, t.first, v.chunk), max(to, t.end, v.chunk+1)
	cause, related := d.cause(s, t.anchor, from, to)
	if a, b := s.circumstance(to); related < 0 && b > a {
		cause = event{label: s.label(a, b)}
	} else if related < 0 && v.person && (t.cause || s.chunks[t.anchor].is("natural")) && !(d.harmed > 0 && s.index+1-d.harmed <= maxSince) {
		return f, t.match.drop("a death without a cause") // that somebody died is no casualty without what killed them
	}
	d.harmed = s.index + 1
	group := &s.chunks[v.chunk]
	if t.owner {
		group = group.owner
	}
	if v.person && group.named {
		who := string(t.effect) + " " + group.tail
		if d.victims[who] {
			return f, t.match.drop("the person was told of already")
		}
		d.victims[who] = true
	}
	if related >= 0 && related < from && from-related <= 8 && s.chunks[from-1].kind == relativeWord {
		from = related
	}
	f = d.start(fact.KindCasualty, s, from, to, v.chunk)
	c := &fact.Casualty{Effect: t.effect, Count: v.count, Victims: v.words}
	if v.scope != "" {
		c.Scope = &v.scope
	}
	c.Event = cause.label
	c.Place = d.where(s, from, to, cause)
	if c.Place == nil && len(d.lands) == 1 && t.effect != fact.Displaced && t.effect != fact.Evacuated {
		c.Place = &d.lands[0] // the document names no other country; who flees is elsewhere
	}
	if c.Place == nil {
		c.Place = d.scene.place
	}
	if s.chunks[t.anchor].is("tollhead") { // the day in its clause is that of the count
		c.Date = cause.date
	} else {
		c.Date = d.when(s, from, to, cause)
	}
	if c.Date == nil && !s.elsewhere(related) && !s.chunks[t.anchor].is("flight") && t.effect != fact.Detained {
		c.Date = d.scene.date
	}
	f.Casualty = c
	f.Identify()
	return f, true
}

// circumstance gives the clause behind chunk i that tells how harm came about, "when a bridge fell", "after a ferry sank off
// Malta", also behind another clause of the sentence. It is empty where there is none.
func (s *sentence) circumstance(i int) (first, last int) {
	for j := i; j+1 < len(s.chunks); j++ {
		switch c := &s.chunks[j]; c.kind {
		case stop, quote, relativeWord:
			return i, i
		case subordinate:
			if c.word == "when" || c.word == "after" || c.word == "as" {
				if first, last = s.clause(j + 1); s.verbBetween(first, last) {
					return first, last
				}
			}
			return i, i
		}
	}
	return i, i
}

// presupposed reports whether what the noun at chunk i names has happened, as its being spoken of implies: "the murder of two
// nuns will be investigated", against "to prevent the death of 20 people".
func (s *sentence) presupposed(i int) bool {
	if s.text.Tokens[s.chunks[i].First].Fold == "no" {
		return false
	}
	definite := s.text.Tokens[s.chunks[i].First].Fold == "the"
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch c := &s.chunks[j]; c.kind {
		case verbGroup:
			return !(c.is("ask") || c.is("want") || c.is("avert") || c.is("threaten") || !definite && (c.negated || c.modal != "" || c.form == infinitive))
		case nounGroup:
			if c.is("threat") {
				return false
			}
		case stop, comma, subordinate, relativeWord:
			return true
		}
	}
	return true
}

// either reports whether the word of harm at chunk i stands beside another with "or": of "20 killed or injured" nobody knows
// how many were killed.
func (s *sentence) either(i int) bool {
	joined := func(or, other int) bool {
		return or > 0 && other >= 0 && other < len(s.chunks) && s.chunks[or].kind == conjChunk && s.chunks[or].word == "or" && harmful(&s.chunks[other])
	}
	return joined(i+1, i+2) || joined(i-1, i-2)
}

// asserted reports whether what stands in the chunks from first up to end, with its verb at anchor, is stated as having
// happened: not denied, possible, wanted, forecast, or so every year.
func (s *sentence) asserted(first, end, anchor int) bool {
	verbs, aside := false, false
	for i := first; i < len(s.chunks); i++ {
		c := &s.chunks[i]
		if c.kind == relativeWord || c.is("whose") { // what is said of the victims by the way
			aside = i < anchor
		}
		if aside = aside && i < anchor; aside {
			continue
		}
		if i >= end && (verbs || c.kind == stop || c.kind == comma || c.kind == subordinate || c.kind == relativeWord) {
			break
		}
		if c.kind != verbGroup {
			continue
		}
		verbs = true
		switch {
		case c.negated, c.modal != "":
			return false
		case c.form == infinitive && c.passive:
			return false
		}
	}
	from, to := s.clause(first)
	if from > 0 && s.chunks[from-1].kind == subordinate && (s.chunks[from-1].is("condition") || s.chunks[from-1].is("whether")) {
		return false
	}
	if from > 1 && s.chunks[from-1].kind == relativeWord && (s.chunks[from-2].is("rumour") || from > 2 && s.chunks[from-3].is("deny")) {
		return false
	}
	for i := 0; i+1 < first; i++ { // "in the exercise, a wave killed thousands"
		if s.chunks[i].kind == prepChunk && s.chunks[i].word == "in" && s.chunks[i+1].is("fiction") {
			return false
		}
	}
	for i := from; i < max(to, end); i++ {
		for _, t := range s.chunks[i].times {
			if t.Type == fact.TimexSet {
				return false
			}
		}
	}
	// governed by a verb of wanting, fearing or threatening: "threatened to", "plotted to kill"
	for i := first - 1; i >= 0 && i >= first-2; i-- {
		if c := &s.chunks[i]; c.kind == verbGroup && (c.is("ask") || c.is("want") || c.is("threaten") || c.is("avert") || c.modal == "irrealis" || c.modal == "would") {
			return false
		}
	}
	return true
}

// increments takes the mark off figures that go on from people who suffered something else: in "the crash killed 12; another 30 were
// hurt" 30 is all that were hurt.
func increments(facts []fact.Fact) {
	told := make(map[fact.Effect]bool)
	for _, f := range facts {
		c := f.Casualty
		if c == nil {
			continue
		}
		if c.Scope != nil && *c.Scope == fact.ScopeIncrement && len(told) > 0 && !told[c.Effect] {
			c.Scope = nil
		}
		told[c.Effect] = true
	}
}

// partOfTolls marks single victims as part of a toll where the document has a greater one of the same event.
func partOfTolls(facts []fact.Fact) {
	type toll struct {
		event  string
		effect fact.Effect
	}
	totals := make(map[toll]bool)
	for _, f := range facts {
		if c := f.Casualty; c != nil && (c.Count.Min == nil || *c.Count.Min > 1) {
			totals[toll{c.Event, c.Effect}] = true
		}
	}
	for _, f := range facts {
		if c := f.Casualty; c != nil && c.Scope == nil && c.Count.Modifier == fact.Exact && *c.Count.Min == 1 && totals[toll{c.Event, c.Effect}] {
			part := fact.ScopePart
			c.Scope = &part
		}
	}
}
