package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"factbox/shared/article"
	"factbox/shared/extract"
	"factbox/shared/fact"
	"factbox/shared/seed"
)

type seedCommand struct {
	engineFlags
	Documents string `placeholder:"DIR" type:"path" help:"Extract from the original documents in this folder, with quotes, and say where the seed set differs."`
	Manifest  string `placeholder:"FILE" type:"path" help:"What is known of the documents. Without it manifest.json in their folder."`
	Export    string `placeholder:"DIR" type:"path" help:"Write the extracted set as documents.json and facts.jsonl into this folder and load nothing. Labels already judged are kept."`
}

// Run loads the seed set, or with --documents what the extractor makes of the originals.
func (c *seedCommand) Run(ctx context.Context) (err error) {
	sets, err := seed.Load()
	if err != nil {
		return err
	}
	var bodies map[string][]byte
	if c.Documents != "" {
		kept := sets
		if sets, bodies, err = fromOriginals(c.Documents, cmp.Or(c.Manifest, filepath.Join(c.Documents, "manifest.json")), c.rights()); err != nil {
			return err
		}
		differences := seed.Compare(kept, sets)
		for _, d := range differences {
			fmt.Fprintln(os.Stderr, d)
		}
		if len(differences) == 0 {
			fmt.Fprintln(os.Stderr, "The seed set and a fresh extraction say the same.")
		}
		seed.Relabel(sets, kept)
	}
	if c.Export != "" {
		if c.Documents == "" {
			return errors.New("--export needs --documents: the seed set is made from the originals")
		}
		return export(c.Export, sets)
	}
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	facts, err := plant(ctx, s.store, sets, bodies, time.Now())
	if err == nil {
		fmt.Printf("Loaded %d facts of %d documents.\n", facts, len(sets))
	}
	return err
}

// rights are those of the set that is made: an export carries no wording.
func (c *seedCommand) rights() fact.Rights {
	if c.Export != "" {
		return fact.RightsNone
	}
	return fact.RightsFull
}

// fromOriginals extracts the facts of the documents that a manifest names.
func fromOriginals(folder, manifestFile string, rights fact.Rights) (sets []seed.Set, bodies map[string][]byte, err error) {
	m, err := readManifest(manifestFile)
	if err != nil {
		return nil, nil, err
	}
	bodies = make(map[string][]byte, len(m.Documents))
	for _, e := range m.Documents {
		body, err := e.body(folder)
		if err != nil {
			return nil, nil, err
		}
		doc, err := m.document(e, rights)
		if err != nil {
			return nil, nil, err
		}
		a, err := article.Read(body, doc.MediaType)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", e.File, err)
		}
		doc.Seal(body)
		facts := extract.Facts(a, doc)
		extract.Redact(facts, rights)
		bodies[e.ID] = body
		sets = append(sets, seed.Set{Document: doc, Facts: facts})
	}
	return sets, bodies, nil
}

func export(folder string, sets []seed.Set) error {
	documents, facts, err := seed.Encode(sets)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "documents.json"), documents, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "facts.jsonl"), facts, 0o644)
}
