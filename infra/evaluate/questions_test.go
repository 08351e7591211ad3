package evaluate

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"testing"
	"time"

	"factbox/infra/local/localtest"
	"factbox/shared/api"
	"factbox/shared/store"
)

func TestMain(m *testing.M) { localtest.Main(m) }

const storyFolder = "../../shared/extract/testdata/stories"

// askable is the API over a store of its own that holds the library.
func askable(t *testing.T) api.Deps {
	t.Helper()
	client, documents, facts := localtest.Tables(t)
	s := store.New(client, store.Tables{Documents: documents, Facts: facts})
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if err := Library(context.Background(), s, os.DirFS(storyFolder), now); err != nil {
		t.Fatal(err)
	}
	return api.Deps{Store: s, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
}

// TestQuestions asks each set and wants what the answers did best of it, in percent. What was lost is told, question by question.
func TestQuestions(t *testing.T) {
	h := api.Chat(askable(t))
	for _, set := range []struct {
		name         string
		answerable   int
		right        float64 // the least that may be answered rightly
		unanswerable int
		silent       float64 // the least that may be left unanswered
	}{
		{"questions", 80, 90, 40, 100},
		{"heldout", 40, 72.5, 20, 100},
		{"traps", 0, 0, 77, 100},
	} {
		t.Run(set.name, func(t *testing.T) {
			gold, err := os.Open("testdata/" + set.name + ".jsonl")
			if err != nil {
				t.Fatal(err)
			}
			defer gold.Close()
			report, err := Questions(gold, h)
			if err != nil {
				t.Fatal(err)
			}
			right, silent := report.Shares[0], report.Shares[1]
			if right.Of != set.answerable || silent.Of != set.unanswerable {
				t.Errorf("%d questions to answer and %d to leave, want %d and %d", right.Of, silent.Of, set.answerable, set.unanswerable)
			}
			for _, f := range report.Faults {
				t.Logf("%s %s %s | %s", f.What, f.Document, f.Said, f.Context)
			}
			if right.Of > 0 && right.Percent() < set.right || silent.Percent() < set.silent {
				t.Errorf("right %v, abstained %v; it was %v and %v", right, silent, set.right, set.silent)
			}
			if right.Of > 0 && right.Percent() > set.right || silent.Percent() > set.silent {
				t.Logf("right %v, abstained %v: record it", right, silent)
			}
		})
	}
}

func TestStands(t *testing.T) {
	for _, c := range []struct {
		text, words string
		want        bool
	}{
		{"130 people", "130", true}, {"1,130 people", "130", false}, {"130.5 percent", "130", false}, {"it was 130.", "130", true}, {"it was 130, they said", "130", true},
		{"Killed:  130\npeople", "killed: 130 people", true}, {"killedness", "killed", false}, {"unkilled", "killed", false}, {"$5 million", "5 million", true}, {"15 million", "5 million", false},
		{"1300", "130", false}, {"none", "no", false}, {"", "no", false}, {"no", "", false},
	} {
		if got := stands(c.text, c.words); got != c.want {
			t.Errorf("%q in %q: %v", c.words, c.text, got)
		}
	}
}

// TestJudge shows what is right of an answer, and what is not.
func TestJudge(t *testing.T) {
	answered := func(text, status string, facts ...map[string]any) spoken {
		return spoken{Answer: &text, Status: status, Facts: facts}
	}
	fact := map[string]any{"story": "s", "effect": "killed", "count": map[string]any{"min": 9.0, "max": 9.0}, "types": []any{"naval"}}
	var q question
	if err := json.Unmarshal([]byte(`{"id":"q","q":"?","expect":{"status":"stated","all":[["9","nine"]],"none":["12"],"facts":{"effect":["killed","missing"],"count":{"min":9},"type":"naval"},"story":"s"}}`), &q); err != nil {
		t.Fatal(err)
	}
	var empty question
	empty.Expect.Status = notStated
	for _, c := range []struct {
		name   string
		q      question
		answer spoken
		right  bool
	}{
		{"all is there", q, answered("Nine died.", "stated", fact), true},
		{"silence", q, spoken{Status: notStated}, false},
		{"another status", q, answered("Nine died.", "disputed", fact), false},
		{"another figure", q, answered("Eight died.", "stated", fact), false},
		{"a wrong figure beside it", q, answered("9 or 12 died.", "stated", fact), false},
		{"without the fact", q, answered("Nine died.", "stated"), false},
		{"a fact of another story", q, answered("Nine died.", "stated", map[string]any{"story": "t", "effect": "killed", "count": fact["count"], "types": fact["types"]}), false},
		{"silence where nothing is known", empty, spoken{Status: notStated}, true},
		{"an answer where nothing is known", empty, answered("Nine died.", "stated", fact), false},
		{"facts where nothing is known", empty, spoken{Status: notStated, Facts: []map[string]any{fact}}, false},
	} {
		if fault := c.q.judge(c.answer); (fault == "") != c.right {
			t.Errorf("%s: %q", c.name, fault)
		}
	}
}
