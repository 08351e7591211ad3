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
// Two reports speak of one event when neither place nor date tells them apart and their labels have a content word in
// common, or one has no label, or they give the same figure. A report with a coarser date, or without date or place,
// joins the one event that it fits; where it fits several, it stands alone rather than be guessed at.
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

// event is a set of reports of one effect of one event, with what identifies it.
type event struct {
	place   *string
	date    *fact.EDTF
	words   []string
	figures map[string]bool
	reports []Report
}

func (e *event) add(o *event) {
	e.words = append(e.words, o.words...)
	slices.Sort(e.words)
	e.words = slices.Compact(e.words)
	for f := range o.figures {
		e.figures[f] = true
	}
	e.reports = append(e.reports, o.reports...)
}

// alike reports whether labels or figures let two sets of reports be about one event.
func (e *event) alike(o *event) bool {
	if len(e.words) == 0 || len(o.words) == 0 || shared(e.words, o.words) > 0 {
		return true
	}
	for f := range o.figures {
		if e.figures[f] {
			return true
		}
	}
	return false
}

// compatible reports whether neither place nor date tells two sets apart.
func (e *event) compatible(o *event) bool {
	if e.place != nil && o.place != nil && *e.place != *o.place {
		return false
	}
	if e.date == nil || o.date == nil {
		return true
	}
	first, last, ok := o.date.Bounds()
	return ok && e.date.Overlaps(first, last)
}

// events tells the events in reports of one effect apart. Reports with the same place and date are compared among
// themselves first. Then, from the most to the least precise, each set joins the only event before it that it fits.
func events(reports []Report) []*event {
	type bucket struct {
		rank string // most precise first
		sets []*event
	}
	var buckets []bucket
	for _, same := range group(reports, func(r Report) string { return precision(r.Fact.Casualty) }) {
		buckets = append(buckets, bucket{precision(same[0].Fact.Casualty), alikes(same)})
	}
	slices.SortFunc(buckets, func(a, b bucket) int { return cmp.Compare(a.rank, b.rank) })

	var found []*event
	for _, b := range buckets {
		known := len(found)
		for _, set := range b.sets {
			var fit []*event
			if !precise(set) {
				for _, e := range found[:known] {
					if e.compatible(set) && e.alike(set) {
						fit = append(fit, e)
					}
				}
			}
			if len(fit) == 1 {
				fit[0].add(set)
			} else {
				found = append(found, set)
			}
		}
	}
	return found
}

// precise sets have a place and a day: they are events of their own.
func precise(e *event) bool { return e.place != nil && e.date != nil && e.date.Day() }

// precision orders casualties by how well place and date identify their event, and names both.
func precision(c *fact.Casualty) string {
	span := "9"
	if c.Date != nil {
		first, last, _ := c.Date.Bounds()
		switch {
		case first == last:
			span = "1"
		case first[:7] == last[:7]:
			span = "2"
		case first[:4] == last[:4]:
			span = "3"
		default:
			span = "4"
		}
		span += string(*c.Date)
	}
	if c.Place == nil {
		return "2#" + span
	}
	return "1#" + span + "#" + *c.Place
}

// alikes joins reports of one place and date by their labels and figures, by single link.
func alikes(reports []Report) []*event {
	sets := newSets(len(reports))
	seen := make(map[string]int)
	all := make([]*event, len(reports))
	for i, r := range reports {
		c := r.Fact.Casualty
		all[i] = &event{c.Place, c.Date, words(c.Event), map[string]bool{}, []Report{r}}
		if f := figure(c.Count); f != "" {
			all[i].figures[f] = true
			sets.joinSeen(seen, "figure "+f, i)
		}
		for _, w := range all[i].words {
			sets.joinSeen(seen, "word "+w, i)
		}
	}
	var found []*event
	var unlabelled []*event
	for _, members := range sets.list() {
		e := all[members[0]]
		for _, i := range members[1:] {
			e.add(all[i])
		}
		if len(e.words) == 0 {
			unlabelled = append(unlabelled, e)
		} else {
			found = append(found, e)
		}
	}
	if len(unlabelled) == 0 {
		return found
	}
	rest := unlabelled[0]
	for _, e := range unlabelled[1:] {
		rest.add(e)
	}
	if len(found) == 1 {
		found[0].add(rest)
		return found
	}
	return append(found, rest)
}

// figure names a count's number, or is empty for a vague one.
func figure(c fact.Count) string {
	if c.Min == nil && c.Max == nil {
		return ""
	}
	return fmt.Sprint(number(c.Min), " ", number(c.Max))
}

func number(n *int64) int64 {
	if n == nil {
		return -1
	}
	return *n
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
