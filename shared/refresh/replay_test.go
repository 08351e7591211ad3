package refresh

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"factbox/shared/lambda"
	"factbox/shared/store"
)

// TestEvents replays the events of events/ that are no requests through what their functions are made of.
func TestEvents(t *testing.T) {
	read := func(name string, into any) []byte {
		raw, err := os.ReadFile(filepath.Join("../../events", name+".json"))
		if err == nil {
			err = json.Unmarshal(raw, into)
		}
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	var log bytes.Buffer
	quiet := slog.New(slog.NewTextHandler(&log, nil))
	var did []string
	c := &Consumer{Log: quiet, Now: func() time.Time { return noon.Add(2 * time.Hour) }, Documents: documents{
		put:     func(p store.Putting) error { did = append(did, "put "+p.Document.Source.Document); return nil },
		retract: func(d string, _ time.Time) error { did = append(did, "retract "+d); return nil },
	}}
	ingest := lambda.Batch(c.Consume, quiet)
	for _, e := range []struct {
		event  string
		did    []string
		failed []string
	}{
		{"ingest-batch", []string{"put events-bus", "put events-bus"}, nil},
		{"ingest-malformed", []string{"retract events-bus"}, []string{"059f36b4-87a3-44ab-83d2-661975576004"}},
		{"ingest-retraction", []string{"retract events-bus"}, nil},
	} {
		var event events.SQSEvent
		read(e.event, &event)
		did = nil
		answer, err := ingest(t.Context(), event)
		var failed []string
		for _, f := range answer.BatchItemFailures {
			failed = append(failed, f.ItemIdentifier)
		}
		if err != nil || !slices.Equal(did, e.did) || !slices.Equal(failed, e.failed) {
			t.Errorf("%s: did %q, failed %q, %v: %s", e.event, did, failed, err, log.String())
		}
	}

	b := newBench(t)
	look := lambda.Task(func(ctx context.Context) (Report, []lambda.Figure, error) {
		r, err := b.Job.Run(ctx)
		return r, nil, err
	}, quiet)
	var event events.EventBridgeEvent
	if r, err := look(t.Context(), read("refresh-schedule", &event)); err != nil || r != (Report{}) || event.Source != "aws.events" || b.shelf.run.At.IsZero() {
		t.Errorf("%+v, %v, %+v", r, err, event)
	}
	replayed := []string{"ingest-batch", "ingest-malformed", "ingest-retraction", "refresh-schedule"}
	for _, function := range []string{"ingest", "refresh"} {
		files, err := filepath.Glob("../../events/" + function + "-*.json")
		if err != nil || len(files) == 0 {
			t.Errorf("no events of %s: %v", function, err)
		}
		for _, f := range files {
			if !slices.Contains(replayed, strings.TrimSuffix(filepath.Base(f), ".json")) {
				t.Errorf("%s is not replayed", f)
			}
		}
	}
}
