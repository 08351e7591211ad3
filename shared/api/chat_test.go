package api

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// valid holds a document to its version of OpenAPI, with its examples to their schemas.
func valid(t *testing.T, document string) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestOpenAPI31IsValid(t *testing.T) {
	h := Stories(deps(everything()))
	doc := valid(t, text(ask(t, h, "GET", "/openapi.json", "")))
	if len(doc.Servers) != 1 || doc.Servers[0].URL != "https://example.com" {
		t.Errorf("servers %+v", doc.Servers)
	}
	r, w := newRequest("GET", "/openapi.json", ""), httptest.NewRecorder()
	r.Host = `a"b`
	h.ServeHTTP(w, r)
	if nowhere := valid(t, w.Body.String()); len(nowhere.Servers) != 0 {
		t.Errorf("servers of a host that is none: %+v", nowhere.Servers)
	}
}

// TestOpenAPI30 wants a document that an action group of Amazon Bedrock takes.
func TestOpenAPI30(t *testing.T) {
	body := text(ask(t, Chat(deps(everything())), "GET", "/openapi-3.0.json", ""))
	doc := valid(t, body)
	var ids []string
	for path, item := range doc.Paths.Map() {
		op := item.Get
		if len(item.Operations()) != 1 || op == nil || len(op.Description) == 0 || len(op.Description) > maxDescription {
			t.Errorf("%s: %+v", path, item)
			continue
		}
		ids = append(ids, op.OperationID)
		for _, p := range op.Parameters {
			if d := p.Value.Description; d == "" || len(d) > maxDescription {
				t.Errorf("%s, %s: a description of %d characters", op.OperationID, p.Value.Name, len(d))
			}
		}
		if c := op.Responses.Status(200).Value.Content; len(c) != 1 || c["application/json"].Example == nil {
			t.Errorf("%s: answers %v", op.OperationID, c)
		}
	}
	slices.Sort(ids)
	if want := slices.Sorted(slices.Values(reduced)); !slices.Equal(ids, want) || len(ids) > 11 {
		t.Errorf("operations %v, want %v", ids, want)
	}
	if doc.OpenAPI != "3.0.0" || len(doc.Servers) != 1 || doc.Servers[0].URL != "https://example.com" {
		t.Errorf("openapi %s, servers %+v", doc.OpenAPI, doc.Servers)
	}
	for _, word := range []string{"enum", "oneOf", "anyOf", "const", "examples", "identifier", "discriminator", "$schema"} {
		if strings.Contains(body, `"`+word+`":`) {
			t.Errorf("the document has %q", word)
		}
	}
	for _, p := range doc.Paths.Value("/v1/casualties").Get.Parameters {
		if p.Value.Name == "effect" && !strings.HasSuffix(p.Value.Description, "One of killed injured missing abducted detained displaced evacuated affected.") {
			t.Errorf("effect: %s", p.Value.Description)
		}
	}
	fact := doc.Components.Schemas["Fact"].Value
	for name, required := range map[string]bool{"id": true, "kind": true, "evidence": true, "count": false, "timex": false, "donor": false} {
		if fact.Properties[name] == nil || slices.Contains(fact.Required, name) != required {
			t.Errorf("a fact has %s: %v, always: %v", name, fact.Properties[name] != nil, slices.Contains(fact.Required, name))
		}
	}
}

// TestOpenAPI30Refuses wants the schemas of the cut to be more than objects of anything.
func TestOpenAPI30Refuses(t *testing.T) {
	doc := valid(t, text(once(t, Chat(deps(everything())), "GET", "/openapi-3.0.json", "")))
	schema := doc.Paths.Value("/v1/casualties").Get.Responses.Status(200).Value.Content["application/json"].Schema.Value
	answer := map[string]any{}
	b, err := json.Marshal(samples()["listCasualties"])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &answer); err != nil {
		t.Fatal(err)
	}
	if err := schema.VisitJSON(answer); err != nil {
		t.Error(err)
	}
	answer["items"].([]any)[0].(map[string]any)["best"] = "three"
	if err := schema.VisitJSON(answer); err == nil {
		t.Error("a best figure in letters passes")
	}
	answer["items"].([]any)[0].(map[string]any)["best"] = nil
	if err := schema.VisitJSON(answer); err != nil {
		t.Errorf("no best figure: %v", err)
	}
}

// TestLLMs holds the guide to its form (llmstxt.org): a title, a summary in a quotation, text, and sections of links that lead somewhere.
func TestLLMs(t *testing.T) {
	r := ask(t, Chat(deps(empty)), "GET", "/llms.txt?from=a-bot", "", "Accept: text/markdown")
	guide := text(r)
	if r.Header.Get("Content-Type") != "text/plain; charset=utf-8" || r.Header.Get("ETag") == "" {
		t.Errorf("%v", r.Header)
	}
	if !regexp.MustCompile(`^# Factbox\n\n> [^\n]+\n\n(?s:.+)\n## Tools\n`).MatchString(guide) || !strings.Contains(guide, Citing) || strings.Count(guide, "\n# ") > 0 {
		t.Error(guide)
	}
	h := All(deps(empty))
	var sections []string
	for line := range strings.SplitSeq(guide, "\n") {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			sections = append(sections, name)
		}
		if !strings.HasPrefix(line, "- ") {
			continue
		}
		parts := regexp.MustCompile(`^- \[[^\]]+\]\(https://example\.com(/[^ )]*)\): .{10,}$`).FindStringSubmatch(line)
		if parts == nil {
			t.Errorf("no link: %s", line)
			continue
		}
		path, _, _ := strings.Cut(parts[1], "?")
		if path != MCPPath && h.(*surface).operation(newRequest("GET", path, "")) == nil {
			t.Errorf("%s leads nowhere", parts[1])
		}
	}
	if !strings.Contains(guide, "Parameters: story, document, country, from, to, as_of, effect, limit, cursor, format.\n") {
		t.Error("the parameters of casualties are not told")
	}
	if want := []string{"Tools", "Answers", "Headlines", "Casualties", "Dates", "Pledges", "Stories", "Facts", "Optional"}; !slices.Equal(sections, want) {
		t.Errorf("sections %v, want %v", sections, want)
	}
	for _, route := range Routes() {
		if told := strings.Contains(guide, "["+route.Method+" "+route.Path+"]"); told != (route.Method == http.MethodGet) {
			t.Errorf("%s %s is told: %v", route.Method, route.Path, told)
		}
	}
}
