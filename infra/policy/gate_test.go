package policy

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"factbox/infra/local"
	"factbox/infra/local/localtest"
	"factbox/shared/api"
	"factbox/shared/mcp"
	"factbox/shared/store"
	"factbox/shared/widget"
)

// stage is the stack of a test: its functions as the template makes them, on tables of a real engine.
type stage struct {
	t         *testing.T
	functions map[string]Function
	fact      string // the id of a fact of the last document that was put, which requests name FACT
}

// newStage makes the tables that the functions' environment names; parameters are the template's.
func newStage(t *testing.T, parameters map[string]string) *stage {
	t.Helper()
	functions, err := parse(t, transformed(t), parameters).Functions()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, functions: functions}
	definitions, err := local.Tables([]byte(read(t, templateFile)))
	if err != nil {
		t.Fatal(err)
	}
	client := s.client(http.DefaultTransport)
	tables := s.tables()
	names := map[string]string{local.DocumentsTable: tables.Documents, local.FactsTable: tables.Facts}
	if err := local.CreateTables(t.Context(), client, definitions, names); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, name := range names {
			if _, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
				t.Error(err)
			}
		}
	})
	return s
}

// named gives the tables names that no other test has.
func named() map[string]string { return map[string]string{"TablePrefix": rand.Text()} }

// tables are those that the functions are told of; all are told the same, which TestNoSecrets sees to.
func (s *stage) tables() store.Tables {
	e := s.functions["stories"].Environment
	return store.Tables{Documents: e["DOCUMENTS_TABLE"], Facts: e["FACTS_TABLE"]}
}

func (s *stage) client(way http.RoundTripper) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: region, BaseEndpoint: aws.String(localtest.Endpoint(s.t)), HTTPClient: &http.Client{Transport: way},
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""), Retryer: aws.NopRetryer{},
	})
}

// handlers are what the functions run.
var handlers = map[string]func(api.Deps) http.Handler{
	"headlines": api.Headlines, "casualties": api.Casualties, "dates": api.Dates, "pledges": api.Pledges, "stories": api.Stories, "documents": api.Documents,
	"chat": mcp.Handler, "widgets": api.Widgets,
}

// run asks what a function serves, under the policies of f, and gives the answers' statuses, the gate and what was logged.
func (s *stage) run(function string, f Function, requests []string) (statuses []int, gate *Gate, logged string) {
	s.t.Helper()
	gate = &Gate{Function: f, Next: http.DefaultTransport}
	var log bytes.Buffer
	h := handlers[function](api.Deps{
		Store: store.New(s.client(gate), s.tables()), Log: slog.New(slog.NewTextHandler(&log, nil)),
		Widgets: widget.Drawer{},
		Now:     func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) },
	})
	for _, line := range requests {
		method, target, _ := strings.Cut(line, " ")
		target, body, _ := strings.Cut(target, " <- ")
		r := httptest.NewRequest(method, strings.Replace(target, "FACT", s.fact, 1), strings.NewReader(body))
		switch method {
		case http.MethodPost:
			r.Header.Set("Content-Type", "text/plain")
		case http.MethodPatch:
			r.Header.Set("Content-Type", "application/json")
		}
		if target == api.MCPPath {
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if target == api.MCPPath && strings.Contains(w.Body.String(), `"isError":true`) { // a tool that fails is answered with 200
			w.Code = http.StatusInternalServerError
		}
		statuses = append(statuses, w.Code)
		var put api.DocumentAnswer
		if json.Unmarshal(w.Body.Bytes(), &put) == nil && len(put.Facts) > 0 {
			s.fact = put.Facts[0].ID
		}
	}
	return statuses, gate, log.String()
}

const (
	put = "POST /v1/documents?id=harbour-1&story=ferry&headline=Ferry+sinks&publisher=Harbour+Post&published=2026-11-19 <- "
	// What the second version no longer says is deleted.
	first  = put + "At least 45 people were killed after a ferry sank off Malta on Tuesday. Italy pledged two rescue teams to Malta."
	second = put + "Nine people were killed after a ferry sank off Malta on Tuesday, the coast guard said."
	loose  = "POST /v1/documents?headline=Ferry+sinks&publisher=Mail&published=2026-11-20 <- Nine people were killed after a ferry sank off Malta."
	remove = "DELETE /v1/documents/harbour-1"
	move   = "PATCH /v1/documents/harbour-1 <- " + `{"story":"wreck"}`
	accept = "PATCH /v1/facts/FACT <- " + `{"review":"accepted","author":"desk","reason":"read"}`
)

// listing asks a list in the ways that go to the tables by themselves: whole, of a story that there is and of one that there
// is not, of a document, and in the past.
func listing(path string) []string {
	var all []string
	for _, query := range []string{"", "?story=ferry", "?story=none", "?country=MT", "?document=harbour-1", "?story=ferry&as_of=2027-01-01"} {
		all = append(all, "GET "+path+query)
	}
	return all
}

// work is what is asked of each function. Together they need all that its policies grant.
var work = map[string][]string{
	"headlines":  append(listing("/v1/headlines"), "GET /v1/headlines?q=ferry", "GET /v1/headlines/harbour-1"),
	"casualties": listing("/v1/casualties"),
	"dates":      listing("/v1/dates"),
	"pledges":    append(listing("/v1/pledges"), "GET /v1/pledges/by-country", "GET /v1/pledges/by-country?story=none"),
	"stories":    slices.Concat(listing("/v1/facts"), listing("/v1/stories"), []string{"GET /v1/facts/FACT/history", "GET /v1/changes", "GET /v1/stories/ferry", "GET /v1/health", "HEAD /v1/casualties", "GET /nowhere", "GET /openapi.json"}),
	"chat": {"GET /v1/answers?q=How+many+people+died+when+the+ferry+sank%3F", "GET /v1/answers?q=How+many+were+killed%3F&story=ferry", "GET /llms.txt",
		tool("fetch", `{"id": "harbour-1"}`), tool("casualties", `{"country": "MT"}`)},
	"widgets":   {"GET /embed/ferry", "GET /embed/ferry?as_of=2026-11-20", "GET /oembed?url=https://example.com/embed/ferry", "GET /widget.js"},
	"documents": {first, accept, first, second, loose, move, remove},
}

// tool calls one of MCP's.
func tool(name, arguments string) string {
	return fmt.Sprintf(`POST %s <- {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": %q, "arguments": %s}}`, api.MCPPath, name, arguments)
}

// granted lists what of a function's grants DynamoDB sees.
func granted(f Function) []Grant {
	return slices.DeleteFunc(f.Grants(), func(g Grant) bool { return !strings.HasPrefix(g.Action, "dynamodb:") })
}

// prepare puts the document that reads are asked of.
func (s *stage) prepare(function string) {
	s.t.Helper()
	if function == "documents" {
		return
	}
	if statuses, _, log := s.run("documents", s.functions["documents"], []string{first}); statuses[0] != http.StatusCreated {
		s.t.Fatalf("putting: %d %s", statuses[0], log)
	}
}

// TestPoliciesSuffice does all of a function's work under its policies: nothing is denied, and all that is granted is used.
func TestPoliciesSuffice(t *testing.T) {
	for function, requests := range work {
		t.Run(function, func(t *testing.T) {
			s := newStage(t, named())
			s.prepare(function)
			f := s.functions[function]
			statuses, gate, log := s.run(function, f, requests)
			for i, status := range statuses {
				if status >= 500 {
					t.Errorf("%s: %d", requests[i], status)
				}
			}
			if denied := gate.Denied(); len(denied) > 0 {
				t.Errorf("denied %v: %s", denied, log)
			}
			for _, g := range granted(f) {
				if !slices.Contains(gate.Used(), g) {
					t.Errorf("%v is granted and not needed", g)
				}
			}
		})
	}
}

// TestEachActionIsNeeded takes one action on one table away at a time: some of the function's work then fails, for that
// reason.
func TestEachActionIsNeeded(t *testing.T) {
	for function, requests := range work {
		for _, g := range granted(parseFunctions(t, nil)[function]) {
			_, what, _ := strings.Cut(g.Action, ":")
			_, on, _ := strings.Cut(g.Resource, "/")
			t.Run(function+" without "+what+" on "+on, func(t *testing.T) {
				parameters := named()
				s := newStage(t, parameters)
				s.prepare(function)
				lost := Grant{g.Action, strings.Replace(g.Resource, on, parameters["TablePrefix"]+"-"+strings.ToLower(strings.TrimSuffix(on, "Table")), 1)}
				statuses, gate, log := s.run(function, s.functions[function].Without(lost), requests)
				if !slices.Contains(statuses, http.StatusInternalServerError) {
					t.Errorf("all went well: %v", statuses)
				}
				if denied := gate.Denied(); !slices.Equal(denied, []Grant{lost}) {
					t.Errorf("denied %v, want %v", denied, lost)
				}
				if !strings.Contains(log, "AccessDeniedException") || !strings.Contains(log, "not authorized to perform: "+g.Action) {
					t.Errorf("the log does not say why: %s", log)
				}
			})
		}
	}
}

func parseFunctions(t *testing.T, parameters map[string]string) map[string]Function {
	t.Helper()
	functions, err := parse(t, transformed(t), parameters).Functions()
	if err != nil {
		t.Fatal(err)
	}
	return functions
}

// TestReadersCannotWrite lets each reading function's policies try to review, to put, to move and to withdraw.
func TestReadersCannotWrite(t *testing.T) {
	for function := range work {
		if function == "documents" {
			continue
		}
		t.Run(function, func(t *testing.T) {
			s := newStage(t, named())
			s.prepare(function)
			requests := []string{second, move, remove}
			if function != "headlines" { // which does not even find the fact
				requests = append(requests, accept)
			}
			statuses, gate, _ := s.run("documents", s.functions[function], requests)
			if !slices.Equal(statuses, slices.Repeat([]int{500}, len(requests))) {
				t.Errorf("answered %v", statuses)
			}
			for _, g := range gate.Denied() {
				if slices.Contains(reads, g.Action) && function != "widgets" { // which may not even read what a write begins with
					t.Errorf("denied %v, which reads", g)
				}
			}
			if len(gate.Denied()) == 0 {
				t.Error("nothing was denied")
			}
		})
	}
}

// TestRestoredTables runs the functions as after a restore, when they are told of other tables than the stack's.
func TestRestoredTables(t *testing.T) {
	id := rand.Text()
	s := newStage(t, map[string]string{"RestoredDocumentsTable": "Documents-" + id, "RestoredFactsTable": "Facts-" + id})
	if want := (store.Tables{Documents: "Documents-" + id, Facts: "Facts-" + id}); s.tables() != want {
		t.Fatalf("the functions are told of %+v", s.tables())
	}
	s.prepare("stories")
	for _, function := range []string{"headlines", "stories", "documents"} {
		if statuses, gate, log := s.run(function, s.functions[function], work[function]); len(gate.Denied()) > 0 || slices.Contains(statuses, 500) {
			t.Errorf("%s: %v, denied %v: %s", function, statuses, gate.Denied(), log)
		}
	}
}

// TestGateNeeds states what each call of the store's client needs (Service Authorization Reference, "Amazon DynamoDB").
func TestGateNeeds(t *testing.T) {
	on := func(names ...string) (all []Grant) {
		for i := 0; i < len(names); i += 2 {
			all = append(all, Grant{"dynamodb:" + names[i], table(names[i+1])})
		}
		return all
	}
	for _, c := range []struct {
		call, body string
		want       []Grant
	}{
		{"GetItem", `{"TableName":"a"}`, on("GetItem", "a")},
		{"Query", `{"TableName":"a"}`, on("Query", "a")},
		{"BatchWriteItem", `{"RequestItems":{"a":[{},{}]}}`, on("BatchWriteItem", "a")},
		{"BatchGetItem", `{"RequestItems":{"a":{}}}`, on("BatchGetItem", "a")},
		{"TransactWriteItems", `{"TransactItems":[{"Put":{"TableName":"a"}},{"ConditionCheck":{"TableName":"b"}},{"Delete":{"TableName":"a"}},{"Update":{"TableName":"b"}}]}`,
			on("PutItem", "a", "ConditionCheckItem", "b", "DeleteItem", "a", "UpdateItem", "b")},
		{"SendMessage", `{"QueueUrl":"http://127.0.0.1:1/1/a"}`, []Grant{{"sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:a"}}},
		{"Scan", `{"TableName":"a"}`, nil},
		{"GetItem", `[`, nil},
	} {
		got, err := needed(c.call, []byte(c.body))
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s %s: %v (%v), want %v", c.call, c.body, got, err, c.want)
		}
	}
}

func TestAllows(t *testing.T) {
	for _, c := range []struct {
		action, resource string // granted
		does, on         string // asked
		want             bool
	}{
		{"dynamodb:GetItem", table("a"), "dynamodb:GetItem", table("a"), true},
		{"dynamodb:getitem", table("a"), "dynamodb:GetItem", table("a"), true},
		{"dynamodb:GetItem", table("a"), "dynamodb:Query", table("a"), false},
		{"dynamodb:GetItem", table("a"), "dynamodb:GetItem", table("ab"), false},
		{"dynamodb:*", table("a"), "dynamodb:PutItem", table("a"), true},
		{"dynamodb:Get*", table("a"), "dynamodb:PutItem", table("a"), false},
		{"dynamodb:GetItem", "*", "dynamodb:GetItem", table("a"), true},
		{"dynamodb:GetItem", "arn:aws:dynamodb:*", "dynamodb:GetItem", table("a"), true},
	} {
		f := Function{Statements: []Statement{{[]string{c.action}, []string{c.resource}}}}
		if got := f.Allows(c.does, c.on); got != c.want {
			t.Errorf("%s on %s allows %s on %s: %v", c.action, c.resource, c.does, c.on, got)
		}
	}
}

// The denial reads as DynamoDB's to the SDK, which tells its kind by the body.
func TestDenial(t *testing.T) {
	r := httptest.NewRequest(http.MethodPost, (&url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"}).String(), nil)
	answer := denial(r, Grant{"dynamodb:PutItem", table("a")})
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var said map[string]string
	if err := json.Unmarshal(body, &said); err != nil || answer.StatusCode != 400 || !strings.HasSuffix(said["__type"], "#AccessDeniedException") ||
		!strings.Contains(said["Message"], "not authorized to perform: dynamodb:PutItem on resource: "+table("a")+" because") {
		t.Errorf("%d %s (%v)", answer.StatusCode, body, err)
	}
}
