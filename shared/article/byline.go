package article

import (
	"regexp"
	"strings"
	"sync"
)

// maxByline is the longest line, in bytes, that may be a byline.
const maxByline = 200

var bylinePrefix = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[*_\s]*(?i:written by|reported by|story by|report by|words by|reporting by|by)\s*:?\s+`)
})

// personName is one to five words with capitals, particles among them: "Ana de Souza", "Jean-Luc O'Hara", "J. SMITH".
var personName = sync.OnceValue(func() *regexp.Regexp {
	const name = `\p{Lu}[\p{L}\p{M}'’.-]*`
	return regexp.MustCompile(`^` + name + `(?:\s+(?:` + name + `|(?:de|da|das|do|dos|du|del|della|der|den|di|van|von|zu|ten|ter|al|el|bin|ibn|le|la|y|e)\b)){0,4}$`)
})

// notNames are words of titles, agencies and calendars, which bylines and headings hold beside names.
var notNames = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:editor|correspondent|reporter|writer|staff|press|news|newsroom|agency|agencies|reuters|afp|ap|dpa|bureau|analyst|contributor|service|desk|team|associated|` +
		`monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|july|august|september|october|november|december|` +
		`the|today|numbers?)\b`)
})

var (
	nameSeparator = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\s*(?:,\s*(?i:and\s)|,|;|&|\s(?i:and|with)\s)\s*`)
	})
	nameTail = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\s+(?:in|for)\s+(?:the\s+)?\p{Lu}.*$|\s*\([^()]*\)\s*$|\s+[|•·–—].*$|\s+-\s.*$`)
	})
)

// jobTitle matches the line under a byline that says what the writer is, or where: "Associated Press Writer", "in Lima".
var jobTitle = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?i:writers?|correspondents?|reporters?|editors?|columnists?|staff|service|bureau)$|^in \p{Lu}[\p{L} ]+$`)
})

// byline reads a line that names the authors after "By". It may go on with a place, an agency or a title.
func byline(s string) ([]string, bool) {
	if len(s) > maxByline {
		return nil, false
	}
	prefix := bylinePrefix().FindString(s)
	if prefix == "" {
		return nil, false
	}
	return namesIn(s[len(prefix):])
}

// namesIn reads a list of persons' names and nothing else but titles, agencies and places.
func namesIn(s string) ([]string, bool) {
	if len(s) > maxByline {
		return nil, false
	}
	var names []string
	for _, part := range nameSeparator().Split(strings.Trim(s, "*_ \t\u00a0,"), -1) {
		part = strings.TrimSpace(nameTail().ReplaceAllString(part, ""))
		if part == "" {
			continue
		}
		if notNames().MatchString(part) {
			if len(names) == 0 {
				return nil, false
			}
			continue
		}
		if !personName().MatchString(part) {
			return nil, false
		}
		names = append(names, part)
	}
	return names, len(names) > 0 && len(names) <= 8
}

// datedByline reads a byline with the document's date behind it: "By Ana Souza, 3 May 2014", or before
// it.
func datedByline(s string) (names []string, stamps []stamp, ok bool) {
	if len(s) > maxByline {
		return nil, nil, false
	}
	if at := strings.Index(strings.ToLower(s), " by "); at > 0 && at < len(s) {
		if stamps, ok = dateLine(s[:at]); ok {
			names, ok = byline(s[at+1:])
			return names, stamps, ok
		}
	}
	first := calendar().FindStringIndex(s)
	if first == nil {
		return nil, nil, false
	}
	// The words before the date that belong to it are taken from the end backwards.
	cut := first[0]
	for cut > 0 {
		before := strings.LastIndexAny(strings.TrimRight(s[:cut], " \t,|:"), " \t,|") + 1
		if _, talk := dateTalk(s[before:first[0]]); !talk {
			break
		}
		cut = before
	}
	stamps, ok = dateLine(s[cut:])
	if !ok {
		return nil, nil, false
	}
	head := strings.TrimRight(s[:cut], " \t,|:-–—•·")
	if names, ok = byline(head); !ok && strings.ContainsAny(s[len(head):first[0]], "|•·") { // "Ana Souza · 3 May 2014"
		names, ok = namesIn(head)
	}
	return names, stamps, ok
}
