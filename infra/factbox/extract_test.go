package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBatch(t *testing.T) {
	in := strings.Join([]string{
		`{"id":"a","published":"2031-05-15","text":"Nine sailors drowned off Malta on Monday."}`,
		``,
		`{"id":"b","published":"2031-02-30","text":"Four miners died on Tuesday in the old pit near the town."}`,
		`{"id":"c","text":""}`,
		`{"id":"d","published":"2031-05-15T10:30","text":"The bridge over the wide river was opened yesterday by the mayor."}`,
	}, "\n")
	var out bytes.Buffer
	if err := batch(context.Background(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	want := []struct {
		id           string
		facts, timex int
		problem      bool
	}{{"a", 2, 1, false}, {"b", 2, 1, true}, {"c", 0, 0, true}, {"d", 1, 1, false}}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d:\n%s", len(lines), len(want), out.String())
	}
	for i, line := range lines {
		var got batchResult
		if err := json.Unmarshal([]byte(line), &got); err != nil {
			t.Fatal(err)
		}
		if w := want[i]; got.ID != w.id || len(got.Facts) != w.facts || len(got.Timex) != w.timex || (got.Problem != "") != w.problem {
			t.Errorf("%+v, want %+v", got, w)
		}
	}
}

func TestBatchRefuses(t *testing.T) {
	var out bytes.Buffer
	in := `{"id":"a","published":"2031-05-15","text":"Nine sailors drowned."}` + "\nnot json\n"
	err := batch(context.Background(), strings.NewReader(in), &out)
	if err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("%v, want line 2 named", err)
	}
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("the line before it is lost: %q", out.String())
	}
}

func TestExtractRefuses(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	prose := "Nine sailors drowned when their boat sank off the coast of Malta on Monday."
	for _, c := range []struct {
		name    string
		command extractCommand
		wrong   string
	}{
		{"no file", extractCommand{}, "name the files"},
		{"batch and file", extractCommand{Batch: true, Files: []string{"x"}}, "--batch"},
		{"no day", extractCommand{Files: []string{write("a.txt", prose)}}, "--published"},
		{"impossible day", extractCommand{Files: []string{write("b.txt", prose)}, Published: "2031-02-30"}, "no such day"},
		{"empty", extractCommand{Files: []string{write("c.txt", "")}, Published: "2031-05-15"}, "empty"},
		{"not there", extractCommand{Files: []string{filepath.Join(dir, "none.txt")}, Published: "2031-05-15"}, "none.txt"},
	} {
		if err := c.command.Run(context.Background()); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.name, err, c.wrong)
		}
	}
}
