package widget

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// The axis in percent of its width, so that it is drawn without a script at every width, and in pixels of its height.
const (
	edge      = 2.5 // kept free on both sides, for half a dot
	breakWide = 7.0 // the place of a break
	apart     = 4.5 // between two marks of one lane: they do not touch at 280 pixels
	seen      = 2.5 // the shortest stretch that can be seen
	openLong  = 8.0 // how far an open side reaches

	letterNarrow = 2.5 // of a label at 12 pixels, where the axis is 260 pixels wide
	letterWide   = 1.4 // where it is 480

	barHigh  = 8
	laneHigh = 15
	maxLanes = 9
	labels   = 24 // the height of the labels
	maxBreak = 4
)

// axis is a drawing of dates: dots for days, bars for intervals, arrows for open sides. Long stretches without any end of a
// date are cut out, and the cut is shown.
type axis struct {
	Height, Rail int // of the drawing; where its line lies
	Marks        []mark
	Breaks       []string
	Ticks        []tick
}

// mark is one date. X and Wide are percentages.
type mark struct {
	X, Wide string // Wide is empty for a day
	Y       int
	Open    bool   // on one side
	Tip     string // where the arrow of the open side is
	Left    bool   // the arrow points to the left
	Title   string
}

// Middle is where the centre of a dot is.
func (m mark) Middle() int { return m.Y + barHigh/2 }

// tick is a labelled day.
type tick struct {
	X, Text, Anchor string
	To, Y           int  // where its line ends; where its text stands
	Fine            bool // shown where there is room
}

// scale places days on the axis.
type scale struct {
	knots []knot
	cuts  []int // the knots behind which a stretch is cut out
	flip  bool
}

// knot is a day whose place is known. Between two of them days are evenly spaced.
type knot struct {
	day int // since 1 January 1970
	x   float64
}

func (w *writer) axis(occurrences []summary.Occurrence) *axis {
	var days []int
	for _, o := range occurrences {
		if first, last := ends(o.Date); first != "" {
			days = append(days, dayNumber(first), dayNumber(last))
		}
	}
	slices.Sort(days)
	days = slices.Compact(days)
	if len(days) == 0 {
		return nil
	}
	s := newScale(days, w.L.Direction() == "rtl")
	a := &axis{}
	lanes := s.place(w, a, occurrences)
	a.Rail = lanes*laneHigh + 2
	a.Height = a.Rail + labels
	for i := range a.Marks {
		a.Marks[i].Y = a.Rail - barHigh - 6 - a.Marks[i].Y*laneHigh
	}
	for _, i := range s.cuts {
		a.Breaks = append(a.Breaks, percent(s.turn((s.knots[i].x+s.knots[i+1].x)/2)))
	}
	s.ticks(w, a, occurrences)
	return a
}

// newScale spaces days evenly. While the shortest stretch between two of them could not be seen, it cuts the longest one out.
func newScale(days []int, flip bool) scale {
	s := scale{flip: flip}
	total, shortest := days[len(days)-1]-days[0], math.MaxInt
	for i := 1; i < len(days); i++ {
		shortest = min(shortest, days[i]-days[i-1])
	}
	for len(s.cuts) < min(maxBreak, len(days)-2) && float64(shortest) < seen/100*float64(total) {
		longest, at := 0, 0
		for i := 1; i < len(days); i++ {
			if gap := days[i] - days[i-1]; gap > longest && !slices.Contains(s.cuts, i-1) {
				longest, at = gap, i-1
			}
		}
		s.cuts = append(s.cuts, at)
		total -= longest
	}
	room := 100 - 2*edge - breakWide*float64(len(s.cuts))
	x := edge
	for i, d := range days {
		if i > 0 {
			switch {
			case slices.Contains(s.cuts, i-1):
				x += breakWide
			case total > 0:
				x += room * float64(d-days[i-1]) / float64(total)
			}
		}
		s.knots = append(s.knots, knot{d, x})
	}
	if x == edge { // one day, or nothing but breaks
		for i := range s.knots {
			s.knots[i].x = 50
		}
	}
	return s
}

// at is the place of a day that is a knot.
func (s scale) at(day string) float64 {
	i, _ := slices.BinarySearchFunc(s.knots, dayNumber(day), func(k knot, d int) int { return k.day - d })
	return s.knots[min(i, len(s.knots)-1)].x
}

// turn mirrors a place where the axis runs from right to left.
func (s scale) turn(x float64) float64 {
	if s.flip {
		return 100 - x
	}
	return x
}

// place puts a mark for each occurrence into the lowest lane that has room, and gives the number of lanes.
func (s scale) place(w *writer, a *axis, occurrences []summary.Occurrence) int {
	ends := make([]float64, 0, maxLanes) // of the last mark in each lane
	type span struct {
		from, to float64
		open     string
		of       summary.Occurrence
	}
	var spans []span
	for _, o := range occurrences {
		first, last, ok := o.Date.Bounds()
		switch {
		case !ok:
		case first == fact.MinDay:
			x := s.at(last)
			spans = append(spans, span{max(0.5, x-openLong), x, "past", o})
		case last == fact.MaxDay:
			x := s.at(first)
			spans = append(spans, span{x, min(99.5, x+openLong), "future", o})
		default:
			spans = append(spans, span{s.at(first), s.at(last), "", o})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	for _, sp := range spans {
		lane := slices.IndexFunc(ends, func(end float64) bool { return sp.from-end >= apart })
		switch {
		case lane >= 0:
		case len(ends) < maxLanes:
			lane, ends = len(ends), append(ends, 0)
		default: // no room: over the mark that ends first
			lane = slices.Index(ends, slices.Min(ends))
		}
		ends[lane] = sp.to
		m := mark{X: percent(s.turn(sp.from)), Y: lane, Open: sp.open != "", Title: w.L.Date(sp.of.Date) + ": " + clean(sp.of.Event, maxName)}
		if sp.to > sp.from || sp.open != "" {
			left, right := s.turn(sp.from), s.turn(sp.to)
			m.X, m.Wide = percent(min(left, right)), percent(max(left, right)-min(left, right))
			switch sp.open {
			case "past":
				m.Tip, m.Left = percent(left), !s.flip
			case "future":
				m.Tip, m.Left = percent(right), s.flip
			}
		}
		a.Marks = append(a.Marks, m)
	}
	return max(1, len(ends))
}

// ticks labels the two ends of the axis, the ends of its breaks and what else there is room for.
func (s scale) ticks(w *writer, a *axis, occurrences []summary.Occurrence) {
	last := len(s.knots) - 1
	order := []int{0, last} // knots, the most needed first
	for _, i := range s.cuts {
		order = append(order, i+1, i)
	}
	for i := last; i > 0; i-- {
		order = append(order, i)
	}
	placed := make(map[int]tick)
	for _, letter := range []float64{letterNarrow, letterWide} {
		for _, i := range order {
			t := s.tick(w, i, occurrences)
			t.Fine = letter == letterWide
			t.To, t.Y = a.Rail+5, a.Rail+19
			if _, ok := placed[i]; !ok && !s.collides(i, t, placed, letter) {
				placed[i] = t
			}
		}
	}
	for _, i := range slices.Sorted(maps.Keys(placed)) {
		a.Ticks = append(a.Ticks, placed[i])
	}
}

// tick labels a knot. A day has its month and year instead where the axis is longer than a year and has just been cut.
func (s scale) tick(w *writer, i int, occurrences []summary.Occurrence) tick {
	k := s.knots[i]
	on := label(k.day, occurrences)
	if (i == 0 || slices.Contains(s.cuts, i-1)) && len(on) == len(time.DateOnly) && !s.oneYear() {
		on = on[:len("2006-01")]
	}
	t := tick{X: percent(s.turn(k.x)), Anchor: "middle", Text: w.L.ShortDate(on)}
	switch {
	case k.x < 12:
		t.Anchor = "start"
	case k.x > 88:
		t.Anchor = "end"
	}
	return t
}

// collides reports whether a label would touch one that is placed, where a letter is so many percent wide, or repeat it.
func (s scale) collides(i int, t tick, placed map[int]tick, letter float64) bool {
	from, to := s.extent(i, t, letter)
	for j, other := range placed {
		if f, l := s.extent(j, other, letter); t.Text == other.Text || from < l+letter && f < to+letter {
			return true
		}
	}
	return false
}

// extent is where a label begins and ends.
func (s scale) extent(i int, t tick, letter float64) (from, to float64) {
	x, wide := s.knots[i].x, letter*float64(utf8.RuneCountInString(t.Text))
	switch t.Anchor {
	case "start":
		return x, x + wide
	case "end":
		return x - wide, x
	}
	return x - wide/2, x + wide/2
}

// oneYear reports whether the whole axis lies in one year.
func (s scale) oneYear() bool {
	return date(s.knots[0].day)[:4] == date(s.knots[len(s.knots)-1].day)[:4]
}

// label is the date by which a day on the axis is called: the month or year that begins or ends with it, where that is all
// that is stated of it.
func label(number int, occurrences []summary.Occurrence) fact.EDTF {
	on := date(number)
	best := fact.EDTF(on)
	for _, o := range occurrences {
		first, last := ends(o.Date)
		if first != on && last != on {
			continue
		}
		part, to, _ := strings.Cut(string(o.Date), "/")
		if part == ".." || to != "" && to != ".." && last == on {
			part = to
		}
		if len(part) == len(on) {
			return fact.EDTF(on)
		}
		best = fact.EDTF(part)
	}
	return best
}

const secondsADay = 24 * 60 * 60

// dayNumber counts the days since 1 January 1970.
func dayNumber(day string) int {
	t, _ := time.Parse(time.DateOnly, day) // it is a bound of a date that was read
	return int(t.Unix() / secondsADay)
}

// date is the day of a number, as "2006-01-02".
func date(number int) string {
	return time.Unix(int64(number)*secondsADay, 0).UTC().Format(time.DateOnly)
}

func percent(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) + "%" }
