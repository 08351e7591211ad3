package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// call is a call of a tool, and what has to come of it.
type call struct {
	Name      string         `json:"name"`
	Arguments map[string]any `json:"arguments"`

	wrong bool     // the result says that something is wrong
	has   []string // parts of its texts
	links int      // to sources
}

type args = map[string]any

// calls are made by every client. Their answers are in the seed set.
var calls = []call{
	{Name: "answer", Arguments: args{"q": "How many people were killed in the Paris attacks?"}, has: []string{"130 people were killed"}, links: 2},
	{Name: "answer", Arguments: args{"q": "How many people were injured in the Paris attacks?", "story": "hollande-putin-coalition-2015"}, has: []string{"injured"}},
	{Name: "answer", Arguments: args{"q": "Who will win the next election?"}},
	{Name: "answer", Arguments: args{"q": " "}, wrong: true, has: []string{"q: is missing"}},
	{Name: "answer", Arguments: args{"q": strings.Repeat("why ", 100)}, wrong: true, has: []string{"q: is longer than 300 characters"}},
	{Name: "answer", Arguments: args{"q": "Who died?", "story": "no-such-story"}, wrong: true, has: []string{`no-such-story`}},
	{Name: "search", Arguments: args{"query": "Putin coalition"}, has: []string{`{"id":"bloomberg-2015-11-26","title":"Hollande, Putin Call for`, `"id":"story:hollande-putin-coalition-2015"`}},
	{Name: "search", Arguments: args{"query": "What did Cyprus offer to Hollande?"}, has: []string{`"id":"cyprus-mail-2015-11-27"`}},
	{Name: "search", Arguments: args{"query": "Paris attacks"}, has: []string{`{"results":[{"id":"story:hollande-putin-coalition-2015","title":"Hollande seeks`, `(story, documents: 5)`, `"id":"rfi-2015-11-26"`}},
	{Name: "search", Arguments: args{"query": "volcano"}, has: []string{`{"results":[]}`}},
	{Name: "search", Arguments: args{"query": "earthquake in Japan"}, has: []string{`{"results":[]}`}},
	{Name: "search", Arguments: args{"query": "the latest news"}, has: []string{`{"results":[]}`}},
	{Name: "casualties", Arguments: args{"story": "story:hollande-putin-coalition-2015"}, has: []string{"Killed: 130, Paris attacks"}, links: 3},
	{Name: "search", Arguments: args{"query": "?!"}, wrong: true, has: []string{"query: has no word"}},
	{Name: "search", Arguments: args{"query": strings.Repeat("a", 1000)}, wrong: true, has: []string{"query: has no word"}},
	{Name: "search", Arguments: args{"query": strings.Repeat("Hollande ", 1000) + strings.Repeat("putin", 30)}, has: []string{`"id":"bloomberg-2015-11-26"`}},
	{Name: "search", wrong: true, has: []string{"query: is missing"}},
	{Name: "fetch", Arguments: args{"id": "rfi-2015-11-26"}, has: []string{"compromised by downed jet", `"publisher":"RFI"`, `"text":"`}},
	{Name: "fetch", Arguments: args{"id": "story:hollande-putin-coalition-2015"}, has: []string{"Killed: 130, Paris attacks", "Injured: not stated.", "Germany:"}},
	{Name: "fetch", Arguments: args{"id": "nothing"}, wrong: true, has: []string{`id: there is nothing with the id "nothing"`, "search"}},
	{Name: "fetch", Arguments: args{"id": "story:../x"}, wrong: true, has: []string{"id: there is nothing"}},
	{Name: "headline_summary", Arguments: args{"q": "putin"}, has: []string{"Putin tells Hollande", "- Russia: political (pledged)"}, links: 2},
	{Name: "headline_summary", Arguments: args{"q": "?"}, wrong: true, has: []string{"q: has no word"}},
	{Name: "casualties", Arguments: args{"country": "fra"}, has: []string{"Killed: 130, Paris attacks (France, 2015-11-13); newest exact total, 2 origins", "Injured: not stated."}, links: 2},
	{Name: "casualties", Arguments: args{"country": "PT"}, has: []string{"Killed: not stated."}},
	{Name: "casualties", Arguments: args{"effect": "dead"}, wrong: true, has: []string{"effect: is not one of those there are; allowed: killed, injured"}},
	{Name: "casualties", Arguments: args{"colour": "red"}, wrong: true, has: []string{"colour: unknown parameter; allowed: story, document, country, from, to, as_of, effect, limit, cursor"}},
	{Name: "casualties", Arguments: args{"format": "csv"}, wrong: true, has: []string{"format: unknown parameter"}},
	{Name: "casualties", Arguments: args{"country": []string{"FR"}}, wrong: true, has: []string{"country: is neither a string nor a number"}},
	{Name: "casualties", Arguments: args{"limit": 1000}, wrong: true, has: []string{"limit: is not a whole number in its range; allowed: 1 to 100"}},
	{Name: "dates", Arguments: args{"from": "2015-11-24", "to": "2015-11-24"}, has: []string{"2015-11-24: Turkey shoots down a Russian warplane"}, links: 5},
	{Name: "dates", Arguments: args{"from": "2015-11-24", "limit": 1, "story": nil}, has: []string{"For the next page give the same arguments and cursor="}, links: 1},
	{Name: "dates", Arguments: args{"from": "tomorrow"}, wrong: true, has: []string{"from: ", "allowed: YYYY-MM-DD, YYYY-MM, YYYY"}},
	{Name: "pledges_by_country", Arguments: args{"category": "military", "country": "GB"}, has: []string{"United Kingdom:", "condition: provided parliament approves"}, links: 3},
	{Name: "pledges_by_country", Arguments: args{"country": "US", "status": "declined"}, has: []string{"No pledges stated."}},
	{Name: "pledges_by_country", Arguments: args{"country": "Atlantis"}, wrong: true, has: []string{`country: "Atlantis" is not a code that is known`}},
}

// tools are those that there have to be.
var tools = []string{"answer", "casualties", "dates", "fetch", "headline_summary", "pledges_by_country", "search"}

// versions are those of the protocol that the server speaks: with initialize until 2025-11-25, and without after.
var versions = []string{"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"}

// limit bounds every wait of these tests.
const limit = time.Minute

func TestGo(t *testing.T) {
	for _, version := range versions {
		t.Run(version, func(t *testing.T) {
			session := connect(t, version)
			if got := session.InitializeResult(); got.ProtocolVersion != version || got.ServerInfo.Name != "factbox" || !strings.Contains(got.Instructions, "Abstain") {
				t.Errorf("connected as %+v", got)
			}
			list, err := session.ListTools(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			schemas := checkTools(t, list.Tools)
			for _, c := range calls {
				result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: c.Name, Arguments: c.Arguments})
				if err != nil {
					t.Errorf("%s %v: %v", c.Name, c.Arguments, err)
					continue
				}
				c.check(t, result, schemas[c.Name])
			}
			if _, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: "guess"}); err == nil || !strings.Contains(err.Error(), `unknown tool "guess"`) {
				t.Errorf("a tool that there is not: %v", err)
			}
			if version < "2026-07-28" { // which has no ping
				if err := session.Ping(t.Context(), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

func connect(t *testing.T, version string) *sdk.ClientSession {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	client := sdk.NewClient(&sdk.Implementation{Name: "factbox-test", Version: "1"}, nil)
	session, err := client.Connect(ctx, &sdk.StreamableClientTransport{Endpoint: endpoint, MaxRetries: -1, HTTPClient: &http.Client{Timeout: limit}},
		&sdk.ClientSessionOptions{ProtocolVersion: version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Error(err)
		}
	})
	return session
}

func TestNode(t *testing.T) {
	for client, version := range map[string]string{"sdk": "2025-11-25", "client": "2026-07-28"} {
		t.Run(client, func(t *testing.T) {
			answer := askFromNode(t, client, calls)
			if answer.Version != version || answer.Server.Name != "factbox" || answer.Server.Title != "Factbox" || !strings.Contains(answer.Instructions, "Abstain") ||
				len(answer.Faults) > 0 || fmt.Sprint(answer.Capabilities) != "map[tools:map[]]" {
				t.Errorf("connected to %+v by %s with %v; faults %q", answer.Server, answer.Version, answer.Capabilities, answer.Faults)
			}
			schemas := checkTools(t, answer.Tools)
			if len(answer.Results) != len(calls) {
				t.Fatalf("%d results of %d calls", len(answer.Results), len(calls))
			}
			for i, c := range calls {
				var result sdk.CallToolResult
				if err := json.Unmarshal(answer.Results[i], &result); err != nil || strings.Contains(string(answer.Results[i]), `"thrown"`) {
					t.Errorf("%s %v: %s (%v)", c.Name, c.Arguments, answer.Results[i], err)
					continue
				}
				c.check(t, &result, schemas[c.Name])
			}
		})
	}
}

// checkTools holds the tools to what a client wants to know of one, and gives their output schemas.
func checkTools(t *testing.T, list []*sdk.Tool) map[string]*jsonschema.Resolved {
	t.Helper()
	schemas := map[string]*jsonschema.Resolved{}
	var names []string
	for _, tool := range list {
		names = append(names, tool.Name)
		a := tool.Annotations
		if tool.Title == "" || len(tool.Description) < 100 || a == nil || !a.ReadOnlyHint || a.OpenWorldHint == nil || *a.OpenWorldHint || a.DestructiveHint == nil || *a.DestructiveHint {
			t.Errorf("%s: %q, %q, %+v", tool.Name, tool.Title, tool.Description, a)
		}
		resolve := func(raw any) *jsonschema.Resolved {
			b, err := json.Marshal(raw)
			if err != nil {
				t.Fatal(err)
			}
			var s jsonschema.Schema
			if err := json.Unmarshal(b, &s); err != nil {
				t.Fatal(err)
			}
			if s.Type != "object" || len(s.Properties) == 0 {
				t.Errorf("%s: schema %s", tool.Name, b)
			}
			r, err := s.Resolve(nil)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		resolve(tool.InputSchema)
		schemas[tool.Name] = resolve(tool.OutputSchema)
	}
	slices.Sort(names)
	if !slices.Equal(names, tools) {
		t.Errorf("tools %v, want %v", names, tools)
	}
	return schemas
}

// check holds a result to what was wanted of the call.
func (c call) check(t *testing.T, result *sdk.CallToolResult, schema *jsonschema.Resolved) {
	t.Helper()
	what := fmt.Sprintf("%s %v", c.Name, c.Arguments)
	var texts []string
	var links int
	for _, content := range result.Content {
		switch content := content.(type) {
		case *sdk.TextContent:
			texts = append(texts, content.Text)
		case *sdk.ResourceLink:
			links++
			if !strings.HasPrefix(content.URI, "http") || content.Name == "" || content.Title == "" {
				t.Errorf("%s: a link to %+v", what, content)
			}
		default:
			t.Errorf("%s: content %T", what, content)
		}
	}
	if len(texts) != 1 || result.IsError != c.wrong {
		t.Fatalf("%s: isError %v, texts %q", what, result.IsError, texts)
	}
	for _, part := range c.has {
		if !strings.Contains(texts[0], part) {
			t.Errorf("%s: no %q in %q", what, part, texts[0])
		}
	}
	if links != c.links {
		t.Errorf("%s: %d links, want %d", what, links, c.links)
	}
	if c.wrong {
		return
	}
	if err := schema.Validate(result.StructuredContent); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if c.Name == "answer" {
		a := result.StructuredContent.(map[string]any)
		if said := a["answer"] != nil; said != (a["status"] != "not_stated") || said != (a["because"] == nil) || said != (c.links > 0) {
			t.Errorf("%s: %v", what, a)
		}
	}
	if c.Name == "search" || c.Name == "fetch" { // as ChatGPT wants it: the same, as one text
		b, err := json.Marshal(result.StructuredContent)
		var same any
		if json.Unmarshal([]byte(texts[0]), &same) != nil || err != nil {
			t.Fatalf("%s: %v in %s", what, err, texts[0])
		}
		if again, _ := json.Marshal(same); string(again) != string(b) {
			t.Errorf("%s: the text %s is not the structured content %s", what, texts[0], b)
		}
	}
}
