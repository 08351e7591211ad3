package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"factbox/shared/fact"
	"factbox/shared/source"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// sourceRow is a source with its state. Rev counts its writes.
type sourceRow struct {
	PK     string `dynamodbav:"pk"`
	SK     string `dynamodbav:"sk"`
	Rev    int    `dynamodbav:"rev"`
	Source string `dynamodbav:"source"` // source.Source as JSON
	State  string `dynamodbav:"state"`  // source.State as JSON
}

func (r sourceRow) entry() (source.Entry, error) {
	e := source.Entry{Revision: r.Rev}
	if err := json.Unmarshal([]byte(r.Source), &e.Source); err != nil {
		return e, fmt.Errorf("read the source %q: %w", r.SK, err)
	}
	return e, json.Unmarshal([]byte(r.State), &e.State)
}

// Refresh is how the scheduled job does.
type Refresh struct {
	LastRun string `json:"last_run" doc:"When it last looked at all sources that were due, RFC 3339; empty if it never did."`
	Sources int    `json:"sources" doc:"How many sources it had then."`
	Failing int    `json:"failing" doc:"How many of them could not be read three times in a row or more."`
}

// Sources lists all sources by id, with one consistent Query for each MB of them, of which there is hardly ever a second.
func (s *Store) Sources(ctx context.Context) ([]source.Entry, error) {
	rows, err := all[sourceRow](ctx, s, stretch{s.tables.Documents, sourcesKey, " ", above})
	if err != nil {
		return nil, failed(err, "store.Sources")
	}
	entries := make([]source.Entry, len(rows))
	for i, r := range rows {
		if entries[i], err = r.entry(); err != nil {
			return nil, failed(err, "store.Sources")
		}
	}
	return entries, nil
}

// AddSource keeps a new source, due at once. Invalid if it is none that can be looked at, Conflict if there is one of that id.
func (s *Store) AddSource(ctx context.Context, src source.Source) error {
	if err := src.Check(); err != nil {
		return err
	}
	_, err := s.SaveSource(ctx, source.Entry{Source: src}, nil)
	if e := (*fact.Error)(nil); errors.As(err, &e) && e.Code == fact.Conflict {
		return fact.Errorf(fact.Conflict, "There is a source %q already.", src.ID)
	}
	return err
}

// SaveSource keeps a source's state, and with a watch what it lists, both or neither. Conflict if the state is not the one that
// was read: somebody else has looked at the source, or removed it.
func (s *Store) SaveSource(ctx context.Context, e source.Entry, w *source.Watch) (source.Entry, error) {
	err := s.saveSource(ctx, e, w)
	if errors.Is(err, errMoved) {
		err = &fact.Error{Code: fact.Conflict, Message: "Somebody else changed the source.", Err: err}
	}
	e.Revision++
	return e, failed(err, "store.SaveSource(%q)", e.ID)
}

func (s *Store) saveSource(ctx context.Context, e source.Entry, w *source.Watch) error {
	src, err := json.Marshal(e.Source)
	if err != nil {
		return err
	}
	state, err := json.Marshal(e.State)
	if err != nil {
		return err
	}
	a, err := putAction(s.tables.Documents, sourceRow{sourcesKey, e.ID, e.Revision + 1, string(src), string(state)}, still("rev", int64(e.Revision)))
	if err != nil {
		return err
	}
	actions := []types.TransactWriteItem{a}
	if w != nil {
		kept := *w
		body, err := pack(kept)
		for err == nil && len(body) > partSize { // an item of the table holds no more
			kept.Shorten(len(kept.Items) * 3 / 4)
			body, err = pack(kept)
		}
		if err != nil {
			return err
		}
		watch, err := putAction(s.tables.Documents, row{PK: sourceKey(e.ID), SK: watchSort, Body: body}, nil)
		if err != nil {
			return err
		}
		actions = append(actions, watch)
	}
	return s.transact(ctx, actions)
}

// Watch gives what a source has listed lately; nothing if it was never looked at.
func (s *Store) Watch(ctx context.Context, id string) (source.Watch, error) {
	var r row
	var w source.Watch
	found, err := s.get(ctx, key{s.tables.Documents, sourceKey(id), watchSort}, true, &r)
	if err == nil && found {
		err = unpack(r.Body, &w)
	}
	return w, failed(err, "store.Watch(%q)", id)
}

// RemoveSource forgets a source and what it listed; its documents stay. NotFound if there is none.
func (s *Store) RemoveSource(ctx context.Context, id string) error {
	err := retry(ctx, func() error {
		var r sourceRow
		at := key{s.tables.Documents, sourcesKey, id}
		found, err := s.get(ctx, at, true, &r)
		if err == nil && !found {
			err = fact.Errorf(fact.NotFound, "There is no source %q.", id)
		}
		if err != nil {
			return err
		}
		gone, err := deleteAction(at, still("rev", int64(r.Rev)))
		if err != nil {
			return err
		}
		watch, err := deleteAction(key{s.tables.Documents, sourceKey(id), watchSort}, nil)
		if err != nil {
			return err
		}
		return s.transact(ctx, []types.TransactWriteItem{gone, watch})
	})
	return failed(err, "store.RemoveSource(%q)", id)
}

// Refreshed records that the scheduled job has looked at all that was due.
func (s *Store) Refreshed(ctx context.Context, run source.Run) error {
	a, err := putAction(s.tables.Documents, refreshRow{refreshKey, refreshKey, recordedAt(run.At), run.Sources, run.Failing}, nil)
	if err == nil {
		err = retry(ctx, func() error { return s.transact(ctx, []types.TransactWriteItem{a}) })
	}
	return failed(err, "store.Refreshed")
}

type refreshRow struct {
	PK      string `dynamodbav:"pk"`
	SK      string `dynamodbav:"sk"`
	At      string `dynamodbav:"at"`
	Sources int    `dynamodbav:"sources"`
	Failing int    `dynamodbav:"failing"`
}

func (s *Store) lastRefresh(ctx context.Context) (Refresh, error) {
	var r refreshRow
	_, err := s.get(ctx, key{s.tables.Documents, refreshKey, refreshKey}, false, &r)
	return Refresh{r.At, r.Sources, r.Failing}, err
}
