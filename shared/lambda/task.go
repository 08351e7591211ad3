package lambda

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"factbox/shared/capacity"
)

// Figure is a metric of a task, beside those that every function has (see Namespace). CloudWatch keeps it by Function.
type Figure struct {
	Name  string
	Value float64
}

// Task makes a Lambda function of what is done on a schedule, whatever the event says. One line is logged for each run, with its
// figures and what it answers. An error is the invocation's, so that Lambda does it again.
func Task[R any](do func(context.Context) (R, []Figure, error), log *slog.Logger) func(context.Context, json.RawMessage) (R, error) {
	var warm atomic.Bool
	return func(ctx context.Context, _ json.RawMessage) (R, error) {
		m := measure{begun: time.Now(), route: "schedule", cold: !warm.Swap(true)}
		counting, counter := capacity.Count(ctx)
		answer, figures, err := do(counting)
		m.ended, m.units = time.Now(), counter.Units()
		m.line(ctx, log, "run", err, figures, slog.Any("answer", answer))
		return answer, err
	}
}

// reserve is what is left of a function's time when no further message is begun.
const reserve = 10 * time.Second

// Batch makes a Lambda function of what is done with each message of an SQS queue. Messages that fail, and those that there is no
// time for, are reported as failures and come again, or end in the queue's dead-letter queue; the others are done with. One line
// is logged for each batch, and one for each message that fails.
func Batch(handle func(ctx context.Context, body string) error, log *slog.Logger) func(context.Context, events.SQSEvent) (events.SQSEventResponse, error) {
	var warm atomic.Bool
	return func(ctx context.Context, event events.SQSEvent) (events.SQSEventResponse, error) {
		m := measure{begun: time.Now(), route: "queue", cold: !warm.Swap(true)}
		counting, counter := capacity.Count(ctx)
		answer := events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{}}
		var failed error
		for _, record := range event.Records {
			err := errors.New("there was no time for it")
			if deadline, limited := ctx.Deadline(); !limited || time.Until(deadline) > reserve {
				err = contained(counting, handle, record.Body)
			}
			if err != nil {
				failed = errors.New("messages failed")
				answer.BatchItemFailures = append(answer.BatchItemFailures, events.SQSBatchItemFailure{ItemIdentifier: record.MessageId})
				log.ErrorContext(ctx, "message failed", "message_id", record.MessageId, "received", record.Attributes["ApproximateReceiveCount"], "error", err.Error())
			}
		}
		m.ended, m.units = time.Now(), counter.Units()
		m.line(ctx, log, "batch", failed, []Figure{{"Messages", float64(len(event.Records))}, {"MessagesFailed", float64(len(answer.BatchItemFailures))}})
		return answer, nil
	}
}

// contained turns a panic over a message into its error.
func contained(ctx context.Context, handle func(context.Context, string) error, body string) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	return handle(ctx, body)
}

// line logs a run with its metrics, whatever level log begins at.
func (m measure) line(ctx context.Context, log *slog.Logger, message string, err error, figures []Figure, more ...slog.Attr) {
	level := slog.LevelInfo
	var attrs []slog.Attr
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		attrs = append(attrs, slog.String("request_id", lc.AwsRequestID))
	}
	if err != nil {
		level, m.failed = slog.LevelError, true
		attrs = append(attrs, slog.String("error", err.Error()))
	}
	for _, f := range figures {
		m.figures = append(m.figures, metric{f.Name, "Count"})
		attrs = append(attrs, slog.Float64(f.Name, f.Value))
	}
	r := slog.NewRecord(m.ended, level, message, 0)
	r.AddAttrs(append(append(attrs, more...), m.attributes()...)...)
	_ = log.Handler().Handle(ctx, r) // as in Handler
}
