package temporal

import (
	"time"

	"factbox/shared/fact"
)

// resolver places expressions on the calendar in the order of the document. It remembers the dates mentioned last.
type resolver struct {
	published time.Time // the first day of what is known of the publication
	precision string    // D, M or Y; empty when nothing is known
	last      map[string]period
	days      int     // how many days were mentioned in the paragraph
	quarter   *period // what "the quarter" is
}

func newResolver(published fact.EDTF) *resolver {
	r := &resolver{last: make(map[string]period)}
	for layout, precision := range map[string]string{time.DateOnly: "D", "2006-01": "M", "2006": "Y"} {
		if t, err := time.Parse(layout, string(published)); err == nil && t.Year() > 0 {
			r.published, r.precision = t, precision
		}
	}
	return r
}

// knows reports whether the publication is known finely enough to count units of it.
func (r *resolver) knows(unit string) bool {
	switch r.precision {
	case "D":
		return true
	case "M":
		return months[unit] > 0
	case "Y":
		return months[unit] >= 12
	}
	return false
}

// note remembers a date for "the same day", "the following month".
func (r *resolver) note(p period) {
	r.last["Y"] = p
	switch p.unit {
	case "Y", "DE", "CE":
		return
	case "D":
		r.days++
		r.last["D"] = p
		fallthrough
	case "W", "WE":
		r.last["W"] = p
	}
	r.last["M"] = p
}

// here gives the day of a time that names none: the day mentioned last, in the paragraph or close to publication, if the verb
// points there; else that of publication, moved by some days for what is past.
func (r *resolver) here(shift, lean int) (period, bool) {
	p, ok := r.last["D"]
	if !r.knows("D") {
		return p, ok
	}
	off := p.first.Sub(r.published)
	switch {
	case !ok, r.days == 0 && off.Abs() > fresh, lean < 0 && off > 0:
	case lean > 0 && off < 0:
		shift = 0
	default:
		return p, true
	}
	p = periodOf(r.published, "D").move(shift)
	return p, p.valid()
}

// fresh is how far from publication a day lies that a report still goes on about in its next paragraph.
const fresh = 7 * 24 * time.Hour

// base gives the day from which shifts of a unit count.
func (r *resolver) base(anchor, unit string) (time.Time, bool) {
	if anchor == "last" {
		of := unit
		switch unit {
		case "WE":
			of = "W"
		case "Q", "HY":
			of = "M"
		case "DE", "CE":
			of = "Y"
		}
		if p, ok := r.last[of]; ok {
			return p.first, true
		}
		if _, ok := r.last["Y"]; ok { // days from a month or a year
			return time.Time{}, false
		}
	}
	return r.published, r.knows(unit)
}

// place finds the period that an expression names. lean is the way its verb points.
func (r *resolver) place(e expression, lean int) (period, bool) {
	p, ok := r.locate(e, lean)
	if e.anchor == "last" && lean < 0 && r.precision == "D" && p.first.After(r.published) {
		return p, false // "two years later he left": later than something that is not dated
	}
	return p, ok && p.unit != "" && p.valid()
}

func (r *resolver) locate(e expression, lean int) (period, bool) {
	if e.anchor == "story" && lean < 0 { // "he lost the next year"
		e.anchor = "last"
	}
	if e.anchor == "verb" && (lean > 0 || isoWeekday(r.published) > 5) { // "over the weekend"
		e.shift = 0
	}
	switch e.class {
	case "day":
		return r.dayOf(e, lean)
	case "month":
		if e.month > 0 {
			return r.monthOf(e, lean)
		}
	case "season":
		return r.seasonOf(e, lean)
	case "quarter":
		return r.quarterOf(e, lean)
	case "half":
		year, ok := r.yearOf(e)
		return period{date(year, 6*e.half-5, 1), "HY"}, ok
	case "decade":
		if e.decade > 0 {
			return period{date(e.decade, 1, 1), "DE"}, true
		}
	case "century":
		if e.century > 0 {
			return period{date(100*e.century-99, 1, 1), "CE"}, true
		}
	case "year":
		if e.year > 0 {
			return period{date(e.year, 1, 1), "Y"}, true
		}
		if p, ok := r.yearBefore(e.anchor); ok {
			return p, true
		}
	case "week", "weekend":
		if e.month > 0 || e.weekday > 0 || e.holiday != "" {
			return r.weekOf(e, lean)
		}
	}
	if !e.hasShift {
		return period{}, false
	}
	from, ok := r.base(e.anchor, e.unit)
	return periodOf(from, e.unit).move(e.shift), ok
}

// weekOf finds a week or weekend that is told by its month or by one of its days.
func (r *resolver) weekOf(e expression, lean int) (period, bool) {
	unit := "W"
	if e.class == "weekend" {
		unit = "WE"
	}
	if e.ordinal > 0 && e.day == 0 { // "the last week of August"
		month, ok := r.monthOf(e, lean)
		if unit == "WE" {
			return periodOf(nthWeekday(month.first.Year(), e.month, 6, e.ordinal), unit), ok
		}
		return month.week(e.ordinal), ok
	}
	e.class, e.hasShift = "day", false // "the week of March 6"
	p, ok := r.dayOf(e, lean)
	if e.holiday != "" && unit == "WE" && isoWeekday(p.first) == 1 { // the weekend before a Monday
		p = p.move(-1)
	}
	return periodOf(p.first, unit), ok
}

// yearBefore finds what "a year ago" and "a year earlier" name in a report: the quarter, month or year before the one spoken of.
func (r *resolver) yearBefore(anchor string) (period, bool) {
	if anchor != "comparable" && anchor != "before" {
		return period{}, false
	}
	if r.quarter != nil {
		return r.quarter.move(-4), true
	}
	p, ok := r.last["Y"]
	switch {
	case !ok || anchor != "before":
		return period{}, false
	case p.unit == "M":
		return p.move(-12), true
	}
	return periodOf(p.first, "Y").move(-1), true
}

// yearOf gives the year that an expression states, or has from "last year", or that of publication.
func (r *resolver) yearOf(e expression) (int, bool) {
	if e.year > 0 {
		return e.year, true
	}
	if e.hasShift && e.unit == "Y" {
		from, ok := r.base(e.anchor, "Y")
		return from.Year() + e.shift, ok
	}
	return r.published.Year(), r.knows("Y")
}

// century gives the year that a year of two digits means: the last one that is no more than ten years ahead.
func (r *resolver) century(year int) int {
	latest := r.published.Year() + 10
	return latest - (latest-year%100)%100
}

// near is how far from publication a date without a year is taken to lie whatever the verb says: two months.
const near = 60 * 24 * time.Hour

// choose picks, of a date that recurs every year, the one that is meant: way as "last", "this" and "next" lead, else
// the one close to publication, else as the verb points, else the closest.
func (r *resolver) choose(e expression, lean int, in func(year int) period) (period, bool) {
	if e.year > 0 || e.hasShift && e.unit == "Y" {
		year, ok := r.yearOf(e)
		return in(year), ok
	}
	if r.precision == "" || r.precision == "Y" {
		return period{}, false
	}
	y := r.published.Year()
	if e.hasWay && e.way == 0 {
		return in(y), true
	}
	var before, after period // the last that began by now, the first that begins later
	for _, year := range [...]int{y - 2, y - 1, y, y + 1, y + 2} {
		p := in(year)
		if p.unit == "" {
			continue // no 29 February in this year
		}
		if !p.first.After(r.published) {
			before = p
		} else if after.unit == "" {
			after = p
		}
	}
	switch {
	case after.unit == "": // a leap day that these years have no more, or a day that never is
		return before, true
	case before.unit == "":
		return after, true
	case e.hasWay && e.way < 0:
		if !before.last().Before(r.published) { // "last May" in May
			before = in(before.first.Year() - 1)
		}
		return before, true
	case e.hasWay:
		return after, true
	case !before.last().Before(r.published): // now
		return before, true
	}
	back, ahead := r.published.Sub(before.last()), after.first.Sub(r.published)
	switch {
	case min(back, ahead) > near && lean < 0:
		return before, true
	case min(back, ahead) > near && lean > 0:
		return after, true
	case back <= ahead:
		return before, true
	}
	return after, true
}

func (r *resolver) monthOf(e expression, lean int) (period, bool) {
	return r.choose(e, lean, func(year int) period { return period{date(year, e.month, 1), "M"} })
}

func (r *resolver) seasonOf(e expression, lean int) (period, bool) {
	if e.hasWay && e.way == 0 && e.season == "WI" && r.published.Month() < time.March {
		e.hasWay = false // in January, this winter began last December
	}
	return r.choose(e, lean, func(year int) period { return season(e.season, year) })
}

func (r *resolver) quarterOf(e expression, lean int) (period, bool) {
	if e.quarter == 0 {
		switch {
		case e.anchor == "near" && e.year > 0 && r.quarter != nil:
			return period{date(e.year, int(r.quarter.first.Month()), 1), "Q"}, true
		case e.anchor == "near" && e.year > 0:
			return period{date(e.year, 1, 1), "Y"}, true
		case e.anchor == "near" && r.quarter != nil && e.hasShift && e.unit == "Y": // "last year's quarter"
			year, ok := r.yearOf(e)
			return period{date(year, int(r.quarter.first.Month()), 1), "Q"}, ok
		case e.anchor == "near" && e.hasShift && r.last["Q"].unit != "": // "the previous quarter"
			return r.last["Q"].move(e.shift), true
		case e.anchor == "near" && r.quarter != nil:
			return *r.quarter, true
		case e.anchor == "near" && !e.hasShift:
			return periodOf(r.published, "Q").move(-1), r.knows("Q")
		case e.anchor == "comparable" && r.quarter != nil:
			return r.quarter.move(-4), true
		}
		from, ok := r.base(e.anchor, "Q")
		return periodOf(from, "Q").move(e.shift), ok && e.hasShift
	}
	year, ok := r.yearOf(e)
	p := period{date(year, 3*e.quarter-2, 1), "Q"}
	if e.year == 0 && !e.hasShift {
		switch {
		case !r.knows("Q"):
			return p, false
		case p.first.After(r.published) && (lean < 0 || lean == 0 && e.quarter == 4):
			p = p.move(-4)
		case p.last().Before(r.published) && lean > 0 && p.last().AddDate(0, 6, 0).Before(r.published):
			p = p.move(4)
		}
	}
	if ok {
		r.last["Q"] = p
	}
	if ok && (e.year == 0 || r.precision != "" && e.year >= r.published.Year()) && e.shift == 0 {
		r.quarter = &p
	}
	return p, ok
}

// dayOf finds a day from its parts.
func (r *resolver) dayOf(e expression, lean int) (period, bool) {
	switch {
	case e.holiday != "":
		return r.choose(e, lean, func(year int) period {
			day, err := holidayIn(e.holiday, year)
			if err != nil {
				return period{}
			}
			return period{day, "D"}
		})
	case e.month > 0 && e.weekday > 0 && e.ordinal > 0:
		return r.choose(e, lean, func(year int) period { return period{nthWeekday(year, e.month, e.weekday, e.ordinal), "D"} })
	case e.month > 0 && e.day > 0:
		if e.weekday > 0 && e.year == 0 && !e.hasShift && r.precision == "D" {
			if p, ok := r.onWeekday(e); ok {
				return p, true
			}
		}
		return r.choose(e, lean, func(year int) period {
			day := date(year, e.month, e.day)
			if day.Day() != e.day { // 31 April, or 29 February but in leap years
				return period{}
			}
			return period{day, "D"}
		})
	case e.weekday > 0:
		return r.weekdayOf(e, lean)
	case e.hasShift:
		from, ok := r.base(e.anchor, "D")
		return period{from.AddDate(0, 0, e.shift), "D"}, ok
	}
	return period{}, false
}

// onWeekday finds the year closest to publication in which day and month fall on the weekday that stands beside them.
func (r *resolver) onWeekday(e expression) (period, bool) {
	for _, d := range [...]int{0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6} {
		day := date(r.published.Year()+d, e.month, e.day)
		if isoWeekday(day) == e.weekday && int(day.Month()) == e.month {
			return period{day, "D"}, true
		}
	}
	return period{}, false
}

func (r *resolver) weekdayOf(e expression, lean int) (period, bool) {
	if e.hasShift && e.unit == "W" { // "Monday next week"
		from, ok := r.base(e.anchor, "W")
		return period{periodOf(from, "W").first.AddDate(0, 0, 7*e.shift+e.weekday-1), "D"}, ok
	}
	from, ok := r.base(e.anchor, "D")
	on := (e.weekday - isoWeekday(from) + 7) % 7 // days until the next such day; 0 on the day itself
	back := on - 7
	if on == 0 {
		back = 0
	}
	switch {
	case e.hasWay && e.way < 0:
		back = on - 7
		return period{from.AddDate(0, 0, back), "D"}, ok
	case e.hasWay && e.way == 1:
		return period{periodOf(from, "W").move(1).first.AddDate(0, 0, e.weekday-1), "D"}, ok // that of next week
	case e.hasWay && e.way > 1:
		if on == 0 {
			on = 7
		}
		return period{from.AddDate(0, 0, on), "D"}, ok
	case e.hasWay && lean == 0, lean > 0:
		return period{from.AddDate(0, 0, on), "D"}, ok
	}
	return period{from.AddDate(0, 0, back), "D"}, ok
}
