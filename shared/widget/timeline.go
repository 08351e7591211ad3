package widget

import (
	"cmp"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// maxParticipants is how many take part in what happened by name. The others are counted.
const maxParticipants = 8

// timeline shows what happened when, the oldest first.
type timeline struct {
	Axis *axis // nil where no date has an end that could be drawn
	Days []day
	More *more
}

// day is a date, or an interval, with what happened then.
type day struct {
	Date   when
	Events []happening
}

// happening shows one occurrence.
type happening struct {
	Event        string
	Participants string
	Background   string // that every report recalls it as history
	Cited        cited
}

func (w *writer) timeline(story summary.Story, rows int, elsewhere string) *timeline {
	kept, left := heaviest(story.Dates, rows, func(o summary.Occurrence) int { return len(o.Reports) + o.MoreReports })
	kept = slices.Clone(kept)
	slices.SortStableFunc(kept, byStart)
	t := &timeline{Axis: w.axis(kept), More: w.more(left+story.Omitted[fact.KindDate], elsewhere)}
	for i, o := range kept {
		if i == 0 || o.Date != kept[i-1].Date {
			t.Days = append(t.Days, day{Date: w.when(o.Date)})
		}
		d := &t.Days[len(t.Days)-1]
		d.Events = append(d.Events, w.happening(o))
	}
	return t
}

// byStart orders occurrences by their first day, those that began at no known day by their last, then the shorter before
// the longer.
func byStart(a, b summary.Occurrence) int {
	firstA, lastA := ends(a.Date)
	firstB, lastB := ends(b.Date)
	return cmp.Or(cmp.Compare(firstA, firstB), cmp.Compare(lastA, lastB), cmp.Compare(a.Date, b.Date))
}

// ends gives the first and the last day of a date; an open side is where the other one is.
func ends(d fact.EDTF) (first, last string) {
	first, last, ok := d.Bounds()
	switch {
	case !ok:
		return "", ""
	case first == fact.MinDay:
		return last, last
	case last == fact.MaxDay:
		return first, first
	}
	return first, last
}

func (w *writer) happening(o summary.Occurrence) happening {
	h := happening{Event: clean(o.Event, maxEvent)}
	if h.Event == "" {
		h.Event = w.L.Text("event.unnamed")
	}
	var names []string
	for _, p := range o.Participants[:min(len(o.Participants), maxParticipants)] {
		names = append(names, w.place(&p))
	}
	if more := len(o.Participants) - len(names); more > 0 {
		names = append(names, w.L.Plural("more", int64(more)))
	}
	h.Participants = w.L.List(names)
	if !slices.ContainsFunc(o.Reports, func(f fact.Fact) bool { return f.Date.Role != fact.RoleBackground }) {
		h.Background = w.L.Text("role.background")
	}
	h.Cited = w.cites(o.Reports, o.MoreReports, w.list("dates"))
	return h
}
