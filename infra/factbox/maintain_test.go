package main

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"factbox/shared/api"
)

func TestMaintenance(t *testing.T) {
	flags := engineFlags{Memory: true, Template: "../../template.yaml"}
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	s, err := flags.open(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() })
	p, err := api.Submission{ID: "daily-ferry", Headline: "Ferry sinks", Publisher: "Daily", Published: "2025-05-04", Story: "ferry",
		Body: []byte("A ferry sank off Malta on Saturday. Nine people were killed.\n"), MediaType: "text/plain"}.Prepare(time.Date(2025, 5, 4, 12, 0, 0, 0, time.UTC))
	if err == nil && len(p.Facts) == 0 {
		t.Fatal("the document has no facts: the test shows nothing")
	}
	fewer := p
	fewer.Facts = p.Facts[:len(p.Facts)-1]
	if err == nil {
		_, err = s.store.Put(ctx, fewer)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		want string
		code int
	}{
		{"verify", "1 documents in 1 stories, and at 1 changes: 0 faults.", 0},
		{"reextract --dry-run", "Read 1 documents again: 1 say otherwise.", 0},
		{"reextract", "daily-ferry\nRead 1 documents again: 1 say otherwise.", 0},
		{"reextract", "Read 1 documents again: 0 say otherwise.", 0},
		{"purge daily-ferry", "nothing was erased", 1},
		{"purge --yes daily-ferry", "daily-ferry is erased.", 0},
		{"purge --yes nobody", `There is no document "nobody".`, 1},
		{"verify", "0 documents in 0 stories, and at 3 changes: 0 faults.", 0},
	} {
		cmd := exec.CommandContext(ctx, program, append(strings.Fields(c.args), "--endpoint", s.engine.URL(), "--template", flags.Template)...)
		out, _ := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); code != c.code || !strings.Contains(string(out), c.want) {
			t.Errorf("%s: exit code %d, %q; want %d, %q", c.args, code, out, c.code, c.want)
		}
	}
}
