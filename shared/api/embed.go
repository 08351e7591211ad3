package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/oembed"
	"factbox/shared/widget"
)

type embedQuery struct {
	Story string `path:"story" example:"river-flood-2025" doc:"The story's id."`
	Show  string `query:"show" enum:"summary,casualties,timeline,pledges" doc:"What to show of the story; its summary, if nothing is said."`
	Lang  string `query:"lang" maxLength:"35" example:"fr" doc:"The language of labels, numbers and dates: en, fr or ar; en, if nothing is said. Facts keep that of their document."`
	Theme string `query:"theme" enum:"auto,light,dark" doc:"Light, dark, or what the reader's system prefers."`
	As    string `query:"as" enum:"page,element" doc:"A page, for a frame; or the element fact-box with a declarative shadow root, for a server to include and for widget.js."`
	AsOf  string `query:"as_of" example:"2025-05-05" doc:"What was recorded by then: an RFC 3339 time, or a date, which means its end (UTC)."`
}

const htmlType = "text/html"

func registerEmbed(s *surface) {
	pages(s, huma.Operation{
		Path: "/embed/{story}", OperationID: "embedStory", Summary: "A story's facts as a widget",
		Description: "Complete HTML that needs no script: a story's factbox, casualties, timeline or pledges, each fact with its source. Parameters that are not listed are passed over.",
		Tags:        []string{"widgets"},
	}, []string{htmlType}, s.embed)
}

func (s *surface) embed(ctx context.Context, in *embedQuery) (*page, error) {
	if s.deps.Widgets == nil {
		return nil, newProblem(http.StatusNotFound, elsewhere)
	}
	tongue, err := language.Get(cmp.Or(in.Lang, language.Tags()[0]))
	if err != nil {
		return nil, invalid("query.lang", "is no language that there is", language.Tags()...)
	}
	at, err := asOf(in.AsOf, s.deps.Now())
	if err != nil {
		return nil, err
	}
	q := requestOf(ctx)
	o := widget.Options{Show: widget.Show(in.Show), Theme: widget.Theme(in.Theme), Language: tongue, Site: q.site}
	story, err := s.storyAt(ctx, in.Story, at)
	var known *fact.Error
	missing := errors.As(err, &known) && known.Code == fact.NotFound
	switch {
	case err != nil && !missing, missing && in.As == "element": // a script does not show a page
		return nil, err
	case missing:
		shown, err := s.deps.Widgets.Missing(in.Story, o)
		return s.framed(http.StatusNotFound, shown), err
	case in.As == "element":
		body, err := s.deps.Widgets.Element(story, o)
		return &page{ContentType: htmlType, Body: body}, err
	}
	shown, err := s.deps.Widgets.Page(story, o)
	out := s.framed(http.StatusOK, shown)
	out.Link = oembed.Link(q.site, embedAddress(q.site, in.Story, q.query))
	return out, err
}

// framed answers with a page that others may frame. It runs our own script and no other, and asks for nothing else.
func (s *surface) framed(status int, shown widget.Document) *page {
	policy := "default-src 'none'; style-src " + shown.StyleHash + "; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " +
		cmp.Or(s.deps.FrameAncestors, "*")
	return &page{Status: status, ContentType: htmlType, Policy: policy, Body: shown.HTML}
}

// embedAddress is the address of the page that shows a story, with what its query says of how.
func embedAddress(site, story string, query url.Values) string {
	address := site + "/embed/" + url.PathEscape(story)
	query.Del("as")
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}
