package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// Reader runs the reads of the API for other code in the same process, such as the tools of package mcp: behind the same
// fence, so with the same parameters, answers and problems.
type Reader struct{ surface *surface }

// NewReader makes a Reader of every read.
func NewReader(d Deps) Reader { return Reader{newSurface(d, readRoutes...)} }

// Parameter is a parameter of a read's query, with its JSON Schema, which describes it too.
type Parameter struct {
	Name   string
	Schema json.RawMessage
}

// Parameters lists the parameters of the query of GET path, as registered: "/v1/stories/{story}". It is nil for a path that is no read.
func (r Reader) Parameters(path string) []Parameter {
	op := r.surface.operations[http.MethodGet+" "+path]
	if op == nil {
		return nil
	}
	list := []Parameter{}
	for _, p := range op.parameters {
		schema, _ := json.Marshal(p.Schema) // huma's own, which it has marshalled before: it cannot fail
		list = append(list, Parameter{p.Name, schema})
	}
	return list
}

// Read answers GET path?query, of a read that has format=text: with the JSON, and the lines of format=text, made of one read of the store. The answer's links hold for
// whoever sent from, and a fault is logged under its id. The error is a *Problem, fit to be told.
func (r Reader) Read(from *http.Request, path string, query url.Values) (data json.RawMessage, text string, err error) {
	in := &http.Request{Method: http.MethodGet, URL: &url.URL{Path: path, RawQuery: query.Encode()}, Host: from.Host, Header: http.Header{}, Body: http.NoBody}
	in.Header.Set("X-Request-Id", from.Header.Get("X-Request-Id"))
	out := &memory{header: http.Header{}}
	r.surface.ServeHTTP(out, in.WithContext(context.WithValue(from.Context(), bothKey{}, true)))
	if out.status != http.StatusOK {
		p := &Problem{}
		if err := json.Unmarshal(out.body.Bytes(), p); err != nil {
			return nil, "", fmt.Errorf("reading the problem of GET %s: %w", path, err)
		}
		return nil, "", p
	}
	line, rest, _ := bytes.Cut(out.body.Bytes(), []byte("\n"))
	return line, string(rest), nil
}

// bothKey in a context asks for formatBoth, which only a Reader gets.
type bothKey struct{}

func forReader(r *http.Request) bool { return r.Context().Value(bothKey{}) != nil }

// formatBoth is the JSON, which is one line, and then the lines of text.
var formatBoth = format{"", "application/vnd.factbox.both+json", func(w io.Writer, v any) error {
	if err := formatJSON.marshal(w, v); err != nil {
		return err
	}
	return formatText.marshal(w, v)
}}

// memory keeps an answer. The fence writes the whole of it.
type memory struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (m *memory) Header() http.Header         { return m.header }
func (m *memory) WriteHeader(status int)      { m.status = status }
func (m *memory) Write(b []byte) (int, error) { return m.body.Write(b) }
