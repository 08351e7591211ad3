package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// ids lists items by their ids.
func ids(items []*Item) string {
	var all []string
	for _, it := range items {
		all = append(all, it.ID)
	}
	return strings.Join(all, " ")
}

func after(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }

func TestList(t *testing.T) {
	var w Watch
	w.List([]Item{{ID: "a", Mark: "1", Headline: "Nine dead", Updated: after(-2)}, {ID: "b", Mark: "1", Updated: time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)}}, noon)
	w.List([]Item{{ID: "a", Mark: "2", Headline: "Ten dead", Updated: after(-1)}, {ID: "c", Mark: "1"}}, after(1))
	for _, c := range []struct {
		listed Item
		want   string
	}{
		{Item{ID: "a", Mark: "1", Headline: "Nine dead", Updated: after(-2)}, "Ten dead"}, // a stale copy
		{Item{ID: "a", Mark: "3", Headline: "Eleven dead"}, "Eleven dead"},                // it does not say how old it is
		{Item{ID: "a", Mark: "4", Headline: "Twelve dead", Updated: after(-1)}, "Twelve dead"},
	} {
		w.List([]Item{c.listed}, after(2))
		if got := w.Items[0].Headline; got != c.want {
			t.Errorf("after %+v it is %q, want %q", c.listed, got, c.want)
		}
	}
	if len(w.Items) != 3 || !w.Items[0].First.Equal(noon) || !w.Items[0].Listed.Equal(after(2)) || !w.Items[1].Listed.Equal(noon) || !w.Items[2].First.Equal(after(1)) {
		t.Errorf("%+v", w.Items)
	}
	if !w.Items[1].Updated.IsZero() {
		t.Error("a date that lies ahead is kept, and would make all that comes stale")
	}
}

func TestDue(t *testing.T) {
	seen := func(id string, first, looked int) Item {
		return Item{ID: id, Mark: "1", Seen: "1", First: after(first), Listed: noon, Looked: after(looked)}
	}
	w := Watch{Items: []Item{
		seen("fresh", -2, -1), seen("looked-at", -2, 0), seen("day-old-early", -24, -5), seen("day-old", -24, -7), seen("month-old", -720, -100),
		{ID: "taken-back", Mark: "1", Seen: "1", Retracted: true, First: after(-9), Looked: after(-5)},
		{ID: "new", Mark: "1", First: noon, Updated: after(-3)}, {ID: "changed", Mark: "2", Seen: "1", First: after(-5), Looked: noon, Updated: after(-1)},
	}}
	for _, c := range []struct {
		again bool
		want  string
	}{{false, "changed new"}, {true, "changed new day-old fresh"}} {
		if got := ids(w.Due(noon, time.Hour, c.again)); got != c.want {
			t.Errorf("again %v: %s, want %s", c.again, got, c.want)
		}
	}
}

func TestRetract(t *testing.T) {
	w := Watch{Items: []Item{{ID: "sent", Sent: "x"}, {ID: "unsent"}, {ID: "again", Sent: "x", Retracted: true}, {ID: "other", Sent: "x"}}}
	if got := ids(w.Retract([]string{"sent", "unsent", "again", "unknown"})); got != "sent" {
		t.Errorf("%q are taken back", got)
	}
}

func TestPrune(t *testing.T) {
	w := Watch{Items: []Item{{ID: "old", Listed: noon.Add(-watched - 1)}, {ID: "off the list", Listed: noon.Add(-watched)}}}
	for i := range MaxWatched {
		w.Items = append(w.Items, Item{ID: fmt.Sprint(i), Listed: noon})
	}
	w.Prune(noon)
	if len(w.Items) != MaxWatched || slices.ContainsFunc(w.Items, func(it Item) bool { return !it.Listed.Equal(noon) }) {
		t.Errorf("%d items are watched, the first %+v", len(w.Items), w.Items[0])
	}
	w = Watch{Items: w.Items[:1:1]}
	w.Items = append(w.Items, Item{ID: "old", Listed: noon.Add(-watched - 1)}, Item{ID: "off the list", Listed: noon.Add(-watched)})
	if w.Prune(noon); len(w.Items) != 2 || w.Items[1].ID != "off the list" {
		t.Errorf("%+v", w.Items)
	}
}
