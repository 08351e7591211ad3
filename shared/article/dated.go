package article

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"factbox/shared/fact"
)

// stamp is a date that a line gives, and the word before it that says of what.
type stamp struct {
	day   fact.EDTF // empty when it can be read in two ways (3/4/2015)
	issue issue
}

// issue says what a document's date is the date of.
type issue uint8

const (
	bare      issue = iota // the line says nothing but the date
	published              // Published, Posted, Issued
	updated                // Updated, Modified
)

const monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`

// calendar matches a whole date with its year, in the orders that news pages use.
var calendar = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:` +
		`(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?` +
		`|(?P<a>\d{1,2})[-./](?P<b>\d{1,2})[-./](?P<ny>\d{4})` +
		`|(?P<dd>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<dm>` + monthNames + `)[\s,-]+(?P<dy>\d{4})` +
		`|(?P<mm>` + monthNames + `)\s+(?P<md>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<my>\d{4})` +
		`)\b`)
})

// glued matches a date and the next word, which lost what stood between them when a page was made text: "07/27/2020July".
var glued = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(\d{4})(\p{Lu}\p{Ll})`) })

// dateWords may stand beside the date on a line that only dates the document.
var dateWords = sync.OnceValue(func() map[string]issue {
	m := make(map[string]issue)
	for _, w := range strings.Fields(`on at the date dated of last first article story am pm a.m p.m a.m. p.m. noon midnight
		monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
		gmt utc et ct mt pt est edt cst cdt mst mdt pst pdt bst cet cest eet eest msk ist jst aest local time min mins minute minutes read`) {
		m[w] = bare
	}
	for _, w := range strings.Fields("edition final late early morning evening home city metro national sunday") {
		m[w] = bare
	}
	for _, w := range strings.Fields("newsroom staff reporter reporters correspondent editor editors agencies desk web online") {
		m[w] = bare
	}
	for _, w := range strings.Fields("published posted issued publication created release released filed") {
		m[w] = published
	}
	for _, w := range strings.Fields("updated modified update edited revised") {
		m[w] = updated
	}
	return m
})

var clock = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:\d{1,2}|\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?h?|(?:gmt|utc)?[+-]\d{1,2}(?::?\d{2})?|\d{4}h?|\d{1,2}(?:[:.]\d{2})?[ap]\.?m\.?)$`)
})

// maxDateLine is the longest line, in bytes, that may only date a document.
const maxDateLine = 160

// dateLine reads a line that holds one or more dates, the words that belong to them, and nothing else.
func dateLine(s string) ([]stamp, bool) {
	if len(s) > maxDateLine || !hasYear(s) {
		return nil, false
	}
	if filed, ok := stampOf(s); ok {
		return []stamp{filed}, true
	}
	s = glued().ReplaceAllString(s, "$1 $2")
	re := calendar()
	var stamps []stamp
	said, from := bare, 0
	matches := re.FindAllStringSubmatchIndex(s, -1)
	for _, m := range matches {
		found, ok := dateTalk(s[from:m[0]])
		if !ok {
			return nil, false
		}
		if found != bare {
			said = found
		}
		day, ok := dayOf(re, s, m)
		if !ok {
			return nil, false
		}
		stamps = append(stamps, stamp{day, said})
		from = m[1]
	}
	if _, ok := dateTalk(s[from:]); !ok {
		return nil, false
	}
	return stamps, len(stamps) > 0
}

// hasYear reports whether there are four digits in a row: lines without are let off before the slow expression.
func hasYear(s string) bool {
	run := 0
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			run = 0
		} else if run++; run == 4 {
			return true
		}
	}
	return false
}

// dateTalk reads what stands beside a date: words of dateWords, times of day, zones and marks. It gives the last word that
// says of what the date is.
func dateTalk(s string) (said issue, ok bool) {
	words := dateWords()
	for _, field := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",|()[]•·–—_*/", r) }) {
		field = strings.ToLower(strings.Trim(field, ":;-"))
		if field == "" || clock().MatchString(field) {
			continue
		}
		what, known := words[field]
		if !known {
			what, known = words[strings.TrimRight(field, ".")]
		}
		if !known {
			return bare, false
		}
		if what != bare {
			said = what
		}
	}
	return said, true
}

// dayOf makes a day of a match of calendar. ok is false when there is no such day.
func dayOf(re *regexp.Regexp, s string, m []int) (day fact.EDTF, ok bool) {
	group := func(name string) string {
		if i := 2 * re.SubexpIndex(name); m[i] >= 0 {
			return s[m[i]:m[i+1]]
		}
		return ""
	}
	switch {
	case group("y") != "":
		return calendarDay(group("y"), group("m"), group("d"))
	case group("dy") != "":
		return calendarDay(group("dy"), monthNumber(group("dm")), group("dd"))
	case group("my") != "":
		return calendarDay(group("my"), monthNumber(group("mm")), group("md"))
	}
	// Day and month stand in either order: both readings must be one, or one of them impossible.
	dayFirst, ok1 := calendarDay(group("ny"), group("b"), group("a"))
	monthFirst, ok2 := calendarDay(group("ny"), group("a"), group("b"))
	switch {
	case ok1 && ok2 && dayFirst != monthFirst:
		return "", true
	case ok1:
		return dayFirst, true
	}
	return monthFirst, ok2
}

func calendarDay(year, month, day string) (fact.EDTF, bool) {
	y, errY := strconv.Atoi(year)
	m, errM := strconv.Atoi(month)
	d, errD := strconv.Atoi(day)
	if errY != nil || errM != nil || errD != nil {
		return "", false
	}
	e, err := fact.ParseEDTF(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	return e, err == nil
}

// monthNumber gives "1" to "12" for an English month's name or its first three letters.
func monthNumber(name string) string {
	const months = "janfebmaraprmayjunjulaugsepoctnovdec"
	return strconv.Itoa(strings.Index(months, strings.ToLower(name[:3]))/3 + 1)
}

// publication gives the day of publication that the dates of a document agree on, or nothing. A date that is called the
// publication's outranks a bare one; the date of an update is none.
func publication(stamps []stamp) fact.EDTF {
	for _, rank := range [...]issue{published, bare} {
		var day fact.EDTF
		found := false
		for _, st := range stamps {
			if st.issue != rank {
				continue
			}
			if found && st.day != day {
				return ""
			}
			day, found = st.day, true
		}
		if found {
			return day
		}
	}
	return ""
}
