package main

import "strings"

// gregorian is what CLDR has of the Gregorian calendar.
type gregorian struct {
	Months map[string]map[string]map[string]string // "format" or "stand-alone", width, number of the month

	DateFormats     struct{ Long string }
	DateTimeFormats struct {
		AvailableFormats map[string]string
		IntervalFormats  intervals
	}
}

// intervals are patterns by skeleton and greatest field that differs, and the fallback, which is a plain string.
type intervals map[string]any

func (i intervals) pattern(skeleton, differ string) string {
	patterns, _ := i[skeleton].(map[string]any)
	pattern, _ := patterns[differ].(string)
	return pattern
}

// full is the pattern of days with the name of the month in full. Where a locale has only the one with the abbreviated name,
// the field is widened, as UTS #35 part 4 has it ("Matching skeletons").
func (i intervals) full(differ string) string {
	if pattern := i.pattern("yMMMMd", differ); pattern != "" {
		return pattern
	}
	return strings.NewReplacer("MMM", "MMMM", "LLL", "LLLL").Replace(i.pattern("yMMMd", differ))
}

// monthFields are the fields that name a month, with where CLDR has the names.
var monthFields = map[string][2]string{
	"MMMM": {"format", "wide"}, "MMM": {"format", "abbreviated"}, "LLLL": {"stand-alone", "wide"}, "LLL": {"stand-alone", "abbreviated"},
}

func (s source) dates() (map[string]any, error) {
	var file struct {
		Dates struct {
			Calendars struct{ Gregorian gregorian }
		}
	}
	if err := s.main("cldr-dates-full", "ca-gregorian", &file); err != nil {
		return nil, err
	}
	g := file.Dates.Calendars.Gregorian
	formats := map[string]string{"yMMMMd": g.DateFormats.Long}
	for _, skeleton := range []string{"y", "yMMM", "yMMMM", "yMMMd", "MMMd"} {
		formats[skeleton] = g.DateTimeFormats.AvailableFormats[skeleton]
	}
	found := g.DateTimeFormats.IntervalFormats
	spans := map[string]map[string]string{
		"yMMMMd": {"d": found.full("d"), "M": found.full("M"), "y": found.full("y")},
		"yMMMM":  {"M": found.pattern("yMMMM", "M"), "y": found.pattern("yMMMM", "y")},
		"yMMMd":  {"y": found.pattern("yMMMd", "y")},
		"yMMM":   {"M": found.pattern("yMMM", "M"), "y": found.pattern("yMMM", "y")},
		"MMMd":   {"d": found.pattern("MMMd", "d"), "M": found.pattern("MMMd", "M")},
		"y":      {"y": found.pattern("y", "y")},
	}
	used := strings.Builder{}
	for _, pattern := range formats {
		used.WriteString(pattern + " ")
	}
	for _, patterns := range spans {
		for _, pattern := range patterns {
			used.WriteString(pattern + " ")
		}
	}
	months := make(map[string][]string)
	for field, where := range monthFields {
		if strings.Contains(used.String(), field) {
			months[field] = inOrder(g.Months[where[0]][where[1]])
		}
	}
	return map[string]any{"formats": formats, "intervals": spans, "fallback": found["intervalFormatFallback"], "months": months}, nil
}

func inOrder(months map[string]string) []string {
	var names []string
	for _, number := range []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"} {
		names = append(names, months[number])
	}
	return names
}
