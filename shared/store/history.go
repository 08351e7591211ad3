package store

import (
	"context"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// note says who reviewed a fact, why and when.
type note struct {
	Author string `json:"author"`
	Reason string `json:"reason"`
	At     string `json:"at"`
}

func (v reviewed) note() note { return note{v.Author, v.Reason, v.At} }

// reviewedReport is the content of a fact's revision that somebody reviewed.
type reviewedReport struct {
	summary.Report
	Note note
}

// revision is a revision of a fact as its row has it.
type revision struct {
	report   summary.Report
	note     note // empty where nobody reviewed it
	closedAt string
	closedBy action
}

func revisionOf(r row) (revision, error) {
	var body reviewedReport
	err := unpack(r.Body, &body)
	return revision{body.Report, body.Note, r.ClosedAt, r.ClosedBy}, err
}

// newestRevision reads the newest revision of a fact. NotFound if there is none.
func (s *Store) newestRevision(ctx context.Context, id string, consistent bool) (revision, error) {
	newest, _, err := run[row](ctx, s, query{stretch: revisionsOf(s.tables, id), limit: 1, descending: true, consistent: consistent})
	if err != nil {
		return revision{}, err
	}
	if len(newest) == 0 {
		return revision{}, unknownFact(id)
	}
	return revisionOf(newest[0])
}

func revisionsOf(tables Tables, id string) stretch {
	return stretch{tables.Facts, factKey(id), revisionSort(0), "R#" + above}
}

func unknownFact(id string) error { return fact.Errorf(fact.NotFound, "There is no fact %q.", id) }

// Revision is a revision of a fact, with who made it, why, and when it ceased to stand.
type Revision struct {
	Revision   int         `json:"revision"` // 1, 2, …
	RecordedAt string      `json:"recorded_at"`
	Review     fact.Review `json:"review"`
	Author     *string     `json:"author"`      // who reviewed the fact; null where only the extractor speaks, which the fact names
	Reason     *string     `json:"reason"`      // and why
	ReviewedAt *string     `json:"reviewed_at"` // before RecordedAt where a new version of the document carried the review over
	EndedAt    *string     `json:"ended_at"`    // when it ceased to stand; null while it stands
	EndedBy    *string     `json:"ended_by"`    // put (of a version that says otherwise, or nothing), review or withdraw
	Fact       fact.Fact   `json:"fact"`
}

// History lists the revisions of a fact, the newest first. NotFound if there is no such fact. It outlives the fact.
func (s *Store) History(ctx context.Context, id string, p Page) (List[Revision], error) {
	l, err := s.history(ctx, id, p)
	return l, failed(err, "store.History(%q)", id)
}

func (s *Store) history(ctx context.Context, id string, p Page) (List[Revision], error) {
	rows, next, err := s.walk(ctx, walking{ways: []stretch{revisionsOf(s.tables, id)}}, p)
	if err != nil {
		return List[Revision]{}, err
	}
	if len(rows) == 0 && p.After == "" {
		return List[Revision]{}, unknownFact(id)
	}
	var items []Revision
	var sources []fact.Source
	for _, row := range rows {
		r, err := revisionOf(row)
		if err != nil {
			return List[Revision]{}, err
		}
		f := r.report.Fact
		items = append(items, Revision{f.Revision, f.RecordedAt, f.Review, orNull(r.note.Author), orNull(r.note.Reason), orNull(r.note.At),
			orNull(r.closedAt), orNull(string(r.closedBy)), f})
		sources = append(sources, r.report.Source)
	}
	return newList(items, sources, next), nil
}

// orNull gives nil for what is not there.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
