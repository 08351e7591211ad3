package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// figures tells the reports of one toll that count all victims from those that count some of them. Left out are figures
// that their speaker denies or disputes.
//
// What the text calls a part or an increment is one. Where it says neither, a report is a part beside a greater count of all
// if it counts one named person or a group such as children or soldiers, or if its own document, in the same voice, states
// the greater count. A group that the greatest count is of, as the soldiers of an ambush, is no part.
func figures(reports []Report) (wholes, parts []Report) {
	var open []Report
	for _, r := range reports {
		switch scope := r.Fact.Casualty.Scope; {
		case denied(r.Fact):
		case scope == nil || *scope == "":
			open = append(open, r)
		case *scope == fact.ScopeTotal:
			wholes = append(wholes, r)
		default:
			parts = append(parts, r)
		}
	}
	var greatest Report
	all, inDocument := int64(-1), make(map[string]int64)
	for _, r := range slices.Concat(wholes, open) {
		n := most(r.Fact.Casualty.Count)
		if n > all {
			all, greatest = n, r
		}
		voice := voiceOf(r.Fact)
		inDocument[voice] = max(inDocument[voice], n)
	}
	for _, r := range open {
		c := r.Fact.Casualty
		n := most(c.Count)
		switch {
		case n >= 0 && n < inDocument[voiceOf(r.Fact)],
			n >= 0 && n < all && someOf(c, greatest.Fact.Casualty):
			parts = append(parts, r)
		default:
			wholes = append(wholes, r)
		}
	}
	slices.SortFunc(wholes, byReport)
	return wholes, parts
}

// voiceOf names a document and whom it quotes.
func voiceOf(f fact.Fact) string {
	if f.Attribution == nil {
		return f.Document
	}
	return f.Document + "\x00" + f.Attribution.Speaker
}

// someOf reports whether the victims of c are likely some of those of the greater count.
func someOf(c, greater *fact.Casualty) bool {
	head := victimHead(c.Victims)
	t := table()
	switch {
	case head == "" || t.people[head] || head == victimHead(greater.Victims):
		return false
	case t.part[head]:
		return true
	}
	return c.Count.Modifier == fact.Exact && *c.Count.Min == 1 // "the train's engineer"
}

// victimHead is the stem of the noun that says who the victims are: the last word before a preposition, a comma or a number.
func victimHead(victims string) string {
	head := ""
	for _, t := range token.Read(victims).Tokens {
		if t.Kind != token.Word || head != "" && stopWords[t.Fold] {
			if head == "" {
				continue
			}
			break
		}
		if !stopWords[t.Fold] {
			head = stem(t.Fold)
		}
	}
	return head
}

// limits gives the least and the greatest number that a count names; nil, nil when it names none. A count with one bound has
// that as both: nobody said more.
func limits(c fact.Count) (low, high *int64) {
	low, high = cmp.Or(c.Min, c.Max), cmp.Or(c.Max, c.Min)
	if low != nil && *low > *high {
		return high, low
	}
	return low, high
}

// best finds the newest exact total by publication, and says by what rule. An origin states a figure on the day of its first
// copy of it, so that a reprint never changes the answer; a tie goes to the figure that more origins state, then to the one
// that the text calls the total, then to the greater one. Where a newer report without an exact figure contradicts the
// choice, the rule says so.
func best(reports []Report) (*int64, string) {
	type copied struct{ figure, origin string }
	first := make(map[copied]string)
	for _, r := range reports {
		key := copied{figure(r.Fact.Casualty.Count), strings.ToLower(origin(r.Source))}
		if day, ok := first[key]; !ok || publishedDay(r.Source) < day {
			first[key] = publishedDay(r.Source)
		}
	}
	type candidate struct {
		figure  int64
		newest  string
		origins map[string]bool
		total   int // 1 where a text calls it the total
	}
	candidates := make(map[int64]*candidate)
	for _, r := range reports {
		c := r.Fact.Casualty
		if c.Count.Modifier != fact.Exact || c.Count.Min == nil {
			continue
		}
		n := candidates[*c.Count.Min]
		if n == nil {
			n = &candidate{figure: *c.Count.Min, origins: map[string]bool{}}
			candidates[n.figure] = n
		}
		from := strings.ToLower(origin(r.Source))
		n.origins[from] = true
		n.newest = max(n.newest, first[copied{figure(c.Count), from}])
		if c.Scope != nil && *c.Scope == fact.ScopeTotal {
			n.total = 1
		}
	}
	var chosen *candidate
	for _, n := range candidates {
		if chosen == nil || cmp.Or(cmp.Compare(n.newest, chosen.newest), cmp.Compare(len(n.origins), len(chosen.origins)),
			cmp.Compare(n.total, chosen.total), cmp.Compare(n.figure, chosen.figure)) > 0 {
			chosen = n
		}
	}
	if chosen == nil {
		return nil, "no exact total stated"
	}
	because := fmt.Sprintf("newest exact total, %d origins", len(chosen.origins))
	if len(chosen.origins) == 1 {
		because = "newest exact total, 1 origin"
	}
	since, said := chosen.newest, ""
	for _, r := range reports { // newest first: the first of a day is kept
		c := r.Fact.Casualty.Count
		day := first[copied{figure(c), strings.ToLower(origin(r.Source))}]
		if words := inexact(c); words != "" && day > since && contradicts(c, chosen.figure) {
			since, said = day, words
		}
	}
	if said != "" {
		because += "; a newer report says " + said
	}
	return &chosen.figure, because
}

// contradicts reports whether a number lies outside a count's bounds.
func contradicts(c fact.Count, n int64) bool {
	return c.Modifier != fact.About && (c.Min != nil && n < *c.Min || c.Max != nil && n > *c.Max)
}

// inexact says a count that gives no exact number but bounds; empty for others.
func inexact(c fact.Count) string {
	low, high := limits(c)
	switch {
	case low == nil:
		return ""
	case c.Modifier == fact.AtLeast:
		return "at least " + Grouped(*low)
	case c.Modifier == fact.AtMost:
		return "at most " + Grouped(*high)
	case c.Modifier == fact.Range:
		return Grouped(*low) + " to " + Grouped(*high)
	}
	return ""
}
