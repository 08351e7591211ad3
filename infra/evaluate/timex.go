package evaluate

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"factbox/shared/extract"
)

// timexGold is a document with its time expressions; offsets are bytes of UTF-8.
type timexGold struct {
	ID    string
	DCT   *string // when it was made
	Text  string
	Timex []goldTimex
}

type goldTimex struct {
	Start, End  int
	Type, Value string
}

func (g timexGold) check() error {
	if g.ID == "" || g.Text == "" || g.DCT == nil || g.Timex == nil {
		return fmt.Errorf(`a document with time expressions has "id", "dct", "text" and "timex"`)
	}
	if _, err := day(*g.DCT); err != nil {
		return fmt.Errorf("dct: %w", err)
	}
	for _, t := range g.Timex {
		if t.Start < 0 || t.End <= t.Start || t.End > len(g.Text) || t.Type == "" {
			return fmt.Errorf("the time expression at %d to %d lies outside of the text, or has no type", t.Start, t.End)
		}
	}
	return nil
}

// longestTimex is the longest time expression that is scored, in bytes.
const longestTimex = 80

// timexTally counts as the TempEval-3 tool does.
type timexTally struct {
	gold, said int
	strict     int // the same bytes
	relaxedGold, relaxedSaid,
	valueGold, valueSaid,
	typeGold, typeSaid int
	byType map[string]*struct{ gold, found, value int }
	report Report
}

// Timex scores time expressions by the definitions of TempEval-3, task A (UzZaman et al., SemEval-2013): strict is the same bytes,
// relaxed any overlap; precision counts expressions that were said, recall those of the gold. Value and type count a relaxed
// match with the same value or type (attribute F1 is relaxed F1 × attribute accuracy). An expression pairs with the one on its
// own bytes, else with the one with which it shares most. Gold within other gold is left out. An extractor whose expressions
// overlap, or are longer than 80 bytes, is an error.
func Timex(gold io.Reader) (Report, error) {
	t := timexTally{byType: make(map[string]*struct{ gold, found, value int })}
	err := eachGold(gold, "timex", func(g timexGold) error {
		var said []extract.Timex
		published, err := day(*g.DCT)
		if err != nil {
			return err
		}
		if r := read(g.ID, g.Text, published); r != nil {
			said = r.Timexes()
		}
		return t.add(g, said)
	})
	return t.finish(), err
}

func (t *timexTally) add(g timexGold, found []extract.Timex) error {
	said := make([]goldTimex, len(found))
	for i, f := range found {
		said[i] = goldTimex{f.Start, f.End, string(f.Type), f.Value}
	}
	slices.SortStableFunc(said, func(a, b goldTimex) int { return a.Start - b.Start })
	for i, s := range said {
		if i > 0 && s.Start < said[i-1].End {
			return fmt.Errorf("%s: the expressions found at %d and %d overlap", g.ID, said[i-1].Start, s.Start)
		}
		if s.End-s.Start > longestTimex {
			return fmt.Errorf("%s: the expression found at %d is longer than %d bytes", g.ID, s.Start, longestTimex)
		}
	}
	want := outermost(g.Timex)
	t.gold += len(want)
	t.said += len(said)
	for _, w := range want {
		by := t.byType[w.Type]
		if by == nil {
			by = new(struct{ gold, found, value int })
			t.byType[w.Type] = by
		}
		by.gold++
		s, ok := nearest(w, said)
		if !ok {
			t.fault("missed", g, w, w.Type+" "+w.Value)
			continue
		}
		by.found++
		t.relaxedGold++
		if s.Type == w.Type {
			t.typeGold++
		}
		if sameValue(s, w) {
			by.value++
			t.valueGold++
		} else {
			t.fault("value", g, w, fmt.Sprintf("%s %s, said %s %s", w.Type, w.Value, s.Type, s.Value))
		}
		if s.Start != w.Start || s.End != w.End {
			t.fault("span", g, w, fmt.Sprintf("said %q", g.Text[s.Start:s.End]))
		}
	}
	for _, s := range said {
		if slices.ContainsFunc(want, func(w goldTimex) bool { return w.Start == s.Start && w.End == s.End }) {
			t.strict++
		}
		w, ok := nearest(s, want)
		if !ok {
			t.fault("spurious", g, s, s.Type+" "+s.Value)
			continue
		}
		t.relaxedSaid++
		if s.Type == w.Type {
			t.typeSaid++
		}
		if sameValue(s, w) {
			t.valueSaid++
		}
	}
	return nil
}

// outermost leaves out expressions that lie within longer ones.
func outermost(list []goldTimex) []goldTimex {
	var kept []goldTimex
	for _, t := range list {
		if !slices.ContainsFunc(list, func(u goldTimex) bool { return u.Start <= t.Start && t.End <= u.End && u.End-u.Start > t.End-t.Start }) {
			kept = append(kept, t)
		}
	}
	return kept
}

// nearest gives the expression on the same bytes, else the one that shares most with it.
func nearest(t goldTimex, list []goldTimex) (best goldTimex, ok bool) {
	most := 0
	for _, u := range list {
		if u.Start == t.Start && u.End == t.End {
			return u, true
		}
		if shared := min(t.End, u.End) - max(t.Start, u.Start); shared > most {
			best, most = u, shared
		}
	}
	return best, most > 0
}

func sameValue(a, b goldTimex) bool { return strings.TrimSpace(a.Value) == strings.TrimSpace(b.Value) }

func (t *timexTally) fault(what string, g timexGold, at goldTimex, said string) {
	t.report.Faults = append(t.report.Faults, Fault{what, g.ID, at.Start, said, inContext(g.Text, at.Start, at.End)})
}

func (t *timexTally) finish() Report {
	r := t.report
	for _, f := range []struct {
		name       string
		said, gold int
	}{
		{"strict", t.strict, t.strict}, {"relaxed", t.relaxedSaid, t.relaxedGold}, {"value", t.valueSaid, t.valueGold}, {"type", t.typeSaid, t.typeGold},
	} {
		r.Figures = append(r.Figures, Figure{f.name, Ratio{f.said, t.said}, Ratio{f.gold, t.gold}})
	}
	r.Shares = append(r.Shares, Share{"value, of relaxed", Ratio{t.valueGold, t.relaxedGold}})
	for _, name := range slices.Sorted(maps.Keys(t.byType)) {
		by := t.byType[name]
		r.Shares = append(r.Shares, Share{name + " found", Ratio{by.found, by.gold}}, Share{name + " value", Ratio{by.value, by.gold}})
	}
	r.sortFaults()
	return r
}
