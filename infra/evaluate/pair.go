package evaluate

import "factbox/shared/fact"

// paired gives the largest pairing of gold with facts, each at most once (by augmenting paths): of each fact that pairs its gold.
func paired(golds, facts int, fits func(gold, fact int) bool) map[int]int {
	owner := make(map[int]int)
	var place func(g int, seen map[int]bool) bool
	place = func(g int, seen map[int]bool) bool {
		for f := range facts {
			if seen[f] || !fits(g, f) {
				continue
			}
			seen[f] = true
			if o, taken := owner[f]; !taken || place(o, seen) {
				owner[f] = g
				return true
			}
		}
		return false
	}
	for g := range golds {
		place(g, make(map[int]bool))
	}
	return owner
}

// overlap reports whether the evidence shares a byte with the span.
func overlap(e fact.Evidence, start, end int) bool { return e.Start < end && start < e.End }
