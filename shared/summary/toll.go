package summary

import (
	"cmp"
	"slices"

	"factbox/shared/fact"
)

// Tolls groups the casualty reports of each story into what they count: one toll an effect and event.
//
// Two reports speak of one event when neither place, date, kind of incident nor scene tells them apart and enough of these,
// of the other words of their labels and of their figures agree (see event.fit and incidents.txt). A report that fits two
// events about equally well stands alone rather than be guessed at.
//
// Low and High are the least and the greatest number reported of the whole; parts and increments count only where nothing
// else is stated (see figures). A figure that its speaker denies or disputes is listed under Disputes and counts for nothing.
func Tolls(reports []Report) []Toll {
	var tolls []Toll
	for _, story := range group(of(reports, fact.KindCasualty), func(r Report) string { return r.Fact.Story }) {
		for _, set := range group(story, func(r Report) string { return string(r.Fact.Casualty.Effect) }) {
			for _, e := range events(set) {
				tolls = append(tolls, e.toll())
			}
		}
	}
	sortTolls(tolls)
	return tolls
}

func sortTolls(tolls []Toll) {
	slices.SortStableFunc(tolls, func(a, b Toll) int {
		return cmp.Or(
			cmp.Compare(a.Story, b.Story),
			cmp.Compare(slices.Index(fact.Effects, a.Effect), slices.Index(fact.Effects, b.Effect)),
			cmp.Compare(firstDay(b.Date), firstDay(a.Date)),
			cmp.Compare(len(b.Reports)+b.MoreReports, len(a.Reports)+a.MoreReports),
			cmp.Compare(a.Event, b.Event),
			cmp.Compare(a.Reports[0].ID, b.Reports[0].ID),
		)
	})
}

func (e *event) toll() Toll {
	slices.SortFunc(e.reports, byReport)
	first := e.reports[0].Fact
	t := Toll{Story: first.Story, Place: e.place, Date: e.date, Effect: first.Casualty.Effect, Words: []string{}, Disputes: []Dispute{}}
	t.Reports, t.MoreReports, t.Publishers = shown(e.reports)

	var labels []string
	headlines := make(map[string]bool)
	for _, r := range e.reports {
		labels = append(labels, r.Fact.Casualty.Event)
		headlines[r.Source.Headline] = true
		if a := r.Fact.Attribution; denied(r.Fact) && len(t.Disputes) < MaxReports {
			t.Disputes = append(t.Disputes, Dispute{a.Speaker, a.Stance, r.Fact.ID, r.Fact.Casualty.Count.Text})
		}
	}
	t.Event = bestLabel(labels, headlines)
	wholes, parts := figures(e.reports)
	t.Best, t.BestBecause = best(wholes)
	stated := wholes
	if len(stated) == 0 {
		stated = parts
	}
	for _, r := range stated {
		c := r.Fact.Casualty.Count
		low, high := limits(c)
		if low != nil && (t.Low == nil || *low < *t.Low) {
			t.Low = low
		}
		if high != nil && (t.High == nil || *high > *t.High) {
			t.High = high
		}
		if t.Best == nil && len(t.Words) < MaxReports && c.Text != "" && !slices.Contains(t.Words, c.Text) {
			t.Words = append(t.Words, c.Text)
		}
	}
	return t
}
