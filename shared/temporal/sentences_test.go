package temporal

import (
	"os"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// TestSentences holds the tagger against testdata/sentences.txt, whose head tells its form: words, type, value and mod of every
// expression, and none where there is none.
func TestSentences(t *testing.T) {
	data, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	var published fact.EDTF
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if day, ok := strings.CutPrefix(line, "@"); ok {
			published = fact.EDTF(day)
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		line, known := strings.CutPrefix(line, "~ ")
		sentence, gold, ok := strings.Cut(line, " =>")
		if !ok || published == "" {
			t.Fatalf("%q is no sentence with its expressions, or has no day of publication", line)
		}
		var want []string
		if gold = strings.TrimSpace(gold); gold != "" {
			want = strings.Split(gold, " ; ")
		}
		switch got := undated(sentence, published); {
		case known && slices.Equal(got, want):
			t.Errorf("%s\nis a known failure and passes now: take its mark away", sentence)
		case !known && !slices.Equal(got, want):
			t.Errorf("%s\n got %q\nwant %q", sentence, got, want)
		}
	}
}

// undated describes the expressions of a sentence without their EDTF dates.
func undated(sentence string, published fact.EDTF) []string {
	text := token.Read(sentence)
	var all []string
	for _, m := range Tag([]token.Text{text}, published)[0] {
		m.Date = ""
		all = append(all, describe(text, m))
	}
	return all
}
