package answer

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// match is a group that a question may be about.
type match struct {
	scene *scene
	*group
	score
	reports []fact.Fact
	part    bool // the reports are of some of the victims, not of the toll
	exact   bool // all its days are among those asked for
}

// score is where the parts of a question, its words, places, days and numbers, are found.
type score struct {
	own       int      // in what the group says
	event     int      // there or in what else is said of its event
	told      int      // there or in the story's headlines
	literal   int      // in the group as they stand
	elsewhere bool     // something is not in the group
	missed    []string // what is nowhere
	bare      bool     // no word of the question is said of the group or its event, only of its story
}

// found is where a part of a question is, the nearest place first.
type found struct{ own, event, heading, story bool }

func (s *score) count(in found, what string) {
	switch {
	case in.own:
		s.own++
		s.event++
		s.told++
		return
	case in.event:
		s.event++
		s.told++
	case in.heading:
		s.told++
	case !in.story:
		s.missed = append(s.missed, what)
		return
	}
	s.elsewhere = true
}

// content gives the words of a term that must stand in the facts, for a question of one kind.
func (q *Query) content(t term, kind fact.Kind) []string {
	if len(t.meanings) == 0 {
		return t.words
	}
	if t.is(passed) || t.is(asks) || t.is(refused) {
		return nil
	}
	if t.is(befalls) && !t.is(status) && kind != fact.KindPledge && !(q.Kinds[0] == fact.KindDate && q.subject() != nil) {
		return nil
	}
	switch kind {
	case fact.KindCasualty:
		if t.is(manners) {
			return t.words[:1]
		}
		if t.is(effects) {
			return nil
		}
	case fact.KindPledge:
		noun := t.means(status, "any") && !t.is(support) && t.First > 0 && (q.tokens[t.First-1].Fold == "a" || q.tokens[t.First-1].Fold == "an") // "a train"
		if t.is(status) && !noun || t.is(support) && !t.things() {
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

// account holds a question's words and numbers against a group.
func (q *Query) account(v *scene, g *group, kind fact.Kind, skip span) score {
	var s score
	for _, t := range q.terms {
		if t.within(skip) || t.victims && skip.Last > 0 {
			continue
		}
		words := q.content(t, kind)
		for _, w := range words {
			if len(words) == 1 || !load().passes(w) {
				s.count(q.find(v, g, kind, t, w), w)
				if g.words.says(w) {
					s.literal++
				}
			}
		}
	}
	s.mend(v, g, kind == fact.KindCasualty && q.Kinds[0] == kind)
	for _, n := range q.numbers {
		s.count(found{own: n.in(g)}, number(n.value))
	}
	return s
}

// in reports whether a group has the number of a question, bounded as there.
func (n numeral) in(g *group) bool {
	if !g.words.numbers[n.value] {
		return false
	}
	return n.bound == "" || slices.ContainsFunc(g.reports, func(f fact.Fact) bool {
		if f.Casualty == nil {
			return n.bound == fact.Exact
		}
		c := f.Casualty.Count
		return c.Modifier == n.bound && float64(*cmp.Or(c.Min, c.Max)) == n.value
	})
}

// find tells where a word of a term is.
func (q *Query) find(v *scene, g *group, kind fact.Kind, t term, w string) found {
	in := v.find(g, w)
	switch {
	case t.victims:
		return found{}
	case kind == fact.KindPledge && t.things():
		return found{own: in.own || !v.quoted && (t.means(support, "things "+string(g.supportType())) || q.names(g.supportType()))}
	case kind == fact.KindDate && t.is(effects) && g.occurrence != nil:
		// The label has what happened on that day; the quote may tell of other days.
		return found{own: g.label.holds(w)}
	case kind == fact.KindPledge:
		// What is given, to whom and what for, the support itself has to say; the story tells only what it is about.
		told := load().namesEvent(w) || !q.yesNo && len(q.codes(donates)) > 0 && q.behind("for", t.First)
		if !q.sets(t) && !(told && in.heading) {
			in.event, in.heading, in.story = false, false, false
		}
	case t.within(q.agent) && !q.eventActs():
		return found{own: g.words.holds(w)}
	case q.Kinds[0] == fact.KindDate && !q.sets(t) && !q.asked["happened"]:
		ofEvent := load().namesEvent(w)
		return found{own: in.own, event: in.event && (!ofEvent || g.mayBe(w)), heading: in.heading && !ofEvent && !g.recalled && q.subject() == nil && !participle(w)}
	case kind == fact.KindCasualty && !q.suffered() && !q.sets(t) && !t.within(q.victims) && (participle(w) || q.subject() != nil):
		return found{own: in.own} // "how many hostages were freed"
	case load().namesEvent(w):
		// Another kind of event in the same story is another event.
		free := g.mayBe(w)
		return found{in.own, free && in.event, free && in.heading, free && in.heading}
	case t.is(befalls), t.is(manners), q.behind("to", t.First) && slices.ContainsFunc(q.tokens[:t.First], func(o token.Token) bool { return o.Fold == "according" }):
		return found{own: in.own && (!t.is(manners) || g.words.says(w))} // "according to the police"
	case kind == fact.KindCasualty && t.within(q.victims):
		in.story = false // "counted" has held them against the victims
	}
	return in
}

// find tells where a word is.
func (v *scene) find(g *group, w string) found {
	return found{g.words.holds(w) || g.speakers.holds(w), g.shared().holds(w), v.heading.holds(w), v.words.holds(w)}
}

// sets reports whether a term tells when or where: "after the quake", "in the south".
func (q *Query) sets(t term) bool {
	for i := t.First - 1; i >= 0 && i >= t.First-maxSetting; i-- {
		word := q.tokens[i].Fold
		if settings[word] || word == "for" && i > 0 && seeks(q.tokens[i-1].Fold) {
			return true
		}
		if clauseWords[word] || q.tokens[i].Kind == token.Mark {
			return false
		}
	}
	return false
}

// maxSetting is how many words behind a preposition are of its phrase.
const maxSetting = 4

var settings = map[string]bool{"after": true, "during": true, "since": true, "in": true, "at": true, "near": true, "off": true, "following": true, "amid": true, "around": true,
	"against": true}

// seeks reports whether a word is one of a search, which is for what the story is about.
func seeks(word string) bool {
	return word == "search" || word == "searching" || word == "look" || word == "looking"
}

// suffered reports whether a question has a verb of casualties, rather than only victims of them.
func (q *Query) suffered() bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.is(effects) && !t.within(q.victims) })
}

// within reports whether a term is within some words.
func (t term) within(s span) bool { return within(t.span, s) }

// within reports whether all of some words are among others.
func within(words, of span) bool { return words.First >= of.First && words.Last <= of.Last }

// names reports whether the question names a type of support apart from things: "refuelling planes".
func (q *Query) names(s fact.SupportType) bool {
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.means(support, string(s)) })
}

// supportType is the type of a group that is support.
func (g *group) supportType() fact.SupportType {
	if g.support == nil {
		return ""
	}
	return g.support.Type
}

// shared is what is said of the group's event.
func (g *group) shared() *vocabulary {
	if g.event != nil {
		return g.event.words
	}
	return g.words
}

// mend accounts for words that a text writes as one: "air strike", "airstrike". They may be anywhere in the story, or have to be said of
// the event.
func (s *score) mend(v *scene, g *group, anywhere bool) {
	for i := 0; i+1 < len(s.missed); i++ {
		joined := s.missed[i] + s.missed[i+1]
		if in := v.find(g, joined); in.event || anywhere && in.story {
			s.missed = slices.Delete(s.missed, i, i+2)
			s.count(in, joined)
		}
	}
}

// passes reports whether a word alone is passed over.
func (l *lexicon) passes(w string) bool {
	return slices.ContainsFunc(l.phrases[w], func(p phrase) bool { return len(p.words) == 1 && (p.class == passed || p.class == befalls) })
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
		in := func(w *vocabulary) bool { return w.codes[n.code] }
		if n.town || n.person {
			in = n.named
		}
		here := found{in(g.words), in(g.shared()), in(v.heading), in(v.words)}
		switch {
		case within(n.span, q.agent):
			here = found{own: n.acts(g, q)}
		case n.person:
			here.own = here.own || here.story && g.words.codes[n.code] // "the French president"
		case n.town:
			here.story = here.story && (at == nil || *at == n.code)
		case at == nil:
		case *at == n.code:
			here.own = true
		case n.role == receives || n.role == located: // "in Peru"
			here = found{}
		}
		s.count(here, strings.Join(n.words, " "))
	}
}

// named reports whether the name stands in some words; of a person's, the surname.
func (n named) named(w *vocabulary) bool {
	if n.person {
		return w.holds(n.words[len(n.words)-1])
	}
	return !slices.ContainsFunc(n.words, func(word string) bool { return !w.holds(word) })
}

// dated holds a question's days against a date. None is good where the story was told then.
func (q *Query) dated(s *score, v *scene, g *group, date *fact.EDTF) {
	for _, asked := range q.Dates {
		s.count(found{own: date != nil && v.overlaps(*date, asked), story: date == nil && v.published(asked, g)}, string(asked))
	}
}

// victimsOf gives the nouns by which the question names victims, where they are not simply people.
func (q *Query) victimsOf() (nouns []string) {
	for _, t := range q.terms {
		if t.victims {
			nouns = append(nouns, t.words...)
			continue
		}
		if !t.within(q.victims) {
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
