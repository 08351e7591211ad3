package extract

import (
	"slices"

	"factbox/shared/fact"
)

// objects gives the noun groups that the verb at chunk act governs, up to the end of its clause.
func (s *sentence) objects(act int) []int {
	var list []int
	for i := act + 1; i < len(s.chunks) && i < act+12; i++ {
		c := &s.chunks[i]
		switch c.kind {
		case stop, subordinate, relativeWord:
			return list
		case comma:
			if s.verbBetween(i+1, s.reach(i, 1)) {
				return list
			}
		case conjChunk:
			if c.word != "and" && c.word != "or" {
				return list
			}
		case verbGroup:
			if c.form == infinitive && s.chunks[i-1].kind != conjChunk || c.form == finite || c.form == infinitive {
				return list
			}
		case nounGroup:
			list = append(list, i)
		}
	}
	return list
}

// withParts adds to noun groups what they are said to consist of: "a package of food aid", "5 million in loans".
func (s *sentence) withParts(list []int) []int {
	for k := 0; k < len(list); k++ {
		if i := list[k]; i+2 < len(s.chunks) && (s.chunks[i+1].word == "of" || s.chunks[i+1].word == "in") && s.chunks[i+2].is("support") && !slices.Contains(list, i+2) {
			list = append(list, i+2)
		}
	}
	return list
}

// types tells what is given: by the objects' words, else by the verb.
func (d *Reading) types(s *sentence, m *match, act int, o *offer) []fact.SupportType {
	var list []fact.SupportType
	add := func(values []string) {
		for _, v := range values {
			if t := fact.SupportType(v); !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	}
	if t := o.rule.sets["types"]; t != "" {
		return []fact.SupportType{fact.SupportType(t)}
	}
	plain := false // aid or support of no stated type
	for _, i := range o.objects {
		c := &s.chunks[i]
		if c.is("support") || c.is("support*") && !c.is("people") && !c.is("organ") {
			add(c.values("support"))
			if !c.is("event") || c.value("support") == "" {
				add(c.values("support*"))
			}
			plain = plain || c.is("support")
		}
		if s.chunks[i].is("organ") && !c.is("people") && act >= 0 && s.chunks[act].is("give") {
			add(c.values("support"))
		}
	}
	if act >= 0 {
		verb := &s.chunks[act]
		switch {
		case verb.is("reciprocal"):
			return []fact.SupportType{fact.SupportType(verb.value("support"))}
		case verb.is("take"):
			if s.among(o.objects, "refugee") {
				return []fact.SupportType{fact.Refugees}
			}
			return nil
		case verb.is("operate"), verb.is("open"):
			if slices.Contains(list, fact.Basing) {
				return []fact.SupportType{fact.Basing}
			}
			return nil
		case verb.is("back"), verb.is("support") && len(list) == 0 && verb.value("support") == "":
			return []fact.SupportType{fact.Political}
		case len(list) == 0:
			add(verb.values("support"))
		}
		if (verb.is("join") || verb.is("military")) && len(list) == 0 {
			return list
		}
	}
	if len(list) == 0 && plain {
		t := fact.Other
		if slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].money != nil }) {
			t = fact.Financial
		}
		list = append(list, t)
	}
	if act >= 0 && (s.chunks[act].is("hand") || s.chunks[act].modal == "future") { // jets and ships that are handed over are arms
		for i, t := range list {
			if t == fact.AirStrikes || t == fact.Naval {
				list[i] = fact.Arms
			}
		}
	}
	if len(list) > 1 { // "help" or "cooperation" beside what it is
		list = slices.DeleteFunc(list, func(t fact.SupportType) bool { return t == fact.Other })
	}
	return list
}

func (s *sentence) among(list []int, class string) bool {
	return slices.ContainsFunc(list, func(i int) bool { return s.chunks[i].is(class) })
}

// extent gives the chunk behind the objects and what belongs to them.
func (s *sentence) extent(o offer) int {
	end := o.last
	for _, i := range o.objects {
		end = max(end, i+1)
	}
	return end
}
