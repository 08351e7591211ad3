package answer

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// rivals gives the reports of a toll with which sources of one document contradict each other, each figure once; none where the
// toll is not disputed in that way. What a document recalls as wrong, adds up, or says of some of the victims is no rival.
func (m match) rivals() []fact.Fact {
	if m.toll == nil {
		return nil
	}
	var claims []fact.Fact
	reports := m.group.reports
	if m.part { // and who says that nobody suffered it contradicts all
		reports = slices.DeleteFunc(slices.Clone(reports), func(f fact.Fact) bool {
			return !(none(f.Casualty) && everybody(f.Casualty.Victims)) && !slices.ContainsFunc(m.reports, func(o fact.Fact) bool { return o.ID == f.ID })
		})
	}
	for _, f := range reports {
		c := f.Casualty
		part := c.Scope != nil && *c.Scope != fact.ScopeTotal
		elsewhere := c.Date != nil && m.toll.Date != nil && *c.Date != *m.toll.Date
		if claimed(f) && !part && !elsewhere && !increment(c) && !retracted(text(f.Evidence.Quote)) {
			claims = append(claims, f)
		}
	}
	var found []fact.Fact
	for i, f := range claims {
		for j, g := range claims {
			if i != j && f.Document == g.Document && contradict(f.Casualty, g.Casualty) && !slices.ContainsFunc(found, func(o fact.Fact) bool { return o.Casualty.Count.String() == f.Casualty.Count.String() }) {
				found = append(found, f)
			}
		}
	}
	return found
}

// contradict reports whether two counts cannot both be right.
func contradict(a, b *fact.Casualty) bool {
	if a.Count.Min == nil || b.Count.Min == nil {
		return false
	}
	if none(a) != none(b) {
		return true
	}
	apart := a.Count.Max != nil && *a.Count.Max < *b.Count.Min || b.Count.Max != nil && *b.Count.Max < *a.Count.Min
	return apart && everybody(a.Victims) && everybody(b.Victims)
}

func none(c *fact.Casualty) bool { return c.Count.Max != nil && *c.Count.Max == 0 }

// everybody reports whether victims are simply people.
func everybody(victims string) bool {
	for _, w := range folded(victims) {
		if !load().people[w] && !load().passes(w) {
			return false
		}
	}
	return true
}

// claimed reports whether a fact is somebody's statement rather than the document's own.
func claimed(f fact.Fact) bool {
	return f.Attribution != nil || says(text(f.Evidence.Quote), "claimed")
}

// claim names the country that alone states a figure; "" where anybody else does.
func (m match) claim() string {
	speaker := ""
	for _, f := range m.reports {
		if f.Attribution == nil || len(place.Tag(token.Read(f.Attribution.Speaker), m.scene.LatestPublished)) == 0 {
			return ""
		}
		speaker = f.Attribution.Speaker
	}
	return speaker
}

// retracted reports whether a quote says that its figure was wrong, or is no longer the last.
func retracted(quote string) bool { return says(quote, "retracted") || says(quote, "superseded") }

// says reports whether a phrase of a list stands in a quote.
func says(quote, list string) bool {
	_, found := before(quote, list)
	return found
}

// before gives the words of a quote before the first phrase of a list.
func before(quote, list string) (words []string, found bool) {
	words = folded(quote)
	for i := range words {
		for _, p := range load().quotes[list] {
			if i+len(p) <= len(words) && slices.Equal(words[i:i+len(p)], p) {
				return words[:i], true
			}
		}
	}
	return nil, false
}
