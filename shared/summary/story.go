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
		reports[i] = Report{Fact: f, Source: fact.Source{Document: doc.Source.Document, Headline: doc.Headline, Published: doc.Published}}
	}
	slices.SortFunc(reports, byPosition)
	lines := Bullets(Tolls(reports), Donors(Supports(reports)), Occurrences(reports))
	n := counts(reports)
	return Headline{Source: doc.Source, Story: doc.Story, Bullets: atLeastTwo(lines, reports, n), Counts: n}
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
	h := Heads{Sources: make(map[string]fact.Source), Total: Total{
		Documents: len(docs), Facts: counts(reports), Effects: make(map[fact.Effect]bool),
		Groups: map[fact.Kind]int{fact.KindCasualty: len(tolls), fact.KindDate: len(occurrences), fact.KindPledge: len(supports)},
	}}
	for _, t := range Weightiest(tolls) {
		h.Tolls = append(h.Tolls, t.Head())
	}
	for _, o := range Weightiest(occurrences) {
		h.Occurrences = append(h.Occurrences, o.Head())
	}
	for _, d := range Donors(supports) {
		h.Donors = append(h.Donors, d.Short(MaxSupports))
	}
	h.Donors = Weightiest(h.Donors)
	for _, t := range tolls {
		h.Total.Effects[t.Effect] = true
	}
	for _, r := range reports {
		h.Sources[r.Fact.Document] = r.Source
	}
	for _, d := range docs {
		h.publish(d.Published)
	}
	return h.Story(story, title)
}

// publish takes the day of a document's publication in.
func (h *Heads) publish(d fact.EDTF) {
	first, last, ok := d.Bounds()
	if !ok {
		return
	}
	if f, _, known := h.FirstPublished.Bounds(); !known || first < f || first == f && d < h.FirstPublished {
		h.FirstPublished = d
	}
	if _, l, known := h.LatestPublished.Bounds(); !known || last > l || last == l && d > h.LatestPublished {
		h.LatestPublished = d
	}
}

// Story sums up a story of which these are the heads.
func (h Heads) Story(story, title string) Story {
	tolls, occurrences, donors := slices.Clone(h.Tolls), slices.Clone(h.Occurrences), slices.Clone(h.Donors)
	sortTolls(tolls)
	sortOccurrences(occurrences)
	sortDonors(donors)
	s := Story{
		Story:           story,
		Title:           cut(title, maxTitle),
		Bullets:         h.bullets(tolls, donors, occurrences),
		NotStated:       h.Total.notStated(),
		Counts:          h.Total.Facts,
		Documents:       h.Total.Documents,
		FirstPublished:  h.FirstPublished,
		LatestPublished: h.LatestPublished,
	}
	if s.Documents > 0 && s.LatestPublished == "" {
		s.FirstPublished, s.LatestPublished = fact.Unknown, fact.Unknown
	}
	for _, room := range rooms {
		s.fit(room, tolls, occurrences, donors, h.Total.Groups, h.Sources)
		if data, err := json.Marshal(s); err != nil || len(data) <= MaxStory {
			break
		}
	}
	return s
}

// bullets makes the lines of what the heads show.
func (h Heads) bullets(tolls []Toll, donors []Donor, occurrences []Occurrence) []string {
	var reports []Report
	report := func(facts []fact.Fact) {
		for _, f := range facts {
			reports = append(reports, Report{f, h.Sources[f.Document]})
		}
	}
	for _, t := range tolls {
		report(t.Reports)
	}
	for _, o := range occurrences {
		report(o.Reports)
	}
	for _, d := range donors {
		for _, s := range d.Support {
			report(s.Reports)
		}
	}
	slices.SortFunc(reports, byReport)
	return atLeastTwo(Bullets(tolls, donors, occurrences), reports, h.Total.Facts)
}

// notStated lists the effects that were looked for and that no toll speaks of.
func (t Total) notStated() []fact.Effect {
	missing := []fact.Effect{}
	for _, e := range Looked {
		if !t.Effects[e] {
			missing = append(missing, e)
		}
	}
	return missing
}

// room is how many groups of each kind, and how many reports of each group, a story may show.
type room struct{ groups, reports int }

// rooms are tried in turn until the story fits. The last one shows no group, which fits always.
var rooms = []room{
	{MaxHeads, headReports}, {MaxHeads, 3}, {30, 2}, {20, 2}, {15, 2}, {10, 2}, {10, 1}, {6, 1}, {4, 1}, {2, 1}, {1, 1}, {0, 0},
}

// fit fills the lists of a story as far as there is room.
func (s *Story) fit(r room, tolls []Toll, occurrences []Occurrence, donors []Donor, all map[fact.Kind]int, sources map[string]fact.Source) {
	s.Casualties = weightiest(r.groups, tolls)
	s.Dates = weightiest(r.groups, occurrences)
	s.Pledges = weightiest(r.groups, donors)
	s.Omitted = map[fact.Kind]int{
		fact.KindCasualty: all[fact.KindCasualty] - len(s.Casualties), fact.KindDate: all[fact.KindDate] - len(s.Dates),
		fact.KindPledge: all[fact.KindPledge],
	}
	documents := make(map[string]bool)
	trim := func(facts *[]fact.Fact, more *int) {
		shorten(facts, more, r.reports)
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

// SortSources puts sources in the order in which every answer lists them: newest publication first, then by document.
func SortSources(sources []fact.Source) {
	slices.SortFunc(sources, func(a, b fact.Source) int {
		return cmp.Or(cmp.Compare(publishedDay(b), publishedDay(a)), cmp.Compare(a.Document, b.Document))
	})
}
