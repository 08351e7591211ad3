package api

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/oembed"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

// flooded has one story.
func flooded() fake {
	return fake{story: func(id string) (summary.Story, error) {
		if id != "flood" {
			return summary.Story{}, fact.Errorf(fact.NotFound, "there is no story %q", id)
		}
		return summary.Story{Story: "flood", Title: "River <flood> & storm", Bullets: []string{"Killed: 3", "Belgium: medical (pledged)"}}, nil
	}}
}

func TestOEmbed(t *testing.T) {
	h := Widgets(deps(flooded()))
	const here = "https://example.com" // where ask reaches the service
	for _, c := range []struct {
		query  string // of which url is appended, escaped
		url    string
		status int
		has    []string // of the answer
	}{
		{"", here + "/embed/flood", 200, []string{`"version":"1.0"`, `"type":"rich"`, `"width":600`, `"provider_url":"` + here + `/"`, "Killed: 3"}},
		{"format=json", here + "/v1/stories/flood", 200, []string{`"title":"River \u003cflood\u003e \u0026 storm"`, here + "/embed/flood"}},
		{"format=xml", here + "/embed/flood", 200, []string{`<?xml version="1.0" encoding="utf-8"`, "<title>River &lt;flood&gt; &amp; storm</title>"}},
		{"maxwidth=320&maxheight=200", here + "/embed/flood", 200, []string{`"width":320`, `"height":200`}},
		{"maxwidth=4000", here + "/embed/flood", 200, []string{`"width":600`}},
		{"dnt=1&_=7", here + "/embed/flood", 200, []string{`"version":"1.0"`}}, // WordPress and others add parameters of their own
		{"", here + "/embed/flood?utm_source=mail", 200, []string{here + `/embed/flood\"`}},
		{"format=yaml", here + "/embed/flood", 501, []string{"json, xml"}},
		{"format=yaml", "https://elsewhere.example/", 501, nil},
		{"", "", 400, []string{"url"}},
		{"maxwidth=0", here + "/embed/flood", 400, []string{"maxwidth"}},
		{"maxwidth=wide", here + "/embed/flood", 400, []string{"maxwidth"}},
		{"", "https://elsewhere.example/embed/flood", 404, nil},
		{"", here + "/embed/drought", 404, []string{"drought"}},
		{"", here + "/embed/..%2Fv1", 404, nil},
		{"", here + "/v1/facts", 404, nil},
		{"", "flood", 404, nil},
		{"", here + "/embed/flood?show=timeline&lang=fr", 200, []string{"/embed/flood?lang=fr\\u0026amp;show=timeline", `"height":640`}},
		{"", here + "/embed/flood?show=pie", 404, nil}, // what the embed would refuse is nothing to embed
		{"", here + "/embed/flood?lang=tlh", 404, nil},
		{"", here + "/embed/flood?as_of=2999-01-01", 404, nil},
	} {
		query := c.query
		if c.url != "" {
			query = strings.TrimPrefix(query+"&url="+url.QueryEscape(c.url), "&")
		}
		r := ask(t, h, "GET", "/oembed?"+query, "")
		body := text(r)
		if r.StatusCode != c.status {
			t.Errorf("%s of %q: %d, want %d: %s", c.query, c.url, r.StatusCode, c.status, body)
		}
		for _, part := range c.has {
			if !strings.Contains(body, part) {
				t.Errorf("%s of %q has no %s: %s", c.query, c.url, part, body)
			}
		}
	}
}

func TestOEmbedAsXML(t *testing.T) {
	r := ask(t, Widgets(deps(flooded())), "GET", "/oembed?format=xml&url=https://example.com/embed/flood", "")
	var a oembed.Answer
	if err := xml.Unmarshal([]byte(text(r)), &a); err != nil || a.Title != "River <flood> & storm" {
		t.Errorf("%v: %+v", err, a)
	}
	if got := r.Header.Get("Content-Type"); got != "text/xml; charset=utf-8" {
		t.Errorf("its type is %q", got)
	}
}

func TestWidgetScript(t *testing.T) {
	r := ask(t, Widgets(deps(empty)), "GET", "/widget.js", "", "Accept: */*")
	if r.StatusCode != http.StatusOK || text(r) != string(widget.Script) || r.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("%d %q, %d bytes", r.StatusCode, r.Header.Get("Content-Type"), len(text(r)))
	}
}
