package extract

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
)

var pledgeRules = loaded("pledges.rules")

// offer is a match of a pledge rule, read.
type offer struct {
	rule        rule
	verb        int // chunk of the first verb
	objects     []int
	first, last int
	donors      []string
	pledge      fact.Pledge
	explicit    bool // somebody is said to receive it, known to us or not
}

// pledges finds the support that the sentence says is considered, promised, decided, given or refused.
func (d *Reading) pledges(s *sentence) []fact.Fact {
	if s.first {
		d.recipient = ""
	}
	var facts []fact.Fact
	said := make(map[string]bool)
	for _, r := range pledgeRules() {
		for i := range s.chunks {
			m, end := d.find(s, r, i)
			if m == nil {
				continue
			}
			o, ok := d.offer(s, r, m, i, end)
			if !ok {
				continue
			}
			for _, donor := range o.donors {
				var fresh []fact.SupportType
				for _, t := range o.pledge.Types {
					if key := donor + " " + string(t); !said[key] {
						said[key] = true
						fresh = append(fresh, t)
					}
				}
				if len(fresh) == 0 {
					m.drop("another rule made it for", donor)
					continue
				}
				p := o.pledge
				p.Donor, p.Types, p.Category = donor, fresh, fresh[0].Category()
				if p.Recipient != nil && *p.Recipient == donor {
					p.Recipient = nil
				}
				f := d.start(fact.KindPledge, s, o.first, o.last, min(max(o.verb, o.first), o.last-1))
				f.Pledge = &p
				f.Identify()
				facts = append(facts, m.made(f))
				if p.Recipient != nil {
					d.recipient = *p.Recipient
				}
			}
		}
	}
	slices.SortStableFunc(facts, func(a, b fact.Fact) int { return a.Evidence.Start - b.Evidence.Start })
	return facts
}

// offer reads a match: who gives what to whom, and how firmly.
func (d *Reading) offer(s *sentence, r rule, m *match, first, end int) (offer, bool) {
	o := offer{rule: r, first: first, last: end, verb: -1}
	for _, name := range []string{"verb", "promise", "act"} {
		if at := m.all(name); len(at) > 0 && s.chunks[at[0]].kind == verbGroup {
			o.verb = at[0]
			break
		}
	}
	act := -1
	if at := m.all("act"); len(at) > 0 {
		act = at[0]
	}
	o.objects = s.withParts(m.all("object"))
	if act >= 0 {
		o.objects = append(o.objects, s.objects(act)...)
		o.last = max(o.last, act+1)
	}
	o.donors = d.donors(s, m, o)
	if len(o.donors) == 0 {
		return o, m.drop("no donor")
	}
	o.pledge.Types = d.types(s, m, act, &o)
	if len(o.pledge.Types) == 0 {
		return o, m.drop("no type of support")
	}
	o.last = max(o.last, s.extent(o))
	d.recipients(s, m, act, &o)
	if !d.status(s, m, act, &o) {
		return o, m.drop("nothing is promised, given or refused")
	}
	for _, i := range o.objects {
		c := &s.chunks[i]
		if o.pledge.Amount == nil {
			o.pledge.Amount = c.amount(o.donors[0])
		}
		if c.count != nil && c.count.Min != nil && o.pledge.Quantity == nil && (c.is("support") || c.is("refugee")) {
			o.pledge.Quantity = &fact.Quantity{Value: float64(*c.count.Min), Unit: s.victims(&s.chunks[i])}
		}
	}
	o.pledge.Date = s.pledgeDate(o.first, o.last)
	if at, words := s.condition(o.last); words != "" {
		o.pledge.Condition = &words
		o.last = max(o.last, at)
	}
	if v := o.verb; v >= 0 {
		if subject := d.subject(s, v); len(subject) > 0 {
			o.first = min(o.first, subject[len(subject)-1])
		}
	}
	return o, d.needed(s, r, &o) || m.drop("fails need", r.sets["need"])
}

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

// donors finds who gives: the noun group that the rule keeps, else the subject of the first verb.
func (d *Reading) donors(s *sentence, m *match, o offer) []string {
	var groups []int
	if at := m.all("donor"); len(at) > 0 {
		groups = coordination(s.chunks, at[0])
	} else if o.verb >= 0 {
		groups = d.subject(s, o.verb)
		if m.get("organ") != nil { // whose strikes they are, if that is said
			for _, i := range o.objects {
				if code := groupCode(&s.chunks[i]); code != "" {
					return []string{code}
				}
			}
		}
	}
	var codes []string
	for _, i := range slices.Backward(groups) {
		code := d.actor(&s.chunks[i])
		if said := d.sayer(s, i); said != "" {
			code = said
		}
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// sayer gives the actor whom "it" or "he" at chunk i means in what that actor is reported to say: "the bank said it would lend".
func (d *Reading) sayer(s *sentence, i int) string {
	if c := &s.chunks[i]; !c.pronoun || !(c.is("person") || c.is("thing")) {
		return ""
	}
	for j := i - 1; j >= 0; j-- {
		if c := &s.chunks[j]; c.kind == verbGroup && c.is("report") {
			for _, k := range d.subject(s, j) {
				if code := d.actor(&s.chunks[k]); code != "" {
					return code
				}
			}
		}
	}
	return ""
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

// status tells how firm it is, and reports false where nothing is promised at all.
func (d *Reading) status(s *sentence, m *match, act int, o *offer) bool {
	status := fact.Status(o.rule.sets["status"])
	promise := m.get("promise")
	if status == "" && promise != nil {
		if v := promise.value("promise"); v != "" {
			status = fact.Status(v)
		} else if v := promise.value("ready"); v != "" {
			status = fact.Status(v)
		}
	}
	lead := promise
	if o.verb >= 0 {
		lead = &s.chunks[o.verb]
	}
	if status == "" { // a verb of giving alone: by its tense
		v := &s.chunks[act]
		switch {
		case v.modal == "future":
			status = fact.Pledged
		case v.form == finite && (v.is("past") || v.is("perfect")), v.passive:
			status = fact.Delivered
		default:
			status = fact.Committed
		}
		if v.is("back") || v.value("support") == "political" {
			status = fact.Pledged
		}
	}
	if status == "refused" {
		switch {
		case promise.is("suspend"):
			status = fact.Suspended
		case promise.is("cancel"):
			status = fact.Cancelled
		default:
			status = fact.Declined
		}
	}
	if lead != nil && lead.kind == verbGroup {
		switch {
		case lead.negated && lead.modal != "future" && lead.modal != "would":
			return false // what was not done was not refused either
		case lead.negated:
			status = fact.Declined
		case lead.modal == "would" && s.reported(o.verb) && (promise == nil || promise.kind != verbGroup):
			status = fact.Pledged // "said it would send"
		case lead.modal == "irrealis" || lead.modal == "would" || lead.modal == "ability":
			status = fact.Considered
		case lead.modal == "obligation":
			return false
		case lead.form == infinitive && promise != nil && promise.kind == verbGroup:
			return false // itself wanted by somebody: "asked it to agree to send"
		}
	}
	if act >= 0 && act != o.verb && s.chunks[act].negated { // "decided not to send"
		status = fact.Declined
	}
	o.pledge.Status = status
	return true
}

// pledgeDate gives the day on which it is promised or given, where the words or those right behind them state one.
func (s *sentence) pledgeDate(first, last int) *fact.EDTF {
	for i := first; i < len(s.chunks) && i < last+2; i++ {
		c := &s.chunks[i]
		if i >= last && c.kind != timeChunk && c.kind != prepChunk {
			break
		}
		if c.kind == timeChunk && c.times[0].Date != "" {
			date := c.times[0].Date
			return &date
		}
	}
	return nil
}

// reported reports whether what the verb at chunk v says is what somebody was reported to say.
func (s *sentence) reported(v int) bool {
	for j := v - 1; j >= 0; j-- {
		if c := &s.chunks[j]; c.kind == verbGroup {
			return c.is("report") && c.is("past")
		}
	}
	return false
}

// condition finds on what the support depends, right behind the chunk: "provided parliament approves". It gives the chunk behind.
func (s *sentence) condition(from int) (last int, words string) {
	for i := from; i < len(s.chunks); i++ {
		c := &s.chunks[i]
		if (c.kind == subordinate || c.kind == prepChunk) && c.is("condition") {
			end := i + 1
			for end < len(s.chunks) && s.chunks[end].kind != stop && s.chunks[end].kind != quote {
				end++
			}
			for end > i+1 && !s.chunks[end-1].worded() {
				end--
			}
			span := c.Span
			span.Last = s.chunks[end-1].Last
			return end, s.text.Slice(span)
		}
		switch {
		case c.kind == prepChunk, c.kind == timeChunk, c.kind == comma, c.kind == adverbChunk:
		case c.kind == nounGroup && i > 0 && s.chunks[i-1].kind == prepChunk:
		default:
			return 0, ""
		}
	}
	return 0, ""
}

// needed checks what the rule needs beside its pattern.
func (d *Reading) needed(s *sentence, r rule, o *offer) bool {
	switch r.sets["need"] {
	case "firm":
		// money and goods that nobody is named to receive may be for oneself, unless the verb is one of giving to others
		if o.pledge.Recipient == nil {
			return s.chunks[o.verb].value("promise") == string(fact.Pledged) && !s.meant(o.last)
		}
		return o.pledge.Amount != nil || !slices.Contains(o.pledge.Types, fact.Political)
	case "gift":
		if o.pledge.Status == fact.Declined {
			return o.pledge.Recipient != nil || o.pledge.Place != nil
		}
		if o.pledge.Recipient == nil {
			return !place.IsCountry(o.donors[0]) // what an organisation gives is for others
		}
		military := slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
			return t == fact.Troops || t == fact.AirStrikes || t == fact.Naval
		})
		return !military || s.helps(o.first, o.last+4, "help", "support")
	case "actor":
		return o.pledge.Recipient != nil
	}
	return true
}

// meant reports whether a purpose or receiver stands behind the chunk: "for schools".
func (s *sentence) meant(i int) bool {
	return i < len(s.chunks) && s.chunks[i].kind == prepChunk && (s.chunks[i].word == "for" || s.chunks[i].word == "to")
}

func (s *sentence) helps(from, to int, classes ...string) bool {
	for i := from; i < to && i < len(s.chunks); i++ {
		if s.chunks[i].kind == verbGroup && slices.ContainsFunc(classes, s.chunks[i].is) {
			return true
		}
	}
	return false
}
