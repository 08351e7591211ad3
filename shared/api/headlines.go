package api

import (
	"context"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

type headlineQuery struct {
	Q string `query:"q" maxLength:"200" example:"flood" doc:"Only headlines with all of these words: whole words, without regard to case and accents."`
	Filtered
	Paging
	Formatted
}

type headlinePath struct {
	Document string `path:"document" example:"daily-2025-05-04" doc:"The document's id."`
	AsOf     string `query:"as_of" example:"2025-05-05" doc:"What was recorded by then: an RFC 3339 time, or a date, which means its end (UTC)."`
	Formatted
}

// HeadlinePage is a document's headline with the first page of its facts.
type HeadlinePage struct {
	summary.Headline
	Facts   []fact.Fact   `json:"facts" doc:"The first facts of the document."`
	Sources []fact.Source `json:"sources" doc:"The document, as a source of its facts."`
	Next    *string       `json:"next" doc:"The cursor for more of /v1/facts?document=…; null when these are all."`
}

// factsShown is how many facts an answer holds in which they are not the list that was asked for.
const factsShown = 50

func registerHeadlines(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/headlines", OperationID: "listHeadlines", Summary: "Headlines",
		Description: "Documents, the newest first, each with what it says in two to five lines and how many facts of each kind it states. From and to are days of publication.",
		Tags:        []string{"headlines"},
	}, allFormats, s.headlines)
	read(s, huma.Operation{
		Path: "/v1/headlines/{document}", OperationID: "getHeadline", Summary: "One headline with its facts",
		Description: "A document's headline, bullets and counts, and the first 50 of its facts.",
		Tags:        []string{"headlines"},
	}, allFormats, s.headline)
}

func (s *surface) headlines(ctx context.Context, in *headlineQuery) (*answer[List[summary.Headline]], error) {
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return nil, err
	}
	if in.Q != "" && !strings.ContainsFunc(in.Q, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return nil, invalid("query.q", "has no word: give letters or digits")
	}
	filter.Words = strings.Fields(in.Q)
	return list(ctx, in.Paging, headlineForm, nil, func(p store.Page) (store.List[summary.Headline], error) {
		return s.deps.Store.Headlines(ctx, filter, p)
	})
}

func (s *surface) headline(ctx context.Context, in *headlinePath) (*answer[HeadlinePage], error) {
	at, err := asOf(in.AsOf, s.deps.Now())
	if err != nil {
		return nil, err
	}
	if !plainIdentifier(in.Document) {
		return nil, fact.Errorf(fact.NotFound, "there is no document %q", clip(in.Document))
	}
	h, err := s.deps.Store.Headline(ctx, in.Document, at)
	if err != nil {
		return nil, err
	}
	facts, err := s.deps.Store.Facts(ctx, store.Filter{Document: in.Document, AsOf: at}, store.Page{Limit: factsShown})
	if err != nil {
		return nil, err
	}
	body := HeadlinePage{Headline: h, Facts: facts.Items, Sources: []fact.Source{h.Source}, Next: moreFacts(in.Document, in.AsOf, facts.Next)}
	if body.Facts == nil {
		body.Facts = []fact.Fact{}
	}
	return &answer[HeadlinePage]{Body: body}, nil
}

// moreFacts gives the cursor with which /v1/facts goes on in a document's facts; nil at their end.
func moreFacts(document, asOf, after string) *string {
	if after == "" {
		return nil
	}
	query := url.Values{"document": {document}}
	if asOf != "" {
		query.Set("as_of", asOf)
	}
	c := cursor("/v1/facts", query, position{After: after})
	return &c
}

func (h HeadlinePage) list() List[fact.Fact] {
	return List[fact.Fact]{Items: h.Facts, Sources: h.Sources, Next: h.Next, form: factForm}
}

func (h HeadlinePage) csv(w io.Writer) error    { return h.list().csv(w) }
func (h HeadlinePage) ndjson(w io.Writer) error { return h.list().ndjson(w) }

func (h HeadlinePage) text(w io.Writer) error {
	head := List[summary.Headline]{Items: []summary.Headline{h.Headline}, form: headlineForm}
	if err := head.text(w); err != nil {
		return err
	}
	return h.list().text(w)
}

var headlineForm = &form[summary.Headline]{
	header: []string{"document", "headline", "publisher", "origin", "published", "url", "story", "bullets", "casualties", "dates", "pledges"},
	rows: func(h summary.Headline, _ sources) [][]string {
		row := []string{h.Document, h.Headline, h.Publisher, h.Origin, string(h.Published), h.URL, h.Story, joined(h.Bullets)}
		return [][]string{append(row, countCells(h.Counts)...)}
	},
	lines: func(h summary.Headline, _ sources) []string {
		return withBullets(h.Headline+sourcesOf([]fact.Source{h.Source}).cite([]string{h.Document}), h.Bullets)
	},
	cited: func(h summary.Headline) []string { return []string{h.Document} },
	none:  "No headlines.",
}

// countCells is how many facts there are of each kind, in the order of fact.Kinds.
func countCells(counts map[fact.Kind]int) []string {
	var cells []string
	for _, k := range fact.Kinds {
		cells = append(cells, strconv.Itoa(counts[k]))
	}
	return cells
}

func withBullets(title string, bullets []string) []string {
	lines := []string{title}
	for _, b := range bullets {
		lines = append(lines, "- "+b)
	}
	return lines
}
