package temporal

import (
	"slices"
	"strings"
	"testing"
)

// A rule that cannot be read is reported by file and line, not ignored.
func TestFaultyRules(t *testing.T) {
	g := loadGrammar()
	for _, c := range []struct{ rule, want string }{
		{"day : $month #day", ""},
		{"day $month #day", "a rule is written"},
		{"noon : at noon", `no class "noon"`},
		{"day : $moon #day", "nothing is called $moon"},
		{"day : #moon", "nothing is called #moon"},
		{"day : {moon}", "nothing is called {moon}"},
		{"day before=$moon : #day", "nothing is called $moon"},
		{"day moon=1 : #day", `no field "moon"`},
		{"day shift=soon : #day", `the value "soon"`},
		{"day shift : #day", "not field=value"},
		{"day anchor=lost : #day", `anchor is one of last, story, near, comparable, before, verb, not "lost"`},
		{"day unit=days : #day", "unit is one of"},
		{"day : (the #day", "brackets"},
		{"day : the) #day", "brackets"},
	} {
		copied := grammar{lexicon: g.lexicon}
		err := copied.read("x.txt", "stage 1\n"+c.rule+"\n")
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.rule, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.txt:2")):
			t.Errorf("%s: got %v, want %q with the line", c.rule, err, c.want)
		}
	}
	if err := new(grammar).read("x.txt", "day : today\n"); err == nil {
		t.Error("a rule before the first stage was taken")
	}
}

// Every value in the lexicon can be assigned, and every holiday is a day.
func TestLexicon(t *testing.T) {
	for _, phrases := range loadGrammar().lexicon.phrases {
		for _, p := range phrases {
			if err := new(expression).assign(p.field, p.value); err != nil {
				t.Errorf("%v: %v", p.words, err)
			}
			if allowed, ok := values[p.field]; ok && !slices.Contains(allowed, p.value) {
				t.Errorf("%v: %s cannot be %q", p.words, p.field, p.value)
			}
			if p.field == "holiday" {
				if _, err := holidayIn(p.value, 2015); err != nil {
					t.Errorf("%v: %v", p.words, err)
				}
			}
		}
	}
}

func TestHolidays(t *testing.T) {
	for _, c := range []struct {
		notation string
		year     int
		want     string
	}{
		{"12-25", 2015, "2015-12-25"},
		{"11-4-4", 2015, "2015-11-26"},   // Thanksgiving
		{"05-1-5", 2015, "2015-05-25"},   // Memorial Day
		{"11-1-1+1", 2016, "2016-11-08"}, // Election Day
		{"11-1-1+1", 2015, "2015-11-03"},
		{"E+0", 2015, "2015-04-05"},
		{"E+0", 2000, "2000-04-23"},
		{"E-2", 2016, "2016-03-25"},
	} {
		if got, err := holidayIn(c.notation, c.year); err != nil || got.Format("2006-01-02") != c.want {
			t.Errorf("%s in %d: got %v %v, want %s", c.notation, c.year, got, err, c.want)
		}
	}
	if _, err := holidayIn("some day", 2015); err == nil {
		t.Error("no error for a notation that is none")
	}
}
