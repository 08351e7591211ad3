package main

import (
	"os"
	"path/filepath"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/seed"
)

// originals are the documents that the seed set is of; they are not part of the project.
const originals = "../../../shared/documents"

func TestSeedMatchesOriginals(t *testing.T) {
	if _, err := os.Stat(originals); err != nil {
		t.Skip("the original documents are not here")
	}
	kept, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	fresh, bodies, err := fromOriginals(originals, filepath.Join(originals, "manifest.json"), fact.RightsFull)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range seed.Compare(kept, fresh) {
		t.Error(d)
	}
	for _, s := range fresh {
		for _, f := range s.Facts {
			if e := f.Evidence; e.Quote == nil || string(bodies[f.Document][e.Start:e.End]) != *e.Quote {
				t.Errorf("%s: the quote of %s is not what stands at %d to %d", f.Document, f.ID, e.Start, e.End)
			}
		}
	}
}

func TestManifestRefuses(t *testing.T) {
	for _, text := range []string{`[`, `{}`, `{"documents": []}`} {
		name := filepath.Join(t.TempDir(), "manifest.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readManifest(name); err == nil {
			t.Errorf("%s was read", text)
		}
	}
	if _, err := (manifest{}).document(manifestEntry{ID: "x", Published: "2031-02-30"}, fact.RightsNone); err == nil {
		t.Error("a document of 30 February was read")
	}
}
