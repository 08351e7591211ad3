package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
)

// surface is the routes of one or more functions behind one fence.
type surface struct {
	deps       Deps
	mux        *http.ServeMux
	huma       huma.API
	function   string // of the routes being registered
	routes     []Route
	operations map[string]*operation // by the mux's pattern
	whole      func() *surface       // every route there is, made when first asked for
	openapi    func() ([]byte, error)
	openapi30  func() ([]byte, error) // its cut
}

// operation is what the fence must know of a route before the route runs.
type operation struct {
	parameters []*huma.Param // those of the query
	formats    []format      // what it can answer in; the first is the default; none for a page, which has one form
	tolerant   bool          // unknown parameters are passed over
	write      bool
	noStore    bool // never cached, though it reads
}

// names lists the parameters of the query.
func (o *operation) names() []string {
	names := make([]string, len(o.parameters))
	for i, p := range o.parameters {
		names[i] = p.Name
	}
	return names
}

func newSurface(d Deps, groups ...group) *surface {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Version == "" {
		d.Version = "dev"
	}
	s := &surface{deps: d, mux: http.NewServeMux(), operations: map[string]*operation{}}
	s.huma = humago.New(s.mux, configuration(d.Version))
	for _, g := range groups {
		s.function = g.function
		g.register(s)
	}
	s.whole = sync.OnceValue(func() *surface { return newSurface(Deps{Version: d.Version}, allRoutes()...) })
	s.openapi = sync.OnceValues(func() ([]byte, error) { return s.whole().document() })
	s.openapi30 = sync.OnceValues(func() ([]byte, error) {
		b, err := s.openapi()
		if err != nil {
			return nil, err
		}
		return reduce(b)
	})
	return s
}

// answer is what a handler gives huma: a body and the headers that go with it.
type answer[T any] struct {
	Link string `header:"Link" doc:"The address of the next page, rel=next; absent on the last."`
	Body T
}

// read registers a GET. Formats beside JSON need a body that is a sheet.
func read[I, T any](s *surface, op huma.Operation, formats []format, handle func(context.Context, *I) (*answer[T], error)) *operation {
	op.Method = http.MethodGet
	return register(s, op, operation{formats: formats}, handle)
}

func register[I, O any](s *surface, op huma.Operation, o operation, handle func(context.Context, *I) (*O, error)) *operation {
	pattern := op.Method + " " + op.Path
	s.routes = append(s.routes, Route{op.Method, op.Path, s.function, o.write})
	s.operations[pattern] = &o
	huma.Register(s.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, s.failure(ctx, err)
		}
		return out, nil
	})
	for _, p := range s.documented(op).Parameters {
		if p.In == "query" {
			o.parameters = append(o.parameters, p)
		}
	}
	return &o
}

// documented finds an operation as huma has completed it from its types.
func (s *surface) documented(op huma.Operation) *huma.Operation {
	item := s.huma.OpenAPI().Paths[op.Path]
	switch op.Method {
	case http.MethodPost:
		return item.Post
	case http.MethodDelete:
		return item.Delete
	case http.MethodPatch:
		return item.Patch
	}
	return item.Get
}

// failure makes the problem of a handler's error and logs a fault of ours under the request's id.
func (s *surface) failure(ctx context.Context, err error) *Problem {
	p, ours := fromError(err)
	if ours {
		q := requestOf(ctx)
		p.Instance = q.instance()
		s.deps.Log.ErrorContext(ctx, "request failed", "request_id", q.id, "method", q.method, "path", q.path,
			"status", p.Status, "error", err.Error())
	}
	return p
}

// configuration is huma's without its documentation page, its schema links and its routes for the OpenAPI document.
func configuration(version string) huma.Config {
	config := huma.DefaultConfig("Factbox", version)
	config.CreateHooks = nil
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = "", "", ""
	config.Formats = map[string]huma.Format{"json": huma.DefaultJSONFormat}
	for _, f := range append(storyFormats, formatBoth) {
		config.Formats[f.mediaType] = huma.Format{Marshal: f.marshal, Unmarshal: huma.DefaultJSONFormat.Unmarshal}
	}
	config.DefaultFormat = formatJSON.mediaType
	describe(config.OpenAPI)
	return config
}
