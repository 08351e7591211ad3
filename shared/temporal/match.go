package temporal

import "factbox/shared/token"

// matcher runs the stages over one paragraph.
type matcher struct {
	tokens   []token.Token
	boundary []bool // a sentence begins here
	hits     [][]hit
	found    []*expression
	startsAt []int // 1 + the index in found of the expression that begins at a token
	path     []step
	best     expression
	bestRule *rule
	steps    int // places of the trie visited: the work, for the test that it grows no faster than the text
}

// step is one element of the path through the trie.
type step struct {
	field, value string
	nested       int // index in found, or -1
}

// match finds the expressions of a paragraph. Each stage goes through the tokens once; at each token it walks the trie no
// deeper than the longest rule.
func (g *grammar) match(text token.Text) *matcher {
	m := &matcher{tokens: text.Tokens}
	m.boundary = make([]bool, len(m.tokens)+1)
	for _, s := range text.Sentences {
		m.boundary[s.First], m.boundary[s.Last] = true, true
	}
	m.hits = g.lexicon.hits(m.tokens, m.boundary)
	numbers(m.tokens, m.hits)
	m.startsAt = make([]int, len(m.tokens))
	for _, root := range g.stages {
		m.stage(root)
	}
	m.series()
	m.index()
	return m
}

func (m *matcher) stage(root *node) {
	next := make([]*expression, 0, len(m.found)+4)
	for i := 0; i < len(m.tokens); {
		m.bestRule = nil
		m.path = m.path[:0]
		m.walk(root, i, i)
		switch {
		case m.bestRule != nil:
			if m.best.class != "none" {
				e := m.best
				next = append(next, &e)
			}
			i = m.best.Last
		case m.startsAt[i] > 0:
			e := m.found[m.startsAt[i]-1]
			next = append(next, e)
			i = e.Last
		default:
			i++
		}
	}
	m.found = next
	m.index()
}

// index notes where the expressions begin.
func (m *matcher) index() {
	clear(m.startsAt)
	for k, e := range m.found {
		m.startsAt[e.First] = k + 1
	}
}

// walk follows every edge that fits the tokens from i on, and keeps the longest match that began at first.
func (m *matcher) walk(n *node, first, i int) {
	m.steps++
	for _, r := range n.rules {
		if m.better(r, i) && m.allows(r, first, i) {
			m.keep(r, first, i)
		}
	}
	if i >= len(m.tokens) || i > first && m.boundary[i] {
		return
	}
	if at := m.startsAt[i]; at > 0 {
		e := m.found[at-1]
		if c := n.next["{"+e.class+"}"]; c != nil {
			m.path = append(m.path, step{nested: at - 1})
			m.walk(c, first, e.Last)
			m.path = m.path[:len(m.path)-1]
		}
		return
	}
	if c := n.next[m.tokens[i].Fold]; c != nil {
		m.path = append(m.path, step{nested: -1})
		m.walk(c, first, i+1)
		m.path = m.path[:len(m.path)-1]
	}
	for _, h := range m.hits[i] {
		if c := n.next[h.key]; c != nil && !m.crosses(i, h.last) {
			m.path = append(m.path, step{field: h.field, value: h.value, nested: -1})
			m.walk(c, first, h.last)
			m.path = m.path[:len(m.path)-1]
		}
	}
}

// crosses reports whether an expression of an earlier stage or a sentence begins among the tokens behind i.
func (m *matcher) crosses(i, last int) bool {
	for j := i + 1; j < last; j++ {
		if m.startsAt[j] > 0 || m.boundary[j] {
			return true
		}
	}
	return false
}

func (m *matcher) better(r *rule, last int) bool {
	return m.bestRule == nil || last > m.best.Last || last == m.best.Last && r.priority < m.bestRule.priority
}

func (m *matcher) keep(r *rule, first, last int) {
	e := expression{rule: r.source, class: r.class, Span: token.Span{First: first, Last: last}}
	for _, s := range m.path {
		if s.field != "" && e.assign(s.field, s.value) != nil {
			return
		}
	}
	for _, s := range r.set {
		if e.assign(s[0], s[1]) != nil {
			return
		}
	}
	for _, s := range m.path {
		if s.nested >= 0 {
			if e.class == "same" {
				e.class = m.found[s.nested].class
			}
			e.fill(*m.found[s.nested])
		}
	}
	e.finish()
	if !e.possible() {
		return
	}
	m.best, m.bestRule = e, r
}

func (m *matcher) allows(r *rule, first, last int) bool {
	for _, g := range r.guards {
		ok := false
		if g.after {
			ok = g.words["^"] && m.boundary[last] || m.looks(g, last)
		} else {
			ok = g.words["^"] && m.boundary[first] || first > 0 && !m.boundary[first] && m.looks(g, first-1)
		}
		if ok == g.negate {
			return false
		}
	}
	return true
}

// looks reports whether the token at i is among the words of a guard.
func (m *matcher) looks(g guard, i int) bool {
	if i >= len(m.tokens) || g.after && m.boundary[i] {
		return false
	}
	if g.words[m.tokens[i].Fold] {
		return true
	}
	for _, h := range m.hits[i] {
		if g.words[h.key] {
			return true
		}
	}
	return false
}
