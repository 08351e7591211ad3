package widget

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/summary"
)

func axisOf(t testing.TB, tag string, dates ...fact.EDTF) *axis {
	w := &writer{L: tongue(t, tag)}
	var occurrences []summary.Occurrence
	for _, d := range dates {
		occurrences = append(occurrences, summary.Occurrence{Date: d, Event: string(d)})
	}
	slices.SortStableFunc(occurrences, byStart)
	return w.axis(occurrences)
}

func number(t testing.TB, percent string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(strings.TrimSuffix(percent, "%"), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func TestAxisLabels(t *testing.T) {
	for _, c := range []struct {
		dates  []fact.EDTF
		breaks int
		labels string // of a narrow axis; in brackets those that a wider one has, too
	}{
		{[]fact.EDTF{"2026-11-18"}, 0, "18 Nov"},
		{[]fact.EDTF{"2026-11-18", "2026-11-20"}, 0, "18 Nov|20 Nov"},
		{[]fact.EDTF{"2026-11-18", "2026-11-19", "2026-11-20"}, 0, "18 Nov|19 Nov|20 Nov"},
		{[]fact.EDTF{"2026-11-01", "2026-11-04", "2026-11-12", "2026-11-20"}, 0, "1 Nov|[4 Nov]|12 Nov|20 Nov"},
		{[]fact.EDTF{"2026-11-18/2026-11-20"}, 0, "18 Nov|20 Nov"},
		{[]fact.EDTF{"2026-11"}, 0, "Nov 2026"},
		{[]fact.EDTF{"../2026-11-18", "2026-11-20/.."}, 0, "18 Nov|20 Nov"},
		// stretches beside which others could not be seen are cut out
		{[]fact.EDTF{"2026-01-18", "2026-11-18", "2026-11-20"}, 1, "18 Jan|20 Nov"},
		{[]fact.EDTF{"1999-11-26", "2026-11-18", "2026-11-20"}, 1, "Nov 1999|20 Nov"},
		{[]fact.EDTF{"2011", "2026-11-18", "2026-11-20"}, 2, "2011|[Nov 2026]|20 Nov"},
		{[]fact.EDTF{"0987", "9998"}, 1, "987|9998"},
	} {
		a := axisOf(t, "en", c.dates...)
		var got []string
		for _, tick := range a.Ticks {
			if tick.Fine {
				tick.Text = "[" + tick.Text + "]"
			}
			got = append(got, tick.Text)
		}
		if s := strings.Join(got, "|"); s != c.labels || len(a.Breaks) != c.breaks {
			t.Errorf("%v: labels %s and %d breaks, want %s and %d", c.dates, s, len(a.Breaks), c.labels, c.breaks)
		}
	}
	for _, none := range [][]fact.EDTF{nil, {"unknown"}, {""}} {
		if a := axisOf(t, "en", none...); a != nil {
			t.Errorf("%v: an axis %+v", none, a)
		}
	}
}

// TestAxis holds the drawings of large stories to be in order, inside the drawing, and mirrored from right to left.
func TestAxis(t *testing.T) {
	for seed := range uint64(5) {
		story := longest(seed)
		slices.SortStableFunc(story.Dates, byStart)
		w, m := &writer{L: tongue(t, "en")}, &writer{L: tongue(t, "ar")}
		a, b := w.axis(story.Dates), m.axis(story.Dates)
		if len(a.Marks) != len(story.Dates) || a.Height > laneHigh*maxLanes+2+labels {
			t.Fatalf("%d marks of %d dates, %d pixels high", len(a.Marks), len(story.Dates), a.Height)
		}
		before := -1.0
		for i, mark := range a.Marks {
			x := number(t, mark.X)
			if x < max(0, before) || x > 100 || mark.Y < 0 || mark.Y > a.Rail {
				t.Errorf("a mark at %s, %d, behind %v", mark.X, mark.Y, before)
			}
			before = x
			wide := 0.0
			if mark.Wide != "" {
				wide = number(t, mark.Wide)
			}
			if mirrored := number(t, b.Marks[i].X); mirrored < 99.98-x-wide || mirrored > 100.02-x-wide {
				t.Errorf("a mark at %s is at %s from right to left", mark.X, b.Marks[i].X)
			}
		}
	}
}

// TestAxisLanes proves that marks of one lane do not touch on a narrow screen.
func TestAxisLanes(t *testing.T) {
	story := quake(t).sum()
	slices.SortStableFunc(story.Dates, byStart)
	for _, tag := range language.Tags() {
		a := (&writer{L: tongue(t, tag)}).axis(story.Dates)
		for i, m := range a.Marks {
			for _, n := range a.Marks[:i] {
				from, to := extent(t, n)
				if f, l := extent(t, m); m.Y == n.Y && f < to+apart-0.02 && l > from-apart+0.02 {
					t.Errorf("%s: %q is over %q", tag, m.Title, n.Title)
				}
			}
		}
	}
}

func extent(t testing.TB, m mark) (from, to float64) {
	from = number(t, m.X)
	if m.Wide == "" {
		return from, from
	}
	return from, from + number(t, m.Wide)
}

func TestAxisArrows(t *testing.T) {
	for _, c := range []struct {
		tag  string
		date fact.EDTF
		left bool
	}{
		{"en", "../2026-11-18", true},
		{"en", "2026-11-18/..", false},
		{"ar", "../2026-11-18", false},
		{"ar", "2026-11-18/..", true},
	} {
		a := axisOf(t, c.tag, c.date, "2026-11-10", "2026-11-25")
		i := slices.IndexFunc(a.Marks, func(m mark) bool { return m.Open })
		m := a.Marks[i]
		from, to := extent(t, m)
		if tip := number(t, m.Tip); m.Left != c.left || (tip == from) != c.left || (tip == to) == c.left || to-from < 1 {
			t.Errorf("%s in %s: %+v", c.date, c.tag, m)
		}
	}
}
