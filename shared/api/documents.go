package api

import (
	"context"
	"errors"
	"mime"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
)

// MaxBody is the most bytes of a body that are read: 1 MiB.
const MaxBody = 1 << 20

const bodyLimit = "the body is over 1 MiB (1048576 bytes), the most that is read"

type documentPost struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	DryRun      bool   `query:"dry_run" doc:"Extract and answer, but store nothing. Then up to 1000 facts are answered."`
	ID          string `query:"id" example:"daily-2025-05-04" doc:"The document's id; else it is a hash of its URL, else of its bytes. (In a JSON body: the property of this name; so for all below.)"`
	Headline    string `query:"headline" example:"River floods three towns" doc:"The headline; else what the page states."`
	Publisher   string `query:"publisher" example:"The Daily" doc:"Who published it; else what the page states."`
	Published   string `query:"published" example:"2025-05-04" doc:"The day of publication: YYYY-MM-DD, or YYYY-MM or YYYY, or unknown; else what the page states."`
	URL         string `query:"url" example:"https://daily.example/2025/05/04/flood" doc:"Where it stands; else what the page states."`
	Byline      string `query:"byline" example:"Ana Souza; Ben Ito" doc:"Who wrote it, names separated by semicolons (in JSON a list); else what the page states."`
	Story       string `query:"story" example:"river-flood-2025" doc:"The id of the story that it belongs to; else where it is already, the one that it is most like, or a new one: see placement."`
	StoryTitle  string `query:"story_title" example:"River flood 2025" doc:"The story's title."`
	Origin      string `query:"origin" example:"Example Press Agency" doc:"The agency whose copy it is; else the publisher."`
	Rights      string `query:"rights" enum:"none,phrase,full" doc:"How much of its words may be shown: no quotes, quotes of up to 12 words, or all. The default is phrase."`
	RawBody     []byte `contentType:"text/plain"`
}

// DocumentAnswer says what a document states.
type DocumentAnswer struct {
	Document  fact.Document     `json:"document" doc:"The document as read."`
	Known     bool              `json:"known" doc:"Whether this very version was stored already."`
	Placement store.Placement   `json:"placement" doc:"In which story the document is, and why."`
	Counts    map[fact.Kind]int `json:"counts" doc:"How many facts of each kind the document states."`
	Facts     []fact.Fact       `json:"facts" doc:"The first 50 of them; of a dry run the first 1000."`
	Sources   []fact.Source     `json:"sources" doc:"The document, as a source of its facts."`
	Next      *string           `json:"next" doc:"The cursor for more of /v1/facts?document=…; null when these are all, and of a dry run."`
}

type documentPut struct {
	Status   int
	Location string `header:"Location" doc:"The document's headline, once stored."`
	Body     DocumentAnswer
}

type documentPath struct {
	ID string `path:"id" example:"daily-2025-05-04" doc:"The document's id."`
}

// dryFacts is how many facts a dry run answers with: it has no next page to give.
const dryFacts = 1000

func registerDocuments(s *surface) {
	register(s, huma.Operation{
		Method: http.MethodPost, Path: "/v1/documents", OperationID: "putDocument", Summary: "Put a document",
		Description:   "Reads a document, stores it with its facts and answers with them: 201, or 200 when this version is known. JSON, or text/plain or text/html with the rest as query parameters; up to 1 MiB; text that is not UTF-8 needs its charset. A new version takes the old one's place.",
		Tags:          []string{"documents"},
		DefaultStatus: http.StatusCreated,
	}, operation{write: true}, s.put)
	register(s, huma.Operation{
		Method: http.MethodDelete, Path: "/v1/documents/{id}", OperationID: "withdrawDocument", Summary: "Withdraw a document",
		Description: "Takes a document and its facts out of every list. Their history stays.",
		Tags:        []string{"documents"},
	}, operation{write: true}, s.withdraw)
	registerMove(s)
	registerReview(s)
}

func (s *surface) put(ctx context.Context, in *documentPost) (*documentPut, error) {
	sub, err := submitted(in, requestOf(ctx))
	if err != nil {
		return nil, err
	}
	putting, err := sub.Prepare(s.deps.Now())
	if err != nil {
		return nil, err
	}
	out := &documentPut{Status: http.StatusOK, Body: DocumentAnswer{
		Counts: map[fact.Kind]int{}, Facts: []fact.Fact{}, Sources: []fact.Source{putting.Document.Source}}}
	count := func(facts []fact.Fact) {
		for _, k := range fact.Kinds {
			out.Body.Counts[k] = 0
		}
		for _, f := range facts {
			out.Body.Counts[f.Kind]++
		}
	}
	if in.DryRun {
		count(putting.Facts)
		if putting, out.Body.Placement, err = s.deps.Store.Place(ctx, putting); err != nil {
			return nil, err
		}
		out.Body.Document = putting.Document
		out.Body.Known, err = s.known(ctx, putting.Document)
		out.Body.Facts = append(out.Body.Facts, putting.Facts[:min(len(putting.Facts), dryFacts)]...)
		return out, err
	}
	result, err := s.deps.Store.Put(ctx, putting)
	if err != nil {
		return nil, err
	}
	doc := result.Document
	out.Body.Document, out.Body.Placement = doc, result.Placement
	first, err := s.deps.Store.Facts(ctx, store.Filter{Document: doc.Source.Document}, store.Page{Limit: factsShown})
	if err != nil {
		return nil, err
	}
	out.Location = "/v1/headlines/" + doc.Source.Document
	count(result.Facts)
	out.Body.Known = result.Known
	out.Body.Facts = append(out.Body.Facts, first.Items...)
	out.Body.Next = moreFacts(doc.Source.Document, "", first.Next)
	if !result.Known {
		out.Status = http.StatusCreated
	}
	return out, nil
}

// known reports whether the store has this version of the document.
func (s *surface) known(ctx context.Context, doc fact.Document) (bool, error) {
	stored, err := s.deps.Store.Document(ctx, doc.Source.Document)
	var e *fact.Error
	if errors.As(err, &e) && e.Code == fact.NotFound {
		return false, nil
	}
	return err == nil && stored.Version == doc.Version, err
}

func (s *surface) withdraw(ctx context.Context, in *documentPath) (*struct{}, error) {
	if !plainIdentifier(in.ID) {
		return nil, fact.Errorf(fact.NotFound, "there is no document %q", clip(in.ID))
	}
	return nil, s.deps.Store.Withdraw(ctx, in.ID, s.deps.Now())
}

// mediaTypes are what a document is sent as.
var mediaTypes = []string{"application/json", "text/plain", "text/html"}

// submitted reads what was sent, by its media type.
func submitted(in *documentPost, q *request) (Submission, error) {
	mediaType, _, err := mime.ParseMediaType(in.ContentType)
	unread := func(message string) (Submission, error) {
		p := invalid("header.Content-Type", message, mediaTypes...)
		p.Status, p.Title = http.StatusUnsupportedMediaType, http.StatusText(http.StatusUnsupportedMediaType)
		return Submission{}, p
	}
	switch {
	case in.ContentType == "":
		return unread("is missing: say what the body is")
	case err != nil:
		return unread("is malformed")
	}
	switch mediaType {
	case "application/json":
		for name := range q.query {
			if name != "dry_run" {
				return Submission{}, invalid("query."+name, "belongs into the JSON body", "dry_run")
			}
		}
		return ParseSubmission(in.RawBody)
	case "text/plain", "text/html":
		sub := Submission{ID: in.ID, Headline: in.Headline, Publisher: in.Publisher, Published: in.Published, URL: in.URL,
			Story: in.Story, StoryTitle: in.StoryTitle, Origin: in.Origin, Rights: in.Rights, Body: in.RawBody, MediaType: in.ContentType,
			location: "query."}
		if in.Byline != "" {
			sub.Byline = strings.Split(in.Byline, ";")
		}
		return sub, nil
	}
	return unread(brief(in.ContentType) + " is not read: say what the body is, with -H 'Content-Type: text/plain' in curl")
}
