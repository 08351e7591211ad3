package api

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"factbox/shared/lambda"
	"factbox/shared/widget"
)

// TestEvents replays the API Gateway events of events/ through the function that each is for, on a real store in which the
// event that puts a document comes first and the one that withdraws it last.
func TestEvents(t *testing.T) {
	functions := map[string]func(Deps) http.Handler{
		"headlines": Headlines, "casualties": Casualties, "dates": Dates, "pledges": Pledges, "stories": Stories, "documents": Documents, "chat": Chat, "widgets": Widgets,
	}
	with := deps(newStore(t))
	with.Widgets = widget.Drawer{}
	tests := []struct {
		event  string
		status int
		holds  []string
	}{
		{"documents-post", 201, []string{`"known":false`, `"document":"daily-2025-05-04"`, `"kind":"casualty"`, `"donor":"BE"`}},
		{"documents-post", 200, []string{`"known":true`}},
		{"headlines-search", 200, []string{"River floods three towns", `"bullets":["`}},
		{"headlines-document", 200, []string{`"facts":[{`, `"next":null`}},
		{"casualties-country", 200, []string{"story,event,place", "killed,3,3,3", "Three people were killed"}},
		{"dates-day", 200, []string{`"date":"2025-05-04"`, `"sources":[{`}},
		{"pledges-by-country", 200, []string{`"country":"BE"`, `"name":"Belgium"`, `"status":"considered"`}},
		{"stories-story", 200, []string{"River flood 2025", "Killed: 3"}},
		{"stories-openapi", 200, []string{`"openapi":"3.1.0"`, `"/v1/documents"`, `"/v1/casualties"`}},
		{"stories-head", 200, nil}, // API Gateway has no HEAD of a GET route: $default gets it
		{"stories-unknown", 404, []string{`"status":404`}},
		{"chat-answers", 200, []string{`"status":"stated"`, "3 people were killed", "The Daily"}},
		{"chat-llms", 200, []string{"# Factbox", "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1/casualties?format=text"}},
		{"widgets-embed", 200, []string{"<!DOCTYPE html>", `lang="fr"`, "River flood 2025"}},
		{"widgets-oembed", 200, []string{`"type":"rich"`, `"width":600`, "https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/embed/river-flood-2025?show=pledges"}},
		{"widgets-script", 200, []string{"fact-box"}},
		{"documents-binary", 415, []string{`"status":415`, "image/png"}},
		{"documents-review", 200, []string{`"review":"corrected"`, `"revision":2`, `"min":4`, `"quote":"Three people were killed`}},
		{"documents-review", 200, []string{`"revision":2`}}, // the same again, though it names the revision before
		{"casualties-country", 200, []string{"killed,4,4,4"}},
		{"stories-history", 200, []string{`"author":"Ana Souza"`, `"ended_by":"review"`, `"next":null`}},
		{"stories-changes", 200, []string{`"seq":1,`, `"action":"review"`, `"next":2,"more":false`}},
		{"documents-move", 200, []string{`"story":"garonne-2025"`, `"from":"river-flood-2025"`}},
		{"documents-delete", 204, nil},
		{"stories-history", 200, []string{`"ended_by":"withdraw"`}},
		{"headlines-document", 404, []string{"withdrawn"}},
	}
	replayed := map[string]bool{}
	for _, tt := range tests {
		replayed[tt.event+".json"] = true
		raw, err := os.ReadFile(filepath.Join("../../events", tt.event+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var event events.APIGatewayV2HTTPRequest
		if err := json.Unmarshal(raw, &event); err != nil {
			t.Fatalf("%s: %v", tt.event, err)
		}
		function, _, _ := strings.Cut(tt.event, "-")
		a, err := lambda.Handler(functions[function](with), silent)(context.Background(), event)
		if err != nil || a.StatusCode != tt.status {
			t.Errorf("%s: %d %s, want %d (%v)", tt.event, a.StatusCode, a.Body, tt.status, err)
		}
		for _, part := range tt.holds {
			if !strings.Contains(a.Body, part) {
				t.Errorf("%s does not answer with %s: %s", tt.event, part, a.Body)
			}
		}
	}
	files, err := filepath.Glob("../../events/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if function, _, _ := strings.Cut(filepath.Base(f), "-"); functions[function] == nil {
			continue // it is no request: package refresh replays it
		}
		if filepath.Base(f) == "chat-mcp.json" {
			continue // package mcp replays it
		}
		if !replayed[filepath.Base(f)] {
			t.Errorf("%s is not replayed", f)
		}
	}
	for name := range functions {
		if !hasEvent(files, name) {
			t.Errorf("there is no event of %s", name)
		}
	}
}

func hasEvent(files []string, function string) bool {
	for _, f := range files {
		if strings.HasPrefix(filepath.Base(f), function+"-") {
			return true
		}
	}
	return false
}
