package extract

import (
	"strings"
	"testing"

	"factbox/shared/temporal"
	"factbox/shared/token"
)

// TestPieces cuts sentences: at a mark when one is near, never within a time expression, and no word is lost.
func TestPieces(t *testing.T) {
	for _, c := range []struct {
		name, text string
		ends       string // the words before each cut but the last
	}{
		{"short", strings.Repeat("word ", 300), ""},
		{"no mark", strings.Repeat("word ", 700), "word|word"},
		{"at a comma", strings.Repeat("word ", 250) + "here, " + strings.Repeat("word ", 200), ","},
		{"a comma too early", strings.Repeat("word ", 100) + "here, " + strings.Repeat("word ", 300), "word"},
		{"before a date", strings.Repeat("word ", 297) + "until " + "3 May 2031 " + strings.Repeat("word ", 100), "until"},
	} {
		text := token.Read(c.text)
		times := temporal.Tag([]token.Text{text}, thursday)[0]
		whole := token.Span{First: 0, Last: len(text.Tokens)}
		var ends []string
		at := 0
		list := pieces(text, whole, times)
		for _, p := range list {
			if p.First != at || p.Last <= p.First || p.Last-p.First > maxSentence {
				t.Errorf("%s: a piece of %d to %d behind %d", c.name, p.First, p.Last, at)
			}
			at = p.Last
			ends = append(ends, text.Tokens[p.Last-1].Text)
		}
		if at != whole.Last {
			t.Errorf("%s: the pieces end at %d of %d", c.name, at, whole.Last)
		}
		if got := strings.Join(ends[:len(ends)-1], "|"); got != c.ends {
			t.Errorf("%s: cut behind %q, want %q", c.name, got, c.ends)
		}
	}
}
