package extract

import (
	"slices"

	"factbox/shared/fact"
)

var pledgeRules = loaded("pledges.rules")

// offer is a match of a pledge rule, read.
type offer struct {
	rule        *rule
	verb        int // chunk of the first verb
	objects     []int
	first, last int
	donors      []string
	pledge      fact.Pledge
	explicit    bool // somebody is said to receive it, known to us or not
	vague       bool // help of a kind that is not said
	promised    bool // by a word of promising
	home        bool // it is for the donor's own country
	region      bool // it is for a part of the world that is no country
}

// pledges finds the support that the sentence says is considered, promised, decided, given or refused.
func (d *Reading) pledges(s *sentence) []fact.Fact {
	if s.first {
		d.recipient = ""
	}
	var facts []fact.Fact
	said := make(map[string]bool)
	for r := range s.candidates(pledgeRules()) {
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
				d.sheltering = d.sheltering || slices.Contains(p.Types, fact.Refugees)
				d.kinds, d.armed = p.Types, d.armed || slices.Contains(p.Types, fact.Arms)
				if p.Quantity != nil {
					d.unit, d.counted = p.Quantity.Unit, p.Types
				}
			}
			for _, f := range d.gaps(s, o, said) {
				facts = append(facts, m.made(f))
			}
		}
	}
	slices.SortStableFunc(facts, func(a, b fact.Fact) int { return a.Evidence.Start - b.Evidence.Start })
	return facts
}

// offer reads a match: who gives what to whom, and how firmly.
func (d *Reading) offer(s *sentence, r *rule, m *match, first, end int) (offer, bool) {
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
	objects := m.all("object")
	if len(objects) > 0 && objects[0] == first && first > 0 && s.chunks[first-1].kind == prepChunk {
		return o, m.drop("behind a preposition") // not what the verb behind is said of: "arms seized by troops were sent"
	}
	o.objects = s.withParts(objects)
	if act >= 0 {
		o.objects = append(o.objects, s.objects(act)...)
		o.last = max(o.last, act+1)
	}
	o.donors = d.donors(s, m, o)
	if len(o.donors) == 0 {
		return o, m.drop("no donor")
	}
	o.pledge.Types = d.types(s, act, &o)
	if len(o.pledge.Types) == 0 {
		return o, m.drop("no type of support")
	}
	promise := m.get("promise")
	o.promised = promise != nil && promise.is("promise")
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
		if o.pledge.Quantity == nil {
			o.pledge.Quantity = s.quantity(i)
		}
		if o.pledge.Quantity == nil && s.elliptic([]int{i}) && c.bare && c.count.Min != nil && d.unit != "" { // "250,000 more"
			o.pledge.Quantity = &fact.Quantity{Value: float64(*c.count.Min), Unit: d.unit}
		}
	}
	o.pledge.Date = s.pledgeDate(o.first, o.last)
	if v := o.verb; v >= 0 {
		if subject := d.subject(s, v); len(subject) > 0 {
			o.first = min(o.first, subject[len(subject)-1])
		}
	}
	if from, to, words := s.condition(o.first, o.last); words != "" {
		o.pledge.Condition = &words
		if s.awaits(from, to) && (o.pledge.Status == fact.Pledged || o.pledge.Status == fact.Committed) {
			o.pledge.Status = fact.Considered
		}
		o.first, o.last = min(o.first, from), max(o.last, to)
	}
	return o, d.needed(s, r, &o) || m.drop("fails need", r.sets["need"])
}
