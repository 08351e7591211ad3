package cluster

import (
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
