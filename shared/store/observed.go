package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Retract withdraws a document because its publisher was seen to take it back. What was observed later stands; what was observed
// earlier and comes later is withdrawn as it comes, so that the order of arrival does not matter. A document that there is none
// of is no error: it may come yet.
func (s *Store) Retract(ctx context.Context, document string, observed, at time.Time) error {
	// First the row, then the document: a put that commits in between sees the row.
	err := s.keepRetraction(ctx, document, observed)
	if err == nil {
		err = s.withdrawObserved(ctx, document, observed, at)
	}
	return failed(err, "store.Retract(%q)", document)
}

// retraction is the row of a document that its publisher took back.
type retraction struct {
	PK       string `dynamodbav:"pk"`
	SK       string `dynamodbav:"sk"`
	Observed string `dynamodbav:"observed"`
}

func (s *Store) keepRetraction(ctx context.Context, document string, observed time.Time) error {
	r := retraction{documentKey(document), retractedSort, recordedAt(observed)}
	newest := expression.AttributeNotExists(expression.Name("pk")).Or(expression.Name("observed").LessThan(expression.Value(r.Observed)))
	a, err := putAction(s.tables.Documents, r, &newest)
	if err != nil {
		return err
	}
	return retry(ctx, func() error {
		err := s.transact(ctx, []types.TransactWriteItem{a})
		if !errors.Is(err, errMoved) {
			return err
		}
		// Either the row is as new already, or another transaction was in the way.
		var there retraction
		if found, readErr := s.get(ctx, key{s.tables.Documents, r.PK, r.SK}, true, &there); readErr != nil || found && there.Observed >= r.Observed {
			return readErr
		}
		return err
	})
}

func (s *Store) withdrawObserved(ctx context.Context, document string, observed, at time.Time) error {
	err := retry(ctx, func() error { return s.commitWithdrawal(ctx, document, observed, at) })
	if e := (*fact.Error)(nil); errors.As(err, &e) && e.Code == fact.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return s.project(ctx, document)
}

// retractLate withdraws what was put if its publisher was seen to take it back since.
func (s *Store) retractLate(ctx context.Context, p Putting) error {
	var r retraction
	id := p.Document.Source.Document
	found, err := s.get(ctx, key{s.tables.Documents, documentKey(id), retractedSort}, true, &r)
	if err != nil || !found || r.Observed <= recordedAt(p.Observed) {
		return err
	}
	observed, err := time.Parse(time.RFC3339, r.Observed)
	if err != nil {
		return err
	}
	return s.withdrawObserved(ctx, id, observed, p.At)
}

// observeAgain notes on the head that the publisher still says this, so that what it said in between does not take its place.
func (s *Store) observeAgain(ctx context.Context, head entry, observed time.Time) error {
	if observed.IsZero() || head.order() >= recordedAt(observed) {
		return nil
	}
	head.Observed = recordedAt(observed)
	a, err := putAction(s.tables.Documents, head, still("revision", int64(head.Revision)))
	if err != nil {
		return err
	}
	return s.transact(ctx, []types.TransactWriteItem{a})
}

// observedAt writes when something was observed; "" says that it was when it was recorded.
func observedAt(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return recordedAt(t)
}

// newerThan reports whether the entry was observed after a time; nothing is newer than what says no time.
func (e entry) newerThan(observed time.Time) bool {
	return !observed.IsZero() && e.order() > recordedAt(observed)
}

// order is when what the entry says was observed.
func (e entry) order() string { return cmp.Or(e.Observed, e.RecordedAt) }
