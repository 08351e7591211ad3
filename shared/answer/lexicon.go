package answer

import (
	"embed"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"factbox/shared/token"
)

//go:embed data/*.txt
var files embed.FS

// class is what a phrase does in a question; each is a file of data.
type class string

const (
	effects class = "effects"
	support class = "support"
	status  class = "status"
	asks    class = "asks"
	refused class = "refused"
	passed  class = "passed"
	befalls class = "befalls"
	manners class = "manners"
)

// meaning is one reading of a phrase.
type meaning struct {
	class class
	value string
}

// phrase is the words of a line of data between two commas.
type phrase struct {
	words []string
	meaning
}

// lexicon is all that is known of words.
type lexicon struct {
	phrases map[string][]phrase   // by their first word
	quotes  map[string][][]string // phrases in quotes, by their list: claimed, doubted, planned, recounted, retold, retracted, since, superseded, supposed
	people  map[string]bool
	events  map[string]bool     // the words that name a kind of event
	wider   map[string][]string // a word to those that a text may have for it: of the same meaning, or narrower
}

var load = sync.OnceValue(func() *lexicon {
	l := &lexicon{phrases: make(map[string][]phrase), quotes: make(map[string][][]string), people: make(map[string]bool), events: make(map[string]bool), wider: make(map[string][]string)}
	for _, c := range []class{effects, support, status, asks, refused, passed, befalls, manners} {
		for line := range lines(string(c)) {
			value, list, ok := strings.Cut(line, ": ")
			if !ok {
				value, list = "", line
			}
			for words := range phrases(list) {
				l.phrases[words[0]] = append(l.phrases[words[0]], phrase{words, meaning{c, value}})
			}
		}
	}
	for _, name := range []string{"claimed", "doubted", "planned", "recounted", "retold", "retracted", "since", "superseded", "supposed"} {
		for line := range lines(name) {
			l.quotes[name] = slices.AppendSeq(l.quotes[name], phrases(line))
		}
	}
	for line := range lines("people") {
		for w := range strings.FieldsSeq(line) {
			l.people[w] = true
		}
	}
	for _, name := range []string{"events", "same"} {
		for line := range lines(name) {
			narrow, wide, _ := strings.Cut(line, " < ")
			same := strings.Fields(narrow)
			for _, w := range same {
				l.wider[w] = append(l.wider[w], same...)
			}
			for w := range strings.FieldsSeq(wide) {
				l.wider[w] = append(l.wider[w], same...)
			}
			if name == "events" {
				for _, w := range append(same, strings.Fields(wide)...) {
					l.events[w] = true
				}
			}
		}
	}
	return l
})

// lines gives the lines of a list without its comments.
func lines(name string) iter.Seq[string] {
	data, err := files.ReadFile("data/" + name + ".txt")
	if err != nil {
		panic(fmt.Errorf("the lists are embedded: %w", err))
	}
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(data)) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// phrases gives the words of each phrase of a line.
func phrases(line string) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		for p := range strings.SplitSeq(line, ",") {
			if words := folded(p); len(words) > 0 && !yield(words) {
				return
			}
		}
	}
}

// folded cuts a phrase as a question is cut.
func folded(s string) []string {
	var words []string
	for _, t := range token.Read(s).Tokens {
		words = append(words, t.Fold)
	}
	return words
}

// bases gives the words that a word may be a plain form of, itself first: "planes" is of "plane", "planned" of "plan".
func bases(w string) []string {
	list := []string{w}
	add := func(b string) {
		if len(b) >= 3 {
			list = append(list, b)
		}
	}
	if rest, ok := strings.CutSuffix(w, "ies"); ok {
		add(rest + "y")
	} else if rest, ok := strings.CutSuffix(w, "s"); ok && !strings.HasSuffix(rest, "s") {
		add(rest)
		if short, ok := strings.CutSuffix(rest, "e"); ok && strings.ContainsAny(short[max(0, len(short)-1):], "sxzho") {
			add(short)
		}
	}
	if rest, ok := strings.CutSuffix(w, "ied"); ok {
		add(rest + "y")
	}
	for _, ending := range [...]string{"ed", "ing"} {
		rest, ok := strings.CutSuffix(w, ending)
		if !ok {
			continue
		}
		add(rest)
		add(rest + "e")
		if n := len(rest); n > 3 && rest[n-1] == rest[n-2] {
			add(rest[:n-1])
		}
	}
	return list
}

// at finds the longest phrases that begin with a token, all of one length, and how many tokens they have.
func (l *lexicon) at(tokens []token.Token, i int) (found []meaning, n int) {
	for _, first := range bases(tokens[i].Fold) {
		for _, p := range l.phrases[first] {
			if len(p.words) < n || !p.goesOn(tokens, i+1) {
				continue
			}
			if len(p.words) > n {
				found, n = nil, len(p.words)
			}
			found = append(found, p.meaning)
		}
	}
	return found, n
}

// goesOn reports whether the second and further words of a phrase stand at i.
func (p phrase) goesOn(tokens []token.Token, i int) bool {
	for k, w := range p.words[1:] {
		if i+k >= len(tokens) {
			return false
		}
		fits := false
		for _, b := range bases(tokens[i+k].Fold) {
			fits = fits || b == w
		}
		if !fits {
			return false
		}
	}
	return true
}

// namesEvent reports whether a word names a kind of event.
func (l *lexicon) namesEvent(w string) bool {
	for _, b := range bases(w) {
		if l.events[b] {
			return true
		}
	}
	return false
}
