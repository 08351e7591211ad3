package evaluate

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGoldRefused shows that gold which cannot be scored is named by its line.
func TestGoldRefused(t *testing.T) {
	kinds := map[string]func(io.Reader) error{
		"timex":      func(r io.Reader) error { _, err := Timex(r); return err },
		"casualties": func(r io.Reader) error { _, err := Casualties(r); return err },
		"pledges":    func(r io.Reader) error { _, err := Pledges(r, nil); return err },
		"verdicts":   func(r io.Reader) error { _, err := ReadVerdicts(r); return err },
		"facts":      func(r io.Reader) error { _, err := Facts(r, t.TempDir()); return err },
	}
	timex := `{"id":"a","dct":"2031-05-15","text":"On Monday it rained.","timex":[]}` + "\n"
	muc := `{"id":"a","text":"It rained.","incidents":[]}`
	for _, c := range []struct{ kind, gold, wrong string }{
		{"timex", "", "empty"},
		{"timex", timex + "\nnot json", "line 3: no gold"},
		{"timex", timex + `{"id":"b","dct":"2031-05-15","text":"x"}`, `line 2: no gold for timex: a document with time expressions has`},
		{"timex", muc, `it looks like gold for casualties`},
		{"timex", `{"id":"b","dct":"May 15","text":"x","timex":[]}`, "line 1: no gold for timex: dct"},
		{"timex", `{"id":"b","dct":"2031-05-15","text":"x","timex":[{"start":0,"end":2,"type":"DATE"}]}`, "outside of the text"},
		{"timex", `{"id":"b","dct":"2031-05-15","text":"x","timex":[{"start":"0"}]}`, "line 1: no gold"},
		{"casualties", timex, "it looks like gold for timex"},
		{"casualties", muc + "\n{}", `line 2: no gold for casualties: a report with answer keys has`},
		{"pledges", muc, "it looks like gold for casualties"},
		{"pledges", `{"id":"a","root":"AID"}`, `line 1: no gold for pledges: a sentence coded by PLOVER has`},
		{"verdicts", `{"id":"a"}`, `line 1: no gold for verdicts: a verdict has`},
		{"facts", timex, "it looks like gold for timex"},
		{"facts", `{"document":"a.txt","kind":"flood","start":0,"end":4}`, `not "flood"`},
		{"facts", `{"document":"a.txt","kind":"casualty","start":0,"end":4}`, "the gold of a casualty"},
		{"facts", `{"document":"a.txt","kind":"date","start":0,"end":4}`, "the gold of a date"},
		{"facts", `{"document":"a.txt","kind":"pledge","start":0,"end":4}`, "the gold of a pledge"},
		{"facts", `{"document":"a.txt","kind":"trap","start":4,"end":4}`, "the gold of a fact"},
		{"facts", `{"document":"a.txt","kind":"trap","start":0,"end":4}`, "want a manifest"},
	} {
		if err := kinds[c.kind](strings.NewReader(c.gold)); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s %s: %v, want %q", c.kind, c.gold, err, c.wrong)
		}
	}
}

func TestManifestRefused(t *testing.T) {
	gold := `{"document":"a.txt","kind":"trap","start":0,"end":4}`
	for _, c := range []struct{ manifest, wrong string }{
		{"no manifest", "manifest.json"},
		{`{"documents":[{"file":"a.txt","published":"May"}]}`, "a.txt: published"},
		{`{"documents":[{"file":"b.txt","published":"2031-05-15"}]}`, "does not have the document a.txt"},
		{`{"documents":[{"file":"a.txt","published":"2031-05-15"}]}`, "reading a document"},
	} {
		folder := t.TempDir()
		if err := os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(c.manifest), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Facts(strings.NewReader(gold), folder); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.manifest, err, c.wrong)
		}
	}
}
