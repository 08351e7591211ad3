package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"factbox/shared/fact"
)

// factGold is a fact that a document states, or a trap: words that state none.
type factGold struct {
	Document   string
	Kind       string // of a fact, or "trap"
	Start, End int    // bytes in the document
	Quote      string
	Optional   []string // what of it may be otherwise: "fact" (it may be missed), "date", "donor", "types", "condition"
	Why        string   // of a trap

	Effect fact.Effect
	Count  fact.Count
	Place  *string

	Date       *fact.EDTF
	Timex      string
	Expression string

	Donor         string
	Recipient     *string
	Types         []fact.SupportType
	Status        fact.Status
	Condition     *string
	TypesAlso     []fact.SupportType `json:"types_also"`
	StatusAlso    []fact.Status      `json:"status_also"`
	RecipientAlso []*string          `json:"recipient_also"`
}

const trap = "trap"

func (g factGold) check() error {
	switch {
	case g.Document == "" || g.Kind == "" || g.End <= g.Start || g.Start < 0:
		return errors.New(`the gold of a fact has "document", "kind", "start" and "end"`)
	case g.Kind == trap:
		return nil
	case g.Kind == string(fact.KindCasualty) && (g.Effect == "" || g.Count.Modifier == ""):
		return errors.New(`the gold of a casualty has "effect" and "count" with "modifier"`)
	case g.Kind == string(fact.KindDate) && (g.Timex == "" || g.Expression == ""):
		return errors.New(`the gold of a date has "timex" and "expression"`)
	case g.Kind == string(fact.KindPledge) && (g.Donor == "" || g.Types == nil || g.Status == ""):
		return errors.New(`the gold of a pledge has "donor", "types" and "status"`)
	case !slices.Contains(fact.Kinds, fact.Kind(g.Kind)):
		return fmt.Errorf(`a fact's kind is casualty, date, pledge or trap, not %q`, g.Kind)
	}
	return nil
}

func (g factGold) may(what string) bool { return slices.Contains(g.Optional, what) }

// Facts scores whole facts against gold. folder holds the documents, and a manifest.json that says when each was published.
//
// A fact of the gold and one that is said pair when their evidence overlaps and, found, a casualty has the effect and the count, a
// date the value for the expression, a pledge the donor and a type; strict, a casualty has place and date too, a date an
// event, a pledge the types, the status, the recipient and a condition where there is one. The precision of dates is over
// dates with a value. A trap is sprung by a fact on its words. What is said of casualties and pledges beside the gold is unjudged: read it. A
// fact with more than 400 bytes of evidence, or whose quote is not what stands there, is unsound and counts for nothing.
func Facts(gold io.Reader, folder string) (Report, error) {
	byDocument := make(map[string][]factGold)
	if err := eachGold(gold, "facts", func(g factGold) error {
		byDocument[g.Document] = append(byDocument[g.Document], g)
		return nil
	}); err != nil {
		return Report{}, err
	}
	published, err := publicationDays(filepath.Join(folder, "manifest.json"))
	if err != nil {
		return Report{}, err
	}
	t := factTally{found: make(map[string]*Ratio), strict: make(map[string]*Ratio)}
	for _, name := range slices.Sorted(maps.Keys(byDocument)) {
		day, ok := published[name]
		if !ok {
			return Report{}, fmt.Errorf("the manifest does not have the document %s", name)
		}
		body, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return Report{}, fmt.Errorf("reading a document of the gold: %w", err)
		}
		t.add(name, string(body), byDocument[name], facts(read(name, string(body), day)))
	}
	return t.finish(), nil
}

// publicationDays reads from a manifest when each file was published.
func publicationDays(file string) (map[string]fact.EDTF, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the documents want a manifest: %w", err)
	}
	var m struct {
		Documents []struct{ File, Published string }
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	days := make(map[string]fact.EDTF)
	for _, d := range m.Documents {
		if days[d.File], err = day(d.Published); err != nil {
			return nil, fmt.Errorf("%s: %s: published: %w", file, d.File, err)
		}
	}
	return days, nil
}

// factTally counts over documents.
type factTally struct {
	found, strict             map[string]*Ratio // by kind
	dates                     Ratio             // right, of those with a value
	sprung, unjudged, unsound int
	report                    Report
}

func (t *factTally) add(name, text string, golds []factGold, said []fact.Fact) {
	sound := slices.DeleteFunc(slices.Clone(said), func(f fact.Fact) bool { return !sound(f, text) })
	t.unsound += len(said) - len(sound)
	items := slices.DeleteFunc(slices.Clone(golds), func(g factGold) bool { return g.Kind == trap })
	pairs := func(match func(g factGold, f fact.Fact) bool) map[int]int {
		return paired(len(items), len(sound), func(g, f int) bool {
			return string(sound[f].Kind) == items[g].Kind && overlap(sound[f].Evidence, items[g].Start, items[g].End) && match(items[g], sound[f])
		})
	}
	loose := pairs(factGold.matches)
	tight := pairs(func(g factGold, f fact.Fact) bool { return g.matches(f) && g.strictly(f) })
	fault := func(what string, start, end int, said string) {
		t.report.Faults = append(t.report.Faults, Fault{what, name, start, said, inContext(text, start, end)})
	}
	hit, hitStrictly := values(loose), values(tight)
	for i, g := range items {
		if g.may("fact") {
			continue
		}
		count(t.found, g.Kind, hit[i])
		count(t.strict, g.Kind, hitStrictly[i])
		switch {
		case !hit[i]:
			fault("missed", g.Start, g.End, g.Kind)
		case !hitStrictly[i]:
			fault("loose", g.Start, g.End, g.Kind)
		}
	}
	for j, f := range sound {
		e := f.Evidence
		_, right := loose[j]
		for _, g := range golds {
			if g.Kind == trap && overlap(e, g.Start, g.End) && (f.Kind != fact.KindDate || strings.Contains(g.Why, "furniture")) {
				t.sprung++
				fault("trap", e.Start, e.End, string(f.Kind)+": "+g.Why)
			}
		}
		if f.Date != nil {
			if f.Date.Date == nil {
				continue
			}
			if t.dates.add(right); !right {
				fault("date", e.Start, e.End, strconv.Quote(f.Date.Expression)+" "+string(*f.Date.Date))
			}
			continue
		}
		if !slices.ContainsFunc(items, func(g factGold) bool { return g.Kind == string(f.Kind) && overlap(e, g.Start, g.End) }) {
			t.unjudged++
			fault("unjudged", e.Start, e.End, shortly(f))
		}
	}
}

func (t *factTally) finish() Report {
	r := t.report
	for _, kind := range fact.Kinds {
		if found := t.found[string(kind)]; found != nil {
			r.Shares = append(r.Shares, Share{string(kind) + " found", *found}, Share{string(kind) + " strict", *t.strict[string(kind)]})
		}
	}
	r.Shares = append(r.Shares, Share{"date precision", t.dates})
	r.Counts = append(r.Counts, Count{"traps sprung", t.sprung}, Count{"unjudged", t.unjudged}, Count{"unsound", t.unsound})
	r.sortFaults()
	return r
}

func count(by map[string]*Ratio, kind string, yes bool) {
	if by[kind] == nil {
		by[kind] = new(Ratio)
	}
	by[kind].add(yes)
}

func values(m map[int]int) map[int]bool {
	set := make(map[int]bool, len(m))
	for _, v := range m {
		set[v] = true
	}
	return set
}

// sound reports whether the evidence is as it must be.
func sound(f fact.Fact, text string) bool {
	e := f.Evidence
	if e.Start < 0 || e.End <= e.Start || e.End > len(text) || e.End-e.Start > fact.MaxEvidence || e.Quote != nil && *e.Quote != text[e.Start:e.End] {
		return false
	}
	return f.Date == nil || f.Date.Expression != "" && strings.Contains(text[e.Start:e.End], f.Date.Expression)
}

// matches reports whether a fact of its kind says what the gold does.
func (g factGold) matches(f fact.Fact) bool {
	switch {
	case f.Casualty != nil:
		return f.Casualty.Effect == g.Effect && sameCount(f.Casualty.Count, g.Count)
	case f.Date != nil:
		value := f.Date.Timex.Value
		same := equal(f.Date.Date, g.Date) || value == g.Timex || strings.HasPrefix(value, g.Timex+"T")
		a, b := strings.ToLower(strings.TrimSpace(f.Date.Expression)), strings.ToLower(g.Expression)
		return same && a != "" && (strings.Contains(b, a) || strings.Contains(a, b))
	case f.Pledge != nil:
		return (f.Pledge.Donor == g.Donor || g.may("donor")) && (g.may("types") || slices.ContainsFunc(f.Pledge.Types, g.allows))
	}
	return false
}

func (g factGold) allows(t fact.SupportType) bool {
	return slices.Contains(g.Types, t) || slices.Contains(g.TypesAlso, t)
}

// strictly reports whether a fact that matches has all the rest right too.
func (g factGold) strictly(f fact.Fact) bool {
	switch {
	case f.Casualty != nil:
		return equal(f.Casualty.Place, g.Place) && (equal(f.Casualty.Date, g.Date) || g.may("date"))
	case f.Date != nil:
		return f.Date.Event != ""
	case f.Pledge != nil:
		p := f.Pledge
		missing := slices.ContainsFunc(g.Types, func(t fact.SupportType) bool { return !slices.Contains(p.Types, t) })
		excess := slices.ContainsFunc(p.Types, func(t fact.SupportType) bool { return !g.allows(t) })
		recipient := slices.ContainsFunc(append(slices.Clone(g.RecipientAlso), g.Recipient), func(r *string) bool { return equal(r, p.Recipient) })
		condition := g.Condition == nil || *g.Condition == "" || p.Condition != nil && *p.Condition != "" || g.may("condition")
		return (!missing && !excess || g.may("types")) && (p.Status == g.Status || slices.Contains(g.StatusAlso, p.Status)) && recipient && condition
	}
	return false
}

func sameCount(a, b fact.Count) bool {
	return equal(a.Min, b.Min) && equal(a.Max, b.Max) && a.Modifier == b.Modifier
}

// equal compares what may be null.
func equal[T comparable](a, b *T) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// shortly tells a casualty, a date or a pledge in a few words.
func shortly(f fact.Fact) string {
	switch {
	case f.Casualty != nil:
		return fmt.Sprintf("%s %v", f.Casualty.Effect, f.Casualty.Count)
	case f.Date != nil:
		return fmt.Sprintf("%q %s", f.Date.Expression, f.Date.Timex.Value)
	case f.Pledge != nil:
		return fmt.Sprintf("%s %s %v", f.Pledge.Donor, f.Pledge.Status, f.Pledge.Types)
	}
	return ""
}
