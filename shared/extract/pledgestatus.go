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
	lead := promise
	if o.verb >= 0 {
		lead = &s.chunks[o.verb]
		if s.hypothetical(o.verb) {
			return false
		}
	}
	if status == "obtained" {
		status = obtained(m.get("verb"), promise)
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
	if lead != nil && lead.modal == "future" && (status == fact.Committed || status == fact.Delivered) {
		status = fact.Pledged
	}
	if act >= 0 && act != o.verb && s.chunks[act].negated { // "decided not to send"
		status = fact.Declined
	}
	o.pledge.Status = status
	return true
}

// obtained gives how firm it is that somebody gets support from another: what was received is given, what was won is decided,
// unless it is a promise.
func obtained(verb, promise *chunk) fact.Status {
	switch {
	case promise != nil && promise.kind == nounGroup && promise.value("promise") != "":
		return fact.Status(promise.value("promise"))
	case verb != nil && verb.modal == "future":
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
		if o.pledge.Recipient == nil && !o.abroad() {
			return o.pledge.Status == fact.Pledged && (o.relief() || s.chunks[o.verb].value("promise") != "") && !s.meant(o.last)
		}
		return o.pledge.Amount != nil || !slices.Contains(o.pledge.Types, fact.Political)
	case "gift":
		if o.pledge.Status == fact.Declined {
			return o.pledge.Recipient != nil || o.pledge.Place != nil
		}
		verb := &s.chunks[o.verb]
		promised := verb.modal == "future" || verb.modal == "would"
		if o.pledge.Recipient == nil && !o.abroad() {
			switch {
			case !place.IsCountry(o.donors[0]): // what an organisation gives is for others
			case promised && verb.is("hand") && o.pledge.Amount != nil:
				return !s.meant(o.last)
			default:
				return false
			}
		}
		military := slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
			return t == fact.Troops || t == fact.AirStrikes || t == fact.Naval
		})
		return !military || promised || s.helps(o.first, o.last+4, "help", "support")
	case "actor", "recipient":
		return o.pledge.Recipient != nil
	case "abroad":
		return o.pledge.Recipient != nil || o.abroad()
	case "headline":
		return o.first == 0 || s.chunks[o.first-1].kind == stop
	}
	return !o.vague || o.pledge.Recipient != nil
}

// abroad reports whether the support is for a place that is not one of the donors.
func (o *offer) abroad() bool {
	return o.pledge.Place != nil && !slices.Contains(o.donors, *o.pledge.Place)
}

// relief reports whether the support is of a kind that is given to others only.
func (o *offer) relief() bool {
	return slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
		return t == fact.Humanitarian || t == fact.SearchAndRescue || t == fact.Refugees
	})
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
