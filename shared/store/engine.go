package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Limits of the engine, kept with some room (Amazon DynamoDB Developer Guide, "Quotas": a transaction has 100 actions and
// 4 MB, an item 400 KB, a batch 25 items), and our own.
const (
	maxActions   = 99
	maxTransact  = 3 << 20
	maxBatch     = 25
	maxQuery     = 1000 // items a Query reads at most
	callsAtOnce  = 8    // of one request
	maxAttempts  = 40   // at a write that others are in the way of; with the pauses, about 10 s
	backoffFirst = 5 * time.Millisecond
	backoffMost  = 400 * time.Millisecond
)

// get reads an item; found is false when there is none.
func (s *Store) get(ctx context.Context, k key, consistent bool, item any) (found bool, err error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &k.table, Key: k.attributes(), ConsistentRead: &consistent})
	if err != nil || out.Item == nil {
		return false, err
	}
	return true, attributevalue.UnmarshalMap(out.Item, item)
}

// query is one Query of a stretch of a partition.
type query struct {
	stretch
	after      string // the sort key behind which it begins
	limit      int
	descending bool
	consistent bool
}

// run reads one page; next is the sort key to go on behind, or "".
func run[T any](ctx context.Context, s *Store, q query) (items []T, next string, err error) {
	condition := expression.Key("pk").Equal(expression.Value(q.pk)).
		And(expression.Key("sk").Between(expression.Value(q.low), expression.Value(q.high)))
	e, err := expression.NewBuilder().WithKeyCondition(condition).Build()
	if err != nil {
		return nil, "", err
	}
	in := &dynamodb.QueryInput{
		TableName: &q.table, KeyConditionExpression: e.KeyCondition(), ExpressionAttributeNames: e.Names(),
		ExpressionAttributeValues: e.Values(), Limit: aws.Int32(int32(min(q.limit, maxQuery))),
		ScanIndexForward: aws.Bool(!q.descending), ConsistentRead: &q.consistent,
	}
	if q.after != "" {
		in.ExclusiveStartKey = key{q.table, q.pk, q.after}.attributes()
	}
	out, err := s.client.Query(ctx, in)
	if err != nil {
		return nil, "", err
	}
	if err := attributevalue.UnmarshalListOfMaps(out.Items, &items); err != nil {
		return nil, "", err
	}
	if sk, ok := out.LastEvaluatedKey["sk"].(*types.AttributeValueMemberS); ok {
		next = sk.Value
	}
	return items, next, nil
}

// all reads a whole stretch consistently, in ascending order.
func all[T any](ctx context.Context, s *Store, st stretch) ([]T, error) {
	var items []T
	for after := ""; ; {
		page, next, err := run[T](ctx, s, query{stretch: st, after: after, limit: maxQuery, consistent: true})
		if err != nil {
			return nil, err
		}
		items = append(items, page...)
		if after = next; next == "" {
			return items, nil
		}
	}
}

// transact writes all or nothing. A condition that does not hold, or another transaction in the way, is errMoved.
func (s *Store) transact(ctx context.Context, actions []types.TransactWriteItem) error {
	_, err := s.client.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: actions})
	if _, _, ok := cancelled(err); ok {
		return errMoved
	}
	return err
}

// pause waits before another attempt, longer each time, with jitter.
func pause(ctx context.Context, attempt int) error {
	most := min(backoffFirst<<min(attempt, 10), backoffMost)
	timer := time.NewTimer(most/2 + rand.N(most/2))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// retry does something again as long as it finds things moved.
func retry(ctx context.Context, do func() error) error {
	for attempt := 0; ; attempt++ {
		err := do()
		if !errors.Is(err, errMoved) || attempt == maxAttempts {
			return err
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

// each does something n times, a few at once, until one fails.
func (s *Store) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	places := make(chan struct{}, s.atOnce)
	for i := range n {
		places <- struct{}{}
		go func() {
			defer func() { <-places }()
			if ctx.Err() != nil {
				return
			}
			if err := do(ctx, i); err != nil {
				cancel(err)
			}
		}()
	}
	for range s.atOnce {
		places <- struct{}{}
	}
	return context.Cause(ctx)
}
