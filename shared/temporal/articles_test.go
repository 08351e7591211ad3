package temporal

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// wantExact and wantValues are how many expressions of testdata/articles.txt came out with their extent, and with extent and
// value, and wantSpurious how many came out that are none. A change may only better them, and then writes them here.
const (
	wantExact    = 316
	wantValues   = 311
	wantSpurious = 0
)

// marked is an expression in testdata/articles.txt: [words|TYPE|value] or [words|].
var marked = regexp.MustCompile(`\[([^|\]]+)\|(?:([A-Z]+)\|)?([^|\]]*)\]`)

type span struct{ start, end int }

// TestArticles measures the tagger on whole articles, where a date leans on those before it.
func TestArticles(t *testing.T) {
	data, err := os.ReadFile("testdata/articles.txt")
	if err != nil {
		t.Fatal(err)
	}
	var total, exact, values, spurious int
	for _, article := range strings.Split(string(data), "\n@")[1:] {
		day, body, _ := strings.Cut(article, "\n")
		var texts []token.Text
		var golds []map[span]string
		for line := range strings.Lines(strings.TrimSpace(body)) {
			plain, gold := unmark(line)
			texts, golds = append(texts, token.Read(plain)), append(golds, gold)
		}
		for i, mentions := range Tag(texts, fact.EDTF(day)) {
			for _, want := range golds[i] {
				if want != "" {
					total++
				}
			}
			for _, m := range mentions {
				at := span{texts[i].Tokens[m.First].Start, texts[i].Tokens[m.Last-1].End}
				want, ok := golds[i][at]
				got := string(m.Type) + "|" + m.Value
				switch {
				case want != "":
					exact++
					if got == want {
						values++
					} else {
						t.Logf("%s: %q is %s, not %s", day, texts[i].Slice(m.Span), got, want)
					}
				case !ok && !overlaps(golds[i], at):
					spurious++
					t.Logf("%s: %q is none", day, texts[i].Slice(m.Span))
				}
			}
		}
	}
	t.Logf("%d of %d exact, %d with their value, %d spurious", exact, total, values, spurious)
	if exact != wantExact || values != wantValues || spurious != wantSpurious {
		t.Errorf("exact %d, values %d, spurious %d; were %d, %d, %d", exact, values, spurious, wantExact, wantValues, wantSpurious)
	}
}

// unmark takes the marks out of a line and gives what they say; an expression that may be tagged or not has an empty string.
func unmark(line string) (string, map[span]string) {
	gold := make(map[span]string)
	var plain strings.Builder
	last := 0
	for _, m := range marked.FindAllStringSubmatchIndex(line, -1) {
		plain.WriteString(line[last:m[0]])
		start := plain.Len()
		plain.WriteString(line[m[2]:m[3]])
		at := span{start, plain.Len()}
		if gold[at] = ""; m[4] >= 0 {
			gold[at] = line[m[4]:m[5]] + "|" + line[m[6]:m[7]]
		}
		last = m[1]
	}
	plain.WriteString(line[last:])
	return plain.String(), gold
}

func overlaps(gold map[span]string, at span) bool {
	for g := range gold {
		if g.start < at.end && at.start < g.end {
			return true
		}
	}
	return false
}
