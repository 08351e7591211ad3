// Package answer answers plain questions out of stories' facts, or says why it does not. It never guesses: it understands a
// question only if each of its words is accounted for, as what is asked for, as a word that says nothing, or in the words of the
// fact and its story. A word that is in none of these makes it abstain.
//
// The words that it knows are data (data/README.md). It reads no clock and no store.
package answer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/summary"
)

// Status says what an answer is worth.
type Status string

// The statuses of answers.
const (
	Stated    Status = "stated"     // the documents say it
	Disputed  Status = "disputed"   // they name sources that contradict each other
	NotStated Status = "not_stated" // nothing is said
)

// Limits of an answer.
const (
	MaxText  = 200 // characters, with the citation
	MaxFacts = 20
)

// Answer is what is said to a question.
type Answer struct {
	Text    string // at most MaxText characters; "" where nothing is said
	Status  Status
	Facts   []fact.Fact   // at most MaxFacts, whole
	Sources []fact.Source // of the facts, the newest publication first
	Because string        // why nothing is said; "" where something is
}

// Find answers a question out of stories. given says that the asker named the story.
func Find(q Query, stories []summary.Story, given bool) Answer {
	switch {
	case q.Refused != "":
		return abstain("The question %s; only what documents state of casualties, dates and pledges is answered.", q.Refused)
	case len(q.Kinds) == 0:
		return abstain("The question asks for nothing that is kept here: casualties, dates and pledges.")
	case !given && q.vague():
		return abstain("The question names no event, place, day or donor, and no story was given.")
	}
	scenes, asked := make([]*scene, len(stories)), make([]*Query, len(stories))
	for i := range stories {
		scenes[i], asked[i] = newScene(&stories[i]), q.of(&stories[i])
	}
	for _, kind := range q.Kinds {
		var all []match
		for i, v := range scenes {
			switch kind {
			case fact.KindCasualty:
				all = append(all, asked[i].casualties(v)...)
			case fact.KindPledge:
				all = append(all, asked[i].supports(v)...)
			case fact.KindDate:
				all = append(all, asked[i].dates(v)...)
			}
		}
		if len(all) == 0 {
			continue
		}
		best := slices.MaxFunc(all, compareStory)
		of, left := map[*scene]bool{}, all[:0]
		for _, m := range all {
			if compareStory(m, best) == 0 {
				of[m.scene] = true
			}
		}
		for _, m := range all {
			if of[m.scene] {
				left = append(left, m)
			}
		}
		if len(of) > 1 && !q.asked["happened"] {
			return abstain("The question fits more than one story: %s.", names(left))
		}
		if kind == fact.KindCasualty {
			for i, m := range left {
				if m.scattered() || slices.ContainsFunc(left[:i], func(o match) bool { return o.toll.Effect == m.toll.Effect }) {
					return abstain("The question fits more than one figure in %s, and no total of them is stated.", names(left))
				}
			}
		}
		return q.say(kind, left)
	}
	return q.lacking(scenes, asked)
}

// compareStory compares what matches tell of their stories. Which words a document chooses where does not tell stories apart.
func compareStory(a, b match) int {
	return cmp.Or(cmp.Compare(a.told, b.told), compareTrue(a.exact, b.exact), compareTrue(b.recalled, a.recalled))
}

// names gives the names of the first two stories of some matches.
func names(all []match) string {
	var list []string
	for _, m := range all {
		if name := fmt.Sprintf("%q", m.scene.name()); !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return strings.Join(list[:min(2, len(list))], " and ")
}

// vague reports whether a question has nothing by which to know its event.
func (q *Query) vague() bool {
	day := func(d fact.EDTF) bool { return len(d) == len(fact.MaxDay) }
	if len(q.places)+len(q.numbers) > 0 || q.asked["happened"] && len(q.Dates) > 0 || slices.ContainsFunc(q.Dates, day) {
		return false
	}
	return !slices.ContainsFunc(q.terms, func(t term) bool { return len(t.meanings) == 0 || t.things() })
}

func (v *scene) name() string {
	if v.Title != "" {
		return v.Title
	}
	if len(v.Sources) > 0 && v.Sources[0].Headline != "" {
		return v.Sources[0].Headline
	}
	return v.Story.Story
}

func abstain(format string, args ...any) Answer {
	return Answer{Status: NotStated, Because: fmt.Sprintf(format, args...)}
}

// lacking says what is missing: the figure, where a story has all else, or the words that no story has.
func (q *Query) lacking(scenes []*scene, asked []*Query) Answer {
	var near *scene
	var missing []string
	for i, v := range scenes {
		if m := asked[i].missing(v); near == nil || len(m) < len(missing) {
			near, missing = v, m
		}
	}
	switch {
	case near == nil:
		return abstain("No story was found that the question fits.")
	case len(missing) > 0:
		return abstain("No document was found that has all of the question: none says %s.", strings.Join(missing, ", "))
	case q.Kinds[0] == fact.KindCasualty:
		var effects []string
		for _, e := range q.Effects {
			effects = append(effects, string(e))
		}
		return abstain("No document of %q states how many were %s as the question has it.", near.name(), strings.Join(effects, " or "))
	case q.Kinds[0] == fact.KindPledge:
		return abstain("No document of %q states such support.", near.name())
	}
	return abstain("No document of %q states such a day.", near.name())
}

// missing gives what of a question a story does not have.
func (q *Query) missing(v *scene) (list []string) {
	for _, t := range q.terms {
		for _, w := range q.content(t, q.Kinds[0]) {
			if !v.words.holds(w) {
				list = append(list, fmt.Sprintf("%q", w))
			}
		}
	}
	for _, n := range q.places {
		if !v.words.codes[n.code] {
			list = append(list, place.Name(n.code))
		}
	}
	for _, n := range q.numbers {
		if !v.words.numbers[n.value] {
			list = append(list, number(n.value))
		}
	}
	for _, d := range q.Dates {
		if !slices.ContainsFunc(v.groups, func(g *group) bool { return g.on(v, d) }) && !v.published(d, nil) {
			list = append(list, summary.DateText(d))
		}
	}
	return list
}
