package temporal

import (
	"fmt"
	"math"
	"strconv"

	"factbox/shared/token"
)

// expression is a time expression as its words give it, before it is placed on the calendar. A zero field was not said,
// save where a companion has… says otherwise.
type expression struct {
	token.Span
	rule  string // where the last of the rules that made it is written
	class string // see classes

	year, month, day, weekday int
	hundreds, yy              int  // a year in two halves, or its end alone
	short                     bool // of the year only the end was said
	quarter, half             int
	season                    string
	decade, century           int    // 1990 for the 1990s; 20 for the twentieth
	era                       string // BC, AD
	holiday                   string

	shift    int // so many units from the anchor
	hasShift bool
	way      int // -1 last, 0 this, 1 next, 2 the one that comes next
	hasWay   bool
	anchor   string // where shift and way count from: "" publication, "last" the date mentioned last, and see resolve.go
	unit     string // of shift, or of a length of time: S MI H D N W FN WE M Q Y DE CE ML

	toward  int     // a length of time ago (-1) or hence (1)
	count   float64 // units of a length of time
	vague   bool    // an unknown number of units
	rest    string  // a second length in a smaller unit: PT5M of "an hour and five minutes"
	ordinal int

	hour, minute   int
	hasHour        bool
	meridiem, zone string
	daypart        string // MO AF EV NI DT

	mod string
	ref string

	report bool // it tells when a source spoke, not when the story happened
}

// assign sets a field by its name, as rules and the lexicon write it.
func (e *expression) assign(field, value string) error {
	switch field {
	case "season":
		e.season = value
	case "holiday":
		e.holiday = value
	case "anchor":
		e.anchor = value
	case "unit":
		e.unit = value
	case "meridiem":
		e.meridiem = value
	case "zone":
		e.zone = value
	case "daypart":
		e.daypart = value
	case "mod":
		e.mod = value
	case "era":
		e.era = value
	case "ref":
		e.ref = value
	case "vague":
		e.vague = true
	case "mark": // words that only a guard or a pattern asks for
	case "count":
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("the count %q: %w", value, err)
		}
		if e.count == 0 { // "two to three weeks" are at least two
			e.count = n
		}
	default:
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("the field %q with the value %q: %w", field, value, err)
		}
		return e.assignInteger(field, n)
	}
	return nil
}

func (e *expression) assignInteger(field string, n int) error {
	switch field {
	case "year":
		e.year = n
	case "month":
		e.month = n
	case "day":
		e.day = n
	case "weekday":
		e.weekday = n
	case "hundreds":
		e.hundreds = n
	case "yy":
		e.yy = n
	case "quarter":
		e.quarter = n
	case "half":
		e.half = n
	case "decade":
		e.decade = 1900 + n
	case "decades":
		e.decade = 10 * n
	case "century":
		e.century = n
	case "ordinal":
		e.ordinal = n
	case "toward":
		e.toward = n
	case "shift":
		e.shift, e.hasShift = n, true
	case "way":
		e.way, e.hasWay = n, true
	case "hour":
		e.hour, e.hasHour = n, true
	case "minute":
		e.minute = n
	case "mmdd":
		e.month, e.day = n/100, n%100
	case "hhmm":
		e.hour, e.minute, e.hasHour = n/100, n%100, true
	default:
		return fmt.Errorf("there is no field %q", field)
	}
	return nil
}

// fill takes from another expression what this one does not say.
func (e *expression) fill(o expression) {
	fillInt := func(to *int, from int) {
		if *to == 0 {
			*to = from
		}
	}
	fillString := func(to *string, from string) {
		if *to == "" {
			*to = from
		}
	}
	if e.year == 0 {
		e.year, e.short = o.year, o.short
	}
	fillInt(&e.month, o.month)
	fillInt(&e.day, o.day)
	fillInt(&e.weekday, o.weekday)
	fillInt(&e.quarter, o.quarter)
	fillInt(&e.half, o.half)
	fillInt(&e.decade, o.decade)
	fillInt(&e.century, o.century)
	fillInt(&e.ordinal, o.ordinal)
	fillString(&e.season, o.season)
	fillString(&e.holiday, o.holiday)
	fillString(&e.meridiem, o.meridiem)
	fillString(&e.zone, o.zone)
	fillString(&e.daypart, o.daypart)
	fillString(&e.mod, o.mod)
	fillString(&e.era, o.era)
	fillString(&e.ref, o.ref)
	if !e.hasShift && !e.hasWay {
		fillString(&e.unit, o.unit)
		fillString(&e.anchor, o.anchor)
		e.shift, e.hasShift = o.shift, o.hasShift
		e.way, e.hasWay = o.way, o.hasWay
	}
	switch {
	case e.count == 0 && !e.vague:
		e.count, e.vague, e.rest = o.count, o.vague, o.rest
	case e.class == "duration" && o.class == "duration":
		if size[o.unit] == 0 || size[o.unit] >= size[e.unit] || e.vague || o.vague {
			e.rest = unordered
		} else {
			e.rest = join(e.rest, o.length())
		}
	}
	if !e.hasHour {
		e.hour, e.minute, e.hasHour = o.hour, o.minute, o.hasHour
	}
}

// size orders the units that are told one behind the other: "two years, six months".
var size = map[string]int{"S": 1, "MI": 2, "H": 3, "D": 4, "W": 5, "M": 6, "Y": 7}

// unordered is the rest of a length whose second unit is not the smaller one: "three days and two weeks" are two lengths.
const unordered = "-"

// classes are what an expression can be. A stretch is a length of time told by its place ("the past two weeks"), a measure
// one that stands before a noun ("two-week"), an instant hours ago; none is a name that only looks like a time.
var classes = map[string]bool{
	"day": true, "week": true, "weekend": true, "month": true, "quarter": true, "half": true, "season": true, "year": true,
	"decade": true, "century": true, "part": true, "clock": true, "instant": true, "duration": true, "stretch": true,
	"measure": true, "set": true, "ref": true, "point": true, "none": true,
}

// classOfUnit is the class of an expression that names one unit of the calendar.
var classOfUnit = map[string]string{
	"D": "day", "W": "week", "WE": "weekend", "M": "month", "Q": "quarter", "Y": "year", "DE": "decade", "CE": "century",
}

// finish makes one year of a year in two halves, and gives an expression of the class "span" that of its unit.
func (e *expression) finish() {
	if e.toward != 0 {
		e.point()
	}
	if e.class == "span" {
		e.class = classOfUnit[e.unit]
	}
	switch {
	case e.hundreds > 0:
		e.year = e.hundreds*100 + e.yy
	case e.yy > 0 && e.year == 0 && yearly[e.class]:
		e.year, e.short = 1900+e.yy, true
		if e.yy < pivot {
			e.year += 100
		}
	case e.era != "" && e.year == 0 && e.class == "year":
		e.year, e.count = int(e.count), 0
	}
	e.hundreds, e.yy = 0, 0
	if e.class == "century" && e.ordinal > 0 {
		e.century, e.ordinal = e.ordinal, 0
	}
}

// point makes a date of a length of time ago or hence. Hours and less give a moment that news does not state; a vague
// length gives the past or the future.
func (e *expression) point() {
	whole := e.count == math.Trunc(e.count) && e.count < 1e4
	if e.unit == "FN" {
		e.unit, e.count = "W", 2*e.count
	}
	if years[e.unit] > 0 { // "a decade ago" is a year, not one of ten
		e.unit, e.count = "Y", years[e.unit]*e.count
	}
	switch {
	case e.anchor == "last" && (e.vague || !whole): // "some months later"
		e.class, e.toward = "duration", 0
		return
	case classOfUnit[e.unit] == "":
		e.class = "instant"
	case (e.vague || !whole) && e.toward < 0:
		e.class, e.ref = "ref", "PAST_REF"
	case e.vague || !whole:
		e.class, e.ref = "ref", "FUTURE_REF"
	default:
		e.class = "span"
		e.shift, e.hasShift = e.toward*int(e.count), true
	}
	e.count, e.toward = 0, 0
}

// yearly are the classes that a year completes.
var yearly = map[string]bool{"year": true, "day": true, "month": true, "quarter": true, "half": true, "season": true}

// pivot parts two-digit years where the publication is not known: 70 and up are of the twentieth century (POSIX strptime has 69).
const pivot = 70
