package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
)

// lived is a document that had versions, a review, and another story, beside another document.
func lived(t testing.TB) *bench {
	b := newBench(t)
	b.put(beside())
	b.put(one())
	b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
	b.put(putting("herald-26", "elsewhere", "Blast", noon, killed(14, "FR", "2015-11-24"), promise("NO", "", fact.Pledged, fact.Naval)))
	return b
}

// After a purge nothing has the document's name but its head and its changes, which say only that. Cut off at any write, it is
// finished by the same purge.
func TestPurgeErases(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	alone := newBench(t)
	alone.put(beside())
	want := lists(alone.dump())
	b := lived(t)
	before := b.stock()
	b.wire.writes = 0
	if err := b.Purge(ctx, "herald-26", later); err != nil {
		t.Fatal(err)
	}
	writes := b.wire.writes
	check := func(at string, b *bench) {
		dump := b.dump()
		sameDump(t, at+": lists", lists(dump), want)
		var left []string
		for k, v := range dump {
			if strings.Contains(k+v, "herald") || strings.Contains(v, "Blast") {
				left = append(left, k)
			}
			if strings.Contains(k, "CHG#") && strings.Contains(v, "herald") && !strings.HasPrefix(v, "action=purge document=herald-26 pk=") {
				t.Errorf("%s: a change says %q", at, v)
			}
		}
		slices.Sort(left)
		if got := strings.Join(left, "; "); got != "Documents CHG#00000000 / 000000000002; Documents CHG#00000000 / 000000000003; "+
			"Documents CHG#00000000 / 000000000004; Documents CHG#00000000 / 000000000005; Documents DOC#herald-26 / HEAD; Documents DOC#herald-26 / PROJ" {
			t.Errorf("%s: left %s", at, got)
		}
		if found := b.faults(false); len(found) > 0 {
			t.Errorf("%s: %q", at, found)
		}
	}
	check("purged", b)
	for n := 1; n <= writes; n++ {
		c := stocked(t, before)
		if err := c.over(&wire{breakAt: n, answered: n%2 == 0}).Purge(ctx, "herald-26", later); err == nil {
			t.Fatalf("cut at write %d: no error", n)
		}
		if err := c.Purge(ctx, "herald-26", later); err != nil {
			t.Fatal(err)
		}
		check(fmt.Sprint("cut at write ", n), c)
		if t.Failed() {
			return
		}
	}
	changes, err := b.Changes(ctx, 1, 10)
	if err != nil || len(changes.Items) != 4 || changes.Items[3].Action != "purge" || changes.Items[3].Story != "" {
		t.Errorf("changes %+v, %v", changes, err)
	}
	for name, err := range map[string]error{"put": putIt(b, two()), "nobody": b.Purge(ctx, "nobody", later)} {
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != map[string]fact.Code{"put": fact.Conflict, "nobody": fact.NotFound}[name] {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := b.DocumentFacts(ctx, "herald-26", noon); err == nil {
		t.Error("the past of a purged document is told")
	}
	if _, err := b.Story(ctx, "elsewhere", noon.Add(time.Minute)); err == nil {
		t.Error("the past of its story is told")
	}
}

// The same version read again by another extractor is recorded if it says otherwise, and keeps reviews and what it said before.
func TestReextraction(t *testing.T) {
	b := newBench(t)
	b.put(one())
	b.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
	again := one()
	again.Again, again.At = true, later
	if r := b.put(again); !r.Known || r.Revision != 2 {
		t.Errorf("the same facts again: %+v", r)
	}
	again.Facts = append(again.Facts[:1:1], longer().Facts[2])
	r := b.put(again)
	if r.Known || r.Revision != 3 || len(r.Facts) != 2 || *r.Facts[0].Casualty.Place != "BE" || r.Facts[0].RecordedAt != recordedAt(noon) {
		t.Errorf("other facts: %+v", r)
	}
	again.At = later.Add(time.Hour)
	if r := b.put(again); !r.Known || r.Revision != 3 {
		t.Errorf("the other facts again: %+v", r)
	}
	if found := b.faults(false); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
