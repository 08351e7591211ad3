package extract

import (
	"slices"

	"factbox/shared/fact"
)

// watch follows a rule: the elements that hold; where it does not match, how far it came at best; where it does, what came of it.
type watch struct {
	path    []step
	best    halt
	made    []fact.Fact
	dropped []string // why nothing, or not more, was made
}

// step is an element of a rule with the chunk that it took.
type step struct {
	atom *atom
	at   int
}

// halt is where a rule stopped: behind the path, at a chunk that is none of the elements wanted there.
type halt struct {
	path   []step
	at     int
	wanted []*atom
}

// stopped notes that the element does not hold at chunk i. What is kept is the stop behind most telling elements, then the one
// furthest in the sentence, with everything that would have held the rule up there.
func (w *watch) stopped(a *atom, i int) {
	told, best := telling(w.path), telling(w.best.path)
	switch {
	case told > best, told == best && i > w.best.at:
		w.best = halt{slices.Clone(w.path), i, []*atom{a}}
	case told == best && i == w.best.at && !slices.ContainsFunc(w.best.wanted, func(b *atom) bool { return a.text == b.text }):
		w.best.wanted = append(w.best.wanted, a)
	}
}

// telling counts the elements that ask for a class or a word; the others (any noun group, any finite verb) hold almost anywhere.
func telling(path []step) int {
	n := 0
	for _, s := range path {
		if s.atom.telling() {
			n++
		}
	}
	return n
}

func (a *atom) telling() bool {
	return slices.ContainsFunc(a.tests, func(t test) bool { return t.text[0] != '!' && property(t.text) == nil })
}
