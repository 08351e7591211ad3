package article

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expectations of testdata/*.txtar")

// summary writes an article as the golden files have it.
func summary(a *Article) (want, paragraphs string) {
	var w, p strings.Builder
	for _, f := range []struct{ name, value string }{
		{"title", a.Headline}, {"publisher", a.Publisher}, {"byline", strings.Join(a.Byline, "; ")}, {"published", string(a.Published)}, {"url", a.URL},
		{"dateline", datelineLine(a)},
	} {
		if f.value != "" {
			fmt.Fprintf(&w, "%s: %s\n", f.name, f.value)
		}
	}
	for _, para := range a.Paragraphs {
		fmt.Fprintf(&p, "%s: %s\n", para.Role, strings.ReplaceAll(para.Text, "\n", "⏎"))
	}
	return w.String(), p.String()
}

// datelineLine gives the parts of the dateline that there are.
func datelineLine(a *Article) string {
	if a.Dateline == nil {
		return ""
	}
	parts := []string{a.Dateline.Place, string(a.Dateline.Date), a.Dateline.Agency}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " | ")
}

// pageOf gives a golden file's page and its media type.
func pageOf(t testing.TB, ar *txtar.Archive) (body []byte, mediaType string) {
	for _, f := range ar.Files {
		switch f.Name {
		case "page.html":
			return f.Data, "text/html"
		case "page.txt":
			return f.Data, "text/plain"
		}
	}
	t.Fatal("no page.html or page.txt")
	return nil, ""
}

func goldenFiles(t testing.TB) []string {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	return files
}

func TestGolden(t *testing.T) {
	for _, name := range goldenFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			body, mediaType := pageOf(t, ar)
			a, err := Read(body, mediaType)
			if err != nil {
				t.Fatal(err)
			}
			want, paragraphs := summary(a)
			got := map[string]string{"want": want, "paragraphs": paragraphs}
			for i := range ar.Files {
				f := &ar.Files[i]
				s, ok := got[f.Name]
				if !ok {
					continue
				}
				if *update {
					f.Data = []byte(s)
				} else if s != string(f.Data) {
					t.Errorf("%s:\ngot:\n%s\nwant:\n%s", f.Name, s, f.Data)
				}
			}
			checkOffsets(t, body, mediaType, a)
			if *update {
				if err := os.WriteFile(name, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// Line ends and a byte order mark change no paragraph but the bytes between its lines.
func TestLineEnds(t *testing.T) {
	for _, name := range goldenFiles(t) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body, mediaType := pageOf(t, ar)
		a, err := Read(body, mediaType)
		if err != nil {
			t.Fatal(err)
		}
		_, want := summary(a)
		for _, end := range []string{"\r\n", "\r"} {
			changed := append([]byte(bom), bytes.ReplaceAll(body, []byte("\n"), []byte(end))...)
			b, err := Read(changed, mediaType)
			if err != nil {
				t.Fatalf("%s with %q: %v", name, end, err)
			}
			_, got := summary(b)
			got = strings.ReplaceAll(strings.ReplaceAll(got, "\r⏎", "⏎"), "\r", "⏎") // summary has turned line feeds
			if got != want {
				t.Errorf("%s with %q:\ngot:\n%s\nwant:\n%s", name, end, got, want)
			}
			checkOffsets(t, changed, mediaType, b)
		}
	}
}

func withRole(a *Article, role Role) []string {
	var all []string
	for _, p := range a.Paragraphs {
		if p.Role == role {
			all = append(all, p.Text)
		}
	}
	return all
}
