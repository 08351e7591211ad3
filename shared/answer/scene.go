package answer

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// scene is a story with the words by which questions mean it.
type scene struct {
	*summary.Story
	words   *vocabulary // of all of it
	heading *vocabulary // of its title and headlines
	events  []*event
	groups  []*group
	quoted  bool // its facts carry their quotes, so that a word that is not there was not said
}

// event is what tolls of one place and day are of.
type event struct {
	place, day string
	words      *vocabulary
	recalled   bool // the story looks back at it
}

// group is a toll, an occurrence or support, with the words that are its own.
type group struct {
	toll       *summary.Toll
	occurrence *summary.Occurrence
	support    *summary.Support
	reports    []fact.Fact
	label      *vocabulary // of what names the event
	words      *vocabulary
	speakers   *vocabulary // of who says it
	event      *event      // of a toll
	recalled   bool
}

func newScene(s *summary.Story) *scene {
	v := &scene{Story: s, words: newVocabulary(s.LatestPublished), heading: newVocabulary(s.LatestPublished)}
	v.heading.add(s.Title, s.Story)
	for _, src := range s.Sources {
		v.heading.add(src.Headline)
	}
	v.words.join(v.heading)
	for i := range s.Casualties {
		for _, t := range v.standing(&s.Casualties[i]) {
			g := v.group(t.Reports)
			g.toll = t
			g.label.add(v.label(t.Event))
			g.words.addCode(t.Place)
			g.recalled = v.recalls(t.Date)
			g.event = v.eventOf(g)
		}
	}
	for i := range s.Dates {
		o := &s.Dates[i]
		for k := range o.Reports { // each tells it in its own words
			if says(o.Reports[k].Date.Event, "supposed") {
				continue
			}
			g := v.group(o.Reports[k : k+1])
			g.occurrence = o
			g.label.add(o.Reports[k].Date.Event)
			g.recalled = v.recalls(&o.Date)
		}
	}
	for i := range s.Pledges {
		for j := range s.Pledges[i].Support {
			p := &s.Pledges[i].Support[j]
			g := v.group(p.Reports)
			g.support = p
		}
	}
	for _, g := range v.groups {
		g.words.join(g.label)
		v.words.join(g.words)
		if g.event != nil {
			g.event.words.join(g.words)
		}
	}
	return v
}

// standing is a toll without the reports that their own words call wrong or suppose, in as many parts as there are kinds of event that
// its reports name.
func (v *scene) standing(t *summary.Toll) []*summary.Toll {
	var kinds [][]summary.Report
	whole := true
	for _, f := range t.Reports {
		i := slices.IndexFunc(v.Sources, func(s fact.Source) bool { return s.Document == f.Document })
		if quote := text(f.Evidence.Quote); i < 0 || says(quote, "retracted") || says(quote, "supposed") || says(quote, "doubted") || infinitive(quote) {
			whole = false
			continue
		}
		r := summary.Report{Fact: f, Source: v.Sources[i]}
		k := slices.IndexFunc(kinds, func(of []summary.Report) bool {
			return !apart(v.label(of[0].Fact.Casualty.Event), v.label(f.Casualty.Event))
		})
		if k < 0 {
			kinds = append(kinds, nil)
			k = len(kinds) - 1
		}
		kinds[k] = append(kinds[k], r)
	}
	if whole && len(kinds) == 1 {
		return []*summary.Toll{t}
	}
	var parts []*summary.Toll
	for _, reports := range kinds {
		again := summary.Tolls(reports)
		for i := range again {
			parts = append(parts, &again[i])
		}
	}
	return parts
}

// infinitive reports whether a quote begins with a plain verb: what stood before it has to be what may, could or is feared to come.
func infinitive(quote string) bool {
	words := folded(quote)
	return len(words) > 0 && slices.Contains([]string{"kill", "die", "injure", "wound", "displace", "claim", "cost"}, words[0])
}

// apart reports whether two labels name kinds of event of which none is the other: an ambush and a war.
func apart(a, b string) bool {
	first, second := kindsOf(a), kindsOf(b)
	if len(first) == 0 || len(second) == 0 {
		return false
	}
	said, also := newVocabulary(""), newVocabulary("")
	said.add(a)
	also.add(b)
	return !slices.ContainsFunc(first, also.holds) && !slices.ContainsFunc(second, said.holds)
}

// kindsOf gives the words of a label that name kinds of event.
func kindsOf(label string) []string {
	return slices.DeleteFunc(folded(label), func(w string) bool { return !load().namesEvent(w) })
}

func (v *scene) group(reports []fact.Fact) *group {
	g := &group{reports: reports, label: newVocabulary(v.LatestPublished), words: newVocabulary(v.LatestPublished), speakers: newVocabulary(v.LatestPublished)}
	for _, f := range reports {
		if f.Attribution != nil {
			g.speakers.add(f.Attribution.Speaker)
		}
		if f.Casualty != nil {
			g.words.add(v.label(f.Casualty.Event))
		}
	}
	g.words.ofReports(reports)
	v.quoted = v.quoted || slices.ContainsFunc(reports, func(f fact.Fact) bool { return f.Evidence.Quote != nil })
	v.groups = append(v.groups, g)
	return g
}

// label is what names an event; "" for a headline, which may be of several.
func (v *scene) label(event string) string {
	if slices.ContainsFunc(v.Sources, func(s fact.Source) bool { return s.Headline == event }) {
		return ""
	}
	return event
}

func (v *scene) eventOf(g *group) *event {
	at, day := text(g.toll.Place), text(g.toll.Date)
	for _, e := range v.events {
		if e.place == at && e.day == day {
			return e
		}
	}
	e := &event{at, day, newVocabulary(v.LatestPublished), g.recalled}
	v.events = append(v.events, e)
	return e
}

// on reports whether one of the group's facts is dated within a date of a question.
func (g *group) on(v *scene, asked fact.EDTF) bool {
	return slices.ContainsFunc(g.reports, func(f fact.Fact) bool { return f.When() != nil && v.overlaps(*f.When(), asked) })
}

// recent is how many days before a story's first document an event may be that the story is of, rather than one that it recalls.
const recent = 60

// recalls reports whether a date is one that the story looks back at.
func (v *scene) recalls(date *fact.EDTF) bool {
	if date == nil {
		return false
	}
	_, last, ok := date.Bounds()
	first, _, known := v.FirstPublished.Bounds()
	return ok && known && last < shift(first, -recent)
}

// overlaps reports whether a date of a fact has a day in common with one of a question. What has no end has it at the newest document,
// and what has no beginning a year before its end.
func (v *scene) overlaps(date, asked fact.EDTF) bool {
	first, last, ok := date.Bounds()
	from, to, known := asked.Bounds()
	if !ok || !known {
		return false
	}
	if _, newest, ok := v.LatestPublished.Bounds(); ok && last == fact.MaxDay {
		last = newest
	}
	if first == fact.MinDay {
		first = shift(last, -365)
	}
	return first <= to && from <= last
}

// around is how many days before its first document a story is of; fresh is that of support, which is told as it is given.
const (
	around = 30
	fresh  = 3
)

// published reports whether a date of a question is about when the story was told.
func (v *scene) published(asked fact.EDTF, g *group) bool {
	before := around
	if g != nil && g.support != nil {
		before = fresh
	}
	first, _, ok := v.FirstPublished.Bounds()
	_, last, known := v.LatestPublished.Bounds()
	from, to, dated := asked.Bounds()
	return ok && known && dated && from <= last && shift(first, -before) <= to
}
