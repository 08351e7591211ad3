package store

import (
	"cmp"
	"context"
	"fmt"

	"factbox/shared/cluster"
)

// mentionPrefix begins the sort keys, in a story's partition, of what its documents are about.
const (
	mentionPrefix = "M#"
	digestSort    = "DIGEST"
)

func mentionKey(term string) string { return mentionPrefix + term }

// mentionSort puts documents in the order of their publication, those without a day first.
func mentionSort(d cluster.Digest) string { return cmp.Or(d.Day, shelfUndated) + "#" + d.Document }

// addMentions adds the rows by which the like of a document find it: one in its story, and one for each of its keys.
func addMentions(tables Tables, e entry, rows map[key]row) error {
	if len(e.Mentions) == 0 {
		return nil
	}
	var d cluster.Digest
	if err := unpack(e.Mentions, &d); err != nil {
		return fmt.Errorf("read what revision %d of %q is about: %w", e.Revision, e.Document, err)
	}
	rows[key{tables.Facts, storyKey(e.Story), mentionPrefix + mentionSort(d)}] = row{Body: e.Mentions}
	for _, term := range d.Keys() {
		rows[key{tables.Documents, mentionKey(term), mentionSort(d)}] = row{Story: e.Story}
	}
	return nil
}

// rebuildDigest makes the one item that stands for a story when documents are compared with it, from the documents that have
// posted what they are about. Of a long story it reads no more than stands for it. Like a story's summary it is written only if
// nobody else wrote it since it was read, until there is nothing to write.
func (s *Store) rebuildDigest(ctx context.Context, story string) error {
	return s.settleRow(ctx, key{s.tables.Facts, storyKey(story), digestSort}, func() ([]byte, error) {
		made, err := s.makeDigest(ctx, story)
		if err != nil || len(made.Documents) == 0 {
			return nil, err
		}
		return pack(made)
	})
}

// makeDigest reads the documents that stand for a story.
func (s *Store) makeDigest(ctx context.Context, story string) (cluster.Story, error) {
	all := stretch{s.tables.Facts, storyKey(story), mentionPrefix, mentionPrefix + above}
	var documents []cluster.Digest
	for _, q := range []query{
		{stretch: all, limit: cluster.First, consistent: true},
		{stretch: all, limit: cluster.Newest, consistent: true, descending: true},
	} {
		rows, _, err := run[row](ctx, s, q)
		if err != nil {
			return cluster.Story{}, err
		}
		for _, r := range rows {
			var d cluster.Digest
			if err := unpack(r.Body, &d); err != nil {
				return cluster.Story{}, err
			}
			documents = append(documents, d)
		}
	}
	return cluster.NewStory(story, documents), nil
}
