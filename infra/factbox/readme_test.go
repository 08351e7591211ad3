package main

import (
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestReadme asks what the README asks and wants the answers that it shows. What it puts is put when its answers are due.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, "--memory")
	put := false
	reviews := regexp.MustCompile(`(?m)^    curl -X PATCH 'http://127\.0\.0\.1:3000(/[^']+)' -H 'Content-Type: application/json' -d '([^']+)'`).FindAllStringSubmatchIndex(string(readme), -1)
	if len(reviews) == 0 {
		t.Error("the README reviews no fact")
	}
	asked := regexp.MustCompile(`(?m)^    \$ curl 'http://127\.0\.0\.1:3000(/[^']+)'\n((?:    .+\n)+)`).FindAllStringSubmatchIndex(string(readme), -1)
	if len(asked) < 6 {
		t.Fatalf("the README asks %d times", len(asked))
	}
	for _, a := range asked {
		for len(reviews) > 0 && reviews[0][0] < a[0] {
			s.review(string(readme[reviews[0][2]:reviews[0][3]]), string(readme[reviews[0][4]:reviews[0][5]]))
			reviews = reviews[1:]
		}
		path, want := string(readme[a[2]:a[3]]), strings.ReplaceAll("\n"+string(readme[a[4]:a[5]]), "\n    ", "\n")[1:]
		if strings.Contains(path, "malta") && !put {
			s.putReadmeArticle(string(readme))
			put = true
		}
		_, got := s.get(path)
		if !shows(got, want) {
			t.Errorf("%s\n got %s\nwant %s", path, got, want)
		}
	}
	if !put {
		t.Error("the README puts no article")
	}
	s.placeReadmeArticle(string(readme))
	s.callReadmeTools(string(readme))
}

// shows reports whether an answer is what is shown of it, where … stands for whatever is left out.
func shows(answer, shown string) bool {
	answer = strings.TrimSpace(answer)
	parts := strings.Split(strings.TrimSpace(shown), "…")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return answer == first
	}
	if !strings.HasPrefix(answer, first) || !strings.HasSuffix(answer[len(first):], strings.TrimSpace(last)) {
		return false
	}
	rest := strings.TrimSuffix(answer[len(first):], last)
	for _, part := range parts[1 : len(parts)-1] {
		_, behind, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = behind
	}
	return true
}

func TestShows(t *testing.T) {
	for _, c := range []struct {
		answer, shown string
		want          bool
	}{
		{"a b c", "a b c", true},
		{"a b c", "a b", false},
		{"a b c\n", "a b…", true},
		{"a b c", "a … c", true},
		{"a b c d e", "a … c … e", true},
		{"a b c d e", "a … e … c", false},
		{"a b c", "b…", false},
		{"a b c", "a … b", false},
		{"a", "a … a", false},
	} {
		if got := shows(c.answer, c.shown); got != c.want {
			t.Errorf("%q shows %q: %v", c.answer, c.shown, got)
		}
	}
}

// review sends a review that the README shows.
func (s *server) review(path, body string) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPatch, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		s.t.Errorf("the review of %s was answered %s", path, answer.Status)
	}
}

var update = flag.Bool("update", false, "show in the README what extract and evaluate print now")

// TestReadmeTools runs what the README runs of extract and evaluate and wants the output that it shows. Where a rule stands in its file
// may change. So may the figures of an evaluation, to the better: the README may be modest, but must not boast.
func TestReadmeTools(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := regexp.MustCompile(`(?m)^    \$ (?:echo '([^']+)' \| )?go run \./infra/factbox ((?:extract|evaluate) .+)\n((?:    .*\n|\n)+)`).FindAllStringSubmatch(string(readme), -1)
	if len(ran) < 2 {
		t.Fatalf("the README runs %d of these commands", len(ran))
	}
	line := regexp.MustCompile(`\.rules:[0-9]+`)
	number := regexp.MustCompile(`[0-9.]+`)
	for _, r := range ran {
		cmd := exec.Command(program, strings.Fields(r[2])...)
		cmd.Dir, cmd.Stdin = "../..", strings.NewReader(r[1])
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v: %s", r[2], err, out)
			continue
		}
		got, want := strings.TrimSpace(string(out)), strings.TrimSpace(strings.ReplaceAll("\n"+r[3], "\n    ", "\n"))
		if *update {
			shown := regexp.MustCompile(`(?m)^ +$`).ReplaceAllString("    "+strings.ReplaceAll(got, "\n", "\n    "), "") + "\n\n"
			readme = []byte(strings.Replace(string(readme), r[3], shown, 1))
			continue
		}
		if !strings.HasPrefix(r[2], "evaluate") {
			if line.ReplaceAllString(got, "") != line.ReplaceAllString(want, "") {
				t.Errorf("%s\n got %s\nwant %s", r[2], got, want)
			}
			continue
		}
		form := func(s string) string { return strings.Join(strings.Fields(number.ReplaceAllString(s, "0")), " ") }
		if form(got) != form(want) {
			t.Errorf("%s\n got %s\nwant %s", r[2], got, want)
			continue
		}
		measured := strings.Split(got, "\n")
		for i, shown := range strings.Split(want, "\n") {
			if f1(t, shown) > f1(t, measured[i]) {
				t.Errorf("the README shows more than is measured:\n%s\n%s", shown, measured[i])
			}
		}
	}
	if *update && !t.Failed() {
		if err := os.WriteFile("../../README.md", readme, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// f1 reads the last number of a line of figures.
func f1(t *testing.T, line string) float64 {
	t.Helper()
	words := strings.Fields(line)
	n, err := strconv.ParseFloat(words[len(words)-1], 64)
	if err != nil {
		t.Fatalf("%q ends in no figure", line)
	}
	return n
}

// putReadmeArticle puts the article of the README's walk-through as it says to.
func (s *server) putReadmeArticle(readme string) {
	s.t.Helper()
	m := regexp.MustCompile(`(?s)    cat > ferry\.txt <<'END'\n(.+?)    END\n    curl 'http://127\.0\.0\.1:3000(/[^']+)'`).FindStringSubmatch(readme)
	if m == nil {
		s.t.Fatal("the README has no article to put")
	}
	text := strings.ReplaceAll("\n"+m[1], "\n    ", "\n")[1:]
	answer, err := http.Post(s.url+m[2], "text/plain", strings.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		s.t.Fatalf("the article was answered %s", answer.Status)
	}
}

// callReadmeTools calls the tools of MCP that the README calls and wants the text that it shows of each.
func (s *server) callReadmeTools(readme string) {
	s.t.Helper()
	called := regexp.MustCompile(`(?m)^    \$ ask '(.+)'\n((?:    [^$].+\n)+)`).FindAllStringSubmatch(readme, -1)
	if len(called) < 2 {
		s.t.Errorf("the README calls %d tools", len(called))
	}
	for _, c := range called {
		answer, err := http.Post(s.url+"/mcp", "application/json", strings.NewReader(`{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": `+c[1]+`}`))
		if err != nil {
			s.t.Fatal(err)
		}
		defer answer.Body.Close()
		var got struct {
			Result struct{ Content []struct{ Text string } }
		}
		if err := json.NewDecoder(answer.Body).Decode(&got); err != nil || len(got.Result.Content) == 0 {
			s.t.Errorf("%s: %+v, %v", c[1], got, err)
			continue
		}
		if want := strings.ReplaceAll("\n"+c[2], "\n    ", "\n")[1:]; !shows(got.Result.Content[0].Text, want) {
			s.t.Errorf("%s\n got %s\nwant %s", c[1], got.Result.Content[0].Text, want)
		}
	}
}

// placeReadmeArticle puts the article that the README puts without a story, and wants the placement that it shows.
func (s *server) placeReadmeArticle(readme string) {
	s.t.Helper()
	m := regexp.MustCompile(`(?s)    \$ printf '([^']+)' \|\n      curl 'http://127\.0\.0\.1:3000(/[^']+)'[^\n]*\n[^\n]*jq -c \.placement\n    ([^\n]+)\n`).FindStringSubmatch(readme)
	if m == nil {
		s.t.Fatal("the README puts no article without a story")
	}
	answer, err := http.Post(s.url+m[2], "text/plain", strings.NewReader(strings.ReplaceAll(m[1], `\n`, "\n")))
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	var got struct{ Placement json.RawMessage }
	if err := json.NewDecoder(answer.Body).Decode(&got); err != nil {
		s.t.Fatal(err)
	}
	if string(got.Placement) != m[3] {
		s.t.Errorf("the article is placed\n%s\nwant %s", got.Placement, m[3])
	}
}
