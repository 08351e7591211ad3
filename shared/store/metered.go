package store

import (
	"context"

	"factbox/shared/capacity"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// metered asks with every call what it consumed, and adds that to the capacity counter of the context. A call that fails
// is not counted, for the answer does not say what it cost.
type metered struct{ Client }

func (m metered) GetItem(ctx context.Context, in *dynamodb.GetItemInput, o ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error) {
	asked := *in
	asked.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.GetItem(ctx, &asked, o...)
	if err == nil {
		countReads(ctx, out.ConsumedCapacity)
	}
	return out, err
}

func (m metered) Query(ctx context.Context, in *dynamodb.QueryInput, o ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	asked := *in
	asked.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.Query(ctx, &asked, o...)
	if err == nil {
		countReads(ctx, out.ConsumedCapacity)
	}
	return out, err
}

func (m metered) BatchWriteItem(ctx context.Context, in *dynamodb.BatchWriteItemInput, o ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error) {
	asked := *in
	asked.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.BatchWriteItem(ctx, &asked, o...)
	if err == nil {
		countWrites(ctx, out.ConsumedCapacity)
	}
	return out, err
}

func (m metered) TransactWriteItems(ctx context.Context, in *dynamodb.TransactWriteItemsInput, o ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error) {
	asked := *in
	asked.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.TransactWriteItems(ctx, &asked, o...)
	if err == nil {
		countWrites(ctx, out.ConsumedCapacity)
	}
	return out, err
}

func countReads(ctx context.Context, used *types.ConsumedCapacity) {
	if used != nil && used.CapacityUnits != nil {
		capacity.Add(ctx, capacity.Units{Read: *used.CapacityUnits})
	}
}

// countWrites adds what a write consumed of each table.
func countWrites(ctx context.Context, tables []types.ConsumedCapacity) {
	for _, used := range tables {
		if used.CapacityUnits != nil {
			capacity.Add(ctx, capacity.Units{Write: *used.CapacityUnits})
		}
	}
}
