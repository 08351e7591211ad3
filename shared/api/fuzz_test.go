package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/store"
)

// sound fails the test unless an answer is what any client can rely on: no fault of ours, a problem for each error, and a
// format that was offered otherwise.
func sound(t *testing.T, r *http.Response) {
	t.Helper()
	contentType := r.Header.Get("Content-Type")
	switch {
	case r.StatusCode >= 500:
		t.Fatalf("%d %s", r.StatusCode, text(r))
	case r.StatusCode >= 400:
		if contentType != problemType || !json.Valid([]byte(text(r))) {
			t.Fatalf("%d as %s: %s", r.StatusCode, contentType, text(r))
		}
	case r.StatusCode >= 300:
		t.Fatalf("%d to %s", r.StatusCode, r.Header.Get("Location"))
	case contentType == formatJSON.mediaType && !json.Valid([]byte(text(r))):
		t.Fatalf("no JSON: %s", text(r))
	}
}

func FuzzQuery(f *testing.F) {
	for _, seed := range []string{
		"", "limit=3&format=csv", "country=fr&from=2025&to=2025-05", "story=s&as_of=2025-05-01", "cursor=e30", "q=%zz", "a=b&a=b", "format=text&kind=date&document=d",
		"q=%ff", "type=naval&status=pledged&recipient=EU", "&&", "=", "limit=1e3", "from=../2025", "dry_run=true",
	} {
		f.Add(seed, "text/csv, */*;q=0.1")
	}
	h := All(deps(everything()))
	routes := []string{"/v1/casualties", "/v1/pledges", "/v1/pledges/by-country", "/v1/facts", "/openapi.json"}
	f.Fuzz(func(t *testing.T, query, accept string) {
		for _, path := range routes {
			sound(t, once(t, h, "GET", path+"?"+query, "", "Accept: "+accept))
		}
	})
}

func FuzzPath(f *testing.F) {
	for _, seed := range []string{"/", "/v1/facts/x", "/v1//facts", "/v1/facts/%2F", "/v1/pledges/by-country/", "/v1/./facts", "*", "/v1/stories/..", "/%00"} {
		f.Add(seed, "GET")
	}
	h := Casualties(deps(everything())) // which has no route with a part that varies, so that the fake is enough
	f.Fuzz(func(t *testing.T, path, method string) {
		u, err := url.ParseRequestURI(path)
		if err != nil || strings.ContainsAny(method, " \t\r\n") || method == "" {
			t.Skip("net/http refuses it")
		}
		r := newRequest("GET", "/", "")
		r.URL, r.Method = u, method
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		sound(t, w.Result())
	})
}

func FuzzBody(f *testing.F) {
	f.Add("application/json", posted(nil))
	f.Add("application/json", posted(changes{"text": nil, "html": floodPage}))
	f.Add("application/json", `{"text":"\ud800","headline":null}`)
	f.Add("application/json", `[{}]`)
	f.Add("text/plain", floodText)
	f.Add("text/html; charset=utf-8", floodPage)
	f.Add("text/html", "<p>\xff")
	f.Add("image/png", "\x89PNG")
	h := Documents(deps(empty))
	f.Fuzz(func(t *testing.T, contentType, body string) {
		target := "/v1/documents?dry_run=true"
		if !strings.HasPrefix(contentType, "application/json") {
			target += "&headline=River&publisher=The+Daily&published=2025-05-04"
		}
		sound(t, once(t, h, "POST", target, body, "Content-Type: "+contentType))
	})
}

// FuzzReview wants of every body a sound answer, and of every review that reaches the store that it says who and why, and
// changes the fact into one that a fact can be.
func FuzzReview(f *testing.F) {
	for _, seed := range []string{
		patched(nil), patched(changes{"review": "rejected", "revision": 1}), correction(`{"count":{"min":4,"max":4,"modifier":"exact"},"place":"fra"}`),
		correction(`{"effect":"injured","date":null,"attribution":{"speaker":"mayor","stance":"denies"}}`), correction(`{"count":{}}`), correction(`{"place":[1]}`),
		`{"review":"corrected","author":"a","reason":"b","fact":{"victims":"x"}}`, `{`, `[]`, `{"fact":{"fact":{}}}`, "\xff",
	} {
		f.Add(seed, `"a", W/"b"`)
	}
	sample := sampled[FactAnswer]("getFact")
	f.Fuzz(func(t *testing.T, body, ifMatch string) {
		h := Documents(deps(fake{review: func(r store.Reviewing) (fact.Fact, fact.Source, error) {
			if r.Author == "" || r.Reason == "" || (len(r.Changes) > 0) != (r.Review == fact.Corrected) {
				t.Fatalf("%+v reaches the store", r)
			}
			corrected, err := sample.Fact.Correct(r.Changes)
			if err != nil {
				return fact.Fact{}, fact.Source{}, &fact.Error{Code: fact.Invalid, Err: err}
			}
			if _, err := json.Marshal(corrected); err != nil {
				t.Fatal(err)
			}
			return corrected, sample.Source, r.Guard(sample.Fact, sample.Source)
		}}))
		sound(t, once(t, h, "PATCH", "/v1/facts/"+sample.Fact.ID, body, asJSON, "If-Match: "+ifMatch))
	})
}
