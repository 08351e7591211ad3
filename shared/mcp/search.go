package mcp

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// found is what search answers: the shape that ChatGPT's connectors and deep research ask for.
type found struct {
	Results []hit `json:"results"`
}

type hit struct {
	ID    string `json:"id" jsonschema:"For fetch."`
	Title string `json:"title"`
	URL   string `json:"url" jsonschema:"For citing."`
}

// fetched is what fetch answers, of the same origin.
type fetched struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Text     string   `json:"text" jsonschema:"What it states, a line a fact, each with its source."`
	URL      string   `json:"url" jsonschema:"For citing."`
	Metadata metadata `json:"metadata"`
}

type metadata struct {
	Kind      string `json:"kind" jsonschema:"document or story."`
	Published string `json:"published" jsonschema:"When it, or a story's newest document, appeared."`
	Publisher string `json:"publisher,omitempty"`
	Origin    string `json:"origin,omitempty"`
	Story     string `json:"story"`
}

// storyPrefix marks the id of a story among those of documents, in which no colon can be.
const storyPrefix = "story:"

// Limits of a search: documents found, words looked for one by one, and stories named.
const (
	maxHits    = 10
	maxWords   = 8
	maxStories = 3
)

// search finds documents by the words of their headlines: those with all the words or, where there are none, with the most and the rarest. First come
// the stories that they are of.
func search(ctx context.Context, reads api.Reader, query url.Values) (*sdk.CallToolResult, error) {
	words := wordsOf(query.Get("query"))
	if len(words) == 0 {
		return failed(fmt.Errorf("query: has no word: give letters or digits")), nil
	}
	documents, err := headlinesWith(ctx, reads, strings.Join(words, " "))
	if err == nil && len(documents) == 0 && len(words) > 1 {
		documents, err = headlinesWithSome(ctx, reads, words)
	}
	if err != nil {
		return nil, err
	}
	out := found{Results: []hit{}}
	for _, id := range storiesOf(documents) {
		l, _, err := read[api.List[store.StoryLine]](ctx, reads, "/v1/stories", url.Values{"story": {id}})
		if err != nil {
			return nil, err
		}
		for _, s := range l.Items {
			out.Results = append(out.Results, hit{storyPrefix + s.Story, fmt.Sprintf("%s (story, %d documents)", cmp.Or(s.Title, s.Story), s.Documents), storyAddress(ctx, s.Story)})
		}
	}
	for _, h := range documents {
		out.Results = append(out.Results, hit{h.Document, h.Headline, address(h.Source, siteOf(ctx))})
	}
	return plain(out)
}

// wordsOf takes the words of a query, each once.
func wordsOf(query string) []string {
	var words []string
	for _, w := range strings.FieldsFunc(query, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) }) {
		if w = strings.ToLower(w); !slices.Contains(words, w) && len(words) < maxWords {
			words = append(words, w)
		}
	}
	return words
}

func headlinesWith(ctx context.Context, reads api.Reader, words string) ([]summary.Headline, error) {
	l, _, err := read[api.List[summary.Headline]](ctx, reads, "/v1/headlines", url.Values{"q": {words}, "limit": {strconv.Itoa(maxHits)}})
	return l.Items, err
}

// headlinesWithSome finds documents with some of the words. A word counts for less the more documents have it.
func headlinesWithSome(ctx context.Context, reads api.Reader, words []string) ([]summary.Headline, error) {
	var documents []summary.Headline
	weight := map[string]float64{}
	for _, w := range words {
		with, err := headlinesWith(ctx, reads, w)
		if err != nil {
			return nil, err
		}
		for _, h := range with {
			if weight[h.Document] == 0 {
				documents = append(documents, h)
			}
			weight[h.Document] += 1 / float64(len(with))
		}
	}
	slices.SortStableFunc(documents, func(a, b summary.Headline) int {
		return cmp.Or(cmp.Compare(weight[b.Document], weight[a.Document]), cmp.Compare(b.Published, a.Published))
	})
	return documents[:min(len(documents), maxHits)], nil
}

// storiesOf lists the stories of documents, each once.
func storiesOf(documents []summary.Headline) []string {
	var ids []string
	for _, h := range documents {
		if h.Story != "" && !slices.Contains(ids, h.Story) && len(ids) < maxStories {
			ids = append(ids, h.Story)
		}
	}
	return ids
}

func storyAddress(ctx context.Context, story string) string {
	return siteOf(ctx) + "/embed/" + url.PathEscape(story)
}

// maxFetched is how many bytes of lines fetch gives, and narrower says where the rest is.
const (
	maxFetched = 20000
	narrower   = "casualties, dates and pledges_by_country have them"
)

// fetch gives what a document states, or what the documents of a story state together.
func fetch(ctx context.Context, reads api.Reader, query url.Values) (*sdk.CallToolResult, error) {
	id := query.Get("id")
	if story, ok := strings.CutPrefix(id, storyPrefix); ok {
		s, text, err := read[summary.Story](ctx, reads, "/v1/stories/"+story, nil)
		if err != nil {
			return nil, wrongID(err, id)
		}
		return plain(fetched{id, cmp.Or(s.Title, s.Story), shortened(text, maxFetched, narrower), storyAddress(ctx, story),
			metadata{Kind: "story", Published: string(s.LatestPublished), Story: s.Story}})
	}
	h, text, err := read[api.HeadlinePage](ctx, reads, "/v1/headlines/"+id, nil)
	if err != nil {
		return nil, wrongID(err, id)
	}
	return plain(fetched{id, h.Headline.Headline, shortened(text, maxFetched, narrower), address(h.Source, siteOf(ctx)),
		metadata{"document", string(h.Published), h.Publisher, h.Origin, h.Story}})
}

// wrongID says where ids are from, beside what the API says of one that it does not know.
func wrongID(err error, id string) error {
	if !missing(err) {
		return err
	}
	return &api.Problem{Status: 404, Detail: "id: there is nothing with the id " + strconv.Quote(brief(id)) + "; search gives the ids that there are"}
}

// plain makes a result that says the same as data and as one text.
func plain(v any) (*sdk.CallToolResult, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("writing a result: %w", err)
	}
	return &sdk.CallToolResult{Content: []sdk.Content{&sdk.TextContent{Text: string(b)}}, StructuredContent: json.RawMessage(b)}, nil
}
