package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest texts of documents that are shown, in characters. The API has them whole.
const (
	maxTitle  = 200
	maxEvent  = 160
	maxClause = 200 // a condition
	maxName   = 80  // a publisher, a speaker, victims, a count in words
)

// clean makes one line of a document's text that can be shown: valid UTF-8, white space of any kind as single blanks, no
// control characters, and none of those that override or embed a direction (UAX #9, X1 to X8: what is shown stands isolated
// in <bdi>). What is longer than limit characters is cut before a word and ends with an ellipsis.
func clean(s string, limit int) string {
	var b strings.Builder
	b.Grow(min(len(s), 4*limit))
	n, blank, lastBlank := 0, false, 0
	for _, r := range s {
		switch {
		case r == '\u00a0', r == '\u202f': // kept together on purpose: "5 000 000 €"
		case unicode.IsSpace(r):
			blank = n > 0
			continue
		case unicode.IsControl(r), steers(r):
			continue
		}
		if blank {
			lastBlank = b.Len()
			b.WriteByte(' ')
			n, blank = n+1, false
		}
		if n++; n > limit {
			return shorten(b.String(), r, lastBlank)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// steers reports whether a character gives the text around it a direction, or annotates it unseen.
func steers(r rune) bool {
	return r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r >= '\ufff9' && r <= '\ufffb' || r == '\ufeff'
}

// shorten ends a text that next would make too long with an ellipsis: before the last word, unless that is more than half of
// it, and never inside a character that is made of several.
func shorten(s string, next rune, lastBlank int) string {
	if lastBlank > len(s)/2 {
		s = s[:lastBlank]
	} else {
		for joins(next) && s != "" {
			r, size := utf8.DecodeLastRuneInString(s)
			s, next = s[:len(s)-size], r
		}
	}
	return strings.TrimRight(s, " ,;:-–—\u200d") + "…"
}

// joins reports whether a character belongs to the one before it: an accent, a variation selector, an emoji modifier, a joiner.
func joins(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc) || r == '\u200d' || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}
