package evaluate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestCasualties scores one report a line against keys of its incident.
func TestCasualties(t *testing.T) {
	one := func(targets, totals string) string {
		return `[{"targets":[` + targets + `],"total_number":[` + totals + `]}]`
	}
	target := func(n int, effect string) string {
		return fmt.Sprintf(`{"number":{"min":%d,"max":%[1]d,"exact":true},"effect":["%s"],"abducted":false,"optional":false}`, n, effect)
	}
	nine, two := "Nine sailors were killed in the port.", "Two sailors were killed in the port. At least nine miners were injured."
	for _, c := range []struct {
		name, text, incidents string
		precision, recall     string // of counts
		faults                string
	}{
		{"right", nine, one(target(9, "DEATH"), ""), "1/1", "1/1", ""},
		{"missed", "It rained all night in the port.", one(target(9, "DEATH"), ""), "0/0", "0/1", "missed killed 9"},
		{"another effect", nine, one(target(9, "INJURY"), ""), "0/1", "0/1", "missed injured 9; spurious killed 9"},
		{"at least", two, one(target(2, "DEATH")+","+target(9, "INJURY"), ""), "2/2", "2/2", ""},
		{"a total may be said", nine, one(target(2, "DEATH"), `{"min":9,"max":9,"exact":true}, "-"`), "1/1", "0/1", "missed killed 2"},
		{"optional", nine, strings.Replace(one(target(9, "DEATH"), ""), `"optional":false`, `"optional":true`, 1), "1/1", "0/0", ""},
		{"no exact number", nine, strings.Replace(one(target(9, "DEATH"), ""), `"exact":true`, `"exact":false`, 1), "0/1", "0/0", "spurious killed 9"},
		{"no harm", nine, one(target(9, "NO INJURY"), ""), "0/1", "0/0", "spurious killed 9"},
		{"abducted", "Nine miners were kidnapped on Monday.", strings.Replace(one(target(9, ""), ""), `"abducted":false`, `"abducted":true`, 1), "1/1", "1/1", ""},
		{"a single", "Two miners were kidnapped on Monday.", one(target(1, "DEATH"), ""), "0/1", "0/0", "missed killed 1; spurious abducted 2"},
		{"no incident", nine, `[]`, "0/0", "0/0", ""},
	} {
		r, err := Casualties(strings.NewReader(fmt.Sprintf(`{"id":"a","date":"2031-05-15","text":%q,"incidents":%s}`, c.text, c.incidents)))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var faults []string
		for _, f := range r.Faults {
			faults = append(faults, f.What+" "+f.Said)
		}
		counts := r.Figures[0]
		got := []string{fmt.Sprintf("%d/%d", counts.Precision.N, counts.Precision.Of), fmt.Sprintf("%d/%d", counts.Recall.N, counts.Recall.Of), strings.Join(faults, "; ")}
		if want := []string{c.precision, c.recall, c.faults}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}

// TestQuietDocuments counts what is said of documents without an incident apart.
func TestQuietDocuments(t *testing.T) {
	line := `{"id":"a","date":"--05-15","text":"Nine sailors were killed and two were injured.","incidents":[]}` + "\n"
	r, err := Casualties(strings.NewReader(strings.Repeat(line, 2)))
	if err != nil || r.Counts[0].N != 2 || r.Counts[1].N != 4 {
		t.Errorf("%v, %v, want 2 documents with 4 casualties", r.Counts, err)
	}
}

func TestNumberIn(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int64
		want string
	}{
		{"They found nine men.", 9, "They found [nine] men."}, {"In 12 days 9 men came.", 9, "In 12 days [9] men came."}, {"They found men.", 9, ""},
	} {
		if got := numberIn(c.text, c.n); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
