package summary

import (
	"cmp"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// Occurrences groups the dates of each story into what happened: reports of one date whose event labels share two content
// words, or half of the words of the shorter one, or one word where the participants are the same; words of one sense in
// incidents.txt are one word. Dates that could not be
// resolved, and the day that a document gives for itself, are left out.
func Occurrences(reports []Report) []Occurrence {
	var kept []Report
	for _, r := range of(reports, fact.KindDate) {
		if d := r.Fact.Date; d.Date != nil && d.Role != fact.RoleDateline {
			kept = append(kept, r)
		}
	}
	var found []Occurrence
	for _, day := range group(kept, func(r Report) string { return r.Fact.Story + "\x00" + string(*r.Fact.Date.Date) }) {
		for _, set := range sameOccurrence(day) {
			found = append(found, occurrence(set))
		}
	}
	sortOccurrences(found)
	return found
}

func sortOccurrences(found []Occurrence) {
	slices.SortStableFunc(found, func(a, b Occurrence) int {
		return cmp.Or(
			cmp.Compare(a.Story, b.Story),
			cmp.Compare(firstDay(&b.Date), firstDay(&a.Date)),
			cmp.Compare(a.Date, b.Date),
			cmp.Compare(len(b.Reports)+b.MoreReports, len(a.Reports)+a.MoreReports),
			cmp.Compare(a.Reports[0].ID, b.Reports[0].ID),
		)
	})
}

// sameOccurrence joins the reports of one date by single link. Reports with equal words and participants are compared
// once, and only those that share a word are compared at all.
func sameOccurrence(reports []Report) [][]Report {
	type signature struct {
		words        []string
		participants string
		number       int // the first report that has it
	}
	sets := newSets(len(reports))
	seen := make(map[string]int)
	var distinct []signature
	for i, r := range reports {
		participants := slices.Clone(r.Fact.Date.Participants)
		slices.Sort(participants)
		s := signature{senses(r.Fact.Date.Event), strings.Join(participants, " "), i}
		key := strings.Join(s.words, " ") + "\x00" + s.participants
		if _, ok := seen[key]; !ok {
			distinct = append(distinct, s)
		}
		sets.joinSeen(seen, key, i)
	}
	having := make(map[string][]int)
	for i, a := range distinct {
		common := make(map[int]int)
		for _, w := range a.words {
			for _, j := range having[w] {
				common[j]++
			}
			having[w] = append(having[w], i)
		}
		for j, n := range common {
			b := distinct[j]
			if n >= 2 || 2*n >= min(len(a.words), len(b.words)) || a.participants != "" && a.participants == b.participants {
				sets.join(a.number, b.number)
			}
		}
	}
	var found [][]Report
	for _, members := range sets.list() {
		set := make([]Report, len(members))
		for k, i := range members {
			set[k] = reports[i]
		}
		found = append(found, set)
	}
	return found
}

func occurrence(reports []Report) Occurrence {
	f := reports[0].Fact
	o := Occurrence{Story: f.Story, Date: *f.Date.Date, Participants: []string{}}
	var labels []string
	for _, r := range reports {
		labels = append(labels, r.Fact.Date.Event)
		for _, p := range r.Fact.Date.Participants {
			if !slices.Contains(o.Participants, p) {
				o.Participants = append(o.Participants, p)
			}
		}
	}
	o.Event = bestLabel(labels, nil)
	o.Reports, o.MoreReports, o.Publishers = shown(reports)
	return o
}
