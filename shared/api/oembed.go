package api

import (
	"cmp"
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/oembed"
)

type oembedQuery struct {
	URL       string `query:"url" required:"true" maxLength:"2048" example:"https://facts.example/embed/river-flood-2025?show=timeline" doc:"The address of an embed of this service, or of a story."`
	Format    string `query:"format" example:"xml" doc:"json, the default, or xml."`
	MaxWidth  int    `query:"maxwidth" minimum:"1" maximum:"100000" doc:"The most pixels that the embed may be wide."`
	MaxHeight int    `query:"maxheight" minimum:"1" maximum:"100000" doc:"The most pixels that it may be high."`
}

// embedWidth and embedHeights are the size of an embed on a page that has the room, in pixels: as wide as a column of text, and
// as high as a screen can show of its view. A host that listens to the height messages makes it as high as it is.
const embedWidth = 600

var embedHeights = map[string]int{"": 560, "casualties": 480, "timeline": 640, "pledges": 640}

func registerOEmbed(s *surface) {
	op := huma.Operation{
		Path: "/oembed", OperationID: "getOEmbed", Summary: "How to embed a story",
		Description: "The oEmbed 1.0 answer (https://oembed.com) of type rich for a story: a quote that links to its factbox, and a frame that shows it, without a script.",
		Tags:        []string{"widgets"},
	}
	pages(s, op, []string{oembed.JSON.MediaType(), oembed.XML.MediaType()}, s.oembed)
	op.Method = http.MethodGet
	s.documented(op).Responses["200"].Content[oembed.JSON.MediaType()].Schema =
		s.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[oembed.Answer](), true, "OEmbed")
}

func (s *surface) oembed(ctx context.Context, in *oembedQuery) (*page, error) {
	format := oembed.Format(cmp.Or(in.Format, string(oembed.JSON)))
	if format != oembed.JSON && format != oembed.XML {
		p := invalid("query.format", "no such format", string(oembed.JSON), string(oembed.XML))
		p.Status, p.Title = http.StatusNotImplemented, http.StatusText(http.StatusNotImplemented) // oEmbed, section 2.3.4
		return nil, p
	}
	site := requestOf(ctx).site
	id, query, ok := oembed.Story(site, in.URL)
	shown, wrong := parseQuery(query, s.embedParameters(), true)
	at, future := asOf(shown.Get("as_of"), s.deps.Now())
	_, unknown := language.Get(cmp.Or(shown.Get("lang"), language.Tags()[0]))
	if !ok || wrong != nil || future != nil || unknown != nil {
		return nil, fact.Errorf(fact.NotFound, "url: is not the address of an embed or of a story of this service")
	}
	story, err := s.storyAt(ctx, id, at)
	if err != nil {
		return nil, err
	}
	embed := oembed.Embed{Site: site, Address: embedAddress(site, id, shown), Title: cmp.Or(story.Title, story.Story),
		Width: embedWidth, Height: cmp.Or(embedHeights[shown.Get("show")], embedHeights[""])}
	if len(story.Bullets) > 0 {
		embed.Line = story.Bullets[0]
	}
	body, err := embed.Answer(in.MaxWidth, in.MaxHeight).Marshal(format)
	return &page{ContentType: format.MediaType(), Body: body}, err
}

// embedParameters are those of the query of an embed.
func (s *surface) embedParameters() []*huma.Param {
	if embed := s.operations[http.MethodGet+" /embed/{story}"]; embed != nil {
		return embed.parameters
	}
	return nil
}
