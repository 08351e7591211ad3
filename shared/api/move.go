package api

import (
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
)

type documentPatch struct {
	ID          string `path:"id" example:"daily-2025-05-04" doc:"The document's id."`
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"text/plain"` // as JSON, huma would judge it by its type; the description says JSON
}

// postedMove shows the body of a move.
type postedMove struct {
	Story      string `json:"story" doc:"The id of the story that the document goes to; there need not be one." example:"river-flood-2025"`
	StoryTitle string `json:"story_title,omitempty" doc:"What the story is called; else what its other documents say." example:"River flood 2025"`
}

// MoveAnswer is a document in its story.
type MoveAnswer struct {
	Document fact.Document `json:"document" doc:"The document as it is now."`
	From     string        `json:"from" doc:"The story that it was in."`
}

type documentMoved struct{ Body MoveAnswer }

func registerMove(s *surface) {
	register(s, huma.Operation{
		Method: http.MethodPatch, Path: "/v1/documents/{id}", OperationID: "moveDocument", Summary: "Move a document to another story",
		Description: "Takes a document with its facts and their reviews to another story, where it stays when it is put again without one. Each fact gets a new revision. To merge two stories move the documents of one.",
		Tags:        []string{"documents"},
	}, operation{write: true}, s.move)
}

func (s *surface) move(ctx context.Context, in *documentPatch) (*documentMoved, error) {
	if mediaType, _, err := mime.ParseMediaType(in.ContentType); err != nil || mediaType != formatJSON.mediaType {
		return nil, notJSON()
	}
	var story, title string
	sent, err := readObject("body.", in.RawBody, map[string]property{"story": {text: &story}, "story_title": {text: &title}})
	if err != nil {
		return nil, err
	}
	title = strings.TrimSpace(title)
	switch {
	case !slices.Contains(sent, "story"):
		return nil, invalid("body.story", "is missing: say where the document goes")
	case !plainIdentifier(story):
		return nil, invalid("body.story", identifierRule)
	case !plainIdentifier(in.ID):
		return nil, fact.Errorf(fact.NotFound, "there is no document %q", clip(in.ID))
	}
	if err := line("body.story_title", title, maxStoryTitle); err != nil {
		return nil, err
	}
	doc, from, err := s.deps.Store.Move(ctx, in.ID, story, title, s.deps.Now())
	if err != nil {
		return nil, err
	}
	return &documentMoved{MoveAnswer{doc, from}}, nil
}
