package fetch

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"
)

// hosts has what is known of each host, by scheme, name and port.
type hosts struct {
	mu    sync.Mutex
	known map[string]*host
}

func (hs *hosts) of(u *url.URL) *host {
	name := u.Scheme + "://" + u.Host
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if hs.known == nil {
		hs.known = map[string]*host{}
	}
	h := hs.known[name]
	if h == nil {
		h = &host{busy: make(chan struct{}, 1), asking: make(chan struct{}, 1)}
		hs.known[name] = h
	}
	return h
}

// host is asked one thing at a time.
type host struct {
	busy   chan struct{} // holds a token while a request is under way
	asking chan struct{} // holds a token while its robots.txt is being looked up

	mu       sync.Mutex
	free     time.Time // the next request may begin then
	resting  time.Time // it asked to be left alone until then
	rules    *robots
	rulesOld time.Time // the rules are to be asked for again then
}

// turn waits until the host may be asked; done has to be called when the answer was read, with the pause before the next.
func (h *host) turn(ctx context.Context, now func() time.Time) (done func(gap time.Duration), err error) {
	select {
	case h.busy <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	done = func(gap time.Duration) {
		h.mu.Lock()
		if h.rules != nil {
			gap = max(gap, h.rules.delay)
		}
		h.free = now().Add(gap)
		h.mu.Unlock()
		<-h.busy
	}
	pause, err := h.pause(now())
	if err == nil && pause > 0 {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			err = context.Cause(ctx)
		}
	}
	if err != nil {
		<-h.busy
		return nil, err
	}
	return done, nil
}

// pause is how long to wait before the next request. A host that rests is not waited for.
func (h *host) pause(now time.Time) (time.Duration, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if rest := h.resting.Sub(now); rest > 0 {
		return 0, &Error{After: rest, Err: fmt.Errorf("its host asked to be left alone until %s", h.resting.UTC().Format(time.RFC3339))}
	}
	return h.free.Sub(now), nil
}

// rest leaves the host alone for a while.
func (h *host) rest(until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.resting = until
}
