package api

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// noon is the time of day of all tests.
var noon = time.Date(2031, 5, 6, 12, 0, 0, 0, time.UTC)

// fake is a store of which a test sets what it needs; the rest panics.
type fake struct {
	Store
	tolls    func(store.Filter, store.Page) (store.List[summary.Toll], error)
	supports func(store.Filter, store.Page) (store.List[summary.Support], error)
	donors   func(store.Filter, store.Page) (store.List[summary.Donor], error)
	facts    func(store.Filter, store.Page) (store.List[fact.Fact], error)
	document func(string) (fact.Document, error)
	put      func(store.Putting) (store.Result, error)
	health   func() (store.Health, error)
}

func (f fake) Tolls(_ context.Context, by store.Filter, p store.Page) (store.List[summary.Toll], error) {
	return f.tolls(by, p)
}

func (f fake) Supports(_ context.Context, by store.Filter, p store.Page) (store.List[summary.Support], error) {
	return f.supports(by, p)
}

func (f fake) Donors(_ context.Context, by store.Filter, p store.Page) (store.List[summary.Donor], error) {
	return f.donors(by, p)
}

func (f fake) Facts(_ context.Context, by store.Filter, p store.Page) (store.List[fact.Fact], error) {
	return f.facts(by, p)
}

func (f fake) Document(_ context.Context, id string) (fact.Document, error) { return f.document(id) }

func (f fake) Put(_ context.Context, p store.Putting) (store.Result, error) { return f.put(p) }

func (f fake) Health(context.Context) (store.Health, error) { return f.health() }

// deps makes what handlers need, with the tests' time of day and no log.
func deps(s Store) Deps {
	return Deps{Store: s, Now: func() time.Time { return noon }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Version: "test"}
}

// ask sends a request; header is "Name: value" lines.
func ask(t *testing.T, h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
