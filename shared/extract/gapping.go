package extract

import (
	"factbox/shared/fact"
	"factbox/shared/place"
)

// gaps reads the donors behind an offer whose verb is left out: "France promised 10 million euros, Britain 5 million pounds and Peru
// 200 tents".
func (d *Reading) gaps(s *sentence, o offer, said map[string]bool) []fact.Fact {
	var facts []fact.Fact
	for i := o.first + 1; i < len(s.chunks); i++ {
		if !s.gapped(i) {
			continue
		}
		c, p := &s.chunks[i], o.pledge
		p.Donor = c.places[0].Code
		key := p.Donor + " " + string(p.Types[0])
		if said[key] || p.Donor == o.donors[0] {
			continue
		}
		said[key] = true
		what := i
		if c.money == nil && c.count == nil {
			what++
		}
		p.Amount, p.Quantity = s.chunks[what].amount(p.Donor), s.quantity(what)
		if more := &s.chunks[what]; p.Quantity == nil && more.bare && more.money == nil && more.count.Min != nil && o.pledge.Quantity != nil {
			p.Quantity = &fact.Quantity{Value: float64(*more.count.Min), Unit: o.pledge.Quantity.Unit}
		}
		if p.Recipient != nil && *p.Recipient == p.Donor {
			p.Recipient = nil
		}
		f := d.start(fact.KindPledge, s, i, what+1, i)
		f.Pledge = &p
		f.Identify()
		facts = append(facts, f)
	}
	return facts
}

// gapped reports whether the group at chunk i names a donor and what it gives without a verb.
func (s *sentence) gapped(i int) bool {
	c := &s.chunks[i]
	if i == 0 || c.kind != nounGroup || len(c.places) == 0 || c.places[0].Kind != place.Country || c.places[0].First != c.First || c.owner != nil {
		return false
	}
	if before := &s.chunks[i-1]; before.kind != comma && before.kind != conjChunk {
		return false
	}
	last := i
	if c.money == nil && c.count == nil {
		last++
		if !c.named || last >= len(s.chunks) || s.chunks[last].kind != nounGroup || s.chunks[last].money == nil && !s.chunks[last].bare && !s.chunks[last].is("support") {
			return false
		}
	}
	return last+1 >= len(s.chunks) || s.chunks[last+1].kind != verbGroup
}
