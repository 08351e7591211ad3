package extract

import (
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
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

// withParts adds to noun groups what they are said to consist of, "a package of food aid", "5 million in loans", and what is
// listed beside them, "tents, blankets and stoves".
func (s *sentence) withParts(list []int) []int {
	at := func(i int) *chunk {
		if i < len(s.chunks) {
			return &s.chunks[i]
		}
		return &chunk{kind: stop}
	}
	for k := 0; k < len(list) && k < maxRepeat; k++ {
		i := list[k] + 1
		joint := at(i)
		if joint.kind == comma && at(i+1).kind == conjChunk {
			i++
		}
		if s.chunks[list[k]].tail == "worth" && joint.money != nil {
			list = append(list, i)
			continue
		}
		joint, next := at(i), at(i+1)
		part := joint.word == "of" || joint.word == "in"
		beside := joint.kind == comma || joint.kind == conjChunk && joint.word != "but"
		if (part || beside && at(i+2).kind != verbGroup) && next.is("support") && next.kind == nounGroup && !slices.Contains(list, i+1) && !s.gapped(i+1) {
			list = append(list, i+1)
		}
	}
	return list
}

// types tells what is given: by the rule, else by the verb where it has one way only, else by the objects' words, else by the verb.
func (d *Reading) types(s *sentence, act int, o *offer) []fact.SupportType {
	if t := o.rule.sets["types"]; t != "" {
		return []fact.SupportType{fact.SupportType(t)}
	}
	verb := &chunk{}
	if act >= 0 {
		verb = &s.chunks[act]
		if verb.is("give") && (s.homeward(act) || s.among(o.objects, "permission")) { // "gave the pilots permission"
			return nil
		}
	}
	if verb.is("outlay") && !slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].money != nil }) || o.rule.sets["object"] == "own" && d.anothers(s, o) {
		return nil
	}
	list, plain := s.given(verb, o.objects)
	if s.among(o.objects, "haven") && slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].fled() }) { // "shelter to 7,000 migrants"
		return []fact.SupportType{fact.Refugees}
	}
	switch {
	case verb.is("reciprocal"):
		return []fact.SupportType{fact.SupportType(verb.value("support"))}
	case verb.is("forgive"):
		if s.among(o.objects, "debt") {
			return []fact.SupportType{fact.Financial}
		}
		return nil
	case verb.is("take"):
		if slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].fled() || s.broughtFrom(i) }) || s.elliptic(o.objects) && d.sheltering {
			return []fact.SupportType{fact.Refugees}
		}
		return nil
	case verb.is("operate"), verb.is("open"):
		switch {
		case slices.Contains(list, fact.Basing):
			return []fact.SupportType{fact.Basing}
		case s.among(o.objects, "border") && slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].fled() }):
			return []fact.SupportType{fact.Refugees}
		}
		return nil
	case verb.is("share") && s.among(o.objects, "info"):
		return []fact.SupportType{fact.Intelligence}
	case verb.is("back"), verb.is("support") && len(list) == 0 && verb.value("support") == "":
		return []fact.SupportType{fact.Political}
	case len(list) == 0:
		for _, v := range verb.values("support") {
			list = append(list, fact.SupportType(v))
		}
	}
	if (verb.is("join") || verb.is("military")) && len(list) == 0 {
		return nil
	}
	if len(list) == 0 && plain {
		list = []fact.SupportType{fact.Other}
		if !verb.is("give") && s.among(o.objects, "backing") {
			list[0] = fact.Political
		}
		if slices.ContainsFunc(o.objects, func(i int) bool { return s.chunks[i].money != nil }) {
			list[0] = fact.Financial
		}
	}
	if len(list) == 0 && s.elliptic(o.objects) { // "India donated 250,000 more"
		list = slices.Clone(d.kinds)
		if s.chunks[o.objects[0]].bare && len(d.counted) > 0 {
			list = slices.Clone(d.counted)
		}
	}
	if len(list) == 1 && list[0] == fact.Other && s.among(o.objects, "craft") && d.armed {
		list[0] = fact.Arms // helicopters among arms
	}
	if len(list) == 0 && (o.rule.sets["default"] != "" || s.handsTo(act)) {
		list, o.vague = []fact.SupportType{fact.Other}, o.rule.sets["default"] == ""
	}
	if len(list) == 0 && verb.is("credit") && !s.objective(act) {
		list = []fact.SupportType{fact.Financial}
	}
	if len(list) == 0 && verb.is("gift") && len(o.objects) > 0 {
		list, o.vague = []fact.SupportType{fact.Other}, true
	}
	if len(list) == 0 && verb.is("help") && !verb.is("support") {
		list, o.vague = []fact.SupportType{fact.Other}, true
	}
	if !s.among(o.objects, "event") && (verb.is("hand") || s.among(o.objects, "hand") || o.rule.sets["hand"] != "") { // jets and ships that are handed over are arms
		for i, t := range list {
			if t == fact.AirStrikes || t == fact.Naval {
				list[i] = fact.Arms
			}
		}
		slices.Sort(list)
		list = slices.Compact(list)
	}
	if len(list) > 1 { // "help" or "cooperation" beside what it is
		list = slices.DeleteFunc(list, func(t fact.SupportType) bool { return t == fact.Other })
	}
	return list
}

// elliptic reports whether the first of the objects leaves unsaid what it is of: "250,000 more", "another", "the request", "a planned delivery".
func (s *sentence) elliptic(objects []int) bool {
	if len(objects) == 0 {
		return false
	}
	i := objects[0]
	c := &s.chunks[i]
	return c.bare && c.money == nil && !(i+1 < len(s.chunks) && (s.chunks[i+1].kind == nounGroup && s.chunks[i+1].word != "more" || s.chunks[i+1].kind == verbGroup)) || c.is("request") || leftover[c.word] || c.is("giving") && !c.is("support") && len(c.places) == 0
}

// leftover are words that stand for what was spoken of before.
var leftover = map[string]bool{"another": true, "any": true, "none": true, "more": true, "all": true, "them": true, "anyone": true, "anybody": true}

// handsTo reports whether the verb at chunk v has a country given a number of things: "gave Chile three tide gauges".
func (s *sentence) handsTo(v int) bool {
	if v < 0 || v+2 >= len(s.chunks) || !s.chunks[v].is("hand") {
		return false
	}
	who, what := &s.chunks[v+1], &s.chunks[v+2]
	return who.kind == nounGroup && len(who.places) > 0 && who.places[0].Kind == place.Country && what.kind == nounGroup && what.count != nil && !what.bare && !what.is("event")
}

// objective reports whether the verb at chunk v has a direct object.
func (s *sentence) objective(v int) bool {
	return v >= 0 && v+1 < len(s.chunks) && s.chunks[v+1].kind == nounGroup
}

// homeward reports whether what the verb at chunk act governs is sent back: "send its troops home".
func (s *sentence) homeward(act int) bool {
	for i := act + 1; i < len(s.chunks) && i < act+3; i++ {
		switch s.chunks[i].word {
		case "home", "back":
			return true
		}
	}
	return false
}

// anothers reports whether the first object belongs to somebody else than the donors: "may increase the leader's support".
func (d *Reading) anothers(s *sentence, o *offer) bool {
	c := &s.chunks[o.objects[0]]
	return len(c.places) > 0 && !slices.Contains(o.donors, c.places[0].Code)
}

// given gives the types of support that the objects' words name, and whether one of them is aid or support of no stated type.
func (s *sentence) given(verb *chunk, objects []int) (list []fact.SupportType, plain bool) {
	add := func(values []string) {
		for _, v := range values {
			if t := fact.SupportType(v); !slices.Contains(list, t) {
				list = append(list, t)
			}
		}
	}
	for _, i := range objects {
		c := &s.chunks[i]
		switch {
		case c.is("people") && verb.is("support") && verb.value("support") != "": // who is trained or equipped is not what is given
			continue
		case c.is("organ") && !c.is("people") && i+1 < len(s.chunks) && s.chunks[i+1].kind == nounGroup: // "gave the army money"
			continue
		case c.is("prize"), c.is("event") && verb.is("hand") && i > 0 && s.chunks[i-1].kind == prepChunk:
			continue
		case i > 0 && s.chunks[i-1].kind == prepChunk && c.money == nil && !verb.is("operate") && !verb.is("outlay") && elsewhere[s.chunks[i-1].word] && !slices.Contains(c.values("support"), string(fact.Peacekeeping)):
			continue
		}
		if c.money != nil && i > 0 && s.chunks[i-1].tail == "worth" { // "tents worth $5 million": not money
			continue
		}
		if c.is("support") || c.is("support*") && !c.is("people") && !c.is("organ") {
			add(c.values("support"))
			if !c.is("event") || c.value("support") == "" {
				add(c.values("support*"))
			}
			plain = plain || c.is("support")
		}
		if c.is("organ") && !c.is("people") && verb.is("give") {
			add(c.values("support"))
		}
	}
	return list, plain
}

// elsewhere are prepositions before what is not given: where it goes, comes from or is.
var elsewhere = map[string]bool{"to": true, "from": true, "at": true, "on": true, "into": true, "near": true, "against": true, "through": true, "by": true, "via": true}

// fled reports whether the group is people who are taken in: refugees, or people named by their nation.
func (c *chunk) fled() bool {
	return c.is("refugee") || c.is("refugee*") || c.is("camp") || c.is("people") && len(c.places) > 0 && c.places[len(c.places)-1].Kind == place.People
}

// broughtFrom reports whether the group is a number of people from a place: "60 children from Gaza", "30,000 people
// who fled".
func (s *sentence) broughtFrom(i int) bool {
	c := &s.chunks[i]
	if !c.is("people") || c.count == nil || i+2 >= len(s.chunks) {
		return false
	}
	next := &s.chunks[i+2]
	return s.chunks[i+1].word == "from" && len(next.places) > 0 || s.chunks[i+1].kind == relativeWord && next.is("flight")
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

// quantity gives how many things a group is, with their noun and what they hold: 40 "tonnes of rice"; nil where it does not say.
func (s *sentence) quantity(i int) *fact.Quantity {
	c := &s.chunks[i]
	if c.count == nil || c.count.Min == nil || !c.is("support") && !c.is("refugee") && !s.broughtFrom(i) && !(i > 1 && s.handsTo(i-2)) {
		return nil
	}
	unit := strings.TrimPrefix(s.victims(c), "the ")
	if strings.HasPrefix(unit, "-") { // "a 70-strong team"
		return nil
	}
	if c.is("holder") && i+2 < len(s.chunks) && s.chunks[i+1].word == "of" && s.chunks[i+2].kind == nounGroup {
		unit += " of " + s.nameOf(&s.chunks[i+2])
	}
	return &fact.Quantity{Value: float64(*c.count.Min), Unit: unit}
}
