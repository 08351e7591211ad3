package localtest

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"factbox/infra/local"
)

// Tables makes a test's own tables of documents and facts, as template.yaml defines them, and gives a client and their names.
// They are deleted when the test ends.
func Tables(t testing.TB) (client *dynamodb.Client, documents, facts string) {
	t.Helper()
	client = dynamodb.New(dynamodb.Options{
		Region: "local", BaseEndpoint: aws.String(Endpoint(t)), Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})
	definitions, err := local.Tables(template(t))
	if err != nil {
		t.Fatal(err)
	}
	suffix := rand.Text()
	names := map[string]string{local.DocumentsTable: "documents-" + suffix, local.FactsTable: "facts-" + suffix}
	if err := local.CreateTables(t.Context(), client, definitions, names); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, name := range names {
			if _, err := client.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
				t.Error(err)
			}
		}
	})
	return client, names[local.DocumentsTable], names[local.FactsTable]
}

// template reads the repository's template.yaml, which stands in a folder above the test's.
func template(t testing.TB) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		b, err := os.ReadFile(filepath.Join(dir, "template.yaml"))
		if err == nil {
			return b
		}
		if above := filepath.Dir(dir); errors.Is(err, fs.ErrNotExist) && above != dir {
			dir = above
			continue
		}
		t.Fatal(err)
	}
}
