package api

import (
	"strings"
	"testing"

	"factbox/shared/oembed"
	"factbox/shared/widget"
)

func TestEmbed(t *testing.T) {
	d := deps(flooded())
	d.Widgets = widget.Drawer{}
	h := Widgets(d)
	const here = "https://example.com"
	for _, c := range []struct {
		target string
		status int
		has    []string
	}{
		{"/embed/flood", 200, []string{"<!DOCTYPE html>", `lang="en"`, "River &lt;flood&gt; &amp; storm"}},
		{"/embed/flood?lang=fr-CA&show=casualties", 200, []string{`lang="fr"`}},
		{"/embed/flood?lang=ar&theme=dark", 200, []string{`dir="rtl"`, `lang="ar"`}},
		{"/embed/flood?utm_source=mail&show=timeline", 200, []string{"<!DOCTYPE html>"}},
		{"/embed/flood?as=element", 200, []string{`<template shadowrootmode="open">`}},
		{"/embed/drought", 404, []string{"<!DOCTYPE html>", "drought"}},
		{"/embed/drought?as=element", 404, []string{`"status":404`}},
		{"/embed/flood?show=weather", 400, []string{"summary, casualties, timeline, pledges"}},
		{"/embed/flood?lang=tlh", 400, []string{"en, ar, fr"}},
		{"/embed/flood?theme=pink", 400, []string{"auto, light, dark"}},
		{"/embed/flood?as_of=2999-01-01", 400, []string{"as_of"}},
	} {
		r := ask(t, h, "GET", c.target, "", "Accept: text/html")
		body := text(r)
		if r.StatusCode != c.status {
			t.Errorf("%s: %d, want %d: %.300s", c.target, r.StatusCode, c.status, body)
		}
		for _, part := range c.has {
			if !strings.Contains(body, part) {
				t.Errorf("%s has no %s: %.300s", c.target, part, body)
			}
		}
	}

	r := ask(t, h, "GET", "/embed/flood?show=pledges", "")
	if link := r.Header.Get("Link"); link != oembed.Link(here, here+"/embed/flood?show=pledges") {
		t.Errorf("the page's oEmbed is at %q", link)
	}
	if r.Header.Get("ETag") == "" || r.Header.Get("Set-Cookie") != "" {
		t.Errorf("headers %v", r.Header)
	}
}

func TestEmbedsPolicy(t *testing.T) {
	for _, c := range []struct{ ancestors, want string }{
		{"", "frame-ancestors *"},
		{"https://daily.example", "frame-ancestors https://daily.example"},
	} {
		d := deps(flooded())
		d.Widgets, d.FrameAncestors = widget.Drawer{}, c.ancestors
		h := Widgets(d)
		for _, target := range []string{"/embed/flood", "/embed/drought"} {
			policy := ask(t, h, "GET", target, "").Header.Get("Content-Security-Policy")
			for _, part := range []string{"default-src 'none'; style-src 'sha256-", "script-src 'self'; base-uri 'none'; form-action 'none'; ", c.want} {
				if !strings.Contains(policy, part) {
					t.Errorf("%s: the policy %q has no %q", target, policy, part)
				}
			}
			if strings.Contains(policy, "unsafe") {
				t.Errorf("%s: %q", target, policy)
			}
		}
	}
}

// TestEmbedsElsewhere: a function that draws nothing says so.
func TestEmbedsElsewhere(t *testing.T) {
	wantProblem(t, ask(t, Stories(deps(flooded())), "GET", "/embed/flood", ""), 404)
}

// TestStoryToPaste: a story's summary in the formats that editors paste. What documents say makes no markup in either.
func TestStoryToPaste(t *testing.T) {
	h := Stories(deps(flooded()))
	for _, c := range []struct{ target, accept, mediaType, has string }{
		{"/v1/stories/flood?format=markdown", "*/*", "text/markdown; charset=utf-8", `River \<flood\> \& storm`},
		{"/v1/stories/flood", "text/markdown", "text/markdown; charset=utf-8", "https://example.com/embed/flood"},
		{"/v1/stories/flood?format=jsonld", "*/*", "application/ld+json", `River \u003cflood\u003e \u0026 storm`},
		{"/v1/stories/flood", "application/ld+json, application/json;q=0.5", "application/ld+json", `"@context"`},
	} {
		r := ask(t, h, "GET", c.target, "", "Accept: "+c.accept)
		if body := text(r); r.StatusCode != 200 || r.Header.Get("Content-Type") != c.mediaType || !strings.Contains(body, c.has) {
			t.Errorf("%s as %s: %d %q without %s: %s", c.target, c.accept, r.StatusCode, r.Header.Get("Content-Type"), c.has, body)
		}
	}
	wantProblem(t, ask(t, Dates(deps(empty)), "GET", "/v1/dates?format=markdown", ""), 400, "ndjson")
}
