package policy

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"factbox/shared/lambda"
	"factbox/shared/refresh"
)

// TestRollback: every function goes back by itself when it crashes or answers 5xx, and both alarms see every function.
func TestRollback(t *testing.T) {
	template := parse(t, transformed(t), map[string]string{"Deployment": "Canary10Percent5Minutes"})
	functions, err := template.Functions()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range functions {
		var alarms struct {
			Enabled bool
			Alarms  []struct{ Name string }
		}
		var rollback struct {
			Enabled bool
			Events  []string
		}
		group := f.ID + "DeploymentGroup"
		if err := template.decode(group, "AlarmConfiguration", &alarms); err != nil {
			t.Fatal(err)
		}
		if err := template.decode(group, "AutoRollbackConfiguration", &rollback); err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, a := range alarms.Alarms {
			names = append(names, a.Name)
		}
		if !alarms.Enabled || !rollback.Enabled || !slices.Equal(names, []string{"CrashAlarm", "FaultAlarm"}) || !slices.Contains(rollback.Events, "DEPLOYMENT_STOP_ON_ALARM") {
			t.Errorf("%s: alarms %+v, rollback %+v", f.ID, alarms, rollback)
		}
	}
	for alarm, dimension := range map[string]string{"CrashAlarm": "FunctionName", "FaultAlarm": "Function"} {
		var metrics []struct {
			MetricStat struct {
				Metric struct {
					Namespace, MetricName string
					Dimensions            []struct{ Name, Value string }
				}
			}
		}
		if err := template.decode(alarm, "Metrics", &metrics); err != nil {
			t.Fatal(err)
		}
		var seen []string
		for _, m := range metrics {
			for _, d := range m.MetricStat.Metric.Dimensions {
				if d.Name == dimension {
					seen = append(seen, d.Value)
				}
			}
			if n := m.MetricStat.Metric.Namespace; n != "" && n != "AWS/Lambda" && n != lambda.Namespace {
				t.Errorf("%s looks at %s, which nobody writes", alarm, n)
			}
		}
		if len(seen) != len(functions) {
			t.Errorf("%s sees %q, want each of %d functions", alarm, seen, len(functions))
		}
		for _, f := range functions {
			if !slices.Contains(seen, f.ID) {
				t.Errorf("%s does not see %s", alarm, f.ID)
			}
		}
	}
}

// TestThrottles: every route has a bound, and one that writes a lower one, in numbers.
func TestThrottles(t *testing.T) {
	template := parse(t, transformed(t), nil)
	type limits struct{ ThrottlingRateLimit, ThrottlingBurstLimit any }
	var usual limits
	var special map[string]limits
	const stage = "HttpApiApiGatewayDefaultStage"
	if err := template.decode(stage, "DefaultRouteSettings", &usual); err != nil {
		t.Fatal(err)
	}
	if err := template.decode(stage, "RouteSettings", &special); err != nil {
		t.Fatal(err)
	}
	if usual.ThrottlingRateLimit != "200" || usual.ThrottlingBurstLimit != "400" {
		t.Errorf("the usual limits are %+v", usual)
	}
	routes, err := template.Routes()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range routes {
		key := r.Method + " " + r.Path
		own, has := special[key]
		rate, number := own.ThrottlingRateLimit.(float64)
		if r.IAM != has || has && (!number || rate >= 200) {
			t.Errorf("%s: limits %+v", key, own)
		}
		delete(special, key)
	}
	if len(special) > 0 {
		t.Errorf("limits of routes that there are not, which API Gateway refuses: %v", special)
	}
}

// TestDashboard: the dashboard is JSON once its names are filled in, names only what it is given, and asks for metrics that
// are written and log groups that there are.
func TestDashboard(t *testing.T) {
	text, err := os.ReadFile("../watch.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var watch struct {
		Parameters map[string]yaml.Node `yaml:"Parameters"`
		Resources  struct {
			Dashboard struct {
				Properties struct {
					Body string `yaml:"DashboardBody"`
				} `yaml:"Properties"`
			} `yaml:"Dashboard"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(text, &watch); err != nil {
		t.Fatal(err)
	}
	body := regexp.MustCompile(`\$\{[^}]*\}`).ReplaceAllStringFunc(watch.Resources.Dashboard.Properties.Body, func(name string) string {
		name = name[2 : len(name)-1]
		if _, given := watch.Parameters[name]; !given && name != "AWS::Region" {
			t.Errorf("the dashboard names %s, which the template is not given", name)
		}
		return name
	})
	var dashboard struct {
		Widgets []struct {
			X, Y, Width, Height int
			Properties          struct {
				Title, Query string
				Metrics      [][]any
			}
		}
	}
	if err := json.Unmarshal([]byte(body), &dashboard); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
	written := []string{"Duration", "Errors", "ReadUnits", "WriteUnits", "ColdStart", "Messages", "MessagesFailed"}
	written = slices.AppendSeq(written, maps.Keys(refresh.Report{}.Figures(nil)))
	taken := map[[2]int]string{}
	queries := 0
	for _, w := range dashboard.Widgets {
		for x := w.X; x < w.X+w.Width; x++ {
			for y := w.Y; y < w.Y+w.Height; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("%q lies on %q, or beside the grid", w.Properties.Title, other)
				}
				taken[[2]int{x, y}] = w.Properties.Title
			}
		}
		for _, m := range w.Properties.Metrics {
			if name, _ := m[1].(string); m[0] == lambda.Namespace && !slices.Contains(written, name) {
				t.Errorf("%q shows %s, which nobody writes", w.Properties.Title, name)
			}
		}
		if w.Properties.Query == "" {
			continue
		}
		queries++
		for _, function := range append(slices.Collect(maps.Keys(handlers)), "refresh", "ingest") {
			if !strings.Contains(w.Properties.Query, "SOURCE '/factbox/Name/"+function+"'") {
				t.Errorf("%q leaves %s out", w.Properties.Title, function)
			}
		}
	}
	if len(dashboard.Widgets) < 10 || queries == 0 {
		t.Errorf("%d widgets, %d of them of logs", len(dashboard.Widgets), queries)
	}
}
