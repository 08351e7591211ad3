package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// partSize is the largest part of a blob in bytes: an item has 400 KB at most.
const partSize = 350 << 10

// blob names bytes kept beside a document, gzipped and cut into parts. It is known by the hash of its content: the same
// bytes are the same items, nothing overwrites them, and nothing shows them until a committed entry names them.
type blob struct {
	Hash  string `dynamodbav:"hash"` // SHA-256 of the content, the first 16 bytes in hexadecimal
	Parts int    `dynamodbav:"parts"`
}

type part struct {
	PK   string `dynamodbav:"pk"`
	SK   string `dynamodbav:"sk"`
	Data []byte `dynamodbav:"data"`
}

// keep writes content beside a document.
func (s *Store) keep(ctx context.Context, document string, content []byte) (*blob, error) {
	sum := sha256.Sum256(content)
	b := &blob{Hash: hex.EncodeToString(sum[:16])}
	var requests []types.WriteRequest
	for data := compress(content); len(data) > 0; b.Parts++ {
		n := min(len(data), partSize)
		item, err := attributevalue.MarshalMap(part{documentKey(document), blobSort(b.Hash, b.Parts), data[:n]})
		if err != nil {
			return nil, err
		}
		requests = append(requests, types.WriteRequest{PutRequest: &types.PutRequest{Item: item}})
		data = data[n:]
	}
	for len(requests) > 0 {
		n := min(len(requests), maxBatch)
		if err := s.writeBatch(ctx, requests[:n]); err != nil {
			return nil, fmt.Errorf("write %d parts of a blob of %q: %w", b.Parts, document, err)
		}
		requests = requests[n:]
	}
	return b, nil
}

// writeBatch writes until nothing is left unprocessed.
func (s *Store) writeBatch(ctx context.Context, requests []types.WriteRequest) error {
	for attempt := 0; ; attempt++ {
		out, err := s.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{s.tables.Documents: requests}})
		if err != nil {
			return err
		}
		if requests = out.UnprocessedItems[s.tables.Documents]; len(requests) == 0 {
			return nil
		}
		if attempt == maxAttempts {
			return &fact.Error{Code: fact.Unavailable, Message: "The store is busy. Try again.", Err: fmt.Errorf("%d items were left unprocessed", len(requests))}
		}
		if err := pause(ctx, attempt); err != nil {
			return err
		}
	}
}

// fetch reads a blob whole.
func (s *Store) fetch(ctx context.Context, document string, b *blob) ([]byte, error) {
	parts, err := all[part](ctx, s, stretch{s.tables.Documents, documentKey(document), blobSort(b.Hash, 0), blobSort(b.Hash, b.Parts)})
	if err != nil {
		return nil, err
	}
	if len(parts) != b.Parts {
		return nil, fmt.Errorf("blob %s of %q has %d parts of %d", b.Hash, document, len(parts), b.Parts)
	}
	var data []byte
	for _, p := range parts {
		data = append(data, p.Data...)
	}
	return decompress(data)
}

// recorded is what a revision of a document states, and the last revision of every fact that it stated once and no more: a
// fact that comes back goes on counting. As JSON lines: Closed, then a fact a line.
type recorded struct {
	Facts  []fact.Fact
	Closed map[string]int
}

func (r recorded) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	if err := e.Encode(r.Closed); err != nil {
		return nil, err
	}
	for _, f := range r.Facts {
		if err := e.Encode(f); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}

func (r *recorded) decode(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&r.Closed); err != nil {
		return err
	}
	for d.More() {
		var f fact.Fact
		if err := d.Decode(&f); err != nil {
			return err
		}
		r.Facts = append(r.Facts, f)
	}
	return nil
}

// facts reads what an entry states.
func (s *Store) facts(ctx context.Context, e entry) (recorded, error) {
	var r recorded
	if e.Facts == nil {
		return r, fmt.Errorf("revision %d of %q names no facts", e.Revision, e.Document)
	}
	data, err := s.fetch(ctx, e.Document, e.Facts)
	if err != nil {
		return r, err
	}
	return r, r.decode(data)
}

// state is what a revision of a document states, and what people said of it.
type state struct {
	recorded
	Reviews reviews
}

// state reads what an entry states, with the reviews.
func (s *Store) state(ctx context.Context, e entry) (state, error) {
	r, err := s.facts(ctx, e)
	now := state{recorded: r}
	if err != nil || e.Reviews == nil {
		return now, err
	}
	data, err := s.fetch(ctx, e.Document, e.Reviews)
	if err != nil {
		return now, err
	}
	return now, json.Unmarshal(data, &now.Reviews)
}

// keepState writes what an entry is to state beside its document.
func (s *Store) keepState(ctx context.Context, e *entry, now state) error {
	content, err := now.encode()
	if err != nil {
		return err
	}
	if e.Facts, err = s.keep(ctx, e.Document, content); err != nil {
		return err
	}
	e.Reviews = nil
	if len(now.Reviews) == 0 {
		return nil
	}
	if content, err = json.Marshal(now.Reviews); err != nil {
		return err
	}
	e.Reviews, err = s.keep(ctx, e.Document, content)
	return err
}

// meta reads the document of an entry.
func (e entry) meta() (fact.Document, error) {
	var d fact.Document
	err := json.Unmarshal([]byte(e.Meta), &d)
	return d, err
}
