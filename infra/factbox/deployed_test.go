package main

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"factbox/infra/local/localtest"
	"factbox/shared/seed"
	"factbox/shared/store"
)

func TestServiceRegion(t *testing.T) {
	for _, c := range []struct{ endpoint, region string }{
		{"https://dynamodb.eu-west-1.amazonaws.com", "eu-west-1"},
		{"https://dynamodb.cn-north-1.amazonaws.com.cn/", "cn-north-1"},
		{"https://dynamodb-fips.us-east-1.amazonaws.com", "us-east-1"},
		{"https://dynamodb.eu-west-1.api.aws", "eu-west-1"},
		{"http://127.0.0.1:8000", ""},
		{"http://localhost:8000", ""},
		{"https://dynamodb.eu-west-1.example.com", ""},
		{"https://s3.eu-west-1.amazonaws.com", ""},
		{"://", ""},
		{"", ""},
	} {
		if region, ok := serviceRegion(c.endpoint); ok != (c.region != "") || ok && region != c.region {
			t.Errorf("%s: region %q, %v", c.endpoint, region, ok)
		}
	}
}

// TestSeedDeployed loads the seed set as into a deployed stack: the tables are there under names of its own, or it is an error.
func TestSeedDeployed(t *testing.T) {
	signIn(t)
	ctx, endpoint, id := context.Background(), localtest.Endpoint(t), rand.Text()
	names := store.Tables{Documents: "stage-documents-" + id, Facts: "stage-facts-" + id}
	open := func(names store.Tables) (stack, error) { return openDeployed(ctx, endpoint, "eu-west-1", names) }
	for _, c := range []struct {
		name   string
		tables store.Tables
		wrong  string
	}{
		{"no names", store.Tables{}, "--documents-table"},
		{"one name", store.Tables{Documents: names.Documents}, "--facts-table"},
		{"no such table", names, "there is no table " + names.Documents},
	} {
		if _, err := open(c.tables); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.name, err, c.wrong)
		}
	}

	made, err := engineFlags{Endpoint: endpoint, Template: "../../template.yaml", DocumentsTable: names.Documents, FactsTable: names.Facts}.open(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { drop(t, endpoint, names) })
	s, err := open(names)
	if err != nil {
		t.Fatal(err)
	}
	sets, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	if facts, err := plant(ctx, s.store, sets, nil, time.Now()); err != nil || facts == 0 {
		t.Fatalf("%d facts, %v", facts, err)
	}
	if h, err := made.store.Health(ctx); err != nil || h.Seq != int64(len(sets)) {
		t.Errorf("the tables have %d changes of %d documents (%v)", h.Seq, len(sets), err)
	}
}

func drop(t *testing.T, endpoint string, names store.Tables) {
	client, err := connect(context.Background(), endpoint, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{names.Documents, names.Facts} {
		if _, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
			t.Error(err)
		}
	}
}
