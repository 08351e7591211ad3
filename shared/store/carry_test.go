package store

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
)

// scribble makes a version of a document out of few words, so that words and whole facts recur, move, go and come back.
func scribble(r *rand.Rand) Putting {
	var body strings.Builder
	p := Putting{Document: fact.Document{Story: fmt.Sprint("story", r.IntN(2)), Rights: fact.RightsFull}}
	p.Document.Source.Document = "gazette-1"
	for range r.IntN(6) {
		p.Paragraphs = append(p.Paragraphs, body.Len())
		words := fmt.Sprintf("%d boats", r.IntN(4))
		start := body.Len()
		body.WriteString(words)
		if r.IntN(4) > 0 {
			f := killed(int64(r.IntN(3)), "FR", "")(0)
			if r.IntN(3) == 0 {
				f.Casualty.Effect = fact.Injured
			}
			f.Document, f.Story, f.Extractor = "gazette-1", p.Document.Story, "test"
			f.Evidence = fact.Evidence{Paragraph: len(p.Paragraphs) - 1, Start: start, End: body.Len(), Quote: &words}
			f.Identify()
			p.Facts = append(p.Facts, f)
		}
		body.WriteString(strings.Repeat("\n", 1+r.IntN(3)))
	}
	p.Body = []byte(body.String())
	return p
}

// standing counts the facts that stand on the words of an orphan and say the same, but for the correction.
func standing(now state, orphan fact.Fact) int {
	n := 0
	for _, f := range now.Facts {
		if f.Review != fact.Orphaned && *f.Evidence.Quote == *orphan.Evidence.Quote && alike(f, orphan) && f.Casualty.Effect == orphan.Casualty.Effect {
			n++
		}
	}
	return n
}

// Whatever versions and reviews follow each other: no two facts have one id, every correction is told once or orphaned once, what is told stands on
// its words, and the same version again changes nothing.
func TestCarryKeepsWhatWasSaid(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		now := state{}
		corrections := 0
		for step := range 12 {
			at := fmt.Sprintf("2031-01-01T00:00:%02d.000Z", step)
			if len(now.Facts) > 0 && r.IntN(2) == 0 {
				i := r.IntN(len(now.Facts))
				f := now.Facts[i]
				if f.Review != fact.Extracted {
					continue
				}
				v, err := reviewed{Base: f, Words: *f.Evidence.Quote}.then(Reviewing{Review: fact.Corrected, Changes: fact.Changes{"event": json.RawMessage(`"regatta"`)}})
				if err != nil {
					t.Fatal(err)
				}
				now.Facts = slices.Clone(now.Facts)
				now.Facts[i], _ = v.applied(f)
				now.Facts[i].Revision++
				if now.Reviews = maps.Clone(now.Reviews); now.Reviews == nil {
					now.Reviews = make(reviews)
				}
				now.Reviews[f.ID] = v
				corrections++
				continue
			}
			p := scribble(r)
			now = now.follow(p, at)
			seen := make(map[string]bool)
			kept := 0
			for _, f := range now.Facts {
				words := evidenceWords(f, p.Body)
				switch {
				case seen[f.ID]:
					t.Fatalf("seed %d, step %d: two facts have the id %s", seed, step, f.ID)
				case f.Story != p.Document.Story:
					t.Fatalf("seed %d, step %d: a fact of story %s", seed, step, f.Story)
				case f.Review == fact.Orphaned && standing(now, f) < strings.Count(string(p.Body), *f.Evidence.Quote):
					t.Fatalf("seed %d, step %d: %q is there, and its correction orphaned", seed, step, *f.Evidence.Quote)
				case f.Review != fact.Orphaned && words != *f.Evidence.Quote:
					t.Fatalf("seed %d, step %d: a fact of %q stands on %q", seed, step, *f.Evidence.Quote, words)
				case f.Review != fact.Extracted:
					kept++
					if f.Casualty.Event != "regatta" || now.Reviews[f.ID].Review != fact.Corrected {
						t.Fatalf("seed %d, step %d: the correction is lost: %+v", seed, step, f.Casualty)
					}
				}
				seen[f.ID] = true
			}
			if kept != corrections {
				t.Fatalf("seed %d, step %d: %d corrections were made, %d are there", seed, step, corrections, kept)
			}
			again := now.follow(p, at+"later")
			a, _ := json.Marshal(now)
			b, _ := json.Marshal(again)
			if string(a) != string(b) {
				t.Fatalf("seed %d, step %d: the same version again:\n%s\n%s", seed, step, a, b)
			}
		}
	}
}
