package temporal

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed rules/*.txt
var ruleFiles embed.FS

// ruleNames lists the files in the order in which their rules are read: of two rules that match the same words the earlier wins.
var ruleNames = []string{"times.txt", "dates.txt", "relative.txt", "lengths.txt", "compose.txt"}

// rule is one line of a rule file.
type rule struct {
	source   string // file:line
	class    string
	set      [][2]string // the fields that it sets beside those of its pattern
	guards   []guard
	priority int // of two rules for the same words the lower wins
}

// values are what a field can be, of those whose value is looked up later.
var values = map[string][]string{
	"anchor":  {"last", "story", "near", "comparable", "before", "verb"},
	"unit":    {"S", "MI", "H", "D", "N", "W", "FN", "WE", "M", "Q", "Y", "DE", "CE", "ML"},
	"daypart": {"MO", "AF", "EV", "NI", "DT"},
	"era":     {"BC", "AD"},
	"mod":     {"BEFORE", "AFTER", "START", "MID", "END", "APPROX", "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE"},
	"ref":     {"PAST_REF", "PRESENT_REF", "FUTURE_REF"},
}

// guard is a condition on the word before or after the words of a rule.
type guard struct {
	after  bool
	negate bool
	words  map[string]bool // literals, "$class" and "^", the beginning or end of the sentence
}

// node is a place in the trie of all patterns of one stage. Its edges are named as elements are written: a word, $class,
// #number or {class}.
type node struct {
	next  map[string]*node
	rules []*rule
}

func (n *node) child(key string) *node {
	if n.next == nil {
		n.next = make(map[string]*node)
	}
	c := n.next[key]
	if c == nil {
		c = new(node)
		n.next[key] = c
	}
	return c
}

// grammar is all rules, a trie a stage, and the lexicon.
type grammar struct {
	rules   int // how many were read
	stages  []*node
	lexicon lexicon
}

// loadGrammar gives the embedded rules, read once at their first use. They are part of the program: a fault in them is a panic.
var loadGrammar = sync.OnceValue(func() *grammar {
	g, err := readGrammar()
	if err != nil {
		panic("temporal: reading the rules: " + err.Error())
	}
	return g
})

func readGrammar() (*grammar, error) {
	words, err := ruleFiles.ReadFile("rules/words.txt")
	if err != nil {
		return nil, err
	}
	g := new(grammar)
	if g.lexicon, err = readLexicon(string(words)); err != nil {
		return nil, err
	}
	for _, name := range ruleNames {
		text, err := ruleFiles.ReadFile("rules/" + name)
		if err != nil {
			return nil, err
		}
		if err := g.read(name, string(text)); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// read adds the rules of one file.
func (g *grammar) read(name, text string) error {
	stage, number := 0, 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "stage "); ok {
			if len(rest) != 1 || rest[0] < '1' || rest[0] > '9' {
				return fmt.Errorf("%s:%d: %q is no stage", name, number, rest)
			}
			stage = int(rest[0] - '0')
			for len(g.stages) < stage {
				g.stages = append(g.stages, new(node))
			}
			continue
		}
		if stage == 0 {
			return fmt.Errorf("%s:%d: a rule before the first stage", name, number)
		}
		if err := g.readRule(stage, fmt.Sprintf("%s:%d", name, number), line); err != nil {
			return err
		}
	}
	return nil
}

func (g *grammar) readRule(stage int, source, line string) error {
	head, pattern, ok := strings.Cut(line, " : ")
	fields := strings.Fields(head)
	if !ok || len(fields) == 0 {
		return fmt.Errorf("%s: a rule is written \"class field=value … : pattern\"", source)
	}
	g.rules++
	r := &rule{source: source, class: fields[0], priority: g.rules}
	if !classes[r.class] && r.class != "span" && r.class != "same" {
		return fmt.Errorf("%s: there is no class %q", source, r.class)
	}
	for _, f := range fields[1:] {
		key, value, ok := strings.Cut(f, "=")
		if !ok {
			return fmt.Errorf("%s: %q is not field=value", source, f)
		}
		switch name, negate := strings.CutPrefix(key, "not"); name {
		case "before", "after":
			guard := newGuard(name == "after", negate, value)
			for w := range guard.words {
				if !g.known(w) {
					return fmt.Errorf("%s: nothing is called %s", source, w)
				}
			}
			r.guards = append(r.guards, guard)
		default:
			if err := new(expression).assign(key, value); err != nil {
				return fmt.Errorf("%s: %w", source, err)
			}
			if allowed, ok := values[key]; ok && !slices.Contains(allowed, value) {
				return fmt.Errorf("%s: %s is one of %s, not %q", source, key, strings.Join(allowed, ", "), value)
			}
			r.set = append(r.set, [2]string{key, value})
		}
	}
	sequences, err := expand(pattern)
	if err != nil {
		return fmt.Errorf("%s: %w", source, err)
	}
	for _, s := range sequences {
		at := g.stages[stage-1]
		for _, element := range s {
			if !g.known(element) {
				return fmt.Errorf("%s: nothing is called %s", source, element)
			}
			at = at.child(element)
		}
		if len(s) > 0 {
			at.rules = append(at.rules, r)
		}
	}
	return nil
}

// known reports whether an element of a pattern or a word of a guard can ever match.
func (g *grammar) known(element string) bool {
	switch {
	case len(element) < 2:
		return true
	case element[0] == '$':
		return g.lexicon.classes[element]
	case element[0] == '#':
		return readings[element[1:]]
	case element[0] == '{':
		return classes[strings.Trim(element, "{}")]
	}
	return true
}

func newGuard(after, negate bool, value string) guard {
	words := make(map[string]bool)
	for _, w := range strings.Split(value, "|") {
		words[w] = true
	}
	return guard{after: after, negate: negate, words: words}
}

// expand writes a pattern out as the sequences of elements that it stands for: (a|b c) is a choice, and ? makes the
// element or group before it optional.
func expand(pattern string) ([][]string, error) {
	p := &patternReader{elements: splitPattern(pattern)}
	sequences := p.choice()
	if p.at < len(p.elements) || p.unclosed {
		return nil, fmt.Errorf("the brackets of %q do not match", pattern)
	}
	return sequences, nil
}

type patternReader struct {
	elements []string
	at       int
	unclosed bool
}

func splitPattern(pattern string) []string {
	for _, mark := range []string{"(", ")", "|"} {
		pattern = strings.ReplaceAll(pattern, mark, " "+mark+" ")
	}
	var elements []string
	for _, e := range strings.Fields(pattern) {
		if word, ok := strings.CutSuffix(e, "?"); ok && word != "" {
			elements = append(elements, word, "?")
		} else {
			elements = append(elements, e)
		}
	}
	return elements
}

func (p *patternReader) choice() [][]string {
	all := p.sequence()
	for p.at < len(p.elements) && p.elements[p.at] == "|" {
		p.at++
		all = append(all, p.sequence()...)
	}
	return all
}

func (p *patternReader) sequence() [][]string {
	all := [][]string{nil}
	for p.at < len(p.elements) {
		var part [][]string
		switch e := p.elements[p.at]; e {
		case "|", ")":
			return all
		case "(":
			p.at++
			part = p.choice()
			if p.at >= len(p.elements) {
				p.unclosed = true
				return all
			}
		default:
			part = [][]string{{e}}
		}
		p.at++
		if p.at < len(p.elements) && p.elements[p.at] == "?" {
			part = append(part, nil)
			p.at++
		}
		var longer [][]string
		for _, a := range all {
			for _, b := range part {
				longer = append(longer, append(a[:len(a):len(a)], b...))
			}
		}
		all = longer
	}
	return all
}
