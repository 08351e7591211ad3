package lambda

import (
	"cmp"
	"log/slog"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"factbox/shared/capacity"
)

// Namespace is where CloudWatch keeps the metrics that the line of each request carries in its embedded metric format, so
// that no call and no permission is needed to report them: Duration (ms, in the handler), Errors (1 for an answer of 500 or
// above but 501, by which oEmbed refuses a format, else 0), ReadUnits and WriteUnits (of DynamoDB, see package capacity) and
// ColdStart (1 for the first request of a process, else 0). They are kept by Function and Route, and by Function alone.
const Namespace = "Factbox"

// outsideLambda stands for the function's name where there is none: the format wants a value.
const outsideLambda = "local"

// measure is what is measured of a request.
type measure struct {
	begun, ended time.Time
	route        string // as the gateway names it; an answer to what has no route is on "$default"
	status       int
	cold         bool
	units        capacity.Units
	failed       bool     // of what has no status
	figures      []metric // further metrics, whose values are members of the line already
}

// metricDirective tells CloudWatch which members of a line are metrics (CloudWatch User Guide, "Embedded metric format
// specification").
type metricDirective struct {
	Timestamp         int64 // milliseconds since 1970
	CloudWatchMetrics []metricSet
}

type metricSet struct {
	Namespace  string
	Dimensions [][]string
	Metrics    []metric
}

type metric struct{ Name, Unit string }

var metricSets = []metricSet{{
	Namespace:  Namespace,
	Dimensions: [][]string{{"Function", "Route"}, {"Function"}},
	Metrics: []metric{{"Duration", "Milliseconds"}, {"Errors", "Count"}, {"ReadUnits", "Count"}, {"WriteUnits", "Count"},
		{"ColdStart", "Count"}},
}}

// sets are the metrics of the line: those that all have, and its own by Function.
func (m measure) sets() []metricSet {
	if len(m.figures) == 0 {
		return metricSets
	}
	return append(metricSets[:1:1], metricSet{Namespace: Namespace, Dimensions: [][]string{{"Function"}}, Metrics: m.figures})
}

// attributes are the members of the log line that metricSets names, and the directive.
func (m measure) attributes() []slog.Attr {
	return []slog.Attr{
		slog.String("Function", cmp.Or(lambdacontext.FunctionName, outsideLambda)),
		slog.String("Route", cmp.Or(m.route, "$default")),
		slog.Float64("Duration", float64(m.ended.Sub(m.begun).Microseconds())/1000),
		slog.Int("Errors", one(m.failed || m.status >= http.StatusInternalServerError && m.status != http.StatusNotImplemented)),
		slog.Float64("ReadUnits", m.units.Read),
		slog.Float64("WriteUnits", m.units.Write),
		slog.Int("ColdStart", one(m.cold)),
		slog.Any("_aws", metricDirective{m.ended.UnixMilli(), m.sets()}),
	}
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}
