package fact

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"time"
)

// EDTF is a date or interval in the Extended Date/Time Format (ISO 8601-2:2019), of which these forms are used: a day
// "2015-11-26", a month "2015-10", a year "2015", an interval of two of them "2015-11-23/2015-11-29", and one with an open
// side "../2015-11-02". It is a whole day at its finest: the time of day stays in the TIMEX3 value.
type EDTF string

// MinDay and MaxDay bound what an open side stands for.
const (
	MinDay = "0001-01-01"
	MaxDay = "9999-12-31"
)

var datePoint = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$`)
})

// ParseEDTF reads an EDTF date or interval, or says what is wrong with it.
func ParseEDTF(s string) (EDTF, error) {
	if _, _, err := bounds(s); err != nil {
		return "", err
	}
	return EDTF(s), nil
}

// Bounds gives the first and the last day of the date, both inclusive, as "YYYY-MM-DD", which compare as strings. An open
// side is MinDay or MaxDay. ok is false for Unknown and for anything that is not EDTF.
func (e EDTF) Bounds() (first, last string, ok bool) {
	first, last, err := bounds(string(e))
	return first, last, err == nil
}

// Overlaps reports whether the date has a day in common with the days from first to last, inclusive. An empty string stands
// for an open side.
func (e EDTF) Overlaps(first, last string) bool {
	a, b, ok := e.Bounds()
	return ok && (last == "" || a <= last) && (first == "" || b >= first)
}

// Day reports whether the date is a single day.
func (e EDTF) Day() bool {
	first, last, ok := e.Bounds()
	return ok && first == last
}

func bounds(s string) (first, last string, err error) {
	from, to, interval := strings.Cut(s, "/")
	if !interval {
		return pointBounds(s)
	}
	if from == ".." && to == ".." {
		return "", "", fmt.Errorf("%q has two open sides", s)
	}
	first, last = MinDay, MaxDay
	if from != ".." {
		if first, _, err = pointBounds(from); err != nil {
			return "", "", err
		}
	}
	if to != ".." {
		if _, last, err = pointBounds(to); err != nil {
			return "", "", err
		}
	}
	if first > last {
		return "", "", fmt.Errorf("%q ends before it begins", s)
	}
	return first, last, nil
}

func pointBounds(s string) (first, last string, err error) {
	m := datePoint().FindStringSubmatch(s)
	if m == nil {
		return "", "", fmt.Errorf("%q is not a date: write YYYY-MM-DD, YYYY-MM or YYYY", s)
	}
	year, month, day := m[1], m[2], m[3]
	switch {
	case year == "0000":
		return "", "", fmt.Errorf("%q is not a date: years run from 0001 to 9999", s)
	case month == "":
		return year + "-01-01", year + "-12-31", nil
	case day == "":
		t, err := time.Parse("2006-01", s)
		if err != nil {
			return "", "", fmt.Errorf("%q is not a date: there is no month %s", s, month)
		}
		return s + "-01", t.AddDate(0, 1, -1).Format(time.DateOnly), nil
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return "", "", fmt.Errorf("%q is not a date: there is no such day", s)
	}
	return s, s, nil
}
