package mcp

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
	"factbox/shared/store"
	"factbox/shared/summary"
	"factbox/shared/token"
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

// passed are words that say nothing of what is looked for.
//
//go:embed passed.txt
var passed string

// Limits of a search: documents and stories found, words looked for, and the newest stories that are looked through.
const (
	maxHits       = 10
	maxStories    = 3
	maxWords      = 8
	maxQuery      = 200 // bytes of words: as many characters as /v1/headlines takes
	newestStories = 100
)

// search finds, among the newest stories, those with the words in their titles and bullets, and documents by the words of their headlines: those with
// all or, where there are none, with some; where there are still none, those of the first story.
func search(ctx context.Context, reads api.Reader, query url.Values) (*sdk.CallToolResult, error) {
	var words []string
	given := wordsOf(query.Get("query"))
	idle := strings.Fields(passed)
	telling := slices.DeleteFunc(slices.Clone(given), func(w string) bool { return slices.Contains(idle, w) })
	for _, w := range telling {
		if len(words) < maxWords && len(strings.Join(words, " "))+len(w) < maxQuery {
			words = append(words, w)
		}
	}
	switch {
	case len(given) > 0 && len(telling) == 0:
		return plain(found{Results: []hit{}})
	case len(words) == 0:
		return failed(errors.New("query: has no word: give some letters or digits")), nil
	}
	newest, _, err := read[api.List[store.StoryLine]](ctx, reads, "/v1/stories", url.Values{"limit": {strconv.Itoa(newestStories)}})
	if err != nil {
		return nil, err
	}
	stories := ranked(newest.Items, words, maxStories, 0.5, func(l store.StoryLine) string { return l.Title + ". " + strings.Join(l.Bullets, ". ") })
	documents, err := headlinesWith(ctx, reads, "q", strings.Join(words, " "))
	if err == nil && len(documents) == 0 && len(words) > 1 {
		documents, err = headlinesWithSome(ctx, reads, words)
	}
	if err == nil && len(documents) == 0 && len(stories) > 0 {
		documents, err = headlinesWith(ctx, reads, "story", stories[0].Story)
	}
	if err != nil {
		return nil, err
	}
	out := found{Results: []hit{}}
	for _, l := range stories {
		out.Results = append(out.Results, hit{storyPrefix + l.Story, fmt.Sprintf("%s (story, documents: %d)", cmp.Or(l.Title, l.Story), l.Documents), storyAddress(ctx, l.Story)})
	}
	for _, h := range documents {
		out.Results = append(out.Results, hit{h.Document, h.Headline, address(h.Source, siteOf(ctx))})
	}
	return plain(out)
}

// wordsOf takes the words of a text, folded as the store folds those of headlines, each once.
func wordsOf(text string) []string {
	var words []string
	for _, t := range token.Read(text).Tokens {
		if t.Kind != token.Mark && !strings.HasPrefix(t.Fold, "'") && !slices.Contains(words, t.Fold) {
			words = append(words, t.Fold)
		}
	}
	return words
}

// ranked gives the items whose texts have the most of the words, the first that many. A word counts for less the more items have it, so that a word
// of every sentence counts for little. Items with none of them are left out, and those that score less than a share of what the best does.
func ranked[T any](items []T, words []string, most int, share float64, text func(T) string) []T {
	has := make([][]string, len(items))
	with := map[string]float64{}
	for i, item := range items {
		all := wordsOf(text(item))
		for _, w := range words {
			if slices.Contains(all, w) {
				has[i] = append(has[i], w)
				with[w]++
			}
		}
	}
	type scored struct {
		item  T
		score float64
	}
	var list []scored
	for i, item := range items {
		var score float64
		for _, w := range has[i] {
			score += 1 / with[w]
		}
		list = append(list, scored{item, score})
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var best []T
	for _, s := range list[:min(len(list), most)] {
		if s.score > 0 && s.score >= share*list[0].score {
			best = append(best, s.item)
		}
	}
	return best
}

func headlinesWith(ctx context.Context, reads api.Reader, parameter, value string) ([]summary.Headline, error) {
	l, _, err := read[api.List[summary.Headline]](ctx, reads, "/v1/headlines", url.Values{parameter: {value}, "limit": {strconv.Itoa(maxHits)}})
	return l.Items, err
}

// headlinesWithSome finds documents with the most of the words.
func headlinesWithSome(ctx context.Context, reads api.Reader, words []string) ([]summary.Headline, error) {
	var documents []summary.Headline
	known := map[string]bool{}
	for _, w := range words {
		with, err := headlinesWith(ctx, reads, "q", w)
		if err != nil {
			return nil, err
		}
		for _, h := range with {
			if !known[h.Document] {
				known[h.Document] = true
				documents = append(documents, h)
			}
		}
	}
	return ranked(documents, words, maxHits, 0, func(h summary.Headline) string { return h.Headline }), nil
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
