package api

import (
	"context"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
)

type historyPath struct {
	ID string `path:"id" example:"3f1c8a90d2b7465e8f10" doc:"The fact's id."`
	Paging
	Formatted
}

func registerHistory(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/facts/{id}/history", OperationID: "getFactHistory", Summary: "Every revision of a fact",
		Description: "The revisions of a fact, the newest first, each with when it was recorded, who reviewed it and why, and when and by what it ceased to stand. It outlives the fact: a rejected one, and one whose document was withdrawn.",
		Tags:        []string{"facts"},
	}, allFormats, s.history)
}

func (s *surface) history(ctx context.Context, in *historyPath) (*answer[List[store.Revision]], error) {
	if !plainIdentifier(in.ID) {
		return nil, fact.Errorf(fact.NotFound, "there is no fact %q", clip(in.ID))
	}
	return list(ctx, in.Paging, revisionForm, nil, func(p store.Page) (store.List[store.Revision], error) {
		return s.deps.Store.History(ctx, in.ID, p)
	})
}

var revisionForm = &form[store.Revision]{
	header: append([]string{"author", "reason", "reviewed_at", "ended_at", "ended_by"}, factForm.header...),
	rows: func(r store.Revision, from sources) [][]string {
		return [][]string{append([]string{cell(r.Author), cell(r.Reason), cell(r.ReviewedAt), cell(r.EndedAt), cell(r.EndedBy)}, factRow(r.Fact, from)...)}
	},
	lines: func(r store.Revision, from sources) []string { return []string{revisionLine(r, from)} },
	cited: func(r store.Revision) []string { return []string{r.Fact.Document} },
	none:  "No revisions.",
}

// revisionLine says "2, corrected by Ana Souza, 2025-05-05T09:00:00Z (reason), until …: the fact".
func revisionLine(r store.Revision, from sources) string {
	said := strconv.Itoa(r.Revision) + ", " + string(r.Review)
	if r.Author != nil {
		said += " by " + *r.Author
	}
	said += ", " + r.RecordedAt
	if r.Reason != nil {
		said += " (" + *r.Reason + ")"
	}
	if r.EndedAt != nil {
		said += ", until " + *r.EndedAt
		switch cell(r.EndedBy) {
		case "withdraw":
			said += ", when the document was withdrawn"
		case "put":
			said += ", when the document had a new version"
		}
	}
	f := r.Fact
	f.Review = fact.Extracted // it stands before already
	return said + ": " + factLine(f, from)
}
