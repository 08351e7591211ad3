package place

import (
	"strings"
	"time"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// afterOffice is how many years a leader stands for the country after leaving: long enough for a story that looks back, too
// short for a former president's own affairs.
const afterOffice = 2

// office is the time a leader held one.
type office struct {
	code     string
	from, to string // days as YYYY-MM-DD; to is empty while it lasts
	full     bool   // a name of one word counts only behind a title, or when the whole name is in the text
	person   string // the whole name
}

// officeWindow gives the day a text is of and the earliest end of an office that still counts, or empty strings for no day.
func officeWindow(on fact.EDTF) (today, earliest string) {
	first, last, ok := on.Bounds()
	if !ok || first == fact.MinDay || last == fact.MaxDay {
		return "", ""
	}
	day, err := time.Parse(time.DateOnly, first)
	if err != nil {
		return "", ""
	}
	return last, day.AddDate(-afterOffice, 0, 0).Format(time.DateOnly)
}

// addLeader adds a line of leaders.tsv: names, code, from, to, flags.
func (l *lexicon) addLeader(f [fieldCount]string) {
	person, _, _ := strings.Cut(f[0], "|")
	o := &office{code: f[1], from: f[2], to: f[3], full: f[4] == "full", person: person}
	for name := range strings.SplitSeq(f[0], "|") {
		key, s := l.key(name)
		l.leaders[key] = leader{append(l.leaders[key].offices, o), s}
	}
}

// holder gives the office that a name stands for on the tagger's day: one held then before one that has ended, the later
// before the earlier.
func (t *tagger) holder(offices []*office) *office {
	var best *office
	for _, o := range offices {
		if t.today == "" || o.from > t.today || o.to != "" && o.to < t.earliest {
			continue
		}
		if best == nil || t.holds(o) && !t.holds(best) || t.holds(o) == t.holds(best) && o.from >= best.from {
			best = o
		}
	}
	return best
}

func (t *tagger) holds(o *office) bool { return o.to == "" || o.to >= t.today }

// leader gives the office meant by a leader's name at a span, or nil when it is somebody else's.
func (t *tagger) leader(l leader, s token.Span) *office {
	o := t.holder(l.offices)
	if o == nil || t.foldAt(s.Last) == "jr" || t.foldAt(s.Last) == "jr." {
		return nil
	}
	if strings.Contains(o.person, " ") && strings.EqualFold(o.person, t.text.Slice(s)) {
		t.introduced[o.person] = true
		return o
	}
	titled := false
	if prev, ok := t.wordBefore(s.First); ok {
		titled = titles[prev.Fold]
		switch {
		case titled || t.endsMention(s.First):
		case !strings.ContainsRune(initials(o.person), rune(prev.Fold[0])) &&
			(t.lexicon.givenNames[prev.Fold] && prev.Shape != token.Lower || t.style == prose && prev.Shape != token.Lower && !functionWords[prev.Fold]):
			return nil // somebody of the same surname: "Jeb Bush"
		}
	}
	if s.Last-s.First > 1 {
		return o
	}
	switch {
	case o.full && !titled && !t.introduced[o.person],
		(o.full || !titled) && t.surnameFollows(s.Last): // "Abe Miller", "President Kim Young Sam"
		return nil
	}
	return o
}

// initials gives the first letters of the words of a name but the last, in lower case: a first name with one of them is
// taken for another spelling of the leader's own ("Bachar" for Bashar).
func initials(person string) string {
	var b strings.Builder
	words := strings.Fields(person)
	for _, word := range words[:len(words)-1] {
		b.WriteByte(word[0] | 0x20)
	}
	return b.String()
}
