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
