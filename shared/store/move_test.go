package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
)

func moveIt(b *bench, document, story string) error {
	_, _, err := b.Move(context.Background(), document, story, "The story of "+story, noon)
	return err
}

// TestMoveIsAPut wants a move to do what putting the document with the other story does.
func TestMoveIsAPut(t *testing.T) {
	t.Parallel()
	moved, put := newBench(t), newBench(t)
	for _, b := range []*bench{moved, put} {
		b.put(beside())
		b.put(one())
	}
	if err := moveIt(moved, "herald-26", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	p := one().in("elsewhere")
	p.Document.StoryTitle, p.At, p.Observed = "The story of elsewhere", noon, morning // the publisher said nothing new
	p.Document.Reseal()
	put.put(p)
	sameDump(t, "moved", moved.dump(), put.dump())
	if known := moved.put(p); !known.Known {
		t.Error("what was moved is not known as such when it is put")
	}
}

func TestMoveKeepsReviewsAndThePast(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(beside())
	b.put(one())
	before := b.stock()
	b.review(reviewing(morning.Add(time.Hour), one(), 0, fact.Rejected, ""))
	b.review(reviewing(morning.Add(time.Hour), one(), 1, fact.Corrected, `{"status": "committed"}`))
	if err := moveIt(b, "herald-26", "elsewhere"); err != nil {
		t.Fatal(err)
	}
	now, err := b.Facts(context.Background(), Filter{Story: "elsewhere"}, Page{})
	if err != nil || len(now.Items) != 1 || now.Items[0].Pledge.Status != fact.Committed || now.Items[0].Review != fact.Corrected || now.Items[0].Revision != 3 {
		t.Errorf("the story has %+v, %v", now.Items, err)
	}
	past, err := b.Story(context.Background(), "harbour", morning.Add(2*time.Hour))
	if err != nil || past.Documents != 1 {
		t.Errorf("the past of the old story has %d documents, %v", past.Documents, err)
	}
	if err := moveIt(b, "herald-26", "harbour"); err != nil {
		t.Fatal(err)
	}
	unmoved := stocked(t, before)
	unmoved.review(reviewing(morning.Add(time.Hour), one(), 0, fact.Rejected, ""))
	unmoved.review(reviewing(morning.Add(time.Hour), one(), 1, fact.Corrected, `{"status": "committed"}`))
	if got, want := told(b), told(unmoved); got != want {
		t.Errorf("there and back the story says %s\nwant %s", got, want)
	}
}

func TestMoveRefuses(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(one())
	b.put(beside())
	b.withdraw("post-27")
	for _, c := range []struct {
		document, story string
		code            fact.Code
	}{
		{"nowhere", "elsewhere", fact.NotFound},
		{"post-27", "elsewhere", fact.NotFound},
		{"herald-26", "else where", fact.Invalid},
		{"herald-26", "", fact.Invalid},
		{"herald-26", strings.Repeat("x", maxID+1), fact.Invalid},
	} {
		err := moveIt(b, c.document, c.story)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s to %.20q: %v, want %s", c.document, c.story, err, c.code)
		}
	}
}
