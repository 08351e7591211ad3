package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"factbox/shared/fact"
)

// statement is all the reports of one effect that say the same of the same: label words, place, date and figure. A reprint
// adds a report to a statement and no statement, so that it changes no grouping.
type statement struct {
	signs
	key     string
	place   *string
	date    *fact.EDTF
	from    int // the first day that the date covers, or the year in the label, counted from year 1; 0 when neither is known
	to      int // the last
	figure  string
	value   int64 // the number stated; -1 when none is
	told    int   // the first day of its first publication, counted like from; 0 when that is unknown
	reports []Report
}

// event is what statements speak of together.
type event struct {
	kinds, scenes set
	words, spots  map[string]bool
	figures       map[string]bool
	place         *string
	date          *fact.EDTF
	from, to      int
	most          int64 // the greatest number stated; -1 when none is
	reports       []Report
}

// Weights of what lets two reports be about one event, and what they must reach together. They were set on the stories of
// testdata/stories and say in which order the signs are trusted: a name for the kind of incident most, then the day, then
// scene, city and figure, then words and the country.
const (
	sameKind      = 6
	sameDay       = 4
	sameScene     = 4
	sameSpot      = 4
	sameFigure    = 4
	sameWord      = 3 // each, up to maxWords
	samePlace     = 2
	overlapping   = 2 // dates that are not both days
	adjacent      = 1 // dates that differ, but not by more than the kind allows
	relatedKind   = 2
	likeFigure    = 1
	longPast      = -3 // an event long past, of which a report without a date would say when it was
	hugeFigure    = -6 // a number far beyond all others: another, greater event
	enough        = 4
	clear         = 2 // by which the best fit must lead the second
	maxWords      = 3
	telling       = 5   // from here on the same exact number is no chance
	maxEvents     = 500 // statements of more events are only joined where their signs are equal; it bounds the time
	bygone        = 366 // days
	hugeFactor    = 30
	alikeFactor   = 2
	smallestEvent = 10
)

// events tells the events in reports of one effect apart. Statements are taken from the most to the least precise; each
// joins the event that it fits best. Where it fits two about equally it stands alone rather than be guessed at.
func events(reports []Report) []*event {
	var found []*event
	for _, s := range statements(reports) {
		var best *event
		first, second := 0, -1
		for _, e := range found[:min(len(found), maxEvents)] {
			switch fit, ok := e.fit(s); {
			case !ok:
			case best == nil || fit > first:
				best, first, second = e, fit, first
			default:
				second = max(second, fit)
			}
		}
		if best == nil || first < enough && !(s.nothing() && first >= 0) || first-second < clear && second >= enough {
			best = newEvent()
			found = append(found, best)
		}
		best.add(s)
	}
	return found
}

// statements gathers reports by what they say, most precise first: those with place and day, then with a place, then with
// a date; among equals those whose label says most.
func statements(reports []Report) []*statement {
	labels := make(map[string]signs)
	byKey := make(map[string]*statement)
	var all []*statement
	for _, r := range reports {
		c := r.Fact.Casualty
		if _, ok := labels[c.Event]; !ok {
			labels[c.Event] = readSigns(c.Event)
		}
		s := &statement{signs: labels[c.Event], place: c.Place, date: c.Date, figure: figure(c.Count), value: most(c.Count)}
		when := s.date
		if when == nil {
			when = s.year
		}
		if when != nil {
			s.from, s.to = days(*when)
		}
		s.key = fmt.Sprint(s.rank(), text(s.place), "\x00", when != nil, s.from, "-", s.to, "\x00", s.kinds, s.scenes, s.words, s.spots, "\x00", s.figure)
		s.told, _ = days(r.Source.Published)
		if known, ok := byKey[s.key]; ok {
			known.told = min(known.told, s.told)
			known.reports = append(known.reports, r)
			continue
		}
		s.reports = []Report{r}
		byKey[s.key] = s
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b *statement) int { return cmp.Compare(a.key, b.key) })
	return all
}

// rank orders statements by how well they identify their event: one letter for place and date, one for the label.
func (s *statement) rank() string {
	precision := "e"
	switch {
	case s.place != nil && s.from > 0 && s.from == s.to:
		precision = "a"
	case s.place != nil && s.from > 0:
		precision = "b"
	case s.place != nil:
		precision = "c"
	case s.from > 0:
		precision = "d"
	}
	switch {
	case s.kinds != 0 && s.scenes != 0:
		return precision + "a"
	case s.kinds != 0:
		return precision + "b"
	case !s.nothing():
		return precision + "c"
	}
	return precision + "d"
}

// days counts the days of a date from year 1; 0, 0 for one that cannot be read.
func days(d fact.EDTF) (from, to int) {
	first, last, ok := d.Bounds()
	if !ok {
		return 0, 0
	}
	count := func(day string) int {
		t, _ := time.Parse(time.DateOnly, day) // Bounds gives days that can be read
		return int(t.Unix()/86400) + 719163
	}
	return count(first), count(last)
}

func newEvent() *event {
	return &event{words: map[string]bool{}, spots: map[string]bool{}, figures: map[string]bool{}, most: -1}
}

func (e *event) add(s *statement) {
	e.kinds |= s.kinds
	e.scenes |= s.scenes
	for _, w := range s.words {
		e.words[w] = true
	}
	for _, w := range s.spots {
		e.spots[w] = true
	}
	if s.figure != "" {
		e.figures[s.figure] = true
	}
	if e.place == nil {
		e.place = s.place
	}
	if e.date == nil {
		e.date = s.date
	}
	if e.from == 0 {
		e.from, e.to = s.from, s.to
	}
	e.most = max(e.most, s.value)
	e.reports = append(e.reports, s.reports...)
}

// fit weighs what lets a statement be about the event; ok is false where something tells them apart.
func (e *event) fit(s *statement) (weight int, ok bool) {
	if e.place != nil && s.place != nil {
		if *e.place != *s.place {
			return 0, false
		}
		weight += samePlace
	}
	t := table()
	when, ok := e.when(s, t)
	if !ok {
		return 0, false
	}
	weight += when
	certain := false // the same number of one place and day outweighs other names
	if s.figure != "" && e.figures[s.figure] {
		if s.value > 1 {
			weight += sameFigure
		}
		certain = s.value >= telling && when == sameDay && e.place != nil && s.place != nil
	}
	switch {
	case e.kinds&s.kinds != 0:
		weight += sameKind
	case e.kinds == 0 || s.kinds == 0:
	case t.related(e.kinds, s.kinds):
		weight += relatedKind
	case !certain:
		return 0, false
	}
	switch {
	case e.scenes&s.scenes != 0:
		weight += sameScene
	case e.scenes != 0 && s.scenes != 0 && (e.kinds|s.kinds)&t.wide == 0 && !certain:
		return 0, false
	}
	switch common := in(e.spots, s.spots); {
	case common > 0:
		weight += sameSpot
	case len(e.spots) > 0 && len(s.spots) > 0 && (e.kinds|s.kinds)&t.wide == 0 && !certain:
		return 0, false
	}
	weight += sameWord * min(maxWords, in(e.words, s.words))
	return weight + e.size(s), true
}

// when weighs the dates.
func (e *event) when(s *statement, t *incidents) (weight int, ok bool) {
	switch {
	case s.from == 0 && s.told > 0 && e.to > 0 && e.to+bygone < s.told:
		return longPast, true
	case e.from == 0 || s.from == 0:
		return 0, true
	}
	switch gap := max(s.from-e.to, e.from-s.to); {
	case gap > t.slack(e.kinds&s.kinds):
		return 0, false
	case gap > 0:
		return adjacent, true
	case e.from == e.to && s.from == s.to:
		return sameDay, true
	}
	return overlapping, true
}

// size weighs the number stated against those of the event.
func (e *event) size(s *statement) int {
	switch a, b := s.value, e.most; {
	case a < 0 || b < 0:
		return 0
	case a+smallestEvent > hugeFactor*(b+smallestEvent):
		return hugeFigure
	case a >= telling && b >= telling && a <= alikeFactor*b && b <= alikeFactor*a:
		return likeFigure
	}
	return 0
}

func in(set map[string]bool, words []string) int {
	n := 0
	for _, w := range words {
		if set[w] {
			n++
		}
	}
	return n
}

// figure names a count's bounds, or is empty for a vague one.
func figure(c fact.Count) string {
	var b strings.Builder
	for _, n := range [...]*int64{c.Min, c.Max} {
		if n != nil {
			fmt.Fprint(&b, *n)
		}
		b.WriteByte(' ')
	}
	return strings.TrimRight(b.String(), " ")
}

// most is the greatest number that a count names; -1 when it names none.
func most(c fact.Count) int64 {
	if _, high := limits(c); high != nil {
		return *high
	}
	return -1
}
