package store

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"sync"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/expression"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type attributes = map[string]types.AttributeValue

// key names an item.
type key struct{ table, pk, sk string }

func (k key) attributes() attributes {
	return attributes{"pk": &types.AttributeValueMemberS{Value: k.pk}, "sk": &types.AttributeValueMemberS{Value: k.sk}}
}

// entry is one version of a document as the logs have it. The head is a copy of the newest.
type entry struct {
	PK         string `dynamodbav:"pk"`
	SK         string `dynamodbav:"sk"`
	Document   string `dynamodbav:"document"`
	Story      string `dynamodbav:"story"`
	Revision   int    `dynamodbav:"revision"`
	Version    string `dynamodbav:"version"`
	Seq        int64  `dynamodbav:"seq"`
	Action     action `dynamodbav:"action"`
	RecordedAt string `dynamodbav:"recorded_at"`
	Observed   string `dynamodbav:"observed,omitempty"` // see Putting
	Meta       string `dynamodbav:"meta,omitempty"`     // fact.Document as JSON
	Text       *blob  `dynamodbav:"text,omitempty"`
	Facts      *blob  `dynamodbav:"facts,omitempty"`
	Reviews    *blob  `dynamodbav:"reviews,omitempty"`  // none until somebody reviewed a fact of the document
	Mentions   []byte `dynamodbav:"mentions,omitempty"` // cluster.Digest, packed; in the head, the versions and the mark only

	From   string      `dynamodbav:"from,omitempty"`   // of a put: the story that the document was in before, if another
	Fact   string      `dynamodbav:"fact,omitempty"`   // of a review: the fact's id
	Review fact.Review `dynamodbav:"review,omitempty"` // of a review: what became of the fact
}

// stands reports whether the document is there to be read, not withdrawn.
func (e entry) stands() bool { return e.Action == put || e.Action == review }

// next begins the entry that follows this one without a new version.
func (e entry) next(a action, at string) entry {
	e.Revision++
	e.Observed = e.order() // the publisher says nothing new
	e.Action, e.RecordedAt = a, at
	e.From, e.Fact, e.Review = "", "", ""
	return e
}

// action is what a change did to a document, or to the story in whose log it stands.
type action string

const (
	put      action = "put"
	withdraw action = "withdraw"
	review   action = "review" // somebody judged a fact of the document
	leave    action = "leave"  // the document went to another story
	purge    action = "purge"  // the document and all that it made is erased
)

// row is an item that lists read. Every one is made from committed versions and can be made again.
type row struct {
	PK        string      `dynamodbav:"pk"`
	SK        string      `dynamodbav:"sk"`
	Rev       int         `dynamodbav:"rev,omitempty"` // of rows that several writers make: counts their writes
	First     string      `dynamodbav:"first,omitempty"`
	Last      string      `dynamodbav:"last,omitempty"`
	Story     string      `dynamodbav:"story,omitempty"`
	Countries []string    `dynamodbav:"countries,omitempty"`
	Words     []string    `dynamodbav:"words,omitempty"`
	ClosedAt  string      `dynamodbav:"closed_at,omitempty"` // of a fact's revision: when it ceased to stand
	ClosedBy  action      `dynamodbav:"closed_by,omitempty"` // and what made it cease
	Review    fact.Review `dynamodbav:"review,omitempty"`    // of a fact, unless it is only extracted
	Line      string      `dynamodbav:"line,omitempty"`      // of a story's summary: where the list of stories has it
	Body      []byte      `dynamodbav:"body,omitempty"`      // gzipped JSON
}

func (r row) span() span { return span{r.First, r.Last} }

// write is a row to be put, or a key to be deleted where there is no row.
type write struct {
	key
	row *row
}

func (w write) size() int {
	if w.row == nil {
		return 0
	}
	return len(w.row.Body) + 1024
}

func (w write) action() (types.TransactWriteItem, error) {
	if w.row == nil {
		return types.TransactWriteItem{Delete: &types.Delete{TableName: &w.table, Key: w.attributes()}}, nil
	}
	r := *w.row
	r.PK, r.SK = w.pk, w.sk
	return putAction(w.table, r, nil)
}

func putAction(table string, item any, condition *expression.ConditionBuilder) (types.TransactWriteItem, error) {
	av, err := attributevalue.MarshalMap(item)
	if err != nil {
		return types.TransactWriteItem{}, err
	}
	p := &types.Put{TableName: &table, Item: av}
	if condition != nil {
		e, err := expression.NewBuilder().WithCondition(*condition).Build()
		if err != nil {
			return types.TransactWriteItem{}, err
		}
		p.ConditionExpression, p.ExpressionAttributeNames, p.ExpressionAttributeValues = e.Condition(), e.Names(), e.Values()
	}
	return types.TransactWriteItem{Put: p}, nil
}

func deleteAction(k key, condition *expression.ConditionBuilder) (types.TransactWriteItem, error) {
	d := &types.Delete{TableName: &k.table, Key: k.attributes()}
	if condition != nil {
		e, err := expression.NewBuilder().WithCondition(*condition).Build()
		if err != nil {
			return types.TransactWriteItem{}, err
		}
		d.ConditionExpression, d.ExpressionAttributeNames, d.ExpressionAttributeValues = e.Condition(), e.Names(), e.Values()
	}
	return types.TransactWriteItem{Delete: d}, nil
}

func checkAction(k key, condition expression.ConditionBuilder) (types.TransactWriteItem, error) {
	e, err := expression.NewBuilder().WithCondition(condition).Build()
	if err != nil {
		return types.TransactWriteItem{}, err
	}
	return types.TransactWriteItem{ConditionCheck: &types.ConditionCheck{
		TableName: &k.table, Key: k.attributes(), ConditionExpression: e.Condition(),
		ExpressionAttributeNames: e.Names(), ExpressionAttributeValues: e.Values(),
	}}, nil
}

// still is the condition that an item's number is as it was read; zero means that there was no item.
func still(name string, value int64) *expression.ConditionBuilder {
	c := expression.AttributeNotExists(expression.Name("pk"))
	if value != 0 {
		c = expression.Name(name).Equal(expression.Value(value))
	}
	return &c
}

// pack makes the gzipped JSON of a value. The same value gives the same bytes.
func pack(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return compress(data), nil
}

// compressors are kept: a new one takes a megabyte.
var compressors = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

func compress(data []byte) []byte {
	var b bytes.Buffer
	w := compressors.Get().(*gzip.Writer)
	defer compressors.Put(w)
	w.Reset(&b)
	w.Write(data) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}

// decompressors hold readers that have read something before.
var decompressors sync.Pool

func decompress(data []byte) ([]byte, error) {
	r, ok := decompressors.Get().(*gzip.Reader)
	if !ok {
		r = new(gzip.Reader)
	}
	defer decompressors.Put(r)
	if err := r.Reset(bytes.NewReader(data)); err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func unpack(data []byte, v any) error {
	raw, err := decompress(data)
	if err != nil {
		return fmt.Errorf("gunzip a row: %w", err)
	}
	return json.Unmarshal(raw, v)
}

// unpackIf reads a body, if there is one.
func unpackIf(data []byte, v any) error {
	if len(data) == 0 {
		return nil
	}
	return unpack(data, v)
}
