// Package capacity counts what a request consumes of DynamoDB, in read and write request units, from the store that is told
// it to whoever logs the request. It imports nothing of ours.
package capacity

import (
	"context"
	"sync"
)

// Units are DynamoDB's units of billing: a read unit is 4 KB read consistently or 8 KB otherwise, a write unit is 1 KB
// (Amazon DynamoDB Developer Guide, "Read and write request units"). Halves occur.
type Units struct{ Read, Write float64 }

// Counter adds up units. Several goroutines may add at once.
type Counter struct {
	mu    sync.Mutex
	units Units
}

type contextKey struct{}

// Count gives a context under which Add adds to the counter.
func Count(ctx context.Context) (context.Context, *Counter) {
	c := &Counter{}
	return context.WithValue(ctx, contextKey{}, c), c
}

// Add adds to the counter of the context. Without one nothing counts.
func Add(ctx context.Context, u Units) {
	c, ok := ctx.Value(contextKey{}).(*Counter)
	if !ok {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.units.Read += u.Read
	c.units.Write += u.Write
}

// Units gives the sum so far.
func (c *Counter) Units() Units {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.units
}
