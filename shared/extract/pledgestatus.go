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
