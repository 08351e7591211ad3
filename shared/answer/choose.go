package answer

import (
	"cmp"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// casualties gives the tolls of a story that fit the question, the best of each effect.
func (q *Query) casualties(v *scene) []match {
	var all []match
	most := 0
	for _, g := range v.groups {
		if g.toll == nil {
			continue
		}
		reports, nouns := q.counted(v, g)
		part, skip := nouns > 0, span{}
		if part {
			skip = q.victims
		}
		if len(reports) == 0 {
			continue
		}
		s := q.account(v, g, fact.KindCasualty, skip)
		s.own, s.event = s.own+nouns, s.event+nouns
		q.placed(&s, v, g, g.toll.Place)
		q.dated(&s, v, g, g.toll.Date)
		most = max(most, s.event)
		all = append(all, match{v, g, s, reports, part, false})
	}
	words := q.Words()
	event := slices.ContainsFunc(words, load().namesEvent)
	all = slices.DeleteFunc(all, func(c match) bool { // that nobody died in one event says nothing of another
		return c.nobody() && !event && slices.ContainsFunc(v.groups, func(g *group) bool {
			return g != c.group && !g.recalled && g.toll != nil && g.toll.Effect == c.toll.Effect && !(match{reports: g.reports}).nobody()
		})
	})
	var fit []match
	for _, e := range q.Effects {
		var best []match
		for _, c := range all {
			if c.toll.Effect != e || len(c.missed) > 0 || !c.counts() || c.score.event < most || c.recalled && len(q.Dates) == 0 || c.nobody() && len(q.places) > 0 && len(words) == 0 && len(q.Dates) == 0 {
				continue
			}
			best = append(best, c)
		}
		fit = append(fit, foremost(best)...)
	}
	return fit
}

// counted gives the reports of a toll that count the victims asked for, none where it counts others, and how many nouns name these; 0
// where all victims are asked for, or no report names them.
func (q *Query) counted(v *scene, g *group) (reports []fact.Fact, named int) {
	for _, f := range g.reports {
		if q.ofCountry(f) {
			reports = append(reports, f)
		}
	}
	nouns := q.victimsOf()
	var of []fact.Fact
	for _, f := range reports {
		said := newVocabulary(g.words.on)
		said.add(f.Casualty.Victims)
		quoted := newVocabulary(g.words.on)
		quoted.add(f.Casualty.Victims, text(f.Evidence.Quote))
		if !increment(f.Casualty) && slices.ContainsFunc(nouns, said.holds) && !slices.ContainsFunc(nouns, func(w string) bool { return !quoted.holds(w) }) {
			of = append(of, f)
		}
	}
	switch {
	case len(of) > 0:
		return of, len(nouns)
	case len(nouns) > 0:
		return q.among(v, g, reports, nouns), 0
	case g.toll.Best == nil:
		return q.nearest(g.words.on, reports), 0
	}
	if of = q.particular(v, g, reports); len(of) > 0 {
		return of, 1
	}
	return reports, 0
}

// among gives the reports of people who are not told to be others than the question's nouns say, where their own words or the headline
// have these nouns, and no other toll of the story counts them.
func (q *Query) among(v *scene, g *group, reports []fact.Fact, nouns []string) (of []fact.Fact) {
	for _, o := range v.groups {
		if o == g || o.toll == nil || o.recalled != g.recalled {
			continue
		}
		for _, f := range o.reports {
			said := newVocabulary("")
			said.add(f.Casualty.Victims)
			if slices.ContainsFunc(nouns, said.holds) {
				return nil
			}
		}
	}
	for _, w := range nouns {
		if !g.words.holds(w) && (g.recalled || v.label(g.toll.Event) != "" || !v.heading.holds(w)) {
			return nil
		}
	}
	for _, f := range reports {
		if everybody(f.Casualty.Victims) && !none(f.Casualty) {
			of = append(of, f)
		}
	}
	return of
}

// ofCountry reports whether the victims of a report are said to be of the countries by which the question names victims.
func (q *Query) ofCountry(f fact.Fact) bool {
	said := newVocabulary("")
	said.add(f.Casualty.Victims)
	return !slices.ContainsFunc(q.places, func(n named) bool { return within(n.span, q.victims) && !said.codes[n.code] })
}

// particular gives the reports of some of the victims that alone hold a word of the question: "in a coma".
func (q *Query) particular(v *scene, g *group, reports []fact.Fact) (some []fact.Fact) {
	whole := newVocabulary(g.words.on)
	whole.join(v.heading)
	whole.join(g.label)
	part := func(f fact.Fact) bool { return f.Casualty.Scope != nil && *f.Casualty.Scope == fact.ScopePart }
	for _, f := range reports {
		if !part(f) {
			whole.ofReports([]fact.Fact{f})
		}
	}
	for _, w := range q.Words() {
		if whole.holds(w) {
			continue
		}
		for _, f := range reports {
			said := newVocabulary(g.words.on)
			said.ofReports([]fact.Fact{f})
			if part(f) && said.holds(w) {
				some = append(some, f)
			}
		}
		if len(some) > 0 {
			return some
		}
	}
	return nil
}

// nearest gives the reports that hold most of the question's words.
func (q *Query) nearest(on fact.EDTF, reports []fact.Fact) (nearest []fact.Fact) {
	most, words := -1, q.Words()
	for _, f := range reports {
		said := newVocabulary(on)
		said.ofReports([]fact.Fact{f})
		n := 0
		for _, w := range words {
			if said.holds(w) {
				n++
			}
		}
		if n > most {
			most, nearest = n, nil
		}
		if n == most {
			nearest = append(nearest, f)
		}
	}
	return nearest
}

// counts reports whether the figure of a match is a count of victims, rather than the mention of one: "the driver died".
func (m match) counts() bool {
	return slices.ContainsFunc(m.reports, func(f fact.Fact) bool {
		c := f.Casualty.Count
		if best := m.toll.Best; best != nil && !m.part && (c.Min == nil || *c.Min != *best) {
			return false
		}
		return c.Modifier != fact.Exact || *c.Min != 1 || len(token.Numerals(token.Read(c.Text).Tokens)) > 0
	})
}

// nobody reports whether a match says that there were no victims.
func (m match) nobody() bool {
	return !slices.ContainsFunc(m.reports, func(f fact.Fact) bool { return !none(f.Casualty) })
}

// scattered reports whether the figures of a match are of several groups of people, counted in different places: they are no answer
// together, and none of them is the answer.
func (m match) scattered() bool {
	if m.toll.Best != nil && !m.part || len(m.rivals()) > 0 {
		return false
	}
	for i, f := range m.reports {
		for _, o := range m.reports[:i] {
			same := f.Casualty.Victims == o.Casualty.Victims
			if f.Casualty.Count.String() == o.Casualty.Count.String() && same {
				continue
			}
			if same || f.Document != o.Document || f.Evidence.Paragraph != o.Evidence.Paragraph {
				return true
			}
		}
	}
	return false
}

// increment reports whether a count is of victims beside others: "three more miners".
func increment(c *fact.Casualty) bool {
	if c.Scope != nil && *c.Scope == fact.ScopeIncrement {
		return true
	}
	words := folded(c.Count.Text + " " + c.Victims)
	for i, w := range words {
		if w == "more" && (i+1 == len(words) || words[i+1] != "than") || w == "other" || w == "others" || w == "another" {
			return true
		}
	}
	return false
}

// foremost keeps the matches with the most words of the question, those of the story's own time before what it recalls.
func foremost(all []match) []match {
	if len(all) == 0 {
		return nil
	}
	best := slices.MaxFunc(all, compare)
	return slices.DeleteFunc(all, func(m match) bool { return compare(m, best) < 0 })
}

func compare(a, b match) int {
	return cmp.Or(cmp.Compare(a.score.event, b.score.event), cmp.Compare(a.own, b.own), compareTrue(a.exact, b.exact), compareTrue(b.recalled, a.recalled), cmp.Compare(a.literal, b.literal))
}

func compareTrue(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// supports gives the support in a story that fits the question.
func (q *Query) supports(v *scene) []match {
	var fit []match
	for _, g := range v.groups {
		if g.support == nil || !q.states(g) {
			continue
		}
		s := q.account(v, g, fact.KindPledge, span{})
		q.given(&s, v, g)
		q.sorted(&s, v, g)
		q.dated(&s, v, g, pledgeDate(g, q.Dates, v))
		if len(s.missed) == 0 {
			fit = append(fit, match{v, g, s, g.reports, false, false})
		}
	}
	fit = foremost(fit)
	for _, n := range q.places {
		donor := func(m match) bool { return m.support.Donor == n.code }
		if n.role == donates && !slices.ContainsFunc(fit, donor) {
			return nil
		}
	}
	return fit
}

// states reports whether support stands as firm as the question wants it, and says what it asks for.
func (q *Query) states(g *group) bool {
	p := g.support
	named := slices.ContainsFunc(q.places, func(n named) bool { return n.role == donates })
	switch {
	case p.Type == fact.Refugees && q.sends(), // they are taken in, not sent
		p.Amount != nil && !q.inCurrency(p.Amount.Currency),
		q.money() && p.Amount == nil && p.Type != fact.Financial,
		!q.counts(g),
		q.asked["condition"] && p.Condition == nil,
		q.asked["amount"] && p.Amount == nil && (p.Quantity == nil || !q.muchOf()),
		q.asked["count"] && !q.asked["amount"] && p.Amount == nil && p.Quantity == nil:
		return false
	case q.declining && g.refused():
		return false // who gets it declined, not who gives
	case q.declining:
		return named && q.yesNo || p.Status == q.Status || q.Status == fact.Declined && p.Status.Rank() == 0
	case q.yesNo || named:
		return true
	case q.Status == fact.Considered:
		return p.Status == fact.Considered
	}
	return p.Status.Rank() > 0 && p.Status.Rank() >= min(q.Status.Rank(), fact.Delivered.Rank())
}

// given holds the question's countries against who gives and who gets.
func (q *Query) given(s *score, v *scene, g *group) {
	p := g.support
	var donors []string
	for _, n := range q.places {
		if n.role == donates {
			donors = append(donors, n.code)
		}
	}
	if len(donors) > 0 {
		s.count(found{own: slices.Contains(donors, p.Donor)}, place.Name(donors[0]))
	}
	for _, n := range q.places {
		gets := text(p.Recipient) == n.code || p.Recipient == nil && n.getsIn(g.reports)
		if n.person && !n.named(v.words) { // somebody else's story
			s.missed = append(s.missed, n.words[len(n.words)-1])
		}
		switch n.role {
		case receives:
			there := p.Recipient == nil && text(p.Place) == n.code && q.behind("to", n.First)
			s.count(found{own: gets || there}, place.Name(n.code))
		case located:
			// What is not said to be elsewhere is where the same story has other such support.
			told := len(q.Types) > 0 && p.Place == nil && slices.ContainsFunc(v.groups, func(o *group) bool { return o.support != nil && text(o.support.Place) == n.code })
			s.count(found{own: gets && len(q.codes(receives)) == 0 || text(p.Place) == n.code, story: told}, place.Name(n.code))
		case anyRole:
			s.count(found{own: gets || p.Donor == n.code}, place.Name(n.code))
		}
	}
}

// sorted holds the question's types and things against those of support.
func (q *Query) sorted(s *score, v *scene, g *group) {
	for _, t := range q.terms {
		if !t.is(support) || t.is(passed) || t.means(support, "any") || t.things() {
			continue
		}
		own := g.words.holds(t.words[len(t.words)-1])
		onBehalf := (t.is(effects) || q.behind("for", t.First)) && v.words.holds(t.words[0]) // "money for the refugees"
		typed := false
		for _, m := range t.meanings {
			typed = typed || m.class == support && (m.value == string(g.support.Type) || m.value == string(g.support.Category))
		}
		s.count(found{own: own || typed, story: onBehalf}, t.words[0])
		if own && typed {
			s.own++
		}
	}
}

// behind reports whether a word stands before a token, with nothing but "the" between.
func (q *Query) behind(word string, at int) bool {
	at = previous(q.tokens, at)
	return at >= 0 && q.tokens[at].Fold == word
}

// previous gives the token before one, with "the" passed over; -1 where there is none.
func previous(tokens []token.Token, at int) int {
	for at--; at >= 0 && tokens[at].Fold == "the"; at-- {
	}
	return at
}

// pledgeDate gives the date of a report of support that is within one of the days asked for, else any.
func pledgeDate(g *group, asked []fact.EDTF, v *scene) *fact.EDTF {
	var date *fact.EDTF
	for _, f := range g.reports {
		if d := f.When(); d != nil {
			date = d
			for _, a := range asked {
				if v.overlaps(*d, a) {
					return d
				}
			}
		}
	}
	return date
}
