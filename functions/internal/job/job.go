// Package job starts the Lambda functions that keep documents fresh. It stands apart from boot so that the functions that read
// do not link what it needs.
package job

import (
	"context"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"factbox/functions/internal/boot"
	"factbox/shared/fetch"
	ours "factbox/shared/lambda"
	"factbox/shared/refresh"
	"factbox/shared/s3"
	"factbox/shared/sqs"
)

// Refresh starts the function that looks at sources and sends what it finds to a queue, named by its URL. It does not return.
func Refresh(s boot.Settings, queue string) {
	p := boot.Open(s)
	if queue == "" {
		p.Log.Error("cannot start", "error", "QUEUE_URL names the queue: set it")
		os.Exit(1)
	}
	j := &refresh.Job{Sources: p.Store, Reader: reader(p), Queue: sqs.Open(p.Config, queue), Log: p.Log}
	lambda.Start(ours.Task(func(ctx context.Context) (refresh.Report, []ours.Figure, error) {
		r, err := j.Run(ctx)
		return r, figures(r.Figures(err)), err
	}, p.Log))
}

// Ingest starts the function that puts what a queue carries. It does not return.
func Ingest(s boot.Settings) {
	p := boot.Open(s)
	c := &refresh.Consumer{Documents: p.Store, Reader: reader(p), Log: p.Log}
	lambda.Start(ours.Batch(c.Consume, p.Log))
}

func figures(values map[string]float64) (all []ours.Figure) {
	for name, value := range values {
		all = append(all, ours.Figure{Name: name, Value: value})
	}
	return all
}

// timeout is of one request for a page; a function has minutes for all of its sources.
const timeout = 20 * time.Second

func reader(p boot.Parts) refresh.Reader {
	return refresh.Reader{Web: fetch.New(fetch.Options{Timeout: timeout}), Objects: s3.Open(p.Config)}
}
