package lambda

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
)

// site answers with what it was asked, and has a page for each way to answer.
func site() http.Handler {
	mux := http.NewServeMux()
	page := func(pattern string, f func(w http.ResponseWriter, r *http.Request)) { mux.HandleFunc(pattern, f) }

	page("/", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s\npath %q escaped %q query %q\nhost %q body %q of %d %v\n",
			r.Method, r.RequestURI, r.URL.Path, r.URL.EscapedPath(), r.URL.RawQuery, r.Host, body, r.ContentLength, err)
		_, err = url.ParseQuery(r.URL.RawQuery)
		fmt.Fprintf(w, "values %q bad query %v\n", r.URL.Query(), err != nil)
		for _, name := range []string{"Accept", "Authorization", "Content-Type", "Date", "If-None-Match", "If-Modified-Since", "Cookie", "User-Agent"} {
			fmt.Fprintf(w, "%s: %q\n", name, r.Header.Get(name))
		}
		for _, c := range r.Cookies() {
			fmt.Fprintf(w, "cookie %s=%q\n", c.Name, c.Value)
		}
	})
	page("/where", func(w http.ResponseWriter, r *http.Request) {
		_, _, err := net.SplitHostPort(r.RemoteAddr)
		fmt.Fprintf(w, "url %q host %q and %q, peer with a port %v", r.URL, r.Host, r.Header.Values("Host"), err == nil)
	})
	page("/item/{id}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "item %q", r.PathValue("id")) })
	page("/nothing", func(w http.ResponseWriter, r *http.Request) {})
	page("/status/{code}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Content-Length", "9")
		var code int
		fmt.Sscan(r.PathValue("code"), &code)
		w.WriteHeader(code)
		w.WriteHeader(http.StatusTeapot) // the first one counts
		w.Header().Set("ETag", `"late"`)
		_, err := io.WriteString(w, `{"a":"b"}`)
		if got := errors.Is(err, http.ErrBodyNotAllowed); got != (code == 204 || code == 304) {
			panic("bodies allowed of the wrong statuses")
		}
	})
	page("/negotiated", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		if strings.Contains(r.Header.Get("Accept"), "application/json") {
			w.Header().Set("Content-Type", "application/json")
		}
		io.WriteString(w, `"x"`)
	})
	page("/many", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "1", Expires: time.Date(2031, 1, 2, 3, 4, 5, 0, time.UTC)})
		http.SetCookie(w, &http.Cookie{Name: "b", Value: "2"})
		w.Header()["Vary"] = []string{"Accept", "Origin"}
		w.Header()["Link"] = []string{`</a>; rel="next"`, `</b, c>; rel="prev"`}
		w.Header()["ETag"] = []string{"one\nline"}
		w.Header()["Content-Language"] = nil
		io.WriteString(w, "many")
	})
	page("/binary", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("\x89PNG\r\n\x1a\n\x00\xff\xfe")) })
	page("/zipped", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.WriteString(z, "zipped")
		z.Close()
	})
	page("/untyped", func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = nil
		io.WriteString(w, "<p>")
	})
	page("/html", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<!doctype html><p>\u2028\x00</p>") })
	page("/flushed", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		if err := http.NewResponseController(w).Flush(); err != nil {
			panic(err)
		}
		w.Header().Set("ETag", `"late"`)
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, "part")
	})
	page("/early", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		io.WriteString(w, "then")
	})
	return mux
}

// compared are the headers that must be alike, in their joined form.
var compared = []string{"Content-Type", "Content-Language", "Content-Encoding", "Etag", "Vary", "Link", "Location", "Allow"}

// differ sends request to a server of net/http and says where its reply differs from what came of Lambda ("" for nowhere). A
// refusal of net/http's server itself is text; ours is a problem: there only the status is compared.
func differ(t *testing.T, server *httptest.Server, request string, got reply) string {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	want := answered(t, request, conn)
	if got.status != want.status {
		return fmt.Sprintf("status %d, net/http %d", got.status, want.status)
	}
	if got.header.Get("Content-Type") == "application/problem+json" {
		return ""
	}
	names := compared
	if strings.HasPrefix(request, "HEAD ") || want.status == http.StatusNoContent || want.status == http.StatusNotModified { // else the gateway adds the length
		names = append(slices.Clip(names), "Content-Length")
	}
	for _, name := range names {
		g, w := got.header[name], want.header[name]
		if strings.Join(g, ", ") != strings.Join(w, ", ") || (g == nil) != (w == nil) {
			return fmt.Sprintf("%s %q, net/http %q", name, g, w)
		}
	}
	if !slices.Equal(got.cookies, want.cookies) && len(got.cookies)+len(want.cookies) > 0 {
		return fmt.Sprintf("cookies %q, net/http %q", got.cookies, want.cookies)
	}
	if got.body != want.body {
		return fmt.Sprintf("body\n%s\nnet/http\n%s", got.body, want.body)
	}
	return ""
}

// unfenced answers by the adapter alone.
func unfenced(event events.APIGatewayV2HTTPRequest) (resp events.APIGatewayV2HTTPResponse, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	return httpadapter.NewV2(site()).ProxyWithContext(context.Background(), event)
}

// TestAlike answers each request on net/http and on Lambda. fault is what the adapter alone does wrong: it must still
// do so, or the fence has become superfluous.
func TestAlike(t *testing.T) {
	const fine = ""
	const (
		where = "the URL is absolute, Host is a header, the peer has no port"
		split = "headers are split at commas"
		path  = "a path that the gateway decoded is parsed again; one that cannot be is an error"
		empty = "nothing written is a 504"
		rules = "not net/http's rules for a response"
	)
	cases := []struct{ fault, request string }{
		// paths
		{fine, wire("GET /", "")},
		{fine, wire("GET /v1/headlines/abc", "")},
		{fine, wire("GET /a%20b/c%C3%A9", "")},
		{path, wire("GET /a%3Fb", "")},
		{fine, wire("GET /a%2Fb", "")},
		{path, wire("GET /a%23b", "")},
		{path, wire("GET /a%25", "")},
		{path, wire("GET /100%25zz", "")},
		{fine, wire("GET /a%2541", "")},
		{fine, wire("GET /a+b;c=d:e@f,g", "")},
		{fine, wire("GET /item/a%2Fb", "")},
		{path, wire("GET /item/a%3Fb", "")},
		{path, wire("GET /item/50%25", "")},
		{fine, wire("GET /item/..%2F..", "")},
		{fine, wire("GET /x//y/../z", "")}, // ServeMux redirects to the clean path
		{path, wire("GET /a%zz", "")},
		{path, wire("GET /a%", "")},
		{path, wire("GET /item/50%", "")},
		{where, wire("GET /where?x", "")},
		// queries
		{fine, wire("GET /?q=%zz&limit=5", "")},
		{fine, wire("GET /?q=50%&r=%3F%2F", "")},
		{fine, wire("GET /?b=2&a=1&b=1&a=%2C,&b=3", "")},
		{fine, wire("GET /?q=a+b%20c&empty=&bare", "")},
		{fine, wire("GET /?u=http://x/?y=1&z", "")},
		// headers
		{split, wire("GET /", "", `If-None-Match: "a", "b,c", W/"d"`)},
		{split, wire("GET /", "", "Date: Thu, 26 Nov 2015 10:00:00 GMT", "If-Modified-Since: Thu, 26 Nov 2015 10:00:00 GMT")},
		{split, wire("GET /", "", "Accept: text/csv, application/json;q=0.5")},
		{split, wire("GET /negotiated", "", "Accept: text/csv, application/json;q=0.5")},
		{split, wire("GET /", "", "Cookie: a=1; b=\"2,3\"; c=4")},
		{fine, wire("GET /", "", "Authorization: AWS4-HMAC-SHA256 Credential=A/b/c, SignedHeaders=host, Signature=f", "User-Agent: x (a, b)")},
		// bodies
		{fine, wire("POST /", "plain, text", "Content-Type: text/plain; charset=utf-8")},
		{fine, wire("POST /", `{"a":"é\u0000"}`, "Content-Type: application/json")},
		{fine, wire("POST /", "\xff\xfe\x00binary", "Content-Type: image/png")},
		{fine, wire("DELETE /v1/documents/a", "")},
		{fine, wire("PATCH /v1/facts/a", "{}", "Content-Type: application/json")},
		// responses
		{empty, wire("GET /nothing", "")},
		{empty, wire("HEAD /nothing", "")},
		{rules, wire("GET /status/201", "")},
		{rules, wire("GET /status/204", "")},
		{rules, wire("GET /status/304", "")},
		{rules, wire("GET /status/404", "")},
		{rules, wire("HEAD /status/200", "")},
		{rules, wire("GET /many", "")},
		{rules, wire("GET /zipped", "")},
		{rules, wire("GET /untyped", "")},
		{rules, wire("GET /flushed", "")},
		{rules, wire("GET /early", "")},
		{rules, wire("HEAD /html", "")},
		{fine, wire("GET /binary", "")},
		{fine, wire("GET /html", "")},
	}
	server := httptest.NewServer(site())
	defer server.Close()
	fenced := Handler(site(), slog.New(slog.DiscardHandler))
	for _, c := range cases {
		line, _, _ := strings.Cut(c.request, " HTTP")
		t.Run(line, func(t *testing.T) {
			wrong := 0
			for _, decode := range []bool{false, true} {
				event, ok := gateway(t, c.request, decode)
				if !ok {
					continue
				}
				resp, err := fenced(context.Background(), event)
				if err != nil {
					t.Fatal(err)
				}
				if d := differ(t, server, c.request, received(t, resp)); d != "" {
					t.Errorf("rawPath %q: %s", event.RawPath, d)
				}
				if resp, err := unfenced(event); err != nil || differ(t, server, c.request, received(t, resp)) != "" {
					wrong++
				}
			}
			if (wrong == 0) != (c.fault == fine) {
				t.Errorf("the listed fault is %q, but the adapter alone differs in %d events", c.fault, wrong)
			}
		})
	}
}
