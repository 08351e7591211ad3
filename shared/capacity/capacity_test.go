package capacity

import (
	"context"
	"sync"
	"testing"
)

func TestCount(t *testing.T) {
	ctx, counter := Count(t.Context())
	below, cancel := context.WithCancel(ctx)
	defer cancel()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { Add(below, Units{Read: 0.5, Write: 2}) })
	}
	all.Wait()
	if got := counter.Units(); got != (Units{25, 100}) {
		t.Errorf("counted %+v", got)
	}
}

func TestCountsApart(t *testing.T) {
	one, first := Count(t.Context())
	_, second := Count(t.Context())
	Add(one, Units{Read: 1})
	Add(t.Context(), Units{Read: 7}) // nobody counts here
	if first.Units() != (Units{Read: 1}) || second.Units() != (Units{}) {
		t.Errorf("%+v and %+v", first.Units(), second.Units())
	}
}
