package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
	"factbox/shared/capacity"
	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// fake is a store that has as many tolls as a test wants, each with so many reports, and counts half a unit a read, as the store does; the rest panics.
type fake struct {
	api.Store
	tolls, reports int
}

func (f fake) Tolls(ctx context.Context, _ store.Filter, p store.Page) (store.List[summary.Toll], error) {
	capacity.Add(ctx, capacity.Units{Read: 0.5})
	var l store.List[summary.Toll]
	first := 0
	_, _ = fmt.Sscan(p.After, &first) // none is 0
	for i := first; i < min(f.tolls, first+p.Limit); i++ {
		t := summary.Toll{Story: "mine-collapse", Event: fmt.Sprintf("mine collapse %d", i), Effect: fact.Killed, BestBecause: "no exact total stated",
			Words: []string{"dozens"}, Disputes: []summary.Dispute{}, Publishers: []string{}, MoreReports: 2}
		for j := range f.reports {
			id := fmt.Sprintf("d%d-%d", i, j)
			t.Reports = append(t.Reports, fact.Fact{Common: fact.Common{ID: "f-" + id, Kind: fact.KindCasualty, Document: id, Review: fact.Extracted,
				Attribution: &fact.Attribution{Speaker: "a miner", Stance: fact.Asserts}},
				Casualty: &fact.Casualty{Effect: fact.Killed, Count: fact.Count{Modifier: fact.Vague, Text: "dozens"}}})
			l.Sources = append(l.Sources, fact.Source{Document: id, Headline: "Mine collapses", Publisher: "Coal Courier", Origin: "Coal Courier",
				Published: "2025-03-01", URL: []string{"https://coal.example/" + id, "javascript:alert(1)", ""}[j%3]})
		}
		l.Items = append(l.Items, t)
	}
	if first+p.Limit < f.tolls {
		l.Next = fmt.Sprint(first + p.Limit)
	}
	return l, nil
}

var silent = slog.New(slog.DiscardHandler)

func serve(s api.Store) http.Handler {
	return Before(http.NotFoundHandler(), api.Deps{Store: s, Log: silent, Version: "test"})
}

// post sends a body as a client does.
func post(h http.Handler, body string, header ...string) *http.Response {
	r := httptest.NewRequest("POST", "/mcp", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	r.Header.Set("X-Request-Id", "test-request")
	for _, line := range header {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// toolCall is the message that calls a tool.
func toolCall(name, arguments string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":%q,"arguments":%s}}`, name, arguments)
}

// called gives the result of a call that has one.
func called(t *testing.T, r *http.Response) sdk.CallToolResult {
	t.Helper()
	var m struct {
		Result *sdk.CallToolResult
		Error  any
	}
	b, err := io.ReadAll(r.Body)
	if err := json.Unmarshal(b, &m); err != nil || m.Result == nil {
		t.Fatalf("%d %s (%v)", r.StatusCode, b, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return *m.Result
}

// TestFence wants a JSON-RPC error of each request that the transport refuses.
func TestFence(t *testing.T) {
	h := serve(fake{})
	ping := `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	many := "[" + strings.Repeat(ping+",", maxBatch) + ping + "]"
	tests := []struct {
		name, method, body string
		header             []string
		status             int
		code               int
		says               string
	}{
		{"a stream", "GET", "", nil, 405, -32600, "Method Not Allowed"},
		{"the end of a session", "DELETE", "", nil, 405, -32600, "Method Not Allowed"},
		{"HEAD", "HEAD", "", nil, 405, -32600, "Method Not Allowed"},
		{"OPTIONS", "OPTIONS", "", nil, 405, -32600, "Method Not Allowed"},
		{"no body", "POST", "", nil, 400, -32700, "not JSON"},
		{"half a body", "POST", `{"jsonrpc":`, nil, 400, -32700, "not JSON"},
		{"no UTF-8", "POST", "\"\xff\"", nil, 400, -32700, "not JSON"},
		{"two messages", "POST", ping + ping, nil, 400, -32700, "not JSON"},
		{"a string", "POST", `"ping"`, nil, 400, -32600, "a message is an object"},
		{"an object as id", "POST", `{"jsonrpc":"2.0","id":{},"method":"ping"}`, nil, 400, -32600, "an id is"},
		{"no method", "POST", `{"jsonrpc":"2.0","id":1}`, nil, 400, -32600, "a message is an object"},
		{"another protocol", "POST", `{"jsonrpc":"1.0","id":1,"method":"ping"}`, nil, 400, -32600, ""},
		{"a method that there is not", "POST", `{"jsonrpc":"2.0","id":1,"method":"guess"}`, nil, 400, -32600, "guess"},
		{"a long method", "POST", `{"jsonrpc":"2.0","id":1,"method":"` + strings.Repeat("é", 1000) + `"}`, nil, 400, -32600, "…"},
		{"an empty list", "POST", `[]`, nil, 400, -32600, "1 to 16"},
		{"a long list", "POST", many, nil, 400, -32600, "1 to 16"},
		{"a list, since it went", "POST", "[" + ping + "]", []string{"Mcp-Protocol-Version: 2025-06-18"}, 400, -32600, "batching"},
		{"a version that there is not", "POST", ping, []string{"Mcp-Protocol-Version: 1999-01-01"}, 400, -32600, "supported versions"},
		{"too large", "POST", `"` + strings.Repeat("a", 1<<20) + `"`, nil, 413, -32600, "1 MiB"},
		{"text", "POST", ping, []string{"Content-Type: text/plain"}, 415, -32600, "application/json"},
		{"who takes no JSON", "POST", ping, []string{"Accept: text/html"}, 400, -32600, "Accept"},
		{"a page of another origin", "POST", ping, []string{"Origin: https://evil.example"}, 403, -32600, "other origins"},
		{"a page of another site", "POST", ping, []string{"Sec-Fetch-Site: cross-site"}, 403, -32600, "other origins"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/mcp", strings.NewReader(tt.body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "*/*")
			for _, line := range tt.header {
				name, value, _ := strings.Cut(line, ": ")
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			var m struct {
				JSONRPC string
				Error   struct {
					Code    int
					Message string
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &m); err != nil || m.JSONRPC != "2.0" || w.Code != tt.status || m.Error.Code != tt.code ||
				!strings.Contains(m.Error.Message, tt.says) || len(m.Error.Message) > maxRefusal+len("…") || w.Header().Get("Content-Type") != "application/json" {
				t.Errorf("%d %v %s (%v), want %d, %d %q", w.Code, w.Header(), w.Body, err, tt.status, tt.code, tt.says)
			}
			if w.Code == 405 && w.Header().Get("Allow") != "POST" {
				t.Errorf("Allow: %q", w.Header().Get("Allow"))
			}
		})
	}
	for _, from := range []string{"Origin: http://example.com", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "X-From: a server"} {
		if r := post(h, ping, from); r.StatusCode != 200 {
			t.Errorf("%s: %d", from, r.StatusCode)
		}
	}
	if r := post(h, "["+ping+","+ping+"]"); r.StatusCode != 200 {
		t.Errorf("a list of two, as 2025-03-26 has it: %d", r.StatusCode)
	}
	if r := post(h, `{"jsonrpc":"2.0","method":"notifications/initialized"}`); r.StatusCode != 202 {
		t.Errorf("a notification: %d", r.StatusCode)
	}
}

// TestRebinding wants a server on a loopback address to answer to no other name: a page whose name was bound to it would have one.
func TestRebinding(t *testing.T) {
	server := httptest.NewServer(serve(fake{}))
	defer server.Close()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for host, status := range map[string]int{"127.0.0.1:" + port: 200, "localhost:" + port: 200, "[::1]:" + port: 200, "evil.example": 403, "evil.example:" + port: 403} {
		r, err := http.NewRequest("POST", server.URL+"/mcp", strings.NewReader(`{"jsonrpc":"2.0","id":1,"method":"ping"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		r.Header.Set("Content-Type", "application/json")
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != status {
			t.Errorf("Host %s: %d, want %d", host, answer.StatusCode, status)
		}
	}
}

// TestListen wants a client that listens for changes to be told at once that there are none to come, not kept.
func TestListen(t *testing.T) {
	body := `{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},` +
		`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}`
	ended := make(chan string)
	go func() {
		b, _ := io.ReadAll(post(serve(fake{}), body, "Mcp-Protocol-Version: 2026-07-28", "Mcp-Method: subscriptions/listen").Body)
		ended <- string(b)
	}()
	select {
	case b := <-ended:
		if !strings.Contains(b, "result") {
			t.Error(b)
		}
	case <-time.After(time.Minute):
		t.Fatal("it is kept")
	}
}

// TestPanic wants a panic in a goroutine of the SDK's to end no process, and one in a read neither; and nothing of either told.
func TestPanic(t *testing.T) {
	result := called(t, post(serve(fake{}), toolCall("dates", `{}`))) // the fake has none, and panics
	if text := result.Content[0].(*sdk.TextContent).Text; !result.IsError || !strings.Contains(text, "urn:request:test-request") || strings.Contains(text, "nil") {
		t.Errorf("%+v", text)
	}
	broken := contain(silent)(func(context.Context, string, sdk.Request) (sdk.Result, error) { panic("secret") })
	ctx := context.WithValue(t.Context(), requestKey{}, httptest.NewRequest("POST", "/mcp", nil))
	if _, err := broken(ctx, "tools/call", nil); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}

// TestPage wants a page that a model can take, whole figures on it, at most three reports of each, and the way to the rest.
func TestPage(t *testing.T) {
	result := called(t, post(serve(fake{tolls: 500, reports: 20}), toolCall("casualties", `{"limit":100}`)))
	raw, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	var p page[toll]
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatal(err)
	}
	if len(raw) > maxPage || len(raw) < maxPage/4 || p.Next == nil || p.NotStated != nil || len(p.Items) < 5 {
		t.Fatalf("%d bytes, %d items, next %v, not stated %v", len(raw), len(p.Items), p.Next, p.NotStated)
	}
	for i, item := range p.Items {
		if len(item.Reports) != maxReports || item.MoreReports != 2+20-maxReports || item.Event != fmt.Sprintf("mine collapse %d", i) || item.Words[0] != "dozens" {
			t.Errorf("%+v", item)
		}
	}
	if len(p.Sources) != maxReports*len(p.Items) {
		t.Errorf("%d sources of %d items", len(p.Sources), len(p.Items))
	}
	for i, want := range []string{"https://coal.example/d0-0", "https://example.com/v1/headlines/d0-1?format=text", "https://example.com/v1/headlines/d0-2?format=text"} {
		if p.Sources[i].URL != want || result.Content[1+i].(*sdk.ResourceLink).URI != want {
			t.Errorf("source %d: %s, want %s", i, p.Sources[i].URL, want)
		}
	}
	text := result.Content[0].(*sdk.TextContent).Text
	if len(text) > maxText+1000 || !strings.Contains(text, "cursor="+*p.Next) {
		t.Errorf("%d bytes of text: %s", len(text), text)
	}
	again := called(t, post(serve(fake{tolls: 500, reports: 20}), toolCall("casualties", fmt.Sprintf(`{"limit":5,"cursor":%q}`, *p.Next))))
	if want := fmt.Sprintf("mine collapse %d;", len(p.Items)); !strings.Contains(again.Content[0].(*sdk.TextContent).Text, want) || again.IsError {
		t.Errorf("the next page does not begin with %s: %s", want, again.Content[0].(*sdk.TextContent).Text)
	}
}

// TestCut wants the reports that the figures rest on among the few that are shown.
func TestCut(t *testing.T) {
	all := summary.Toll{Best: new(int64(9)), Low: new(int64(4)), High: new(int64(30)), MoreReports: 1}
	for i, n := range []int64{7, 8, 9, 7, 30, 4, 9} {
		all.Reports = append(all.Reports, fact.Fact{Common: fact.Common{ID: fmt.Sprint("f", i)}, Casualty: &fact.Casualty{Count: fact.NewCount(fact.Exact, n, "n")}})
	}
	few := all
	few.Low, few.High = few.Best, few.Best
	none := all
	none.Best, none.Low, none.High = nil, nil, nil
	for _, tt := range []struct {
		toll summary.Toll
		want string
	}{{all, "f2 f4 f5, 5 more"}, {few, "f0 f1 f2, 5 more"}, {none, "f0 f1 f2, 5 more"}} {
		item, shown := tollOf(tt.toll)
		var ids []string
		for _, r := range shown {
			ids = append(ids, r.Fact)
		}
		if got := fmt.Sprintf("%s, %d more", strings.Join(ids, " "), item.MoreReports); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}

// TestUnknownHost wants no links where the service does not know its own address.
func TestUnknownHost(t *testing.T) {
	r := httptest.NewRequest("POST", "/mcp", strings.NewReader(toolCall("casualties", `{}`)))
	r.Host = `a"b`
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	serve(fake{tolls: 1, reports: 3}).ServeHTTP(w, r)
	result := called(t, w.Result())
	if len(result.Content) != 2 || result.Content[1].(*sdk.ResourceLink).URI != "https://coal.example/d0-0" {
		t.Errorf("%d contents", len(result.Content))
	}
}

func TestShortened(t *testing.T) {
	tests := []struct {
		text string
		most int
		want string
	}{
		{"one\ntwo\n", 8, "one\ntwo\n"},
		{"one\ntwo\nthree\n", 9, "one\ntwo\n… and 1 more lines: there.\n"},
		{"one\ntwo\nthree\n", 3, "… and 3 more lines: there.\n"},
		{"", 3, ""},
	}
	for _, tt := range tests {
		if got := shortened(tt.text, tt.most, "there"); got != tt.want {
			t.Errorf("%q in %d: %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}

func TestRanked(t *testing.T) {
	texts := []string{"A flood in the valley", "The flood and the dam: a dam bursts", "Élysée opens in the spring", "A match in the rain"}
	tests := []struct {
		query string
		share float64
		want  string
	}{
		{"flood", 0.5, "A flood in the valley|The flood and the dam: a dam bursts"},
		{"dam flood", 0.5, "The flood and the dam: a dam bursts"},
		{"dam flood", 0, "The flood and the dam: a dam bursts|A flood in the valley"},
		{"the dam's flood", 0.5, "The flood and the dam: a dam bursts"},
		{"elysee", 0, "Élysée opens in the spring"},
		{"What of the ÉLYSÉE?", 0.5, "Élysée opens in the spring"},
		{"volcano", 0, ""},
	}
	for _, tt := range tests {
		if got := strings.Join(ranked(texts, wordsOf(tt.query), 2, tt.share, func(s string) string { return s }), "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.query, got, tt.want)
		}
	}
}

func TestOtherPaths(t *testing.T) {
	for _, path := range []string{"/", "/v1/casualties", "/mcp/", "/MCP"} {
		w := httptest.NewRecorder()
		Before(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(299) }), api.Deps{Store: fake{}}).ServeHTTP(w, httptest.NewRequest("POST", path, nil))
		if w.Code != 299 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// everything is a fake without anything but tolls.
type everything struct{ fake }

func (everything) Headlines(context.Context, store.Filter, store.Page) (store.List[summary.Headline], error) {
	return store.List[summary.Headline]{}, nil
}

func (everything) Stories(context.Context, store.Filter, store.Page) (store.List[store.StoryLine], error) {
	return store.List[store.StoryLine]{}, nil
}

func (everything) Occurrences(context.Context, store.Filter, store.Page) (store.List[summary.Occurrence], error) {
	return store.List[summary.Occurrence]{}, nil
}

func (everything) Donors(context.Context, store.Filter, store.Page) (store.List[summary.Donor], error) {
	return store.List[summary.Donor]{}, nil
}

func (everything) Headline(context.Context, string, time.Time) (summary.Headline, error) {
	return summary.Headline{}, fact.Errorf(fact.NotFound, "there is no such document")
}

func (everything) Story(context.Context, string, time.Time) (summary.Story, error) {
	return summary.Story{}, fact.Errorf(fact.NotFound, "there is no such story")
}
