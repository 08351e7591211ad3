package lambda

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"factbox/shared/capacity"
)

// requestLines runs h on the events of one process at a level of logging, and gives the lines that it logged.
func requestLines(t *testing.T, level slog.Level, h http.HandlerFunc, files ...string) []map[string]any {
	t.Helper()
	var log bytes.Buffer
	f := Handler(h, slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: level})))
	for _, file := range files {
		if _, err := f(t.Context(), load(t, file)); err != nil {
			t.Fatal(err)
		}
	}
	var lines []map[string]any
	for dec := json.NewDecoder(&log); ; {
		var line map[string]any
		if err := dec.Decode(&line); err == io.EOF {
			return lines
		} else if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
}

func TestMetrics(t *testing.T) {
	lambdacontext.FunctionName = "factbox-dev-casualties"
	defer func() { lambdacontext.FunctionName = "" }()
	lines := requestLines(t, slog.LevelError, func(w http.ResponseWriter, r *http.Request) {
		capacity.Add(r.Context(), capacity.Units{Read: 1.5})
		capacity.Add(r.Context(), capacity.Units{Read: 2, Write: 14})
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}, "get.json", "signed-put.json")
	if len(lines) != 2 {
		t.Fatalf("%d lines of two requests, at a level above theirs", len(lines))
	}
	for i, want := range []map[string]any{
		{"Function": "factbox-dev-casualties", "Errors": 0.0, "ReadUnits": 3.5, "WriteUnits": 14.0, "ColdStart": 1.0},
		{"Function": "factbox-dev-casualties", "Route": "POST /v1/documents", "Errors": 1.0, "ReadUnits": 3.5, "WriteUnits": 14.0, "ColdStart": 0.0},
	} {
		for name, v := range want {
			if lines[i][name] != v {
				t.Errorf("request %d: %s is %v, want %v", i, name, lines[i][name], v)
			}
		}
	}
}

func TestErrors(t *testing.T) {
	for status, want := range map[int]float64{200: 0, 404: 0, 500: 1, 501: 0, 503: 1} {
		lines := requestLines(t, slog.LevelInfo, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }, "get.json")
		if got := lines[0]["Errors"]; got != want {
			t.Errorf("an answer of %d counts as %v errors, want %v", status, got, want)
		}
	}
}

// The line is in the embedded metric format: all that the directive names is there, metrics as numbers and dimensions as
// text, under the format's limits.
func TestMetricFormat(t *testing.T) {
	for _, line := range requestLines(t, slog.LevelInfo, func(http.ResponseWriter, *http.Request) {}, "get.json", "signed-put.json") {
		raw, err := json.Marshal(line["_aws"])
		if err != nil {
			t.Fatal(err)
		}
		var directive metricDirective
		strict := json.NewDecoder(bytes.NewReader(raw))
		strict.DisallowUnknownFields()
		if err := strict.Decode(&directive); err != nil {
			t.Fatalf("%v: %s", err, raw)
		}
		if directive.Timestamp < 1e12 || len(directive.CloudWatchMetrics) == 0 {
			t.Errorf("directive %s", raw)
		}
		for _, set := range directive.CloudWatchMetrics {
			if set.Namespace != "Factbox" || len(set.Metrics) == 0 || len(set.Dimensions) == 0 {
				t.Errorf("set %+v", set)
			}
			for _, m := range set.Metrics {
				if _, ok := line[m.Name].(float64); !ok || m.Unit != "Milliseconds" && m.Unit != "Count" {
					t.Errorf("%s is %v %s", m.Name, line[m.Name], m.Unit)
				}
			}
			for _, dimensions := range set.Dimensions {
				for _, d := range dimensions {
					if v, ok := line[d].(string); !ok || v == "" || len(dimensions) > 30 {
						t.Errorf("dimension %s is %v", d, line[d])
					}
				}
			}
		}
	}
}
