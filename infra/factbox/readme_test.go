package main

import (
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
	asked := regexp.MustCompile(`(?m)^    \$ curl 'http://127\.0\.0\.1:3000(/[^']+)'\n((?:    .+\n)+)`).FindAllStringSubmatch(string(readme), -1)
	if len(asked) < 6 {
		t.Fatalf("the README asks %d times", len(asked))
	}
	for _, a := range asked {
		path, want := a[1], strings.ReplaceAll("\n"+a[2], "\n    ", "\n")[1:]
		if strings.Contains(path, "malta") && !put {
			s.putReadmeArticle(string(readme))
			put = true
		}
		_, got := s.get(path)
		shown, _, cut := strings.Cut(want, "…")
		if strings.TrimSpace(got) != strings.TrimSpace(want) && !(cut && strings.HasPrefix(got, shown)) {
			t.Errorf("%s\n got %s\nwant %s", path, got, want)
		}
	}
	if !put {
		t.Error("the README puts no article")
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
