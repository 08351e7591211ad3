package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"factbox/shared/store"
	"factbox/shared/summary"
)

func TestReader(t *testing.T) {
	panics := everything()
	panics.supports = func(store.Filter, store.Page) (store.List[summary.Support], error) { panic("boom") }
	h, r := All(deps(panics)), NewReader(deps(panics))
	from := newRequest("POST", "/mcp", "no body of ours", "Accept: text/event-stream", "If-None-Match: *")
	tests := []struct {
		path   string
		query  url.Values
		status int
	}{
		{"/v1/casualties", nil, 200},
		{"/v1/casualties", url.Values{"country": {"fra"}, "effect": {"killed"}}, 200},
		{"/v1/pledges/by-country", url.Values{"category": {"humanitarian"}}, 200},
		{"/v1/casualties", url.Values{"effect": {"dead"}}, 400},
		{"/v1/casualties", url.Values{"colour": {"red"}}, 400},
		{"/v1/casualties", url.Values{"country": {"ZZ & co"}}, 400},
		{"/v1/pledges", nil, 500},
		{"/v1/facts/a/b", nil, 404},
		{"/v1/documents", nil, 405},
	}
	for _, tt := range tests {
		target := tt.path + "?" + tt.query.Encode()
		data, lines, err := r.Read(from, tt.path, tt.query)
		want := once(t, h, "GET", target, "")
		if tt.status != 200 {
			var p *Problem
			if !errors.As(err, &p) || p.Status != tt.status || p.Detail != decode[Problem](t, want).Detail || p.Instance != decode[Problem](t, want).Instance {
				t.Errorf("%s: %v, want %s", target, err, text(want))
			}
			continue
		}
		if err != nil || string(data) != strings.TrimSpace(text(want)) {
			t.Errorf("%s: %s (%v), want %s", target, data, err, text(want))
		}
		if want := text(once(t, h, "GET", target, "", "Accept: text/plain")); lines != want {
			t.Errorf("%s: text %q, want %q", target, lines, want)
		}
	}
}

func TestReaderParameters(t *testing.T) {
	r := NewReader(deps(empty))
	var names []string
	for _, p := range r.Parameters("/v1/casualties") {
		names = append(names, p.Name)
		var schema struct {
			Type, Description string
			Enum              []string
		}
		if err := json.Unmarshal(p.Schema, &schema); err != nil || schema.Type == "" || schema.Description == "" {
			t.Errorf("%s: %s (%v)", p.Name, p.Schema, err)
		}
		if p.Name == "effect" && len(schema.Enum) != 8 {
			t.Errorf("effects %v", schema.Enum)
		}
	}
	if got := strings.Join(names, " "); got != "story document country from to as_of effect limit cursor format" {
		t.Errorf("parameters %s", got)
	}
	if r.Parameters("/v1/documents") != nil || r.Parameters("/nowhere") != nil {
		t.Error("parameters of what is no read")
	}
}

// TestReaderFormatIsPrivate wants no client to get the format of readers.
func TestReaderFormatIsPrivate(t *testing.T) {
	h := All(deps(everything()))
	wantProblem(t, once(t, h, "GET", "/v1/casualties", "", "Accept: "+formatBoth.mediaType), http.StatusNotAcceptable)
	if doc := text(once(t, h, "GET", "/openapi.json", "")); strings.Contains(doc, formatBoth.mediaType) {
		t.Error("the OpenAPI document tells of it")
	}
}
