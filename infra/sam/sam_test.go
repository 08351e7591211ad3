package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbox/infra/local"
)

// TestReplayed holds what is replayed against events/ and the functions of template.yaml, without SAM.
func TestReplayed(t *testing.T) {
	files, err := filepath.Glob("../../events/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var have, want, folders []string
	for _, f := range files {
		have = append(have, strings.TrimSuffix(filepath.Base(f), ".json"))
	}
	for _, r := range replayed {
		want = append(want, r.event)
	}
	for _, d := range done {
		want = append(want, d.event)
	}
	for _, event := range want {
		folder, _, _ := strings.Cut(event, "-")
		folders = append(folders, folder)
	}
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("events/ has %q, replayed are %q", have, want)
	}
	template, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	routes, err := local.Routes(template)
	if err != nil {
		t.Fatal(err)
	}
	functions := []string{"refresh", "ingest"} // which have no route
	for _, r := range routes {
		functions = append(functions, r.Function)
	}
	for _, f := range functions {
		if !slices.Contains(folders, f) {
			t.Errorf("no event is replayed by %s", f)
		}
	}
}

// TestAwaiting finds the words that say a server is ready however its output is cut.
func TestAwaiting(t *testing.T) {
	for _, c := range []struct {
		pieces []string
		found  bool
	}{
		{[]string{"* Running on http://127.0.0.1:1\n"}, true},
		{[]string{"* Runn", "ing on http", "://127.0.0.1:1\n"}, true},
		{[]string{"* Running", " on ", "h", "t", "tp://"}, true},
		{[]string{"* Running on http://", "* Running on http://"}, true},
		{[]string{"* Running in http://", "nowhere"}, false},
		{nil, false},
	} {
		var out bytes.Buffer
		a := &awaiting{out: &out, words: []byte("Running on http://"), found: make(chan struct{})}
		for _, p := range c.pieces {
			if n, err := a.Write([]byte(p)); n != len(p) || err != nil {
				t.Fatalf("%d of %d bytes: %v", n, len(p), err)
			}
		}
		found := false
		select {
		case <-a.found:
			found = true
		default:
		}
		if found != c.found || out.String() != strings.Join(c.pieces, "") {
			t.Errorf("%q: found %v, passed on %q", c.pieces, found, out.String())
		}
	}
}
