package answer

import (
	"cmp"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// dates gives what answers "when", or what happened on the days of the question.
func (q *Query) dates(v *scene) []match {
	if q.asked["happened"] && len(q.Dates) > 0 && !q.asked["when"] {
		return q.happened(v)
	}
	var fit []match
	for _, strict := range []bool{true, false} {
		for _, g := range v.groups {
			s, ok := q.when(v, g)
			if !ok || s.bare || len(s.missed) > 0 || s.own == 0 || s.elsewhere && (strict || g.recalled) {
				continue
			}
			fit = append(fit, match{v, g, s, g.all(), false, false})
		}
		if fit = foremost(fit); len(fit) > 0 {
			break
		}
	}
	for _, happens := range []func(match) bool{
		func(m match) bool { return m.occurrence != nil }, func(m match) bool { return m.toll != nil },
	} {
		if slices.ContainsFunc(fit, happens) {
			return slices.DeleteFunc(fit, func(m match) bool { return !happens(m) })
		}
	}
	return fit
}

// all gives the reports of what a group is of.
func (g *group) all() []fact.Fact {
	if g.occurrence != nil {
		return g.occurrence.Reports
	}
	return g.reports
}

// when holds a question for a day against a group that has one.
func (q *Query) when(v *scene, g *group) (s score, ok bool) {
	if g.support == nil && q.tells(g) {
		return s, false
	}
	switch {
	case g.occurrence != nil:
		s = q.account(v, g, fact.KindDate, span{})
		s.bare = s.event == 0 && s.told > 0
		elsewhere := s.elsewhere
		q.partaking(&s, v, g, nil)
		s.elsewhere = elsewhere || g.recalled && s.elsewhere // where it was is said once in a story
		q.dated(&s, v, g, &g.occurrence.Date)
		return s, true
	case g.dated() != nil && g.toll != nil:
		if len(q.Effects) > 0 && !slices.Contains(q.Effects, g.toll.Effect) {
			return s, false
		}
		s = q.account(v, g, fact.KindCasualty, span{})
		s.bare = s.event == 0 && s.told > 0
		q.partaking(&s, v, g, g.toll.Place)
		q.dated(&s, v, g, g.toll.Date)
		return s, true
	case g.support != nil:
		date := pledgeDate(g, q.Dates, v)
		if date == nil || g.support.Status != cmp.Or(q.Status, fact.Delivered) {
			return s, false
		}
		s = q.account(v, g, fact.KindPledge, span{})
		q.given(&s, v, g)
		q.sorted(&s, v, g)
		q.dated(&s, v, g, date)
		return s, true
	}
	return s, false
}

// happened gives the occurrences and tolls of the days of the question; those within them, or else those that touch them.
func (q *Query) happened(v *scene) []match {
	var fit []match
	for _, g := range v.groups {
		var date *fact.EDTF
		var at *string
		kind := fact.KindDate
		switch {
		case g.occurrence != nil:
			date = &g.occurrence.Date
		case g.toll != nil:
			date, at, kind = g.toll.Date, g.toll.Place, fact.KindCasualty
		}
		if date == nil || !slices.ContainsFunc(q.Dates, func(a fact.EDTF) bool { return begins(a, *date) }) {
			continue
		}
		s := q.account(v, g, kind, span{})
		q.dated(&s, v, g, date)
		where := s
		if q.placed(&where, v, g, at); len(where.missed) > 0 || s.own == 0 {
			continue
		}
		exact := slices.ContainsFunc(q.Dates, func(a fact.EDTF) bool { return holds(a, *date) })
		fit = append(fit, match{v, g, s, g.all(), false, exact})
	}
	fit = foremost(fit)
	if q.Effects == nil && slices.ContainsFunc(fit, func(m match) bool { return m.occurrence != nil }) {
		fit = slices.DeleteFunc(fit, func(m match) bool { return m.occurrence == nil })
	}
	return fit
}

// begins reports whether what is dated so happened in a period: of what has an open side, the other side is in it.
func begins(period, date fact.EDTF) bool {
	from, to, ok := period.Bounds()
	first, last, known := date.Bounds()
	switch {
	case !ok || !known, from == to && len(date) < len(from): // what was in May, was on no day of May
		return false
	case first == fact.MinDay:
		return from <= last && last <= to
	case last == fact.MaxDay:
		return from <= first && first <= to
	}
	return first <= to && from <= last
}

// holds reports whether all days of a date are within a period.
func holds(period, date fact.EDTF) bool {
	from, to, ok := period.Bounds()
	first, last, known := date.Bounds()
	return ok && known && from <= first && last <= to
}

// dated is the date of a toll; nil where it is when a count began that no report says its figure to be of: "since May".
func (g *group) dated() *fact.EDTF {
	if g.toll == nil || g.toll.Date == nil {
		return nil
	}
	began := func(f fact.Fact) bool { return f.Evidence.Quote == nil || says(*f.Evidence.Quote, "since") }
	if _, last, ok := g.toll.Date.Bounds(); ok && last == fact.MaxDay && !slices.ContainsFunc(g.reports, began) {
		return nil
	}
	return g.toll.Date
}

// tells reports whether what is dated of a group is that somebody told of an event, counted its victims or said that it would come, and the question
// asks for no such thing.
func (q *Query) tells(g *group) bool {
	if q.asked["happened"] {
		return false
	}
	past := q.verbOf("did", "was", "were")
	promised := !past || q.Status != "" && q.Status.Rank() < fact.Delivered.Rank() || says(q.question, "planned")
	for _, f := range g.reports {
		told := labelOf(f)
		if says(told, "planned") && !promised {
			return true
		}
		if g.toll != nil {
			told = text(f.Evidence.Quote)
		}
		if says(told, "recounted") && !says(q.question, "recounted") {
			return true
		}
		if first, ok := before(told, "retold"); ok && !says(q.question, "retold") {
			event := newVocabulary("")
			event.add(strings.Join(first, " "))
			if !slices.ContainsFunc(q.Words(), event.holds) { // "officials said that a fire"
				return true
			}
		}
	}
	return false
}

// subject is the country or person that does what the question asks the day of: "when did Peru close its ports", "was it closed by Peru"; nil without any.
func (q *Query) subject() *named {
	for i := range q.places {
		n := &q.places[i]
		at := previous(q.tokens, n.First)
		if at >= 0 && (does[q.tokens[at].Fold] || q.tokens[at].Fold == "by") {
			return n
		}
	}
	return nil
}

// befallen reports whether a country stands behind a verb of what befalls it, or before an event: "hit Peru", "the Peru quake".
func (q *Query) befallen(n *named) bool {
	if n.Last < len(q.tokens) && load().namesEvent(q.tokens[n.Last].Fold) {
		return true
	}
	return slices.ContainsFunc(q.terms, func(t term) bool { return t.is(befalls) && q.behind(t.words[len(t.words)-1], n.First) })
}

// partaking holds the countries, towns and persons of a question for a day against what one report says of an event. Who does it has to
// do it there, and to whom, it has to say too; only where an event was may be said elsewhere in the story.
func (q *Query) partaking(s *score, v *scene, g *group, at *string) {
	subject := q.subject()
	mutual := slices.ContainsFunc(q.terms, func(t term) bool { return slices.Contains(load().wider["meet"], t.words[0]) })
	for i := range q.places {
		n := &q.places[i]
		here := found{own: g.words.codes[n.code] && !n.town && !n.person || (n.town || n.person) && n.named(g.words)}
		switch {
		case n == subject && !mutual:
			here.own = here.own && n.acts(g, q)
		case n.person, n.role != located && (subject != nil || !q.befallen(n)):
		case at != nil:
			here.own = here.own || *at == n.code && !n.town
			here.heading = n.town && *at == n.code && n.named(v.heading)
		default:
			here.heading = v.site(n.code) && (!n.town || n.named(v.heading))
		}
		s.count(here, strings.Join(n.words, " "))
	}
}

// site reports whether the events that a story is of were in a country, as far as it says.
func (v *scene) site(code string) bool {
	stated := false
	for _, g := range v.groups {
		if g.toll != nil && g.toll.Place != nil && !g.recalled {
			stated = true
			if *g.toll.Place == code {
				return true
			}
		}
	}
	return !stated && v.heading.codes[code]
}
