package e2e

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// story is that of the seed set.
const story = "hollande-putin-coalition-2015"

// TestReads asks every route that reads.
func TestReads(t *testing.T) {
	for _, q := range []question{
		{route: "GET /v1/pledges/by-country", status: 200, has: []string{`"country":"DE"`, `"country":"GB"`, `"country":"RU"`, `"country":"US"`,
			`"country":"CY"`, `"country":"IT"`, `"condition":"provided parliament approves"`, `"type":"naval"`, `"status":"committed"`, `"publisher":"Cyprus Mail"`}},
		{route: "GET /v1/pledges/by-country", path: "/v1/pledges/by-country?story=" + story + "&country=gb", status: 200, has: []string{`"name":"United Kingdom"`}},
		{route: "GET /v1/pledges", path: "/v1/pledges?country=DEU", status: 200, has: []string{`"donor":"DE"`, `"type":"naval"`}},
		{route: "GET /v1/casualties", path: "/v1/casualties?country=FR", status: 200, has: []string{`"best":130`, `"cyprus-mail-2015-11-27"`, `"bloomberg-2015-11-26"`, `"not_stated":["injured"]`}},
		{route: "GET /v1/dates", path: "/v1/dates?from=2015-11-24&to=2015-11-24", status: 200, has: []string{`"event":"Turkey shoots down a Russian warplane"`, `"date":"2015-11-24"`}},
		{route: "GET /v1/headlines", path: "/v1/headlines?q=putin", status: 200, has: []string{`"bloomberg-2015-11-26"`, `"middle-east-eye-2015-11-26"`}},
		{route: "GET /v1/headlines/{document}", path: "/v1/headlines/wsws-2015-11-28", status: 200, has: []string{`"publisher":"WSWS"`, `"facts":[{`, `"quote":null`}},
		{route: "GET /v1/stories", status: 200, has: []string{`"` + story + `"`, `"bullets":["`}},
		{route: "GET /v1/stories/{story}", path: "/v1/stories/" + story, status: 200, has: []string{`"best":130`, `"not_stated":[`, `"sources":[{`}},
		{route: "GET /v1/facts", path: "/v1/facts?document=rfi-2015-11-26", status: 200, has: []string{`"document":"rfi-2015-11-26"`, `"evidence":{`}},
		{route: "GET /v1/health", status: 200, has: []string{`"status":"ok"`, `"pending":0`}},
		{route: "GET /openapi.json", status: 200, has: []string{`"openapi":"3.1.0"`, `"/v1/documents"`}},
		{route: "GET /v1/answers", path: "/v1/answers?q=How+many+people+were+killed+in+the+Paris+attacks%3F", status: 200, has: []string{`"status":"stated"`, "130", `"document":"bloomberg-2015-11-26"`}},
		{route: "GET /v1/answers", path: "/v1/answers?q=How+many+people+were+injured+in+the+Paris+attacks%3F", status: 200, has: []string{`"answer":null`, `"status":"not_stated"`, `"because":"`}},
		{route: "GET /openapi-3.0.json", status: 200, has: []string{`"openapi":"3.0.0"`, `"/v1/answers"`, base}},
		{route: "GET /llms.txt", status: 200, has: []string{"# Factbox", "not stated", "](" + base + "/v1/casualties?format=text)"}},
		{route: "GET /embed/{story}", path: "/embed/" + story + "?show=casualties&lang=fr", header: "Accept: text/html", status: 200, has: []string{"<!DOCTYPE html>", `lang="fr"`, "130"}},
		{route: "GET /widget.js", status: 200, has: []string{"'fact-box'"}},
		{route: "GET /oembed", path: "/oembed?maxwidth=400&url=" + url.QueryEscape(base+"/v1/stories/"+story), status: 200, has: []string{`"type":"rich"`, `"width":400`, "/embed/" + story}},
	} {
		q.ask(t)
	}
}

// TestHeadlines finds the five documents of the seed set, a line or two to five about each.
func TestHeadlines(t *testing.T) {
	r := question{route: "GET /v1/headlines", path: "/v1/headlines?q=hollande&story=" + story, status: 200}.ask(t)
	var headlines struct{ Items []struct{ Bullets []string } }
	if err := json.Unmarshal([]byte(r.body), &headlines); err != nil || len(headlines.Items) != 5 {
		t.Fatalf("%d headlines with Hollande, want 5 (%v)", len(headlines.Items), err)
	}
	for _, h := range headlines.Items {
		if n := len(h.Bullets); n < 2 || n > 5 {
			t.Errorf("%d bullets: %q", n, h.Bullets)
		}
	}
}

// TestFact asks for a single fact by the id that a list gives.
func TestFact(t *testing.T) {
	r := question{route: "GET /v1/facts", path: "/v1/facts?kind=casualty&country=FR&story=" + story, status: 200}.ask(t)
	var list struct{ Items []struct{ ID string } }
	if err := json.Unmarshal([]byte(r.body), &list); err != nil || len(list.Items) == 0 {
		t.Fatalf("no casualties in France (%v): %s", err, r.body)
	}
	question{route: "GET /v1/facts/{id}", path: "/v1/facts/" + list.Items[0].ID, status: 200,
		has: []string{`"id":"` + list.Items[0].ID + `"`, `"kind":"casualty"`, `"source":{`}}.ask(t)
}

// TestPages walks a list to its end: two documents a page, each of them once.
func TestPages(t *testing.T) {
	seen := map[string]int{}
	path := "/v1/headlines?limit=2&q=hollande&story=" + story
	for pages := 0; path != ""; pages++ {
		if pages == 20 {
			t.Fatal("the list has no end")
		}
		r := question{route: "GET /v1/headlines", path: path, status: 200}.ask(t)
		var page struct {
			Items []struct{ Document string }
			Next  *string
		}
		if err := json.Unmarshal([]byte(r.body), &page); err != nil {
			t.Fatal(err)
		}
		for _, h := range page.Items {
			seen[h.Document]++
		}
		path = ""
		if page.Next != nil {
			path = "/v1/headlines?limit=2&q=hollande&story=" + story + "&cursor=" + url.QueryEscape(*page.Next)
			if link := r.Header.Get("Link"); !strings.Contains(link, url.QueryEscape(*page.Next)) || !strings.HasSuffix(link, `rel="next"`) {
				t.Errorf("Link is %q where a page follows", link)
			}
		}
	}
	if len(seen) != 5 {
		t.Errorf("the pages have %d documents, want 5: %v", len(seen), seen)
	}
	for document, n := range seen {
		if n != 1 {
			t.Errorf("%s is there %d times", document, n)
		}
	}
}

// TestFormats asks for one answer in every format, by header and by parameter.
func TestFormats(t *testing.T) {
	text := []string{"Killed: 130, Paris attacks (France, 2015-11-13)", "Injured: not stated."}
	for _, f := range []struct {
		parameter, header, media string
		has                      []string
	}{
		{"", "", "application/json", []string{`"best":130`}},
		{"", "Accept: */*", "application/json", []string{`"best":130`}},
		{"json", "Accept: text/plain", "application/json", []string{`"best":130`}},
		{"text", "", "text/plain", text},
		{"", "Accept: text/plain", "text/plain", text},
		{"csv", "", "text/csv", []string{"story,event,place"}},
		{"", "Accept: text/csv, application/json;q=0.5", "text/csv", []string{"story,event,place"}},
		{"ndjson", "", "application/x-ndjson", []string{`"best":130`}},
	} {
		path := "/v1/casualties?country=FR&story=" + story
		if f.parameter != "" {
			path += "&format=" + f.parameter
		}
		r := question{route: "GET /v1/casualties", path: path, header: f.header, status: 200, has: f.has}.ask(t)
		if media, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); media != f.media {
			t.Errorf("%s [%s] is %s, want %s", path, f.header, media, f.media)
		}
		switch f.media {
		case "text/csv":
			if rows, err := csv.NewReader(strings.NewReader(r.body)).ReadAll(); err != nil || len(rows) < 3 {
				t.Errorf("%d rows of CSV (%v)", len(rows), err)
			}
		case "application/x-ndjson":
			for line := range strings.Lines(r.body) {
				if !json.Valid([]byte(line)) {
					t.Errorf("no line of JSON: %s", line)
				}
			}
		}
	}
}

// TestConditional asks again with what the first answer was tagged with.
func TestConditional(t *testing.T) {
	q := question{route: "GET /v1/pledges/by-country", path: "/v1/pledges/by-country?story=" + story, status: 200}
	first := q.ask(t)
	tag := first.Header.Get("ETag")
	if !regexp.MustCompile(`^"[^"]+"$`).MatchString(tag) || first.Header.Get("Cache-Control") == "" {
		t.Fatalf("ETag %q, Cache-Control %q", tag, first.Header.Get("Cache-Control"))
	}
	if origin := first.Header.Get("Access-Control-Allow-Origin"); origin != "*" {
		t.Errorf("Access-Control-Allow-Origin is %q", origin)
	}
	for _, c := range []struct {
		tags   string
		status int
	}{
		{tag, 304}, {"W/" + tag, 304}, {`"other", ` + tag, 304}, {"*", 304}, {`"other"`, 200},
	} {
		again := q
		again.header, again.status = "If-None-Match: "+c.tags, c.status
		r := again.ask(t)
		if got := r.Header.Get("ETag"); got != tag {
			t.Errorf("If-None-Match: %s: ETag %s, want %s", c.tags, got, tag)
		}
		if c.status == 304 && r.body != "" {
			t.Errorf("a 304 with a body: %s", r.body)
		}
	}
	// A format is a representation of its own.
	text := q
	text.path += "&format=text"
	if other := text.ask(t).Header.Get("ETag"); other == tag {
		t.Error("text and JSON have one ETag")
	}
}

// TestHead has the headers of a GET and no body.
func TestHead(t *testing.T) {
	const fault = "it knows no HEAD and asks no $default for it"
	for _, route := range []string{"/v1/casualties?country=FR", "/v1/stories", "/openapi.json"} {
		get := question{route: "GET", path: route, status: 200}.ask(t)
		head := question{route: "HEAD", path: route, status: 200, fault: fault}.ask(t)
		if head.StatusCode == http.StatusOK && (head.body != "" || head.Header.Get("ETag") != get.Header.Get("ETag") || head.Header.Get("Content-Type") != get.Header.Get("Content-Type")) {
			t.Errorf("HEAD %s: %q with %v, GET has %v", route, head.body, head.Header, get.Header)
		}
	}
}

// TestPreflight lets pages of other origins read, and offers them nothing that writes.
func TestPreflight(t *testing.T) {
	request, err := http.NewRequest(http.MethodOptions, base+"/v1/casualties", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "https://paper.example")
	request.Header.Set("Access-Control-Request-Method", "GET")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	methods := answer.Header.Get("Access-Control-Allow-Methods")
	if answer.StatusCode >= 300 || answer.Header.Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(methods, "GET") {
		t.Errorf("%s with %v", answer.Status, answer.Header)
	}
	if strings.Contains(methods, "POST") || strings.Contains(methods, "DELETE") {
		t.Errorf("pages are offered %s", methods)
	}
}
