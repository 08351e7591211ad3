package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// consume reads the feed to its end and gives the entries in short, with the number to go on after.
func consume(b *bench, since int64, limit int) (entries []string, next int64) {
	b.t.Helper()
	for {
		l, err := b.Changes(context.Background(), since, limit)
		if err != nil {
			b.t.Fatal(err)
		}
		if len(l.Items) > limit || l.More && len(l.Items) != limit {
			b.t.Fatalf("since %d: %d entries of %d, more: %v", since, len(l.Items), limit, l.More)
		}
		for _, c := range l.Items {
			said := fmt.Sprint(c.Seq, " ", c.Action, " ", c.Document, " ", c.Revision, " ", c.Story)
			if c.MovedFrom != nil {
				said += " from " + *c.MovedFrom
			}
			if c.Fact != nil {
				said += " " + string(*c.Review)
			}
			entries = append(entries, said)
		}
		if since = l.Next; !l.More {
			return entries, since
		}
	}
}

func TestChanges(t *testing.T) {
	b := newBench(t)
	want := []string{
		"1 put post-27 1 harbour",
		"2 put herald-26 1 harbour",
		"3 review herald-26 2 harbour corrected",
		"4 put herald-26 3 harbour",
		"5 review herald-26 4 harbour rejected",
		"6 put herald-26 5 quay from harbour",
		"7 withdraw herald-26 6 quay",
		"8 put herald-26 7 quay",
	}
	moved := putting("herald-26", "quay", "Blast", later, killed(12, "FR", "2015-11-24"))
	steps := []func(){
		func() { b.put(beside()) },
		func() { b.put(one()); b.put(one()) },
		func() { b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`)) },
		func() { b.put(longer()) },
		func() {
			b.review(reviewing(later, one(), 0, fact.Rejected, ""))
			b.review(reviewing(later, one(), 0, fact.Rejected, ""))
		},
		func() { b.put(moved) },
		func() { b.withdraw("herald-26"); b.withdraw("herald-26") },
		func() { b.put(moved) },
	}
	for _, limit := range []int{1, 3, 100} {
		if entries, next := consume(b, 0, limit); len(entries) > 0 || next != 0 {
			t.Errorf("of an empty store: %v, %d", entries, next)
		}
	}
	// One who asks after every step, and one who comes back after all of them.
	var often []string
	since := int64(0)
	for _, step := range steps {
		step()
		var entries []string
		entries, since = consume(b, since, 2)
		often = append(often, entries...)
		if again, next := consume(b, since, 2); len(again) > 0 || next != since {
			t.Errorf("nothing is new since %d, and the feed has %v", since, again)
		}
	}
	if fmt.Sprint(often) != fmt.Sprint(want) {
		t.Errorf("asked after every step:\n got %q\nwant %q", often, want)
	}
	for _, limit := range []int{1, 3, 8, 100} {
		if entries, next := consume(b, 0, limit); fmt.Sprint(entries) != fmt.Sprint(want) || next != 8 {
			t.Errorf("pages of %d: %q, %d", limit, entries, next)
		}
	}
	var e *fact.Error
	if _, err := b.Changes(context.Background(), 9, 1); !errors.As(err, &e) || e.Code != fact.Invalid {
		t.Errorf("since a change that there is not: %v", err)
	}
}

// The log is cut into partitions; a page that begins in one goes on in the next.
func TestChangesOverPartitions(t *testing.T) {
	b := newBench(t)
	first := int64(changesOfPartition - 3)
	for seq := first; seq < first+7; seq++ {
		e := entry{PK: changesKey(seq), SK: seqSort(seq), Document: "herald-26", Story: "harbour", Revision: int(seq), Seq: seq, Action: put, RecordedAt: recordedAt(noon)}
		a, err := putAction(b.tables.Documents, e, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.client.TransactWriteItems(context.Background(), &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{a}}); err != nil {
			t.Fatal(err)
		}
	}
	for limit := 1; limit < 9; limit++ {
		for since := first - 1; since < first+6; since++ {
			if entries, next := consume(b, since, limit); int64(len(entries)) != first+6-since || next != first+6 {
				t.Errorf("since %d, pages of %d: %q, %d", since, limit, entries, next)
			}
		}
	}
	// A number that is missing ends what is told, until it is there.
	if entries, next := consume(b, first-5, 20); len(entries) > 0 || next != first-5 {
		t.Errorf("over a gap: %q, %d", entries, next)
	}
}

// Consumers that ask while documents are put see every change once, in order.
func TestChangesWhileWriting(t *testing.T) {
	b := newBench(t)
	const documents = 6
	done := make(chan error, documents)
	for i := range documents {
		p := putting(fmt.Sprintf("paper%d-2%d", i, i), "harbour", "Blast", morning, killed(int64(10+i), "FR", "2015-11-24"))
		go func() { done <- putIt(b.over(&wire{}), p) }()
	}
	var seen []string
	since := int64(0)
	for left := documents; left > 0; {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			left--
		case <-time.After(time.Millisecond):
		}
		var entries []string
		entries, since = consume(b, since, 2)
		seen = append(seen, entries...)
	}
	if len(seen) != documents || since != documents {
		t.Errorf("%d changes seen of %d, up to %d: %q", len(seen), documents, since, seen)
	}
}
