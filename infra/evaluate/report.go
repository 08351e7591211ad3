// Package evaluate measures the extractor against gold data, in the field's own definitions: time expressions as TempEval-3 does,
// casualty counts against the answer keys of MUC-3 and MUC-4, pledges on PLOVER-coded sentences, and whole facts.
package evaluate

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Ratio is a part of a whole.
type Ratio struct{ N, Of int }

// Percent is 0 to 100, and 0 of nothing.
func (r Ratio) Percent() float64 {
	if r.Of == 0 {
		return 0
	}
	return float64(100*r.N) / float64(r.Of)
}

func (r Ratio) String() string { return fmt.Sprintf("%6.2f (%d/%d)", r.Percent(), r.N, r.Of) }

// Figure is precision and recall by one definition. Precision counts what was said, recall what the gold has: where several may
// pair with one, the two do not count the same.
type Figure struct {
	Name              string
	Precision, Recall Ratio
}

// F1 is the harmonic mean of precision and recall, 0 to 100.
func (f Figure) F1() float64 {
	p, r := f.Precision.Percent(), f.Recall.Percent()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Share is a figure that is no pair of precision and recall.
type Share struct {
	Name string
	Ratio
}

// Count is a number that is no part of a whole.
type Count struct {
	Name string
	N    int
}

// Fault is one thing that is wrong: missed, said without gold, or said wrongly.
type Fault struct {
	What     string // "missed", "spurious", "value" …
	Document string
	At       int    // byte offset in the document
	Said     string // what is wrong
	Context  string // the words, in their context
}

// Report is what an evaluation finds.
type Report struct {
	Figures []Figure
	Shares  []Share
	Counts  []Count
	Faults  []Fault
}

// Print writes the figures in percent, and the faults before them if they are wanted.
func (r Report) Print(w io.Writer, faults bool) error {
	var b strings.Builder
	if faults {
		for _, f := range r.Faults {
			fmt.Fprintf(&b, "%-8s %s:%d %s | %s\n", f.What, f.Document, f.At, f.Said, strings.Join(strings.Fields(f.Context), " "))
		}
	}
	width := 0
	for _, f := range r.Figures {
		width = max(width, len(f.Name))
	}
	for _, s := range r.Shares {
		width = max(width, len(s.Name))
	}
	for _, c := range r.Counts {
		width = max(width, len(c.Name))
	}
	for _, f := range r.Figures {
		fmt.Fprintf(&b, "%-*s  P %-20v R %-20v F1 %6.2f\n", width, f.Name, f.Precision, f.Recall, f.F1())
	}
	for _, s := range r.Shares {
		fmt.Fprintf(&b, "%-*s  %v\n", width, s.Name, s.Ratio)
	}
	for _, c := range r.Counts {
		fmt.Fprintf(&b, "%-*s  %6d\n", width, c.Name, c.N)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sortFaults orders them by document, then by place.
func (r *Report) sortFaults() {
	slices.SortStableFunc(r.Faults, func(a, b Fault) int {
		if c := strings.Compare(a.Document, b.Document); c != 0 {
			return c
		}
		return a.At - b.At
	})
}

// contextBytes is how much of a document is shown on either side of a fault.
const contextBytes = 60

// inContext gives the words in brackets between their neighbours.
func inContext(text string, start, end int) string {
	from, to := max(0, start-contextBytes), min(len(text), end+contextBytes)
	return strings.ToValidUTF8(text[from:start]+"["+text[start:end]+"]"+text[end:to], "")
}
