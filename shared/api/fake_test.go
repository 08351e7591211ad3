package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aws/aws-lambda-go/events"

	"factbox/shared/fact"
	"factbox/shared/lambda"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// noon is the time of day of all tests.
var noon = time.Date(2025, 5, 6, 12, 0, 0, 0, time.UTC)

var silent = slog.New(slog.DiscardHandler)

// fake is a store of which a test sets what it needs; the rest panics.
type fake struct {
	Store
	tolls    func(store.Filter, store.Page) (store.List[summary.Toll], error)
	supports func(store.Filter, store.Page) (store.List[summary.Support], error)
	donors   func(store.Filter, store.Page) (store.List[summary.Donor], error)
	facts    func(store.Filter, store.Page) (store.List[fact.Fact], error)
	document func(string) (fact.Document, error)
	headline func(string, time.Time) (summary.Headline, error)
	put      func(store.Putting) (store.Result, error)
	place    func(store.Putting) (store.Putting, store.Placement, error)
	health   func() (store.Health, error)
	story    func(string) (summary.Story, error)
	review   func(store.Reviewing) (fact.Fact, fact.Source, error)
}

func (f fake) Review(_ context.Context, r store.Reviewing) (fact.Fact, fact.Source, error) {
	return f.review(r)
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

func (f fake) Headline(_ context.Context, id string, asOf time.Time) (summary.Headline, error) {
	return f.headline(id, asOf)
}

func (f fake) Put(_ context.Context, p store.Putting) (store.Result, error) { return f.put(p) }

func (f fake) Place(_ context.Context, p store.Putting) (store.Putting, store.Placement, error) {
	return f.place(p)
}

func (f fake) Story(_ context.Context, id string, _ time.Time) (summary.Story, error) {
	return f.story(id)
}

func (f fake) Health(context.Context) (store.Health, error) { return f.health() }

// deps makes what handlers need, with the tests' time of day and no log.
func deps(s Store) Deps {
	return Deps{Store: s, Now: func() time.Time { return noon }, Log: silent, Version: "test"}
}

// testRequestID is the id that both ways give a request of a test.
const testRequestID = "test-request"

// ask sends a request by net/http and by Lambda, and fails the test unless the two answer alike. header is "Name: value"
// lines. The handler must not change the store.
func ask(t *testing.T, h http.Handler, method, target, body string, header ...string) *http.Response {
	t.Helper()
	direct := once(t, h, method, target, body, header...)
	r := newRequest(method, target, body, header...)
	event := events.APIGatewayV2HTTPRequest{
		Version: "2.0", RouteKey: "$default", RawPath: r.URL.EscapedPath(), RawQueryString: r.URL.RawQuery, Headers: map[string]string{"host": r.Host},
		RequestContext: events.APIGatewayV2HTTPRequestContext{RequestID: testRequestID, Stage: "$default",
			HTTP: events.APIGatewayV2HTTPRequestContextHTTPDescription{Method: method, Path: r.URL.Path, Protocol: "HTTP/1.1", SourceIP: "127.0.0.1"}},
		Body: body,
	}
	if !utf8.ValidString(body) {
		event.Body, event.IsBase64Encoded = base64.StdEncoding.EncodeToString([]byte(body)), true
	}
	for name, values := range r.Header {
		event.Headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	a, err := lambda.Handler(h, silent)(context.Background(), event)
	if err != nil {
		t.Fatalf("%s %s through Lambda: %v", method, target, err)
	}
	answered := a.Body
	if a.IsBase64Encoded {
		b, err := base64.StdEncoding.DecodeString(a.Body)
		if err != nil {
			t.Fatal(err)
		}
		answered = string(b)
	}
	if a.StatusCode != direct.StatusCode || answered != text(direct) {
		t.Errorf("%s %s: net/http %d %s\nLambda %d %s", method, target, direct.StatusCode, text(direct), a.StatusCode, answered)
	}
	for name, value := range a.Headers {
		if want := strings.Join(direct.Header.Values(name), ", "); strings.ReplaceAll(value, ",", ", ") != strings.ReplaceAll(want, ",", ", ") &&
			!strings.EqualFold(name, "X-Request-Id") {
			t.Errorf("%s %s: %s is %q by net/http and %q by Lambda", method, target, name, want, value)
		}
	}
	return direct
}

// once sends a request by net/http.
func once(t testing.TB, h http.Handler, method, target, body string, header ...string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, newRequest(method, target, body, header...))
	return w.Result()
}

func newRequest(method, target, body string, header ...string) *http.Request {
	path, query, _ := strings.Cut(target, "?")
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.URL.RawQuery = query // NewRequest would refuse what a client can send
	r.Header.Set("X-Request-Id", testRequestID)
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// text reads a body, as often as it is asked to.
func text(r *http.Response) string {
	b, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(strings.NewReader(string(b)))
	return string(b)
}

// decode reads a JSON body.
func decode[T any](t *testing.T, r *http.Response) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text(r)), &v); err != nil {
		t.Fatalf("%v in %s", err, text(r))
	}
	return v
}

// wantProblem fails the test unless the answer is a problem of that status whose detail holds all the words.
func wantProblem(t *testing.T, r *http.Response, status int, words ...string) {
	t.Helper()
	if r.StatusCode != status || r.Header.Get("Content-Type") != problemType {
		t.Fatalf("%d %s %s, want a %d problem", r.StatusCode, r.Header.Get("Content-Type"), text(r), status)
	}
	p := decode[Problem](t, r)
	if p.Status != status || p.Type != "about:blank" || p.Title != http.StatusText(status) || p.Detail == "" {
		t.Errorf("problem %+v is not whole", p)
	}
	for _, w := range words {
		if !strings.Contains(p.Detail, w) {
			t.Errorf("detail %q does not say %q", p.Detail, w)
		}
	}
}
