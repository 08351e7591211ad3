package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// Tolls groups the casualty reports of each story into what they count: one toll an effect and event.
//
// Two reports speak of one event when neither place, date, kind of incident nor scene tells them apart and enough of these,
// of the other words of their labels and of their figures agree (see event.fit and incidents.txt). A report that fits two
// events about equally well stands alone rather than be guessed at.
//
// Low and High are the least and the greatest number reported of the whole (parts and increments count only where nothing
// else is stated). A figure that its speaker denies or disputes is listed under Disputes and counts for nothing.
func Tolls(reports []Report) []Toll {
	var tolls []Toll
	for _, story := range group(of(reports, fact.KindCasualty), func(r Report) string { return r.Fact.Story }) {
		for _, set := range group(story, func(r Report) string { return string(r.Fact.Casualty.Effect) }) {
			for _, e := range events(set) {
				tolls = append(tolls, e.toll())
			}
		}
	}
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
	return tolls
}

func (e *event) toll() Toll {
	slices.SortFunc(e.reports, byReport)
	first := e.reports[0].Fact
	t := Toll{Story: first.Story, Place: e.place, Date: e.date, Effect: first.Casualty.Effect, Words: []string{}, Disputes: []Dispute{}}
	t.Reports, t.MoreReports, t.Publishers = shown(e.reports)

	var labels []string
	var wholes, parts []Report
	for _, r := range e.reports {
		labels = append(labels, r.Fact.Casualty.Event)
		switch scope := r.Fact.Casualty.Scope; {
		case denied(r.Fact):
			if a := r.Fact.Attribution; len(t.Disputes) < MaxReports {
				t.Disputes = append(t.Disputes, Dispute{a.Speaker, a.Stance, r.Fact.ID})
			}
		case scope == nil || *scope == fact.ScopeTotal || *scope == "":
			wholes = append(wholes, r)
		default:
			parts = append(parts, r)
		}
	}
	t.Event = bestLabel(labels)
	t.Best, t.BestBecause = best(wholes)
	stated := wholes
	if len(stated) == 0 {
		stated = parts
	}
	for _, r := range stated {
		c := r.Fact.Casualty.Count
		low, high := c.Min, c.Max
		if low == nil {
			low = c.Max
		}
		if high == nil {
			high = c.Min
		}
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

// best finds the newest exact total by publication. An origin states a figure on the day of its first copy of it, so that
// a reprint never changes the answer; a tie goes to the figure that more origins state, then to the greater one.
func best(reports []Report) (*int64, string) {
	type statement struct {
		figure int64
		origin string
	}
	dated := make(map[statement]string)
	for _, r := range reports {
		c := r.Fact.Casualty.Count
		if c.Modifier != fact.Exact || c.Min == nil {
			continue
		}
		s := statement{*c.Min, strings.ToLower(origin(r.Source))}
		if day, ok := dated[s]; !ok || publishedDay(r.Source) < day {
			dated[s] = publishedDay(r.Source)
		}
	}
	newest, origins := make(map[int64]string), make(map[int64]int)
	for s, day := range dated {
		newest[s.figure] = max(newest[s.figure], day)
		origins[s.figure]++
	}
	var chosen *int64
	for n := range origins {
		if chosen == nil || cmp.Or(cmp.Compare(newest[n], newest[*chosen]), cmp.Compare(origins[n], origins[*chosen]), cmp.Compare(n, *chosen)) > 0 {
			chosen = &n
		}
	}
	switch {
	case chosen == nil:
		return nil, "no exact total stated"
	case origins[*chosen] == 1:
		return chosen, "newest exact total, 1 origin"
	}
	return chosen, fmt.Sprintf("newest exact total, %d origins", origins[*chosen])
}
