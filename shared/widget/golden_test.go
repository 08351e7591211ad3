package widget

import (
	"bytes"
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"

	"factbox/shared/summary"
)

var update = flag.Bool("update", false, "write the golden pages anew; look at them in a browser before they are committed")

// TestGolden holds the pages to what was judged by eye. The style sheet is left out of them: style.css has it.
func TestGolden(t *testing.T) {
	story := quake(t).sum()
	for _, c := range []struct {
		show Show
		tag  string
	}{
		{ShowSummary, "en"}, {ShowCasualties, "en"}, {ShowTimeline, "en"}, {ShowPledges, "en"}, {ShowTimeline, "ar"},
	} {
		file := "testdata/" + string(c.show) + "." + c.tag + ".html"
		got := readable(page(t, story, Options{Show: c.show, Language: tongue(t, c.tag), Site: site}))
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not as it was judged; go test -update writes it anew\n%s", file, firstDifference(string(got), string(want)))
		}
	}
}

// readable puts each block of a page on a line of its own, and the style sheet's name in place of it.
func readable(page []byte) []byte {
	page = bytes.Replace(page, []byte(style().text), []byte("style.css"), 1)
	return regexp.MustCompile(`(<(?:li|p|td|th|h1|h2|ul|ol|div|svg|circle|rect|line|text|g)[ >])`).ReplaceAll(page, []byte("\n$1"))
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return "got  " + a[i] + "\nwant " + b[i]
		}
	}
	return "one ends before the other"
}

func BenchmarkPage(b *testing.B) {
	for _, c := range []struct {
		name  string
		story summary.Story
	}{{"quake", quake(b).sum()}, {"longest", longest(1)}} {
		for _, show := range Shows {
			o := Options{Show: show, Language: tongue(b, "en"), Site: site}
			b.Run(c.name+" "+string(show), func(b *testing.B) {
				for b.Loop() {
					page(b, c.story, o)
				}
			})
		}
	}
}
