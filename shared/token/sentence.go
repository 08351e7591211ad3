package token

import (
	_ "embed"
	"strings"
	"sync"
)

// abbreviations.txt lists a word a line, in lower case without its dot, and a class: "title" never ends a sentence, "plain"
// may end one; "capital" is an abbreviation only with a capital letter ("Sat." but "he sat.").
//
//go:embed abbreviations.txt
var abbreviationList string

var abbreviationClass = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(abbreviationList) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] != "#" {
			m[fields[0]] = fields[1]
		}
	}
	return m
})

func abbreviation(folded string) bool { return abbreviationClass()[folded] != "" }

// abbreviated reports whether a word as it stands before a dot is a listed abbreviation.
func abbreviated(word string) bool {
	if len(word) > 6 {
		return false
	}
	class := abbreviationClass()[fold(word)]
	return class != "" && (class != "capital" || shape(word) != Lower)
}

// starters are words that, capitalised behind an abbreviation, begin a sentence rather than go on with a name.
var starters = map[string]bool{
	"the": true, "a": true, "an": true, "he": true, "she": true, "it": true, "they": true, "we": true, "i": true, "you": true,
	"but": true, "and": true, "in": true, "on": true, "at": true, "for": true, "his": true, "her": true, "its": true,
	"their": true, "this": true, "that": true, "these": true, "those": true, "there": true, "however": true, "as": true,
	"after": true, "before": true, "while": true, "when": true, "if": true, "some": true, "many": true, "most": true,
	"one": true, "two": true, "no": true, "not": true, "both": true, "since": true, "under": true, "with": true,
	"according": true, "although": true, "earlier": true, "meanwhile": true, "also": true, "what": true, "who": true,
}

// sentences finds where sentences end: at . ! ? … and closing quotes behind them, before a token that can begin one.
func sentences(tokens []Token) []Span {
	var spans []Span
	first := 0
	for i := range tokens {
		if i < first || !ends(tokens, i) {
			continue
		}
		last := i + 1
		for last < len(tokens) && closing(tokens, last) {
			last++
		}
		if last < len(tokens) && !begins(tokens[i], tokens[last:]) {
			continue
		}
		spans = append(spans, Span{first, last})
		first = last
	}
	if first < len(tokens) {
		spans = append(spans, Span{first, len(tokens)})
	}
	return spans
}

func ends(tokens []Token, i int) bool {
	tok := tokens[i]
	switch tok.Text {
	case ".", "!", "?", "...", "…", "。":
		return true
	}
	return tok.Kind == Word && strings.HasSuffix(tok.Text, ".")
}

func closing(tokens []Token, i int) bool {
	if !tokens[i].Glued {
		return false
	}
	switch tokens[i].Text {
	case `"`, "'", "”", "’", ")", "]", "»", ".", "!", "?":
		return true
	}
	return false
}

// begins reports whether a sentence can begin with the first of the tokens, behind one that may have ended the last.
func begins(end Token, tokens []Token) bool {
	next := tokens[0]
	if next.Glued && next.Kind != Word {
		return false
	}
	if next.Kind == Mark && len(tokens) > 1 { // an opening quote or bracket, a bullet, a dash
		switch next.Text {
		case `"`, "'", "“", "‘", "(", "[", "«", "`", "--", "—", "-", "•", "*":
			next = tokens[1]
		default:
			return false
		}
	}
	if end.Kind == Word { // an abbreviation or letters with dots
		if abbreviationClass()[end.Fold] == "title" || len(end.Text) == 2 {
			return false
		}
		return next.Shape != Lower && starters[next.Fold]
	}
	return next.Shape != Lower || next.Kind == Number
}
