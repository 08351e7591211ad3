package summary

import (
	"testing"

	"factbox/shared/fact"
)

// counted is a report of a mine fire with the victims in words.
func counted(src, count, victims string, more ...says) Report {
	return dead(src, "mine fire", "TR", "2015-11-20", count, append(more, func(f *fact.Fact) { f.Casualty.Victims = victims })...)
}

func speaker(who string) says {
	return func(f *fact.Fact) { f.Attribution = &fact.Attribution{Speaker: who, Stance: fact.Asserts} }
}

func TestFigures(t *testing.T) {
	for _, c := range []struct {
		name    string
		reports []Report
		want    string // low/best/high
		because string
	}{
		{"a toll rises", []Report{counted("a-21", "12", "miners"), counted("b-22", "15", "people")}, "12/15/15", "newest exact total, 1 origin"},
		{"a toll is lowered", []Report{counted("a-21", "15", "people"), counted("b-22", "12", "people")}, "12/12/15", "newest exact total, 1 origin"},
		{"a toll of miners is lowered", []Report{counted("a-21", "15", "miners"), counted("b-22", "12", "miners")}, "12/12/15", "newest exact total, 1 origin"},
		{"one person is a part", []Report{counted("a-21", "15", "people"), counted("b-22", "1", "Ali Demir, a foreman")}, "15/15/15", "newest exact total, 1 origin"},
		{"one person alone", []Report{counted("b-22", "1", "Ali Demir, a foreman")}, "1/1/1", "newest exact total, 1 origin"},
		{"the first of many", []Report{counted("a-21", "1", "person"), counted("b-22", "15", "people")}, "1/15/15", "newest exact total, 1 origin"},
		{"children are a part", []Report{counted("a-21", "15", "people"), counted("b-22", "4", "children")}, "15/15/15", "newest exact total, 1 origin"},
		{"children who are all there are", []Report{counted("a-21", "4", "children"), counted("b-22", "3", "children")}, "3/3/4", "newest exact total, 1 origin"},
		{"two groups of one document", []Report{counted("a-21", "15", "people"), counted("a-21", "9", "miners on the lower level")}, "15/15/15", "newest exact total, 1 origin"},
		{"two voices of one document", []Report{counted("a-21", "15", "people", speaker("the union")), counted("a-21", "9", "people", speaker("the owner"))}, "9/15/15", "newest exact total, 1 origin"},
		{"more died", []Report{counted("a-21", "15", "people"), counted("b-22", "3", "people", scope(fact.ScopeIncrement))}, "15/15/15", "newest exact total, 1 origin"},
		{"only that more died", []Report{counted("b-22", "3", "people", scope(fact.ScopeIncrement))}, "3/-/3", "no exact total stated"},
		{"an origin's total of a day", []Report{counted("a-22", "15", "people"), counted("b-22:a", "12", "people", scope(fact.ScopeTotal))}, "12/12/15", "newest exact total, 1 origin"},
		{"a newer bound speaks against it", []Report{counted("a-21", "15", "people"), counted("b-22", ">20", "people"), counted("c-23", ">30", "people")}, "15/15/30", "newest exact total, 1 origin; a newer report says at least 30"},
		{"a newer bound agrees", []Report{counted("a-21", "15", "people"), counted("b-22", ">10", "people")}, "10/15/15", "newest exact total, 1 origin"},
		{"an older bound", []Report{counted("a-23", "15", "people"), counted("b-22", "20-1200", "people")}, "15/15/1200", "newest exact total, 1 origin"},
		{"a reprinted bound is not newer", []Report{counted("a-21:Wire", ">20", "people"), counted("b-22", "15", "people"), counted("c-23:Wire", ">20", "people")}, "15/15/20", "newest exact total, 1 origin"},
		{"nobody", []Report{counted("a-21", "0", "miners")}, "0/0/0", "newest exact total, 1 origin"},
		{"bounds the wrong way round", []Report{counted("a-21", "30-20", "people")}, "20/-/30", "no exact total stated"},
	} {
		tolls := Tolls(c.reports)
		if len(tolls) != 1 {
			t.Errorf("%s: %d tolls", c.name, len(tolls))
			continue
		}
		if got := bounds(tolls[0].Low, tolls[0].Best, tolls[0].High); got != c.want || tolls[0].BestBecause != c.because {
			t.Errorf("%s: %s (%s), want %s (%s)", c.name, got, tolls[0].BestBecause, c.want, c.because)
		}
	}
}
