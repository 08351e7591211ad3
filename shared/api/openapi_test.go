package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

// openAPI is what the tests read of the document.
type openAPI struct {
	OpenAPI string `json:"openapi"`
	Info    struct{ Title, Version, Description string }
	Paths   map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Summary     string
		Description string
		Parameters  []struct {
			Name, In, Description string
			Schema                struct {
				Examples []any
				Enum     []any
				Default  any
				Type     any
			}
		}
		RequestBody struct{ Content map[string]any }
		Responses   map[string]struct {
			Content map[string]struct {
				Schema  map[string]any
				Example any
			}
		}
	}
	Components struct{ Schemas map[string]any }
}

func TestOpenAPI(t *testing.T) {
	r := ask(t, Stories(deps(empty)), "GET", "/openapi.json", "")
	doc := decode[openAPI](t, r)
	if doc.OpenAPI != "3.1.0" || doc.Info.Version != "test" {
		t.Errorf("openapi %q, version %q", doc.OpenAPI, doc.Info.Version)
	}
	if all := ask(t, All(deps(everything())), "GET", "/openapi.json", ""); text(all) != text(r) {
		t.Error("the document depends on the function that serves it")
	}
	if strings.Contains(text(r), "$schema") {
		t.Error("the document has huma's schema links")
	}
	ids := map[string]bool{}
	var operations []string
	for path, methods := range doc.Paths {
		for method, op := range methods {
			operations = append(operations, strings.ToUpper(method)+" "+path)
			if op.OperationID == "" || ids[op.OperationID] || op.Summary == "" {
				t.Errorf("%s %s: operationId %q, summary %q", method, path, op.OperationID, op.Summary)
			}
			ids[op.OperationID] = true
			if n := len(op.Description); n == 0 || n > 300 {
				t.Errorf("%s: a description of %d characters", op.OperationID, n)
			}
			for _, p := range op.Parameters {
				if n := len(p.Description); n == 0 || n > 300 {
					t.Errorf("%s, %s: a description of %d characters", op.OperationID, p.Name, n)
				}
				plain := p.Schema.Type == "string" && p.Name != "cursor" && len(p.Schema.Enum) == 0
				if plain && len(p.Schema.Examples) == 0 {
					t.Errorf("%s, %s has no example", op.OperationID, p.Name)
				}
			}
			for status, res := range op.Responses {
				if c, ok := res.Content["application/json"]; ok && status < "300" && c.Example == nil && !strings.HasPrefix(op.OperationID, "getOpenAPI") {
					t.Errorf("%s: no example of a %s", op.OperationID, status)
				}
			}
			if _, ok := op.Responses["default"].Content[problemType]; !ok {
				t.Errorf("%s does not document its problems", op.OperationID)
			}
		}
	}
	var want []string
	for _, r := range Routes() {
		want = append(want, r.Method+" "+r.Path)
	}
	slices.Sort(operations)
	slices.Sort(want)
	if !slices.Equal(operations, want) {
		t.Errorf("documented %v, registered %v", operations, want)
	}
	post := doc.Paths["/v1/documents"]["post"]
	if len(post.RequestBody.Content) != len(mediaTypes) {
		t.Errorf("bodies %v", post.RequestBody.Content)
	}
	for _, m := range mediaTypes {
		if post.RequestBody.Content[m] == nil {
			t.Errorf("no body of %s", m)
		}
	}
	if formats := doc.Paths["/v1/dates"]["get"].Responses["200"].Content; len(formats) != len(allFormats) {
		t.Errorf("formats %v", formats)
	}
	for _, ref := range regexp.MustCompile(`"#/components/schemas/([^"]+)"`).FindAllStringSubmatch(text(r), -1) {
		if doc.Components.Schemas[ref[1]] == nil {
			t.Errorf("there is no schema %s", ref[1])
		}
	}
}

func TestNoPagesOfHumas(t *testing.T) {
	h := All(deps(empty))
	for _, path := range []string{"/docs", "/openapi.yaml", "/openapi", "/schemas/Fact.json"} {
		wantProblem(t, ask(t, h, "GET", path, ""), http.StatusNotFound)
	}
}

// TestSamplesFitTheirSchemas holds every example, and so every type that is answered, against the schema that the document
// gives of it, without the properties that the schema does not name.
func TestSamplesFitTheirSchemas(t *testing.T) {
	s := newSurface(deps(empty), allRoutes()...)
	if _, err := s.document(); err != nil {
		t.Fatal(err)
	}
	registry := s.huma.OpenAPI().Components.Schemas
	for _, schema := range registry.Map() {
		if schema.Properties != nil {
			schema.AdditionalProperties = false
			schema.PrecomputeMessages()
		}
	}
	for _, r := range s.routes {
		op := s.documented(huma.Operation{Method: r.Method, Path: r.Path})
		for _, sample := range []any{samples()[op.OperationID]} {
			if sample == nil {
				continue
			}
			res := op.Responses["200"]
			if r.Method == http.MethodPost {
				res = op.Responses["201"]
			}
			if errs := violations(t, registry, res.Content["application/json"].Schema, sample); len(errs) > 0 {
				t.Errorf("%s: %v", op.OperationID, errs)
			}
		}
	}
	broken := sampled[FactAnswer]("getFact")
	broken.Fact.Casualty.Effect = "dead"
	schema := s.documented(huma.Operation{Method: "GET", Path: "/v1/facts/{id}"}).Responses["200"].Content["application/json"].Schema
	if errs := violations(t, registry, schema, broken); len(errs) == 0 {
		t.Error("the schema of a fact lets an effect pass that there is none")
	}
}

func violations(t *testing.T, registry huma.Registry, schema *huma.Schema, v any) []string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(b, &plain); err != nil {
		t.Fatal(err)
	}
	res := &huma.ValidateResult{}
	huma.Validate(registry, schema, huma.NewPathBuffer([]byte{}, 0), huma.ModeReadFromServer, plain, res)
	var list []string
	for _, e := range res.Errors {
		list = append(list, fmt.Sprint(e))
	}
	return list
}

func TestRoutes(t *testing.T) {
	functions := map[string]int{}
	for _, r := range Routes() {
		functions[r.Function]++
		if r.Write != (r.Method != http.MethodGet) {
			t.Errorf("%+v", r)
		}
	}
	want := map[string]int{"headlines": 2, "casualties": 1, "dates": 1, "pledges": 2, "stories": 8, "widgets": 3, "documents": 4, "chat": 3}
	if fmt.Sprint(functions) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", functions, want)
	}
}
