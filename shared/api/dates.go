package api

import (
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

type dateQuery struct {
	Filtered
	Paging
	Formatted
}

func registerDates(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/dates", OperationID: "listDates", Summary: "What happened, and when",
		Description: "Dates and intervals (EDTF) with what happened or is to happen then, who took part, and every report with its evidence. The latest month comes first. A date matches from and to when it has a day in common with them.",
		Tags:        []string{"dates"},
	}, allFormats, s.dates)
}

func (s *surface) dates(ctx context.Context, in *dateQuery) (*answer[List[summary.Occurrence]], error) {
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return nil, err
	}
	return list(ctx, in.Paging, occurrenceForm, nil, func(p store.Page) (store.List[summary.Occurrence], error) {
		return s.deps.Store.Occurrences(ctx, filter, p)
	})
}

var occurrenceForm = &form[summary.Occurrence]{
	header: slices.Concat([]string{"story", "date", "event", "participants", "expression", "role"}, reportHeader),
	rows: func(o summary.Occurrence, from sources) [][]string {
		group := []string{o.Story, string(o.Date), o.Event, joined(o.Participants)}
		return groupRows(group, o.Reports, dateCells, from)
	},
	lines: func(o summary.Occurrence, from sources) []string {
		return []string{string(o.Date) + ": " + o.Event + bracketed(names(o.Participants)) + from.citeReports(o.Reports) + "."}
	},
	cited: func(o summary.Occurrence) []string { return documentsOf(o.Reports) },
	none:  "No dates stated.",
}

func dateCells(f fact.Fact) []string {
	if f.Date == nil {
		return []string{"", ""}
	}
	return []string{f.Date.Expression, string(f.Date.Role)}
}
