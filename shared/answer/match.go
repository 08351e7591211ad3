package answer

import (
	"slices"
	"time"

	"factbox/shared/fact"
)

// match is a group that a question may be about.
type match struct {
	scene *scene
	*group
	event   int // how much of the question is in the words of the event
	own     int // how much is in the group's own
	literal int // and how much of that as it stands
	reports []fact.Fact
	part    bool // the reports are of some of the victims, not of the toll
	exact   bool // all its days are among those asked for
}

// score is how the groups' words hold the parts of a question.
type score struct {
	own, event int
	literal    int      // how many of the question's words are in the group's as they stand
	missed     []string // what is nowhere
	elsewhere  bool     // something is in the story but not in the group
}

func (s *score) count(own, event, story bool, what string) {
	switch {
	case own:
		s.own++
	case event:
	case story:
		s.elsewhere = true
	default:
		s.missed = append(s.missed, what)
		return
	}
	if event || own {
		s.event++
	}
	if !own {
		s.elsewhere = true
	}
}

// content gives the words of a term that must stand in the facts, for a question of one kind.
func (q *Query) content(t term, kind fact.Kind) []string {
	if len(t.meanings) == 0 {
		return t.words
	}
	if t.is(passed) || t.is(asks) || t.is(refused) {
		return nil
	}
	switch kind {
	case fact.KindCasualty:
		if t.is(effects) {
			return nil
		}
	case fact.KindPledge:
		if t.is(status) || t.is(support) && !t.things() {
			return nil
		}
	}
	return t.words
}

// things reports whether a term names what support consists of.
func (t term) things() bool {
	only := len(t.meanings) > 0
	for _, m := range t.meanings {
		only = only && m.class == support && len(m.value) > 7 && m.value[:7] == "things "
	}
	return only
}

// account holds a question's words, places and numbers against a group.
func (q *Query) account(v *scene, g *group, kind fact.Kind, skip span) score {
	var s score
	shared := g.words
	if g.event != nil {
		shared = g.event.words
	}
	for _, t := range q.terms {
		if t.First >= skip.First && t.Last <= skip.Last {
			continue
		}
		words := q.content(t, kind)
		ofVictims := kind == fact.KindCasualty && t.First >= q.victims.First && t.Last <= q.victims.Last
		if len(words) == 0 {
			continue
		}
		for _, w := range words {
			if len(words) > 1 && load().passes(w) {
				continue
			}
			if kind == fact.KindDate && t.is(effects) && g.occurrence != nil && !g.label.holds(w) {
				// It is of what happened on that day only if it is in the label; the quote may tell of other days.
				s.missed = append(s.missed, w)
				continue
			}
			if load().namesEvent(w) && kind != fact.KindPledge {
				// Another kind of event in the same story is another event.
				own, free := g.words.holds(w), g.mayBe(w)
				s.count(own, own || free && shared.holds(w), free && v.heading.holds(w), w)
				continue
			}
			s.count(g.words.holds(w), shared.holds(w), !ofVictims && v.words.holds(w), w)
			if g.words.says(w) {
				s.literal++
			}
		}
	}
	q.mend(&s, g.words, shared, v.words)
	for _, n := range q.numbers {
		s.count(g.words.numbers[n], g.words.numbers[n], false, number(n))
	}
	return s
}

// mend accounts for words that a text writes as one: "air strike", "airstrike".
func (q *Query) mend(s *score, own, event, story *vocabulary) {
	for i := 0; i+1 < len(s.missed); i++ {
		joined := s.missed[i] + s.missed[i+1]
		if own.holds(joined) || event.holds(joined) || story.holds(joined) {
			s.missed = slices.Delete(s.missed, i, i+2)
			s.count(own.holds(joined), event.holds(joined), story.holds(joined), joined)
		}
	}
}

// passes reports whether a word alone is passed over.
func (l *lexicon) passes(w string) bool {
	return slices.ContainsFunc(l.phrases[w], func(p phrase) bool { return len(p.words) == 1 && p.class == passed })
}

// mayBe reports whether the group's label leaves open that its event is of the kind that a word names: it names none, or a wider one.
func (g *group) mayBe(word string) bool {
	none := true
	for w := range g.label.words {
		for _, b := range bases(word) {
			if slices.Contains(load().wider[w], b) {
				return true
			}
		}
		none = none && !load().events[w]
	}
	return none
}

// placed holds a question's countries and towns against a casualty or an occurrence. at is where it was, if that is stated.
func (q *Query) placed(s *score, v *scene, g *group, at *string) {
	for _, n := range q.places {
		if n.person {
			last := n.words[len(n.words)-1]
			s.count(g.words.holds(last) || g.words.codes[n.code], false, v.words.holds(last), last)
			continue
		}
		name := n.words[len(n.words)-1]
		said := true
		shared := g.words
		if g.event != nil {
			shared = g.event.words
		}
		in := func(w *vocabulary) bool {
			for _, word := range n.words {
				if !w.holds(word) {
					return false
				}
			}
			return true
		}
		if n.town {
			s.count(in(g.words), in(shared), in(v.words) && (at == nil || *at == n.code), name)
			continue
		}
		if (n.role == receives || n.role == located) && at != nil { // "in Peru"
			said = *at == n.code
		}
		s.count(said && (g.words.codes[n.code] || at != nil && *at == n.code), said && shared.codes[n.code], said && v.words.codes[n.code], name)
	}
}

// dated holds a question's days against a date. None of the group is good where the story was told then.
func (q *Query) dated(s *score, v *scene, date *fact.EDTF) {
	for _, asked := range q.Dates {
		own := date != nil && v.overlaps(*date, asked)
		s.count(own, own, date == nil && v.published(asked), string(asked))
	}
}

func (q *Query) victimsOf(g *group, tokens []term) (nouns []string) {
	for _, t := range tokens {
		if t.First < q.victims.First || t.Last > q.victims.Last {
			continue
		}
		for _, w := range t.words {
			if !load().people[w] && !load().passes(w) && !t.is(effects) {
				nouns = append(nouns, w)
			}
		}
	}
	return nouns
}

// shift moves a day.
func shift(day string, by int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.AddDate(0, 0, by).Format(time.DateOnly)
}
