package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// maxRepeat bounds "*" and "+".
const maxRepeat = 5

// fragment is a piece of a pattern that has been read.
type fragment struct {
	build func(next *node) *node // makes its graph, with what follows behind it
	needs []marks                // of each, a sentence that it matches has a class
}

// parser reads the rules of one file.
type parser struct {
	file   string
	line   int
	words  []string
	let    map[string]fragment
	parsed []rule
}

// parseRules reads a rule file; the error names file and line.
func parseRules(file string) ([]rule, error) {
	data, err := rules.ReadFile("rules/" + file)
	if err != nil {
		return nil, err
	}
	p := parser{file: file, let: make(map[string]fragment)}
	whole := ""
	for line := range strings.Lines(string(data)) {
		p.line++
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutSuffix(line, `\`); ok {
			whole += rest + " "
			continue
		}
		whole += line
		if err := p.statement(whole); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, p.line, err)
		}
		whole = ""
	}
	return p.parsed, nil
}

func (p *parser) statement(s string) error {
	if s == "" {
		return nil
	}
	if rest, ok := strings.CutPrefix(s, "let "); ok {
		name, pattern, ok := strings.Cut(rest, "=")
		if !ok {
			return fmt.Errorf("let has no =")
		}
		m, err := p.pattern(pattern)
		p.let[strings.TrimSpace(name)] = m
		return err
	}
	rest, ok := strings.CutPrefix(s, "rule ")
	name, body, ok2 := strings.Cut(rest, ":")
	if !ok || !ok2 {
		return fmt.Errorf("a line is a let or a rule, not %q", s)
	}
	pattern, meaning, _ := strings.Cut(body, "=>")
	m, err := p.pattern(pattern)
	if err != nil {
		return err
	}
	sets := make(map[string]string)
	for _, field := range strings.Fields(meaning) {
		key, value, _ := strings.Cut(field, "=")
		sets[key] = value
	}
	start := m.build(&node{})
	p.parsed = append(p.parsed, rule{start, start.first(), m.needs, p.file, p.line, strings.TrimSpace(name), sets})
	return nil
}

func (p *parser) pattern(s string) (fragment, error) {
	p.words = patternWords(s)
	m, err := p.choice()
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("%q is left over", p.words[0])
	}
	return m, err
}

// patternWords cuts a pattern at blanks, brackets and quantifiers; what is in [] stays with the atom.
func patternWords(s string) []string {
	var words []string
	from, depth := -1, 0 // where the word began, or -1
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		switch {
		case depth == 0 && strings.IndexByte(" \t()|?*+", c) >= 0:
			if from >= 0 {
				words, from = append(words, s[from:i]), -1
			}
			if c != ' ' && c != '\t' {
				words = append(words, s[i:i+1])
			}
			continue
		case c == '[':
			depth++
		case c == ']':
			depth--
		}
		if from < 0 {
			from = i
		}
	}
	if from >= 0 { // a [ is not closed
		words = append(words, s[from:])
	}
	return words
}

func (p *parser) next() string {
	if len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

func (p *parser) choice() (fragment, error) {
	first, err := p.sequence()
	if err != nil || p.next() != "|" {
		return first, err
	}
	options := []fragment{first}
	for p.next() == "|" {
		p.words = p.words[1:]
		f, err := p.sequence()
		if err != nil {
			return f, err
		}
		options = append(options, f)
	}
	choice := fragment{build: func(next *node) *node {
		fork := new(node)
		for _, f := range options {
			fork.next = append(fork.next, f.build(next))
		}
		return fork
	}}
	var either marks // one need of each
	for _, f := range options {
		if len(f.needs) == 0 {
			return choice, nil
		}
		either.join(f.needs[0])
	}
	choice.needs = []marks{either}
	return choice, nil
}

func (p *parser) sequence() (fragment, error) {
	var items []fragment
	var whole fragment
	for p.next() != "" && p.next() != ")" && p.next() != "|" {
		f, err := p.item()
		if err != nil {
			return f, err
		}
		items = append(items, f)
		whole.needs = append(whole.needs, f.needs...)
	}
	if len(items) == 0 {
		return whole, errors.New("an empty pattern")
	}
	whole.build = func(next *node) *node {
		for _, f := range slices.Backward(items) {
			next = f.build(next)
		}
		return next
	}
	return whole, nil
}

func (p *parser) item() (fragment, error) {
	word := p.next()
	p.words = p.words[1:]
	f, defined := p.let[word]
	switch {
	case word == "(":
		var err error
		if f, err = p.choice(); err != nil {
			return f, err
		}
		if p.next() != ")" {
			return f, errors.New("a ( is not closed")
		}
		p.words = p.words[1:]
	case !defined:
		a, err := parseAtom(word)
		if err != nil {
			return f, err
		}
		f = fragment{func(next *node) *node { return &node{a, []*node{next}} }, a.needs()}
	}
	switch p.next() {
	case "?":
		p.words = p.words[1:]
		return f.upTo(1), nil
	case "*":
		p.words = p.words[1:]
		return f.upTo(maxRepeat), nil
	case "+":
		p.words = p.words[1:]
		more := f.upTo(maxRepeat - 1)
		return fragment{func(next *node) *node { return f.build(more.build(next)) }, f.needs}, nil
	}
	return f, nil
}

// upTo makes the fragment stand up to n times. The fewest are tried first: the shortest reading is the one meant.
func (f fragment) upTo(n int) fragment {
	return fragment{build: func(next *node) *node {
		behind := next
		for range n {
			behind = &node{next: []*node{next, f.build(behind)}}
		}
		return behind
	}}
}

// parseAtom reads KIND[features]:name.
func parseAtom(word string) (*atom, error) {
	spec, name, _ := strings.Cut(word, ":")
	letter, features, _ := strings.Cut(strings.TrimSuffix(spec, "]"), "[")
	if len(letter) != 1 || !strings.Contains(`NVAPCSRTD,;".`, letter) {
		return nil, fmt.Errorf("%q is no kind of chunk and not defined by let", word)
	}
	a := &atom{text: word, kind: letter[0], name: name}
	for f := range strings.FieldsSeq(features) {
		a.tests = append(a.tests, test{f, feature(f)})
	}
	return a, nil
}
