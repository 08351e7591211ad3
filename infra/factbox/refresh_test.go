package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/shared/source"
)

// section gives a section of the README, from its heading to the next.
func section(t *testing.T, heading string) string {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, found := strings.Cut(string(readme), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("the README has no section %q", heading)
	}
	text, _, _ = strings.Cut(text, "\n## ")
	return text
}

// news serves a folder without validators, which tell no two changes within a second apart.
func news(t *testing.T, folder string) *httptest.Server {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(filepath.Join(folder, filepath.Base(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", map[string]string{".xml": "text/xml", ".html": "text/html"}[filepath.Ext(r.URL.Path)])
		w.Write(text)
	}))
	t.Cleanup(s.Close)
	return s
}

// TestReadmeRefresh walks through "Keep it fresh": it runs the commands, but for the server's, in a folder of its own, and waits for
// each answer that is shown. A publisher revises a toll twice and takes an article back; the toll, its past, its history and the
// changes have to tell the same tale.
func TestReadmeRefresh(t *testing.T) {
	text := section(t, "Keep it fresh")
	dir := t.TempDir()
	post := news(t, filepath.Join(dir, "news"))
	template, err := filepath.Abs("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var s *server
	var times []string // when each answer was there
	var ids []string   // of the documents and facts that were seen
	asked := 0
	for _, block := range regexp.MustCompile(`(?m)(?:^    .*\n)+`).FindAllString(text, -1) {
		block = strings.ReplaceAll("\n"+block, "\n    ", "\n")[1:]
		question := regexp.MustCompile(`^\$ curl 'http://127\.0\.0\.1:3001(/[^']+)'\n`).FindStringSubmatch(block)
		switch {
		case strings.HasPrefix(block, "go run ./infra/factbox sources add"):
			lines := strings.Split(block, "\n")
			add := strings.Replace(strings.TrimPrefix(lines[0], "go run ./infra/factbox "), "http://127.0.0.1:8100", post.URL, 1)
			sh(t, dir, program+" "+strings.Replace(add, "--every 5s", "--every 1s", 1)+" --template "+template)
			flags := strings.Fields(strings.TrimPrefix(lines[1], "go run ./infra/factbox serve --port 3001 --refresh 5s"))
			s = serve(t, append(flags, "--no-seed", "--refresh", "100ms", "--gap", "0s", "--data", filepath.Join(dir, ".factbox/data"))...)
		case question != nil:
			asked++
			path := question[1]
			for i, at := range times {
				path = strings.ReplaceAll(path, fmt.Sprintf("TIME%d", i+1), url.QueryEscape(at))
			}
			if len(ids) > 0 {
				path = strings.ReplaceAll(path, "FACT", ids[0])
			}
			// A document's id comes of its address, and the port of the test's server is another.
			shown := regexp.MustCompile(`u-[0-9a-f]{20}`).ReplaceAllString(strings.TrimPrefix(block, question[0]), "…")
			s.await(path, shown)
			times = append(times, time.Now().UTC().Format("2006-01-02T15:04:05.000Z"))
			if ids == nil {
				ids = []string{s.casualty("piraeus-blast", "killed")}
			}
		default:
			commands, _, _ := strings.Cut(block, "python3 ")
			sh(t, dir, commands)
		}
	}
	if asked < 7 {
		t.Errorf("the README asks %d times", asked)
	}
	s.tellsOneTale(times)
	if logged := s.stderr.String(); logged != "" {
		t.Errorf("logged: %s", logged)
	}
}

// sh runs commands as the README's reader does.
func sh(t *testing.T, dir, commands string) {
	t.Helper()
	cmd := exec.Command("sh", "-ec", commands)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", commands, err, out)
	}
}

// await asks until the answer is what is shown.
func (s *server) await(path, shown string) {
	s.t.Helper()
	var got string
	for begin := time.Now(); time.Since(begin) < limit; time.Sleep(50 * time.Millisecond) {
		if _, got = s.get(path); shows(got, shown) {
			return
		}
	}
	s.t.Fatalf("%s\n got %s\nwant %s", path, got, shown)
}

// casualty gives the id of a story's only fact of an effect.
func (s *server) casualty(story, effect string) string {
	s.t.Helper()
	var list struct{ Items []struct{ ID, Effect string } }
	_, body := s.get("/v1/facts?kind=casualty&story=" + story)
	if err := json.Unmarshal([]byte(body), &list); err != nil {
		s.t.Fatal(err)
	}
	for _, f := range list.Items {
		if f.Effect == effect {
			return f.ID
		}
	}
	s.t.Fatalf("no %s in %s", effect, body)
	return ""
}

// tellsOneTale asks for every change, and for the toll as of the time before each.
func (s *server) tellsOneTale(times []string) {
	s.t.Helper()
	var changes struct {
		Items []struct {
			Action   string
			Document string
		}
		Next int
	}
	_, body := s.get("/v1/changes")
	if err := json.Unmarshal([]byte(body), &changes); err != nil {
		s.t.Fatal(err)
	}
	var actions []string
	documents := map[string]int{}
	for _, c := range changes.Items {
		actions = append(actions, c.Action)
		documents[c.Document]++
	}
	slices.Sort(actions)
	if len(changes.Items) != 5 || len(documents) != 2 || actions[len(actions)-1] != "withdraw" || changes.Next != 5 {
		s.t.Errorf("the changes are %s", body)
	}
	for i, best := range []string{`"best":12`, `"best":15`, `"best":19`} {
		if _, body := s.get("/v1/casualties?effect=killed&story=piraeus-blast&as_of=" + url.QueryEscape(times[i])); !strings.Contains(body, best) {
			s.t.Errorf("as of %s it is not %s: %s", times[i], best, body)
		}
	}
	if _, body := s.get("/v1/health"); !regexp.MustCompile(`"refresh":\{"last_run":"2[^"]+","sources":1,"failing":0\}`).MatchString(body) {
		s.t.Errorf("health: %s", body)
	}
}

// TestSourcesCommands runs the commands that manage sources, on a folder of data as a newcomer has it.
func TestSourcesCommands(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "feed.xml"), []byte(`<rss version="2.0"><channel><item><link>/ferry.html</link><title>Ferry sinks</title><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate></item><item><link>/none.html</link></item></channel></rss>`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "ferry.html"), []byte("<h1>Ferry sinks</h1><p>Nine people were killed when a ferry sank off Malta on Tuesday.</p>"), 0o600); err != nil {
		t.Fatal(err)
	}
	post := news(t, dir)
	stack := []string{"--data", filepath.Join(dir, "data"), "--template", "../../template.yaml"}
	for _, c := range []struct {
		args   []string
		wrong  bool
		prints []string
	}{
		{append([]string{"list"}, stack...), false, []string{"There are no sources"}},
		{append([]string{"add", post.URL + "/feed.xml", "--publisher", "Post", "--id", "post", "--story", "malta"}, stack...), false, []string{"Added post, to be looked at every 15m0s."}},
		{append([]string{"add", post.URL + "/feed.xml", "--publisher", "Post", "--id", "post"}, stack...), true, []string{`There is a source "post" already.`}},
		{append([]string{"add", "ftp://x/", "--publisher", "Post"}, stack...), true, []string{"begin it with http:// or https://"}},
		{append([]string{"list"}, stack...), false, []string{"post  feed  15m0s  never  now  malta  " + post.URL + "/feed.xml"}},
		{append([]string{"remove", "post"}, stack...), false, []string{"Removed post. Its documents stay."}},
		{append([]string{"remove", "post"}, stack...), true, []string{`There is no source "post".`}},
		{[]string{"check", post.URL + "/feed.xml", "--publisher", "Post", "--allow-address", "127.0.0.1/32", "--gap", "0s"}, false,
			[]string{"2 articles are listed.", `ferry.html: "Ferry sinks", 2026-11-19, `, "none.html: cannot read", "404 not found"}},
		{[]string{"check", post.URL + "/feed.xml", "--publisher", "Post"}, true, []string{"prohibited port"}},
		{[]string{"check", post.URL + "/ferry.html", "--publisher", "Post", "--allow-address", "127.0.0.1/32"}, true, []string{"neither RSS nor Atom nor JSON Feed"}},
		{[]string{"check", post.URL, "--publisher", "Post", "--allow-address", "localhost"}, true, []string{"--allow-address is a prefix"}},
	} {
		out, err := exec.Command(program, append([]string{"sources"}, c.args...)...).CombinedOutput()
		if (err != nil) != c.wrong {
			t.Errorf("%q: %v: %s", c.args, err, out)
		}
		for _, part := range c.prints {
			if !strings.Contains(string(out), part) {
				t.Errorf("%q prints %s, want %s", c.args, out, part)
			}
		}
	}
}

func TestPrintSources(t *testing.T) {
	var out bytes.Buffer
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	err := printSources(&out, []source.Entry{{Source: source.Source{ID: "world", Kind: source.Feed, URL: "https://post.example/", Interval: 900},
		State: source.State{Due: at, Succeeded: at.Add(-time.Hour), Failures: 4, Error: "cannot read it"}}})
	want := "ID     KIND  EVERY  READ                  DUE                   STORY  ADDRESS\n" +
		"world  feed  15m0s  2026-11-20 11:00:00Z  2026-11-20 12:00:00Z  -      https://post.example/\n" +
		"world failed 4 times in a row: cannot read it\n"
	if err != nil || out.String() != want {
		t.Errorf("%v\n got %s\nwant %s", err, out.String(), want)
	}
}

func TestFetchFlags(t *testing.T) {
	for _, c := range []struct {
		flags fetchFlags
		wrong bool
	}{
		{fetchFlags{AllowAddress: []string{"127.0.0.1/32", "fd00::/8"}, DenyAddress: []string{"8.8.8.8/32"}}, false},
		{fetchFlags{DenyAddress: []string{"8.8.8.8"}}, true},
	} {
		if _, err := c.flags.reader(t.Context()); (err != nil) != c.wrong {
			t.Errorf("%+v: %v", c.flags, err)
		}
	}
}
