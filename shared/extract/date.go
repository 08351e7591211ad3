package extract

import (
	"strings"
	"time"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/temporal"
)

// backgroundYears is how many years before publication a date is history that the document recalls.
const backgroundYears = 2

// dates makes a fact of every calendar date or interval that the sentence states, with what happened then.
func (d *Reading) dates(s *sentence) []fact.Fact {
	var facts []fact.Fact
	for i := range s.chunks {
		for _, t := range s.chunks[i].times {
			if t.Type != fact.TimexDate && t.Type != fact.TimexTime || !d.calendar(t) {
				continue
			}
			facts = append(facts, d.date(s, i, t))
		}
	}
	return facts
}

// calendar reports whether the expression names a date: with a value, or one that only lacks the day of publication.
func (d *Reading) calendar(t temporal.Mention) bool {
	_, _, known := d.Published.Bounds()
	return t.Date != "" || t.Value == "" && !known
}

func (d *Reading) date(s *sentence, i int, t temporal.Mention) fact.Fact {
	first, last := s.clause(i)
	first, last = s.antecedent(first), max(last, i+1)
	if from, to := s.whenClause(i); to > from { // what happened stands behind the date
		last = to
	}
	f := d.start(fact.KindDate, s, first, last, i)
	date := &fact.Date{Expression: s.text.Slice(t.Span), Timex: t.Timex, Participants: s.participants(first, last), Role: fact.RoleEvent}
	if t.Date != "" {
		day := t.Date
		date.Date = &day
	}
	date.Event = s.happening(i, first, last)
	switch {
	case s.paragraph.Role == article.Dated || d.dateline(s, i):
		date.Role = fact.RoleDateline
		if s.paragraph.Role == article.Dated {
			date.Event = "publication"
		}
	case date.Date != nil && d.history(*date.Date):
		date.Role = fact.RoleBackground
	}
	if f.Attribution != nil && s.saying(i) {
		f.Attribution = nil // the date is that of the saying itself
	}
	f.Date = date
	f.Identify()
	return f
}

// dateline reports whether the time at chunk i stands in the line that opens a wire report: "BOGOTA, 3 APR 90 (REUTERS) --".
func (d *Reading) dateline(s *sentence, i int) bool {
	if s.index > 2 || i > 4 || i+1 >= len(s.chunks) {
		return false
	}
	for j := 0; j < i; j++ {
		if c := &s.chunks[j]; c.kind == verbGroup {
			return false
		}
	}
	tail := s.text.String[s.text.Tokens[s.chunks[i].Last-1].End:]
	if len(tail) > 40 {
		tail = tail[:40]
	}
	return strings.Contains(tail, "--") && strings.Contains(tail, ")")
}

// history reports whether a date ends more than backgroundYears before publication.
func (d *Reading) history(date fact.EDTF) bool {
	_, end, ok := date.Bounds()
	published, _, known := d.Published.Bounds()
	if !ok || !known {
		return false
	}
	day, err := time.Parse(time.DateOnly, published)
	return err == nil && end < day.AddDate(-backgroundYears, 0, 0).Format(time.DateOnly)
}

// saying reports whether the time at chunk i belongs to a reporting verb: "said on Tuesday".
func (s *sentence) saying(i int) bool {
	return s.ofStatement(i)
}

// antecedent moves the start of a relative clause to the noun group that it tells of.
func (s *sentence) antecedent(first int) int {
	if first == 0 || s.chunks[first-1].kind != relativeWord {
		return first
	}
	for j := first - 2; j >= 0 && j >= first-6; j-- {
		if s.chunks[j].kind == nounGroup && (j == 0 || s.chunks[j-1].kind != prepChunk) {
			return j
		}
	}
	return first
}

// participants lists the countries and organisations named in the chunks, in order.
func (s *sentence) participants(first, last int) []string {
	codes := []string{}
	seen := make(map[string]bool)
	for i := first; i < last; i++ {
		for _, p := range s.chunks[i].places {
			if !seen[p.Code] && (place.IsCountry(p.Code) || p.Kind == place.Organisation) {
				seen[p.Code] = true
				codes = append(codes, p.Code)
			}
		}
	}
	return codes
}

// happening tells what happened at the time at chunk i: the noun group that the time is part of or behind, with what belongs to
// it, else the clause.
func (s *sentence) happening(i, first, last int) string {
	if c := &s.chunks[i]; c.kind == nounGroup && (c.is("event") || c.is("occasion") || !s.verbBetween(first, last)) {
		end := i + 1
		for end+1 < last && s.chunks[end].kind == prepChunk && s.chunks[end+1].kind == nounGroup {
			end += 2
		}
		return s.label(i, end)
	}
	if from, to := s.whenClause(i); to > from {
		return s.label(from, to)
	}
	if a, b := s.segment(i); !s.verbBetween(a, b) && b-a > 1 && a > 0 && (!s.verbBetween(first, last) || s.chunks[a-1].kind == timeChunk || a > 1 && s.chunks[a-2].kind == timeChunk) { // a list: "it met X on Monday, Y on Tuesday"
		if verb := s.finiteBefore(a); verb >= 0 {
			if subject := s.subjectOf(verb); subject >= 0 {
				return s.joined(subject, verb, a, b)
			}
		}
		return s.label(a, b)
	}
	// from the subject of the nearest verb on
	verb := -1
	for j := i - 1; j >= first && verb < 0; j-- {
		if s.chunks[j].kind == verbGroup {
			verb = j
		}
	}
	for j := i + 1; j < last && verb < 0; j++ {
		if s.chunks[j].kind == verbGroup {
			verb = j
		}
	}
	if verb < 0 {
		return s.label(first, last)
	}
	from := verb
	for j := verb - 1; j >= first; j-- {
		if c := &s.chunks[j]; c.kind == nounGroup {
			from = j
			if j == first || s.chunks[j-1].kind != prepChunk && s.chunks[j-1].kind != conjChunk {
				break
			}
		} else if c.kind == verbGroup && c.form != infinitive {
			break
		}
	}
	for j := max(i, verb) + 1; j < last; j++ { // another verb is another happening
		if c := &s.chunks[j]; c.kind == comma && j > i || c.kind == verbGroup && (c.form == finite || c.form == bareParticiple) {
			last = j
		}
	}
	return s.label(from, last)
}

// whenClause gives the clause that tells what happened at the time at chunk i: "on Monday when it sank". It is empty elsewhere.
func (s *sentence) whenClause(i int) (first, last int) {
	if i+2 < len(s.chunks) && s.chunks[i+1].kind == subordinate && s.chunks[i+1].word == "when" {
		if first, last = s.clause(i + 2); s.verbBetween(first, last) {
			return first, last
		}
	}
	return 0, 0
}

// segment gives the chunks around chunk i between commas and marks.
func (s *sentence) segment(i int) (first, last int) {
	first, last = s.reach(i, -1), s.reach(i, 1)
	if first == i+1 {
		first = i
	}
	for j := first; j < last; j++ { // "X on Monday and Y on Tuesday"
		if s.chunks[j].kind == conjChunk && j > 0 && s.chunks[j-1].kind == timeChunk {
			if j < i {
				first = j
			} else {
				last = j
			}
		}
	}
	for first < i && s.chunks[first].kind == conjChunk {
		first++
	}
	return first, last
}

// finiteBefore gives the last finite verb group before chunk i, or -1.
func (s *sentence) finiteBefore(i int) int {
	for j := i - 1; j >= 0; j-- {
		if c := &s.chunks[j]; c.kind == verbGroup && c.form == finite {
			return j
		}
	}
	return -1
}

// subjectOf gives the noun group before the verb group at chunk v, or -1.
func (s *sentence) subjectOf(v int) int {
	for j := v - 1; j >= 0; j-- {
		switch c := &s.chunks[j]; {
		case c.kind == nounGroup && (j == 0 || s.chunks[j-1].kind != prepChunk):
			return j
		case c.kind == stop, c.kind == verbGroup:
			return -1
		}
	}
	return -1
}

// joined makes a label of a subject, its verb and a member of the list behind it.
func (s *sentence) joined(subject, verb, first, last int) string {
	return finishLabel(strings.Fields(s.label(subject, subject+1) + " " + s.label(verb, verb+1) + " " + s.label(first, last)))
}
