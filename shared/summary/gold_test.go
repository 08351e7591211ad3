package summary

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
)

// goldStory is facts of several documents, which of them speak of one thing, and what is to be said of each. The stories of
// testdata/stories were written before the rules, which were then set on them; those of testdata/later were written when
// the rules stood, and no rule may be set on them.
type goldStory struct {
	Story     string
	Title     string
	Documents []struct {
		fact.Source
		Facts []goldFact
	}
	Tolls    map[string]struct{ Low, Best, High *int64 }
	Supports map[string]struct {
		Status  fact.Status
		History []fact.Status
	}
}

// goldFact is a fact in short, with the name of the group that it belongs to. What it is follows from the fields it has.
type goldFact struct {
	Group, Event   string
	Effect         fact.Effect
	Count, Victims string
	Place          *string
	Date           *fact.EDTF
	Scope          *fact.Scope
	Stance         fact.Stance
	Speaker        string
	Participants   []string
	Donor          string
	Types          []fact.SupportType
	Recipient      *string
	Status         fact.Status
	Condition      *string
}

func (g goldFact) fact() fact.Fact {
	f := fact.Fact{}
	switch {
	case g.Effect != "":
		f.Kind, f.Casualty = fact.KindCasualty, &fact.Casualty{Effect: g.Effect, Count: goldCount(g.Count), Victims: g.Victims, Event: g.Event, Place: g.Place, Date: g.Date, Scope: g.Scope}
	case g.Donor != "":
		f.Kind, f.Pledge = fact.KindPledge, &fact.Pledge{Donor: g.Donor, Types: g.Types, Category: g.Types[0].Category(), Recipient: g.Recipient, Status: g.Status, Condition: g.Condition}
	default:
		f.Kind, f.Date = fact.KindDate, &fact.Date{Date: g.Date, Expression: "that day", Event: g.Event, Participants: g.Participants, Role: fact.RoleEvent}
	}
	if g.Stance != "" {
		f.Attribution = &fact.Attribution{Speaker: g.Speaker, Stance: g.Stance}
	}
	return f
}

// goldCount reads what fact.Count.String writes.
func goldCount(s string) fact.Count {
	modifier, numbers, _ := strings.Cut(s, " ")
	c := fact.Count{Modifier: fact.Modifier(modifier), Text: s}
	var a, b int64
	switch n, _ := fmt.Sscanf(numbers, "%d-%d", &a, &b); n {
	case 1:
		c = fact.NewCount(c.Modifier, a, s)
	case 2:
		c.Min, c.Max = &a, &b
	}
	return c
}

func readGold(t *testing.T, folder string, least int) []goldStory {
	t.Helper()
	names, err := filepath.Glob("testdata/" + folder + "/*.json")
	if err != nil || len(names) < least {
		t.Fatalf("%d stories, %v", len(names), err)
	}
	stories := make([]goldStory, len(names))
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &stories[i]); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return stories
}

// reports gives the facts of the story, and the group of each by its id.
func (g goldStory) reports() (all []Report, groups map[string]string) {
	groups = make(map[string]string)
	for _, d := range g.Documents {
		for i, x := range d.Facts {
			f := x.fact()
			f.ID, f.Document, f.Story = fmt.Sprintf("%s#%02d", d.Document, i), d.Document, g.Story
			f.Evidence.Start = i
			groups[f.ID] = x.Group
			all = append(all, Report{f, d.Source})
		}
	}
	return all, groups
}

// TestGoldStories measures grouping (pairs of facts in one group, all stories together) and figures.
func TestGoldStories(t *testing.T) {
	for _, c := range []struct {
		folder      string
		stories     int
		f1, figures float64 // at least
	}{
		{"stories", 12, 0.95, 0.95},
		{"later", 3, 0.9, 0.85},
	} {
		t.Run(c.folder, func(t *testing.T) { measure(t, readGold(t, c.folder, c.stories), c.f1, c.figures) })
	}
}

func measure(t *testing.T, stories []goldStory, leastF1, leastRight float64) {
	var both, found, wanted, right, figures int
	for _, story := range stories {
		reports, gold := story.reports()
		tolls, supports := Tolls(reports), Supports(reports)
		var groups [][]fact.Fact
		for _, x := range tolls {
			groups = append(groups, x.Reports)
		}
		for _, x := range Occurrences(reports) {
			groups = append(groups, x.Reports)
		}
		for _, x := range supports {
			groups = append(groups, x.Reports)
		}
		together := make(map[[2]string]bool)
		for _, g := range groups {
			for i, a := range g {
				for _, b := range g[:i] {
					together[[2]string{min(a.ID, b.ID), max(a.ID, b.ID)}] = true
				}
			}
		}
		for i, a := range reports {
			for _, b := range reports[:i] {
				pair := [2]string{min(a.Fact.ID, b.Fact.ID), max(a.Fact.ID, b.Fact.ID)}
				same := gold[pair[0]] == gold[pair[1]]
				switch {
				case same && together[pair]:
					both++
				case same:
					t.Logf("%s: apart: %s %s", story.Story, pair[0], pair[1])
				case together[pair]:
					t.Logf("%s: joined: %s %s", story.Story, pair[0], pair[1])
				}
				if same {
					wanted++
				}
			}
		}
		found += len(together)

		for name, want := range story.Tolls {
			i := fullest(len(tolls), func(i int) []fact.Fact { return tolls[i].Reports }, gold, name)
			figures++
			if got, want := bounds(tolls[i].Low, tolls[i].Best, tolls[i].High), bounds(want.Low, want.Best, want.High); got == want {
				right++
			} else {
				t.Logf("%s: %s: %s, want %s", story.Story, name, got, want)
			}
		}
		for name, want := range story.Supports {
			i := fullest(len(supports), func(i int) []fact.Fact { return supports[i].Reports }, gold, name)
			figures++
			var steps []fact.Status
			for _, h := range supports[i].History {
				steps = append(steps, h.Status)
			}
			if supports[i].Status == want.Status && slices.Equal(steps, want.History) {
				right++
			} else {
				t.Logf("%s: %s: %s by %s, want %s by %s", story.Story, name, supports[i].Status, steps, want.Status, want.History)
			}
		}
	}
	f1 := 2 * float64(both) / float64(found+wanted)
	share := float64(right) / float64(figures)
	t.Logf("grouping: F1 %.3f (%d of %d pairs found right, %d wanted); figures: %d of %d right", f1, both, found, wanted, right, figures)
	if f1 < leastF1 || share < leastRight {
		t.Errorf("F1 %.3f and %.3f of the figures, want %.2f and %.2f", f1, share, leastF1, leastRight)
	}
}

// fullest gives the number of the group that has most facts of the name, among equals the smallest.
func fullest(n int, facts func(int) []fact.Fact, gold map[string]string, name string) int {
	best, score := -1, 0.0
	for i := range n {
		in := 0
		for _, f := range facts(i) {
			if gold[f.ID] == name {
				in++
			}
		}
		if s := float64(in) - float64(len(facts(i)))/1000; in > 0 && s > score {
			best, score = i, s
		}
	}
	return best
}

func bounds(numbers ...*int64) string {
	var s []string
	for _, n := range numbers {
		if n == nil {
			s = append(s, "-")
		} else {
			s = append(s, fmt.Sprint(*n))
		}
	}
	return strings.Join(s, "/")
}

// TestGoldStoriesAreSound: every group that a figure is wanted of has facts, and every toll has its figure.
func TestGoldStoriesAreSound(t *testing.T) {
	for _, story := range slices.Concat(readGold(t, "stories", 12), readGold(t, "later", 3)) {
		reports, gold := story.reports()
		for _, r := range reports {
			name := gold[r.Fact.ID]
			_, toll := story.Tolls[name]
			_, support := story.Supports[name]
			if toll != (r.Fact.Casualty != nil) || support != (r.Fact.Pledge != nil) {
				t.Errorf("%s: %s: group %q", story.Story, r.Fact.ID, name)
			}
		}
		names := slices.Collect(func(yield func(string) bool) {
			for _, n := range gold {
				if !yield(n) {
					return
				}
			}
		})
		for name := range story.Tolls {
			if !slices.Contains(names, name) {
				t.Errorf("%s: no fact of %q", story.Story, name)
			}
		}
	}
}
