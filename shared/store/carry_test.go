package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

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

// behind is a version in which the words of one's facts stand further back.
func behind(p Putting, by string) Putting {
	p.Body = append([]byte(by), p.Body...)
	for i := range p.Facts {
		p.Facts[i].Evidence.Start += len(by)
		p.Facts[i].Evidence.End += len(by)
		p.Facts[i].Evidence.Paragraph = 1
		p.Facts[i].Identify()
	}
	p.Paragraphs = []int{0, len(by)}
	p.Document.Seal(p.Body)
	return p
}

// unread is a version whose words the extractor reads nothing out of.
func unread(p Putting) Putting {
	p.Facts = nil
	p.Document.Headline = "Unread"
	p.Document.Seal(p.Body)
	return p
}

// reread is a version with the same words, of which the extractor makes something else.
func reread(p Putting, change func(*fact.Fact)) Putting {
	change(&p.Facts[0])
	p.Facts[0].Identify()
	p.Document.Headline = "Read anew"
	p.Document.Seal(p.Body)
	return p
}

func at(p Putting, t time.Time) Putting {
	p.At = t
	return p
}

// What people said of a fact outlives new versions and new readings of its document, as long as its words are there.
func TestReviewsAreCarriedOver(t *testing.T) {
	t.Parallel()
	victims := func(f *fact.Fact) { f.Casualty.Victims = "sailors" }
	elsewhere := func(f *fact.Fact) { f.Casualty.Place = ptr("NL") }
	count := func(f *fact.Fact) { f.Casualty.Count = fact.NewCount(fact.Exact, 4, "4") }
	widen := func(f *fact.Fact) { f.Evidence.Start -= 3 }
	rewritten := putting("herald-26", "harbour", "Calm", noon, on("2015", "a year without blasts"))
	rewritten.Body = []byte("Calm\nnothing else")
	rewritten.Facts[0].Evidence = fact.Evidence{Start: 0, End: 4}
	rewritten.Facts[0].Identify()
	rewritten.Document.Seal(rewritten.Body)
	sameLength := one()
	sameLength.Body = []byte(strings.Replace(string(sameLength.Body), "words    0", "other wrds", 1))
	sameLength.Document.Seal(sameLength.Body)
	const place = `{"place":"BE"}`
	for _, c := range []struct {
		name    string
		review  fact.Review
		changes string
		version Putting
		want    string // what is told of those killed
		states  []fact.Review
	}{
		{"a fact is added", fact.Corrected, place, longer(), "BE 12", []fact.Review{fact.Corrected}},
		{"the words move", fact.Corrected, place, behind(one(), "A new first paragraph.\n\n"), "BE 12", []fact.Review{fact.Corrected}},
		{"the words move, accepted", fact.Accepted, "", behind(one(), "A new first paragraph.\n\n"), "FR 12", []fact.Review{fact.Accepted}},
		{"the words move, rejected", fact.Rejected, "", behind(one(), "A new first paragraph.\n\n"), "", []fact.Review{fact.Rejected}},
		{"read with other victims", fact.Corrected, place, reread(one(), victims), "BE 12", []fact.Review{fact.Corrected}},
		{"read with other victims, accepted", fact.Accepted, "", reread(one(), victims), "FR 12", []fact.Review{fact.Accepted}},
		{"read with other victims, rejected", fact.Rejected, "", reread(one(), victims), "", []fact.Review{fact.Rejected}},
		{"read at another place", fact.Corrected, `{"event":"quay blast"}`, reread(one(), elsewhere), "NL 12", []fact.Review{fact.Corrected}},
		{"read at another place, accepted", fact.Accepted, "", reread(one(), elsewhere), "NL 12", nil},
		{"read at another place, rejected", fact.Rejected, "", reread(one(), elsewhere), "", []fact.Review{fact.Rejected}},
		{"read as another count, rejected", fact.Rejected, "", reread(one(), count), "FR 4", nil},
		{"read out of more words", fact.Corrected, place, reread(one(), widen), "BE 12", []fact.Review{fact.Corrected}},
		{"read with another count, which was corrected", fact.Corrected, `{"count":{"min":5,"max":5,"modifier":"exact"}}`, reread(one(), func(f *fact.Fact) { f.Casualty.Count = fact.NewCount(fact.Exact, 5, "5") }), "FR 5", []fact.Review{fact.Corrected}},
		{"another number on the same words", fact.Corrected, place, reread(one(), count), "BE 4", []fact.Review{fact.Corrected}},
		{"another effect on the same words", fact.Corrected, place, reread(one(), func(f *fact.Fact) {
			count(f)
			f.Casualty.Effect = fact.Injured
		}), "BE 12, FR 4", []fact.Review{fact.Corrected}},
		{"nothing reads the words", fact.Corrected, place, unread(one()), "BE 12", []fact.Review{fact.Corrected}},
		{"nothing reads the words, which moved", fact.Corrected, place, unread(behind(one(), "A new first paragraph.\n\n")), "BE 12", []fact.Review{fact.Corrected}},
		{"nothing reads the words, accepted", fact.Accepted, "", unread(one()), "", nil},
		{"the words are gone", fact.Corrected, place, rewritten, "", []fact.Review{fact.Orphaned}},
		{"the words are gone, accepted", fact.Accepted, "", rewritten, "", nil},
		{"the words are gone, rejected", fact.Rejected, "", rewritten, "", nil},
		{"other words at the same place", fact.Corrected, place, sameLength, "FR 12", []fact.Review{fact.Orphaned}},
		{"another story", fact.Corrected, place, putting("herald-26", "quay", "Blast", noon, killed(12, "FR", "2015-11-24")), "", []fact.Review{fact.Corrected}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.put(putting("post-27", "harbour", "Ships", morning, promise("DE", "", fact.Committed, fact.Naval)))
			b.put(one())
			b.review(reviewing(noon, one(), 0, c.review, c.changes))
			b.put(at(c.version, later))
			if got := told(b); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
			body, err := b.Text(context.Background(), "herald-26")
			if err != nil {
				t.Fatal(err)
			}
			var states []fact.Review
			for _, r := range []fact.Review{fact.Accepted, fact.Corrected, fact.Rejected, fact.Orphaned} {
				for _, id := range b.factsOf(Filter{Review: r}) {
					states = append(states, r)
					f := b.fact(id, time.Time{})
					if r != fact.Orphaned && !strings.HasPrefix(string(body[f.Evidence.Start:]), "words    0") && !strings.Contains(string(body[f.Evidence.Start:f.Evidence.End]), "words") {
						t.Errorf("the evidence is %q", body[f.Evidence.Start:f.Evidence.End])
					}
					h, err := b.History(context.Background(), id, Page{})
					if err != nil || h.Items[0].Author == nil || *h.Items[0].ReviewedAt != recordedAt(noon) {
						t.Errorf("its history says %+v, %v", h.Items, err)
					}
				}
			}
			if !slices.Equal(states, c.states) {
				t.Errorf("reviews %v, want %v", states, c.states)
			}
			// The first version again: all is as it was before the second.
			b.put(at(one(), later.Add(time.Hour)))
			want := map[string]string{place: "BE 12", "": "FR 12"}[c.changes]
			switch {
			case c.review == fact.Rejected:
				want = ""
			case strings.Contains(c.changes, "count"):
				want = "FR 5"
			case strings.Contains(c.changes, "event"):
				want = "FR 12"
			}
			if got := told(b); got != want {
				t.Errorf("after the first version again: told %q, want %q", got, want)
			}
			if left := b.factsOf(Filter{Review: fact.Orphaned}); len(left) > 0 {
				t.Errorf("still orphaned: %v", left)
			}
		})
	}
}

func TestOrphanCanOnlyBeRejected(t *testing.T) {
	b := newBench(t)
	b.put(one())
	b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
	gone := putting("herald-26", "harbour", "Calm", later, on("2015", "a year without blasts"))
	gone.Body = []byte("Calm")
	gone.Facts[0].Evidence = fact.Evidence{Start: 0, End: 4}
	gone.Facts[0].Identify()
	gone.Document.Seal(gone.Body)
	b.put(gone)
	for _, r := range []Reviewing{reviewing(later, one(), 0, fact.Accepted, ""), reviewing(later, one(), 0, fact.Corrected, `{"place":"NL"}`)} {
		_, _, err := b.Review(context.Background(), r)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != fact.Conflict {
			t.Errorf("%s: %v", r.Review, err)
		}
	}
	if f := b.review(reviewing(later, one(), 0, fact.Rejected, "")); f.Review != fact.Rejected {
		t.Errorf("%+v", f.Common)
	}
	if left := b.factsOf(Filter{Review: fact.Orphaned}); len(left) > 0 {
		t.Errorf("still orphaned: %v", left)
	}
}
