package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
	"factbox/shared/fact"
	"factbox/shared/summary"
)

// Limits of a page: so many bytes of JSON, about a quarter as many tokens, so many of lines, and so many reports of an item.
const (
	maxPage    = 24 << 10
	maxText    = 6000
	maxReports = 3
)

// page is a page of a list, cut for a model.
type page[T any] struct {
	Items           []T           `json:"items"`
	NotStated       []fact.Effect `json:"not_stated,omitempty" jsonschema:"What was looked for and is stated by no document: say so, and give no number."`
	Sources         []source      `json:"sources" jsonschema:"The documents that the reports shown are of: cite these."`
	LatestPublished *fact.EDTF    `json:"latest_published" jsonschema:"When the newest document of the page appeared."`
	Next            *string       `json:"next" jsonschema:"null: these are all. Else call again with the same arguments and this as cursor."`
}

// source is a document to cite.
type source struct {
	Document  string    `json:"document"`
	Headline  string    `json:"headline"`
	Publisher string    `json:"publisher"`
	Origin    string    `json:"origin" jsonschema:"The agency whose copy it is; the publisher when it is its own."`
	Published fact.EDTF `json:"published"`
	URL       string    `json:"url" jsonschema:"Where the document stands or, where that is not known, this service's page of it."`
}

// report is a fact with what a citation of it needs.
type report struct {
	Fact     string      `json:"fact" jsonschema:"The fact's id."`
	Document string      `json:"document" jsonschema:"The document that states it; see sources."`
	Words    string      `json:"words,omitempty" jsonschema:"The number or the date in the document's words."`
	Quote    *string     `json:"quote,omitempty" jsonschema:"The words that state it, where they may be shown."`
	Speaker  string      `json:"speaker,omitempty" jsonschema:"Who is said to have stated it."`
	Stance   fact.Stance `json:"stance,omitempty" jsonschema:"What the speaker does with the statement: asserts, confirms, denies or disputes."`
	Review   fact.Review `json:"review" jsonschema:"extracted by rules, or accepted or corrected by an editor."`
}

// The groups of the API with their reports cut.
type (
	toll struct {
		summary.Toll
		Reports     []report `json:"reports"`
		MoreReports int      `json:"more_reports"`
	}
	occurrence struct {
		summary.Occurrence
		Reports     []report `json:"reports"`
		MoreReports int      `json:"more_reports"`
	}
	support struct {
		summary.Support
		Reports     []report `json:"reports"`
		MoreReports int      `json:"more_reports"`
	}
	donor struct {
		summary.Donor
		Support []support `json:"support"`
	}
)

func reportOf(f fact.Fact) report {
	r := report{Fact: f.ID, Document: f.Document, Quote: f.Evidence.Quote, Review: f.Review}
	switch {
	case f.Casualty != nil:
		r.Words = f.Casualty.Count.Text
	case f.Date != nil:
		r.Words = f.Date.Expression
	}
	if f.Attribution != nil {
		r.Speaker, r.Stance = f.Attribution.Speaker, f.Attribution.Stance
	}
	return r
}

// cut gives a few reports, in their order, and how many there are beside them: those that a group's figures rest on, given by their ids, the weightiest
// first, then the newest.
func cut(reports []fact.Fact, more int, needed ...string) ([]report, int) {
	shown := map[string]bool{}
	for _, id := range needed {
		if len(shown) < maxReports && slices.ContainsFunc(reports, func(f fact.Fact) bool { return f.ID == id }) {
			shown[id] = true
		}
	}
	for _, f := range reports {
		if len(shown) < maxReports {
			shown[f.ID] = true
		}
	}
	out := []report{}
	for _, f := range reports {
		if shown[f.ID] {
			out = append(out, reportOf(f))
		}
	}
	return out, more + len(reports) - len(out)
}

func tollOf(t summary.Toll) (toll, []report) {
	var needed []string
	for _, figure := range []*int64{t.Best, t.Low, t.High} {
		for _, f := range t.Reports {
			if c := f.Casualty.Count; figure != nil && (c.Min != nil && *c.Min == *figure || c.Max != nil && *c.Max == *figure) {
				needed = append(needed, f.ID)
				break
			}
		}
	}
	r, more := cut(t.Reports, t.MoreReports, needed...)
	return toll{t, r, more}, r
}

func occurrenceOf(o summary.Occurrence) (occurrence, []report) {
	r, more := cut(o.Reports, o.MoreReports)
	return occurrence{o, r, more}, r
}

func donorOf(d summary.Donor) (donor, []report) {
	out := donor{Donor: d, Support: []support{}}
	var all []report
	for _, s := range d.Support {
		r, more := cut(s.Reports, s.MoreReports, s.History[len(s.History)-1].Fact)
		out.Support = append(out.Support, support{s, r, more})
		all = append(all, r...)
	}
	return out, all
}

// headlineOf leaves the address to the source.
func headlineOf(h summary.Headline) (summary.Headline, []report) {
	h.URL = ""
	return h, []report{{Document: h.Document}}
}

// sourceOf cites a document, by its address where that is one of the web, else by the service's page of it.
func sourceOf(s fact.Source, site string) source {
	return source{s.Document, s.Headline, s.Publisher, s.Origin, s.Published, address(s, site)}
}

func address(s fact.Source, site string) string {
	if strings.HasPrefix(s.URL, "https://") || strings.HasPrefix(s.URL, "http://") {
		return s.URL
	}
	return site + "/v1/headlines/" + url.PathEscape(s.Document) + "?format=text"
}

// listing completes a tool that lists: items of the API are made items for a model, each with the reports that it shows.
func listing[In, Out any](t tool, of func(In) (Out, []report)) tool {
	t.output = schemaOf[page[Out]]
	t.call = func(ctx context.Context, reads api.Reader, query url.Values) (*sdk.CallToolResult, error) {
		for {
			in, text, err := read[struct {
				api.List[In]
				NotStated []fact.Effect `json:"not_stated"`
			}](ctx, reads, t.path, query)
			if err != nil {
				return nil, err
			}
			out := page[Out]{Items: []Out{}, NotStated: in.NotStated, Sources: []source{}, LatestPublished: in.LatestPublished, Next: in.Next}
			cited := map[string]bool{}
			for _, item := range in.Items {
				o, reports := of(item)
				out.Items = append(out.Items, o)
				for _, r := range reports {
					cited[r.Document] = true
				}
			}
			for _, s := range in.Sources {
				if cited[s.Document] {
					out.Sources = append(out.Sources, sourceOf(s, siteOf(ctx)))
				}
			}
			structured, err := json.Marshal(out)
			if err != nil {
				return nil, fmt.Errorf("writing the answer to GET %s: %w", t.path, err)
			}
			if len(structured) > maxPage && len(in.Items) > 1 {
				query.Set("limit", strconv.Itoa(len(in.Items)/2))
				continue
			}
			return answered(structured, shortened(text, maxText, "structuredContent has all of this page, and other arguments narrow it")+next(in.Next), out.Sources), nil
		}
	}
	return t
}

// next tells a model that reads the text alone how to go on.
func next(cursor *string) string {
	if cursor == nil {
		return ""
	}
	return "For the next page give the same arguments and cursor=" + *cursor + ". To see less, narrow by story, country, from and to.\n"
}

// answered makes a result of data, text and links to the sources.
func answered(structured json.RawMessage, text string, sources []source) *sdk.CallToolResult {
	content := []sdk.Content{&sdk.TextContent{Text: strings.TrimSuffix(text, "\n")}}
	for _, s := range sources {
		if strings.HasPrefix(s.URL, "/") {
			continue // the service's own page, of which the address is not known
		}
		content = append(content, &sdk.ResourceLink{URI: s.URL, Name: s.Document, Title: s.Headline, Description: s.Publisher + ", " + string(s.Published)})
	}
	return &sdk.CallToolResult{Content: content, StructuredContent: structured}
}
