package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

// load reads an event of testdata.
func load(t *testing.T, file string) events.APIGatewayV2HTTPRequest {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(raw, &event); err != nil {
		t.Fatal(err)
	}
	return event
}

// invoke runs h on event as the runtime does; the lines that it logged come back decoded.
func invoke(t *testing.T, ctx context.Context, h http.HandlerFunc, event events.APIGatewayV2HTTPRequest) (reply, []map[string]any) {
	t.Helper()
	var log bytes.Buffer
	resp, err := Handler(h, slog.New(slog.NewJSONHandler(&log, nil)))(ctx, event)
	if err != nil {
		t.Fatalf("an error reached the runtime: %v", err)
	}
	if n := payloadSize(resp); n > maxPayload {
		t.Fatalf("the payload is %d bytes", n)
	}
	var lines []map[string]any
	for dec := json.NewDecoder(&log); ; {
		var line map[string]any
		if err := dec.Decode(&line); err == io.EOF {
			return received(t, resp), lines
		} else if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

// isProblem checks that r is RFC 9457's object with the request's id, and gives its detail.
func isProblem(t *testing.T, r reply, status int, id string) (detail string) {
	t.Helper()
	var p map[string]any
	if err := json.Unmarshal([]byte(r.body), &p); err != nil {
		t.Fatalf("not JSON: %v: %s", err, r.body)
	}
	if r.status != status || p["status"] != float64(status) || p["type"] != "about:blank" || p["title"] != http.StatusText(status) || p["request_id"] != id {
		t.Errorf("status %d, problem %v; want status %d and request id %s", r.status, p, status, id)
	}
	if ct, cc := r.header.Get("Content-Type"), r.header.Get("Cache-Control"); ct != "application/problem+json" || cc != "no-store" {
		t.Errorf("Content-Type %q, Cache-Control %q", ct, cc)
	}
	detail, _ = p["detail"].(string)
	return detail
}

// A panic in a handler is a 500 problem and a log line.
func TestPanic(t *testing.T) {
	cases := []struct {
		name, says string
		h          http.HandlerFunc
	}{
		{"at once", "secret table", func(w http.ResponseWriter, r *http.Request) { panic("secret table") }},
		{"an error", "secret cause", func(w http.ResponseWriter, r *http.Request) { panic(errors.New("secret cause")) }},
		{"after a body", "secret", func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "a", Value: "1"})
			w.Header().Set("Cache-Control", "max-age=60")
			io.WriteString(w, "half an ans")
			panic("secret")
		}},
		{"nil pointer", "nil pointer", func(w http.ResponseWriter, r *http.Request) { *(*int)(nil) = 1 }},
		{"aborted", http.ErrAbortHandler.Error(), func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) }},
		{"no such status", "invalid WriteHeader code 0", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(0) }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, lines := invoke(t, t.Context(), c.h, load(t, "get.json"))
			isProblem(t, got, http.StatusInternalServerError, "JKJaXmPLvHcESHA=")
			if strings.Contains(got.body, c.says) || len(got.cookies) > 0 {
				t.Errorf("the client sees what the handler did: %s %s", got.body, got.cookies)
			}
			if len(lines) != 1 {
				t.Fatalf("%d log lines", len(lines))
			}
			l := lines[0]
			stack, _ := l["stack"].(string)
			said, _ := l["error"].(string)
			if l["level"] != "ERROR" || !strings.Contains(said, c.says) || !strings.Contains(stack, "handler_test.go") || l["request_id"] != "JKJaXmPLvHcESHA=" || l["status"] != 500.0 {
				t.Errorf("log line %v", l)
			}
		})
	}
}

func TestLogLine(t *testing.T) {
	h := func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, "\xff\x00é")
	}
	_, lines := invoke(t, t.Context(), h, load(t, "signed-put.json"))
	if len(lines) != 1 {
		t.Fatalf("%d lines", len(lines))
	}
	want := map[string]any{"level": "INFO", "msg": "request", "request_id": "JKJaXmPLvHcESHB=", "Route": "POST /v1/documents",
		"method": "POST", "path": "/v1/documents", "status": 201.0, "bytes": 4.0}
	for k, v := range want {
		if lines[0][k] != v {
			t.Errorf("%s is %v, want %v", k, lines[0][k], v)
		}
	}
	if d, ok := lines[0]["Duration"].(float64); !ok || d < 0 {
		t.Errorf("Duration is %v", lines[0]["Duration"])
	}
	if lines[0]["error"] != nil || lines[0]["stack"] != nil {
		t.Errorf("a fault is logged of an answer without one: %v", lines[0])
	}
}

func TestRefused(t *testing.T) {
	cases := []struct {
		name   string
		change func(e *events.APIGatewayV2HTTPRequest)
		status int
		detail string
	}{
		{"broken escape", func(e *events.APIGatewayV2HTTPRequest) { e.RawPath = "/v1/%zz" }, 400, "path or query"},
		{"bare percent", func(e *events.APIGatewayV2HTTPRequest) { e.RawPath = "/v1/100%" }, 400, "path or query"},
		{"control byte in the query", func(e *events.APIGatewayV2HTTPRequest) { e.RawQueryString = "q=\x01" }, 400, "path or query"},
		{"body not base64", func(e *events.APIGatewayV2HTTPRequest) { e.Body, e.IsBase64Encoded = "####", true }, 400, "base64"},
		{"base64 cut off", func(e *events.APIGatewayV2HTTPRequest) { e.Body, e.IsBase64Encoded = "PHA+w", true }, 400, "base64"},
		{"payload format 1.0", func(e *events.APIGatewayV2HTTPRequest) { e.Version = "1.0" }, 500, "ours"},
		{"not HTTP", func(e *events.APIGatewayV2HTTPRequest) { e.RequestContext.HTTP.Method = "" }, 400, "HTTP API"},
		{"no such method", func(e *events.APIGatewayV2HTTPRequest) { e.RequestContext.HTTP.Method = "G T" }, 500, "ours"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			event := load(t, "get.json")
			c.change(&event)
			h := func(w http.ResponseWriter, r *http.Request) { t.Errorf("the handler is asked %s", r.RequestURI) }
			got, lines := invoke(t, t.Context(), h, event)
			if d := isProblem(t, got, c.status, "JKJaXmPLvHcESHA="); !strings.Contains(d, c.detail) {
				t.Errorf("detail %q, want %q in it", d, c.detail)
			}
			level := map[int]string{400: "INFO", 500: "ERROR"}[c.status]
			if len(lines) != 1 || lines[0]["level"] != level || lines[0]["error"] == nil || lines[0]["stack"] != nil {
				t.Errorf("log %v, want one line at %s with an error", lines, level)
			}
		})
	}
}

// The limit is on the JSON: a body of quotation marks is twice its length there.
func TestTooLarge(t *testing.T) {
	write := func(unit string, n int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, strings.Repeat(unit, n))
		}
	}
	cases := []struct {
		name   string
		h      http.HandlerFunc
		status int
	}{
		{"6 MB less a little", write("a", 6_290_000), 200},
		{"6 MB and its envelope", write("a", maxPayload-100), 500},
		{"7 MB", write("a", 7_000_000), 500},
		{"3 MB of quotation marks", write(`"`, 3_100_000), 200},
		{"4 MB of quotation marks", write(`"`, 4_000_000), 500},
		{"1.1 MB of NUL", write("\x00", 1_100_000), 500},
		{"1 MB of NUL", write("\x00", 1_000_000), 200},
		{"4 MB of <", write("<", 4_000_000), 200},
		{"4 MB of binary", write("\xff", 4_000_000), 200},
		{"5 MB of binary", write("\xff", 5_000_000), 500},
		{"in pieces", func(w http.ResponseWriter, r *http.Request) {
			piece := bytes.Repeat([]byte("a"), 1<<20)
			for i := range 10 {
				if _, err := w.Write(piece); (err == nil) != (i < 6) {
					t.Errorf("piece %d: %v", i, err)
				}
			}
			if _, err := w.Write([]byte("end")); err == nil {
				t.Error("the end of a cut body is taken")
			}
		}, 500},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, lines := invoke(t, t.Context(), c.h, load(t, "get.json"))
			if c.status == 200 {
				if got.status != 200 || len(got.body) < 1_000_000 {
					t.Errorf("status %d with %d bytes", got.status, len(got.body))
				}
				return
			}
			if d := isProblem(t, got, c.status, "JKJaXmPLvHcESHA="); !strings.Contains(d, "6 MB") {
				t.Errorf("detail %q", d)
			}
			if len(lines) != 1 || lines[0]["level"] != "ERROR" || !strings.Contains(lines[0]["error"].(string), "larger than") {
				t.Errorf("log %v", lines)
			}
		})
	}
}

func TestHeadProblemHasNoBody(t *testing.T) {
	event := load(t, "get.json")
	event.RequestContext.HTTP.Method = "HEAD"
	got, lines := invoke(t, t.Context(), func(http.ResponseWriter, *http.Request) { panic("x") }, event)
	if got.status != 500 || got.body != "" || got.header.Get("Content-Type") != "application/problem+json" || lines[0]["bytes"] != 0.0 {
		t.Errorf("%+v, log %v", got, lines)
	}
}

func TestRequest(t *testing.T) {
	var r *http.Request
	var body []byte
	seen := func(w http.ResponseWriter, req *http.Request) { r = req; body, _ = io.ReadAll(req.Body) }
	check := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %q, want %q", what, got, want)
		}
	}

	invoke(t, t.Context(), seen, load(t, "get.json"))
	check("RequestURI", r.RequestURI, "/v1/headlines?q=air+strike&country=FR&country=DE")
	if got := r.URL.Query()["country"]; !slices.Equal(got, []string{"FR", "DE"}) {
		t.Errorf("country is %q", got)
	}
	check("Accept", r.Header.Get("Accept"), "text/csv, application/json;q=0.5")
	check("If-None-Match", r.Header.Get("If-None-Match"), `"a", "b"`)
	check("Cookie", r.Header.Get("Cookie"), "session=abc; theme=dark")
	check("RemoteAddr", r.RemoteAddr, "203.0.113.7:0") // never what X-Forwarded-For begins with: clients write that
	check("X-Forwarded-For", r.Header.Get("X-Forwarded-For"), "198.51.100.1, 203.0.113.7")
	check("Host", r.Host, host)
	check("X-Forwarded-Proto", r.Header.Get("X-Forwarded-Proto"), "https")
	check("X-Request-Id", r.Header.Get("X-Request-Id"), "JKJaXmPLvHcESHA=")

	invoke(t, t.Context(), seen, load(t, "signed-put.json"))
	check("body", string(body), "<p>Été</p>")
	check("ContentLength", r.ContentLength, int64(12))
	check("path", r.URL.Path, "/v1/documents")
	check("RemoteAddr", r.RemoteAddr, "[2001:db8::7]:0")
	check("Host", r.Host, "news.example.org")
	check("X-Request-Id", r.Header.Get("X-Request-Id"), "JKJaXmPLvHcESHB=")
	for name := range r.Header {
		if strings.HasPrefix(strings.ToLower(name), "x-golambdaproxy") {
			t.Errorf("%s reaches the handler", name)
		}
	}

	bare := load(t, "get.json")
	bare.Headers, bare.RequestContext.RequestID = nil, ""
	bare.RawPath = "" // the context has it too
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "of-lambda"})
	_, lines := invoke(t, ctx, seen, bare)
	check("Host without a header", r.Host, host)
	check("path without rawPath", r.URL.Path, "/v1/headlines")
	check("X-Forwarded-Proto without a header", r.Header.Get("X-Forwarded-Proto"), "https")
	check("request id without a gateway", lines[0]["request_id"], any("of-lambda"))

	bare.Headers = map[string]string{"x-request-id": "forged"}
	invoke(t, t.Context(), seen, bare)
	check("X-Request-Id without any id", r.Header.Get("X-Request-Id"), "")
}

func TestStage(t *testing.T) {
	cases := []struct{ stage, path, want string }{
		{"$default", "/v1/headlines", "/v1/headlines"},
		{"", "//v1/headlines", "//v1/headlines"},
		{"prod", "/prod/v1/headlines", "/v1/headlines"},
		{"prod", "/prod", "/"},
		{"prod", "/prod/", "/"},
		{"prod", "/v1/headlines", "/v1/headlines"}, // behind a domain name of one's own
		{"prod", "/production/a", "/production/a"},
		{"prod", "/prod/prod/a", "/prod/a"},
		{"prod", "/prod/a%2Fb", "/a%2Fb"},
	}
	for _, c := range cases {
		event := load(t, "get.json")
		event.RequestContext.Stage, event.RawPath, event.RawQueryString = c.stage, c.path, ""
		var got string
		invoke(t, t.Context(), func(w http.ResponseWriter, r *http.Request) { got = r.RequestURI }, event)
		if got != c.want {
			t.Errorf("stage %q, path %q: the handler sees %q, want %q", c.stage, c.path, got, c.want)
		}
	}
}

// An event does not say whether its path was decoded; some show it.
func TestDecodedPath(t *testing.T) {
	cases := []struct{ path, parameter, want string }{
		{"/v1/a%41", "aA", "/v1/a%41"},
		{"/v1/a%3Fb", "a?b", "/v1/a%3Fb"},
		{"/v1/a?b", "a?b", "/v1/a%3Fb"},
		{"/v1/a#b", "a#b", "/v1/a%23b"},
		{"/v1/a b%41", "a b%41", "/v1/a%20b%2541"},
		{"/v1/\tb%41", "\tb%41", "/v1/%09b%2541"},
		{"/v1/é%41", "é%41", "/v1/%C3%A9%2541"},
		{"/v1/100%", "100%", "/v1/100%25"},
		{"/v1/100%25", "100%", "/v1/100%25"},
		{"/v1/a;b=c,d+e", "a;b=c,d+e", "/v1/a;b=c,d+e"},
	}
	for _, c := range cases {
		event := load(t, "get.json")
		event.RawPath, event.RawQueryString, event.PathParameters = c.path, "", map[string]string{"id": c.parameter}
		var got string
		invoke(t, t.Context(), func(w http.ResponseWriter, r *http.Request) { got = r.RequestURI }, event)
		if got != c.want {
			t.Errorf("path %q: the handler sees %q, want %q", c.path, got, c.want)
		}
	}
}

func TestDeadlineAndValuesPassThrough(t *testing.T) {
	type key struct{}
	ctx, cancel := context.WithDeadline(context.WithValue(t.Context(), key{}, "v"), time.Now().Add(time.Hour))
	defer cancel()
	want, _ := ctx.Deadline()
	invoke(t, ctx, func(w http.ResponseWriter, r *http.Request) {
		if got, ok := r.Context().Deadline(); !ok || !got.Equal(want) || r.Context().Value(key{}) != "v" {
			t.Errorf("deadline %v %v, want %v", got, ok, want)
		}
		cancel()
		if r.Context().Err() == nil {
			t.Error("the end of the invocation does not reach the handler")
		}
	}, load(t, "get.json"))
}

func TestIdentity(t *testing.T) {
	iam := func(arn, id string) *events.APIGatewayV2HTTPRequestContextAuthorizerDescription {
		return &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
			IAM: &events.APIGatewayV2HTTPRequestContextAuthorizerIAMDescription{UserARN: arn, UserID: id}}
	}
	forged := `{"authorizer":{"iam":{"userArn":"arn:aws:iam::999999999999:user/forged"}}}`
	cases := []struct {
		name       string
		authorizer *events.APIGatewayV2HTTPRequestContextAuthorizerDescription
		caller     string
	}{
		{"ARN", iam("arn:aws:iam::123456789012:user/desk", "AIDA"), "arn:aws:iam::123456789012:user/desk"},
		{"id alone", iam("", "AIDA"), "AIDA"},
		{"neither", iam("", ""), ""},
		{"other authorizer", &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{}, ""},
		{"none", nil, ""},
	}
	for _, c := range cases {
		event := load(t, "signed-put.json")
		event.RequestContext.Authorizer = c.authorizer
		invoke(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
			if caller, ok := Identity(r); caller != c.caller || ok != (c.caller != "") {
				t.Errorf("%s: %q %v, want %q", c.name, caller, ok, c.caller)
			}
		}, event)
	}

	invoke(t, t.Context(), func(w http.ResponseWriter, r *http.Request) {
		if caller, _ := Identity(r); caller != "arn:aws:iam::123456789012:user/desk" {
			t.Errorf("the event as it is: %q", caller)
		}
	}, load(t, "signed-put.json"))

	r := httptest.NewRequest("POST", "/v1/documents", nil) // as on net/http
	r.Header.Set("X-GoLambdaProxy-ApiGw-Context", forged)
	if caller, ok := Identity(r); ok || caller != "" {
		t.Errorf("a header is believed: %q", caller)
	}
}

// FuzzTarget holds that whatever path and query arrive, the handler is asked for a target that net/http would parse to
// the same URL, or the client gets a 400.
func FuzzTarget(f *testing.F) {
	f.Add("/v1/a%2Fb", "q=%zz", "$default")
	f.Add("/v1/a?b", "", "prod")
	f.Add("/prod/100%", "a=1&a=2", "prod")
	f.Add("//x/\x00é%41", "#", "")
	f.Add("", "?", "v1")
	f.Fuzz(func(t *testing.T, path, query, stage string) {
		var event events.APIGatewayV2HTTPRequest
		event.RawPath, event.RawQueryString, event.RequestContext.Stage = path, query, stage
		event.RequestContext.HTTP.Method = http.MethodGet
		resp, err := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			again, err := url.ParseRequestURI(r.RequestURI)
			if err != nil || *again != *r.URL || !strings.HasPrefix(r.URL.Path, "/") || r.URL.RawQuery != query {
				t.Errorf("%q shown as %+v: %v", r.RequestURI, r.URL, err)
			}
		}), slog.New(slog.DiscardHandler))(context.Background(), event)
		if err != nil || resp.StatusCode != http.StatusOK && resp.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d, %v", resp.StatusCode, err)
		}
	})
}

// BenchmarkHandler is what a request costs beside its handler, with an answer of 1 KB, and of 3 MB (whose size as JSON
// is measured).
func BenchmarkHandler(b *testing.B) {
	raw, err := os.ReadFile("testdata/get.json")
	if err != nil {
		b.Fatal(err)
	}
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(raw, &event); err != nil {
		b.Fatal(err)
	}
	for _, size := range []int{1 << 10, 3 << 20} {
		body := bytes.Repeat([]byte("{\"a\": 1}"), size/8)
		handle := Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(body) }), slog.New(slog.NewJSONHandler(io.Discard, nil)))
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if resp, err := handle(context.Background(), event); err != nil || resp.StatusCode != http.StatusOK {
					b.Fatal(resp.StatusCode, err)
				}
			}
		})
	}
}
