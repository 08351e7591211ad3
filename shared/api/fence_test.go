package api

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// empty is a store without anything.
var empty = fake{
	tolls: func(store.Filter, store.Page) (store.List[summary.Toll], error) {
		return store.List[summary.Toll]{}, nil
	},
	supports: func(store.Filter, store.Page) (store.List[summary.Support], error) {
		return store.List[summary.Support]{}, nil
	},
	donors: func(store.Filter, store.Page) (store.List[summary.Donor], error) {
		return store.List[summary.Donor]{}, nil
	},
	facts: func(store.Filter, store.Page) (store.List[fact.Fact], error) { return store.List[fact.Fact]{}, nil },
	document: func(id string) (fact.Document, error) {
		return fact.Document{}, fact.Errorf(fact.NotFound, "there is no document %q", id)
	},
	place: func(p store.Putting) (store.Putting, store.Placement, error) {
		if p.Document.Story == "" {
			p.Document.Story = "new"
		}
		return p, store.Placement{Story: p.Document.Story}, nil
	},
}

func TestBadQueries(t *testing.T) {
	h := All(deps(empty))
	tests := []struct {
		name, target string
		status       int
		says         []string
	}{
		{"unknown parameter", "/v1/casualties?colour=red", 400, []string{"colour", "story", "country", "limit"}},
		{"unknown parameter of a route without any", "/v1/health?x=1", 400, []string{"x"}},
		{"parameter twice", "/v1/casualties?limit=2&limit=2", 400, []string{"limit", "once"}},
		{"parameter twice, once encoded", "/v1/casualties?limit=2&%6cimit=2", 400, []string{"limit", "once"}},
		{"malformed escape in a value", "/v1/casualties?country=%zz", 400, []string{"country", "percent"}},
		{"malformed escape in a name", "/v1/casualties?%zz=FR", 400, []string{"percent"}},
		{"lone percent sign", "/v1/headlines?q=100%", 400, []string{"q", "percent"}},
		{"empty value", "/v1/casualties?country=", 400, []string{"country", "no value"}},
		{"no equals sign", "/v1/casualties?country", 400, []string{"country", "no value"}},
		{"blank value", "/v1/headlines?q=+", 400, []string{"q", "no value"}},
		{"lone ampersand", "/v1/casualties?&", 400, []string{"name"}},
		{"semicolon", "/v1/casualties?limit=2;effect=killed", 400, []string{"limit"}},
		{"not UTF-8", "/v1/headlines?q=%ff", 400, []string{"q", "UTF-8"}},
		{"control character", "/v1/headlines?q=a%00b", 400, []string{"q"}},
		{"300 countries", "/v1/casualties?country=" + strings.Repeat("FR,", 299) + "FR", 400, []string{"country", "one code"}},
		{"no such country", "/v1/casualties?country=ZZ", 400, []string{"country", "alpha-2"}},
		{"very long value", "/v1/casualties?story=" + strings.Repeat("a", 20_000), 400, []string{"story", "too long"}},
		{"long question", "/v1/headlines?q=" + strings.Repeat("a", 201), 400, []string{"q", "200"}},
		{"question without a word", "/v1/headlines?q=%21%21", 400, []string{"q", "word"}},
		{"limit 0", "/v1/casualties?limit=0", 400, []string{"limit", "1 to 100"}},
		{"limit 101", "/v1/casualties?limit=101", 400, []string{"limit", "1 to 100"}},
		{"limit no number", "/v1/casualties?limit=ten", 400, []string{"limit", "1 to 100"}},
		{"limit huge", "/v1/casualties?limit=99999999999999999999", 400, []string{"limit"}},
		{"no such effect", "/v1/casualties?effect=dead", 400, []string{"effect", "killed"}},
		{"no such status", "/v1/pledges?status=promised", 400, []string{"status", "pledged"}},
		{"no such type", "/v1/pledges?type=tanks", 400, []string{"type", "arms"}},
		{"no such category", "/v1/pledges?category=war", 400, []string{"category", "military"}},
		{"no such recipient", "/v1/pledges?recipient=Freedonia", 400, []string{"recipient"}},
		{"no such kind", "/v1/facts?story=s&kind=rumour", 400, []string{"kind", "casualty"}},
		{"no such format", "/v1/casualties?format=xml", 400, []string{"format", "json", "csv"}},
		{"format where there is one only", "/v1/health?format=csv", 400, []string{"format"}},
		{"impossible day", "/v1/dates?from=2015-02-30", 400, []string{"from", "YYYY-MM-DD"}},
		{"interval as a day", "/v1/dates?to=2015-01-01/2015-02-01", 400, []string{"to"}},
		{"from after to", "/v1/dates?from=2015-02&to=2015-01", 400, []string{"from", "after"}},
		{"as_of of everything", "/v1/casualties?as_of=2025-05-01", 400, []string{"as_of", "story"}},
		{"as_of in the future", "/v1/casualties?story=s&as_of=2025-05-07", 400, []string{"as_of", "future"}},
		{"as_of no time", "/v1/casualties?story=s&as_of=yesterday", 400, []string{"as_of"}},
		{"as_of of all stories", "/v1/stories?as_of=2025-05-01", 400, []string{"as_of", "story"}},
		{"cursor that is none", "/v1/casualties?cursor=abc", 400, []string{"cursor", "begin again"}},
		{"cursor that is JSON of ours without a place", "/v1/casualties?cursor=e30", 400, []string{"cursor"}},
		{"story that cannot be", "/v1/casualties?story=a%23b", 404, []string{"story"}},
		{"document that cannot be", "/v1/facts?document=..", 404, []string{"document"}},
		{"path that cannot be", "/v1/stories/a%23b", 404, []string{"story"}},
		{"path with a slash", "/v1/facts/a%2Fb", 404, []string{"fact"}},
		{"no such route", "/v2/facts", 404, []string{"openapi.json"}},
		{"slash behind a route", "/v1/facts/", 404, []string{"openapi.json"}},
		{"unclean path", "/v1/../v1/facts", 404, []string{"openapi.json"}},
		{"unclean path, encoded", "/v1/facts/%2e%2e/facts", 404, []string{"openapi.json"}},
		{"root", "/", 404, []string{"openapi.json"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, h, "GET", tt.target, "", "Accept: text/csv")
			wantProblem(t, r, tt.status, tt.says...)
			if cc := r.Header.Get("Cache-Control"); r.StatusCode == 400 && cc != cacheNone {
				t.Errorf("a 400 is cached: %s", cc)
			}
		})
	}
}

func TestProblemsListWhatIsAllowed(t *testing.T) {
	p := decode[Problem](t, ask(t, Stories(deps(empty)), "GET", "/v1/stories?order=up", ""))
	if len(p.Errors) != 1 || p.Errors[0].Location != "query.order" || strings.Join(p.Errors[0].Allowed, " ") != "story document country from to as_of limit cursor format" {
		t.Errorf("errors %+v", p.Errors)
	}
}

func TestMethods(t *testing.T) {
	h := Stories(deps(empty))
	tests := []struct {
		method, target string
		status         int
		allow          string
	}{
		{"POST", "/v1/facts", 405, "GET, HEAD, OPTIONS"},
		{"PUT", "/v1/documents", 405, "POST, OPTIONS"},
		{"GET", "/v1/documents", 405, "POST, OPTIONS"},
		{"GET", "/v1/documents/d", 405, "PATCH, DELETE, OPTIONS"},
		{"BREW", "/v1/health", 405, "GET, HEAD, OPTIONS"},
		{"POST", "/v1/documents", 404, ""}, // another function's
		{"OPTIONS", "/v1/headlines/d", 204, "GET, HEAD, OPTIONS"},
		{"OPTIONS", "/v1/documents", 204, "POST, OPTIONS"},
		{"PUT", "/v1/facts/f", 405, "GET, PATCH, HEAD, OPTIONS"},
		{"PATCH", "/v1/facts/f", 404, ""}, // another function's
		{"OPTIONS", "/v1/facts/f", 204, "GET, PATCH, HEAD, OPTIONS"},
		{"OPTIONS", "/v1/nothing", 404, ""},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			r := ask(t, h, tt.method, tt.target, "")
			if tt.status >= 400 {
				wantProblem(t, r, tt.status)
			}
			if r.StatusCode != tt.status || r.Header.Get("Allow") != tt.allow {
				t.Errorf("%d, Allow %q", r.StatusCode, r.Header.Get("Allow"))
			}
			if patch := r.Header.Get("Accept-Patch"); tt.method == "OPTIONS" && strings.Contains(tt.allow, "PATCH") != (patch == "application/json") {
				t.Errorf("Accept-Patch %q", patch)
			}
			read := strings.Contains(tt.allow, "GET")
			if cors := r.Header.Get("Access-Control-Allow-Methods"); tt.method == "OPTIONS" && read != (cors != "") {
				t.Errorf("preflight allows %q", cors)
			}
		})
	}
}

func TestNegotiation(t *testing.T) {
	h := All(deps(empty))
	const csv, plain, lines, json = "text/csv; charset=utf-8", "text/plain; charset=utf-8", "application/x-ndjson", "application/json"
	tests := []struct{ accept, query, want string }{ // an empty want is a 406
		{"", "", json},
		{"*/*", "", json},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "", json}, // a browser
		{"text/csv, application/json;q=0.5", "", csv},
		{"application/json;q=0.5, text/csv", "", csv},
		{"TEXT/CSV", "", csv},
		{"text/*", "", plain},
		{"text/*, text/plain;q=0.1", "", csv},
		{"application/x-ndjson", "", lines},
		{"application/json;q=0, */*", "", plain},
		{"application/xml", "?format=ndjson", lines},
		{"text/csv", "?format=json", json},
		{"application/xml", "", ""},
		{"application/json;q=0", "", ""},
		{"application/json;q=lots", "", ""},
		{";;;", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.accept+tt.query, func(t *testing.T) {
			var header []string
			if tt.accept != "" {
				header = append(header, "Accept: "+tt.accept)
			}
			r := ask(t, h, "GET", "/v1/casualties"+tt.query, "", header...)
			if tt.want == "" {
				wantProblem(t, r, 406, "application/json", "text/csv")
			} else if r.StatusCode != 200 || r.Header.Get("Content-Type") != tt.want {
				t.Errorf("%d %s, want %s", r.StatusCode, r.Header.Get("Content-Type"), tt.want)
			}
			if r.Header.Get("Vary") != "Accept" {
				t.Errorf("Vary %q", r.Header.Get("Vary"))
			}
		})
	}
}

func TestConditions(t *testing.T) {
	h := All(deps(empty))
	first := ask(t, h, "GET", "/v1/casualties", "")
	tag := first.Header.Get("ETag")
	if !strings.HasPrefix(tag, `"`) || len(tag) < 20 {
		t.Fatalf("ETag %q is not strong", tag)
	}
	if csv := ask(t, h, "GET", "/v1/casualties?format=csv", "").Header.Get("ETag"); csv == tag {
		t.Error("two formats have one ETag")
	}
	tests := []struct {
		ifNoneMatch []string
		status      int
	}{
		{[]string{tag}, 304},
		{[]string{"W/" + tag}, 304},
		{[]string{"*"}, 304},
		{[]string{`"a", ` + tag + `, "b"`}, 304},
		{[]string{`"a"`, tag}, 304},
		{[]string{`"with, comma", W/` + tag}, 304},
		{[]string{`"other"`}, 200},
		{[]string{strings.Trim(tag, `"`)}, 200},
		{[]string{tag[:len(tag)-1]}, 200},
		{[]string{`"a" "`}, 200},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.ifNoneMatch, "|"), func(t *testing.T) {
			var header []string
			for _, v := range tt.ifNoneMatch {
				header = append(header, "If-None-Match: "+v)
			}
			for _, method := range []string{"GET", "HEAD"} {
				r := ask(t, h, method, "/v1/casualties", "", header...)
				if r.StatusCode != tt.status {
					t.Fatalf("%s: %d, want %d", method, r.StatusCode, tt.status)
				}
				for _, name := range []string{"ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"} {
					if got, want := r.Header.Get(name), first.Header.Get(name); got != want || got == "" {
						t.Errorf("%s: %s is %q, want %q", method, name, got, want)
					}
				}
				if (r.StatusCode == 304 || method == "HEAD") && text(r) != "" {
					t.Errorf("%s: a body where none may be", method)
				}
			}
		})
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	h := All(deps(empty))
	get, head := ask(t, h, "GET", "/v1/casualties", ""), ask(t, h, "HEAD", "/v1/casualties", "")
	if head.StatusCode != 200 || text(head) != "" {
		t.Errorf("%d with %d bytes", head.StatusCode, len(text(head)))
	}
	for name := range get.Header {
		if get.Header.Get(name) != head.Header.Get(name) {
			t.Errorf("%s is %q, of GET %q", name, head.Header.Get(name), get.Header.Get(name))
		}
	}
}

func TestFaultsOfOurs(t *testing.T) {
	const secret = "secret-table-name"
	tests := []struct {
		name   string
		fail   func() error
		status int
		log    string
	}{
		{"unknown error", func() error { return errors.New(secret) }, 500, "request failed"},
		{"internal error", func() error { return &fact.Error{Code: fact.Internal, Message: secret} }, 500, "request failed"},
		{"code that is none", func() error { return &fact.Error{Code: "odd", Message: secret} }, 500, "request failed"},
		{"wrapped", func() error {
			return fmt.Errorf("tolls: %w", &fact.Error{Code: fact.Unavailable, Message: "try again", Err: errors.New(secret)})
		}, 503, "request failed"},
		{"panic", func() error { panic(secret) }, 500, "handler panicked"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var log bytes.Buffer
			d := deps(fake{tolls: func(store.Filter, store.Page) (store.List[summary.Toll], error) {
				return store.List[summary.Toll]{}, tt.fail()
			}})
			d.Log = slog.New(slog.NewJSONHandler(&log, nil))
			r := ask(t, Casualties(d), "GET", "/v1/casualties", "", "Accept: text/csv")
			wantProblem(t, r, tt.status)
			if strings.Contains(text(r), secret) {
				t.Errorf("the client sees the cause: %s", text(r))
			}
			if p := decode[Problem](t, r); p.Instance != "urn:request:"+testRequestID {
				t.Errorf("instance %q", p.Instance)
			}
			if r.Header.Get("Cache-Control") != cacheNone {
				t.Errorf("it is cached: %s", r.Header.Get("Cache-Control"))
			}
			for _, part := range []string{tt.log, secret, testRequestID} {
				if !strings.Contains(log.String(), part) {
					t.Errorf("the log does not say %q: %s", part, log.String())
				}
			}
			if tt.name == "panic" && !strings.Contains(log.String(), "fence_test.go") {
				t.Error("the log has no stack")
			}
		})
	}
}

func TestStatuses(t *testing.T) {
	tests := []struct {
		code   fact.Code
		status int
	}{
		{fact.Invalid, 400}, {fact.NotFound, 404}, {fact.Conflict, 409}, {fact.TooLarge, 413}, {fact.Unsupported, 415},
		{fact.Unavailable, 503}, {fact.Internal, 500},
	}
	for _, tt := range tests {
		if p, _ := fromError(fact.Errorf(tt.code, "m")); p.Status != tt.status {
			t.Errorf("%s is %d, want %d", tt.code, p.Status, tt.status)
		}
	}
	if len(tests) != len(statuses) {
		t.Errorf("%d codes, %d of them tested", len(statuses), len(tests))
	}
}

func TestMissingIsCachedShortly(t *testing.T) {
	r := ask(t, All(deps(empty)), "GET", "/v1/facts?document=..", "")
	wantProblem(t, r, http.StatusNotFound)
	if r.Header.Get("Cache-Control") != cacheMissing || r.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("headers %v", r.Header)
	}
}
