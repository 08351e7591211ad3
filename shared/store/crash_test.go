package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// A change is cut off at every one of its writes in turn, before the write was done and after it was done with the answer
// lost. Whatever was cut, the document reads wholly old or wholly new, no list shows what was not committed, and both the
// same change again and the sweeper make the tables equal to those of an undisturbed change.
func TestCutOffAtEveryWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		before []Putting
		change func(*bench) error
	}{
		{"first put", []Putting{beside()}, func(b *bench) error { return putIt(b, one()) }},
		{"new version", []Putting{beside(), one()}, func(b *bench) error { return putIt(b, two()) }},
		{"another story", []Putting{beside(), one()}, func(b *bench) error {
			return putIt(b, putting("herald-26", "elsewhere", "Blast", noon, killed(14, "FR", "2015-11-24"), promise("DE", "", fact.Pledged, fact.Naval)))
		}},
		{severalTransactions, []Putting{putting("herald-26", "harbour", "Blast", morning, on("2015-11-24", "harbour shaken", "FR", "TR"))}, func(b *bench) error {
			return putIt(b, putting("herald-26", "harbour", "Boom", noon, on("2015-11-24", "ships sunk", "FR", "TR")))
		}},
		{"without a story", []Putting{beside(), putting("post-26", "ferry", "Ferry Havlys lost", noon)}, func(b *bench) error {
			return putIt(b, putting("herald-26", "", "Ferry Havlys raised", noon, killed(14, "FR", "2015-11-24")))
		}},
		{"move", []Putting{beside(), one()}, func(b *bench) error { return moveIt(b, "herald-26", "elsewhere") }},
		{"withdrawal", []Putting{beside(), one()}, func(b *bench) error { return b.Withdraw(context.Background(), "herald-26", noon) }},
		{"correction", []Putting{beside(), one()}, func(b *bench) error { return reviewIt(b, noon, one(), 0, fact.Corrected, `{"place":"BE"}`) }},
		{"rejection", []Putting{beside(), one()}, func(b *bench) error { return reviewIt(b, noon, one(), 1, fact.Rejected, "") }},
		{versionOfReviewed, []Putting{beside(), one()}, func(b *bench) error { return putIt(b, two()) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			undisturbed := newBench(t)
			for _, p := range c.before {
				undisturbed.put(p)
			}
			if c.name == versionOfReviewed {
				undisturbed.review(reviewing(noon, one(), 0, fact.Corrected, `{"place":"BE"}`))
			}
			before := undisturbed.stock()
			if c.name == severalTransactions {
				undisturbed.actions = 4
			}
			undisturbed.wire.writes = 0
			old, untouched := states(undisturbed), undisturbed.dump()
			if err := c.change(undisturbed); err != nil {
				t.Fatal(err)
			}
			want, new := undisturbed.dump(), states(undisturbed)
			writes := undisturbed.wire.writes
			if writes < 4 {
				t.Fatalf("the change takes %d writes: nothing to cut", writes)
			}
			t.Logf("%d writes", writes)
			for n := 1; n <= writes; n++ {
				// A write done, with its answer lost, leaves the tables as they are when the next write is not done: so
				// each state is mended both ways.
				for _, answered := range []bool{false, true} {
					at := fmt.Sprintf("cut at write %d (done: %v)", n, answered)
					b := stocked(t, before)
					b.actions = undisturbed.actions
					err := c.change(b.over(&wire{breakAt: n, answered: answered}))
					var e *fact.Error
					if !errors.As(err, &e) || e.Code != fact.Unavailable {
						t.Fatalf("%s: error %v, want one that says the store is unavailable", at, err)
					}
					got := states(b)
					if got != old && got != new {
						t.Fatalf("%s: the document reads %s\nneither old %s\nnor new %s", at, got, old, new)
					}
					if got == old {
						sameDump(t, at+": lists", lists(b.dump()), lists(untouched))
					}
					if answered {
						pending := 0
						if got == new && n < writes {
							pending = 1
						}
						if finished, err := b.Sweep(context.Background(), 10); err != nil || finished != pending {
							t.Fatalf("%s: swept %d, %v; want %d", at, finished, err, pending)
						}
					}
					if !answered || got == old {
						if err := c.change(b); err != nil {
							t.Fatalf("%s: %v", at, err)
						}
					}
					mended := b.dump()
					if c.name == severalTransactions {
						uncount(mended)
						uncount(want)
					}
					sameDump(t, at, mended, want)
					if t.Failed() {
						return
					}
				}
			}
		})
	}
}

const (
	severalTransactions = "blocks over several transactions"
	versionOfReviewed   = "a version of a document with a correction"
)

func uncount(dump map[string]string) {
	for k, v := range dump {
		dump[k] = withoutRev(v)
	}
}

// busyDay is a version of the document that states so many unlike occurrences of one day: a block of n groups.
func busyDay(n int) Putting {
	facts := []says{killed(14, "FR", "2015-11-24")}
	for i := range n {
		facts = append(facts, on("2015-11-24", fmt.Sprintf("subject%d acts%d", i, i), "FR"))
	}
	return putting("herald-26", "harbour", "A busy day", noon, facts...)
}

func putIt(b *bench, p Putting) error {
	_, err := b.Put(context.Background(), p)
	return err
}

// states says how the document reads.
func states(b *bench) string {
	if _, _, err := b.DocumentFacts(context.Background(), "herald-26", noon.AddDate(-1, 0, 0)); err == nil {
		b.t.Fatal("the document was there a year ago")
	}
	facts, doc, err := b.DocumentFacts(context.Background(), "herald-26", time.Time{})
	var e *fact.Error
	if errors.As(err, &e) && e.Code == fact.NotFound {
		return e.Message
	}
	if err != nil {
		b.t.Fatal(err)
	}
	body, err := b.Text(context.Background(), "herald-26")
	if err != nil {
		b.t.Fatal(err)
	}
	var s []string
	for _, f := range facts {
		s = append(s, fmt.Sprint(f.ID, " ", f.Revision, " ", f.RecordedAt))
	}
	return fmt.Sprint(doc.Version, " ", string(body), s)
}

func TestSameVersionChangesNothing(t *testing.T) {
	b := newBench(t)
	one := b.put(first())
	want := b.dump()
	b.wire.writes = 0
	again := b.put(first())
	if b.wire.writes != 0 {
		t.Errorf("%d writes, want none", b.wire.writes)
	}
	sameDump(t, "put again", b.dump(), want)
	if !again.Known || one.Known || again.Revision != 1 || again.Seq != one.Seq || again.RecordedAt != one.RecordedAt || len(again.Facts) != len(one.Facts) {
		t.Errorf("first %+v\nagain %+v", one, again)
	}
	b.withdraw("herald-26")
	b.wire.writes = 0
	b.withdraw("herald-26")
	if b.wire.writes != 0 {
		t.Errorf("withdrawn twice: %d writes, want none", b.wire.writes)
	}
}

func TestOrderOfDocumentsDoesNotMatter(t *testing.T) {
	puts := []Putting{first(), other(), putting("globe", "harbour", "Undated", noon, killed(12, "", ""), promise("DE", "", fact.Declined, fact.Naval))}
	var want map[string]string
	for _, order := range [][]int{{0, 1, 2}, {2, 1, 0}, {1, 0, 2}} {
		b := newBench(t)
		for _, i := range order {
			b.put(puts[i])
		}
		got := lists(b.dump())
		if want == nil {
			want = got
		}
		sameDump(t, fmt.Sprint("order ", order), got, want)
	}
}

func TestWithdrawUndoesAPut(t *testing.T) {
	b := newBench(t)
	b.put(other())
	want := lists(b.dump())
	b.put(first())
	b.put(second())
	b.withdraw("herald-26")
	sameDump(t, "after the withdrawal", lists(b.dump()), want)
	b.withdraw("post-27")
	if left := lists(b.dump()); len(left) > 0 {
		t.Errorf("all is withdrawn, and lists have %d rows", len(left))
	}
	again := b.put(second())
	if again.Known || again.Revision != 4 {
		t.Errorf("put again after the withdrawal: %+v", again)
	}
}

func TestWritersAtOnce(t *testing.T) {
	b := newBench(t)
	var puts []Putting
	for i := range 6 {
		puts = append(puts, putting(fmt.Sprintf("paper%d-2%d", i, i), "harbour", "Blast", morning,
			killed(int64(10+i), "FR", "2015-11-24"), on("2015-11-24", "harbour shaken by blast"), promise("DE", "FR", fact.Statuses[i%4], fact.Naval)))
	}
	errs := make(chan error)
	for _, p := range puts {
		go func() { errs <- putIt(b.over(&wire{}), p) }()
	}
	for range puts {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	alone := newBench(t)
	for _, p := range puts {
		alone.put(p)
	}
	sameDump(t, "written at once", lists(b.dump()), lists(alone.dump()))
	h, err := b.Health(context.Background())
	if err != nil || h.Seq != 6 || h.Pending != 0 || h.LatestPublished != "2015-11-25" || h.LatestRecorded != recordedAt(morning) {
		t.Errorf("health %+v, %v", h, err)
	}
}

func TestOneDocumentFromTwoWriters(t *testing.T) {
	b := newBench(t)
	errs := make(chan error)
	for _, p := range []Putting{first(), second()} {
		go func() { errs <- putIt(b.over(&wire{}), p) }()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	head, _, err := b.head(context.Background(), "herald-26")
	if err != nil || head.Revision != 2 {
		t.Fatalf("head %+v, %v", head, err)
	}
	alone := newBench(t)
	puts := []Putting{first(), second()}
	if head.Version == puts[0].Document.Version {
		slices.Reverse(puts)
	}
	for _, p := range puts {
		alone.put(p)
	}
	sameDump(t, "two versions at once", lists(b.dump()), lists(alone.dump()))
}

func TestTransactionConflictsAreWaitedFor(t *testing.T) {
	b := newBench(t)
	want := b.over(&wire{conflict: 7})
	want.put(first())
	undisturbed := newBench(t)
	undisturbed.put(first())
	sameDump(t, "with conflicts", b.dump(), undisturbed.dump())
}

func TestLargeDocument(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := context.Background()
	p := busyDay(300)
	noise := make([]byte, 1<<20) // bytes that gzip does not make fewer
	rand.NewChaCha8([32]byte{}).Read(noise)
	p.Body = noise
	p.Document.Seal(p.Body)
	b.put(p)
	if text, err := b.Text(ctx, "herald-26"); err != nil || !bytes.Equal(text, noise) {
		t.Errorf("%d bytes come back of %d, %v", len(text), len(noise), err)
	}
	if facts, _, err := b.DocumentFacts(ctx, "herald-26", time.Time{}); err != nil || len(facts) != len(p.Facts) {
		t.Errorf("%d facts come back of %d, %v", len(facts), len(p.Facts), err)
	}
	for _, f := range []Filter{{}, {Story: "harbour"}, {Country: "FR"}, {From: "2015-11-24", To: "2015-11-24"}} {
		items := whole(t, fmt.Sprintf("%+v", f), 100, func(page Page) (List[summary.Occurrence], error) { return b.Occurrences(ctx, f, page) })
		if len(items) != 300 {
			t.Errorf("%+v: %d occurrences", f, len(items))
		}
	}
	b.withdraw("herald-26")
	if left := lists(b.dump()); len(left) > 0 {
		t.Errorf("%d rows left after the withdrawal", len(left))
	}
}

// A version that was cut off may be overtaken by the next: what is left of it goes, and its facts keep their history.
func TestCutOffVersionIsOvertaken(t *testing.T) {
	t.Parallel()
	third := func() Putting {
		return putting("herald-26", "harbour", "Blast at the harbour: last word", later, killed(15, "FR", "2015-11-24"), promise("DE", "FR", fact.Pledged, fact.Naval))
	}
	after := func(puts ...Putting) map[string]string {
		b := newBench(t)
		for _, p := range puts {
			b.put(p)
		}
		return settled(b.dump())
	}
	without, with := after(first(), third()), after(first(), second(), third())
	b := newBench(t)
	b.put(first())
	before := b.stock()
	b.wire.writes = 0
	b.put(second())
	committed := 0
	for n := 1; n <= b.wire.writes; n++ {
		c := stocked(t, before)
		if err := putIt(c.over(&wire{breakAt: n}), second()); err == nil {
			t.Fatalf("cut at write %d: no error", n)
		}
		want := without
		if head, _, err := c.head(context.Background(), "herald-26"); err != nil {
			t.Fatal(err)
		} else if head.Revision == 2 {
			want = with
			committed++
		}
		c.put(third())
		sameDump(t, fmt.Sprint("overtaken after write ", n), settled(c.dump()), want)
	}
	if committed == 0 {
		t.Error("no cut was behind the commit: the test shows nothing")
	}
}

// settled leaves out what a cut may leave behind unseen: blobs that nothing names, counts of writes, and rows that hold
// nothing else.
func settled(dump map[string]string) map[string]string {
	uncount(dump)
	maps.DeleteFunc(dump, func(k, v string) bool {
		empty := !strings.Contains(v, "body=") && (strings.Contains(k, " / BLOCK#") || strings.Contains(k, " / TALLY") || strings.HasPrefix(k, "Facts BOARD"))
		return empty || strings.Contains(k, " / B#")
	})
	return dump
}

// Between two calls of one change another change is made whole, at every call in turn, and in one case a third before the
// next call. The lists end as if one had followed the other.
func TestChangeBetweenTwoCalls(t *testing.T) {
	t.Parallel()
	put := func(p Putting) func(*bench) error { return func(b *bench) error { return putIt(b, p) } }
	correct := func(b *bench) error { return reviewIt(b, later, one(), 0, fact.Corrected, `{"place":"BE"}`) }
	remove := func(document string) func(*bench) error {
		return func(b *bench) error { return b.Withdraw(context.Background(), document, later) }
	}
	for _, c := range []struct {
		name                string
		before              []Putting
		one, another, third func(*bench) error
	}{
		{"an older document comes and goes", nil, put(beside()), put(one()), remove("herald-26")},
		{"a newer document comes and goes", nil, put(one()), put(beside()), remove("post-27")},
		{"two versions", nil, put(one()), put(two()), nil},
		{"a version and a withdrawal", []Putting{one()}, put(two()), remove("herald-26"), nil},
		{"a review and a version", []Putting{one()}, correct, put(longer()), nil},
		{"a version and a review", []Putting{one()}, put(longer()), correct, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			start := newBench(t)
			for _, p := range c.before {
				start.put(p)
			}
			before := start.stock()
			sequence := func(changes ...func(*bench) error) (version string, rows map[string]string, calls []int) {
				b := stocked(t, before)
				for _, change := range changes {
					b.wire.calls = 0
					if change == nil {
						continue
					}
					if err := change(b); err != nil {
						t.Fatal(err)
					}
					calls = append(calls, b.wire.calls)
				}
				return headOf(b), lists(b.dump()), calls
			}
			_, oneFirst, calls := sequence(c.one, c.another, c.third)
			version, oneLast, _ := sequence(c.another, c.third, c.one)
			for at := 1; at <= calls[0]; at++ {
				b := stocked(t, before)
				w := &wire{between: make(map[int]func())}
				for i, change := range []func(*bench) error{c.another, c.third} {
					if change != nil {
						w.between[at+i] = func() {
							delete(w.between, at+i)
							if err := change(b); err != nil {
								t.Errorf("the change between: %v", err)
							}
						}
					}
				}
				if err := c.one(b.over(w)); err != nil {
					t.Fatalf("before call %d: %v", at, err)
				}
				if len(w.between) > 0 {
					break // there was no further call before which the third could come
				}
				want := oneFirst
				if headOf(b) == version {
					want = oneLast
				}
				sameDump(t, fmt.Sprint("another change before call ", at), lists(b.dump()), want)
				if t.Failed() {
					return
				}
			}
		})
	}
}

func headOf(b *bench) string {
	head, _, err := b.head(context.Background(), "herald-26")
	if err != nil {
		b.t.Fatal(err)
	}
	return fmt.Sprint(head.Version, head.Action)
}
