package summary

import (
	"cmp"
	"slices"
	"strconv"

	"factbox/shared/fact"
)

// Block is the key under which facts of one story are compared: no toll, occurrence or donor's support reaches over two
// blocks, so that a block can be summed up without the rest of its story (the "blocking key" of record linkage). It is made
// of the fact alone: "casualty#8killed", "date#2015-11-24", "pledge#DE". The story is not part of it.
func Block(f fact.Fact) string {
	switch {
	case f.Casualty != nil:
		// Lists are walked backwards: the gravest effect has the greatest key and comes first.
		rank := len(fact.Effects) - slices.Index(fact.Effects, f.Casualty.Effect)
		return string(fact.KindCasualty) + "#" + strconv.Itoa(rank) + string(f.Casualty.Effect)
	case f.Date != nil && f.Date.Date != nil:
		return string(fact.KindDate) + "#" + string(*f.Date.Date)
	case f.Date != nil:
		return string(fact.KindDate) + "#"
	case f.Pledge != nil:
		return string(fact.KindPledge) + "#" + f.Pledge.Donor
	}
	return ""
}

// publishedDay is the first day of the publication, which orders reports; "" when it is unknown, before every day.
func publishedDay(s fact.Source) string {
	first, _, ok := s.Published.Bounds()
	if !ok {
		return ""
	}
	return first
}

// byReport orders reports as they are shown: newest publication first, then by id.
func byReport(a, b Report) int {
	return cmp.Or(cmp.Compare(publishedDay(b.Source), publishedDay(a.Source)), cmp.Compare(a.Fact.ID, b.Fact.ID))
}

// origin is whose statement a report is: two papers with one agency's copy are one origin.
func origin(s fact.Source) string { return cmp.Or(s.Origin, s.Publisher, s.Document) }

// denied reports whether the speaker denies or disputes what the fact says.
func denied(f fact.Fact) bool {
	return f.Attribution != nil && (f.Attribution.Stance == fact.Denies || f.Attribution.Stance == fact.Disputes)
}

// group gathers items by a key, the groups in the order of their keys.
func group[T any, K cmp.Ordered](items []T, key func(T) K) [][]T {
	sets := make(map[K][]T)
	for _, it := range items {
		k := key(it)
		sets[k] = append(sets[k], it)
	}
	keys := make([]K, 0, len(sets))
	for k := range sets {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	groups := make([][]T, len(keys))
	for i, k := range keys {
		groups[i] = sets[k]
	}
	return groups
}

// of keeps the reports of a kind, in the order in which they are shown, so that whatever is made of them does not depend on
// the order in which they came.
func of(reports []Report, kind fact.Kind) []Report {
	var kept []Report
	for _, r := range reports {
		if r.Fact.Kind == kind {
			kept = append(kept, r)
		}
	}
	slices.SortFunc(kept, byReport)
	return kept
}

// shown gives the facts and the publishers of reports that are in order.
func shown(reports []Report) (facts []fact.Fact, more int, publishers []string) {
	facts, publishers = []fact.Fact{}, []string{}
	for _, r := range reports {
		if len(facts) < MaxReports {
			facts = append(facts, r.Fact)
		} else {
			more++
		}
		if p := r.Source.Publisher; p != "" && len(publishers) < MaxReports && !slices.Contains(publishers, p) {
			publishers = append(publishers, p)
		}
	}
	return facts, more, publishers
}

// newestWith gives the value of the first report that has one.
func newestWith[T any](reports []Report, value func(fact.Fact) *T) *T {
	for _, r := range reports {
		if v := value(r.Fact); v != nil {
			return v
		}
	}
	return nil
}

// firstDay orders dates; a missing or unreadable one comes before every day.
func firstDay(d *fact.EDTF) string {
	if d == nil {
		return ""
	}
	first, _, _ := d.Bounds()
	return first
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
