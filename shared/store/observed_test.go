package store

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"factbox/shared/fact"
)

// said is something that a publisher was seen to say of one document: a version of it, or that it is taken back.
type said struct {
	version  string // "" takes it back
	observed int    // hours after noon
}

func (x said) tell(b *bench) error {
	at := noon.Add(time.Duration(x.observed) * time.Hour)
	if x.version == "" {
		return b.Retract(context.Background(), "herald-26", at, later)
	}
	p := putting("herald-26", "harbour", x.version, later, killed(12, "FR", "2015-11-24"))
	p.Observed = at
	_, err := b.Put(context.Background(), p)
	return err
}

// stands gives the headline of the document, "" if none stands.
func stands(b *bench) string {
	b.t.Helper()
	d, err := b.Document(context.Background(), "herald-26")
	if e := (*fact.Error)(nil); errors.As(err, &e) && e.Code == fact.NotFound {
		return ""
	}
	if err != nil {
		b.t.Fatal(err)
	}
	return d.Headline
}

// TestObserved tells a document's tale in every order, each thing three times: what was observed last stands.
func TestObserved(t *testing.T) {
	t.Parallel()
	for _, tale := range [][]said{
		{{"Blast", 1}, {"Toll", 2}, {"Toll rises", 3}},
		{{"Blast", 1}, {"Toll", 2}, {"", 3}},
		{{"Blast", 1}, {"", 2}, {"Toll", 3}},
		{{"Blast", 1}, {"Toll", 2}, {"Blast", 3}},
		{{"", 1}, {"Blast", 2}, {"", 3}},
	} {
		last := tale[len(tale)-1].version
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
			t.Run(fmt.Sprint(tale, order), func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				for range 3 {
					for _, i := range order {
						if err := tale[i].tell(b); err != nil {
							t.Fatal(err)
						}
					}
				}
				if got := stands(b); got != last {
					t.Errorf("%q stands, want %q", got, last)
				}
			})
		}
	}
}

// TestObservedByHand: what somebody puts or withdraws by hand is observed as it is recorded.
func TestObservedByHand(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(putting("herald-26", "harbour", "By hand", noon.Add(2*time.Hour), killed(12, "FR", "2015-11-24")))
	for _, c := range []struct {
		said
		want string
	}{{said{"Earlier", 1}, "By hand"}, {said{"", 1}, "By hand"}, {said{"Afterwards", 3}, "Afterwards"}} {
		if err := c.tell(b); err != nil {
			t.Fatal(err)
		}
		if got := stands(b); got != c.want {
			t.Errorf("after %v %q stands, want %q", c.said, got, c.want)
		}
	}
	b.withdraw("herald-26") // at later
	if err := (said{"Once more", 4}).tell(b); err != nil || stands(b) != "" {
		t.Errorf("what was said before the withdrawal stands: %q, %v", stands(b), err)
	}
	if err := (said{"Again", 50}).tell(b); err != nil || stands(b) != "Again" {
		t.Errorf("what was said after the withdrawal does not stand: %q, %v", stands(b), err)
	}
}

// TestRetractBetween lets a retraction come between any two calls of a put of what it takes back.
func TestRetractBetween(t *testing.T) {
	t.Parallel()
	whole := newBench(t)
	before := whole.wire.calls
	if err := (said{"Blast", 1}).tell(whole); err != nil {
		t.Fatal(err)
	}
	calls := whole.wire.calls - before
	for n := 1; n <= calls; n++ {
		b := newBench(t)
		aside := b.over(&wire{})
		b.wire.between = map[int]func(){b.wire.calls + n: func() {
			if err := (said{"", 2}).tell(aside); err != nil {
				t.Error(err)
			}
		}}
		if err := (said{"Blast", 1}).tell(b); err != nil {
			t.Errorf("before call %d: %v", n, err)
		}
		if got := stands(b); got != "" {
			t.Errorf("before call %d: %q stands", n, got)
		}
	}
}

// TestRetractCutOff cuts a retraction and a late put off at every write; both again come to the same.
func TestRetractCutOff(t *testing.T) {
	t.Parallel()
	for _, steps := range [][]said{{{"Blast", 1}, {"", 2}}, {{"", 2}, {"Blast", 1}}} {
		run := func(b *bench) error {
			return errors.Join(steps[0].tell(b), steps[1].tell(b))
		}
		undisturbed := newBench(t)
		if err := run(undisturbed); err != nil {
			t.Fatal(err)
		}
		for n := 1; n <= undisturbed.wire.writes; n++ {
			b := newBench(t)
			b.wire.breakAt = n
			if err := run(b); err == nil {
				t.Fatalf("cut off at write %d, and nobody notices", n)
			}
			b = b.over(&wire{})
			if err := run(b); err != nil || stands(b) != "" {
				t.Errorf("cut off at write %d: %q stands, %v", n, stands(b), err)
			}
		}
	}
}
