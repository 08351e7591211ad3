package main

import (
	"net/http"
	"os"
	"regexp"
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
