package evaluate

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "record the figures of the stories that have risen")

const ratchetFile = "testdata/ratchet.json"

// recorded are a kind's figures in percent, cut to two decimals.
type recorded struct{ Precision, Recall, F1 float64 }

func record(f Figure) recorded {
	cut := func(x float64) float64 { return math.Floor(x*100) / 100 }
	return recorded{cut(f.Precision.Percent()), cut(f.Recall.Percent()), cut(f.F1())}
}

// fell tells what of the figures is lower than what was recorded, if that is a loss: what precision loses may be won by recall
// and the other way round, as long as F1 rises.
func (r recorded) fell(now recorded) string {
	switch {
	case now.F1 < r.F1:
		return fmt.Sprintf("F1 fell from %.2f to %.2f", r.F1, now.F1)
	case now.F1 > r.F1:
		return ""
	case now.Precision < r.Precision:
		return fmt.Sprintf("precision fell from %.2f to %.2f, and F1 is as before", r.Precision, now.Precision)
	case now.Recall < r.Recall:
		return fmt.Sprintf("recall fell from %.2f to %.2f, and F1 is as before", r.Recall, now.Recall)
	}
	return ""
}

// TestRatchet holds the extractor to the best that it has done on the stories: figures may only rise. With -update it records
// what has risen; to record less is an edit by hand, with its reason in the commit.
func TestRatchet(t *testing.T) {
	report, err := Stories(os.DirFS("../../shared/extract/testdata/stories"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(ratchetFile)
	if err != nil {
		t.Fatal(err)
	}
	best := make(map[string]recorded)
	if err := json.Unmarshal(data, &best); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for _, f := range report.Figures {
		seen[f.Name] = true
		now := record(f)
		if lost := best[f.Name].fell(now); lost != "" {
			t.Errorf("%s: %s", f.Name, lost)
			continue
		}
		if now != best[f.Name] {
			t.Logf("%s has risen to %+v: go test ./infra/evaluate -update records it", f.Name, now)
		}
		best[f.Name] = now
	}
	for name := range best {
		if !seen[name] {
			t.Errorf("%s is recorded but no longer measured", name)
		}
	}
	if !*update || t.Failed() {
		return
	}
	if data, err = json.MarshalIndent(best, "", "  "); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ratchetFile, append(data, '\n'), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFell(t *testing.T) {
	before := recorded{Precision: 80, Recall: 60, F1: 68.57}
	for _, c := range []struct {
		name string
		now  recorded
		want bool
	}{
		{"the same", before, false},
		{"all risen", recorded{81, 61, 69.57}, false},
		{"recall risen at the cost of precision", recorded{75, 70, 72.41}, false},
		{"F1 fallen", recorded{85, 57, 68.24}, true},
		{"precision fallen, F1 as before", recorded{79, 60.57, 68.57}, true},
		{"recall fallen, F1 as before", recorded{81, 59.45, 68.57}, true},
	} {
		if got := before.fell(c.now) != ""; got != c.want {
			t.Errorf("%s: fell is %v", c.name, got)
		}
	}
}
