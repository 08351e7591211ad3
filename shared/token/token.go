// Package token cuts a run of text into tokens with byte offsets, sentences and numerals: the first stage of the cascade,
// which temporal, place and extract read. It knows word shapes and abbreviations, and no meaning.
//
// Conventions: possessive and contracted endings are tokens of their own ("Tuesday", "'s"; "do", "n't"); so are hyphens
// ("mid", "-", "October"), and a numeral and the letters behind it ("1990", "s"; "12", "th"). Letters with dots ("U.S.",
// "a.m.", "W.") and listed abbreviations ("Nov.", "Gen.") keep their dot. A web address is one Mark.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind is what a token is made of.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // begins with a letter
	Number             // digits, with grouping commas and a decimal point
	Mark               // anything else, a character each but for "--", "..." and web addresses
)

// Shape is how a word is written.
type Shape uint8

// The shapes. A Mark or Number is Lower.
const (
	Lower   Shape = iota // nations
	Capital              // Nations; also a single capital letter
	Upper                // NATO, U.S.
	Mixed                // iPhone, McCain
)

// Token is a word, a numeral or a mark.
type Token struct {
	Text  string // as it stands
	Fold  string // lower case, without accents, curly apostrophes made straight; a listed abbreviation without its dot
	Start int    // byte offset in the text
	End   int    // byte offset behind it
	Kind  Kind
	Shape Shape
	Glued bool // nothing stands between it and the token before it
}

// Span is a run of tokens: First inclusive, Last exclusive.
type Span struct{ First, Last int }

// Text is a run of prose, a paragraph as a rule, cut into tokens and sentences.
type Text struct {
	String    string
	Tokens    []Token
	Sentences []Span // they cover all tokens, in order
}

// Slice gives the words of a span of tokens, as they stand.
func (t Text) Slice(s Span) string {
	if s.First >= s.Last {
		return ""
	}
	return t.String[t.Tokens[s.First].Start:t.Tokens[s.Last-1].End]
}

// Read cuts a text. Bytes that are not UTF-8 become Marks. Time and memory are linear in its length.
func Read(s string) Text {
	t := Text{String: s, Tokens: make([]Token, 0, len(s)/5+1)}
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			i += width
			continue
		}
		i = t.next(i, r, width)
	}
	t.Sentences = sentences(t.Tokens)
	return t
}

func (t *Text) add(start, end int, kind Kind) {
	text := t.String[start:end]
	tok := Token{Text: text, Start: start, End: end, Kind: kind, Fold: fold(text)}
	tok.Glued = len(t.Tokens) > 0 && t.Tokens[len(t.Tokens)-1].End == start
	if kind == Word {
		tok.Shape = shape(text)
		if strings.HasSuffix(tok.Fold, ".") && abbreviation(tok.Fold[:len(tok.Fold)-1]) {
			tok.Fold = tok.Fold[:len(tok.Fold)-1]
		}
	}
	t.Tokens = append(t.Tokens, tok)
}

// next adds the token that begins at i and gives the offset behind it.
func (t *Text) next(i int, r rune, width int) int {
	s := t.String
	switch {
	case isDigit(r):
		end := numeralEnd(s, i)
		t.add(i, end, Number)
		return end
	case unicode.IsLetter(r):
		if end := addressEnd(s, i); end > i {
			t.add(i, end, Mark)
			return end
		}
		return t.word(i)
	case isApostrophe(r) && len(t.Tokens) > 0 && t.Tokens[len(t.Tokens)-1].End == i:
		if end := cliticEnd(s, i+width); end > 0 {
			t.add(i, end, Word)
			return end
		}
	}
	end := i + width
	if r == '-' || r == '.' {
		for end < len(s) && s[end] == byte(r) {
			end++
		}
	}
	t.add(i, end, Mark)
	return end
}

// word adds the word that begins at i, without a possessive or contracted ending.
func (t *Text) word(i int) int {
	s := t.String
	if end := dottedEnd(s, i); end > i {
		t.add(i, end, Word)
		return end
	}
	end := i
	for end < len(s) {
		r, width := utf8.DecodeRuneInString(s[end:])
		if isApostrophe(r) && end > i {
			next, _ := utf8.DecodeRuneInString(s[end+width:])
			if !unicode.IsLetter(next) || cliticEnd(s, end+width) > 0 {
				break
			}
		} else if !unicode.IsLetter(r) && !unicode.IsMark(r) && !isDigit(r) && r != '_' {
			break
		}
		end += width
	}
	if word := s[i:end]; len(word) > 2 && strings.EqualFold(word[len(word)-1:], "n") && end < len(s) {
		if r, width := utf8.DecodeRuneInString(s[end:]); isApostrophe(r) && isContractedNot(s, end+width) {
			t.add(i, end-1, Word)
			t.add(end-1, end+width+1, Word)
			return end + width + 1
		}
	}
	glued := len(t.Tokens) > 0 && t.Tokens[len(t.Tokens)-1].End == i && t.Tokens[len(t.Tokens)-1].Kind == Number // "31st."
	if end < len(s) && s[end] == '.' && !glued && abbreviated(s[i:end]) && (end+1 == len(s) || s[end+1] != '.') {
		end++
	}
	t.add(i, end, Word)
	return end
}

// isContractedNot reports whether "t" and no further letter stands at i: the end of "don't".
func isContractedNot(s string, i int) bool {
	if i >= len(s) || s[i]|0x20 != 't' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[i+1:])
	return !unicode.IsLetter(next)
}

// cliticEnd gives the offset behind a possessive or contracted ending whose letters begin at i, or 0.
func cliticEnd(s string, i int) int {
	for _, ending := range [...]string{"s", "re", "ve", "ll", "d", "m"} {
		end := i + len(ending)
		if end > len(s) || !strings.EqualFold(s[i:end], ending) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[end:]); !unicode.IsLetter(next) && !isDigit(next) {
			return end
		}
	}
	if isContractedNot(s, i) {
		return i + 1
	}
	return 0
}

// dottedEnd gives the offset behind letters with dots ("U.S.", "p.m.", "J."), or i.
func dottedEnd(s string, i int) int {
	end, letters := i, 0
	for end < len(s) {
		r, width := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) || end+width >= len(s) || s[end+width] != '.' {
			break
		}
		end += width + 1
		letters++
	}
	switch {
	case letters >= 2:
		if end < len(s) { // "U.S" without its last dot, or a word behind: "e.g.that"
			if r, width := utf8.DecodeRuneInString(s[end:]); unicode.IsUpper(r) {
				next, _ := utf8.DecodeRuneInString(s[end+width:])
				if !unicode.IsLetter(next) {
					end += width
				}
			}
		}
		return end
	case letters == 1 && unicode.IsUpper(firstRune(s[i:])):
		// An initial has a capitalised word behind it.
		rest := strings.TrimLeft(s[end:], " \u00a0")
		if unicode.IsUpper(firstRune(rest)) {
			return end
		}
	}
	return i
}

// numeralEnd gives the offset behind digits with grouping commas and one decimal point.
func numeralEnd(s string, i int) int {
	end := digitsEnd(s, i)
	for end < len(s) && s[end] == ',' && end-i <= 12 && digitsEnd(s, end+1) == end+4 {
		end += 4
	}
	if end+1 < len(s) && s[end] == '.' && isDigit(rune(s[end+1])) {
		end = digitsEnd(s, end+1)
	}
	return end
}

func digitsEnd(s string, i int) int {
	for i < len(s) && isDigit(rune(s[i])) {
		i++
	}
	return i
}

// addressEnd gives the offset behind a web or mail address that begins at i, or i.
func addressEnd(s string, i int) int {
	rest := s[i:]
	if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") && !strings.HasPrefix(rest, "www.") {
		return i
	}
	n := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`<>"'()[]“”‘’`, r) })
	if n < 0 {
		n = len(rest)
	}
	return i + len(strings.TrimRight(rest[:n], ".,;:!?"))
}

func isDigit(r rune) bool      { return '0' <= r && r <= '9' }
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' || r == 'ʼ' || r == '`' }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func shape(s string) Shape {
	var upper, lower int
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	switch {
	case upper == 0:
		return Lower
	case upper == 1 && unicode.IsUpper(firstRune(s)):
		return Capital
	case lower == 0:
		return Upper
	}
	return Mixed
}

// Fold gives a word as lexicons have it: lower case, without accents, with straight apostrophes.
func Fold(s string) string { return fold(s) }

func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' || c == '`' {
			return foldSlow(s)
		}
	}
	return s
}

func foldSlow(s string) string {
	ascii := true
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFD.String(s)
	}
	return strings.Map(func(r rune) rune {
		switch {
		case isApostrophe(r):
			return '\''
		case unicode.Is(unicode.Mn, r):
			return -1
		case r == 'ß':
			return 's'
		case r == 'ø' || r == 'Ø':
			return 'o'
		case r == 'ł' || r == 'Ł':
			return 'l'
		case r == 'ı':
			return 'i'
		}
		return unicode.ToLower(r)
	}, s)
}
