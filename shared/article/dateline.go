package article

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"factbox/shared/fact"
)

// Dateline says where, when and for whom a report was filed, as wire copy opens: "LIMA, 9 JAN 90 (EFE) -- ". What it does not
// give is empty.
type Dateline struct {
	Place      string    // as written, with the state or country behind it: "KABUL, Afghanistan"
	Date       fact.EDTF // a day; without a year of its own, the day next to the publication's, at most a month from it
	Agency     string    // "AFP", "ACAN-EFE", "RADIO COLON"
	Paragraph  int       // index of the paragraph that it opens
	Start, End int       // bytes of the paragraph's Text, up to the report's first word
}

// maxDateline is the longest dateline, in bytes.
const maxDateline = 160

//go:embed agencies.txt
var agencyList string

var knownAgencies = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for line := range strings.Lines(agencyList) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			m[strings.ToLower(line)] = true
		}
	}
	return m
})

func isAgency(s string) bool { return knownAgencies()[strings.ToLower(strings.TrimSpace(s))] }

// kickers stand in capitals before a dash as places do.
var kickers = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(`ADVISORY ANALYSIS BACKGROUND BREAKING BULLETIN COMMENT CORRECTED CORRECTION EDITORIAL EXCLUSIVE EXPLAINER FACTBOX
		FEATURE FLASH INTERVIEW LIVE NEWS NOTE OPINION POLL PROFILE QUESTION ANSWER Q A REVIEW SUMMARY TIMELINE UPDATE URGENT WARNING WATCH YES NO`) {
		m[w] = true
	}
	return m
})

var (
	placeWord = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:Mc|Mac|De|al-|el-|d['’])?\p{Lu}(?:[\p{L}\p{M}'’-]*[\p{L}\p{M}]|(?:\.\p{Lu})*)?`)
	})
	placeLink = sync.OnceValue(func() *regexp.Regexp { // between the words of a place's name
		return regexp.MustCompile(`^(?:\.?\s+(?:(?i:de|la|las|los|el|of|del|da|do|dos|al|es|upon|on|and|der|den|am|le)\s+){0,2}|/|-(?:au|sur|en|de|es)-)`)
	})
	datelineDay = sync.OnceValue(func() *regexp.Regexp {
		const day, year = `(\d{1,2})(?:st|nd|rd|th)?`, `(\d{4}|\d{2})\b`
		return regexp.MustCompile(`(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?:,\s*|\s+|$))?` +
			`(?:` + day + `\s+(` + monthNames + `)(?:[,.]?\s+` + year + `)?|(` + monthNames + `)\s+` + day + `(?:,?\s+` + year + `)?|(\d{4})-(\d{2})-(\d{2})|no date(?: given)?)(?:\b|$)`)
	})
	datelineDash = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*(?:(?:--+|[-–_―])(?:\s+|$)|—\s*|--+)`)
	})
)

// datelineReader goes through the head of a paragraph.
type datelineReader struct {
	text string
	at   int
	Dateline
	day, month, year string
	caps             bool // the place is in capitals
	region           bool // a state or country stands behind it
	dated, dash      bool
	known            bool // the agency is
}

// opensWith reports whether a text begins with a dateline and goes on behind it.
func opensWith(s string) bool {
	d, _, _, ok := readDateline(s)
	return ok && d.End < len(s)
}

// opensReport reports whether a line begins with a dateline, or is one.
func opensReport(s string) bool {
	_, _, _, ok := readDateline(s)
	return ok
}

// readDateline reads the dateline that opens the text. day and month are those of one whose year is not given.
func readDateline(text string) (d Dateline, day, month string, ok bool) {
	if first, _ := utf8.DecodeRuneInString(text); !unicode.IsUpper(first) && !unicode.IsDigit(first) && first != '(' {
		return d, "", "", false
	}
	r := &datelineReader{text: text[:min(len(text), maxDateline)]}
	if !strings.ContainsAny(r.text, "-–—―_(/") {
		return d, "", "", false
	}
	r.place()
	for r.part() {
	}
	if m := datelineDash().FindString(r.rest()); m != "" {
		r.dash = true
		r.at += len(m)
	} else if r.known && strings.HasPrefix(r.rest(), ":") {
		r.dash = true
		r.at++
	}
	if !r.stands(text) {
		return d, "", "", false
	}
	for r.at < len(r.text) && startsBlank(r.rest()) {
		_, width := utf8.DecodeRuneInString(r.rest())
		r.at += width
	}
	r.End = r.at
	if r.year != "" {
		if r.Date, ok = calendarDay(fullYear(r.year), r.month, r.day); !ok {
			return d, "", "", false
		}
		return r.Dateline, "", "", true
	}
	return r.Dateline, r.day, r.month, true
}

// fullYear completes a year of two digits as POSIX does (strptime, %y): 69 to 99 are of the twentieth century.
func fullYear(year string) string {
	switch {
	case len(year) != 2:
		return year
	case year >= "69":
		return "19" + year
	}
	return "20" + year
}

func (r *datelineReader) rest() string { return r.text[r.at:] }

// place reads the name of a place, in capitals or with them, of at most six words.
func (r *datelineReader) place() {
	const most = 6
	end := 0
	for n, i := 0, 0; n < most; n++ {
		if datelineDay().MatchString(r.text[i:]) {
			break
		}
		word := placeWord().FindString(r.text[i:])
		if word == "" || isAgency(word) && datelineDash().MatchString(r.text[i+len(word):]) {
			break
		}
		end = i + len(word)
		link := placeLink().FindString(r.text[end:])
		if link == "" || strings.HasPrefix(link, ".") && len(word) > 3 { // "MOSCOW. March 4", but "ST. PETERSBURG"
			break
		}
		i = end + len(link)
	}
	r.Place = foldSpace(r.text[:end])
	if words := strings.Fields(strings.ToLower(r.Place)); len(words) > 0 && words[0] == "the" && (len(words) == 1 || words[1] != "hague") {
		r.Place = "" // an army, a committee
		return
	}
	r.at = end
	upper := 0
	for _, c := range r.Place {
		if unicode.IsUpper(c) {
			upper++
		}
	}
	r.caps = upper > 1 && upper*3 >= len(r.Place)*2 || upper > 1 && shapeOf(r.Place).capitals
}

// part reads one more part of a dateline: a state or country, a day, an agency.
func (r *datelineReader) part() bool {
	s := r.rest()
	trimmed := strings.TrimLeftFunc(s, isBlank)
	mark := strings.HasPrefix(trimmed, ",") || strings.HasPrefix(trimmed, ".")
	if mark {
		trimmed = strings.TrimLeftFunc(trimmed[1:], isBlank)
	}
	skipped := len(s) - len(trimmed)
	if !r.dated && (mark || r.caps || r.Place == "") {
		if m := datelineDay().FindStringSubmatch(trimmed); m != nil {
			r.setDay(m)
			r.at += skipped + len(m[0])
			return true
		}
	}
	switch {
	case strings.HasPrefix(trimmed, "(") || strings.HasPrefix(trimmed, "["):
		return r.bracket(trimmed, skipped)
	case strings.HasPrefix(trimmed, "/"):
		name, _, closed := strings.Cut(trimmed[1:], "/")
		if !closed || r.Agency != "" || len(name) > 30 || skipped == 0 || strings.IndexFunc(name, unicode.IsLetter) < 0 {
			return false
		}
		r.Agency, r.known = strings.TrimSpace(name), true
		r.at += skipped + len(name) + 2
		if strings.HasPrefix(r.rest(), ".") {
			r.at++
		}
		return true
	case mark && !r.region && !r.dated && r.Agency == "" && r.Place != "":
		region := &datelineReader{text: trimmed}
		region.place()
		if region.at == 0 {
			return false
		}
		if strings.HasPrefix(region.rest(), ".") { // "Nev."
			region.at++
		}
		r.region = true
		r.at += skipped + region.at
		r.Place = foldSpace(r.text[:r.at])
		return true
	case !mark && r.Agency == "":
		name := s[:len(s)-len(strings.TrimLeftFunc(s, func(c rune) bool { return unicode.IsLetter(c) || isBlank(c) }))]
		if isAgency(name) && datelineDash().MatchString(s[len(strings.TrimRightFunc(name, isBlank)):]) {
			r.Agency, r.known = strings.TrimSpace(name), true
			r.at += len(strings.TrimRightFunc(name, isBlank))
			return true
		}
	}
	return false
}

// bracket reads what stands in brackets behind the place or the day: a day, a country, an agency.
func (r *datelineReader) bracket(s string, skipped int) bool {
	const longest = 60
	end := strings.IndexAny(s, ")]")
	if end < 0 || end > longest || r.Agency != "" {
		return false
	}
	inside := strings.TrimSpace(s[1:end])
	behind := strings.TrimLeftFunc(s[end+1:], isBlank)
	m := datelineDay().FindStringSubmatch(inside)
	switch {
	case m != nil && len(m[0]) == len(inside) && !r.dated:
		r.setDay(m)
	case strings.IndexFunc(inside, isWordRune) < 0:
		return false
	case strings.HasPrefix(behind, ",") && !r.region && !r.dated && r.Place != "" && !isAgency(inside):
		r.region = true
		r.Place = foldSpace(r.text[:r.at+skipped+end+1])
	default:
		r.Agency, r.known = inside, isAgency(inside)
	}
	r.at += skipped + end + 1
	return true
}

// setDay takes the groups of datelineDay.
func (r *datelineReader) setDay(m []string) {
	r.dated = true
	switch {
	case m[1] != "":
		r.day, r.month, r.year = m[1], monthNumber(m[2]), m[3]
	case m[4] != "":
		r.day, r.month, r.year = m[5], monthNumber(m[4]), m[6]
	case m[7] != "":
		r.day, r.month, r.year = m[9], m[8], m[7]
	}
}

// stands decides whether what was read is a dateline. A place in small letters, or a known agency alone, needs more beside it
// than one in capitals; in copy that is all in capitals the place's own say nothing.
func (r *datelineReader) stands(text string) bool {
	words := len(strings.Fields(r.Place))
	report := strings.TrimLeftFunc(text[r.at:], func(c rune) bool { return !isWordRune(c) })
	next, _ := utf8.DecodeRuneInString(report)
	begins := report == "" || unicode.IsUpper(next) || unicode.IsDigit(next)
	signed := r.Agency != "" && (r.known || len(strings.Fields(r.Agency)) <= 6)
	switch {
	case !r.dash && !begins: // an organisation and its short name
		return false
	case words == 0:
		return r.known
	case r.dated && (r.dash || signed):
		return true
	case r.known:
		return r.caps || r.dash
	case !r.caps || !r.dash:
		return false
	case signed || r.region:
		return true
	}
	if words > 4 || kickers()[strings.Fields(r.Place)[0]] {
		return false
	}
	return report == "" || !shapeOf(text).capitals && begins // a line of its own, or a report
}

// placedDate reads a line that says where and on what day a document was issued, and nothing else: "Brussels, 18 March 2019".
func placedDate(s string) ([]stamp, bool) {
	if len(s) > maxDateline || !hasYear(s) {
		return nil, false
	}
	r := &datelineReader{text: s}
	if r.place(); r.at == 0 {
		return nil, false
	}
	for r.part() {
	}
	if !r.dated || r.Agency != "" || r.year == "" || strings.Trim(r.rest(), " .") != "" {
		return nil, false
	}
	day, ok := calendarDay(fullYear(r.year), r.month, r.day)
	return []stamp{{day, bare}}, ok
}

// near gives the day of a month that lies nearest to another day, at most a month from it, or nothing.
func near(day, month string, to fact.EDTF) fact.EDTF {
	const most = 31
	at, err := time.Parse(time.DateOnly, string(to))
	if err != nil {
		return ""
	}
	for year := at.Year() - 1; year <= at.Year()+1; year++ {
		e, ok := calendarDay(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006"), month, day)
		if !ok {
			continue
		}
		t, err := time.Parse(time.DateOnly, string(e))
		if err == nil && t.Sub(at).Abs() <= most*24*time.Hour {
			return e
		}
	}
	return ""
}

// datelines finds the dateline among the first paragraphs of prose, and the day on which all datelines agree: copy of several
// days has none. labelled is the index of a paragraph that is said to be the dateline, or -1.
func (a *Article) datelines(labelled int) (day fact.EDTF) {
	const first = 3
	several, seen := false, 0
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		text := p.Text
		switch {
		case i == labelled:
			text += " -- "
		case p.Role != Body:
			continue
		default:
			seen++
		}
		d, dayOfMonth, month, ok := readDateline(text)
		if !ok {
			continue
		}
		d.End = min(d.End, len(p.Text))
		p.Dateline = d.End
		several = several || d.Date != "" && day != "" && day != d.Date
		if d.Date != "" {
			day = d.Date
		}
		if a.Dateline != nil || seen > first {
			continue
		}
		d.Paragraph = i
		if d.Date == "" && month != "" {
			d.Date = near(dayOfMonth, month, a.Published)
		}
		a.Dateline = &d
	}
	if several {
		return ""
	}
	return day
}
