package evaluate

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"

	"factbox/shared/fact"
)

// reading is what a reader who had seen neither the rules nor their output marked in a news article, in bytes of its text. The
// articles (Wikinews 2019) are in the development corpora beside the repository. All of drawn were read for casualties and
// pledges; the rest of the corpus for pledges only, as the draw holds next to none.
type reading struct {
	ID    string
	Drawn bool // one of the 40 drawn at random
	Facts []struct {
		storyFact
		Start, End int
	}
}

// TestReadings holds the extractor to what the readers marked: casualties on the articles drawn, pledges on all. The floors
// are the extractor's aims.
func TestReadings(t *testing.T) {
	const corpus = "../../../shared/corpora/news_wikinews_2019.jsonl"
	articles, err := os.Open(corpus)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the development corpora are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer articles.Close()
	texts := make(map[string]story)
	each(t, articles, func(s story) { texts[s.ID] = s })
	file, err := os.Open("testdata/readings.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	casualties, pledges := []Figure{{Name: "casualties"}}, []Figure{{Name: "pledges"}}
	each(t, file, func(r reading) {
		s, ok := texts[r.ID]
		if !ok {
			t.Fatalf("the corpus has no %s", r.ID)
		}
		published, err := day(s.Published)
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		for _, f := range r.Facts {
			f.storyFact.start, f.storyFact.end = f.Start, f.End
			s.Facts = append(s.Facts, f.storyFact)
		}
		said := facts(readTitled(s.ID, "", s.Text, published))
		for _, fault := range s.score(fact.KindPledge, said, pledges) {
			t.Log(fault)
		}
		if r.Drawn {
			for _, fault := range s.score(fact.KindCasualty, said, casualties) {
				t.Log(fault)
			}
		}
	})
	for _, c := range []struct {
		figure            Figure
		recall, precision float64
	}{
		{casualties[0], 80, 85},
		{pledges[0], 80, 85},
	} {
		t.Logf("%s: recall %v, precision %v", c.figure.Name, c.figure.Recall, c.figure.Precision)
		if c.figure.Recall.Percent() < c.recall || c.figure.Precision.Percent() < c.precision {
			t.Errorf("%s: recall %v and precision %v, want at least %v and %v", c.figure.Name, c.figure.Recall, c.figure.Precision, c.recall, c.precision)
		}
	}
}

// each reads a JSON object a line.
func each[T any](t *testing.T, f *os.File, use func(T)) {
	t.Helper()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var v T
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v", f.Name(), err)
		}
		use(v)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestPlover holds pledges to what a reader judged of 100 sentences of the roots AGREE, AID and SUPPORT and 100 of the others,
// drawn at random; those that a careful colleague could judge otherwise are left out.
func TestPlover(t *testing.T) {
	const corpus = "../../../shared/corpora/pledges_plover.jsonl"
	gold, err := os.Open(corpus)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the development corpora are not beside the repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer gold.Close()
	file, err := os.Open("testdata/plover.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	verdicts, err := ReadVerdicts(file)
	if err != nil {
		t.Fatal(err)
	}
	report, err := Pledges(gold, verdicts)
	if err != nil {
		t.Fatal(err)
	}
	var near Ratio
	missed := 0
	for _, f := range report.Faults {
		t.Log(f)
		if root, _, _ := strings.Cut(f.Said, " "); f.What != "spurious" && nearRoots[root] {
			missed++
		}
	}
	if _, err := gold.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	each(t, gold, func(g pledgeGold) {
		if v, ok := verdicts[g.ID]; ok && *v.Pledge && nearRoots[g.Root] {
			near.Of++
		}
	})
	near.N = near.Of - missed
	judged, others := report.Figures[0], report.Shares[2]
	t.Logf("of near roots %v with the right donor; of all judged recall %v, precision %v; of other roots %v yield one", near, judged.Recall, judged.Precision, others.Ratio)
	if near.Percent() < 75 || judged.Precision.Percent() < 85 || others.Percent() > 5 {
		t.Errorf("near roots %v, precision %v, other roots %v: want at least 75 and 85, at most 5", near, judged.Precision, others.Ratio)
	}
}
