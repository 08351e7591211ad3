package temporal

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"factbox/shared/fact"
)

// possible reports whether a time of day can be read from its numbers, there is no 25:00 and no 14 p.m., and a length of
// time from its units.
func (e *expression) possible() bool {
	if e.meridiem != "" && (e.hour > 12 || e.hour == 0) {
		return false
	}
	return e.rest != unordered && (e.hour < 24 || e.hour == 24 && e.minute == 0)
}

// mention writes an expression as TIMEX3 and EDTF.
func (r *resolver) mention(e expression, lean int) Mention {
	m := Mention{Span: e.Span, Rule: e.rule, Timex: fact.Timex{Type: fact.TimexDate, Mod: e.mod}}
	switch e.class {
	case "ref":
		m.Value = e.ref
		return m
	case "year", "century":
		if e.era == "BC" { // written as HeidelTime does; fact.EDTF begins with the year 1
			m.Value = e.beforeChrist()
			return m
		}
	case "set":
		m.Type, m.Value = fact.TimexSet, e.recurrence()
		return m
	case "duration", "measure", "stretch":
		m.Type, m.Value = fact.TimexDuration, e.length()
		return m
	case "instant":
		m.Type = fact.TimexTime
		return m
	case "clock", "part":
		m.Type = fact.TimexTime
		if p, ok := r.here(e.shift, lean); ok {
			m.Value, m.Date = p.timex()+e.timeOfDay(), p.edtf()
		}
		return m
	}
	if e.short && r.precision != "" {
		e.year = r.century(e.year)
	}
	if e.daypart != "" || e.hasHour {
		m.Type = fact.TimexTime
	}
	p, ok := r.place(e, lean)
	if !ok {
		return m
	}
	if _, told := r.last["D"]; !told || !e.report {
		r.note(p)
	}
	m.Value, m.Date = p.timex(), p.edtf()
	if p.unit == "D" {
		m.Value += e.timeOfDay()
	}
	return m
}

// beforeChrist writes a year or a century before our era.
func (e *expression) beforeChrist() string {
	if e.century > 0 {
		return fmt.Sprintf("BC%02d", e.century-1)
	}
	return fmt.Sprintf("BC%04d", e.year)
}

// timeOfDay gives the part of a TIMEX3 value behind the date: "TNI", "T22:30"; empty when none was said.
func (e *expression) timeOfDay() string {
	if !e.hasHour {
		if e.daypart == "" {
			return ""
		}
		return "T" + e.daypart
	}
	hour := e.hour
	switch {
	case e.meridiem == "PM" && hour < 12, hour < 12 && hour > 0 && e.meridiem == "" && (e.daypart == "AF" || e.daypart == "EV"):
		hour += 12
	case e.meridiem == "AM" && hour == 12:
		hour = 0
	}
	return fmt.Sprintf("T%02d:%02d", hour, e.minute)
}

// smaller is what half a unit is counted in.
var smaller = map[string]struct {
	unit string
	of   float64
}{"Y": {"M", 12}, "D": {"H", 24}, "H": {"MI", 60}, "MI": {"S", 60}}

// letters are the units as TIMEX3 writes them; those of less than a day stand behind a T.
var letters = map[string]string{
	"S": "S", "MI": "M", "H": "H", "D": "D", "N": "D", "W": "W", "WE": "WE", "M": "M", "Q": "Q", "Y": "Y", "DE": "DE", "CE": "CE", "ML": "ML",
}

// years is the length of the units that ISO 8601 has no letter for. TIMEX3 has DE, CE and ML for them, which TimeBank and
// AQUAINT write only where their number is not known.
var years = map[string]float64{"DE": 10, "CE": 100, "ML": 1000}

// length writes a length of time: "P2M", "PT36H", "P2Y6M", "PXD" for an unknown number of days.
func (e *expression) length() string {
	return join(e.firstLength(), e.rest)
}

// join writes a length and a smaller one as one: "PT1H" and "PT5M" as "PT1H5M".
func join(length, smaller string) string {
	switch {
	case length == "":
		return smaller
	case strings.Contains(length, "T"):
		return length + strings.TrimPrefix(smaller, "PT")
	}
	return length + strings.TrimPrefix(smaller, "P")
}

// firstLength writes a length of time without its rest.
func (e *expression) firstLength() string {
	unit, count := e.unit, e.count
	if unit == "FN" {
		unit, count = "W", 2*count
	}
	if years[unit] > 0 && !e.vague {
		unit, count = "Y", count*years[unit]
	}
	clock := unit == "S" || unit == "MI" || unit == "H"
	prefix := "P"
	if clock {
		prefix = "PT"
	}
	if e.vague {
		return prefix + "X" + letters[unit]
	}
	whole, part := math.Modf(count)
	s, small := smaller[unit], math.Round(part*smaller[unit].of)
	if part == 0 || s.unit == "" {
		return prefix + strconv.FormatFloat(count, 'f', -1, 64) + letters[unit]
	}
	var b strings.Builder
	b.WriteString(prefix)
	if whole > 0 {
		b.WriteString(strconv.FormatFloat(whole, 'f', -1, 64) + letters[unit])
	}
	if s.unit == "H" {
		b.WriteString("T")
	}
	if small > 0 {
		b.WriteString(strconv.FormatFloat(small, 'f', -1, 64) + letters[s.unit])
	}
	return b.String()
}

// recurrence writes a set: "P1D", "XXXX-WXX-4", "XXXX-07", "XXXX-XX-XXTMO".
func (e *expression) recurrence() string {
	day := ""
	if e.daypart != "" {
		day = "T" + e.daypart
	}
	switch {
	case e.ordinal > 0: // "the first Tuesday of every month"
		return e.length()
	case len(e.holiday) == len("12-25"):
		return "XXXX-" + e.holiday
	case e.holiday != "":
		return "P1Y"
	case e.unit == "WE" && e.count == 0:
		return "XXXX-WXX-WE"
	case e.weekday > 0:
		return fmt.Sprintf("XXXX-WXX-%d%s", e.weekday, day)
	case e.month > 0:
		return fmt.Sprintf("XXXX-%02d", e.month)
	case e.season != "":
		return "XXXX-" + e.season
	case e.quarter > 0:
		return fmt.Sprintf("XXXX-Q%d", e.quarter)
	case day != "":
		return "XXXX-XX-XX" + day
	}
	return e.length()
}
