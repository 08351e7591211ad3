package cluster

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// news is a document of testdata with the story that it is of, as its writer meant it.
type news struct {
	ID, Story, Publisher, Published, Headline, Text, Origin string
}

// readNews reads documents written for this measure. testdata/README.md says what is hard about them.
func readNews(t testing.TB, file string) []news {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []news
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// bcubed scores a clustering against the true one (Bagga and Baldwin 1998): of each document, how much of its cluster is of
// its story, and how much of its story is in its cluster; the means of both, and their harmonic mean.
func bcubed(got, want map[string]string) (precision, recall, f1 float64) {
	for a := range want {
		var cluster, story, both float64
		for b := range want {
			same, related := got[a] == got[b], want[a] == want[b]
			if same {
				cluster++
			}
			if related {
				story++
			}
			if same && related {
				both++
			}
		}
		precision += both / cluster
		recall += both / story
	}
	n := float64(len(want))
	precision, recall = precision/n, recall/n
	return precision, recall, 2 * precision * recall / (precision + recall)
}

func TestBcubed(t *testing.T) {
	want := map[string]string{"a": "1", "b": "1", "c": "2", "d": "2"}
	for _, c := range []struct {
		name              string
		got               map[string]string
		precision, recall float64
	}{
		{"as it should be", map[string]string{"a": "x", "b": "x", "c": "y", "d": "y"}, 1, 1},
		{"all in one", map[string]string{"a": "x", "b": "x", "c": "x", "d": "x"}, 0.5, 1},
		{"each by itself", map[string]string{"a": "w", "b": "x", "c": "y", "d": "z"}, 1, 0.5},
		{"one astray", map[string]string{"a": "x", "b": "x", "c": "x", "d": "y"}, (2.0/3 + 2.0/3 + 1.0/3 + 1) / 4, 0.75},
	} {
		p, r, _ := bcubed(c.got, want)
		if math.Abs(p-c.precision) > 1e-9 || math.Abs(r-c.recall) > 1e-9 {
			t.Errorf("%s: precision %.3f recall %.3f, want %.3f and %.3f", c.name, p, r, c.precision, c.recall)
		}
	}
}

func TestNewsIsWhatItIsMeantToBe(t *testing.T) {
	stories := make(map[string]int)
	ids := make(map[string]bool)
	for _, n := range readNews(t, "testdata/news.json") {
		stories[n.Story]++
		if ids[n.ID] {
			t.Errorf("two documents are called %s", n.ID)
		}
		ids[n.ID] = true
	}
	if len(ids) != 60 || len(stories) != 15 {
		t.Errorf("%d documents of %d stories, want 60 of 15", len(ids), len(stories))
	}
}
