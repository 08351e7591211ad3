package cluster

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"factbox/shared/token"
)

// MaxKeys is how many keys a document has at most.
const MaxKeys = 8

// Keys gives the texts under which a document is posted and by which its like are looked for, the weightiest first: names,
// towns, kinds of event and words. Countries, days and figures are left out, for most of what shares one is about something else.
func (d Digest) Keys() []string {
	var keys []string
	for _, t := range d.Terms {
		switch t.Kind {
		case Name, Town, Event, Word:
			if len(keys) < MaxKeys && t.Weight >= faint {
				keys = append(keys, t.key())
			}
		}
	}
	return keys
}

// Nominate chooses the stories that a document may belong to, at most so many, from those that were found under each of its keys,
// each story once: the likeliest first. A key under which many stories are found says little of each.
func Nominate(found [][]string, most int) []string {
	votes := make(map[string]float64)
	for _, stories := range found {
		for _, story := range stories {
			votes[story] += 1 / float64(len(stories))
		}
	}
	names := slices.SortedFunc(maps.Keys(votes), func(a, b string) int {
		return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(a, b))
	})
	return names[:min(len(names), most)]
}

const (
	idWords   = 5
	idLongest = 20 // bytes of a word
)

// NewID makes the id of a story from the headline of its first document and the day of its publication, which may be "":
// "ferry-sinks-western-norway-dozens-2026-05-11". It has letters, digits and hyphens of ASCII only, and may not be unique.
func NewID(headline, day string) string {
	silent := loadWords().silent
	var parts []string
	for _, t := range token.Read(headline).Tokens {
		plain := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, t.Fold)
		if t.Kind != token.Mark && plain != "" && len(plain) <= idLongest && !silent[t.Fold] {
			parts = append(parts, plain)
		}
		if len(parts) == idWords {
			break
		}
	}
	if len(parts) == 0 {
		parts = []string{"story"}
	}
	if day != "" {
		parts = append(parts, day)
	}
	return strings.Join(parts, "-")
}
