package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// repair makes right what was found wrong: orphans go, documents are projected from their first revision on, and stories are
// made anew block by block, whatever their blocks remember.
func (v *verification) repair(ctx context.Context) error {
	for _, k := range slices.SortedFunc(maps.Keys(v.wrong.orphans), compareKeys) {
		if err := v.remove(ctx, k, v.wrong.orphans[k]); err != nil {
			return fmt.Errorf("delete %s: %w", k, err)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(v.wrong.documents)) {
		if v.wrong.lost[id] {
			continue
		}
		a, err := putAction(v.tables.Documents, projection{documentKey(id), projectedSort, 0}, nil)
		if err != nil {
			return err
		}
		if err := v.transact(ctx, []types.TransactWriteItem{a}); err != nil {
			return fmt.Errorf("document %q: %w", id, err)
		}
		if err := v.project(ctx, id); err != nil {
			return fmt.Errorf("document %q: %w", id, err)
		}
	}
	for _, story := range slices.Sorted(maps.Keys(v.wrong.stories)) {
		blocks := slices.Sorted(maps.Keys(v.blocks[story]))
		if err := v.restore(ctx, story, blocks); err != nil {
			return fmt.Errorf("story %q: %w", story, err)
		}
		for _, b := range blocks {
			if b.kind() == fact.KindPledge {
				v.wrong.boards[b.rest()] = true
			}
		}
	}
	for _, story := range slices.Sorted(maps.Keys(v.wrong.digests)) {
		if err := v.rebuildDigest(ctx, story); err != nil {
			return fmt.Errorf("the digest of story %q: %w", story, err)
		}
	}
	for _, donor := range slices.Sorted(maps.Keys(v.wrong.boards)) {
		if err := v.rebuildBoard(ctx, donor); err != nil {
			return fmt.Errorf("the board of %q: %w", donor, err)
		}
	}
	return nil
}

// remove deletes a row if it is still the one that was found.
func (s *Store) remove(ctx context.Context, k key, found row) error {
	same := expression.AttributeNotExists(expression.Name("body"))
	if found.Body != nil {
		same = expression.Name("body").Equal(expression.Value(found.Body))
	}
	e, err := expression.NewBuilder().WithCondition(same).Build()
	if err != nil {
		return err
	}
	err = s.transact(ctx, []types.TransactWriteItem{{Delete: &types.Delete{TableName: &k.table, Key: k.attributes(), ConditionExpression: e.Condition(),
		ExpressionAttributeNames: e.Names(), ExpressionAttributeValues: e.Values()}}})
	if errors.Is(err, errMoved) { // somebody makes it: no orphan
		return nil
	}
	return err
}

// restore makes blocks of a story anew without trust in what they remember, then the tally from all of its blocks, and the
// summary.
func (s *Store) restore(ctx context.Context, story string, blocks []block) error {
	for _, b := range blocks {
		if err := retry(ctx, func() error { return s.doubt(ctx, story, b) }); err != nil {
			return err
		}
	}
	if err := s.rebuild(ctx, story, blocks); err != nil {
		return err
	}
	if err := retry(ctx, func() error { return s.recount(ctx, story) }); err != nil {
		return err
	}
	if err := retry(ctx, func() error { return s.doubtSummary(ctx, story) }); err != nil {
		return err
	}
	return s.rebuild(ctx, story, nil)
}

// doubt takes from a block's row what it knows of the content of its groups, so that they are all written again.
func (s *Store) doubt(ctx context.Context, story string, b block) error {
	u := update{lock: key{s.tables.Facts, storyKey(story), blockSort + string(b)}}
	var lock row
	if found, err := s.get(ctx, u.lock, true, &lock); err != nil || !found {
		return err
	}
	var p posted
	if err := unpackIf(lock.Body, &p); err != nil { // it cannot be read: what it posted are orphans
		p = posted{}
	}
	for i := range p.Groups {
		p.Groups[i].Hash = ""
	}
	a, err := u.row(lock.Rev, p)
	if err != nil {
		return err
	}
	return s.transact(ctx, []types.TransactWriteItem{a})
}

// recount makes a story's tally the sum of its blocks'.
func (s *Store) recount(ctx context.Context, story string) error {
	var before row
	t := tallied{key: key{s.tables.Facts, storyKey(story), tallySort}}
	if _, err := s.get(ctx, t.key, true, &before); err != nil {
		return err
	}
	t.rev = before.Rev
	blocks, err := all[row](ctx, s, stretch{s.tables.Facts, storyKey(story), blockSort, blockSort + above})
	if err != nil {
		return err
	}
	for _, r := range blocks {
		var p posted
		if err := unpackIf(r.Body, &p); err != nil {
			return fmt.Errorf("block %q: %w", strings.TrimPrefix(r.SK, blockSort), err)
		}
		t.move(nil, p.Tally)
	}
	return s.transactTallied(ctx, nil, &t)
}

// doubtSummary empties a story's summary, which is made again at once.
func (s *Store) doubtSummary(ctx context.Context, story string) error {
	k := key{s.tables.Facts, storyKey(story), summarySort}
	var before row
	if _, err := s.get(ctx, k, true, &before); err != nil {
		return err
	}
	a, err := putAction(k.table, row{PK: k.pk, SK: k.sk, Rev: before.Rev + 1, Line: before.Line}, still("rev", int64(before.Rev)))
	if err != nil {
		return err
	}
	return s.transact(ctx, []types.TransactWriteItem{a})
}
