package api

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// CasualtyList is a page of tolls, and at the end of the list what none of its pages stated.
type CasualtyList struct {
	List[summary.Toll]
	NotStated []fact.Effect `json:"not_stated" nullable:"true" doc:"On the last page: the effects that were looked for and that no page of the list states. Null before it."`
}

type casualtyQuery struct {
	Filtered
	Effect string `query:"effect" enum:"killed,injured,missing,abducted,detained,displaced,evacuated,affected" doc:"Only this effect."`
	Paging
	Formatted
}

func registerCasualties(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/casualties", OperationID: "listCasualties", Summary: "Casualties, by event and effect",
		Description: "How many people were killed, injured, missing and so on: for each event and effect the lowest, the highest and the best figure, with the rule that chose it, and every report with its evidence. What is not stated is said to be so.",
		Tags:        []string{"casualties"},
	}, allFormats, s.casualties)
}

func (s *surface) casualties(ctx context.Context, in *casualtyQuery) (*answer[CasualtyList], error) {
	q := requestOf(ctx)
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return nil, err
	}
	at, err := q.position()
	if err != nil {
		return nil, err
	}
	l, err := fitting(in.Limit, at.After, func(p store.Page) (store.List[summary.Toll], error) {
		return s.deps.Store.Tolls(ctx, filter, p)
	})
	if err != nil {
		return nil, err
	}
	looked := summary.Looked
	if in.Effect != "" {
		looked = []fact.Effect{fact.Effect(in.Effect)}
		l.Items = keep(l.Items, func(t summary.Toll) bool { return string(t.Effect) == in.Effect })
	}
	for _, t := range l.Items {
		if slices.Contains(looked, t.Effect) && !slices.Contains(at.Seen, t.Effect) {
			at.Seen = append(at.Seen, t.Effect)
		}
	}
	out := &answer[CasualtyList]{Body: CasualtyList{List: newList(l, tollForm)}}
	if l.Next == "" {
		out.Body.NotStated = []fact.Effect{}
		for _, e := range looked {
			if !slices.Contains(at.Seen, e) {
				out.Body.NotStated = append(out.Body.NotStated, e)
			}
		}
	}
	out.Body.Next, out.Link = q.next(position{After: l.Next, Seen: at.Seen})
	return out, nil
}

var tollForm = &form[summary.Toll]{
	header: slices.Concat([]string{"story", "event", "place", "date", "effect", "low", "best", "high", "best_because", "words",
		"min", "max", "modifier", "count", "victims", "scope"}, reportHeader),
	rows: func(t summary.Toll, from sources) [][]string {
		group := []string{t.Story, t.Event, cell(t.Place), cell(t.Date), string(t.Effect), number(t.Low), number(t.Best),
			number(t.High), t.BestBecause, joined(t.Words)}
		return groupRows(group, t.Reports, casualtyCells, from)
	},
	lines: func(t summary.Toll, from sources) []string { return []string{tollLine(t, from)} },
	cited: func(t summary.Toll) []string { return documentsOf(t.Reports) },
	none:  "No casualties stated.",
}

func casualtyCells(f fact.Fact) []string {
	c := f.Casualty
	if c == nil {
		c = &fact.Casualty{}
	}
	return []string{number(c.Count.Min), number(c.Count.Max), string(c.Count.Modifier), c.Count.Text, c.Victims, cell(c.Scope)}
}

// tollLine says "Killed: 130, Paris attacks (France, 2015-11-13); newest exact total, 2 origins [Daily, …]."
func tollLine(t summary.Toll, from sources) string {
	var b strings.Builder
	b.WriteString(summary.Capital(plain(t.Effect)) + ": " + figure(t))
	if t.Event != "" {
		b.WriteString(", " + t.Event)
	}
	b.WriteString(bracketed(placeName(t.Place), cell(t.Date)))
	if t.BestBecause != "" {
		b.WriteString("; " + t.BestBecause)
	}
	for _, d := range t.Disputes {
		b.WriteString("; " + d.Speaker + " " + plain(d.Stance) + " a report")
		if d.Count != "" {
			b.WriteString(" of " + d.Count)
		}
	}
	return b.String() + from.citeReports(t.Reports) + "."
}

// figure says a toll's number: the best, else the range reported, else the words.
func figure(t summary.Toll) string {
	switch {
	case t.Best != nil && t.Low != nil && t.High != nil && *t.Low != *t.High:
		return number(t.Best) + " (reports from " + number(t.Low) + " to " + number(t.High) + ")"
	case t.Best != nil:
		return number(t.Best)
	case len(t.Words) > 0:
		return strings.Join(t.Words, "; ")
	case t.Low != nil && t.High != nil && *t.Low != *t.High:
		return "from " + number(t.Low) + " to " + number(t.High)
	case t.Low != nil:
		return "reported as " + number(t.Low)
	}
	return "no figure stated"
}

// unstated makes an item of an effect that was looked for in vain, for the formats that have items only.
func unstated(e fact.Effect) summary.Toll {
	return summary.Toll{Effect: e, BestBecause: "not stated", Words: []string{}, Disputes: []summary.Dispute{}, Reports: []fact.Fact{}}
}

func (c CasualtyList) whole() List[summary.Toll] {
	l := c.List
	l.Items = slices.Clone(l.Items)
	for _, e := range c.NotStated {
		l.Items = append(l.Items, unstated(e))
	}
	return l
}

func (c CasualtyList) csv(w io.Writer) error    { return c.whole().csv(w) }
func (c CasualtyList) ndjson(w io.Writer) error { return c.whole().ndjson(w) }

func (c CasualtyList) text(w io.Writer) error {
	if err := c.List.text(w); err != nil {
		return err
	}
	for _, e := range c.NotStated {
		if _, err := io.WriteString(w, summary.Capital(plain(e))+": not stated.\n"); err != nil {
			return err
		}
	}
	return nil
}
