package extract

import (
	"slices"
	"strconv"
)

// groups tells what rules can see of the sentence.
func (s *sentence) groups() []Group {
	list := make([]Group, len(s.chunks))
	for i := range s.chunks {
		c := &s.chunks[i]
		list[i] = Group{Kind: string(c.kind), Words: s.text.Slice(c.Span), Head: c.word, Features: c.features()}
	}
	return list
}

// features lists the features that rules can ask of the chunk, then, marked, what else the stages below have found in it: a
// count, an amount, the codes of places, the values of times.
func (c *chunk) features() []string {
	var list []string
	add := func(on bool, s string) {
		if on && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	for _, k := range c.classes {
		if k.value != "" {
			add(true, k.name+"/"+k.value)
		} else {
			add(true, k.name)
		}
	}
	if c.kind == verbGroup {
		add(true, [...]string{finite: "finite", infinitive: "infinitive", ing: "ing", bareParticiple: "(participle)"}[c.form])
		add(c.passive, "passive")
		add(!c.passive, "active")
		add(c.negated, "negated")
		add(c.modal != "", "modal")
		add(c.modal != "", "("+c.modal+")")
	}
	add(c.plural, "plural")
	add(c.named, "named")
	if c.count != nil {
		add(true, c.count.String())
	}
	if c.money != nil {
		add(true, strconv.FormatFloat(c.money.Value, 'f', -1, 64)+" "+c.money.Currency)
	}
	for _, p := range c.places {
		add(true, "@"+p.Code)
	}
	for _, t := range c.times {
		add(true, string(t.Type)+" "+t.Value)
	}
	return list
}
