package api

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"factbox/shared/store"
	"factbox/shared/summary"
)

// TestOverTheWire asks a server, since a recorder is none: it keeps no rules of HTTP.
func TestOverTheWire(t *testing.T) {
	panics := everything()
	panics.supports = func(store.Filter, store.Page) (store.List[summary.Support], error) { panic("boom") }
	server := httptest.NewServer(All(deps(panics)))
	defer server.Close()
	address := server.Listener.Addr().String()
	chunked := func(n int) string {
		return fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n", n, strings.Repeat("a", n))
	}
	post := "POST /v1/documents?dry_run=true&headline=h&publisher=p&published=2025 HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\n"
	tests := []struct {
		name, request string
		status        int
		problem       bool
	}{
		{"a list", "GET /v1/casualties HTTP/1.1\r\nHost: h\r\n\r\n", 200, false},
		{"HEAD", "HEAD /v1/casualties HTTP/1.1\r\nHost: h\r\n\r\n", 200, false},
		{"HTTP/1.0", "GET /v1/casualties HTTP/1.0\r\n\r\n", 200, false},
		{"malformed query", "GET /v1/casualties?country=%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, true},
		{"malformed path", "GET /v1/%zz HTTP/1.1\r\nHost: h\r\n\r\n", 400, false}, // net/http's own answer
		{"dots in the path", "GET /v1/../openapi.json HTTP/1.1\r\nHost: h\r\n\r\n", 404, true},
		{"panic", "GET /v1/pledges HTTP/1.1\r\nHost: h\r\n\r\n", 500, true},
		{"2 MiB announced", post + "Expect: 100-continue\r\nContent-Length: 2097152\r\n\r\n", 413, true},
		{"over 1 MiB in chunks", post + chunked(MaxBody+1), 413, true},
		{"chunks cut off", post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, true},
		{"delete what cannot be", "DELETE /v1/documents/a%2Fb HTTP/1.1\r\nHost: h\r\n\r\n", 404, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			conn, err := net.Dial("tcp", address)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if _, err := io.WriteString(conn, tt.request); err != nil {
				t.Fatal(err)
			}
			method, _, _ := strings.Cut(tt.request, " ")
			r, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
			if err != nil {
				t.Fatal(err)
			}
			defer r.Body.Close()
			switch {
			case tt.problem:
				wantProblem(t, r, tt.status)
			case r.StatusCode != tt.status:
				t.Errorf("%d %s, want %d", r.StatusCode, text(r), tt.status)
			}
		})
	}
}
