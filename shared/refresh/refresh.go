// Package refresh keeps documents fresh: a Job looks at the sources that are due and passes on what is new, changed or taken
// back, and a Consumer puts or withdraws it. Between them is a Queue, of Amazon SQS or in the process itself.
//
// Nothing is lost when either is cut off: an item is only noted as passed on once the queue has it, and the queue keeps it until
// it is put. So an item may come twice, or after a newer one, which does no harm (see store.Putting).
package refresh

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"runtime/debug"
	"sync"
	"time"

	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/source"
)

// Sources keeps sources and what they list; package store does. SaveSource is a fact.Conflict when somebody else changed the
// source since it was read.
type Sources interface {
	Sources(context.Context) ([]source.Entry, error)
	SaveSource(context.Context, source.Entry, *source.Watch) (source.Entry, error)
	Watch(ctx context.Context, id string) (source.Watch, error)
	Refreshed(context.Context, source.Run) error
}

// Queue takes messages on. What it took without an error is not lost.
type Queue interface {
	Send(context.Context, Message) error
}

// Job looks at the sources that are due.
type Job struct {
	Sources Sources
	Reader  Reader
	Queue   Queue
	Log     *slog.Logger
	Now     func() time.Time // the time of day; nil: time.Now
	Jitter  func() float64   // 0 to 1; nil: at random
}

// Report is what a look at the sources came to.
type Report struct {
	Sources   int `json:"sources"`   // there are
	Due       int `json:"due"`       // of them, that were looked at
	Failed    int `json:"failed"`    // of those, that could not be read
	Failing   int `json:"failing"`   // of all, that could not be read source.Failing times in a row
	Sent      int `json:"sent"`      // articles passed on, new and changed
	Retracted int `json:"retracted"` // articles passed on as taken back
	Unread    int `json:"unread"`    // articles that could not be read
}

const (
	lookers = 8                // sources that are looked at at once; hosts are asked one thing at a time in any case
	reserve = 30 * time.Second // before the context's deadline no more is begun: what is under way has to be kept
)

// Run looks once at every source that is due. What is wrong with a source is logged in one line, noted in its state, and does
// not keep the others from being looked at. The error is one of the store or the queue.
func (j *Job) Run(ctx context.Context) (Report, error) {
	all, err := j.Sources.Sources(ctx)
	if err != nil {
		return Report{}, err
	}
	begun := j.now()
	r := Report{Sources: len(all)}
	var mu sync.Mutex
	var faults []error
	var wg sync.WaitGroup
	places := make(chan struct{}, lookers)
	for i := range all {
		if all[i].Due.After(begun) {
			continue
		}
		r.Due++
		places <- struct{}{}
		wg.Go(func() {
			defer func() { <-places }()
			l := &look{Job: j, entry: all[i]}
			err := l.run(ctx)
			mu.Lock()
			defer mu.Unlock()
			all[i] = l.entry
			r.add(l.report)
			if err != nil {
				faults = append(faults, fmt.Errorf("source %s: %w", l.entry.ID, err))
			}
		})
	}
	wg.Wait()
	for _, e := range all {
		if e.Failures >= source.Failing {
			r.Failing++
		}
	}
	if len(faults) == 0 && ctx.Err() == nil {
		faults = append(faults, j.Sources.Refreshed(ctx, source.Run{At: j.now(), Sources: r.Sources, Failing: r.Failing}))
	}
	return r, errors.Join(append(faults, ctx.Err())...)
}

// Figures are the metrics of a run. Refreshed is 1 when all that was due was looked at: an alarm wants that often.
func (r Report) Figures(err error) map[string]float64 {
	refreshed := 1.0
	if err != nil {
		refreshed = 0
	}
	return map[string]float64{"Refreshed": refreshed, "SourcesFailing": float64(r.Failing), "ArticlesSent": float64(r.Sent),
		"ArticlesRetracted": float64(r.Retracted), "ArticlesUnread": float64(r.Unread)}
}

func (r *Report) add(other Report) {
	r.Failed += other.Failed
	r.Sent += other.Sent
	r.Retracted += other.Retracted
	r.Unread += other.Unread
}

func (j *Job) now() time.Time {
	if j.Now == nil {
		return time.Now()
	}
	return j.Now()
}

func (j *Job) jitter() float64 {
	if j.Jitter == nil {
		return rand.Float64()
	}
	return j.Jitter()
}

// look is one look at one source.
type look struct {
	*Job
	entry  source.Entry
	watch  source.Watch
	report Report
}

// run claims the source, looks, and keeps what came of it. A source that somebody else has claimed is left to them.
func (l *look) run(ctx context.Context) error {
	claimed := l.entry
	claimed.State = claimed.Claimed(l.now())
	claimed, err := l.Sources.SaveSource(ctx, claimed, nil)
	if conflict(err) {
		return nil
	}
	if err != nil {
		return err
	}
	l.entry = claimed
	if l.watch, err = l.Sources.Watch(ctx, l.entry.ID); err != nil {
		return err
	}
	state, err := l.guarded(ctx)
	var unread *fetch.Error
	var why *unusable
	switch {
	case err == nil:
		l.entry.State = state
	case ctx.Err() != nil, !errors.As(err, &unread) && !errors.As(err, &why):
		l.entry.Due = l.now() // the end of time, or the queue: no fault of the source
		l.entry.ETag, l.entry.LastModified = "", ""
	case unread != nil:
		l.fail(err, unread.After)
		err = nil
	default:
		l.fail(err, 0)
		err = nil
	}
	l.watch.Prune(l.now())
	// The context may have ended; what was passed on is worth a moment more.
	keeping, cancel := context.WithTimeout(context.WithoutCancel(ctx), reserve/3)
	defer cancel()
	saved, saveErr := l.Sources.SaveSource(keeping, l.entry, &l.watch)
	if conflict(saveErr) { // it was removed, or the look took longer than the lease
		saved, saveErr = l.entry, nil
	}
	l.entry = saved
	return errors.Join(err, saveErr)
}

// guarded looks, and takes a panic over what a source sent for a fault of that source.
func (l *look) guarded(ctx context.Context) (state source.State, err error) {
	defer func() {
		if v := recover(); v != nil {
			l.Log.ErrorContext(ctx, "panic", "source", l.entry.ID, "panic", fmt.Sprint(v), "stack", string(debug.Stack()))
			err = &unusable{fmt.Errorf("reading it panicked: %v", v)}
		}
	}()
	return l.source(ctx)
}

func (l *look) fail(err error, after time.Duration) {
	l.report.Failed++
	l.entry.State = l.entry.Failed(l.now(), err.Error(), after, l.jitter())
	l.Log.Warn("source failed", "source", l.entry.ID, "url", l.entry.URL, "error", err.Error(), "failures", l.entry.Failures,
		"due", l.entry.Due.UTC().Format(time.RFC3339))
}

func conflict(err error) bool {
	var e *fact.Error
	return errors.As(err, &e) && e.Code == fact.Conflict
}

// unusable is an answer that is no list, or no article.
type unusable struct{ err error }

func (u *unusable) Error() string { return u.err.Error() }
func (u *unusable) Unwrap() error { return u.err }
