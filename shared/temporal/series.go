package temporal

import (
	"strconv"

	"factbox/shared/token"
)

// joiners stand between two times of which only one says it all: "March 15 to 17", "15-17 March", "from 2 to 4 p.m."
var joiners = map[string]bool{"to": true, "-": true, "–": true, "—": true, "through": true, "and": true, "until": true, "or": true}

// series adds the bare days that share the month of the expression beside them, each an expression of its own.
func (m *matcher) series() {
	all := make([]*expression, 0, len(m.found))
	for _, e := range m.found {
		if e.class != "day" || e.month == 0 || e.day == 0 || e.hasHour {
			all = append(all, e)
			continue
		}
		free := 0 // the first token that is behind the expression before
		if len(all) > 0 {
			free = all[len(all)-1].Last
		}
		if i := e.First - 2; i >= free && m.tokens[e.First].Kind == token.Number && joiners[m.tokens[i+1].Fold] {
			if day := m.bareDay(i); 0 < day && day < e.day && !m.boundary[i+1] {
				all = append(all, e.onDay(day, i))
			}
		}
		all = append(all, e)
		if i := e.Last + 1; i < len(m.tokens) && m.tokens[e.Last-1].Kind == token.Number && joiners[m.tokens[e.Last].Fold] {
			if day := m.bareDay(i); day > e.day && m.startsAt[i] == 0 && !m.counts(i) && !m.boundary[i] {
				all = append(all, e.onDay(day, i))
			}
		}
	}
	m.found = all
	m.hours()
	m.shareYear()
}

// hours adds the bare hour of a span of time, "from 2 to 4 p.m. Sunday", and gives the first of two times the day of the second.
func (m *matcher) hours() {
	all := make([]*expression, 0, len(m.found))
	for _, e := range m.found {
		free := 0
		if len(all) > 0 {
			free = all[len(all)-1].Last
		}
		if first := m.bareHour(e, free); first != nil {
			all = append(all, first)
		} else if k := len(all) - 1; e.class == "day" && e.hasHour && k >= 0 && all[k].class == "clock" && m.joined(all[k], e) {
			all[k].class = "day"
			all[k].fill(*e)
		}
		all = append(all, e)
	}
	m.found = all
}

// bareHour gives the time that is only the hour before a time with "a.m." or "p.m.", or nil.
func (m *matcher) bareHour(e *expression, free int) *expression {
	i := e.First - 2
	if e.meridiem == "" || i < free || !joiners[m.tokens[i+1].Fold] || m.boundary[i+1] || m.boundary[e.First] {
		return nil
	}
	hour := m.bareDay(i)
	if hour == 0 || hour > 12 {
		return nil
	}
	switch {
	case m.tokens[i+1].Glued && m.tokens[i+1].Kind == token.Mark:
	case i == 0 || m.boundary[i]:
		return nil
	default:
		switch m.tokens[i-1].Fold {
		case "from", "between", "at":
		default:
			return nil
		}
	}
	first := *e
	first.hour, first.minute, first.mod = hour, 0, ""
	if e.meridiem == "PM" && hour%12 > e.hour%12 { // "from 11 to 1 p.m."
		first.meridiem = "AM"
	}
	first.Span = token.Span{First: i, Last: i + 1}
	return &first
}

// joined reports whether one joiner stands between two expressions.
func (m *matcher) joined(a, b *expression) bool {
	return b.First == a.Last+1 && joiners[m.tokens[a.Last].Fold] && !m.boundary[a.Last] && !m.boundary[b.First]
}

// shareYear gives the first of two dates the year that only the second has: "from June to August 2011", "1 May and 3 June
// 2012". A first date that lies later in the year than the second is of the year before.
func (m *matcher) shareYear() {
	for k := range m.found[:max(len(m.found)-1, 0)] {
		a, b := m.found[k], m.found[k+1]
		if a.year > 0 || a.hasShift || a.hasWay || a.month == 0 || b.year == 0 || a.class != b.class || !m.joined(a, b) {
			continue
		}
		a.year, a.short = b.year, b.short
		if a.month > b.month || a.month == b.month && a.day > b.day {
			a.year--
		}
	}
}

// bareDay reads one token as a day of the month, or gives 0.
func (m *matcher) bareDay(i int) int {
	tok := m.tokens[i]
	n, err := strconv.Atoi(tok.Text)
	if tok.Kind != token.Number || err != nil || len(tok.Text) > 2 || n > 31 {
		return 0
	}
	return n
}

// counts reports whether a number counts what follows it: "on May 3 and 17 people".
func (m *matcher) counts(i int) bool {
	if i+1 >= len(m.tokens) || m.boundary[i+1] {
		return false
	}
	next := m.tokens[i+1]
	if m.tokens[i-1].Fold == "and" || m.tokens[i-1].Fold == "or" {
		return next.Kind == token.Word && !uncounted[next.Fold]
	}
	return next.Glued && next.Kind != token.Mark || next.Text == "%" || m.looks(guard{words: map[string]bool{"$mark.counted": true}}, i+1)
}

// uncounted are words that no number counts.
var uncounted = map[string]bool{
	"in": true, "at": true, "to": true, "for": true, "by": true, "with": true, "when": true, "where": true, "after": true, "before": true,
	"and": true, "or": true, "as": true, "which": true, "the": true, "were": true, "was": true, "is": true, "are": true, "will": true,
}

// onDay gives the same date on another day of its month, written at one token.
func (e expression) onDay(day, i int) *expression {
	e.day, e.weekday, e.mod = day, 0, ""
	e.Span = token.Span{First: i, Last: i + 1}
	return &e
}
