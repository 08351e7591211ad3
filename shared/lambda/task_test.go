package lambda

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"factbox/shared/capacity"
)

// logged reads the lines of a log.
func logged(t *testing.T, log *bytes.Buffer) (lines []map[string]any) {
	t.Helper()
	for text := range strings.Lines(log.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	return lines
}

// kept lists the metrics that CloudWatch takes out of a line by their dimensions, and fails where one has no value.
func kept(t *testing.T, line map[string]any) map[string][]string {
	t.Helper()
	text, err := json.Marshal(line["_aws"])
	if err != nil {
		t.Fatal(err)
	}
	var directive metricDirective
	if err := json.Unmarshal(text, &directive); err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, set := range directive.CloudWatchMetrics {
		for _, d := range set.Dimensions {
			for _, m := range set.Metrics {
				if _, number := line[m.Name].(float64); !number {
					t.Errorf("%s has no value in %v", m.Name, line)
				}
				found[strings.Join(d, "+")] = append(found[strings.Join(d, "+")], m.Name)
			}
		}
	}
	return found
}

func TestTask(t *testing.T) {
	var log bytes.Buffer
	var fault error
	run := Task(func(ctx context.Context) (map[string]int, []Figure, error) {
		capacity.Add(ctx, capacity.Units{Read: 2, Write: 3})
		return map[string]int{"sent": 4}, []Figure{{"Refreshed", 1}}, fault
	}, slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelError})))
	for _, fault = range []error{nil, errors.New("the store is away")} {
		answer, err := run(t.Context(), json.RawMessage(`{"source":"aws.events"}`))
		if err != fault || answer["sent"] != 4 {
			t.Errorf("%v, %v", answer, err)
		}
	}
	lines := logged(t, &log)
	if len(lines) != 2 {
		t.Fatalf("%d lines: %v", len(lines), lines)
	}
	well, ill := lines[0], lines[1]
	if well["level"] != "INFO" || well["Errors"] != 0.0 || well["ReadUnits"] != 2.0 || well["WriteUnits"] != 3.0 || well["Refreshed"] != 1.0 || well["ColdStart"] != 1.0 ||
		well["answer"].(map[string]any)["sent"] != 4.0 || well["Route"] != "schedule" {
		t.Errorf("%v", well)
	}
	if ill["level"] != "ERROR" || ill["Errors"] != 1.0 || ill["error"] != "the store is away" || ill["ColdStart"] != 0.0 {
		t.Errorf("%v", ill)
	}
	if m := kept(t, well); !slices.Contains(m["Function"], "Refreshed") || !slices.Contains(m["Function"], "Errors") || slices.Contains(m["Function+Route"], "Refreshed") {
		t.Errorf("%v", m)
	}
}

func TestBatch(t *testing.T) {
	var log bytes.Buffer
	var handled []string
	f := Batch(func(_ context.Context, body string) error {
		switch handled = append(handled, body); body {
		case "bad":
			return errors.New("the store is away")
		case "panic":
			panic("over it")
		}
		return nil
	}, slog.New(slog.NewJSONHandler(&log, nil)))
	event := events.SQSEvent{Records: []events.SQSMessage{{MessageId: "1", Body: "good"}, {MessageId: "2", Body: "bad"}, {MessageId: "3", Body: "panic"}, {MessageId: "4", Body: "good"}}}
	ids := func(r events.SQSEventResponse) (all []string) {
		for _, failure := range r.BatchItemFailures {
			all = append(all, failure.ItemIdentifier)
		}
		return all
	}
	answer, err := f(t.Context(), event)
	if err != nil || !slices.Equal(ids(answer), []string{"2", "3"}) || len(handled) != 4 {
		t.Errorf("%v, %v, handled %q", ids(answer), err, handled)
	}
	lines := logged(t, &log)
	if len(lines) != 3 || lines[0]["message_id"] != "2" || lines[0]["error"] != "the store is away" || !strings.Contains(lines[1]["error"].(string), "panic: over it") {
		t.Fatalf("%v", lines)
	}
	if all := lines[2]; all["Messages"] != 4.0 || all["MessagesFailed"] != 2.0 || all["Errors"] != 1.0 || !slices.Contains(kept(t, all)["Function"], "MessagesFailed") {
		t.Errorf("%v", all)
	}

	handled = nil
	short, cancel := context.WithTimeout(t.Context(), reserve-time.Second)
	defer cancel()
	if answer, err := f(short, event); err != nil || len(handled) != 0 || len(ids(answer)) != 4 {
		t.Errorf("without time %q are handled, %v are to come again, %v", handled, ids(answer), err)
	}
	if answer, err := f(t.Context(), events.SQSEvent{}); err != nil || answer.BatchItemFailures == nil {
		t.Errorf("%+v, %v: Lambda takes a null for a failure of all", answer, err)
	}
}
