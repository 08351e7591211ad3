package extract

import (
	"fmt"
	"slices"
	"strings"
)

// A rule file holds definitions and rules, one a line; "#" begins a comment and a line that ends in "\" goes on:
//
//	let NAME = PATTERN
//	rule NAME: PATTERN => key=value key=value
//
// A pattern is a sequence of chunks, each a kind with what it must be and perhaps the name under which it is kept:
//
//	N[count !thing]:victims    a noun group that has a count and is not a thing
//	V[harm passive]:verb       a passive verb group of class harm
//	P[=of|=in]                 the preposition "of" or "in"
//	( X | Y )  X?  X*  X+      choice and repetition (at most maxRepeat times)
//	NAME                       the pattern defined by let
//
// Matching walks the chunks of one sentence from each start; repetition is bounded, so the work is linear in the text.

// maxRepeat bounds "*" and "+".
const maxRepeat = 5

// maxSteps bounds the work for one rule at one start.
const maxSteps = 2000

// rule is a pattern with what it means.
type rule struct {
	pattern
	name string
	sets map[string]string
}

// pattern is a matcher with a quick test of the chunk that it can begin at; without one it may begin anywhere.
type pattern struct {
	match  matcher
	begins func(*chunk) bool
}

// match is a state of the walk: the captured chunks, by name.
type match struct {
	chunks   []chunk
	captures []capture
	steps    int
}

type capture struct {
	name string
	at   int
}

// get gives the first chunk kept under the name, or nil.
func (m *match) get(name string) *chunk {
	for _, c := range m.captures {
		if c.name == name {
			return &m.chunks[c.at]
		}
	}
	return nil
}

// all gives the indexes of the chunks kept under the name.
func (m *match) all(name string) []int {
	var list []int
	for _, c := range m.captures {
		if c.name == name {
			list = append(list, c.at)
		}
	}
	return list
}

// matcher tries to match from chunk i on and calls then with the chunk behind; it reports whether then was content.
type matcher func(m *match, i int, then func(i int) bool) bool

// find matches the rule at chunk i and gives the captures and the chunk behind, or nil.
func (r rule) find(chunks []chunk, i int) (*match, int) {
	if r.begins != nil && !r.begins(&chunks[i]) {
		return nil, -1
	}
	m := &match{chunks: chunks}
	end := -1
	if r.match(m, i, func(j int) bool { end = j; return true }) {
		return m, end
	}
	return nil, -1
}

// parser reads the rules of one file.
type parser struct {
	file   string
	line   int
	words  []string
	let    map[string]pattern
	parsed []rule
}

// parseRules reads a rule file; the error names file and line.
func parseRules(file string) ([]rule, error) {
	data, err := rules.ReadFile("rules/" + file)
	if err != nil {
		return nil, err
	}
	p := parser{file: file, let: make(map[string]pattern)}
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
	p.parsed = append(p.parsed, rule{m, strings.TrimSpace(name), sets})
	return nil
}

func (p *parser) pattern(s string) (pattern, error) {
	p.words = patternWords(s)
	m, err := p.choice()
	if err == nil && len(p.words) > 0 {
		err = fmt.Errorf("%q is left over", p.words[0])
	}
	return m, err
}

// patternWords cuts a pattern at blanks, brackets and quantifiers; what is in [] stays with the atom.
func patternWords(s string) []string {
	for _, c := range []string{"(", ")", "|", "?", "*", "+"} {
		depth := 0
		var b strings.Builder
		for _, r := range s {
			switch {
			case r == '[':
				depth++
			case r == ']':
				depth--
			}
			if depth == 0 && string(r) == c {
				b.WriteString(" " + c + " ")
			} else if depth > 0 && r == ' ' {
				b.WriteByte('&')
			} else {
				b.WriteRune(r)
			}
		}
		s = b.String()
	}
	return strings.Fields(s)
}

func (p *parser) next() string {
	if len(p.words) == 0 {
		return ""
	}
	return p.words[0]
}

func (p *parser) choice() (pattern, error) {
	first, err := p.sequence()
	if err != nil || p.next() != "|" {
		return first, err
	}
	options := []pattern{first}
	for p.next() == "|" {
		p.words = p.words[1:]
		m, err := p.sequence()
		if err != nil {
			return pattern{}, err
		}
		options = append(options, m)
	}
	return pattern{
		match: func(m *match, i int, then func(int) bool) bool {
			for _, o := range options {
				if o.match(m, i, then) {
					return true
				}
			}
			return false
		},
		begins: func(c *chunk) bool {
			return slices.ContainsFunc(options, func(o pattern) bool { return o.begins == nil || o.begins(c) })
		},
	}, nil
}

func (p *parser) sequence() (pattern, error) {
	var items []pattern
	for p.next() != "" && p.next() != ")" && p.next() != "|" {
		m, err := p.item()
		if err != nil {
			return pattern{}, err
		}
		items = append(items, m)
	}
	if len(items) == 0 {
		return pattern{}, fmt.Errorf("an empty pattern")
	}
	m := items[len(items)-1].match
	for k := len(items) - 2; k >= 0; k-- {
		m = sequence(items[k].match, m)
	}
	return pattern{m, items[0].begins}, nil
}

func sequence(a, b matcher) matcher {
	return func(m *match, i int, then func(int) bool) bool {
		return a(m, i, func(j int) bool { return b(m, j, then) })
	}
}

func (p *parser) item() (pattern, error) {
	word := p.next()
	p.words = p.words[1:]
	m, defined := p.let[word]
	var err error
	switch {
	case word == "(":
		if m, err = p.choice(); err != nil {
			return m, err
		}
		if p.next() != ")" {
			return m, fmt.Errorf("a ( is not closed")
		}
		p.words = p.words[1:]
	case !defined:
		if m, err = atom(word); err != nil {
			return m, err
		}
	}
	switch p.next() {
	case "?":
		p.words = p.words[1:]
		return pattern{match: repeat(m.match, 0, 1)}, nil
	case "*":
		p.words = p.words[1:]
		return pattern{match: repeat(m.match, 0, maxRepeat)}, nil
	case "+":
		p.words = p.words[1:]
		return pattern{repeat(m.match, 1, maxRepeat), m.begins}, nil
	}
	return m, nil
}

// repeat tries the fewest first: the shortest reading is the one meant.
func repeat(a matcher, least, most int) matcher {
	var from func(m *match, i, n int, then func(int) bool) bool
	from = func(m *match, i, n int, then func(int) bool) bool {
		if n >= least && then(i) {
			return true
		}
		return n < most && a(m, i, func(j int) bool { return j > i && from(m, j, n+1, then) })
	}
	return func(m *match, i int, then func(int) bool) bool { return from(m, i, 0, then) }
}

// atom reads KIND[features]:name.
func atom(word string) (pattern, error) {
	spec, name, _ := strings.Cut(word, ":")
	letter, features, _ := strings.Cut(strings.TrimSuffix(spec, "]"), "[")
	if len(letter) != 1 || !strings.Contains(`NVAPCSRTD,;".`, letter) {
		return pattern{}, fmt.Errorf("%q is no kind of chunk and not defined by let", word)
	}
	var tests []func(*chunk) bool
	if features != "" {
		for f := range strings.SplitSeq(features, "&") {
			tests = append(tests, feature(f))
		}
	}
	fits := func(c *chunk) bool {
		if letter != "." && byte(c.kind) != letter[0] {
			return false
		}
		for _, test := range tests {
			if !test(c) {
				return false
			}
		}
		return true
	}
	match := func(m *match, i int, then func(i int) bool) bool {
		if m.steps++; m.steps > maxSteps || i >= len(m.chunks) || !fits(&m.chunks[i]) {
			return false
		}
		if name == "" {
			return then(i + 1)
		}
		m.captures = append(m.captures, capture{name, i})
		if then(i + 1) {
			return true
		}
		m.captures = m.captures[:len(m.captures)-1]
		return false
	}
	return pattern{match, fits}, nil
}

// feature makes the test for "a|b", "!a", "name/value" or "=word".
func feature(s string) func(*chunk) bool {
	if options := strings.Split(s, "|"); len(options) > 1 {
		tests := make([]func(*chunk) bool, len(options))
		for i, o := range options {
			tests[i] = feature(o)
		}
		return func(c *chunk) bool {
			for _, test := range tests {
				if test(c) {
					return true
				}
			}
			return false
		}
	}
	if rest, ok := strings.CutPrefix(s, "!"); ok {
		test := feature(rest)
		return func(c *chunk) bool { return !test(c) }
	}
	if word, ok := strings.CutPrefix(s, "="); ok {
		return func(c *chunk) bool { return c.word == word }
	}
	switch s {
	case "passive":
		return func(c *chunk) bool { return c.passive }
	case "active":
		return func(c *chunk) bool { return !c.passive }
	case "base":
		return func(c *chunk) bool {
			return c.form == finite && !c.is("past") && !c.is("perfect") && c.modal == "" && !c.passive
		}
	case "infinitive":
		return func(c *chunk) bool { return c.form == infinitive }
	case "finite":
		return func(c *chunk) bool { return c.form == finite }
	case "reduced":
		return func(c *chunk) bool { return c.form == bareParticiple && c.kind == verbGroup }
	case "ing":
		return func(c *chunk) bool { return c.form == ing }
	case "negated":
		return func(c *chunk) bool { return c.negated }
	case "modal":
		return func(c *chunk) bool { return c.modal != "" }
	case "plural":
		return func(c *chunk) bool { return c.plural }
	case "zero":
		return func(c *chunk) bool { return c.count != nil && c.count.Max != nil && *c.count.Max == 0 }
	case "part":
		return func(c *chunk) bool { return c.scope != "" }
	case "owner":
		return func(c *chunk) bool { return c.owner != nil && (c.owner.is("count") || c.owner.is("one")) }
	case "named":
		return func(c *chunk) bool { return c.named }
	}
	name, value, valued := strings.Cut(s, "/")
	return func(c *chunk) bool {
		for _, k := range c.classes {
			if k.name == name && (!valued || k.value == value) {
				return true
			}
		}
		return false
	}
}
