package article

import (
	"strings"
	"unicode/utf8"
)

// invisible reports whether a character has no width and no meaning in English: soft hyphens, joiners, directional and byte
// order marks (Unicode's default ignorable code points, as far as pages have them). Words are read without.
func invisible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == '\u00ad', r == '\u034f', r == '\u180e', r == '\ufeff':
		return true
	}
	return '\u200b' <= r && r <= '\u200f' || '\u202a' <= r && r <= '\u202e' || '\u2060' <= r && r <= '\u206f' || '\ufe00' <= r && r <= '\ufe0f'
}

// ligature gives the letters of a typographic ligature (Unicode, Alphabetic Presentation Forms), or nothing.
func ligature(r rune) string {
	switch r {
	case '\ufb00':
		return "ff"
	case '\ufb01':
		return "fi"
	case '\ufb02':
		return "fl"
	case '\ufb03':
		return "ffi"
	case '\ufb04':
		return "ffl"
	case '\ufb05', '\ufb06':
		return "st"
	}
	return ""
}

// legible gives text[start:end] without invisible characters and ligatures, and where its bytes stand in the text.
func legible(text string, start, end int) (string, []piece) {
	s := text[start:end]
	special := func(r rune) bool { return invisible(r) || ligature(r) != "" }
	if strings.IndexFunc(s, special) < 0 {
		return s, []piece{{text: 0, source: start}}
	}
	var b strings.Builder
	var pieces []piece
	run := -1 // where the run of plain characters began
	for i, r := range s {
		switch letters := ligature(r); {
		case letters != "":
			pieces = append(pieces, piece{text: b.Len(), source: start + i, width: utf8.RuneLen(r)})
			b.WriteString(letters)
			run = -1
		case invisible(r):
			run = -1
		default:
			if run < 0 {
				run = i
				pieces = append(pieces, piece{text: b.Len(), source: start + i})
			}
			b.WriteRune(r)
		}
	}
	return b.String(), pieces
}
