package extract

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
)

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
	if status == fact.Pledged && act >= 0 && s.chunks[act].passive && s.present(act) { // "are backed by": in effect
		status = fact.Delivered
	}
	lead := promise
	if o.verb >= 0 {
		lead = &s.chunks[o.verb]
		if s.hypothetical(o.verb) || s.denied(o.verb) {
			return false
		}
	}
	if status == "obtained" {
		if lead != nil && lead.kind == verbGroup && lead.form == infinitive && !s.settled(o.verb) {
			return false // what somebody hopes or tries to get
		}
		status = obtained(lead, promise)
	}
	if status == "" && act < 0 {
		return false
	}
	if status == "" { // a verb of giving alone: by its tense
		v := &s.chunks[act]
		switch {
		case v.modal == "future":
			status = fact.Pledged
		case v.form == finite && (v.is("past") || v.is("perfect")), v.passive, v.is("progressive") && !v.is("give"):
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
		case promise == nil:
			return false
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
		case lead.modal == "would" && s.reported(o.verb) && (status != fact.Considered || promise == nil || promise.kind != verbGroup): // "said it would send"
			if status != fact.Suspended && status != fact.Cancelled && status != fact.Declined {
				status = fact.Pledged
			}
		case lead.modal == "irrealis" || lead.modal == "would":
			if status == fact.Suspended || status == fact.Cancelled || status == fact.Declined || lead.is("announce") {
				return false // a forecast or a threat
			}
			status = fact.Considered
		case lead.modal == "obligation", lead.modal == "ability":
			return false
		case lead.form == infinitive && promise != nil && promise.kind == verbGroup:
			return false // itself wanted by somebody: "asked it to agree to send"
		}
	}
	if lead != nil && lead.modal == "future" && (status == fact.Committed || status == fact.Delivered) {
		status = fact.Pledged
	}
	if act >= 0 && act != o.verb && s.chunks[act].negated { // "decided not to send"
		status = fact.Declined
	}
	o.pledge.Status = status
	return true
}

// denied reports whether somebody is said to deny what the verb at chunk v says: "denied a report that it had promised".
func (s *sentence) denied(v int) bool {
	for i := v - 1; i >= 0; i-- {
		if s.chunks[i].kind != relativeWord || s.chunks[i].word != "that" {
			continue
		}
		for j := i - 1; j >= 0 && j >= i-3; j-- {
			if c := &s.chunks[j]; c.kind == verbGroup {
				return c.is("deny") && !c.negated
			}
		}
	}
	return false
}

// present reports whether the verb group at chunk v is of the present: "are backed", not "were backed" or "has been backed".
func (s *sentence) present(v int) bool {
	switch s.text.Tokens[s.chunks[v].First].Fold {
	case "is", "are":
		return true
	}
	return false
}

// settled reports whether the infinitive at chunk v is said to come true: "is to receive", "is due to get".
func (s *sentence) settled(v int) bool {
	for i := v - 1; i >= 0; i-- {
		switch c := &s.chunks[i]; c.kind {
		case predicate:
			return c.is("ready")
		case verbGroup:
			return c.is("be")
		case adverbChunk, timeChunk:
		default:
			return false
		}
	}
	return false
}

// obtained gives how firm it is that somebody gets support from another: what was received is given, what was won is decided,
// unless it is a promise.
func obtained(verb, promise *chunk) fact.Status {
	switch {
	case promise != nil && promise.kind == nounGroup && promise.value("promise") != "":
		return fact.Status(promise.value("promise"))
	case verb != nil && (verb.modal == "future" || verb.form == infinitive):
		return fact.Pledged
	case verb != nil && verb.is("receive") && (verb.is("past") || verb.is("perfect")):
		return fact.Delivered
	}
	return fact.Committed
}

// hypothetical reports whether the verb at chunk v is that of a clause that says on what something else depends: "if Chad sends".
func (s *sentence) hypothetical(v int) bool {
	for i := v - 1; i >= 0; i-- {
		switch c := &s.chunks[i]; c.kind {
		case subordinate:
			return c.is("condition") || c.is("whether")
		case verbGroup, comma, stop, quote, relativeWord:
			return false
		}
	}
	return false
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

// condition finds on what the support that stands in the chunks from first up to last depends: right behind it, "provided parliament
// approves", within it, or before it at the head of the sentence. It gives the chunks of the condition and its words.
func (s *sentence) condition(first, last int) (from, to int, words string) {
	for i := last; i < len(s.chunks); i++ {
		c := &s.chunks[i]
		if c.conditional() {
			return s.conditionAt(i)
		}
		switch {
		case c.kind == prepChunk, c.kind == timeChunk, c.kind == comma, c.kind == adverbChunk:
			continue
		case c.kind == nounGroup && i > 0 && s.chunks[i-1].kind == prepChunk:
			continue
		}
		break
	}
	for i := first; i < last; i++ { // "pledged, if parliament agrees, to send"
		if s.chunks[i].conditional() && s.chunks[i-min(i, 1)].kind == comma {
			return s.conditionAt(i)
		}
	}
	if first > 1 && s.chunks[0].conditional() && s.chunks[first-1].kind == comma {
		return s.conditionAt(0)
	}
	return 0, 0, ""
}

// conditional reports whether the small word opens a condition.
func (c *chunk) conditional() bool {
	return (c.kind == subordinate || c.kind == prepChunk) && c.is("condition")
}

// conditionAt gives the condition that begins at chunk i: up to the end of the sentence, or to the comma where it stands before
// or within what depends on it.
func (s *sentence) conditionAt(i int) (from, to int, words string) {
	end := i + 1
	inner := i == 0 || s.chunks[i-1].kind == comma
	for end < len(s.chunks) && s.chunks[end].kind != stop && s.chunks[end].kind != quote && !(s.chunks[end].kind == comma && (inner || s.says(end+1))) {
		end++
	}
	for end > i+1 && !s.chunks[end-1].worded() {
		end--
	}
	span := s.chunks[i].Span
	span.Last = s.chunks[end-1].Last
	return i, end, s.text.Slice(span)
}

// says reports whether the words at chunk i only name who is speaking: "…, the minister said".
func (s *sentence) says(i int) bool {
	return i+1 < len(s.chunks) && s.chunks[i].kind == nounGroup && s.chunks[i+1].kind == verbGroup && s.chunks[i+1].is("report")
}

// awaits reports whether the condition in the chunks from first up to last is that somebody in power at home agrees: then nothing is
// promised yet.
func (s *sentence) awaits(first, last int) bool {
	organ, agrees := false, false
	for i := first; i < last; i++ {
		c := &s.chunks[i]
		organ = organ || c.is("organ") || c.is("organ*") || slices.ContainsFunc(c.places, func(p place.Mention) bool { return p.Kind == place.Government })
		agrees = agrees || c.is("assent") || c.is("permission") || c.kind == verbGroup && c.value("promise") == string(fact.Committed)
	}
	return organ && agrees
}

// needed checks what the rule needs beside its pattern.
func (d *Reading) needed(s *sentence, r *rule, o *offer) bool {
	if o.pledge.Recipient == nil && !o.abroad() && (o.home || o.pledge.Place != nil && !o.hosted()) {
		return false // for the donor's own people
	}
	verb := &chunk{}
	if o.verb >= 0 {
		verb = &s.chunks[o.verb]
	}
	switch r.sets["need"] {
	case "firm":
		// money and goods that nobody is named to receive may be for oneself, unless the verb is one of giving to others
		if o.pledge.Recipient == nil && !o.abroad() {
			if !place.IsCountry(o.donors[0]) && o.donors[0] != "EU" { // what a bank or an agency gives is for others
				return true
			}
			return (o.pledge.Status == fact.Pledged || verb.is("offer") && o.forces()) && (o.relief() || o.promised) && !s.meant(o.last)
		}
		return o.pledge.Amount != nil || !slices.Contains(o.pledge.Types, fact.Political) || verb.is("offer") && s.among(o.objects, "backing")
	case "gift":
		if o.pledge.Status == fact.Declined && (o.pledge.Recipient != nil || o.pledge.Place != nil) {
			return true
		}
		promised := verb.modal == "future" || verb.modal == "would"
		if o.pledge.Recipient == nil && !o.abroad() {
			switch {
			case !place.IsCountry(o.donors[0]): // what an organisation gives is for others
			case slices.Contains(o.pledge.Types, fact.Refugees): // for those who fled
			case o.pledge.Status == fact.Declined:
				return o.forces()
			case promised && verb.is("hand") && o.pledge.Amount != nil:
				return !s.meant(o.last)
			default:
				return false
			}
		}
		military := slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
			return t == fact.Troops || t == fact.AirStrikes || t == fact.Naval
		})
		if verb.word == "deploy" && o.pledge.Recipient == nil { // one's own forces and arms
			military = !slices.Contains(o.pledge.Types, fact.Other)
		}
		return !military || s.peaceful(o.first, o.last+6) || promised || s.helps(o.first, o.last+4, "help", "support", "relieve")
	case "actor", "recipient":
		return o.pledge.Recipient != nil
	case "abroad":
		return o.pledge.Recipient != nil || o.abroad()
	case "headline":
		first := slices.Min(coordination(s.chunks, o.first))
		return first == 0 || s.chunks[first-1].kind == stop
	}
	return !o.vague || o.pledge.Recipient != nil
}

// abroad reports whether the support is for a place that is not one of the donors, or a part of the world.
func (o *offer) abroad() bool {
	return o.pledge.Place != nil && !slices.Contains(o.donors, *o.pledge.Place) || o.pledge.Place == nil && o.region
}

// peaceful reports whether the chunks speak of keeping peace.
func (s *sentence) peaceful(from, to int) bool {
	for i := from; i < to && i < len(s.chunks); i++ {
		if slices.Contains(s.chunks[i].values("support"), string(fact.Peacekeeping)) || slices.Contains(s.chunks[i].values("support*"), string(fact.Peacekeeping)) {
			return true
		}
	}
	return false
}

// forces reports whether the support is arms or forces, which are given to others, or not, even where nobody is named.
func (o *offer) forces() bool {
	return slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
		return t == fact.Arms || t == fact.Troops || t == fact.AirStrikes || t == fact.Naval
	})
}

// hosted reports whether the support is given on the donor's own soil.
func (o *offer) hosted() bool {
	return slices.Contains(o.pledge.Types, fact.Refugees) || slices.Contains(o.pledge.Types, fact.Basing)
}

// relief reports whether the support is of a kind that is given to others only.
func (o *offer) relief() bool {
	return slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
		return t == fact.Humanitarian || t == fact.SearchAndRescue || t == fact.Refugees
	})
}

// meant reports whether a purpose or receiver stands behind the chunk, "for schools", other than relief.
func (s *sentence) meant(i int) bool {
	return i+1 < len(s.chunks) && !s.chunks[i+1].is("support") && s.chunks[i].kind == prepChunk && (s.chunks[i].word == "for" || s.chunks[i].word == "to")
}

func (s *sentence) helps(from, to int, classes ...string) bool {
	for i := from; i < to && i < len(s.chunks); i++ {
		if s.chunks[i].kind == verbGroup && slices.ContainsFunc(classes, s.chunks[i].is) {
			return true
		}
	}
	return false
}
