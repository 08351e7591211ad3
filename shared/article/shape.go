package article

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// shape is what a run of text looks like, whatever it says.
type shape struct {
	words    int  // runs of characters between white space that hold a letter or digit
	stop     bool // ends with . ! ? … or :, closing quotes and brackets aside
	full     bool // ends with . ! ? or …, the same
	lower    bool // begins with a lower-case letter, and not with an address
	capitals bool // has letters, none of them lower case
	open     bool // ends with a word that cannot end a sentence: "of", "the", "and"
	dash     bool // ends with a comma, a dash or a wire copy's "_"
}

// openWords cannot be the last word of a sentence or of a headline.
var openWords = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(`a an the of by in on at to for from with into onto upon between among against during
		and or nor but than that which who whose is are was were be been has have had its their his our my your`) {
		m[w] = true
	}
	return m
})

func shapeOf(s string) shape {
	var sh shape
	inWord, upper, lower := false, false, false
	for _, r := range s {
		switch {
		case isBlank(r):
			inWord = false
			continue
		case unicode.IsUpper(r):
			upper = true
		case unicode.IsLower(r):
			lower = true
		}
		if !inWord && isWordRune(r) {
			inWord = true
			sh.words++
		}
	}
	sh.capitals = upper && !lower
	first, _ := utf8.DecodeRuneInString(s)
	sh.lower = unicode.IsLower(first) && !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "www.")
	core := strings.TrimRight(s, `"'”’»)]*_ `+"\u00a0")
	last, _ := utf8.DecodeLastRuneInString(core)
	sh.full = strings.ContainsRune(".!?…。", last) || isSigned(s) || hasTail(s)
	sh.stop = sh.full || last == ':'
	end, _ := utf8.DecodeLastRuneInString(s)
	sh.dash = strings.ContainsRune(",-–—_;", end)
	if word := s[strings.LastIndexFunc(s, isBlank)+1:]; len(word) <= 8 {
		sh.open = openWords()[word] // as it stands: "IS" is a name
	}
	return sh
}

// prose reports whether a run of text of this shape is a paragraph of an article beyond doubt.
func (sh shape) prose() bool { return sh.full && sh.words >= 12 || sh.words >= 25 }

// hasTail reports whether a text ends with a sentence and a small thing behind it: a remark in brackets, the number or the
// arrow of a note.
func hasTail(s string) bool {
	const longest = 120
	if strings.HasSuffix(s, ")") {
		i := strings.LastIndexByte(s, '(')
		return i > 0 && len(s)-i <= longest && endsSentence(strings.TrimRightFunc(s[:i], isBlank))
	}
	s = strings.TrimRightFunc(strings.TrimRight(s, "↩↑"), isBlank)
	core := strings.TrimRight(s, "0123456789[]*†‡")
	if core == s {
		return endsSentence(s)
	}
	return len(s)-len(core) <= 8 && endsSentence(core) && len(core) > 1 && !unicode.IsDigit(rune(core[len(core)-2]))
}

func endsSentence(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, `"'”’`))
	return strings.ContainsRune(".!?…", last)
}
