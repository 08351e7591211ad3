package main

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"factbox/infra/local"
	"factbox/shared/api"
)

// TestTemplateRoutes holds the routes of template.yaml against those that the code serves.
func TestTemplateRoutes(t *testing.T) {
	template, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	deployed, err := local.Routes(template)
	if err != nil {
		t.Fatal(err)
	}
	var have, want []string
	for _, r := range deployed {
		if r.Path != "$default" && r.Method != "" {
			have = append(have, fmt.Sprintf("%s %s by %s, IAM %v", r.Method, r.Path, r.Function, r.IAM))
		}
	}
	want = append(want, "ANY "+api.MCPPath+" by chat, IAM false")
	for _, r := range api.Routes() {
		if r.Function == "widgets" {
			r.Method = "ANY" // so that HEAD is answered by who can draw
		}
		want = append(want, fmt.Sprintf("%s %s by %s, IAM %v", r.Method, r.Path, r.Function, r.Write))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("template.yaml has\n%q\nthe code has\n%q", have, want)
	}
}
