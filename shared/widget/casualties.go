package widget

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// figure is a number of people: our wording of the number, or the document's words where there is no number.
type figure struct{ Text, Said string }

// count says a count: "about 1,200", "12 to 15"; a vague one in the document's own words.
func (w *writer) count(c fact.Count) figure {
	number := func(n *int64) string {
		if n == nil {
			return "?"
		}
		return w.L.Number(*n)
	}
	switch {
	case c.Min == nil && c.Max == nil:
		return figure{Said: clean(c.Text, maxName)}
	case c.Modifier == fact.AtLeast && c.Min != nil:
		return figure{Text: w.L.Text("count.at_least", "n", number(c.Min))}
	case c.Modifier == fact.AtMost && c.Max != nil:
		return figure{Text: w.L.Text("count.at_most", "n", number(c.Max))}
	case c.Modifier == fact.About && c.Min != nil:
		return figure{Text: w.L.Text("count.about", "n", number(c.Min))}
	case c.Modifier == fact.Exact && c.Min != nil:
		return figure{Text: number(c.Min)}
	}
	return figure{Text: w.L.Text("count.range", "a", number(c.Min), "b", number(c.Max))}
}

// maxStatements is how many different statements of one fact are told side by side. The reports of others are counted and linked.
const maxStatements = 6

// statement is what one or more reports say alike.
type statement struct {
	Figure  *figure
	Victims string // in the document's words
	Scope   string
	Status  *status
	Quote   string // the document's words, where its rights allow them
	Cited   cited
}

// statements gathers reports that say the same, in their order. read fills in what they say; list is where all reports are.
func (w *writer) statements(reports []fact.Fact, left int, list string, read func(fact.Fact, *statement)) ([]statement, *more) {
	var found []statement
	var sets [][]fact.Fact
	var keys []string
	for _, f := range reports {
		s := statement{}
		read(f, &s)
		key := s.key()
		i := slices.Index(keys, key)
		switch {
		case i >= 0:
			found[i].Quote = cmp.Or(found[i].Quote, s.Quote)
			sets[i] = append(sets[i], f)
		case len(found) < maxStatements:
			found, keys, sets = append(found, s), append(keys, key), append(sets, []fact.Fact{f})
		default:
			left++
		}
	}
	if len(found) == 1 {
		found[0].Cited = w.cites(sets[0], left, list)
		return found, nil
	}
	for i := range found {
		found[i].Cited = w.cites(sets[i], 0, list)
	}
	return found, w.more(left, list)
}

// key is equal for statements that read alike.
func (s statement) key() string {
	key := []string{s.Victims, s.Scope}
	if s.Figure != nil {
		key = append(key, s.Figure.Text, s.Figure.Said)
	}
	if s.Status != nil {
		key = append(key, s.Status.Label)
	}
	return strings.Join(key, "\x00")
}

// Words reports whether there is anything to say beside the sources.
func (s statement) Words() bool {
	return s.Figure != nil || s.Victims != "" || s.Scope != "" || s.Status != nil
}

// tollTable shows tolls.
type tollTable struct {
	Rows      []tollRow
	NotStated []string // effects that were looked for and that no document states
	More      *more
}

// tollRow shows one toll.
type tollRow struct {
	Effect     string
	Victims    string   // where every report counts the same people
	Scope      string   // where that is not the total
	Figures    []figure // one, or up to two where no exact total is stated
	Range      string   // the least and the greatest number reported, where they differ
	Event      string
	Place      string
	Date       *when
	Because    string // by what rule the best figure was chosen
	Disputes   []dispute
	Statements []statement
	More       *more
	Cited      cited // all that state a figure
}

// dispute shows that somebody denies or disputes a figure.
type dispute struct {
	Count string // in the document's words
	By    phrase
	Cited cited
}

func (w *writer) tollTable(story summary.Story, rows int, elsewhere string) *tollTable {
	tolls, left := heaviest(story.Casualties, rows, func(t summary.Toll) int { return len(t.Reports) + t.MoreReports })
	t := &tollTable{More: w.more(left+story.Omitted[fact.KindCasualty], elsewhere)}
	for _, toll := range tolls {
		t.Rows = append(t.Rows, w.tollRow(toll))
	}
	for _, e := range story.NotStated {
		t.NotStated = append(t.NotStated, w.effect(e))
	}
	return t
}

func (w *writer) effect(e fact.Effect) string { return term(w, "effect.", e, fact.Effects) }

func (w *writer) tollRow(t summary.Toll) tollRow {
	row := tollRow{
		Effect: w.effect(t.Effect), Event: clean(t.Event, maxEvent), Place: w.place(t.Place), Because: clean(w.L.Because(t.BestBecause), maxClause),
	}
	if t.Date != nil {
		d := w.when(*t.Date)
		row.Date = &d
	}
	list := w.list("casualties")
	var stated, parts []fact.Fact
	byID := make(map[string]fact.Fact)
	for _, f := range t.Reports {
		byID[f.ID] = f
		switch scope := f.Casualty.Scope; {
		case denied(f):
		case scope != nil && *scope == fact.ScopePart:
			parts = append(parts, f)
		default:
			stated = append(stated, f)
		}
	}
	stated = append(stated, parts...)
	row.Figures = w.figures(t.Best, stated)
	disputes := t.Disputes[:min(len(t.Disputes), maxStatements)]
	row.Statements, row.More = w.statements(stated, t.MoreReports+len(t.Disputes)-len(disputes), list, func(f fact.Fact, s *statement) {
		c := f.Casualty
		if one := w.count(c.Count); one != (figure{}) {
			s.Figure = &one
		}
		s.Victims = clean(c.Victims, maxName)
		if f.Evidence.Quote != nil {
			s.Quote = clean(*f.Evidence.Quote, maxClause)
		}
		if c.Scope != nil && *c.Scope != "" {
			s.Scope = term(w, "scope.", *c.Scope, []fact.Scope{fact.ScopeTotal, fact.ScopePart, fact.ScopeIncrement})
		}
	})
	if len(row.Statements) > 1 && t.Low != nil && t.High != nil && *t.Low != *t.High {
		row.Range = w.L.Text("reports.range", "a", w.L.Number(*t.Low), "b", w.L.Number(*t.High))
	}
	if s := row.Statements; len(s) == 1 && s[0].Figure != nil && len(row.Figures) == 1 && *s[0].Figure == row.Figures[0] {
		// it need not be said twice, nor that the only figure is the total
		row.Victims, row.Scope, s[0].Victims, s[0].Scope, s[0].Figure = s[0].Victims, s[0].Scope, "", "", nil
		if row.Scope == w.L.Text("scope.total") {
			row.Scope = ""
		}
	}
	row.Cited = w.cites(stated, t.MoreReports, list)
	for _, d := range disputes {
		shown := dispute{Count: clean(d.Count, maxName), By: w.speaker(fact.Attribution{Speaker: d.Speaker, Stance: d.Stance})}
		if f, ok := byID[d.Fact]; ok {
			f.Attribution = nil // By says it
			shown.Cited = w.cites([]fact.Fact{f}, 0, list)
		} else {
			shown.Cited.More = &more{w.L.Text("sources"), w.site + "/v1/facts/" + url.PathEscape(d.Fact)}
		}
		row.Disputes = append(row.Disputes, shown)
	}
	return row
}

// figures says a toll: its best figure, else what the first reports say instead.
func (w *writer) figures(best *int64, reports []fact.Fact) []figure {
	if best != nil {
		return []figure{{Text: w.L.Number(*best)}}
	}
	var said []figure
	for _, f := range reports {
		if one := w.count(f.Casualty.Count); one != (figure{}) && len(said) < 2 && !slices.Contains(said, one) {
			said = append(said, one)
		}
	}
	return said
}

// term is the label of a value that a vocabulary lists, or the value itself where it does not.
func term[T ~string](w *writer, vocabulary string, value T, known []T) string {
	if slices.Contains(known, value) {
		return w.L.Text(vocabulary + string(value))
	}
	return cmp.Or(clean(string(value), maxName), w.L.Text("unknown"))
}

// heaviest keeps the n groups with the most weight, in the order in which they stand, and counts the others.
func heaviest[T any](groups []T, n int, weight func(T) int) (kept []T, left int) {
	if len(groups) <= n {
		return groups, 0
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return weight(groups[b]) - weight(groups[a]) })
	slices.Sort(order[:n])
	for _, i := range order[:n] {
		kept = append(kept, groups[i])
	}
	return kept, len(groups) - n
}
