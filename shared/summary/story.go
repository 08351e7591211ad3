package summary

import (
	"cmp"
	"encoding/json"
	"slices"

	"factbox/shared/fact"
)

// maxTitle is the longest title of a story, in runes.
const maxTitle = 300

// NewHeadline says in two to five lines what one document states. The lines name no publisher: it stands beside them.
func NewHeadline(doc fact.Document, facts []fact.Fact) Headline {
	reports := make([]Report, len(facts))
	for i, f := range facts {
		reports[i] = Report{Fact: f, Source: fact.Source{Document: doc.Source.Document, Published: doc.Published}}
	}
	slices.SortFunc(reports, byPosition)
	lines := Bullets(Tolls(reports), Donors(Supports(reports)), Occurrences(reports))
	return Headline{Source: doc.Source, Story: doc.Story, Bullets: atLeastTwo(lines, reports), Counts: counts(reports)}
}

// byPosition orders the reports of one document as they stand in it.
func byPosition(a, b Report) int {
	return cmp.Or(cmp.Compare(a.Fact.Evidence.Start, b.Fact.Evidence.Start), cmp.Compare(a.Fact.ID, b.Fact.ID))
}

func counts(reports []Report) map[fact.Kind]int {
	n := make(map[fact.Kind]int)
	for _, k := range fact.Kinds {
		n[k] = 0
	}
	for _, r := range reports {
		n[r.Fact.Kind]++
	}
	return n
}

// NewStory sums a story up. Its JSON is at most MaxStory bytes: reports are left out first, then groups, the weightiest
// staying, and what was left out is counted. docs are the story's documents, also those that state nothing.
func NewStory(story, title string, docs []fact.Document, reports []Report) Story {
	reports = slices.SortedFunc(slices.Values(reports), byReport)
	tolls, occurrences, supports := Tolls(reports), Occurrences(reports), Supports(reports)
	donors := Donors(supports)
	s := Story{
		Story:     story,
		Title:     cut(title, maxTitle),
		Bullets:   atLeastTwo(Bullets(tolls, donors, occurrences), reports),
		NotStated: notStated(tolls),
		Counts:    counts(reports),
		Documents: len(docs),
	}
	for _, d := range docs {
		first, last, ok := d.Published.Bounds()
		if !ok {
			continue
		}
		if f, _, known := s.FirstPublished.Bounds(); !known || first < f || first == f && d.Published < s.FirstPublished {
			s.FirstPublished = d.Published
		}
		if _, l, known := s.LatestPublished.Bounds(); !known || last > l || last == l && d.Published > s.LatestPublished {
			s.LatestPublished = d.Published
		}
	}
	if len(docs) > 0 && s.LatestPublished == "" {
		s.FirstPublished, s.LatestPublished = fact.Unknown, fact.Unknown
	}
	sources := make(map[string]fact.Source)
	for _, r := range reports {
		sources[r.Fact.Document] = r.Source
	}
	for _, room := range rooms {
		s.fit(room, tolls, occurrences, donors, len(supports), sources)
		if data, err := json.Marshal(s); err != nil || len(data) <= MaxStory {
			break
		}
	}
	return s
}

// notStated lists the effects that were looked for and that no toll speaks of.
func notStated(tolls []Toll) []fact.Effect {
	missing := []fact.Effect{}
	for _, e := range Looked {
		if !slices.ContainsFunc(tolls, func(t Toll) bool { return t.Effect == e }) {
			missing = append(missing, e)
		}
	}
	return missing
}

// room is how many groups of each kind, and how many reports of each group, a story may show.
type room struct{ groups, reports int }

// rooms are tried in turn until the story fits. The last one shows no group, which fits always.
var rooms = []room{
	{200, MaxReports}, {200, 8}, {200, 3}, {100, 3}, {60, 3}, {40, 3}, {30, 2}, {20, 2}, {15, 2}, {10, 2}, {10, 1}, {6, 1}, {4, 1},
	{2, 1}, {1, 1}, {0, 0},
}

// fit fills the lists of a story as far as there is room.
func (s *Story) fit(r room, tolls []Toll, occurrences []Occurrence, donors []Donor, supports int, sources map[string]fact.Source) {
	s.Casualties = weightiest(r.groups, tolls, compareTolls)
	s.Dates = weightiest(r.groups, occurrences, compareOccurrences)
	s.Pledges = weightiest(r.groups, donors, compareDonors)
	s.Omitted = map[fact.Kind]int{
		fact.KindCasualty: len(tolls) - len(s.Casualties), fact.KindDate: len(occurrences) - len(s.Dates), fact.KindPledge: supports,
	}
	documents := make(map[string]bool)
	trim := func(facts *[]fact.Fact, more *int) {
		if n := min(len(*facts), r.reports); n < len(*facts) {
			*more += len(*facts) - n
			*facts = (*facts)[:n:n]
		}
		for _, f := range *facts {
			documents[f.Document] = true
		}
	}
	for i := range s.Casualties {
		t := &s.Casualties[i]
		trim(&t.Reports, &t.MoreReports)
		t.Publishers = t.Publishers[:min(len(t.Publishers), r.groups)]
		t.Words = t.Words[:min(len(t.Words), r.groups)]
		t.Disputes = t.Disputes[:min(len(t.Disputes), r.groups)]
	}
	for i := range s.Dates {
		trim(&s.Dates[i].Reports, &s.Dates[i].MoreReports)
	}
	for i := range s.Pledges {
		d := &s.Pledges[i]
		n := min(len(d.Support), r.groups)
		d.MoreSupport += len(d.Support) - n
		d.Support = slices.Clone(d.Support[:n])
		s.Omitted[fact.KindPledge] -= n
		for j := range d.Support {
			trim(&d.Support[j].Reports, &d.Support[j].MoreReports)
		}
	}
	s.Sources = []fact.Source{}
	for d := range documents {
		s.Sources = append(s.Sources, sources[d])
	}
	SortSources(s.Sources)
}

// weightiest keeps the n weightiest items in the order in which they stand.
func weightiest[T any](n int, items []T, compare func(a, b T) int) []T {
	if len(items) <= n {
		return append([]T{}, items...)
	}
	order := make([]int, len(items))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(items[i], items[j]) })
	order = order[:n]
	slices.Sort(order)
	kept := make([]T, n)
	for k, i := range order {
		kept[k] = items[i]
	}
	return kept
}

// SortSources puts sources in the order in which every answer lists them: newest publication first, then by document.
func SortSources(sources []fact.Source) {
	slices.SortFunc(sources, func(a, b fact.Source) int {
		return cmp.Or(cmp.Compare(publishedDay(b), publishedDay(a)), cmp.Compare(a.Document, b.Document))
	})
}
