package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"factbox/shared/fact"
)

// manifest says what is known of documents that lie in files: the form of the seed documents' manifest.json.
type manifest struct {
	Story struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	} `json:"story"`
	Documents []manifestEntry `json:"documents"`
}

type manifestEntry struct {
	ID        string   `json:"id"`
	File      string   `json:"file"` // relative to the folder of documents
	Publisher string   `json:"publisher"`
	Origin    string   `json:"origin"`
	Byline    []string `json:"byline"`
	Headline  string   `json:"headline"`
	Published string   `json:"published"`
	URL       string   `json:"url"`
}

func readManifest(name string) (manifest, error) {
	var m manifest
	data, err := os.ReadFile(name)
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, fmt.Errorf(`%s: a manifest is {"story": {"id", "title"}, "documents": [{"id", "file", "publisher", "headline", "published"}]}: %w`, name, err)
	}
	if len(m.Documents) == 0 {
		return m, fmt.Errorf("%s names no documents", name)
	}
	return m, nil
}

// document gives the metadata of an entry. The document is not sealed.
func (m manifest) document(e manifestEntry, rights fact.Rights) (fact.Document, error) {
	published, err := publicationDay(e.Published)
	if err != nil {
		return fact.Document{}, fmt.Errorf("%s: %w", e.ID, err)
	}
	d := fact.Document{
		Source: fact.Source{Document: e.ID, Headline: e.Headline, Publisher: e.Publisher, Origin: e.Origin, Published: published, URL: e.URL},
		Byline: append([]string{}, e.Byline...), Story: m.Story.ID, StoryTitle: m.Story.Title, Rights: rights, MediaType: mediaType(e.File),
	}
	if d.Origin == "" {
		d.Origin = d.Publisher
	}
	return d, nil
}

// body reads the file of an entry.
func (e manifestEntry) body(folder string) ([]byte, error) {
	return os.ReadFile(filepath.Join(folder, filepath.FromSlash(e.File)))
}
