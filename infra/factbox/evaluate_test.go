package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"factbox/infra/evaluate"
)

// TestEvaluate shows that each kind reads its gold, and that an error names the file.
func TestEvaluate(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("documents/a.txt", "Nine sailors drowned off Malta on Monday, the coast guard said.")
	write("documents/manifest.json", `{"documents":[{"file":"a.txt","published":"2031-05-15"}]}`)
	timex := write("gold/timex.jsonl", `{"id":"a","dct":"2031-05-15","text":"It rained on Monday.","timex":[{"start":13,"end":19,"type":"DATE","value":"2031-05-12"}]}`)
	muc := write("gold/muc.jsonl", `{"id":"a","text":"It rained.","incidents":[]}`)
	plover := write("gold/plover.jsonl", `{"id":"a","root":"AID","source":"Norway","sentence":"Norway pledged tents for Chile."}`)
	verdicts := write("gold/verdicts.jsonl", `{"id":"a","pledge":true,"donors":["NO"]}`)
	facts := write("gold/facts.jsonl", `{"document":"a.txt","kind":"date","date":"2031-05-12","timex":"2031-05-12","expression":"Monday","start":34,"end":40}`)
	ratio := func(r evaluate.Ratio) string { return fmt.Sprintf("%d/%d", r.N, r.Of) }
	write("stories/a.json", `{"id":"a","published":"2031-05-15","text":"Nine sailors drowned off Malta.","facts":[{"kind":"casualty","words":"Nine","effect":"killed","count":{"min":9,"max":9,"modifier":"exact"}}]}`)
	for _, c := range []struct {
		command evaluateCommand
		want    string // the first share or figure, or the error
	}{
		{evaluateCommand{Kind: "timex", Gold: timex}, "strict 1/1"},
		{evaluateCommand{Kind: "casualties", Gold: muc}, "counts 0/0"},
		{evaluateCommand{Kind: "pledges", Gold: plover}, "near roots with a pledge 1/1"},
		{evaluateCommand{Kind: "pledges", Gold: plover, Verdicts: verdicts}, "judged 1/1"},
		{evaluateCommand{Kind: "facts", Gold: facts}, "date found 1/1"},
		{evaluateCommand{Kind: "facts", Gold: filepath.Join(folder, "stories")}, "casualty 1/1"},
		{evaluateCommand{Kind: "facts", Gold: facts, Documents: filepath.Join(folder, "none")}, "facts.jsonl: the documents want a manifest"},
		{evaluateCommand{Kind: "timex", Gold: muc}, "muc.jsonl: line 1: no gold for timex"},
		{evaluateCommand{Kind: "timex", Gold: filepath.Join(folder, "none.jsonl")}, "none.jsonl"},
		{evaluateCommand{Kind: "pledges", Gold: plover, Verdicts: muc}, "muc.jsonl: line 1: no gold for verdicts"},
	} {
		r, err := c.command.report(t.Context())
		got := ""
		switch {
		case err != nil:
			got = err.Error()
		case len(r.Figures) > 0:
			got = r.Figures[0].Name + " " + ratio(r.Figures[0].Recall)
		default:
			got = r.Shares[0].Name + " " + ratio(r.Shares[0].Ratio)
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.command, got, c.want)
		}
	}
}
