package evaluate

import (
	"context"
	"crypto/rand"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"factbox/infra/local"
	"factbox/infra/local/localtest"
	"factbox/shared/api"
	"factbox/shared/store"
)

func TestMain(m *testing.M) { localtest.Main(m) }

const storyFolder = "../../shared/extract/testdata/stories"

// askable is the API over a store of its own that holds the library.
func askable(t *testing.T) api.Deps {
	t.Helper()
	client := dynamodb.New(dynamodb.Options{
		Region: "local", BaseEndpoint: aws.String(localtest.Endpoint(t)), Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})
	template, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := local.Tables(template)
	if err != nil {
		t.Fatal(err)
	}
	suffix := rand.Text()
	names := map[string]string{local.DocumentsTable: "documents-" + suffix, local.FactsTable: "facts-" + suffix}
	if err := local.CreateTables(context.Background(), client, tables, names); err != nil {
		t.Fatal(err)
	}
	s := store.New(client, store.Tables{Documents: names[local.DocumentsTable], Facts: names[local.FactsTable]})
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if err := Library(context.Background(), s, os.DirFS(storyFolder), now); err != nil {
		t.Fatal(err)
	}
	return api.Deps{Store: s, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}
}

func TestQuestions(t *testing.T) {
	gold, err := os.Open("testdata/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer gold.Close()
	report, err := Questions(gold, api.Chat(askable(t)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.Print(&b, true); err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%s", b.String())
}
