package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
)

// describe says what the API is, and how a fact is written.
func describe(o *huma.OpenAPI) {
	o.Info.Description = "Casualties, dates and pledges out of news documents, each figure with the bytes that state it. What the documents do not say is answered with \"not stated\"."
	o.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	o.Tags = []*huma.Tag{
		{Name: "answers", Description: "A plain question, answered by the facts that state it, or not at all."},
		{Name: "headlines", Description: "Documents by their headlines."},
		{Name: "casualties", Description: "How many people were killed, injured, missing and so on."},
		{Name: "dates", Description: "What happened when."},
		{Name: "pledges", Description: "Who gives or promises what to whom."},
		{Name: "stories", Description: "What the documents of a story say together."},
		{Name: "facts", Description: "What one document states, one thing at a time, and what people said of it. Where it runs on AWS, reviews are signed with IAM."},
		{Name: "documents", Description: "Putting and withdrawing documents. Where it runs on AWS, these are signed with IAM."},
		{Name: "widgets", Description: "What stands on other people's pages."},
		{Name: "service", Description: "The service itself."},
	}
	o.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[fact.Fact](), reflect.TypeFor[anyFact]())
}

// document is the OpenAPI document of the surface's routes.
func (s *surface) document() ([]byte, error) {
	o := s.huma.OpenAPI()
	annotate(o.Components.Schemas.Map())
	samples := samples()
	for _, r := range s.routes {
		op := s.documented(huma.Operation{Method: r.Method, Path: r.Path})
		if post := op.RequestBody; post != nil {
			describeBody(o, post, op.OperationID)
		}
		for status, res := range op.Responses {
			if len(status) == 3 && status < "300" {
				s.describeAnswer(r, op, res, samples[op.OperationID])
			}
		}
	}
	return json.Marshal(o)
}

// withServer says in a document where the service is, as far as that is known.
func withServer(document []byte, site string) []byte {
	if site == "" {
		return document
	}
	servers, _ := json.Marshal([]map[string]string{{"url": site}}) // strings: it cannot fail
	return slices.Concat([]byte(`{"servers":`), servers, []byte(","), document[1:])
}

// describeAnswer adds the formats that huma does not see, an example, and the answer to a condition.
func (s *surface) describeAnswer(r Route, op *huma.Operation, res *huma.Response, sample any) {
	content := res.Content[formatJSON.mediaType]
	if content == nil {
		return
	}
	if sample != nil {
		content.Example = sample
	}
	if r.Write {
		return
	}
	for _, f := range s.operations[r.Method+" "+r.Path].formats {
		if res.Content[f.mediaType] == nil {
			res.Content[f.mediaType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
		}
	}
	res.Headers["ETag"] = &huma.Param{Description: "A strong validator, for If-None-Match.", Schema: &huma.Schema{Type: "string"}}
	op.Responses["304"] = &huma.Response{Description: http.StatusText(http.StatusNotModified)}
}

// postedDocument shows the JSON form of a document that is put.
type postedDocument struct {
	Headline   string   `json:"headline,omitempty" doc:"The headline; needed with text that does not state it." example:"River floods three towns"`
	Publisher  string   `json:"publisher,omitempty" doc:"Who published it; needed where the page does not state it." example:"The Daily"`
	Published  string   `json:"published,omitempty" doc:"YYYY-MM-DD, YYYY-MM, YYYY or unknown; needed where the page does not state it." example:"2025-05-04"`
	Text       string   `json:"text,omitempty" doc:"The plain text, paragraphs separated by blank lines; else html." example:"Three people were killed on Sunday when the river burst its banks."`
	HTML       string   `json:"html,omitempty" doc:"The page; else text."`
	URL        string   `json:"url,omitempty" doc:"Where it stands." example:"https://daily.example/2025/05/04/flood"`
	Byline     []string `json:"byline,omitempty" doc:"Who wrote it." example:"[\"Ana Souza\"]"`
	Story      string   `json:"story,omitempty" doc:"The id of its story." example:"river-flood-2025"`
	StoryTitle string   `json:"story_title,omitempty" doc:"The story's title." example:"River flood 2025"`
	Origin     string   `json:"origin,omitempty" doc:"The agency whose copy it is; else the publisher."`
	Rights     string   `json:"rights,omitempty" enum:"none,phrase,full" doc:"No quotes, quotes of up to 12 words (the default), or all."`
	ID         string   `json:"id,omitempty" doc:"The document's id; else a hash of its URL, else of its bytes." example:"daily-2025-05-04"`
}

// jsonBodies show the bodies of operations that take nothing but JSON.
var jsonBodies = map[string]reflect.Type{"reviewFact": reflect.TypeFor[postedReview](), "moveDocument": reflect.TypeFor[postedMove]()}

func describeBody(o *huma.OpenAPI, body *huma.RequestBody, operation string) {
	if of := jsonBodies[operation]; of != nil {
		body.Content = map[string]*huma.MediaType{formatJSON.mediaType: {Schema: o.Components.Schemas.Schema(of, true, "")}}
		return
	}
	text := &huma.Schema{Type: "string", MaxLength: ptr(MaxBody)}
	body.Content = map[string]*huma.MediaType{
		formatJSON.mediaType: {Schema: o.Components.Schemas.Schema(reflect.TypeFor[postedDocument](), true, "")},
		"text/plain":         {Schema: text, Example: "Three people were killed on Sunday when the river burst its banks."},
		"text/html":          {Schema: text, Example: "<article><h1>River floods three towns</h1><p>Three people were killed on Sunday.</p></article>"},
	}
}

func ptr[T any](v T) *T { return &v }
