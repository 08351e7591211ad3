package store

import (
	"context"

	"factbox/shared/fact"
)

// Change is an entry of the feed of changes: a version of a document, its withdrawal, the review of a fact of it, or that it
// was purged: then nothing else is known of it.
type Change struct {
	Seq        int64        `json:"seq"` // 1, 2, … over all documents, without a gap
	RecordedAt string       `json:"recorded_at"`
	Action     string       `json:"action"` // put, withdraw, review or purge
	Document   string       `json:"document"`
	Revision   int          `json:"revision"` // of the document: 1, 2, …
	Version    string       `json:"version"`
	Story      string       `json:"story"`
	MovedFrom  *string      `json:"moved_from"` // of a put: the story in which the document was before, if another
	Fact       *string      `json:"fact"`       // of a review: the fact's id
	Review     *fact.Review `json:"review"`     // and what became of the fact
}

// ChangeList is a page of the feed of changes.
type ChangeList struct {
	Items []Change
	Next  int64 // the number to go on after: that of the last entry, or the one asked for where there is none
	More  bool  // whether there are more entries already
}

// changesOfPartition is how many changes a partition of the log holds.
const changesOfPartition = 10000

// Changes lists, consistently and in their order, the changes behind the one with the number since; 0 begins with the
// first. Invalid where there is no such change yet: then whoever asks knows of changes that this store has not.
func (s *Store) Changes(ctx context.Context, since int64, limit int) (ChangeList, error) {
	l, err := s.changes(ctx, since, pageLimit(Page{Limit: limit}))
	return l, failed(err, "store.Changes(%d)", since)
}

// changes reads one item more than asked for, to know whether there is one. A page ends before a number that is missing: the
// next one begins there.
func (s *Store) changes(ctx context.Context, since int64, limit int) (ChangeList, error) {
	l := ChangeList{Items: []Change{}, Next: since}
	for from := since + 1; from <= since+int64(limit)+1; {
		last := min(since+int64(limit)+1, (from/changesOfPartition+1)*changesOfPartition-1)
		entries, err := all[entry](ctx, s, stretch{s.tables.Documents, changesKey(from), seqSort(from), seqSort(last)})
		if err != nil {
			return l, err
		}
		for _, e := range entries {
			if e.Seq != l.Next+1 {
				return l, nil
			}
			if l.More = len(l.Items) == limit; l.More {
				return l, nil
			}
			l.Items = append(l.Items, changeOf(e))
			l.Next = e.Seq
		}
		if int64(len(entries)) <= last-from {
			break
		}
		from = last + 1
	}
	if len(l.Items) > 0 || since == 0 {
		return l, nil
	}
	var c counter
	if _, err := s.get(ctx, key{s.tables.Documents, seqKey, seqKey}, true, &c); err != nil {
		return l, err
	}
	if since > c.Last {
		return l, fact.Errorf(fact.Invalid, "There is no change %d yet: the last is %d. Was the store restored from a backup? Then begin again.", since, c.Last)
	}
	return l, nil
}

func changeOf(e entry) Change {
	c := Change{Seq: e.Seq, RecordedAt: e.RecordedAt, Action: string(e.Action), Document: e.Document, Revision: e.Revision, Version: e.Version,
		Story: e.Story, MovedFrom: orNull(e.From), Fact: orNull(e.Fact)}
	if e.Review != "" {
		c.Review = &e.Review
	}
	return c
}
