package language

import (
	"strconv"
	"strings"

	"factbox/shared/fact"
)

// dates are CLDR's patterns of the Gregorian calendar, by skeleton: the fields that a date has ("yMMMMd"). Those of intervals
// are also by the greatest field in which their ends differ. Months are by the field that stands for them.
type dates struct {
	Formats   map[string]string            `json:"formats"`
	Intervals map[string]map[string]string `json:"intervals"`
	Fallback  string                       `json:"fallback"` // of intervals that have no pattern
	Months    map[string][]string          `json:"months"`
}

// point is a day, a month (day 0) or a year (month 0 too).
type point struct{ year, month, day int }

// style is how the dates of one kind of text are written.
type style struct {
	day      string // the skeleton of a day
	interval string // that of a day at an end of an interval that is longer than a year
	month    string
}

var (
	long  = style{day: "yMMMMd", interval: "yMMMMd", month: "yMMMM"}
	short = style{day: "MMMd", interval: "yMMMd", month: "yMMM"}
)

// Date writes a date or interval in full: "24 November 2015", "23–29 November 2015", "October 2015", "until 2 November 2015",
// and that the date is not stated for fact.Unknown and the empty one. Anything that is no EDTF is given back as it is.
func (l *Language) Date(date fact.EDTF) string { return l.date(date, long) }

// ShortDate writes a date for the axis of a timeline, months abbreviated and without the year of a day: "24 Nov", "Oct 2015".
func (l *Language) ShortDate(date fact.EDTF) string { return l.date(date, short) }

func (l *Language) date(date fact.EDTF, s style) string {
	if date == fact.Unknown || date == "" {
		return l.Text("date.unknown")
	}
	if _, _, ok := date.Bounds(); !ok {
		return string(date)
	}
	from, to, interval := strings.Cut(string(date), "/")
	switch {
	case !interval || from == to:
		return l.point(parsePoint(from), s)
	case from == "..":
		return l.dated("date.until", precision(to), l.point(parsePoint(to), s))
	case to == "..":
		return l.dated("date.from", precision(from), l.point(parsePoint(from), s))
	}
	return l.interval(parsePoint(from), parsePoint(to), s)
}

// precision names the finest field of a single date: day, month or year. It is empty for an interval and for what is no date.
func precision(date string) string {
	if _, _, ok := fact.EDTF(date).Bounds(); !ok || strings.Contains(date, "/") {
		return ""
	}
	return []string{"year", "month", "day"}[strings.Count(date, "-")]
}

// parsePoint reads a date that fact.EDTF.Bounds has found to be right.
func parsePoint(s string) point {
	var fields [3]int
	for i, field := range strings.Split(s, "-") {
		fields[i], _ = strconv.Atoi(field)
	}
	return point{fields[0], fields[1], fields[2]}
}

func (s style) skeleton(p point) string {
	switch {
	case p.month == 0:
		return "y"
	case p.day == 0:
		return s.month
	}
	return s.day
}

func (l *Language) point(p point, s style) string {
	return l.format(l.CLDR.Dates.Formats[s.skeleton(p)], p, p)
}

// interval writes two dates by the pattern for their skeleton and the greatest field in which they differ (UTS #35 part 4,
// "intervalFormats"), or joined by the fallback when one is more exact than the other or there is no such pattern.
func (l *Language) interval(from, to point, s style) string {
	differ := "d"
	switch {
	case from.year != to.year:
		differ = "y"
		s.day = s.interval
	case from.month != to.month:
		differ = "M"
	}
	if skeleton := s.skeleton(from); skeleton == s.skeleton(to) {
		if pattern := l.CLDR.Dates.Intervals[skeleton][differ]; pattern != "" {
			return l.format(pattern, from, to)
		}
	}
	s.day = s.interval
	return fill(l.CLDR.Dates.Fallback, []string{"0", l.point(from, s), "1", l.point(to, s)})
}

// format writes a date pattern (UTS #35 part 4, "Date format patterns"): runs of letters are fields, text between apostrophes
// stands for itself. In the pattern of an interval the first field that comes again begins the second date.
func (l *Language) format(pattern string, first, second point) string {
	var b strings.Builder
	seen, p := "", first
	for i := 0; i < len(pattern); {
		c := pattern[i]
		run := i + 1
		switch {
		case c == '\'':
			length := strings.IndexByte(pattern[run:], '\'')
			if length < 0 {
				length = len(pattern) - run
			}
			literal := pattern[run : run+length]
			if literal == "" { // two apostrophes are one
				literal = "'"
			}
			b.WriteString(literal)
			i = min(run+length+1, len(pattern))
			continue
		case c != 'y' && c != 'M' && c != 'L' && c != 'd':
			b.WriteByte(c)
			i = run
			continue
		}
		for run < len(pattern) && pattern[run] == c {
			run++
		}
		letter := string(c)
		if letter == "L" {
			letter = "M"
		}
		if strings.Contains(seen, letter) {
			seen, p = "", second
		}
		seen += letter
		b.WriteString(l.field(pattern[i:run], p))
		i = run
	}
	return b.String()
}

func (l *Language) field(field string, p point) string {
	switch field[0] {
	case 'y':
		return l.plain(p.year, 1)
	case 'd':
		if written := l.Days[strconv.Itoa(p.day)]; written != "" {
			return written
		}
		return l.plain(p.day, len(field))
	}
	if names := l.CLDR.Dates.Months[field]; names != nil {
		return names[p.month-1]
	}
	return l.plain(p.month, len(field))
}

// plain writes a number of a date: no groups, at least width digits.
func (l *Language) plain(n, width int) string {
	text := strconv.Itoa(n)
	text = strings.Repeat("0", max(width-len(text), 0)) + text
	return l.digits(text, numberPattern{})
}
