package api

import (
	"cmp"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// page is an answer that is no data: a page, a script or a text, in the one form that it has.
type page struct {
	Status      int    // 0 is 200
	ContentType string `header:"Content-Type"`
	Policy      string `header:"Content-Security-Policy"`
	Link        string `header:"Link"`
	Body        []byte
}

// pages registers a GET that answers with a page of one of the media types. What Accept and unknown parameters say is passed over:
// pages are asked for by browsers, and by embedders that add parameters of their own.
func pages[I any](s *surface, op huma.Operation, mediaTypes []string, handle func(context.Context, *I) (*page, error)) *operation {
	op.Method = http.MethodGet
	content := map[string]*huma.MediaType{}
	for _, m := range mediaTypes {
		content[m] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	op.Responses = map[string]*huma.Response{"200": {Description: http.StatusText(http.StatusOK), Content: content}}
	return register(s, op, operation{tolerant: true}, func(ctx context.Context, in *I) (*page, error) {
		p, err := handle(ctx, in)
		if err == nil {
			p.Status = cmp.Or(p.Status, http.StatusOK)
		}
		return p, err
	})
}
