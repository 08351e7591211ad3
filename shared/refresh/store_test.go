package refresh

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"factbox/infra/local/localtest"
	"factbox/shared/fact"
	"factbox/shared/source"
	"factbox/shared/store"
)

func TestMain(m *testing.M) { localtest.Main(m) }

// wire is the way to the engine. It is cut at a write.
type wire struct{ writes, cutAt int }

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, call, _ := strings.Cut(r.Header.Get("X-Amz-Target"), "."); call != "GetItem" && call != "Query" {
		w.writes++
	}
	if w.cutAt > 0 && w.writes >= w.cutAt {
		return nil, errors.New("the wire is cut")
	}
	return http.DefaultTransport.RoundTrip(r)
}

func client(t *testing.T, w http.RoundTripper) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{Region: "eu-west-1", BaseEndpoint: aws.String(localtest.Endpoint(t)), HTTPClient: &http.Client{Transport: w},
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""), Retryer: aws.NopRetryer{}})
}

// tables makes two tables of the test's own.
func tables(t *testing.T) store.Tables {
	t.Helper()
	id := rand.Text()
	names := store.Tables{Documents: "Documents-" + id, Facts: "Facts-" + id}
	c := client(t, http.DefaultTransport)
	for _, name := range []string{names.Documents, names.Facts} {
		var keys []types.KeySchemaElement
		var attributes []types.AttributeDefinition
		for key, kind := range map[string]types.KeyType{"pk": types.KeyTypeHash, "sk": types.KeyTypeRange} {
			keys = append(keys, types.KeySchemaElement{AttributeName: &key, KeyType: kind})
			attributes = append(attributes, types.AttributeDefinition{AttributeName: &key, AttributeType: types.ScalarAttributeTypeS})
		}
		slices.SortFunc(keys, func(a, b types.KeySchemaElement) int { return strings.Compare(*a.AttributeName, *b.AttributeName) })
		if _, err := c.CreateTable(t.Context(), &dynamodb.CreateTableInput{TableName: &name, BillingMode: types.BillingModePayPerRequest, AttributeDefinitions: attributes, KeySchema: keys}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := c.DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
				t.Error(err)
			}
		})
	}
	return names
}

// storeTells writes what the store has of the story: its tolls, and how many changes were made.
func storeTells(t *testing.T, s *store.Store) string {
	t.Helper()
	h, err := s.Health(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tolls, err := s.Tolls(t.Context(), store.Filter{Story: "malta"}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("%d changes, %d pending", h.Seq, h.Pending)
	for _, toll := range tolls.Items {
		text += fmt.Sprintf(", %s %d", toll.Effect, *toll.Best)
	}
	return text
}

// TestCutOffAtStore ends a look at a real store before each of its writes in turn, which is as after the write before it. A look
// later all is as it is after an undisturbed one: nothing is lost, and nothing is there twice.
func TestCutOffAtStore(t *testing.T) {
	p := newPress(t)
	p.set("/feed", rss(item("/ferry", ""), item("/bus", "")))
	src := newSource("world", source.Feed, p.URL+"/feed")
	src.Story = "malta"
	begin := func() *bench {
		p.set("/ferry", page("Nine people were killed when"))
		p.set("/bus", page("Two people were injured when"))
		b := newBench(t)
		names := tables(t)
		b.use(names, http.DefaultTransport)
		if err := b.Job.Sources.(*store.Store).AddSource(t.Context(), src); err != nil {
			t.Fatal(err)
		}
		b.run()
		b.names, b.now = names, b.now.Add(time.Hour)
		p.set("/ferry", page("Ten people were killed when"))
		p.set("/bus", "")
		return b
	}
	whole := &wire{}
	b := begin()
	s := b.use(b.names, whole)
	b.run()
	writes := whole.writes
	want := storeTells(t, s)
	if want != "4 changes, 0 pending, killed 10" {
		t.Fatalf("undisturbed: %s", want)
	}
	t.Logf("%d writes", writes)
	for n := 1; n <= writes; n++ {
		b := begin()
		b.use(b.names, &wire{cutAt: n})
		if _, err := b.Job.Run(t.Context()); err == nil {
			t.Errorf("cut off at write %d, and nobody notices", n)
		}
		s := b.use(b.names, http.DefaultTransport)
		b.now = b.now.Add(source.Lease)
		b.log.Reset()
		if _, logged := b.run(); strings.Contains(logged, "failed") {
			t.Errorf("cut off at write %d, then %s", n, logged)
		}
		if got := storeTells(t, s); got != want {
			t.Errorf("cut off at write %d: %s, want %s", n, got, want)
		}
	}
}

// TestThrice carries each message three times, out of order, to a real store.
func TestThrice(t *testing.T) {
	b := newBench(t)
	s := b.use(tables(t), http.DefaultTransport)
	queue := b.Job.Queue
	at := func(n int, words string) Message {
		return Message{Source: "world", Document: "ferry", Observed: noon.Add(time.Duration(n) * time.Minute), Publisher: "Harbour Post", Story: "malta", Rights: fact.RightsFull,
			Headline: "Ferry", Published: "2026-11-19", MediaType: "text/html", Body: Zip([]byte(strings.Replace(page(words), "var n", "var n = 0; //", 1)))}
	}
	first, second, third := at(1, "Nine people were killed when"), at(2, "Ten people were killed when"), at(3, "Eleven people were killed when")
	for _, m := range []Message{second, first, third, second, first, third, first, second, third} {
		if err := queue.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if got := storeTells(t, s); got != "2 changes, 0 pending, killed 11" {
		t.Error(got)
	}
}

// use lets the job work on a real store, over a wire.
func (b *bench) use(names store.Tables, w http.RoundTripper) *store.Store {
	s := store.New(client(b.t, w), names)
	b.Job = b.job()
	b.Job.Sources = s
	b.Job.Queue = &Consumer{Documents: s, Log: b.Job.Log, Now: b.Job.Now}
	b.log = &bytes.Buffer{}
	b.Job.Log = quietly(b.log)
	return s
}
