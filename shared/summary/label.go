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

// loose are words that a label which reads well does not begin with: pronouns, whose noun is not there, and verbs and
// prepositions, whose subject is not.
var loose = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(`he she it they we i you him them who which that this these those there what and but or nor so
		to of by at in on for with from as into than was were is are be been being am had has have do does did will would shall should
		may might can could must not saying said says scheduled expected following including`) {
		m[w] = true
	}
	return m
}()

// readable reports whether a label can be read by itself: it has two content words, or one that names an incident, and
// begins and ends as a phrase does.
func readable(label string) bool {
	content := words(label)
	if len(content) == 0 || len(content) == 1 && table().kinds[content[0]] == 0 {
		return false
	}
	return !loose[token.Read(label).Tokens[0].Fold] && trimLoose(label) == label
}

// trimLoose takes the function words off the end of a label that was cut in the middle of a clause.
func trimLoose(label string) string {
	tokens := token.Read(label).Tokens
	n := len(tokens)
	for n > 1 && (loose[tokens[n-1].Fold] || articles[tokens[n-1].Fold]) {
		n--
	}
	if n == len(tokens) {
		return label
	}
	return strings.TrimRight(label[:tokens[n-1].End], " ,;:-–—")
}

var articles = map[string]bool{"a": true, "an": true, "the": true}

// shortLabel is the longest label, in runes, that names an event; a longer one, as a headline, tells of it.
const shortLabel = 60

// bestLabel chooses the label to show: one that is not over maxLabel and can be read by itself, if it can be a short one; of
// those the one that has most words in common with the others, among equals the longest, then the first in alphabetical
// order. A longer one is cut at a word. The headlines among them are taken when there is nothing else.
func bestLabel(labels []string, headlines map[string]bool) string {
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
	type grade struct{ manner, score, length int }
	var best string
	var bestGrade grade
	for i, l := range labels {
		if l == "" || i > 0 && l == labels[i-1] {
			continue
		}
		g := grade{length: utf8.RuneCountInString(l)}
		for _, w := range sets[i] {
			g.score += frequency[w] - 1
		}
		switch {
		case g.length > maxLabel:
			g = grade{length: -g.length} // the shortest of those that are too long
		case headlines[l]:
		case !readable(l):
			g.manner = 1
		case g.length > shortLabel:
			g.manner = 2
		default:
			g.manner = 3
		}
		if best == "" || cmp.Or(cmp.Compare(g.manner, bestGrade.manner), cmp.Compare(g.score, bestGrade.score), cmp.Compare(g.length, bestGrade.length)) > 0 {
			best, bestGrade = l, g
		}
	}
	return cut(trimLoose(best), maxLabel)
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
