package summary

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

//go:embed incidents.txt
var incidentFile string

// set is a set of kinds of incident, or of scenes, by their numbers in the table.
type set uint64

// incidents is what incidents.txt says: kinds and scenes by word stem, and what tells counted people apart.
type incidents struct {
	kinds, scenes map[string]set
	days          []int             // of each kind: by how many days reports of one event may differ
	with          []set             // of each kind: the kinds that it brings with it
	wide          set               // the kinds that strike many scenes at once
	occasions     map[string]string // by word stem: the name
	any           map[string]bool
	part, people  map[string]bool
}

// table reads incidents.txt when it is first needed.
var table = sync.OnceValue(func() *incidents {
	t, err := readIncidents(incidentFile)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return t
})

func readIncidents(file string) (*incidents, error) {
	t := &incidents{kinds: map[string]set{}, scenes: map[string]set{}, occasions: map[string]string{}, any: map[string]bool{}, part: map[string]bool{}, people: map[string]bool{}}
	numbers := make(map[string]int)
	scenes := 0
	line := 0
	for text := range strings.Lines(file) {
		line++
		text = strings.TrimSpace(text)
		if text == "" || text[0] == '#' {
			continue
		}
		head, list, ok := strings.Cut(text, ":")
		h, words := strings.Fields(head), strings.Fields(list)
		if !ok || len(words) == 0 {
			return nil, fmt.Errorf("incidents.txt:%d: %q has no words behind a colon", line, text)
		}
		switch {
		case h[0] == "kind" && (len(h) == 3 || len(h) == 4 && h[3] == "wide"):
			days, err := strconv.Atoi(h[2])
			if err != nil || len(t.days) == 64 {
				return nil, fmt.Errorf("incidents.txt:%d: kind %s wants a number of days, and there may be 64 kinds", line, h[1])
			}
			n := len(t.days)
			numbers[h[1]] = n
			t.days, t.with = append(t.days, days), append(t.with, 0)
			if len(h) == 4 {
				t.wide |= 1 << n
			}
			for _, w := range words {
				t.kinds[stem(w)] |= 1 << n
				t.kinds[stem(w+"s")] |= 1 << n
			}
		case h[0] == "with" && len(h) == 2:
			for _, w := range words {
				a, known := numbers[h[1]]
				b, also := numbers[w]
				if !known || !also {
					return nil, fmt.Errorf("incidents.txt:%d: %s or %s is no kind", line, h[1], w)
				}
				t.with[a] |= 1 << b
			}
		case h[0] == "scene" && len(h) == 2 && scenes < 64:
			for _, w := range words {
				t.scenes[stem(w)] |= 1 << scenes
				t.scenes[stem(w+"s")] |= 1 << scenes
			}
			scenes++
		case h[0] == "occasion" && len(h) == 2:
			for _, w := range words {
				t.occasions[stem(w)], t.occasions[stem(w+"s")] = h[1], h[1]
			}
		case len(h) == 1 && (h[0] == "any" || h[0] == "part" || h[0] == "people"):
			list := map[string]map[string]bool{"any": t.any, "part": t.part, "people": t.people}[h[0]]
			for _, w := range words {
				list[stem(w)], list[stem(w+"s")] = true, true
			}
		default:
			return nil, fmt.Errorf("incidents.txt:%d: what is %q?", line, head)
		}
	}
	return t, nil
}

// sense gives one name for all words for one kind of incident, scene or occasion; other stems are their own.
func (t *incidents) sense(stem string) string {
	switch kinds, scenes, occasion := t.kinds[stem], t.scenes[stem], t.occasions[stem]; {
	case kinds != 0:
		return "kind " + strconv.FormatUint(uint64(kinds), 36)
	case scenes != 0:
		return "scene " + strconv.FormatUint(uint64(scenes), 36)
	case occasion != "":
		return "occasion " + occasion
	}
	return stem
}

// related reports whether kinds of a are brought along by kinds of b, or the other way round.
func (t *incidents) related(a, b set) bool {
	for n, with := range t.with {
		if a&(1<<n) != 0 && with&b != 0 || b&(1<<n) != 0 && with&a != 0 {
			return true
		}
	}
	return false
}

// slack is by how many days reports of one event may differ if it is of these kinds.
func (t *incidents) slack(kinds set) int {
	days := 0
	for n, d := range t.days {
		if kinds&(1<<n) != 0 {
			days = max(days, d)
		}
	}
	return days
}

// signs is what a label says of its event.
type signs struct {
	kinds, scenes set
	words         []string   // stems of the content words that are no kind, scene or country; sorted, each once
	spots         []string   // cities, folded; sorted, each once
	year          *fact.EDTF // a year in the label: "the 2015 floods"
}

// nothing reports whether the label names no event of its own.
func (s *signs) nothing() bool { return s.kinds == 0 && s.scenes == 0 && len(s.words) == 0 }

func readSigns(label string) signs {
	t := table()
	text := token.Read(label)
	var s signs
	skip := make(map[int]bool)
	for _, m := range place.Tag(text, "") {
		switch m.Kind {
		case place.Capital, place.City:
			s.spots = append(s.spots, token.Fold(text.Slice(m.Span)))
		case place.Country, place.Demonym, place.People:
			for i := m.First; i < m.Last; i++ {
				skip[i] = true
			}
		}
	}
	for i, tok := range text.Tokens {
		switch {
		case skip[i], tok.Kind == token.Mark, stopWords[tok.Fold], strings.HasPrefix(tok.Fold, "'"):
			continue
		case tok.Kind == token.Number:
			if n, err := strconv.Atoi(tok.Text); err == nil && 1900 <= n && n < 2100 {
				year := fact.EDTF(tok.Text)
				s.year = &year
			}
			continue
		}
		w := stem(strings.TrimSuffix(tok.Fold, "'s"))
		kinds, scenes := t.kinds[w], t.scenes[w]
		s.kinds |= kinds
		s.scenes |= scenes
		if kinds == 0 && scenes == 0 && !t.any[w] && !t.people[w] {
			s.words = append(s.words, w)
		}
	}
	slices.Sort(s.words)
	s.words = slices.Compact(s.words)
	slices.Sort(s.spots)
	s.spots = slices.Compact(s.spots)
	return s
}
