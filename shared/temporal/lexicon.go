package temporal

import (
	"fmt"
	"strings"

	"factbox/shared/token"
)

// lexicon holds the words and phrases of words.txt by their first word.
type lexicon struct {
	phrases map[string][]phrase
	classes map[string]bool // "$class"
}

type phrase struct {
	class    string // "$class"
	field    string // what a match sets: the class up to its first dot
	value    string
	words    []string // folded; at least one
	capital  bool     // only with a capital letter
	dotted   bool     // only with its dot
	nameless bool     // not with a capital letter, save at the beginning of a sentence
}

// hit is a lexicon phrase or a number that begins at a token.
type hit struct {
	key   string // "$class" or "#number"
	last  int    // the token behind it
	field string
	value string
}

func readLexicon(text string) (lexicon, error) {
	l := lexicon{phrases: make(map[string][]phrase), classes: make(map[string]bool)}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, list, ok := strings.Cut(line, " : ")
		class, value, okHead := strings.Cut(head, " ")
		if !ok || !okHead {
			return l, fmt.Errorf("words.txt:%d: a line is written \"class value : words, …\"", number)
		}
		field, _, _ := strings.Cut(class, ".")
		l.classes["$"+class] = true
		for _, words := range strings.Split(list, ", ") {
			p := phrase{class: "$" + class, field: field, value: value, words: strings.Fields(words)}
			if len(p.words) == 0 {
				return l, fmt.Errorf("words.txt:%d: an empty word", number)
			}
			if rest, ok := strings.CutPrefix(p.words[0], "^"); ok {
				p.words[0], p.capital = rest, true
			}
			if rest, ok := strings.CutPrefix(p.words[0], "~"); ok {
				p.words[0], p.nameless = rest, true
			}
			if rest, ok := strings.CutSuffix(p.words[0], "!"); ok {
				p.words[0], p.dotted = rest, true
			}
			l.phrases[p.words[0]] = append(l.phrases[p.words[0]], p)
		}
	}
	return l, nil
}

// hits finds the phrases that begin at each token. boundary tells where sentences begin.
func (l lexicon) hits(tokens []token.Token, boundary []bool) [][]hit {
	all := make([][]hit, len(tokens))
	for i := range tokens {
		for _, p := range l.phrases[tokens[i].Fold] {
			if p.matches(tokens[i:], boundary[i]) {
				all[i] = append(all[i], hit{p.class, i + len(p.words), p.field, p.value})
			}
		}
	}
	return all
}

func (p phrase) matches(tokens []token.Token, first bool) bool {
	if len(p.words) > len(tokens) || p.capital && tokens[0].Shape == token.Lower {
		return false
	}
	if p.nameless && !first && tokens[0].Shape == token.Capital {
		return false
	}
	if p.dotted && !strings.HasSuffix(tokens[0].Text, ".") {
		return false
	}
	for j, w := range p.words[1:] {
		if tokens[j+1].Fold != w {
			return false
		}
	}
	return true
}
