package extract

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"factbox/shared/token"
)

//go:embed rules
var rules embed.FS

// part is a part of speech, as far as the groups need it.
type part uint8

const (
	noun part = iota
	verb
	adjective
	preposition
	determiner
	auxiliary // be, have, do, get
	modal
	conjunction
	subordinator
	relative
	pronoun
	adverb
)

// form is the form of a verb; nouns have singular and plural.
type form uint8

const (
	base form = iota
	third
	past
	participle
	gerund
	singular
	plural
)

// class is what a word means to the rules: a name and perhaps a value ("harm/killed").
type class struct{ name, value string }

// sense is one reading of a word.
type sense struct {
	part    part
	form    form
	lemma   string
	classes []class
}

func (s sense) is(name string) bool {
	return slices.ContainsFunc(s.classes, func(c class) bool { return c.name == name })
}

// lexeme is a node of the trie of folded words.
type lexeme struct {
	next   map[string]*lexeme
	senses []sense
}

// lexicon is made of the word lists in rules/ when it is first asked for.
var lexicon = sync.OnceValue(func() *lexeme {
	root, err := readLexicon()
	if err != nil {
		panic(err) // embedded
	}
	return root
})

func readLexicon() (*lexeme, error) {
	root := &lexeme{next: make(map[string]*lexeme, 8192)}
	for _, name := range []string{"words.txt", "verbs.txt", "nouns.txt"} {
		data, err := rules.ReadFile("rules/" + name)
		if err != nil {
			return nil, err
		}
		if err := root.load(string(data), name); err != nil {
			return nil, err
		}
	}
	return root, nil
}

// load reads a word list: a section header "[verb]" names the part of speech, then a word a line:
//
//	lemma (irregular, forms) = class class/value …
//
// Everything but the lemma may be left out; "#" begins a comment.
func (root *lexeme) load(list, name string) error {
	part, known := noun, false
	number := 0
	for line := range strings.Lines(list) {
		number++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "[") {
			part, known = parts[strings.Trim(line, "[]")]
			if !known {
				return fmt.Errorf("%s:%d: no part of speech is called %s", name, number, line)
			}
			continue
		}
		words, meaning, _ := strings.Cut(line, "=")
		words, irregular, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(words), ")"), "(")
		var classes []class
		for _, field := range strings.Fields(meaning) {
			name, value, _ := strings.Cut(field, "/")
			classes = append(classes, class{name, value})
		}
		var forms []string
		if irregular != "" {
			for f := range strings.SplitSeq(irregular, ",") {
				forms = append(forms, strings.TrimSpace(f))
			}
		}
		root.word(part, strings.TrimSpace(words), forms, classes)
	}
	return nil
}

var parts = map[string]part{
	"noun": noun, "verb": verb, "adjective": adjective, "preposition": preposition, "determiner": determiner,
	"auxiliary": auxiliary, "modal": modal, "conjunction": conjunction, "subordinator": subordinator,
	"relative": relative, "pronoun": pronoun, "adverb": adverb,
}

// word adds a lemma in all its forms. A phrase inflects in its first word when it is a verb and in its last when it is a noun.
func (root *lexeme) word(p part, lemma string, irregular []string, classes []class) {
	head, rest, phrase := strings.Cut(lemma, " ")
	add := func(f form, text string) { root.add(text, sense{p, f, lemma, classes}) }
	switch p {
	case verb, auxiliary:
		tail := ""
		if phrase {
			tail = " " + rest
		}
		pastForm := pastOf(head)
		if len(irregular) > 0 {
			pastForm = irregular[0]
		}
		participleForm := pastForm
		if len(irregular) > 1 {
			participleForm = irregular[1]
		}
		add(base, head+tail)
		add(third, thirdOf(head)+tail)
		add(past, pastForm+tail)
		add(participle, participleForm+tail)
		gerundForm := gerundOf(head)
		if len(irregular) > 2 {
			gerundForm = irregular[2]
		}
		add(gerund, gerundForm+tail)
	case noun:
		add(singular, lemma)
		if len(irregular) > 0 {
			for _, f := range irregular {
				if f != "-" { // no plural
					add(plural, f)
				}
			}
			return
		}
		start := strings.LastIndexByte(lemma, ' ') + 1
		add(plural, lemma[:start]+thirdOf(lemma[start:]))
	default:
		add(base, lemma)
	}
}

func (root *lexeme) add(text string, s sense) {
	node := root
	switch {
	case simple(text), text == "n't", strings.HasPrefix(text, "'"): // an ending is a token behind a word only
		node = node.child(text)
	default:
		for _, t := range token.Read(text).Tokens {
			node = node.child(t.Fold)
		}
	}
	for i := range node.senses { // listed twice: it has the classes of both
		if t := &node.senses[i]; t.part == s.part && t.form == s.form && t.lemma == s.lemma {
			for _, c := range s.classes {
				if !slices.Contains(t.classes, c) {
					t.classes = append(slices.Clip(t.classes), c)
				}
			}
			return
		}
	}
	node.senses = append(node.senses, s)
}

func (l *lexeme) child(fold string) *lexeme {
	child := l.next[fold]
	if child == nil {
		if l.next == nil {
			l.next = make(map[string]*lexeme)
		}
		child = new(lexeme)
		l.next[fold] = child
	}
	return child
}

// simple reports whether a text is one token, folded already: small letters and nothing else. Most words of the lists are, and
// need no reading when the program starts.
func simple(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < 'a' || text[i] > 'z' {
			return false
		}
	}
	return text != ""
}

// look finds the longest entry that begins at token i, and the token behind it; nil when there is none.
func (root *lexeme) look(tokens []token.Token, i, end int) (senses []sense, last int) {
	node := root
	for j := i; j < end; j++ {
		child := node.next[tokens[j].Fold]
		if child == nil {
			break
		}
		node = child
		if node.senses != nil {
			senses, last = node.senses, j+1
		}
	}
	return senses, last
}

func isVowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// doubles reports whether the last consonant of a short verb is doubled before an ending: "stop", "kidnap" is listed.
func doubles(s string) bool {
	n := len(s)
	if n < 3 || n > 4 {
		return false
	}
	if n == 4 && isVowel(s[0]) { // "open"
		return false
	}
	c := s[n-1]
	return !isVowel(c) && strings.IndexByte("wxy", c) < 0 && isVowel(s[n-2]) && !isVowel(s[n-3])
}

func thirdOf(s string) string {
	n := len(s)
	switch {
	case n > 1 && s[n-1] == 'y' && !isVowel(s[n-2]):
		return s[:n-1] + "ies"
	case strings.HasSuffix(s, "s"), strings.HasSuffix(s, "x"), strings.HasSuffix(s, "z"), strings.HasSuffix(s, "ch"), strings.HasSuffix(s, "sh"), strings.HasSuffix(s, "go"), strings.HasSuffix(s, "do"):
		return s + "es"
	}
	return s + "s"
}

func pastOf(s string) string {
	n := len(s)
	switch {
	case s[n-1] == 'e':
		return s + "d"
	case n > 1 && s[n-1] == 'y' && !isVowel(s[n-2]):
		return s[:n-1] + "ied"
	case doubles(s):
		return s + s[n-1:] + "ed"
	}
	return s + "ed"
}

func gerundOf(s string) string {
	n := len(s)
	switch {
	case strings.HasSuffix(s, "ie"):
		return s[:n-2] + "ying"
	case n > 2 && s[n-1] == 'e' && s[n-2] != 'e':
		return s[:n-1] + "ing"
	case doubles(s):
		return s + s[n-1:] + "ing"
	}
	return s + "ing"
}
