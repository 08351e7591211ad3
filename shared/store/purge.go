package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func purged(id string) error {
	return fact.Errorf(fact.Conflict, "Document %q was purged: it cannot be put again under this id.", id)
}

// Purge erases a document for good: its text, its versions, its facts with their reviews and histories, and all that was
// made of them, in the past as well. What stays is its id, in the changes and where its head was: each of its changes says
// only that it was purged, so that their numbers have no gap, and no scheduled job brings it back. After an error, the same
// Purge again finishes it. NotFound if there is no such document.
func (s *Store) Purge(ctx context.Context, document string, at time.Time) error {
	err := retry(ctx, func() error { return s.commitPurge(ctx, document, at) })
	if err == nil {
		err = s.project(ctx, document)
	}
	if err == nil {
		err = retry(ctx, func() error { return s.erase(ctx, document) })
	}
	return failed(err, "store.Purge(%q)", document)
}

func (s *Store) commitPurge(ctx context.Context, document string, at time.Time) error {
	head, known, err := s.head(ctx, document)
	switch {
	case err != nil:
		return err
	case !known:
		return unknownDocument(document)
	case head.Action == purge:
		return nil
	}
	_, err = s.commit(ctx, head, head.next(purge, recordedAt(at)), anyChange)
	return err
}

// erase deletes what the lists do not show. First goes what only the versions know of, then the head tells nothing any more,
// and at last the versions go: cut off, it can begin again.
func (s *Store) erase(ctx context.Context, document string) error {
	head, _, err := s.head(ctx, document)
	if err != nil {
		return err
	}
	guard, err := s.guard(head)
	if err != nil {
		return err
	}
	if head.Story != "" {
		actions, err := s.traces(ctx, head)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(actions, s.actions) {
			if err := s.transact(ctx, append(some, guard)); err != nil {
				return err
			}
		}
		a, err := putAction(s.tables.Documents, tombstone(head, documentKey(document), headSort), still("revision", int64(head.Revision)))
		if err != nil {
			return err
		}
		if err := s.transact(ctx, []types.TransactWriteItem{a}); err != nil {
			return err
		}
	}
	var writes []write
	for _, prefix := range []string{"B#", "V#", "GONE"} {
		rows, err := all[row](ctx, s, stretch{s.tables.Documents, documentKey(document), prefix, prefix + above})
		if err != nil {
			return err
		}
		for _, r := range rows {
			writes = append(writes, write{key{s.tables.Documents, documentKey(document), r.SK}, nil})
		}
	}
	return s.writeWith(ctx, guard, writes)
}

// tombstone is what stays of an entry.
func tombstone(e entry, pk, sk string) entry {
	return entry{PK: pk, SK: sk, Document: e.Document, Revision: e.Revision, Seq: e.Seq, Action: purge, RecordedAt: e.RecordedAt}
}

// traces gives the actions that delete a document's facts and what the logs of stories say of it, and that make its changes say
// only that it was purged.
func (s *Store) traces(ctx context.Context, head entry) ([]types.TransactWriteItem, error) {
	log, err := all[entry](ctx, s, stretch{s.tables.Documents, documentKey(head.Document), versionSort(0), versionSort(head.Revision)})
	if err != nil {
		return nil, err
	}
	var actions []types.TransactWriteItem
	facts, gone := make(map[string]bool), make(map[key]bool)
	stories := make(map[string]bool)
	for _, e := range log {
		now, err := s.state(ctx, e)
		if err != nil {
			return nil, fmt.Errorf("revision %d: %w", e.Revision, err)
		}
		for _, f := range now.Facts {
			facts[f.ID] = true
		}
		stories[e.Story] = true
		for _, story := range []string{e.Story, e.From} {
			gone[key{s.tables.Documents, storyKey(story), seqSort(e.Seq)}] = story != ""
		}
		a, err := putAction(s.tables.Documents, tombstone(e, changesKey(e.Seq), seqSort(e.Seq)), nil)
		if err != nil {
			return nil, err
		}
		actions = append(actions, a)
	}
	for id := range facts {
		rows, err := all[row](ctx, s, revisionsOf(s.tables, id))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			gone[key{s.tables.Facts, factKey(id), r.SK}] = true
		}
	}
	for story := range stories { // it only counts its writes, but it has the document's name
		gone[key{s.tables.Facts, storyKey(story), blockSort + string(documentBlock) + "#" + head.Document}] = true
	}
	for _, k := range slices.SortedFunc(maps.Keys(gone), compareKeys) {
		if gone[k] {
			a, err := write{k, nil}.action()
			if err != nil {
				return nil, err
			}
			actions = append(actions, a)
		}
	}
	return actions, nil
}
