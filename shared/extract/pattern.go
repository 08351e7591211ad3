package extract

import (
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
// A pattern is compiled into a graph, with repetition written out, and matching walks the graph along the chunks of one sentence
// from each start. Both are bounded, so the work is linear in the text.

// maxSteps bounds the work for one rule at one start.
const maxSteps = 2000

// rule is a pattern with what it means.
type rule struct {
	start  *node
	begins []*atom // the elements that it may begin with
	needs  []marks // of each, a sentence that it matches has a class
	file   string
	line   int // where it ends in its file, from 1
	name   string
	sets   map[string]string
}

// node is a place in the graph of a pattern: an element with what follows it; or, without an element, ways to go on, in the
// order in which they are tried; or, without either, the end.
type node struct {
	atom *atom
	next []*node
}

// match is a state of the walk: the captured chunks, by name.
type match struct {
	chunks   []chunk
	captures []capture
	end      int // the chunk behind
	steps    int
	watch    *watch // nil but for Explain
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

// find matches the rule at chunk i and gives the captures and the chunk behind, or nil. A watch, where there is one, sees it.
func (r *rule) find(chunks []chunk, i int, w *watch) (*match, int) {
	if !r.mayBegin(&chunks[i]) {
		return nil, -1
	}
	var room [8]capture // most attempts fail: they are to cost no memory
	m := match{chunks: chunks, captures: room[:0], watch: w}
	if !m.walk(r.start, i) {
		return nil, -1
	}
	found := m
	found.captures = slices.Clone(m.captures)
	return &found, found.end
}

func (r *rule) mayBegin(c *chunk) bool {
	for _, a := range r.begins {
		if a.fits(c) {
			return true
		}
	}
	return false
}

// walk goes on from a node at chunk i and reports whether it came to the end.
func (m *match) walk(n *node, i int) bool {
	if n.atom == nil {
		for _, way := range n.next {
			if m.walk(way, i) {
				return true
			}
		}
		if n.next == nil {
			m.end = i
		}
		return n.next == nil
	}
	if m.steps++; m.steps > maxSteps || i >= len(m.chunks) || !n.atom.fits(&m.chunks[i]) {
		if m.watch != nil {
			m.watch.stopped(n.atom, i)
		}
		return false
	}
	kept := len(m.captures)
	if n.atom.name != "" {
		m.captures = append(m.captures, capture{n.atom.name, i})
	}
	if m.watch != nil {
		m.watch.path = append(m.watch.path, step{n.atom, i})
	}
	if m.walk(n.next[0], i+1) {
		return true
	}
	m.captures = m.captures[:kept]
	if m.watch != nil {
		m.watch.path = m.watch.path[:len(m.watch.path)-1]
	}
	return false
}

// first lists the elements that can be the first behind the node.
func (n *node) first() []*atom {
	if n.atom != nil {
		return []*atom{n.atom}
	}
	var list []*atom
	for _, way := range n.next {
		for _, a := range way.first() {
			if !slices.Contains(list, a) {
				list = append(list, a)
			}
		}
	}
	return list
}

// atom is the pattern of one chunk.
type atom struct {
	text  string // as the rule writes it
	kind  byte   // "." for any
	tests []test
	name  string // under which the chunk is kept, or empty
}

// test is one feature that an atom asks for.
type test struct {
	text string
	fits func(*chunk) bool
}

func (a *atom) fits(c *chunk) bool {
	if a.kind != '.' && byte(c.kind) != a.kind {
		return false
	}
	for _, t := range a.tests {
		if !t.fits(c) {
			return false
		}
	}
	return true
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
	if has := property(s); has != nil {
		return has
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

// property makes the test for what a chunk is beside its classes; it is nil for the name of a class.
func property(s string) func(*chunk) bool {
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
	return nil
}
