package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Put records a version of a document with its facts. The document's newest version again changes nothing, though it
// finishes the lists if an earlier put was cut off. Any other version becomes the newest, unless it was observed before the one
// that is. A fact that the newest version
// has already keeps its revision and the time at which it was recorded, unless something of it changed.
//
// A document without a story is placed first: see Place. A story is started only if nothing was committed since it was looked for, so that
// two writers do not start two for one event; after maxExclusive attempts it is started all the same.
//
// The version is committed by one transaction and all lists are made from it afterwards. After an error the version may be
// committed or not; the same Put again finishes it.
func (s *Store) Put(ctx context.Context, p Putting) (Result, error) {
	var result Result
	err := p.check()
	if err == nil {
		attempt := 0
		err = retry(ctx, func() error {
			placed, placement, seen, err := s.place(ctx, p)
			if err != nil {
				return err
			}
			if attempt++; placement.How != Started || attempt > maxExclusive {
				seen = anyChange
			}
			result, err = s.commitPut(ctx, placed, seen)
			result.Document, result.Placement = placed.Document, placement
			return err
		})
	}
	if err == nil {
		err = s.project(ctx, p.Document.Source.Document)
	}
	if err == nil && !p.Observed.IsZero() {
		err = s.retractLate(ctx, p)
	}
	return result, failed(err, "store.Put(%q)", p.Document.Source.Document)
}

// Withdraw takes a document's facts out of every answer but those about the past. Withdrawing it again changes nothing.
// NotFound if there is no such document.
func (s *Store) Withdraw(ctx context.Context, document string, at time.Time) error {
	err := retry(ctx, func() error { return s.commitWithdrawal(ctx, document, time.Time{}, at) })
	if err == nil {
		err = s.project(ctx, document)
	}
	return failed(err, "store.Withdraw(%q)", document)
}

// Limits in bytes. Of facts and particulars of this size a group's row fits into an item, with all the reports that it shows.
const (
	maxID          = 200
	maxParticulars = 8 << 10
	maxFact        = 8 << 10
)

// checkID refuses what cannot be part of a key.
func checkID(id string) error {
	if id == "" || len(id) > maxID || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r == '#' || r > '~' }) {
		return fact.Errorf(fact.Invalid, "%q is no id of a document or story: use 1 to %d letters, digits and marks of ASCII, but no # and no space", id, maxID)
	}
	return nil
}

func (p Putting) check() error {
	d := p.Document
	if err := checkID(d.Source.Document); err != nil {
		return err
	}
	if d.Story != "" {
		if err := checkID(d.Story); err != nil {
			return err
		}
	}
	if d.Version == "" || p.At.IsZero() {
		return fmt.Errorf("document %q is put without version or time", d.Source.Document)
	}
	meta, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if len(meta) > maxParticulars {
		return fact.Errorf(fact.TooLarge, "Headline, byline and the other particulars of a document take %d bytes here; %d are allowed.", len(meta), maxParticulars)
	}
	seen := make(map[string]bool)
	for _, f := range p.Facts {
		data, err := json.Marshal(f)
		switch {
		case err != nil:
			return err
		case len(data) > maxFact:
			return fmt.Errorf("fact %q takes %d bytes; %d are allowed", f.ID, len(data), maxFact)
		case f.ID == "" || f.Document != d.Source.Document || f.Story != d.Story:
			return fmt.Errorf("fact %q of document %q and story %q is put with document %q of %q", f.ID, f.Document, f.Story, d.Source.Document, d.Story)
		case seen[f.ID]:
			return fmt.Errorf("two facts have the id %q", f.ID)
		case len(summary.Block(f)) > maxID:
			return fmt.Errorf("fact %q cannot be filed under %q", f.ID, summary.Block(f))
		}
		seen[f.ID] = true
	}
	return nil
}

func (s *Store) head(ctx context.Context, document string) (entry, bool, error) {
	var e entry
	found, err := s.get(ctx, key{s.tables.Documents, documentKey(document), headSort}, true, &e)
	return e, found, err
}

func (s *Store) commitPut(ctx context.Context, p Putting, seen int64) (Result, error) {
	id := p.Document.Source.Document
	head, known, err := s.head(ctx, id)
	if err != nil {
		return Result{}, err
	}
	var before state
	if known {
		if head.Action == purge {
			return Result{}, purged(id)
		}
		if before, err = s.state(ctx, head); err != nil {
			return Result{}, err
		}
		if head.stands() && head.Version == p.Document.Version && !(p.Again && before.differs(p)) {
			if err := s.observeAgain(ctx, head, p.Observed); err != nil {
				return Result{}, err
			}
			return Result{Known: true, Revision: head.Revision, Seq: head.Seq, RecordedAt: head.RecordedAt, Facts: shown(before.Facts)}, nil
		}
		if head.newerThan(p.Observed) {
			return Result{Known: true, Stale: true, Revision: head.Revision, Seq: head.Seq, RecordedAt: head.RecordedAt, Facts: shown(before.Facts)}, nil
		}
	}
	meta, err := json.Marshal(p.Document)
	if err != nil {
		return Result{}, err
	}
	next := entry{
		Document: id, Story: p.Document.Story, Revision: head.Revision + 1, Version: p.Document.Version, Action: put,
		RecordedAt: recordedAt(p.At), Observed: observedAt(p.Observed), Meta: string(meta),
	}
	if p.Again { // nobody saw the publisher say it anew
		next.Observed = head.order()
	}
	if known && head.Story != next.Story {
		next.From = head.Story
	}
	if p.Mentions != nil {
		if next.Mentions, err = pack(p.Mentions); err != nil {
			return Result{}, err
		}
	}
	now := before.follow(p, next.RecordedAt)
	if next.Text, err = s.keep(ctx, id, p.Body); err != nil {
		return Result{}, err
	}
	if err = s.keepState(ctx, &next, now); err != nil {
		return Result{}, err
	}
	seq, err := s.commit(ctx, head, next, seen)
	return Result{Revision: next.Revision, Seq: seq, RecordedAt: next.RecordedAt, Facts: shown(now.Facts)}, err
}

// Differs reports whether a put of a version that stands already would record other facts than it has, with Again set.
// NotFound if there is no such document, or it was withdrawn.
func (s *Store) Differs(ctx context.Context, p Putting) (bool, error) {
	head, err := s.standing(ctx, p.Document.Source.Document, time.Time{})
	if err != nil {
		return false, failed(err, "store.Differs(%q)", p.Document.Source.Document)
	}
	now, err := s.state(ctx, head)
	return err == nil && now.differs(p), failed(err, "store.Differs(%q)", p.Document.Source.Document)
}

func (s *Store) commitWithdrawal(ctx context.Context, document string, observed, at time.Time) error {
	head, known, err := s.head(ctx, document)
	if err != nil {
		return err
	}
	if !known {
		return unknownDocument(document)
	}
	if head.Action == withdraw || head.Action == purge || head.newerThan(observed) {
		return nil
	}
	before, err := s.state(ctx, head)
	if err != nil {
		return err
	}
	next := head.next(withdraw, recordedAt(at))
	next.Observed = observedAt(observed)
	if err = s.keepState(ctx, &next, state{before.close(), before.Reviews}); err != nil {
		return err
	}
	_, err = s.commit(ctx, head, next, anyChange)
	return err
}

// counter is the item that numbers all changes.
type counter struct {
	PK         string `dynamodbav:"pk"`
	SK         string `dynamodbav:"sk"`
	Last       int64  `dynamodbav:"last"`
	RecordedAt string `dynamodbav:"recorded_at"`
}

// anyChange may be the last one when an entry is committed.
const anyChange = -1

// commit makes an entry the document's head, with the logs that tell of it and the mark that its lists are to be made, in one
// transaction. errMoved if the head is no longer the one given, or the last change not the one seen. Others who commit at the same time are waited for: the
// counter's item lets about 50 through a second.
func (s *Store) commit(ctx context.Context, head, next entry, seen int64) (seq int64, err error) {
	for attempt := 0; ; attempt++ {
		var c counter
		if _, err := s.get(ctx, key{s.tables.Documents, seqKey, seqKey}, true, &c); err != nil {
			return 0, err
		}
		if seen != anyChange && c.Last != seen {
			return 0, errMoved
		}
		next.Seq = c.Last + 1
		actions, err := s.commitActions(head, next, c)
		if err != nil {
			return 0, err
		}
		_, err = s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: actions})
		conditions, _, stopped := cancelled(err)
		switch {
		case err == nil:
			return next.Seq, nil
		case !stopped:
			return 0, err
		case slices.Contains(conditions, 0):
			return 0, errMoved
		case attempt == maxAttempts:
			return 0, &fact.Error{Code: fact.Unavailable, Message: "Too many documents are being written. Try again.", Err: err}
		}
		if err := pause(ctx, attempt); err != nil {
			return 0, err
		}
	}
}

// commitActions has the head's first: its condition tells a moved head from a busy counter.
func (s *Store) commitActions(head, next entry, c counter) ([]types.TransactWriteItem, error) {
	absent := expression.AttributeNotExists(expression.Name("pk"))
	doc, seq := documentKey(next.Document), seqSort(next.Seq)
	logged := next
	logged.Mentions = nil
	short := next
	short.Meta, short.Text, short.Facts, short.Reviews = "", nil, nil, nil
	mark := short // documents that look for their story read there what is not posted yet
	short.Mentions = nil
	left := short
	left.Action = leave
	type item struct {
		pk, sk    string
		entry     entry
		condition *expression.ConditionBuilder
	}
	items := []item{
		{doc, headSort, next, still("revision", int64(head.Revision))},
		{doc, versionSort(next.Revision), next, &absent},
		{changesKey(next.Seq), seq, short, &absent},
		{storyKey(next.Story), seq, logged, &absent},
		{pendingKey, pendingSort(next.Seq, next.Document), mark, nil},
	}
	if head.Revision > 0 && head.Story != next.Story {
		items = append(items, item{storyKey(head.Story), seq, left, &absent})
	}
	var actions []types.TransactWriteItem
	for _, it := range items {
		it.entry.PK, it.entry.SK = it.pk, it.sk
		a, err := putAction(s.tables.Documents, it.entry, it.condition)
		if err != nil {
			return nil, err
		}
		actions = append(actions, a)
	}
	a, err := putAction(s.tables.Documents, counter{seqKey, seqKey, next.Seq, next.RecordedAt}, still("last", c.Last))
	return append(actions, a), err
}
