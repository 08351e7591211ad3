package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// Limits of what of a story its summary is made.
const (
	MaxHeads    = 40 // groups of each kind: tolls, occurrences, donors
	MaxSupports = 40 // of a donor

	headReports    = 8 // of a toll or an occurrence
	supportReports = 5 // of a donor's support
)

// Heads are what a story's summary is made of: its weightiest groups, shortened, and how much there is in all. They are
// few however long the story, and each is made of its own block alone, so that a summary is made anew without reading the facts.
type Heads struct {
	Tolls       []Toll
	Occurrences []Occurrence
	Donors      []Donor
	Sources     map[string]fact.Source // of their reports, by document
	Total       Total

	FirstPublished, LatestPublished fact.EDTF // "" where no document says its day
}

// Total counts what a story has, also what its summary does not show.
type Total struct {
	Documents int
	Facts     map[fact.Kind]int
	Groups    map[fact.Kind]int // tolls, occurrences and supports, not donors
	Effects   map[fact.Effect]bool
}

// ranked is a group with a place in the order of weight.
type ranked interface{ Rank() string }

// Rank orders tolls by weight, the weightiest having the least: graver effects first, then more reports, then later ones.
// No two tolls of a story have the same.
func (t Toll) Rank() string {
	return fmt.Sprintf("%02d %s %s %s\x1f%s", slices.Index(fact.Effects, t.Effect), fewest(len(t.Reports)+t.MoreReports), latest(t.Date), t.Event, t.Reports[0].ID)
}

// Rank orders occurrences by weight, the weightiest having the least: more reports first, then exact days, then later
// ones. No two occurrences of a story have the same.
func (o Occurrence) Rank() string {
	coarse := 0
	if !o.Date.Day() {
		coarse = 1
	}
	return fmt.Sprintf("%s %d %s %s %s", fewest(len(o.Reports)+o.MoreReports), coarse, latest(&o.Date), o.Date, o.Reports[0].ID)
}

// Rank orders donors by weight, the weightiest having the least: more reports first, then the firmer status. No two donors
// have the same.
func (d Donor) Rank() string {
	n := 0
	for _, s := range d.Support {
		n += len(s.Reports) + s.MoreReports
	}
	return fmt.Sprintf("%s %02d %s", fewest(n), 99-max(0, d.Status.Rank()), d.Country)
}

// fewest writes a number so that the greatest comes first.
func fewest(n int) string { return fmt.Sprintf("%08d", max(0, 99999999-n)) }

// latest writes a date's first day so that the latest comes first, and what has none last.
func latest(d *fact.EDTF) string {
	day := firstDay(d)
	if day == "" {
		return "~"
	}
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return '0' + '9' - r
	}, day)
}

// Weightiest keeps the MaxHeads weightiest groups, in the order in which they stand.
func Weightiest[T ranked](groups []T) []T { return weightiest(MaxHeads, groups) }

func weightiest[T ranked](n int, groups []T) []T {
	if len(groups) <= n {
		return append([]T{}, groups...)
	}
	order := byRank(groups)[:n]
	slices.Sort(order)
	kept := make([]T, n)
	for k, i := range order {
		kept[k] = groups[i]
	}
	return kept
}

// first gives the n weightiest groups, the weightiest first.
func first[T ranked](n int, groups []T) []T {
	var kept []T
	for _, i := range byRank(groups)[:min(n, len(groups))] {
		kept = append(kept, groups[i])
	}
	return kept
}

// byRank gives the places of groups in the order of their weight.
func byRank[T ranked](groups []T) []int {
	ranks := make([]string, len(groups))
	order := make([]int, len(groups))
	for i, g := range groups {
		ranks[i], order[i] = g.Rank(), i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(ranks[i], ranks[j]) })
	return order
}

// Head is the toll as a summary may show it, with its first reports.
func (t Toll) Head() Toll {
	shorten(&t.Reports, &t.MoreReports, headReports)
	return t
}

// Head is the occurrence as a summary may show it, with its first reports.
func (o Occurrence) Head() Occurrence {
	shorten(&o.Reports, &o.MoreReports, headReports)
	return o
}

// Short is the donor with so many of its supports at most, each with its first reports; the rest is counted.
func (d Donor) Short(supports int) Donor {
	n := min(len(d.Support), supports)
	d.MoreSupport += len(d.Support) - n
	d.Support = slices.Clone(d.Support[:n])
	for i := range d.Support {
		shorten(&d.Support[i].Reports, &d.Support[i].MoreReports, supportReports)
	}
	return d
}

// shorten keeps the first n reports and counts the others.
func shorten(facts *[]fact.Fact, more *int, n int) {
	n = min(len(*facts), n)
	*more += len(*facts) - n
	*facts = (*facts)[:n:n]
}
