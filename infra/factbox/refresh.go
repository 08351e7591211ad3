package main

import (
	"context"
	"log/slog"
	"time"

	"factbox/shared/refresh"
)

// newJob makes what looks at the sources of a stack, and puts what it finds before it goes on: a queue is not needed where both
// are one process.
func newJob(s stack, reader refresh.Reader, log *slog.Logger) *refresh.Job {
	return &refresh.Job{Sources: s.store, Reader: reader, Log: log, Queue: &refresh.Consumer{Documents: s.store, Reader: reader, Log: log}}
}

// every looks at the sources that are due, again and again until the context ends.
func every(ctx context.Context, pause time.Duration, job *refresh.Job) {
	ticker := time.NewTicker(pause)
	defer ticker.Stop()
	for ctx.Err() == nil {
		if _, err := job.Run(ctx); err != nil && ctx.Err() == nil {
			job.Log.Error("refresh failed", "error", err.Error())
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
}
