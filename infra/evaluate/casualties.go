package evaluate

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// casualtyGold is a report with the answer keys of its incidents (MUC-3, MUC-4).
type casualtyGold struct {
	ID        string
	Date      string // of the dateline; one without a year, as some have, is no date
	Text      string
	Incidents []incident
}

type incident struct {
	Optional bool
	Targets  []struct {
		Number   *goldNumber
		Effect   []string
		Abducted bool
		Optional bool
	}
	Totals []json.RawMessage `json:"total_number"` // a number, or what could not be read as one
}

type goldNumber struct {
	Min, Max *int64
	Exact    bool
}

// exact gives a number that is one, and 0 for one that is not.
func (n *goldNumber) exact() int64 {
	if n == nil || !n.Exact || n.Min == nil || n.Max == nil || *n.Min != *n.Max {
		return 0
	}
	return *n.Min
}

func (g casualtyGold) check() error {
	if g.ID == "" || g.Text == "" || g.Incidents == nil {
		return fmt.Errorf(`a report with answer keys has "id", "text" and "incidents"`)
	}
	return nil
}

// pair is what is scored: so many people, and what happened to them.
type pair struct {
	effect fact.Effect
	n      int64
}

// scoredEffects are the effects that the keys know.
var scoredEffects = []fact.Effect{fact.Killed, fact.Injured, fact.Abducted}

// pairs gives those that must be found and those that may be said.
func (g casualtyGold) pairs() (need, allowed map[pair]bool) {
	need, allowed = make(map[pair]bool), make(map[pair]bool)
	for _, i := range g.Incidents {
		for _, t := range i.Targets {
			n := t.Number.exact()
			if n == 0 {
				continue
			}
			var effects []fact.Effect
			for _, e := range t.Effect {
				switch e {
				case "DEATH":
					effects = append(effects, fact.Killed)
				case "INJURY":
					effects = append(effects, fact.Injured)
				}
			}
			if t.Abducted {
				effects = append(effects, fact.Abducted)
			}
			for _, e := range effects {
				allowed[pair{e, n}] = true
				if !t.Optional && !i.Optional {
					need[pair{e, n}] = true
				}
			}
		}
		for _, raw := range i.Totals {
			var total goldNumber
			if json.Unmarshal(raw, &total) != nil || total.exact() == 0 {
				continue
			}
			for _, e := range scoredEffects {
				allowed[pair{e, total.exact()}] = true
			}
		}
	}
	return need, allowed
}

// Casualties scores counts of people against the answer keys of MUC-3 and MUC-4. A pair is an effect (killed, injured, abducted) with
// an exact number; "counts" are the pairs of two and more, which is what a toll is, "singles" those of one. A casualty pairs
// with N when that is its least number and it is exact, about or at least N. Recall is over what the keys do not call optional;
// precision over what is said of documents with an incident, where optional numbers and totals are right too. The keys leave
// out military combat and old incidents, so that precision has a ceiling below 100.
func Casualties(gold io.Reader) (Report, error) {
	var r Report
	counts, singles := Figure{Name: "counts"}, Figure{Name: "singles"}
	quiet, loud := 0, 0
	err := eachGold(gold, "casualties", func(g casualtyGold) error {
		published, err := day(g.Date)
		if err != nil {
			published = fact.Unknown
		}
		said, at := saidPairs(facts(read(g.ID, g.Text, published)))
		if len(g.Incidents) == 0 {
			quiet++
			loud += len(said)
			return nil
		}
		need, allowed := g.pairs()
		figure := func(p pair) *Figure {
			if p.n == 1 {
				return &singles
			}
			return &counts
		}
		for p := range need {
			f := figure(p)
			f.Recall.Of++
			if said[p] {
				f.Recall.N++
			} else {
				r.Faults = append(r.Faults, Fault{"missed", g.ID, 0, fmt.Sprintf("%s %d", p.effect, p.n), numberIn(g.Text, p.n)})
			}
		}
		for p := range said {
			if !slices.Contains(scoredEffects, p.effect) {
				continue
			}
			f := figure(p)
			f.Precision.Of++
			if allowed[p] {
				f.Precision.N++
			} else {
				e := at[p]
				r.Faults = append(r.Faults, Fault{"spurious", g.ID, e.Start, fmt.Sprintf("%s %d", p.effect, p.n), inContext(g.Text, e.Start, e.End)})
			}
		}
		return nil
	})
	r.Figures = []Figure{counts, singles}
	r.Counts = []Count{{"documents without an incident", quiet}, {"casualties said of them", loud}}
	slices.SortFunc(r.Faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.What, b.What), cmp.Compare(a.At, b.At), cmp.Compare(a.Said, b.Said))
	})
	return r, err
}

// numberIn shows where a text has a number, in its context; it is empty for a text that does not spell it.
func numberIn(text string, n int64) string {
	tokens := token.Read(text).Tokens
	for _, m := range token.Numerals(tokens) {
		if m.Value == float64(n) {
			return inContext(text, tokens[m.First].Start, tokens[m.Last-1].End)
		}
	}
	return ""
}

// saidPairs gives the pairs of the facts, with the evidence of the first of each.
func saidPairs(list []fact.Fact) (map[pair]bool, map[pair]fact.Evidence) {
	said, at := make(map[pair]bool), make(map[pair]fact.Evidence)
	for _, f := range list {
		if f.Casualty == nil {
			continue
		}
		c := f.Casualty.Count
		if c.Min == nil || *c.Min <= 0 || !(c.Max != nil && *c.Max == *c.Min || c.Modifier == fact.AtLeast || c.Modifier == fact.About) {
			continue
		}
		p := pair{f.Casualty.Effect, *c.Min}
		if !said[p] {
			said[p], at[p] = true, f.Evidence
		}
	}
	return said, at
}
