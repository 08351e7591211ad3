package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// reviewing makes a review of a fact of a putting.
func reviewing(at time.Time, p Putting, number int, as fact.Review, changes string) Reviewing {
	r := Reviewing{Fact: p.Facts[number].ID, Review: as, Author: "desk", Reason: "the harbour master was asked", At: at}
	if changes != "" {
		if err := json.Unmarshal([]byte(changes), &r.Changes); err != nil {
			panic(err)
		}
	}
	return r
}

func reviewIt(b *bench, at time.Time, p Putting, number int, as fact.Review, changes string) error {
	_, _, err := b.Review(context.Background(), reviewing(at, p, number, as, changes))
	return err
}

func (b *bench) review(r Reviewing) fact.Fact {
	b.t.Helper()
	f, _, err := b.Review(context.Background(), r)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

// longer is one with another fact behind the first two.
func longer() Putting {
	return putting("herald-26", "harbour", "Blast", noon, killed(12, "FR", "2015-11-24"), promise("DE", "", fact.Pledged, fact.Naval), on("2015", "blasts"))
}

// told says what the lists and the summary of the story say of those killed, by place and best count.
func told(b *bench) string {
	b.t.Helper()
	ctx := context.Background()
	sum, err := b.Story(ctx, "harbour", time.Time{})
	if err != nil {
		b.t.Fatal(err)
	}
	tolls, err := b.Tolls(ctx, Filter{Story: "harbour"}, Page{})
	if err != nil {
		b.t.Fatal(err)
	}
	say := func(tolls []summary.Toll) string {
		var s []string
		for _, t := range tolls {
			place, best := "nowhere", "none"
			if t.Place != nil {
				place = *t.Place
			}
			if t.Best != nil {
				best = fmt.Sprint(*t.Best)
			}
			s = append(s, place+" "+best)
		}
		return strings.Join(s, ", ")
	}
	if a, b2 := say(sum.Casualties), say(tolls.Items); a != b2 {
		b.t.Errorf("the summary says %q, the list %q", a, b2)
	}
	return say(tolls.Items)
}

func (b *bench) fact(id string, at time.Time) fact.Fact {
	b.t.Helper()
	f, _, err := b.Fact(context.Background(), id, at)
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

// factsOf lists the ids of facts.
func (b *bench) factsOf(f Filter) []string {
	b.t.Helper()
	l, err := b.Facts(context.Background(), f, Page{Limit: 100})
	if err != nil {
		b.t.Fatal(err)
	}
	ids := []string{}
	for _, f := range l.Items {
		ids = append(ids, f.ID)
	}
	return ids
}

func TestReview(t *testing.T) {
	t.Parallel()
	const count = `{"count":{"min":21,"max":21,"modifier":"exact"}}`
	for _, c := range []struct {
		name    string
		reviews []Reviewing
		want    string // of the toll
		review  fact.Review
		shown   bool
	}{
		{"accepted", []Reviewing{reviewing(noon, one(), 0, fact.Accepted, "")}, "FR 12", fact.Accepted, true},
		{"corrected", []Reviewing{reviewing(noon, one(), 0, fact.Corrected, count)}, "FR 21", fact.Corrected, true},
		{"corrected into another block", []Reviewing{reviewing(noon, one(), 0, fact.Corrected, `{"effect":"injured","place":null}`)}, "nowhere 12", fact.Corrected, true},
		{"corrected twice", []Reviewing{reviewing(noon, one(), 0, fact.Corrected, count), reviewing(later, one(), 0, fact.Corrected, `{"place":"BE"}`)}, "BE 21", fact.Corrected, true},
		{"corrected and accepted", []Reviewing{reviewing(noon, one(), 0, fact.Corrected, count), reviewing(later, one(), 0, fact.Accepted, "")}, "FR 21", fact.Accepted, true},
		{"rejected", []Reviewing{reviewing(noon, one(), 0, fact.Rejected, "")}, "", fact.Rejected, false},
		{"rejected and accepted after all", []Reviewing{reviewing(noon, one(), 0, fact.Rejected, ""), reviewing(later, one(), 0, fact.Accepted, "")}, "FR 12", fact.Accepted, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.put(one())
			id := one().Facts[0].ID
			var last fact.Fact
			for _, r := range c.reviews {
				last = b.review(r)
			}
			if got := told(b); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
			if f := b.fact(id, time.Time{}); f.Review != c.review || f.Revision != len(c.reviews)+1 || !sameContent(f, last) || f.Evidence != (fact.Evidence{Start: f.Evidence.Start, End: f.Evidence.End, Quote: f.Evidence.Quote}) {
				t.Errorf("the fact is %+v", f.Common)
			}
			if past := b.fact(id, morning); past.Review != fact.Extracted || past.Revision != 1 {
				t.Errorf("before the review it was %+v", past.Common)
			}
			for _, f := range []Filter{{}, {Story: "harbour"}, {Document: "herald-26"}, {Story: "harbour", AsOf: later}} {
				if got := slices.Contains(b.factsOf(f), id); got != c.shown {
					t.Errorf("%+v lists it: %v, want %v", f, got, c.shown)
				}
				for _, r := range []fact.Review{fact.Extracted, fact.Accepted, fact.Corrected, fact.Rejected, fact.Orphaned} {
					f.Review = r
					if got := slices.Contains(b.factsOf(f), id); got != (r == c.review) {
						t.Errorf("%+v lists it: %v", f, got)
					}
				}
			}
			h, err := b.History(context.Background(), id, Page{})
			if err != nil || len(h.Items) != len(c.reviews)+1 {
				t.Fatalf("%d revisions, %v", len(h.Items), err)
			}
			newest, first := h.Items[0], h.Items[len(h.Items)-1]
			if newest.Review != c.review || *newest.Author != "desk" || *newest.Reason == "" || *newest.ReviewedAt != newest.RecordedAt || newest.EndedAt != nil {
				t.Errorf("newest revision %+v", newest)
			}
			if first.Revision != 1 || first.Author != nil || *first.EndedAt != recordedAt(noon) || *first.EndedBy != string(review) || *first.Fact.Casualty.Count.Min != 12 {
				t.Errorf("first revision %+v", first)
			}
			headline, err := b.Headline(context.Background(), "herald-26", time.Time{})
			if want := map[bool]int{true: 1}[c.shown]; err != nil || headline.Counts[fact.KindCasualty] != want {
				t.Errorf("the headline counts %v, %v; want %d casualties", headline.Counts, err, want)
			}
		})
	}
}

// The lists after reviews are those of a store in which the documents said so from the start, but for the review itself.
func TestReviewAgainChangesNothing(t *testing.T) {
	b := newBench(t)
	b.put(one())
	for _, r := range []Reviewing{
		reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE","event":"quay blast"}`),
		reviewing(noon, one(), 1, fact.Accepted, ""),
		reviewing(noon, one(), 1, fact.Rejected, ""),
	} {
		first := b.review(r)
		want := b.dump()
		b.wire.writes = 0
		r.At = later
		r.Guard = func(fact.Fact, fact.Source) error { return errors.New("asked for a review that is there") }
		again := b.review(r)
		if b.wire.writes != 0 || again.Revision != first.Revision || !sameContent(again, first) {
			t.Errorf("%s again: %d writes, revision %d after %d", r.Review, b.wire.writes, again.Revision, first.Revision)
		}
		sameDump(t, "reviewed again", b.dump(), want)
		r.Guard, r.Reason = nil, "another reason"
		if other := b.review(r); other.Revision != first.Revision+1 {
			t.Errorf("for another reason: revision %d after %d", other.Revision, first.Revision)
		}
	}
}

func TestReviewRefuses(t *testing.T) {
	b := newBench(t)
	b.put(one())
	b.put(putting("gone-27", "harbour", "Gone", noon, killed(3, "FR", "")))
	b.withdraw("gone-27")
	refusal := errors.New("not so")
	for _, c := range []struct {
		name string
		r    Reviewing
		code fact.Code
	}{
		{"no such fact", Reviewing{Fact: "0000", Review: fact.Accepted, At: noon}, fact.NotFound},
		{"of a withdrawn document", reviewing(noon, putting("gone-27", "harbour", "Gone", noon, killed(3, "FR", "")), 0, fact.Accepted, ""), fact.NotFound},
		{"a value that there is not", reviewing(noon, one(), 0, fact.Corrected, `{"effect":"dead"}`), fact.Invalid},
		{"a field of another kind", reviewing(noon, one(), 0, fact.Corrected, `{"donor":"FR"}`), fact.Invalid},
		{"guarded", Reviewing{Fact: one().Facts[0].ID, Review: fact.Accepted, At: noon, Guard: func(fact.Fact, fact.Source) error { return refusal }}, fact.Internal},
	} {
		before := b.dump()
		_, _, err := b.Review(context.Background(), c.r)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.name == "guarded" && !errors.Is(err, refusal) {
			t.Errorf("the guard's answer is lost: %v", err)
		}
		sameDump(t, c.name, b.dump(), before)
	}
}

// Of several editors who all saw revision 1, one makes revision 2; the others are asked again and told.
func TestEditorsAtOnce(t *testing.T) {
	b := newBench(t)
	b.put(one())
	late := errors.New("somebody else was faster")
	errs := make(chan error)
	for i := range 5 {
		go func() {
			r := reviewing(noon, one(), 0, fact.Corrected, fmt.Sprintf(`{"event":"blast at quay %d"}`, i))
			r.Guard = func(f fact.Fact, _ fact.Source) error {
				if f.Revision != 1 {
					return late
				}
				return nil
			}
			_, _, err := b.over(&wire{}).Review(context.Background(), r)
			errs <- err
		}()
	}
	made := 0
	for range 5 {
		if err := <-errs; err == nil {
			made++
		} else if !errors.Is(err, late) {
			t.Error(err)
		}
	}
	if f := b.fact(one().Facts[0].ID, time.Time{}); made != 1 || f.Revision != 2 {
		t.Errorf("%d reviews were made, the fact is revision %d", made, f.Revision)
	}
}

// A document that is withdrawn takes its facts out of the summary; their history stays, and so does what was said of them.
func TestWithdrawalKeepsReviews(t *testing.T) {
	b := newBench(t)
	b.put(beside())
	b.put(one())
	id := one().Facts[0].ID
	b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
	b.withdraw("herald-26")
	if got := told(b); got != "nowhere 13" {
		t.Errorf("told %q", got)
	}
	h, err := b.History(context.Background(), id, Page{})
	if err != nil || len(h.Items) != 2 || *h.Items[0].EndedBy != string(withdraw) || *h.Items[0].EndedAt != recordedAt(later) {
		t.Fatalf("%+v, %v", h.Items, err)
	}
	for _, c := range []struct {
		asOf   time.Time
		review fact.Review
	}{{morning, fact.Extracted}, {noon, fact.Corrected}} {
		l, err := b.Tolls(context.Background(), Filter{Story: "harbour", AsOf: c.asOf}, Page{})
		if err != nil || len(l.Items) == 0 {
			t.Fatal(err)
		}
		got := fact.Review("")
		for _, toll := range l.Items {
			for _, f := range toll.Reports {
				if f.ID == id {
					got = f.Review
				}
			}
		}
		if got != c.review {
			t.Errorf("as of %s the fact is %q, want %q", c.asOf, got, c.review)
		}
	}
	b.put(at(one(), later.Add(time.Hour)))
	if f := b.fact(id, time.Time{}); f.Review != fact.Corrected || *f.Casualty.Place != "BE" || f.Revision != 3 {
		t.Errorf("put again it is %+v", f)
	}
}

func TestHistoryPages(t *testing.T) {
	b := newBench(t)
	b.put(one())
	for i := range 6 {
		b.review(reviewing(noon.Add(time.Duration(i)*time.Minute), one(), 0, fact.Corrected, fmt.Sprintf(`{"event":"blast %d"}`, i)))
	}
	var got []int
	for p := (Page{Limit: 4}); ; {
		l, err := b.History(context.Background(), one().Facts[0].ID, p)
		if err != nil || len(l.Items) > p.Limit {
			t.Fatal(err, len(l.Items))
		}
		for _, r := range l.Items {
			got = append(got, r.Revision)
		}
		if p.After = l.Next; p.After == "" {
			break
		}
	}
	if !slices.Equal(got, []int{7, 6, 5, 4, 3, 2, 1}) {
		t.Errorf("revisions %v", got)
	}
	var e *fact.Error
	if _, err := b.History(context.Background(), "0000", Page{}); !errors.As(err, &e) || e.Code != fact.NotFound {
		t.Errorf("no such fact: %v", err)
	}
}

// A review by a clock that is behind is not told before what it is of.
func TestReviewByASlowClock(t *testing.T) {
	b := newBench(t)
	b.put(at(one(), noon))
	f := b.review(reviewing(morning, one(), 0, fact.Rejected, ""))
	if f.RecordedAt != recordedAt(noon) {
		t.Errorf("recorded at %s", f.RecordedAt)
	}
	if now := b.fact(f.ID, noon); now.Review != fact.Rejected {
		t.Errorf("at noon it is %+v", now.Common)
	}
}

// All that lists read, with what is said of reviewed facts and their history, can be made again of what was committed.
func TestReviewsAreMadeAgainFromTheLog(t *testing.T) {
	b := newBench(t)
	b.put(beside())
	b.put(one())
	b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
	b.review(reviewing(noon, one(), 1, fact.Rejected, ""))
	b.put(at(behind(longer(), "A new first paragraph.\n\n"), later))
	b.review(reviewing(later, behind(longer(), "A new first paragraph.\n\n"), 2, fact.Accepted, ""))
	b.withdraw("post-27")
	want := b.dump()
	var kept stock
	for _, item := range b.stock().documents {
		pk, sk := text(item["pk"]), text(item["sk"])
		switch {
		case strings.HasPrefix(pk, "DOC#") && sk == headSort:
			kept.documents = append(kept.documents, item)
			mark := maps.Clone(item)
			mark["pk"], mark["sk"] = &types.AttributeValueMemberS{Value: pendingKey}, &types.AttributeValueMemberS{Value: "1#" + text(item["document"])}
			kept.documents = append(kept.documents, mark)
		case strings.HasPrefix(pk, "DOC#") && sk != projectedSort, strings.HasPrefix(pk, "STORY#"), strings.HasPrefix(pk, "CHG#"), pk == seqKey:
			kept.documents = append(kept.documents, item)
		}
	}
	again := stocked(t, kept)
	if finished, err := again.Sweep(context.Background(), 10); err != nil || finished != 2 {
		t.Fatalf("swept %d, %v", finished, err)
	}
	got := again.dump()
	for k := range got {
		if strings.HasPrefix(k, "Documents PENDING / 1#") { // the test's own mark
			delete(got, k)
		}
	}
	sameDump(t, "made again", settled(got), settled(want))
}
