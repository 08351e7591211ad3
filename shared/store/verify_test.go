package store

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// faults gives what Verify finds, without the names of the tables.
func (b *bench) faults(repair bool) []string {
	b.t.Helper()
	var found []string
	_, err := b.Verify(context.Background(), repair, func(f Fault) {
		_, item, _ := strings.Cut(f.Item, " ")
		found = append(found, string(f.Wrong)+" "+item)
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return found
}

// eventful is a bench with random documents, new versions, reviews, moves and withdrawals.
func eventful(t testing.TB) *bench {
	b := newBench(t)
	for _, p := range randomLibrary(rand.New(rand.NewPCG(5, 1)), 12).puts {
		b.put(p)
	}
	b.put(first())
	b.put(second())
	b.put(other())
	b.withdraw("post-27")
	b.put(beside())
	b.put(putting("herald-26", "elsewhere", "Blast", later, killed(14, "FR", "2015-11-24"), promise("DE", "", fact.Pledged, fact.Naval)))
	return b
}

func TestVerifyFindsNothingWrong(t *testing.T) {
	t.Parallel()
	b := eventful(t)
	var found []string
	v, err := b.Verify(context.Background(), false, func(f Fault) { found = append(found, fmt.Sprint(f)) })
	if err != nil || len(found) > 0 || v.Faults > 0 {
		t.Errorf("%+v, %v: %q", v, err, found)
	}
	if n := len(lists(b.dump())); v.Rows < n || v.Documents != 14 || v.Changes != 18 || v.Stories != 4 {
		t.Errorf("looked at %+v; there are %d rows", v, n)
	}
}

// Every row that a list reads, damaged or deleted, is found and mended.
func TestVerifyFindsAndRepairs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(first())
	b.put(second())
	b.put(other())
	want := lists(b.dump())
	n := 0
	for i, k := range slices.Sorted(maps.Keys(want)) {
		if i%3 > 0 && strings.HasPrefix(k, "Documents W#") { // words are alike
			continue
		}
		place, sk, _ := strings.Cut(k, " / ")
		name, pk, _ := strings.Cut(place, " ")
		table := b.tables.Documents
		if name == "Facts" {
			table = b.tables.Facts
		}
		at := key{table, pk, sk}
		w := "missing"
		if i/3%2 == 0 {
			w = "differs"
			r := row{PK: pk, SK: sk, Rev: 7, Body: compress([]byte(`{}`))}
			a, err := putAction(table, r, nil)
			if err == nil {
				err = b.transact(context.Background(), []types.TransactWriteItem{a})
			}
			if err != nil {
				t.Fatal(err)
			}
		} else if _, err := b.client.DeleteItem(context.Background(), &dynamodb.DeleteItemInput{TableName: &table, Key: at.attributes()}); err != nil {
			t.Fatal(err)
		}
		if found := b.faults(true); len(found) == 0 || !slices.Contains(found, w+" "+pk+" / "+sk) {
			t.Errorf("%s %s: found %q", w, k, found)
		}
		sameDump(t, "repaired "+k, lists(b.dump()), want)
		if again := b.faults(false); len(again) > 0 {
			t.Errorf("after the repair of %s: %q", k, again)
		}
		if n++; t.Failed() {
			return
		}
	}
	if n < 40 {
		t.Errorf("only %d rows were damaged", n)
	}
}

func TestVerifyFindsOrphansAndGaps(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(first())
	b.put(other())
	want := lists(b.dump())
	rows, err := all[row](context.Background(), b.Store, stretch{b.tables.Facts, factsKey(fact.KindCasualty), " ", above})
	if err != nil || len(rows) != 2 {
		t.Fatal(len(rows), err)
	}
	for _, k := range []key{
		{b.tables.Facts, factsKey(fact.KindCasualty), "2015-11#2015-11-24#nobody"},
		{b.tables.Facts, groupsOfCountry("TR", fact.KindDate), "2015-11#2015-11-24#harbour#date#2015-11-24#nobody"},
		{b.tables.Facts, storyKey("harbour"), factSort + "pledge#US#nobody"},
		{b.tables.Facts, storyKey("harbour"), "TOP#casualty#00"},
		{b.tables.Documents, headlineKey, "2015-11#2015-11-24#nobody"},
		{b.tables.Documents, wordKey("gate"), "2015-11#2015-11-24#nobody"},
	} {
		a, err := write{k, &rows[0]}.action()
		if err == nil {
			err = b.transact(context.Background(), []types.TransactWriteItem{a})
		}
		if err != nil {
			t.Fatal(err)
		}
		if found := b.faults(true); !slices.Equal(found, []string{"orphan " + k.pk + " / " + k.sk}) {
			t.Errorf("%s: found %q", k, found)
		}
		sameDump(t, k.String(), lists(b.dump()), want)
	}
	gone := key{b.tables.Documents, changesKey(1), seqSort(1)}
	if _, err := b.client.DeleteItem(context.Background(), &dynamodb.DeleteItemInput{TableName: &gone.table, Key: gone.attributes()}); err != nil {
		t.Fatal(err)
	}
	if found := b.faults(true); !slices.Contains(found, "gap "+gone.pk+" / "+gone.sk) {
		t.Errorf("a change is gone; found %q", found)
	}
}
