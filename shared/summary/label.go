package summary

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"factbox/shared/token"
)

// maxLabel is the longest event label, in runes, that is shown if a shorter one is there.
const maxLabel = 120

// stopWords carry no event of their own: function words, and the verbs by which reports are introduced.
var stopWords = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(`a an the and or but of in on at to for from by with as into over under after before
		during since until about against between near amid also than that this these those which who whom whose what when
		where while it its he she they them their his her him we our i you your is are was were be been being am has have
		had do does did will would shall should may might can could must not no n't 's so more most less very new
		say said says saying tell told tells report reported according
		january february march april june july august september october november december
		monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
		last next past previous earlier later recent ago day week month year decade century days weeks months years
		deadly fatal deadliest worst worse first second third other another`) {
		m[w] = true
	}
	return m
}()

// words gives the content words of a label, lightly stemmed, sorted, each once.
func words(label string) []string {
	var found []string
	for _, t := range token.Read(label).Tokens {
		if t.Kind == token.Mark || strings.HasPrefix(t.Fold, "'") || stopWords[t.Fold] {
			continue
		}
		found = append(found, stem(t.Fold))
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// senses gives the content words of a label with one name for words of one sense, sorted, each once.
func senses(label string) []string {
	found := words(label)
	for i, w := range found {
		found[i] = table().sense(w)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// stem takes off the endings of plural and participle, so that "downed" meets "downing" and "attacks" "attack". It leaves
// a stem of three letters at least, and need not be a word: it is only ever compared.
func stem(w string) string {
	for _, ending := range [...]string{"ings", "ing", "ies", "ed", "es", "s", "e", "y"} {
		rest, ok := strings.CutSuffix(w, ending)
		if !ok || len(rest) < 3 || ending == "s" && strings.HasSuffix(rest, "s") {
			continue
		}
		if n := len(rest); ending != "s" && n > 3 && rest[n-1] == rest[n-2] && rest[n-1] != 's' && rest[n-1] != 'l' {
			rest = rest[:n-1] // "planned", "planning"
		}
		if ending == "es" || ending == "s" {
			return strings.TrimSuffix(rest, "e")
		}
		return rest
	}
	return w
}

// shared counts the words that two sorted sets have in common.
func shared(a, b []string) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch c := cmp.Compare(a[i], b[j]); {
		case c < 0:
			i++
		case c > 0:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// bestLabel chooses the label to show: the one that has most words in common with the others, among equals the longest
// that is not over maxLabel, then the first in alphabetical order. A longer one is cut at a word.
func bestLabel(labels []string) string {
	labels = slices.Clone(labels)
	slices.Sort(labels)
	frequency := make(map[string]int)
	sets := make([][]string, len(labels))
	for i, l := range labels {
		sets[i] = words(l)
		for _, w := range sets[i] {
			frequency[w]++
		}
	}
	best, bestScore, bestLength := "", -1, 0
	for i, l := range labels {
		length := utf8.RuneCountInString(l)
		if length > maxLabel {
			length = -length // the shortest of those that are too long
		}
		score := 0
		for _, w := range sets[i] {
			score += frequency[w] - 1
		}
		if length < 0 {
			score = -1
		}
		if l != "" && (best == "" || score > bestScore || score == bestScore && length > bestLength) {
			best, bestScore, bestLength = l, score, length
		}
	}
	return cut(best, maxLabel)
}

// cut shortens a text to so many runes, at a word if one ends in its second half, and marks that with an ellipsis.
func cut(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	if runes <= 1 {
		return ""
	}
	kept := string([]rune(s)[:runes-1])
	if i := strings.LastIndexByte(kept, ' '); i > len(kept)/2 {
		kept = kept[:i]
	}
	return strings.TrimRight(kept, " ,;:-–—") + "…"
}
