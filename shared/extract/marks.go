package extract

import (
	"iter"
	"strings"
)

// marks is a set of classes, by a hash of their names. It may have more classes than were put in, never fewer: what it does not
// have need not be looked for.
type marks [4]uint64

// add puts in a class by its name.
func (k *marks) add(class string) {
	h := uint32(2166136261) // FNV-1a
	for i := 0; i < len(class); i++ {
		h = (h ^ uint32(class[i])) * 16777619
	}
	h ^= h >> 16
	k[h>>6&3] |= 1 << (h & 63)
}

func (k *marks) join(o marks) {
	for i := range k {
		k[i] |= o[i]
	}
}

// meets reports whether the sets may have a class in common.
func (k *marks) meets(o *marks) bool {
	return k[0]&o[0]|k[1]&o[1]|k[2]&o[2]|k[3]&o[3] != 0
}

// candidates gives the rules that can match in the sentence at all, in their order: of most rules it lacks a word.
func (s *sentence) candidates(rules []rule) iter.Seq[*rule] {
	var has marks
	for i := range s.chunks {
		for _, k := range s.chunks[i].classes {
			has.add(k.name)
		}
	}
	return func(yield func(*rule) bool) {
		for i := range rules {
			if r := &rules[i]; r.possible(&has) && !yield(r) {
				return
			}
		}
	}
}

func (r *rule) possible(has *marks) bool {
	for i := range r.needs {
		if !r.needs[i].meets(has) {
			return false
		}
	}
	return true
}

// needs gives the classes of which the element asks for one, for each of its features that asks for nothing but classes.
func (a *atom) needs() []marks {
	var list []marks
	for _, t := range a.tests {
		var one marks
		if t.classes(&one) {
			list = append(list, one)
		}
	}
	return list
}

// classes puts in the classes of which the feature asks for one; it is false for a feature that may hold without any.
func (t test) classes(set *marks) bool {
	for option := range strings.SplitSeq(t.text, "|") {
		if option[0] == '!' || option[0] == '=' || property(option) != nil {
			return false
		}
		name, _, _ := strings.Cut(option, "/")
		set.add(name)
	}
	return true
}
