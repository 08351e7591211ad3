package api

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/extract"
	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/store"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

type storyQuery struct {
	Filtered
	Paging
	Formatted
}

type storyPath struct {
	Story  string `path:"story" example:"river-flood-2025" doc:"The story's id."`
	AsOf   string `query:"as_of" example:"2025-05-05" doc:"What was recorded by then: an RFC 3339 time, or a date, which means its end (UTC)."`
	Format string `query:"format" enum:"json,text,csv,ndjson,markdown,jsonld" doc:"The format of the answer; it goes before the Accept header."`
}

// StoryAnswer is a story's summary.
type StoryAnswer struct {
	summary.Story
	site string // for links
}

// HealthAnswer says how the service is.
type HealthAnswer struct {
	Status    string `json:"status" enum:"ok" doc:"Always ok: a service that is not answers with a problem." example:"ok"`
	Version   string `json:"version" doc:"The version of the program."`
	Extractor string `json:"extractor" doc:"The version of the rules that make facts of documents put now."`
	store.Health
}

func registerStories(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/stories", OperationID: "listStories", Summary: "Stories",
		Description: "Stories, the one with the newest document first, each with its bullets and counts. From and to are days of publication.",
		Tags:        []string{"stories"},
	}, allFormats, s.stories)
	read(s, huma.Operation{
		Path: "/v1/stories/{story}", OperationID: "getStory", Summary: "One story: its factbox",
		Description: "What the documents of a story say together: bullets, tolls, dates, support by donor, what was looked for and not found, and the sources. At most 64 KB of JSON: what does not fit is counted under omitted, and the lists have it. Markdown and JSON-LD (schema.org) are to be pasted.",
		Tags:        []string{"stories"},
	}, storyFormats, s.story)
	registerFacts(s)
	registerChanges(s)
	read(s, huma.Operation{
		Path: "/v1/health", OperationID: "getHealth", Summary: "Whether the service can answer",
		Description: "Asks the store, and says what it holds: the number of its last change, when the newest document was published and recorded, how many documents are not in every list yet, and, apart from the age of the content, when sources were last looked at.",
		Tags:        []string{"service"},
	}, jsonOnly, s.health).noStore = true
	read(s, huma.Operation{
		Path: "/openapi.json", OperationID: "getOpenAPI", Summary: "This document",
		Description: "The OpenAPI 3.1 document of every route, made from the code.",
		Tags:        []string{"service"},
	}, jsonOnly, s.openAPI)
}

func (s *surface) stories(ctx context.Context, in *storyQuery) (*answer[List[store.StoryLine]], error) {
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return nil, err
	}
	return list(ctx, in.Paging, storyForm, nil, func(p store.Page) (store.List[store.StoryLine], error) {
		return s.deps.Store.Stories(ctx, filter, p)
	})
}

func (s *surface) story(ctx context.Context, in *storyPath) (*answer[StoryAnswer], error) {
	at, err := asOf(in.AsOf, s.deps.Now())
	if err != nil {
		return nil, err
	}
	story, err := s.storyAt(ctx, in.Story, at)
	if err != nil {
		return nil, err
	}
	return &answer[StoryAnswer]{Body: StoryAnswer{story, requestOf(ctx).site}}, nil
}

// storyAt gives a story as it was told at a time; the zero time is now.
func (s *surface) storyAt(ctx context.Context, id string, at time.Time) (summary.Story, error) {
	if !plainIdentifier(id) {
		return summary.Story{}, fact.Errorf(fact.NotFound, "there is no story %q", clip(id))
	}
	return s.deps.Store.Story(ctx, id, at)
}

func (s *surface) health(ctx context.Context, _ *struct{}) (*answer[HealthAnswer], error) {
	h, err := s.deps.Store.Health(ctx)
	if err != nil {
		return nil, err
	}
	return &answer[HealthAnswer]{Body: HealthAnswer{"ok", s.deps.Version, extract.Version, h}}, nil
}

// openAPI gives the document of every route, also of those that other functions serve.
func (s *surface) openAPI(ctx context.Context, _ *struct{}) (*answer[json.RawMessage], error) {
	b, err := s.openapi()
	if err != nil {
		return nil, err
	}
	return &answer[json.RawMessage]{Body: withServer(b, requestOf(ctx).site)}, nil
}

// reports lists the facts that the story shows, each once.
func (a StoryAnswer) reports() List[fact.Fact] {
	l := List[fact.Fact]{Sources: a.Sources, form: factForm}
	seen := map[string]bool{}
	add := func(reports []fact.Fact) {
		for _, f := range reports {
			if !seen[f.ID] {
				seen[f.ID] = true
				l.Items = append(l.Items, f)
			}
		}
	}
	for _, t := range a.Casualties {
		add(t.Reports)
	}
	for _, o := range a.Dates {
		add(o.Reports)
	}
	for _, d := range a.Pledges {
		for _, p := range d.Support {
			add(p.Reports)
		}
	}
	return l
}

func (a StoryAnswer) csv(w io.Writer) error { return a.reports().csv(w) }

// ndjson is the whole story in its one line: a story has its sources already.
func (a StoryAnswer) ndjson(w io.Writer) error { return formatJSON.marshal(w, a) }

func (a StoryAnswer) text(w io.Writer) error {
	var b bytes.Buffer
	title := a.Title
	if title == "" {
		title = a.Story.Story
	}
	for _, line := range withBullets(title+span(a.Documents, a.FirstPublished, a.LatestPublished), a.Bullets) {
		b.WriteString(plainLine(line) + "\n")
	}
	tolls := CasualtyList{List[summary.Toll]{Items: a.Casualties, Sources: a.Sources, form: tollForm}, a.NotStated}
	dates := List[summary.Occurrence]{Items: a.Dates, Sources: a.Sources, form: occurrenceForm}
	donors := List[summary.Donor]{Items: a.Pledges, Sources: a.Sources, form: donorForm}
	for _, part := range []sheet{tolls, dates, donors} {
		if err := part.text(&b); err != nil {
			return err
		}
	}
	_, err := b.WriteTo(w)
	return err
}

func (a StoryAnswer) markdown(w io.Writer) error { return a.paste(w, widget.Markdown) }

func (a StoryAnswer) jsonld(w io.Writer) error { return a.paste(w, widget.JSONLD) }

// paste writes the story as package widget does, in the language that its labels were written in first.
func (a StoryAnswer) paste(w io.Writer, write func(summary.Story, widget.Options) ([]byte, error)) error {
	english, err := language.Get(language.Tags()[0])
	if err != nil {
		return err
	}
	b, err := write(a.Story, widget.Options{Language: english, Site: a.site})
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

var storyForm = &form[store.StoryLine]{
	header: []string{"story", "title", "documents", "first_published", "latest_published", "bullets", "casualties", "dates", "pledges"},
	rows: func(l store.StoryLine, _ sources) [][]string {
		row := []string{l.Story, l.Title, strconv.Itoa(l.Documents), string(l.FirstPublished), string(l.LatestPublished), joined(l.Bullets)}
		return [][]string{append(row, countCells(l.Counts)...)}
	},
	lines: func(l store.StoryLine, _ sources) []string {
		title := l.Title
		if title == "" {
			title = l.Story
		}
		return withBullets(title+span(l.Documents, l.FirstPublished, l.LatestPublished), l.Bullets)
	},
	cited: func(store.StoryLine) []string { return nil },
	none:  "No stories.",
}

// span says "(3 documents, 2025-05-04 to 2025-05-06)".
func span(documents int, first, latest fact.EDTF) string {
	count := strconv.Itoa(documents) + " documents"
	if documents == 1 {
		count = "1 document"
	}
	days := string(first)
	if first != latest {
		days += " to " + string(latest)
	}
	return bracketed(count, days)
}
