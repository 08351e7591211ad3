package extract

import (
	"strings"

	"factbox/shared/fact"
)

// trace records every match of a reading. A reading has none but for Explain.
type trace struct{ matches []traced }

type traced struct {
	sentence int
	rule     *rule
	*watch
}

// find matches the rule at chunk i of the sentence: see rule.find.
func (d *Reading) find(s *sentence, r *rule, i int) (*match, int) {
	if d.trace == nil {
		return r.find(s.chunks, i, nil)
	}
	w := new(watch)
	m, end := r.find(s.chunks, i, w)
	if m != nil {
		d.trace.matches = append(d.trace.matches, traced{s.index, r, w})
	}
	return m, end
}

// made notes a fact of the match, and gives it.
func (m *match) made(f fact.Fact) fact.Fact {
	if m.watch != nil {
		m.watch.made = append(m.watch.made, f)
	}
	return f
}

// drop notes why no fact, or not all that it says, comes of the match. It is false, for those who report that.
func (m *match) drop(why ...string) bool {
	if m.watch != nil {
		m.watch.dropped = append(m.watch.dropped, strings.Join(why, " "))
	}
	return false
}
