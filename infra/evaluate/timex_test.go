package evaluate

import (
	"fmt"
	"strings"
	"testing"

	"factbox/shared/extract"
	"factbox/shared/fact"
)

// TestTimexTally counts by hand what the TempEval-3 tool counts. Gold and expressions are written "start-end=value".
func TestTimexTally(t *testing.T) {
	for _, c := range []struct {
		name, gold, said                  string
		strict, relaxedP, relaxedR, value string // precision's or recall's ratio; value is recall's
	}{
		{"the same bytes", "0-4=a", "0-4=a", "1/1", "1/1", "1/1", "1/1"},
		{"another value", "0-4=a", "0-4=b", "1/1", "1/1", "1/1", "0/1"},
		{"blanks around a value", "0-4=a", "0-4= a ", "1/1", "1/1", "1/1", "1/1"},
		{"other bounds", "0-4=a", "2-6=a", "0/1", "1/1", "1/1", "1/1"},
		{"nothing shared", "0-4=a", "4-6=a", "0/1", "0/1", "0/1", "0/1"},
		{"nothing said", "0-4=a", "", "0/0", "0/0", "0/1", "0/1"},
		{"two said of one", "0-9=a", "0-4=b 5-9=a", "0/2", "2/2", "1/1", "0/1"},
		{"one said of two", "0-4=a 5-9=b", "0-9=a", "0/1", "1/1", "2/2", "1/2"},
		{"the longer share wins", "0-4=a 4-9=b", "2-9=b", "0/1", "1/1", "2/2", "1/2"},
		{"gold within gold", "0-9=a 0-4=b", "0-9=a", "1/1", "1/1", "1/1", "1/1"},
	} {
		tally := timexTally{byType: make(map[string]*struct{ gold, found, value int })}
		if err := tally.add(timexGold{ID: "x", Text: "0123456789", Timex: timexes(c.gold)}, said(c.said)); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		r := tally.finish()
		ratio := func(r Ratio) string { return fmt.Sprintf("%d/%d", r.N, r.Of) }
		got := []string{ratio(r.Figures[0].Precision), ratio(r.Figures[1].Precision), ratio(r.Figures[1].Recall), ratio(r.Figures[2].Recall)}
		if want := []string{c.strict, c.relaxedP, c.relaxedR, c.value}; strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: strict, relaxed P and R, value R are %v, want %v", c.name, got, want)
		}
	}
}

func TestTimexRefuses(t *testing.T) {
	long := timexGold{ID: "x", Text: strings.Repeat("0123456789", 10)}
	for _, c := range []struct{ said, wrong string }{
		{"0-5=a 4-9=b", "overlap"}, {"4-9=b 0-5=a", "overlap"}, {"0-81=a", "longer than 80 bytes"},
	} {
		tally := timexTally{byType: make(map[string]*struct{ gold, found, value int })}
		if err := tally.add(long, said(c.said)); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.said, err, c.wrong)
		}
	}
}

func timexes(s string) []goldTimex {
	list := []goldTimex{}
	for _, f := range strings.Split(s, " ") {
		if f == "" {
			continue
		}
		g := goldTimex{Type: "DATE"}
		span, value, _ := strings.Cut(f, "=")
		fmt.Sscanf(span, "%d-%d", &g.Start, &g.End)
		g.Value = value
		list = append(list, g)
	}
	return list
}

// said reads the same, where "= a " may have blanks.
func said(s string) []extract.Timex {
	var list []extract.Timex
	for _, g := range timexes(strings.ReplaceAll(s, "= a ", "=_a_")) {
		list = append(list, extract.Timex{Start: g.Start, End: g.End, Type: fact.TimexType(g.Type), Value: strings.ReplaceAll(g.Value, "_", " ")})
	}
	return list
}

// TestTimex scores texts: what the extractor finds is scored at its bytes.
func TestTimex(t *testing.T) {
	gold := `{"id":"a","dct":"2031-05-15T08:00","text":"The ferry sank on Tuesday.","timex":[{"start":18,"end":25,"type":"DATE","value":"2031-05-13"}]}
{"id":"b","dct":"2031-05-15","text":"The ferry sank in 2029.","timex":[{"start":18,"end":22,"type":"DATE","value":"2030"},{"start":0,"end":3,"type":"SET","value":"P1D"}]}`
	r, err := Timex(strings.NewReader(gold))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Print(&b, true); err != nil {
		t.Fatal(err)
	}
	want := `missed   b:0 SET P1D | [The] ferry sank in 2029.
value    b:18 DATE 2030, said DATE 2029 | The ferry sank in [2029].
strict             P 100.00 (2/2)         R  66.67 (2/3)         F1  80.00
relaxed            P 100.00 (2/2)         R  66.67 (2/3)         F1  80.00
value              P  50.00 (1/2)         R  33.33 (1/3)         F1  40.00
type               P 100.00 (2/2)         R  66.67 (2/3)         F1  80.00
value, of relaxed   50.00 (1/2)
DATE found         100.00 (2/2)
DATE value          50.00 (1/2)
SET found            0.00 (0/1)
SET value            0.00 (0/1)
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
