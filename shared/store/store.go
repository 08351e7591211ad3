package store

import (
	"context"
	"time"

	"factbox/shared/cluster"
	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Tables names the two tables. Both have the string keys pk (partition) and sk (sort), and no index.
type Tables struct{ Documents, Facts string }

// Client is what the store calls of the DynamoDB SDK.
type Client interface {
	GetItem(context.Context, *dynamodb.GetItemInput, ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error)
	Query(context.Context, *dynamodb.QueryInput, ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error)
	BatchWriteItem(context.Context, *dynamodb.BatchWriteItemInput, ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error)
	TransactWriteItems(context.Context, *dynamodb.TransactWriteItemsInput, ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error)
}

// Store reads and writes documents and facts. It may be used by several goroutines at once.
//
// Its errors are *fact.Error: NotFound and Invalid with a message for the client, Unavailable where trying again may help,
// Internal for the rest.
type Store struct {
	client  Client
	tables  Tables
	actions int // of a transaction, at most
	atOnce  int // how many calls one request makes at the same time
}

// New makes a store of two tables that exist. What its calls consume is added to the counter of their context (package
// capacity).
func New(client Client, tables Tables) *Store {
	return &Store{metered{client}, tables, maxActions, callsAtOnce}
}

// Open makes a store of two tables that exist in the account and region of cfg.
func Open(cfg aws.Config, tables Tables) *Store { return New(dynamodb.NewFromConfig(cfg), tables) }

// Filter chooses what a list holds. Empty fields do not restrict.
type Filter struct {
	Story    string
	Document string // its list is exact and consistent, computed from the document's facts
	Country  string // an ISO 3166-1 alpha-2 or organisation code, as fact.Fact.Countries has it
	From, To string // "YYYY-MM-DD" or "": what overlaps these days, inclusive; nothing without a date does
	Kind     fact.Kind
	Review   fact.Review // of lists of facts; empty: those that are shown
	Words    []string    // whole words of a headline; all must be there
	AsOf     time.Time   // what was recorded by then; with Story or Document only. Zero: now
}

// Page is a part of a list.
type Page struct {
	Limit int    // how many items at most; DefaultLimit if not positive
	After string // the Next of the page before, opaque; "" for the first
}

// DefaultLimit is the size of a page when none is given.
const DefaultLimit = 20

// List is a page of a list. It may be short, or empty: only an empty Next ends the list.
type List[T any] struct {
	Items           []T
	Sources         []fact.Source // of the items' reports, each document once, newest publication first
	Next            string
	LatestPublished fact.EDTF // the newest publication among the sources; "" without any
}

// Putting is a document to be put.
type Putting struct {
	Document fact.Document // sealed: its Version is set; without a Story it is placed, and sealed again
	Body     []byte
	Facts    []fact.Fact     // of this document and story, identified
	Mentions *cluster.Digest // what it is about, by which it finds its story and others find theirs; may be left out
	At       time.Time       // when it is recorded
	// Observed is when the publisher was seen to say this, for versions that may come out of order: one that was observed before
	// the newest version was is not put. Zero is At, and is put in any case.
	Observed time.Time

	Paragraphs []int // the byte at which each paragraph begins, ascending; for facts that a correction keeps. May be left out
	Again      bool  // a newer extractor read the same version again: it is recorded if it says otherwise than the last
}

// Result says what a put did.
type Result struct {
	Known      bool        // this version was the document's newest already, or is Stale: nothing was changed
	Stale      bool        // it was observed before the newest version, which stands
	Revision   int         // of the document: 1, 2, …
	Seq        int64       // of the change, over all documents
	RecordedAt string      // RFC 3339, UTC, milliseconds
	Facts      []fact.Fact // that are shown, as stored, in the order of the document

	Document  fact.Document // as stored
	Placement Placement     // how it came to its story
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
	Seq             int64     `json:"seq"`              // of the last change
	LatestPublished fact.EDTF `json:"latest_published"` // of the newest document; "" without any
	LatestRecorded  string    `json:"latest_recorded"`  // when the last change was recorded; "" without any
	Pending         int       `json:"pending"`          // documents whose lists are not made yet, counted up to maxPending
	Refresh         Refresh   `json:"refresh"`          // how the scheduled job does, whatever the age of the content
}
