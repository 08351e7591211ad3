package article

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"factbox/shared/token"
)

//go:embed furniture.txt
var furnitureList string

// maxFurniture is the longest line, in words, that a phrase makes furniture: a longer one is prose that holds the phrase.
const maxFurniture = 25

// pattern is a line of furniture.txt.
type pattern struct {
	kind  string
	parts []part
}

// part matches a word, or with any up to maxGap words.
type part struct {
	words    []string
	number   bool
	optional bool
	any      bool
}

// maxGap is how many words a * stands for at most.
const maxGap = 8

// phrasebook finds the patterns by their first word; open has those that begin with a number or any word.
type phrasebook struct {
	first map[string][]*pattern
	open  []*pattern
}

var phrases = sync.OnceValue(func() phrasebook {
	book := phrasebook{first: make(map[string][]*pattern)}
	for line := range strings.Lines(furnitureList) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		p := &pattern{kind: fields[0]}
		for _, field := range fields[1:] {
			p.parts = append(p.parts, newPart(field))
		}
		for _, pt := range p.parts { // up to the first part that must be there, any may come first
			if pt.any || pt.number {
				book.open = append(book.open, p)
				break
			}
			for _, w := range pt.words {
				book.first[w] = append(book.first[w], p)
			}
			if !pt.optional {
				break
			}
		}
	}
	return book
})

func newPart(field string) part {
	var pt part
	if field, pt.optional = strings.CutSuffix(field, "?"); field == "*" {
		return part{any: true, optional: true}
	}
	for _, w := range strings.Split(field, "|") {
		switch w {
		case "#":
			pt.number = true
		case "*":
			pt.any = true
		default:
			pt.words = append(pt.words, token.Fold(w))
		}
	}
	return pt
}

// phraseWords gives the words of a line as patterns have them.
func phraseWords(s string) []string {
	words := strings.FieldsFunc(token.Fold(unglue(s)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '©' && r != '-'
	})
	for i, w := range words {
		words[i] = strings.Trim(w, "'-")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// unglue sets apart words that lost the space between them when a page was made text ("briefSign up"), and the copyright sign.
func unglue(s string) string {
	var b strings.Builder
	before := ' '
	for _, r := range s {
		if unicode.IsUpper(r) && unicode.IsLower(before) || before == '©' {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// furniture says whether a line is a part of the page rather than of the article, and whether the article ends with it.
func furniture(s string, sh shape) (found, closing bool) {
	if opensFurniture(s) {
		return true, false
	}
	if sh.words > maxFurniture || len(s) > maxFurniture*16 {
		return false, false
	}
	words := phraseWords(s)
	if len(words) == 0 || len(words) > maxFurniture {
		return false, false
	}
	book := phrases()
	for i := range words {
		for _, list := range [...][]*pattern{book.first[words[i]], book.open} {
			for _, p := range list {
				if i > 0 && p.kind != "in" {
					continue
				}
				if p.fits(words[i:], sh) {
					return true, p.kind == "close"
				}
			}
		}
	}
	return false, false
}

// postSignature matches who wrote a post that the article quotes from a social network, and when: "— Name (@name) May 3, 2014".
var postSignature = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:[—–-] ?)?[^()]{1,80} \(@\w+\)`)
})

func isPostSignature(s string) bool {
	const longest = 150
	return len(s) <= longest && strings.Contains(s, "(@") && postSignature().MatchString(s)
}

// opensFurniture reports whether a paragraph begins with words that no article has, however long it is.
func opensFurniture(s string) bool {
	const enough = 100 // bytes, that hold any such opening
	first, _, _ := strings.Cut(clip(s, enough), " ")
	list := phrases().first[token.Fold(first)]
	if !slices.ContainsFunc(list, func(p *pattern) bool { return p.kind == "open" }) {
		return false
	}
	words := phraseWords(clip(s, enough))
	return slices.ContainsFunc(list, func(p *pattern) bool { return p.kind == "open" && matches(p.parts, words, false) })
}

func (p *pattern) fits(words []string, sh shape) bool {
	switch p.kind {
	case "line":
		return matches(p.parts, words, true)
	case "close":
		return len(words) <= 8 && !sh.full && matches(p.parts, words, true)
	case "label":
		return !sh.full && matches(p.parts, words, false)
	}
	return matches(p.parts, words, false)
}

// matches reports whether the parts match the words from the first on, all of them when whole is set.
func matches(parts []part, words []string, whole bool) bool {
	if len(parts) == 0 {
		return !whole || len(words) == 0
	}
	pt := parts[0]
	if pt.any {
		for n := 1; n <= min(maxGap, len(words)); n++ {
			if matches(parts[1:], words[n:], whole) {
				return true
			}
		}
	}
	if len(words) > 0 && (pt.number && isNumber(words[0]) || slices.Contains(pt.words, words[0])) && matches(parts[1:], words[1:], whole) {
		return true
	}
	return pt.optional && matches(parts[1:], words, whole)
}

func isNumber(w string) bool {
	return w != "" && strings.IndexFunc(w, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
