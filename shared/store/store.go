// Package store keeps documents and facts in DynamoDB.
package store

import (
	"context"
	"time"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Tables names the two tables.
type Tables struct{ Documents, Facts string }

// Client is what the store calls of the DynamoDB SDK.
type Client interface {
	GetItem(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error)
	Query(context.Context, *dynamodb.QueryInput, ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error)
	BatchWriteItem(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
	TransactWriteItems(context.Context, *dynamodb.TransactWriteItemsInput, ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error)
}

// Store reads and writes documents and facts.
type Store struct {
	client Client
	tables Tables
}

// New makes a store of two tables that exist.
func New(client Client, tables Tables) *Store { return &Store{client: client, tables: tables} }

// Filter chooses what a list holds. Empty fields do not restrict.
type Filter struct {
	Story    string
	Document string
	Country  string // a code
	From, To string // "YYYY-MM-DD" or ""
	Kind     fact.Kind
	Words    []string
	AsOf     time.Time // zero: now
}

// Page is a part of a list. After is an opaque position inside the list that the filter chooses; "" is its beginning.
type Page struct {
	Limit int
	After string
}

// List is a page of a list. It may be short, or empty: only an empty Next ends the list.
type List[T any] struct {
	Items           []T
	Sources         []fact.Source
	Next            string
	LatestPublished fact.EDTF
}

// Putting is a document to be put. Document is sealed.
type Putting struct {
	Document fact.Document
	Body     []byte
	Facts    []fact.Fact
	At       time.Time
}

// Result says what a put did.
type Result struct {
	Known      bool // this version was the document's newest already
	Revision   int  // of the document: 1, 2, …
	Seq        int64
	RecordedAt string
	Facts      []fact.Fact // as stored
}

// StoryLine is a story in a list.
type StoryLine struct {
	Story           string            `json:"story"`
	Title           string            `json:"title"`
	Documents       int               `json:"documents"`
	FirstPublished  fact.EDTF         `json:"first_published"`
	LatestPublished fact.EDTF         `json:"latest_published"`
	Counts          map[fact.Kind]int `json:"counts"`
	Bullets         []string          `json:"bullets"`
}

// Health is the state of the store.
type Health struct {
	Seq             int64     `json:"seq"`
	LatestPublished fact.EDTF `json:"latest_published"`
	LatestRecorded  string    `json:"latest_recorded"`
	Pending         int       `json:"pending"`
}
