package api

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/store"
	"factbox/shared/summary"
)

type factQuery struct {
	Filtered
	Kind   string `query:"kind" enum:"casualty,date,pledge" doc:"Only facts of this kind."`
	Review string `query:"review" enum:"extracted,accepted,corrected,rejected,orphaned" doc:"Only facts with this review. Rejected ones, and orphaned ones (corrections whose words a new version no longer has), are listed only so."`
	Paging
	Formatted
}

type factPath struct {
	ID   string `path:"id" example:"3f1c8a90d2b7465e8f10" doc:"The fact's id."`
	AsOf string `query:"as_of" example:"2025-05-05" doc:"The fact as it was recorded by then: an RFC 3339 time, or a date, which means its end (UTC)."`
	Formatted
}

// FactAnswer is one fact with the document that states it.
type FactAnswer struct {
	Fact   fact.Fact   `json:"fact" doc:"The fact."`
	Source fact.Source `json:"source" doc:"The document that states it."`
}

func registerFacts(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/facts", OperationID: "listFacts", Summary: "Facts, one by one",
		Description: "The facts, as extracted or as somebody corrected them, a flat object each, with the bytes of the document that state it.",
		Tags:        []string{"facts"},
	}, allFormats, s.facts)
	read(s, huma.Operation{
		Path: "/v1/facts/{id}", OperationID: "getFact", Summary: "One fact",
		Description: "A fact with the document that states it, also one that was rejected; with as_of, its revision at that time.",
		Tags:        []string{"facts"},
	}, allFormats, s.fact)
	registerHistory(s)
}

func (s *surface) facts(ctx context.Context, in *factQuery) (*answer[List[fact.Fact]], error) {
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return nil, err
	}
	filter.Kind, filter.Review = fact.Kind(in.Kind), fact.Review(in.Review)
	return list(ctx, in.Paging, factForm, nil, func(p store.Page) (store.List[fact.Fact], error) {
		return s.deps.Store.Facts(ctx, filter, p)
	})
}

func (s *surface) fact(ctx context.Context, in *factPath) (*answer[FactAnswer], error) {
	at, err := asOf(in.AsOf, s.deps.Now())
	if err != nil {
		return nil, err
	}
	if !plainIdentifier(in.ID) {
		return nil, fact.Errorf(fact.NotFound, "there is no fact %q", clip(in.ID))
	}
	f, source, err := s.deps.Store.Fact(ctx, in.ID, at)
	if err != nil {
		return nil, err
	}
	return &answer[FactAnswer]{Body: FactAnswer{f, source}}, nil
}

func (a FactAnswer) csv(w io.Writer) error {
	return writeCSV(w, factForm.header, factForm.rows(a.Fact, sourcesOf([]fact.Source{a.Source})))
}

func (a FactAnswer) ndjson(w io.Writer) error { return writeLine(w, a.Fact, []fact.Source{a.Source}) }

func (a FactAnswer) text(w io.Writer) error {
	_, err := io.WriteString(w, plainLine(factLine(a.Fact, sourcesOf([]fact.Source{a.Source})))+"\n")
	return err
}

var factForm = &form[fact.Fact]{
	header: []string{"id", "kind", "document", "headline", "publisher", "published", "url", "story",
		"effect", "min", "max", "modifier", "count", "victims", "scope",
		"event", "date", "place", "expression", "timex_type", "timex_value", "role", "participants",
		"donor", "recipient", "types", "category", "status", "condition", "amount", "currency", "quantity", "unit",
		"speaker", "stance", "paragraph", "start", "end", "quote", "review", "revision", "recorded_at", "extractor"},
	rows:  func(f fact.Fact, from sources) [][]string { return [][]string{factRow(f, from)} },
	lines: func(f fact.Fact, from sources) []string { return []string{factLine(f, from)} },
	cited: func(f fact.Fact) []string { return []string{f.Document} },
	none:  "No facts.",
}

func factRow(f fact.Fact, from sources) []string {
	s := from[f.Document]
	row := []string{f.ID, string(f.Kind), f.Document, s.Headline, s.Publisher, string(s.Published), s.URL, f.Story}
	casualty, when, date, pledge := make([]string, 7), make([]string, 3), make([]string, 5), make([]string, 10)
	switch {
	case f.Casualty != nil:
		casualty = append([]string{string(f.Casualty.Effect)}, casualtyCells(f)...)
		when = []string{f.Casualty.Event, cell(f.Casualty.Date), cell(f.Casualty.Place)}
	case f.Date != nil:
		when = []string{f.Date.Event, cell(f.Date.Date), ""}
		date = []string{f.Date.Expression, string(f.Date.Timex.Type), f.Date.Timex.Value, string(f.Date.Role), joined(f.Date.Participants)}
	case f.Pledge != nil:
		p := f.Pledge
		when = []string{"", cell(p.Date), cell(p.Place)}
		pledge = append([]string{p.Donor, cell(p.Recipient), joined(p.Types), string(p.Category), string(p.Status), cell(p.Condition)},
			amounts(p.Amount, p.Quantity)...)
	}
	for _, cells := range [][]string{casualty, when, date, pledge} {
		row = append(row, cells...)
	}
	report := reportRow(f, from)
	row = append(row, report[len(report)-6:]...) // from the speaker on
	return append(row, string(f.Review), strconv.Itoa(f.Revision), f.RecordedAt, f.Extractor)
}

// factLine says a fact in one line, with who is said to have stated it and where it was read.
func factLine(f fact.Fact, from sources) string {
	var b strings.Builder
	switch {
	case f.Casualty != nil:
		c := f.Casualty
		b.WriteString(summary.Capital(plain(c.Effect)) + ": " + c.Count.Text)
		if c.Victims != "" {
			b.WriteString(" " + c.Victims)
		}
		if c.Event != "" {
			b.WriteString(", " + c.Event)
		}
		b.WriteString(bracketed(placeName(c.Place), cell(c.Date)))
	case f.Date != nil:
		day := cell(f.Date.Date)
		if day == "" {
			day = "Date not known (" + f.Date.Expression + ")"
		}
		b.WriteString(day + ": " + f.Date.Event + bracketed(names(f.Date.Participants)))
	case f.Pledge != nil:
		b.WriteString(place.Name(f.Pledge.Donor) + ": " + terms(*f.Pledge))
	}
	if f.Attribution != nil {
		b.WriteString("; " + plain(f.Attribution.Stance) + ": " + f.Attribution.Speaker)
	}
	if f.Review == fact.Corrected || !f.Review.Shown() {
		b.WriteString("; " + string(f.Review))
	}
	return b.String() + from.cite([]string{f.Document}) + "."
}
