package cluster

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed data/silent.txt
	silentList string
	//go:embed data/common.txt
	commonList string
	//go:embed data/events.txt
	eventList string
)

// lexicon is what the lists of data know of words.
type lexicon struct {
	silent, common map[string]bool
	family         map[string]string // a word of a kind of event, to the first of its family
}

var loadWords = sync.OnceValue(func() lexicon {
	l := lexicon{make(map[string]bool), make(map[string]bool), make(map[string]string)}
	for words := range listed(silentList) {
		for _, w := range words {
			l.silent[w] = true
		}
	}
	for words := range listed(commonList) {
		for _, w := range words {
			l.common[w] = true
		}
	}
	for words := range listed(eventList) {
		for _, w := range words {
			l.family[w] = words[0]
		}
	}
	return l
})

// listed gives the words of each line of a list.
func listed(list string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		for line := range strings.Lines(list) {
			if words := strings.Fields(line); len(words) > 0 && words[0] != "#" && !yield(words) {
				return
			}
		}
	}
}

// stem takes the ending of a plural or participle off a word, so that "ferries" meets "ferry" and "burning" "burned". What it
// leaves has four letters at least and need not be a word: it is only compared.
func stem(w string) string {
	for _, ending := range [...]struct{ off, on string }{
		{"ies", "y"}, {"ings", ""}, {"ing", ""}, {"ers", ""}, {"er", ""}, {"ed", ""}, {"es", ""}, {"'s", ""}, {"s", ""}, {"e", ""},
	} {
		rest, ok := strings.CutSuffix(w, ending.off)
		if !ok || len(rest) < 4 || ending.off == "s" && strings.HasSuffix(rest, "s") {
			continue
		}
		return rest + ending.on
	}
	return w
}
