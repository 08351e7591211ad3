package store

import (
	"testing"

	"factbox/shared/capacity"
)

// What a request consumes is known to its context, and to no other.
func TestMetered(t *testing.T) {
	b := newBench(t)
	ctx, put := capacity.Count(t.Context())
	if _, err := b.Put(ctx, one()); err != nil {
		t.Fatal(err)
	}
	// A put writes a blob at least and its commit, six items at two units each, and reads before that.
	if u := put.Units(); u.Read < 1 || u.Write < 13 {
		t.Errorf("a put consumed %+v", u)
	}
	ctx, read := capacity.Count(t.Context())
	if _, err := b.Document(ctx, "herald-26"); err != nil {
		t.Fatal(err)
	}
	if u := read.Units(); u.Read < 0.5 || u.Read > 2 || u.Write != 0 {
		t.Errorf("reading a document's head consumed %+v", u)
	}
	before := put.Units()
	if _, err := b.Headlines(t.Context(), Filter{}, Page{}); err != nil {
		t.Fatal(err)
	}
	if put.Units() != before {
		t.Error("another request was counted too")
	}
}
