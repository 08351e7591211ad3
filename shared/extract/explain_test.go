package extract

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/token"
)

func explained(t *testing.T, text string) Explanation {
	t.Helper()
	a, err := article.Read([]byte(text), "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	return Explain(a, fact.Document{Source: fact.Source{Document: "test", Published: thursday}})
}

// TestMiss shows where a rule stops: at the chunk behind which most of it held.
func TestMiss(t *testing.T) {
	for _, c := range []struct {
		pattern, text     string
		at, wanted, lacks string // "-" when the rule matches, or nothing telling of it holds
	}{
		{"N[count]:x V[harm passive]", "Nine sailors were killed", "-", "", ""},
		{"N[count]:x V[harm passive]", "The towns slept", "-", "", ""},
		{"V[active] N[support]", "The towns slept on a bed", "-", "", ""},
		{"N[count]:x V[harm passive]", "Nine sailors were paid", "were paid", "V[harm passive]", "harm"},
		{"N[count]:x V[harm passive]", "Nine sailors killed a shark", "killed", "V[harm passive]", "passive"},
		{"N[count]:x V[harm passive]", "Nine sailors from Spain", "from", "V[harm passive]", ""},
		{"N[count]:x ( P N )* V[harm]", "Nine sailors from the town of tents spoke", "spoke", "V[harm] P", "harm"},
		{"N[count] ( V[harm] | A[state] )", "Nine sailors", "", "V[harm] A[state]", ""},
		// the furthest of two starts, and a telling element before a longer way
		{"N[count] V[give] N[support]", "Nine sailors sang and nine sailors sent a song", "a song", "N[support]", "support"},
		{"N[count] ( V[harm] N[support] | P N P N P )", "Nine sailors killed a shark", "a shark", "N[support]", "support"},
	} {
		list, err := parsed(t, "rule r: "+c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		groups, at := grouped(c.text), "-"
		m, ok := list[0].miss(groups)
		if ok {
			at = ""
			if m.At < len(groups) {
				at = token.Read(c.text).Slice(groups[m.At].Span)
			}
		}
		if at != c.at || strings.Join(m.Wanted, " ") != c.wanted && ok || strings.Join(m.Lacks, " ") != c.lacks {
			t.Errorf("%q in %q: at %q wanted %q lacks %q", c.pattern, c.text, at, m.Wanted, m.Lacks)
		}
	}
}

// TestExplain shows what it says of a match: the facts, or why there is none.
func TestExplain(t *testing.T) {
	for _, c := range []struct {
		text    string
		kind    fact.Kind
		words   string // of the elements of the match
		facts   int
		dropped string
	}{
		{"Nine sailors were killed.", fact.KindCasualty, "Nine sailors|were killed", 1, ""},
		{"Nine sailors were not killed.", fact.KindCasualty, "Nine sailors|were not killed", 0, "not stated as having happened"},
		{"Norway pledged tents for Chile.", fact.KindPledge, "pledged|tents", 1, ""},
		{"The mayor pledged tents for Chile.", fact.KindPledge, "pledged|tents", 0, "no donor"},
		{"Norway and Peru pledged tents for Chile.", fact.KindPledge, "pledged|tents", 2, ""},
		{"The bridge was opened on Monday.", fact.KindDate, "Monday", 1, ""},
	} {
		found := false
		for _, s := range explained(t, c.text).Sentences {
			for _, m := range s.Matches {
				var words []string
				for _, e := range m.Elements {
					words = append(words, s.Groups[e.Group].Words)
				}
				found = found || m.Kind == c.kind && strings.Join(words, "|") == c.words && len(m.Facts) == c.facts && strings.Join(m.Dropped, "|") == c.dropped
			}
		}
		if !found {
			t.Errorf("%q: no %s of %q with %d facts, dropped %q", c.text, c.kind, c.words, c.facts, c.dropped)
		}
	}
}

// TestExplainAgrees holds an explanation against the facts that it explains: the same, each made by one match, in its sentence.
func TestExplainAgrees(t *testing.T) {
	text := strings.ReplaceAll(wire, "island", "small island")
	e := explained(t, text)
	if want := facts(t, text); len(want) < 6 || !reflect.DeepEqual(e.Facts, want) {
		t.Fatalf("%d facts, want the %d that Facts gives", len(e.Facts), len(want))
	}
	var ids []string
	for _, s := range e.Sentences {
		if strings.Join(strings.Fields(text[s.Start:s.End]), " ") != strings.Join(strings.Fields(s.Text), " ") {
			t.Errorf("the bytes %d to %d are not %q", s.Start, s.End, s.Text)
		}
		for _, m := range s.Matches {
			for _, f := range m.Facts {
				ids = append(ids, f.ID)
				if f.Evidence.Start < s.Start || f.Evidence.End > s.End {
					t.Errorf("%s is explained in the sentence %q", *f.Evidence.Quote, s.Text)
				}
				if m.Name == "" || m.Line == 0 || !strings.HasSuffix(m.File, ".rules") && !strings.HasSuffix(m.File, ".txt") {
					t.Errorf("%s is made by %+v", *f.Evidence.Quote, m.Rule)
				}
			}
		}
	}
	if slices.Sort(ids); len(ids) != len(e.Facts) || len(slices.Compact(ids)) != len(e.Facts) {
		t.Errorf("%d facts are explained, of %d", len(ids), len(e.Facts))
	}
}

// FuzzExplain wants of any text the facts that Facts gives, each in its sentence.
func FuzzExplain(f *testing.F) {
	for _, s := range []string{wire, "NINE SAILORS DROWNED ON MONDAY", "On Monday, on Tuesday. On \xff3 May - \"no one was hurt\"", "the the of of 's ’ - 20 - 30 of the"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := article.Read([]byte(text), "text/plain")
		if err != nil {
			return
		}
		doc := fact.Document{Source: fact.Source{Document: "fuzz", Published: thursday}}
		e, want := Explain(a, doc), Facts(a, doc)
		if len(e.Facts) != len(want) {
			t.Fatalf("%d facts, want %d, of %q", len(e.Facts), len(want), text)
		}
		n := 0
		for _, s := range e.Sentences {
			for _, m := range s.Matches {
				n += len(m.Facts)
				for _, f := range m.Facts {
					if f.Evidence.Start < s.Start || f.Evidence.Start >= s.End {
						t.Fatalf("%d is not in the sentence %d to %d of %q", f.Evidence.Start, s.Start, s.End, text)
					}
				}
			}
		}
		if n != len(want) {
			t.Fatalf("%d facts are explained, of %d, of %q", n, len(want), text)
		}
	})
}
