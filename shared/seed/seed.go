// Package seed is the data that a new Factbox starts with: the facts of five news documents about one story, with their
// citations and where in the documents the words stand, and no wording of theirs. The labels of events and victims are our own.
// The documents' URLs are not known.
//
// documents.json and facts.jsonl are made by "factbox seed --export" and then judged, fact by fact, against the documents.
package seed

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"

	"factbox/shared/fact"
)

//go:embed documents.json
var documentsFile []byte

//go:embed facts.jsonl
var factsFile []byte

// Set is a document with its facts.
type Set struct {
	Document fact.Document
	Facts    []fact.Fact
}

// Load gives the seed set, in the order of the manifest.
func Load() ([]Set, error) {
	return Decode(documentsFile, factsFile)
}

// Decode reads a seed set: documents is a JSON array of fact.Document, facts has a fact a line. The version of a document
// covers its facts, so that a corrected seed set supersedes the one before.
func Decode(documents, facts []byte) ([]Set, error) {
	var docs []fact.Document
	if err := json.Unmarshal(documents, &docs); err != nil {
		return nil, fmt.Errorf("reading the seed documents: %w", err)
	}
	sets := make([]Set, len(docs))
	at := make(map[string]int, len(docs))
	for i, d := range docs {
		sets[i].Document = d
		at[d.Source.Document] = i
	}
	dec := json.NewDecoder(bytes.NewReader(facts))
	for {
		var f fact.Fact
		if err := dec.Decode(&f); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading the seed facts: %w", err)
		}
		i, ok := at[f.Document]
		if !ok {
			return nil, fmt.Errorf("reading the seed facts: fact %s is of %q, which is not among the documents", f.ID, f.Document)
		}
		sets[i].Facts = append(sets[i].Facts, f)
	}
	for i := range sets {
		sealed, err := json.Marshal(sets[i])
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(sealed)
		sets[i].Document.Version = hex.EncodeToString(sum[:])
	}
	return sets, nil
}

// Encode writes a seed set as Decode reads it, without quotes, versions and what is only known once stored.
func Encode(sets []Set) (documents, facts []byte, err error) {
	docs := make([]fact.Document, len(sets))
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	enc.SetEscapeHTML(false)
	for i, s := range sets {
		docs[i] = s.Document
		docs[i].Version = ""
		for _, f := range s.Facts {
			f.Evidence.Quote = nil
			if err := enc.Encode(f); err != nil {
				return nil, nil, err
			}
		}
	}
	documents, err = json.MarshalIndent(docs, "", "  ")
	return append(documents, '\n'), lines.Bytes(), err
}
