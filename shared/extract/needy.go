package extract

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// What a country needs to be taken for the one that a document's pledges are for: being named as a receiver once counts
// namedReceiver, asking for support as much, being named with the incident of the first sentences sceneOfHarm, and being the
// place of the report, by its dateline or so, of an incident scene.
const (
	namedReceiver = 2
	sceneOfHarm   = 3
	sceneOfReport = 1
)

// setNeedy finds the country that the document's support is for, where one stands out: "Japan pledged $2 million" in a report of
// an earthquake in Peru is for Peru.
func (d *Reading) setNeedy() {
	scores := make(map[string]int)
	for i := range d.sentences {
		s := &d.sentences[i]
		for j := range s.chunks {
			c := &s.chunks[j]
			if i > 2 || !slices.ContainsFunc(incidents, c.is) {
				continue
			}
			from, to := s.clause(j)
			if code := s.placeIn(from, to, d); code != "" {
				scores[code] = max(scores[code], sceneOfHarm)
			} else if d.scene.place != nil {
				scores[*d.scene.place] = max(scores[*d.scene.place], sceneOfReport)
			}
		}
		if !s.ofSupport() {
			continue
		}
		for j := range s.chunks {
			if code := d.receives(s, j); place.IsCountry(code) {
				scores[code] += namedReceiver
			}
		}
	}
	best := 0
	for code, n := range scores {
		switch {
		case n > best:
			best, d.needy = n, code
		case n == best && (d.scene.place == nil || *d.scene.place != d.needy):
			d.needy = "" // two that need as much
			if d.scene.place != nil && *d.scene.place == code {
				d.needy = code
			}
		}
	}
}

// incidents are the classes of words that tell of an incident.
var incidents = []string{"event", "harm", "perish", "strike", "befall", "toll", "tollhead"}

// ofSupport reports whether the sentence speaks of promising, giving or asking.
func (s *sentence) ofSupport() bool {
	for i := range s.chunks {
		if c := &s.chunks[i]; c.is("promise") || c.is("give") || c.is("forgive") || c.is("request") || c.is("ask") || c.is("owe") || c.is("support") {
			return true
		}
	}
	return false
}

// receives gives the country that the group at chunk i names as one that gets support or asks for it.
func (d *Reading) receives(s *sentence, i int) string {
	c := &s.chunks[i]
	if c.kind == verbGroup && c.is("owe") && i > 0 { // "what Peru owes"
		return d.receiver(&s.chunks[i-1])
	}
	if c.kind == verbGroup && c.is("ask") && !c.passive {
		for _, k := range d.subject(s, i) {
			return d.receiver(&s.chunks[k])
		}
	}
	if i == 0 || c.kind != nounGroup || len(c.places) == 0 {
		return ""
	}
	switch before := &s.chunks[i-1]; {
	case before.kind == prepChunk && (before.word == "for" || before.word == "to"):
	case before.kind == prepChunk && before.word == "from" && i > 1 && s.chunks[i-2].is("request"):
	case before.kind == verbGroup && before.is("give") && !before.passive && i+1 < len(s.chunks) && s.chunks[i+1].kind == nounGroup:
	default:
		return ""
	}
	return d.receiver(c)
}

// unsaidReceiver gives the receiver that an offer leaves unsaid, or "": support in words and between two sides has none.
func (d *Reading) unsaidReceiver(o *offer) string {
	if o.home || o.explicit || o.region || o.pledge.Place != nil && (*o.pledge.Place != d.needy || o.forces()) {
		return ""
	}
	for _, t := range o.pledge.Types {
		switch t {
		case fact.Political, fact.Intelligence, fact.Coordination, fact.Troops, fact.AirStrikes:
			return ""
		}
	}
	return d.needy
}
