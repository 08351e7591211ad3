package temporal

import (
	"fmt"
	"time"

	"factbox/shared/fact"
)

// period is a unit of the calendar: the day, week, month and so on that begins on first. Units are those of expression, and
// HY for half a year and SP, SU, FA, WI for seasons.
type period struct {
	first time.Time
	unit  string
}

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// periodOf gives the unit in which a day lies. A weekend is that of the day's ISO week; a season has its name as unit.
func periodOf(day time.Time, unit string) period {
	y, m := day.Year(), int(day.Month())
	switch unit {
	case "W":
		return period{day.AddDate(0, 0, 1-isoWeekday(day)), unit}
	case "WE":
		return period{day.AddDate(0, 0, 6-isoWeekday(day)), unit}
	case "M":
		return period{date(y, m, 1), unit}
	case "Q":
		return period{date(y, m-(m-1)%3, 1), unit}
	case "HY":
		return period{date(y, m-(m-1)%6, 1), unit}
	case "Y":
		return period{date(y, 1, 1), unit}
	case "DE":
		return period{date(y-y%10, 1, 1), unit}
	case "CE":
		return period{date(y-(y-1)%100, 1, 1), unit}
	}
	return period{day, "D"}
}

// isoWeekday is 1 for Monday to 7 for Sunday.
func isoWeekday(day time.Time) int { return (int(day.Weekday())+6)%7 + 1 }

// months is the length of the units that are counted in months.
var months = map[string]int{"M": 1, "Q": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200, "SP": 3, "SU": 3, "FA": 3, "WI": 3}

// move gives the unit n units on. A season moves by years.
func (p period) move(n int) period {
	switch p.unit {
	case "D":
		return period{p.first.AddDate(0, 0, n), p.unit}
	case "W", "WE":
		return period{p.first.AddDate(0, 0, 7*n), p.unit}
	case "SP", "SU", "FA", "WI":
		return period{p.first.AddDate(n, 0, 0), p.unit}
	}
	return period{p.first.AddDate(0, n*months[p.unit], 0), p.unit}
}

// last is the last day of the unit.
func (p period) last() time.Time {
	switch p.unit {
	case "D":
		return p.first
	case "W":
		return p.first.AddDate(0, 0, 6)
	case "WE":
		return p.first.AddDate(0, 0, 1)
	}
	return p.first.AddDate(0, months[p.unit], -1)
}

// week gives the which-th week of a month, that of the month's last day for 5.
func (p period) week(which int) period {
	if which == 5 {
		return periodOf(p.last(), "W")
	}
	return periodOf(p.first.AddDate(0, 0, 7*(which-1)), "W")
}

// valid reports whether the unit lies in the years that EDTF level 1 can write.
func (p period) valid() bool { return p.first.Year() >= 1 && p.last().Year() <= 9999 }

// seasonStart gives the month in which a season of the northern hemisphere begins (meteorological reckoning).
var seasonStart = map[string]int{"SP": 3, "SU": 6, "FA": 9, "WI": 12}

func season(name string, year int) period { return period{date(year, seasonStart[name], 1), name} }

// timex writes the unit as a TIMEX3 value. A decade is its year without the last digit, a century without the last two, as
// in TimeBank.
func (p period) timex() string {
	y, m := p.first.Year(), int(p.first.Month())
	switch p.unit {
	case "W":
		y, w := p.first.ISOWeek()
		return fmt.Sprintf("%04d-W%02d", y, w)
	case "WE":
		y, w := p.first.ISOWeek()
		return fmt.Sprintf("%04d-W%02d-WE", y, w)
	case "M":
		return fmt.Sprintf("%04d-%02d", y, m)
	case "Q":
		return fmt.Sprintf("%04d-Q%d", y, (m+2)/3)
	case "HY":
		return fmt.Sprintf("%04d-H%d", y, (m+5)/6)
	case "Y":
		return fmt.Sprintf("%04d", y)
	case "DE":
		return fmt.Sprintf("%03d", y/10)
	case "CE":
		return fmt.Sprintf("%02d", y/100)
	case "SP", "SU", "FA", "WI":
		return fmt.Sprintf("%04d-%s", y, p.unit)
	}
	return p.first.Format(time.DateOnly)
}

// edtf writes the unit as a date, or as an interval of two where EDTF level 0 has no date for it.
func (p period) edtf() fact.EDTF {
	const month, year = "2006-01", "2006"
	switch p.unit {
	case "D":
		return fact.EDTF(p.first.Format(time.DateOnly))
	case "M":
		return fact.EDTF(p.first.Format(month))
	case "Y":
		return fact.EDTF(p.first.Format(year))
	case "W", "WE":
		return fact.EDTF(p.first.Format(time.DateOnly) + "/" + p.last().Format(time.DateOnly))
	case "DE", "CE":
		return fact.EDTF(p.first.Format(year) + "/" + p.last().Format(year))
	}
	return fact.EDTF(p.first.Format(month) + "/" + p.last().Format(month))
}

// nthWeekday gives the which-th such weekday of a month, the last for 5.
func nthWeekday(year, month, weekday, which int) time.Time {
	if which == 5 {
		last := date(year, month+1, 0)
		return last.AddDate(0, 0, -((isoWeekday(last) - weekday + 7) % 7))
	}
	first := date(year, month, 1)
	return first.AddDate(0, 0, (weekday-isoWeekday(first)+7)%7+7*(which-1))
}

// easter gives Easter Sunday of the Gregorian calendar, by the anonymous algorithm that Meeus prints (Astronomical
// Algorithms, chapter 8).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	n := h + l - 7*m
	return date(year, (n+90)/25, (n+33*((n+90)/25)+19)%32)
}

// holidayIn gives the day of a holiday in a year, from the notation of words.txt.
func holidayIn(notation string, year int) (time.Time, error) {
	var a, b, c, later int
	if n, _ := fmt.Sscanf(notation, "E%d", &a); n == 1 {
		return easter(year).AddDate(0, 0, a), nil
	}
	switch n, _ := fmt.Sscanf(notation, "%d-%d-%d+%d", &a, &b, &c, &later); n {
	case 2:
		return date(year, a, b), nil
	case 3, 4:
		return nthWeekday(year, a, b, c).AddDate(0, 0, later), nil
	}
	return time.Time{}, fmt.Errorf("the holiday %q is not MM-DD, MM-weekday-which, with +days, or E±days", notation)
}
