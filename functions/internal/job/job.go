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
		return r, Figures(r, err), err
	}, p.Log))
}

// Ingest starts the function that puts what a queue carries. It does not return.
func Ingest(s boot.Settings) {
	p := boot.Open(s)
	c := &refresh.Consumer{Documents: p.Store, Reader: reader(p), Log: p.Log}
	lambda.Start(ours.Batch(Handle(c), p.Log))
}

// Handle does with a consumer what the body of a message says.
func Handle(c *refresh.Consumer) func(context.Context, string) error {
	return func(ctx context.Context, body string) error {
		m, err := refresh.Decode(body)
		if err != nil {
			return err
		}
		return c.Send(ctx, m)
	}
}

// Figures are the metrics of a look at the sources. Refreshed is 1 when all that was due was looked at: an alarm wants it often.
func Figures(r refresh.Report, err error) []ours.Figure {
	refreshed := 1.0
	if err != nil {
		refreshed = 0
	}
	return []ours.Figure{{Name: "Refreshed", Value: refreshed}, {Name: "SourcesFailing", Value: float64(r.Failing)},
		{Name: "ArticlesSent", Value: float64(r.Sent)}, {Name: "ArticlesRetracted", Value: float64(r.Retracted)}, {Name: "ArticlesUnread", Value: float64(r.Unread)}}
}

// timeout is of one request for a page; a function has minutes for all of its sources.
const timeout = 20 * time.Second

func reader(p boot.Parts) refresh.Reader {
	return refresh.Reader{Web: fetch.New(fetch.Options{Timeout: timeout}), Objects: s3.Open(p.Config)}
}
