package evaluate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// story is a text with all the facts that it states.
type story struct {
	ID, Published, Headline, Text string
	Facts                         []storyFact
}

// storyFact is a fact of a story. What it may be otherwise, too, stands in the fields that end in Also.
type storyFact struct {
	Kind       fact.Kind
	Words      string // where the text states it; they stand there once
	Optional   bool   // it is doubtful: right and wrong to neither
	start, end int    // of the words

	Effect     fact.Effect
	EffectAlso []fact.Effect `json:"effect_also"`
	Count      fact.Count
	Place      *string

	Date         *fact.EDTF
	Timex        fact.Timex
	Expression   string
	Alternatives []string // other values of date or timex

	Donor         string
	Recipient     *string
	RecipientAlso []*string `json:"recipient_also"`
	Types         []fact.SupportType
	TypesAlso     []fact.SupportType `json:"types_also"`
	Status        fact.Status
	StatusAlso    []fact.Status `json:"status_also"`
	Amount        *fact.Money
	Quantity      *fact.Quantity
}

// Stories scores the facts of whole stories, a JSON file each, in which everything stated is marked: so a fact that is said beside
// the gold is wrong. A fact pairs with gold of its kind when its evidence overlaps the words of the gold and it is right: a casualty
// with the effect and the count, a pledge with the donor, the status and a type, a date with the value for the expression.
// Strictly, a casualty needs the place and a date that overlaps the gold's, too, a pledge the recipient, the amount and how many.
// What is right for a doubtful fact, or says again what is paired already, is left out of the count.
func Stories(folder fs.FS) (Report, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil || len(names) == 0 {
		return Report{}, errors.Join(errors.New("the folder holds no stories: they are files called *.json"), err)
	}
	var r Report
	figures := map[fact.Kind][]Figure{
		fact.KindCasualty: {{Name: "casualty"}, {Name: "casualty strict"}}, fact.KindDate: {{Name: "date"}}, fact.KindPledge: {{Name: "pledge"}, {Name: "pledge strict"}},
	}
	for _, name := range names {
		s, err := readStory(folder, name)
		if err != nil {
			return Report{}, fmt.Errorf("%s: %w", name, err)
		}
		published, err := day(s.Published)
		if err != nil {
			return Report{}, fmt.Errorf("%s: published: %w", name, err)
		}
		said := facts(readTitled(s.ID, s.Headline, s.Text, published))
		for _, kind := range fact.Kinds {
			r.Faults = append(r.Faults, s.score(kind, said, figures[kind])...)
		}
	}
	for _, kind := range fact.Kinds {
		r.Figures = append(r.Figures, figures[kind]...)
	}
	r.sortFaults()
	return r, nil
}

func readStory(folder fs.FS, name string) (s story, err error) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(data, &s); err != nil {
		return s, fmt.Errorf("no story: %w", err)
	}
	if s.ID == "" || s.Text == "" || s.Facts == nil {
		return s, errors.New(`a story has "id", "published", "headline", "text" and "facts"`)
	}
	for i := range s.Facts {
		f := &s.Facts[i]
		if !slices.Contains(fact.Kinds, f.Kind) {
			return s, fmt.Errorf(`a fact's kind is casualty, date or pledge, not %q`, f.Kind)
		}
		if f.Words == "" || strings.Count(s.Text, f.Words) != 1 {
			return s, fmt.Errorf("the words %q do not stand in the text exactly once", f.Words)
		}
		f.start = strings.Index(s.Text, f.Words)
		f.end = f.start + len(f.Words)
	}
	return s, nil
}

// score counts the facts of one kind, in the second figure, where there is one, strictly; and tells the faults.
func (s story) score(kind fact.Kind, all []fact.Fact, figures []Figure) (faults []Fault) {
	said := slices.DeleteFunc(slices.Clone(all), func(f fact.Fact) bool { return f.Kind != kind })
	var gold, doubtful []storyFact
	for _, g := range s.Facts {
		switch {
		case g.Kind != kind:
		case g.Optional:
			doubtful = append(doubtful, g)
		default:
			gold = append(gold, g)
		}
	}
	fault := func(what string, start, end int, words string) {
		faults = append(faults, Fault{what, s.ID, start, words, inContext(s.Text, start, end)})
	}
	for level := range figures {
		f := &figures[level]
		pairs := paired(len(gold), len(said), func(g, p int) bool {
			return overlap(said[p].Evidence, gold[g].start, gold[g].end) && gold[g].right(said[p]) && (level == 0 || gold[g].strictly(said[p]))
		})
		found := values(pairs)
		for i, g := range gold {
			f.Recall.add(found[i])
			if level == 0 && !found[i] {
				fault("missed", g.start, g.end, g.String())
			}
		}
		for i, p := range said {
			g, ok := pairs[i]
			if !ok && leftOut(p, gold, doubtful, found) {
				continue
			}
			f.Precision.add(ok)
			if level > 0 {
				continue
			}
			if !ok {
				fault("spurious", p.Evidence.Start, p.Evidence.End, string(kind)+" "+shortly(p))
			} else if list := gold[g].differences(p); len(list) > 0 {
				fault("loose", p.Evidence.Start, p.Evidence.End, gold[g].String()+": "+strings.Join(list, "; "))
			}
		}
	}
	return faults
}

// leftOut reports whether a fact that pairs with none is right for a doubtful one, or says again what is found already.
func leftOut(f fact.Fact, gold, doubtful []storyFact, found map[int]bool) bool {
	for _, g := range doubtful {
		if overlap(f.Evidence, g.start, g.end) && g.right(f) {
			return true
		}
	}
	for i, g := range gold {
		if found[i] && g.right(f) {
			return true
		}
	}
	return false
}

func (g storyFact) right(f fact.Fact) bool {
	switch {
	case f.Casualty != nil:
		return among(f.Casualty.Effect, g.Effect, g.EffectAlso) && sameCount(f.Casualty.Count, g.Count)
	case f.Pledge != nil:
		return f.Pledge.Donor == g.Donor && among(f.Pledge.Status, g.Status, g.StatusAlso) &&
			slices.ContainsFunc(f.Pledge.Types, func(t fact.SupportType) bool { return slices.Contains(g.Types, t) || slices.Contains(g.TypesAlso, t) })
	case f.Date != nil:
		date, value := "", f.Date.Timex.Value
		if f.Date.Date != nil {
			date = string(*f.Date.Date)
		}
		same := equal(f.Date.Date, g.Date) || value == g.Timex.Value || slices.Contains(g.Alternatives, date) || slices.Contains(g.Alternatives, value)
		return same && (strings.Contains(f.Date.Expression, g.Expression) || strings.Contains(g.Expression, f.Date.Expression))
	}
	return false
}

func (g storyFact) strictly(f fact.Fact) bool { return g.right(f) && len(g.differences(f)) == 0 }

// differences tells what of a right fact is not strictly so.
func (g storyFact) differences(f fact.Fact) (list []string) {
	differ := func(name string, said, want any) {
		list = append(list, fmt.Sprintf("%s %v, not %v", name, said, want))
	}
	switch {
	case f.Casualty != nil:
		c := f.Casualty
		if !equal(c.Place, g.Place) {
			differ("place", stated(c.Place), stated(g.Place))
		}
		if !meet(c.Date, g.Date) {
			differ("date", stated(c.Date), stated(g.Date))
		}
	case f.Pledge != nil:
		p := f.Pledge
		if !equal(p.Recipient, g.Recipient) && !slices.ContainsFunc(g.RecipientAlso, func(r *string) bool { return equal(p.Recipient, r) }) {
			differ("recipient", stated(p.Recipient), stated(g.Recipient))
		}
		if !equal(p.Amount, g.Amount) {
			differ("amount", stated(p.Amount), stated(g.Amount))
		}
		if (p.Quantity == nil) != (g.Quantity == nil) || p.Quantity != nil && p.Quantity.Value != g.Quantity.Value {
			differ("quantity", stated(p.Quantity), stated(g.Quantity))
		}
	}
	return list
}

// stated gives what may be null for a line of text.
func stated[T any](v *T) any {
	if v == nil {
		return "null"
	}
	return *v
}

func among[T comparable](v, one T, others []T) bool { return v == one || slices.Contains(others, v) }

// meet reports whether two dates share a day, or neither is stated.
func meet(a, b *fact.EDTF) bool {
	if a == nil || b == nil {
		return a == b
	}
	from, to, ok := a.Bounds()
	first, last, fine := b.Bounds()
	return ok && fine && from <= last && first <= to
}

// String tells the fact in a few words.
func (g storyFact) String() string {
	switch g.Kind {
	case fact.KindCasualty:
		return fmt.Sprintf("casualty %s %v", g.Effect, g.Count)
	case fact.KindPledge:
		return fmt.Sprintf("pledge %s %s %v", g.Donor, g.Status, g.Types)
	}
	return fmt.Sprintf("date %q %s", g.Expression, g.Timex.Value)
}
