package fetch

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestRobots(t *testing.T) {
	const file = "# rules\nUser-Agent: *\nDisallow: /search\nAllow: /search/about # help\nDisallow: /*.pdf$\nCrawl-delay: 2.5\n\n" +
		"User-agent: Other\nUser-agent: Factbox\nDisallow: /drafts/\nDisallow:\nAllow: /drafts/final\nNonsense\nCrawl-delay: 900\n"
	for _, c := range []struct {
		agent, path string
		let         bool
	}{
		{"Somebody", "/", true},
		{"Somebody", "/search", false},
		{"Somebody", "/search?q=ferry", false},
		{"Somebody", "/searching", false},
		{"Somebody", "/search/about", true},
		{"Somebody", "/a/report.pdf", false},
		{"Somebody", "/a/report.pdf?x", true},
		{"Somebody", "/drafts/", true},
		{"factbox", "/search", true}, // a group that names us stands alone
		{"Factbox", "/drafts/one", false},
		{"Factbox", "/drafts/final/one", true},
		{"Other", "/drafts/one", false},
	} {
		if got := readRobots([]byte(file), c.agent).let(c.path); got != c.let {
			t.Errorf("%s %s: let in %v", c.agent, c.path, got)
		}
	}
	for agent, want := range map[string]time.Duration{"Somebody": 2500 * time.Millisecond, "Factbox": maxDelay} {
		if got := readRobots([]byte(file), agent).delay; got != want {
			t.Errorf("%s waits %s, want %s", agent, got, want)
		}
	}
}

func TestFits(t *testing.T) {
	for _, c := range []struct {
		pattern, path string
		want          bool
	}{
		{"/", "/anything", true},
		{"/a*b", "/axxb/c", true},
		{"/a*b", "/axx", false},
		{"/a*b$", "/axbxb", true},
		{"/a*b$", "/abc", false},
		{"*/x$", "/a/x", true},
		{"/a$", "/a", true},
		{"/a$", "/ab", false},
		{"/a*$", "/abc", true},
		{"/ab*b$", "/ab", false},
		{"/" + strings.Repeat("a*", 2000) + "b", "/" + strings.Repeat("a", 4000), false},
	} {
		if got := fits(c.pattern, c.path); got != c.want {
			t.Errorf("%.20s in %.20s: %v", c.pattern, c.path, got)
		}
	}
}

// TestRobotsAnswers: what a host answers for its robots.txt decides what it is asked else.
func TestRobotsAnswers(t *testing.T) {
	for _, c := range []struct {
		name string
		file http.HandlerFunc
		says string // a part of the error; empty: the page is read
	}{
		{"none", status(404), ""},
		{"forbidden", status(403), ""},
		{"broken", status(500), "keeps robots out"},
		{"busy", status(429, "Retry-After", "30"), "429"},
		{"away", status(503), "503"},
		{"a page", says("<html>Not here</html>"), ""},
		{"elsewhere", status(301, "Location", "http://192.0.2.1/robots.txt"), ""},
		{"moved", status(301, "Location", "/rules"), "keeps robots out"},
		{"in a circle", status(301, "Location", "/robots.txt"), ""},
		{"empty", says(""), ""},
		{"all out", says("User-agent: factbox\nDisallow: /"), "keeps robots out"},
	} {
		var asked atomic.Int32
		s := site(t, map[string]http.HandlerFunc{"/robots.txt": func(w http.ResponseWriter, r *http.Request) { asked.Add(1); c.file(w, r) },
			"/rules": says("User-agent: *\nDisallow: /page"), "/page": says("here")})
		client := open(Options{})
		_, err := client.Get(t.Context(), Request{URL: s.URL + "/page"})
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
		var e *Error
		if c.name == "busy" && (!errors.As(err, &e) || e.After != 30*time.Second) {
			t.Errorf("%s: the host's wish to be left alone is lost: %v", c.name, err)
		}
		before := asked.Load()
		if _, err := client.Get(t.Context(), Request{URL: s.URL + "/page"}); (err == nil) != (c.says == "") || asked.Load() != before {
			t.Errorf("%s: asked again, or answered otherwise: %v", c.name, err)
		}
	}
}
