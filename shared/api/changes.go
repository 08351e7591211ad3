package api

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/store"
)

type changeQuery struct {
	Since int64 `query:"since" default:"0" minimum:"0" maximum:"999999999999" doc:"The number of the last change that you know: the answer begins behind it. 0 is the beginning; /v1/health has the number of the last."`
	Limit int   `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"The most changes of a page."`
	Formatted
}

// ChangeList is a page of the feed of changes.
type ChangeList struct {
	Items []store.Change `json:"items" doc:"The changes, oldest first: each document version, withdrawal and review once, without a gap."`
	Next  int64          `json:"next" doc:"What to give as since for what comes after this page. When nothing is new it is the since of the request. The feed has no end."`
	More  bool           `json:"more" doc:"Whether there are more already."`
}

type changesAnswer struct {
	Link         string `header:"Link" doc:"The address of the next page, rel=next, where there is one already."`
	CacheControl string `header:"Cache-Control"`
	Body         ChangeList
}

func registerChanges(s *surface) {
	register(s, huma.Operation{
		Method: http.MethodGet, Path: "/v1/changes", OperationID: "listChanges", Summary: "What changed, in order",
		Description: "Every document version, withdrawal, move to another story and review since a change that you know, oldest first and without a gap. Ask again with the next of the answer, however much later: you miss nothing and see nothing twice.",
		Tags:        []string{"service"},
	}, operation{formats: allFormats}, s.changes)
}

func (s *surface) changes(ctx context.Context, in *changeQuery) (*changesAnswer, error) {
	l, err := s.deps.Store.Changes(ctx, in.Since, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &changesAnswer{Body: ChangeList(l)}
	if !l.More { // who comes back asks for this very page, and it may have grown
		out.CacheControl = cacheRevalidate
		return out, nil
	}
	query := requestOf(ctx).query
	next := make([]string, 0, 3)
	for _, name := range []string{"format", "limit"} {
		if query.Has(name) {
			next = append(next, name+"="+query.Get(name))
		}
	}
	out.Link = "<?" + strings.Join(append(next, "since="+strconv.FormatInt(l.Next, 10)), "&") + `>; rel="next"`
	return out, nil
}

func (l ChangeList) csv(w io.Writer) error {
	var rows [][]string
	for _, c := range l.Items {
		rows = append(rows, []string{strconv.FormatInt(c.Seq, 10), c.RecordedAt, c.Action, c.Document, strconv.Itoa(c.Revision), c.Version, c.Story,
			cell(c.MovedFrom), cell(c.Fact), cell(c.Review)})
	}
	return writeCSV(w, []string{"seq", "recorded_at", "action", "document", "revision", "version", "story", "moved_from", "fact", "review"}, rows)
}

func (l ChangeList) ndjson(w io.Writer) error {
	for _, c := range l.Items {
		if err := formatJSON.marshal(w, c); err != nil {
			return err
		}
	}
	return nil
}

func (l ChangeList) text(w io.Writer) error {
	var b strings.Builder
	for _, c := range l.Items {
		b.WriteString(plainLine(changeLine(c)) + "\n")
	}
	switch {
	case l.More:
		b.WriteString("There is more: see the next page.\n")
	case len(l.Items) == 0:
		b.WriteString("Nothing new.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// changeLine says "17, 2025-05-05T09:00:00Z: daily-2025-05-04, of story river-flood-2025, has a new version".
func changeLine(c store.Change) string {
	what := "was put"
	switch {
	case c.Action == "purge":
		return strconv.FormatInt(c.Seq, 10) + ", " + c.RecordedAt + ": " + c.Document + " was purged"
	case c.Action == "withdraw":
		what = "was withdrawn"
	case c.Fact != nil:
		what = "had its fact " + *c.Fact + " " + cell(c.Review)
	case c.Revision > 1:
		what = "has a new version"
	}
	if c.MovedFrom != nil {
		what += ", moved from story " + *c.MovedFrom
	}
	return strconv.FormatInt(c.Seq, 10) + ", " + c.RecordedAt + ": " + c.Document + ", of story " + c.Story + ", " + what
}
