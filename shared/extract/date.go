package extract

import (
	"slices"
	"strings"
	"time"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/temporal"
	"factbox/shared/token"
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
	event, parts := s.happening(i, first, last)
	for _, p := range parts {
		if p.First >= first-2 && p.Last > last { // what happened stands behind the date
			last = p.Last
		}
	}
	f := d.start(fact.KindDate, s, first, last, i)
	date := &fact.Date{Expression: s.text.Slice(t.Span), Timex: t.Timex, Event: event, Participants: s.participants(parts), Role: fact.RoleEvent}
	if t.Date != "" {
		day := t.Date
		date.Date = &day
	}
	switch {
	case s.paragraph.Role == article.Dated || s.paragraph.Role == article.Byline:
		date.Role, date.Event = fact.RoleDateline, "publication"
	case s.dateline(i):
		date.Role, f.Attribution = fact.RoleDateline, nil
	case date.Date != nil && d.history(*date.Date):
		date.Role = fact.RoleBackground
	}
	if f.Attribution != nil && s.ofStatement(i) {
		f.Attribution = nil // the date is that of the saying itself
	}
	f.Date = date
	f.Identify()
	return f
}

// dateline reports whether the time at chunk i stands in the dateline of a report: "BOGOTA, 3 APR 90 (REUTERS) --".
func (s *sentence) dateline(i int) bool {
	return s.text.Tokens[s.chunks[i].First].Start < s.paragraph.Dateline
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

// participants lists the countries and organisations named in the runs of chunks, in order.
func (s *sentence) participants(parts []token.Span) []string {
	codes := []string{}
	for _, part := range parts {
		for i := part.First; i < part.Last; i++ {
			for _, p := range s.chunks[i].places {
				if !slices.Contains(codes, p.Code) {
					codes = append(codes, p.Code)
				}
			}
		}
	}
	return codes
}

// happening tells what happened at the time at chunk i, and the runs of chunks that tell it: the event that the time is part of or
// stands behind, the clause behind "when", a member of a list with the verb before the list, else its own clause.
func (s *sentence) happening(i, first, last int) (label string, parts []token.Span) {
	one := func(from, to int) (string, []token.Span) {
		return s.label(from, to), []token.Span{{First: from, Last: to}}
	}
	if at := s.eventBefore(i, first); at >= 0 {
		end := max(at, i) + 1
		for end+1 < last && s.chunks[end].kind == prepChunk && s.chunks[end+1].kind == nounGroup {
			end += 2
		}
		return one(at, end)
	}
	if from, to := s.whenClause(i); to > from {
		return one(from, to)
	}
	if from, to := s.segment(i); !s.verbBetween(from, to) && to-from > 1 && from > 0 &&
		(!s.verbBetween(first, last) || s.chunks[from-1].kind == timeChunk || from > 1 && s.chunks[from-2].kind == timeChunk) {
		if verb := s.finiteBefore(from); verb >= 0 { // "it met X on Monday, Y on Tuesday"
			if subject := s.subjectOf(verb); subject >= 0 {
				return s.joined(token.Span{First: subject, Last: subject + 1}, token.Span{First: verb, Last: verb + 1}, token.Span{First: from, Last: to})
			}
		}
		return one(from, to)
	}
	verb := s.verbNear(i, first, last)
	if verb < 0 {
		return one(first, last)
	}
	for j := max(i, verb) + 1; j < last; j++ { // another verb is another happening
		if c := &s.chunks[j]; c.kind == comma && j > i || c.kind == verbGroup && (c.form == finite || c.form == bareParticiple) {
			last = j
		}
	}
	from := s.predicateStart(verb, first)
	if s.chunks[verb].is("report") && verb+2 < len(s.chunks) && s.chunks[verb+1].kind == relativeWord { // what was said
		start, end := s.clause(verb + 2)
		return s.joined(token.Span{First: from, Last: verb + 1}, token.Span{First: start, Last: end})
	}
	if s.chunks[verb].is("report") && from > 1 && s.chunks[from-1].kind == comma { // "…, the ministry said on Monday"
		start, end := s.clause(from - 2)
		return s.joined(token.Span{First: from, Last: verb + 1}, token.Span{First: start, Last: min(end, from-1)})
	}
	if s.chunks[from].kind == verbGroup && from > 0 && s.chunks[from-1].kind == conjChunk { // "it came and left"
		if before := s.finiteBefore(from); before >= 0 {
			if subject := s.subjectOf(before); subject >= 0 {
				return s.joined(token.Span{First: subject, Last: subject + 1}, token.Span{First: from, Last: last})
			}
		}
	}
	return one(from, last)
}

// eventBefore gives the noun group of the event that the time at chunk i is part of, or that only prepositional phrases stand
// between: "the sinking of a ferry off Malta on Tuesday". It is -1 when there is none.
func (s *sentence) eventBefore(i, first int) int {
	if c := &s.chunks[i]; c.kind == nounGroup {
		if c.is("event") || c.is("occasion") {
			return i
		}
		return -1
	}
	for j := i - 1; j >= first; j-- {
		c := &s.chunks[j]
		if c.kind == nounGroup && c.is("event") {
			if j > 0 && s.chunks[j-1].kind == verbGroup { // the event is what the verb did: the clause tells more
				return -1
			}
			return j
		}
		if c.kind != prepChunk && !(c.kind == nounGroup && j > 0 && s.chunks[j-1].kind == prepChunk) {
			return -1
		}
	}
	return -1
}

// verbNear gives the verb that the time at chunk i most likely belongs to: the nearest before it, else behind it.
func (s *sentence) verbNear(i, first, last int) int {
	for j := i - 1; j >= first; j-- {
		if s.chunks[j].kind == verbGroup {
			return j
		}
	}
	for j := i + 1; j < last; j++ {
		if s.chunks[j].kind == verbGroup {
			return j
		}
	}
	return -1
}

// predicateStart gives the chunk where the subject of the verb at chunk verb begins, or its first verb where it has none.
func (s *sentence) predicateStart(verb, first int) int {
	from := verb
	for from > first && s.chunks[from-1].kind == verbGroup {
		from--
	}
	for j := from - 1; j >= first; j-- {
		c := &s.chunks[j]
		if c.kind == verbGroup && c.form != infinitive || c.kind == subordinate || c.kind == stop {
			break
		}
		if c.kind == nounGroup {
			from = j
			if j == first || s.chunks[j-1].kind != prepChunk && s.chunks[j-1].kind != conjChunk {
				break
			}
		}
	}
	return from
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

// joined makes one label of several runs of chunks.
func (s *sentence) joined(parts ...token.Span) (string, []token.Span) {
	var words []string
	for _, p := range parts {
		words = append(words, strings.Fields(s.label(p.First, p.Last))...)
	}
	return finishLabel(words), parts
}
