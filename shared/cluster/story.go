package cluster

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// How many documents stand for a story: those that began it, and those that it has come to. So a story is as small as this
// however long it grows, and does not depend on the order in which its documents arrived.
const (
	First  = 4
	Newest = 16
)

// Story stands for a story: the digests of its First and of its Newest documents by day of publication.
type Story struct {
	ID        string   `json:"-"`
	Documents []Digest `json:"documents"`
}

// NewStory chooses from documents of a story, which may stand there twice, those that stand for it.
func NewStory(id string, documents []Digest) Story {
	documents = slices.Clone(documents)
	slices.SortFunc(documents, func(a, b Digest) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Document, b.Document))
	})
	documents = slices.CompactFunc(documents, func(a, b Digest) bool { return a.Document == b.Document })
	if n := len(documents); n > First+Newest {
		documents = slices.Delete(documents, First, n-Newest)
	}
	return Story{id, documents}
}

// Match is how like a document is to a story.
type Match struct {
	Story   string
	Score   float64 // from 0 for nothing in common to 1 for the same on one day
	Because string  // what it has in common with the document of the story that it is most like, in a few words
}

// Threshold is the least score at which a document belongs to a story. It was set on testdata/news.json.
const Threshold = 0.2

const (
	fade    = 30  // days between publications after which a likeness counts half
	undated = 0.5 // what counts of a likeness where a day of publication is not known

	// discount is how much less a term counts that e times as many stories have. It was set on some 1,500 reports from one country at
	// war, where without it everything becomes one story.
	discount = 0.5
)

// Window is how many days may lie between the publications of two documents that belong together: after more, not even the
// same words would reach the Threshold.
const Window = int(fade * (1/Threshold - 1))

// Rank scores a document against stories, the likest first, equals by id. What several of them share tells them apart less, so it
// counts less. Its time is linear in their number.
func Rank(d Digest, stories []Story) []Match {
	d = discounted(d, stories)
	ranked := make([]Match, len(stories))
	for i, s := range stories {
		ranked[i] = Score(d, s)
	}
	slices.SortFunc(ranked, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Story, b.Story))
	})
	return ranked
}

// discounted gives a document's digest with less weight on the terms that more than one story has: the inverse document frequency
// of Spärck Jones (1972), taken of the stories at hand.
func discounted(d Digest, stories []Story) Digest {
	have := make(map[string]int) // how many stories have a term
	last := make(map[string]int) // the number of the last story that has it, from 1
	for i, s := range stories {
		for _, other := range s.Documents {
			for _, t := range other.Terms {
				if k := t.key(); last[k] != i+1 {
					last[k] = i + 1
					have[k]++
				}
			}
		}
	}
	d.Terms = slices.Clone(d.Terms)
	for i, t := range d.Terms {
		if n := have[t.key()]; n > 1 {
			d.Terms[i].Weight = max(1, int(float64(t.Weight)/(1+discount*math.Log(float64(n)))))
		}
	}
	return d
}

// Score compares a document with each of those that stand for a story, itself left out. The nearest counts.
func Score(d Digest, s Story) Match {
	best := Match{Story: s.ID}
	var nearest Digest
	for _, other := range s.Documents {
		if other.Document == d.Document {
			continue
		}
		if score := alike(d, other) * faded(d.Day, other.Day); score > best.Score {
			best.Score, nearest = score, other
		}
	}
	best.Because = because(d, nearest)
	return best
}

// alike is the cosine of two digests.
func alike(a, b Digest) float64 {
	in := make(map[string]Term, len(b.Terms))
	var lengthA, lengthB, both float64
	for _, t := range b.Terms {
		in[t.key()] = t
		lengthB += float64(t.Weight * t.Weight)
	}
	scene := true
	for _, t := range a.Terms {
		lengthA += float64(t.Weight * t.Weight)
		if u, ok := in[t.key()]; ok {
			both += float64(t.Weight * u.Weight)
			scene = scene && (t.ofScene() || u.ofScene())
		}
	}
	if scene { // two things may happen in one place on one day
		return 0
	}
	return both / math.Sqrt(lengthA*lengthB)
}

// ofScene reports whether a term says where and when, or is a word of many reports, rather than what happened.
func (t Term) ofScene() bool {
	return t.Kind == Place || t.Kind == Town || t.Kind == Day || t.Weight < faint
}

// faint is the weight under which a term says little: it is a common word or a figure that is mentioned once or twice.
const faint = 60

// faded is what the time between two publications leaves of a likeness.
func faded(a, b string) float64 {
	x, errX := time.Parse(time.DateOnly, a)
	y, errY := time.Parse(time.DateOnly, b)
	if errX != nil || errY != nil {
		return undated
	}
	return fade / (fade + math.Abs(x.Sub(y).Hours()/24))
}

// named is how kinds of term are called, in the order in which a reason tells them.
var named = []struct {
	kind      Kind
	one, many string
}{
	{Place, "country", "countries"}, {Town, "town", "towns"}, {Day, "day", "days"}, {Event, "kind of event", "kinds of event"},
	{Name, "name", "names"}, {Figure, "figure", "figures"}, {Word, "word", "words"},
}

// shown is how many terms of a kind a reason tells.
const shown = 4

// because says what two documents have in common.
func because(a, b Digest) string {
	in := make(map[string]bool, len(b.Terms))
	for _, t := range b.Terms {
		in[t.key()] = true
	}
	common := make(map[Kind][]string)
	for _, t := range a.Terms {
		if in[t.key()] {
			common[t.Kind] = append(common[t.Kind], strings.TrimPrefix(t.Text, "@"))
		}
	}
	var parts []string
	for _, k := range named {
		switch list := common[k.kind]; {
		case len(list) == 1:
			parts = append(parts, k.one+" "+list[0])
		case len(list) > shown:
			parts = append(parts, fmt.Sprintf("%d %s (%s, …)", len(list), k.many, strings.Join(list[:shown], ", ")))
		case len(list) > 1:
			parts = append(parts, fmt.Sprintf("%d %s (%s)", len(list), k.many, strings.Join(list, ", ")))
		}
	}
	if len(parts) == 0 {
		return "nothing in common"
	}
	return "same " + strings.Join(parts, ", ")
}
