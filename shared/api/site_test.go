package api

import (
	"net/http"
	"testing"
)

func TestSiteOf(t *testing.T) {
	for _, c := range []struct{ site, host, want string }{
		{"", "127.0.0.1:3000", "http://127.0.0.1:3000"},
		{"", "localhost:3000", "http://localhost:3000"},
		{"", "[::1]:3000", "http://[::1]:3000"},
		{"", "a1b2.execute-api.eu-west-1.amazonaws.com", "https://a1b2.execute-api.eu-west-1.amazonaws.com"},
		{"", "localhost.example", "https://localhost.example"},
		{"", "facts.example:8443", "https://facts.example:8443"},
		{"https://facts.example", "127.0.0.1:3000", "https://facts.example"},
		{"https://facts.example/", "evil.example", "https://facts.example"},
		{"", "", ""},
		{"", `a"><script>`, ""},
		{"", "a/b", ""},
		{"", "user@host", ""},
	} {
		if got := (Deps{Site: c.site}).SiteOf(&http.Request{Host: c.host}); got != c.want {
			t.Errorf("site %q, host %q: %q, want %q", c.site, c.host, got, c.want)
		}
	}
}
