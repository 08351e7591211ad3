package main

import (
	"bufio"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"factbox/shared/extract"
	"factbox/shared/fact"
)

// explanation writes how the facts of a document came about, for a terminal.
type explanation struct {
	*bufio.Writer
	kinds  []string // only these kinds; all when it is empty
	misses int      // how many rules that did not match are shown, a kind and sentence
	all    bool     // show them also where the sentence has facts of the kind
}

// write shows every sentence: its groups, then "+" a fact with the rule and the words that made it, "-" a match of which no fact
// came, "?" how far the rules came that did not match.
func (x explanation) write(name string, e extract.Explanation) error {
	fmt.Fprintf(x, "%s: %s in %s\n", name, counted(len(e.Facts), "fact"), counted(len(e.Sentences), "sentence"))
	for _, s := range e.Sentences {
		x.sentence(s)
	}
	return x.Flush()
}

func (x explanation) sentence(s extract.Explained) {
	fmt.Fprintf(x, "\n[%d:%d] %s\n", s.Start, s.End, oneLine(s.Text))
	words := column{most: 40}
	for _, g := range s.Groups {
		words.fit(g.Words)
	}
	for _, g := range s.Groups {
		what := g.Head
		if len(g.Features) > 0 {
			what += ": " + strings.Join(g.Features, ", ")
		}
		x.line("  ", g.Kind, "  ", words.pad(g.Words), "  ", what)
	}
	for _, kind := range fact.Kinds {
		if len(x.kinds) > 0 && !slices.Contains(x.kinds, string(kind)) {
			continue
		}
		found := false
		for _, m := range s.Matches {
			if m.Kind != kind {
				continue
			}
			found = found || len(m.Facts) > 0
			x.match(s, m)
		}
		if !found || x.all {
			x.near(s, kind)
		}
	}
}

// match shows a rule that matched.
func (x explanation) match(s extract.Explained, m extract.Match) {
	for _, f := range m.Facts {
		x.line("  + ", string(f.Kind), ": ", short(f))
	}
	if len(m.Facts) == 0 {
		x.line("  - ", string(m.Kind), ": ", strings.Join(m.Dropped, "; "))
	} else if len(m.Dropped) > 0 {
		x.line("      dropped: ", strings.Join(m.Dropped, "; "))
	}
	x.rule(m.Rule)
	x.elements(s, m.Elements, nil)
}

// near shows the rules of a kind that came furthest.
func (x explanation) near(s extract.Explained, kind fact.Kind) {
	shown := 0
	for _, m := range s.Misses {
		if m.Kind != kind || shown == x.misses {
			continue
		}
		if shown++; shown == 1 {
			x.line("  ? ", string(kind), ": nearest of the rules that do not match")
		}
		x.rule(m.Rule)
		x.elements(s, m.Elements, &m)
	}
}

func (x explanation) rule(r extract.Rule) {
	x.line("      ", r.Name, " (", r.File, ":", strconv.Itoa(r.Line), ")")
}

// elements shows the elements of a rule beside the words that they took and, of a miss, what was wanted behind them.
func (x explanation) elements(s extract.Explained, list []extract.Element, miss *extract.Miss) {
	patterns := column{most: 72}
	for _, e := range list {
		patterns.fit(e.Pattern)
	}
	if miss != nil {
		patterns.fit("✗ " + miss.Wanted[0])
	}
	for _, e := range list {
		x.line("        ", patterns.pad(e.Pattern), "  ", words(s, e.Group))
	}
	if miss == nil {
		return
	}
	why := ""
	if len(miss.Lacks) > 0 {
		why = ", which lacks " + strings.Join(miss.Lacks, ", ")
	}
	x.line("        ", patterns.pad("✗ "+miss.Wanted[0]), "  ", words(s, miss.At), why)
	if len(miss.Wanted) > 1 {
		x.line("          or ", strings.Join(miss.Wanted[1:], " or "))
	}
}

func words(s extract.Explained, group int) string {
	if group >= len(s.Groups) {
		return "(the end of the sentence)"
	}
	return cut(s.Groups[group].Words, 40)
}

// short tells a fact in a line.
func short(f fact.Fact) string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+value)
		}
	}
	switch {
	case f.Casualty != nil:
		c := f.Casualty
		parts = append(parts, fmt.Sprintf("%s %v %q", c.Effect, c.Count, c.Count.Text))
		add("", c.Victims)
		add("in ", deref(c.Place))
		add("on ", string(deref(c.Date)))
		add("scope ", string(deref(c.Scope)))
		add("event ", c.Event)
	case f.Pledge != nil:
		p := f.Pledge
		parts = append(parts, fmt.Sprintf("%s %s %v", p.Donor, p.Status, p.Types))
		add("for ", deref(p.Recipient))
		add("in ", deref(p.Place))
		if p.Amount != nil {
			add("amount ", strconv.FormatFloat(p.Amount.Value, 'f', -1, 64)+" "+p.Amount.Currency)
		}
		if p.Quantity != nil {
			add("quantity ", strconv.FormatFloat(p.Quantity.Value, 'f', -1, 64)+" "+p.Quantity.Unit)
		}
		add("on ", string(deref(p.Date)))
		add("condition ", deref(p.Condition))
	case f.Date != nil:
		d := f.Date
		parts = append(parts, string(deref(d.Date))+" "+string(d.Timex.Type)+" "+d.Timex.Value)
		add("", strconv.Quote(d.Expression))
		add("", string(d.Role))
		add("of ", strings.Join(d.Participants, " "))
		add("event ", d.Event)
	}
	if f.Attribution != nil {
		add("", f.Attribution.Speaker+" "+string(f.Attribution.Stance))
	}
	return strings.Join(parts, ", ") + fmt.Sprintf(" [%d:%d]", f.Evidence.Start, f.Evidence.End)
}

func deref[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}

// line writes the parts as one line, without blanks at its end.
func (x explanation) line(parts ...string) {
	fmt.Fprintln(x, strings.TrimRight(strings.Join(parts, ""), " "))
}

// column is a column of text: as wide as the widest of what is to fit, up to most.
type column struct{ width, most int }

func (c *column) fit(s string) {
	c.width = min(c.most, max(c.width, utf8.RuneCountInString(oneLine(s))))
}

func (c *column) pad(s string) string {
	s = cut(s, c.most)
	return s + strings.Repeat(" ", max(0, c.width-utf8.RuneCountInString(s)))
}

// cut shortens a text to n runes, on one line.
func cut(s string, n int) string {
	if r := []rune(oneLine(s)); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return oneLine(s)
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
