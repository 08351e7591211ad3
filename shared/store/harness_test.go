package store

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"factbox/infra/local/localtest"
	"factbox/shared/cluster"
	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

func TestMain(m *testing.M) { localtest.Main(m) }

// wire is the way to the engine. It counts calls and can break.
type wire struct {
	mu       sync.Mutex
	writes   int  // calls that write
	breakAt  int  // the write from which on every call fails; 0 for never
	answered bool // the write that breaks is carried out, and only its answer lost
	broken   bool
	conflict int // how many of the next transactions another one is in the way of
	calls    int
	between  map[int]func() // what happens before a call, by its number
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken {
		return nil, errors.New("the wire is cut")
	}
	w.calls++
	if happens := w.between[w.calls]; happens != nil {
		happens()
	}
	if op != "GetItem" && op != "Query" {
		w.writes++
		if w.writes == w.breakAt {
			w.broken = true
			if !w.answered {
				return nil, errors.New("the wire is cut")
			}
		}
	}
	if op == "TransactWriteItems" && w.conflict > 0 {
		w.conflict--
		return conflictResponse(r), nil
	}
	resp, err := answer(r, op == "GetItem" || op == "Query")
	if w.broken && err == nil {
		return nil, errors.New("the wire is cut")
	}
	return resp, err
}

// answer carries a call out and gives its whole answer. The local engine at times drops a connection in the middle of one,
// which the SDK's retryer, off here, would mend for a read by asking again.
func answer(r *http.Request, read bool) (*http.Response, error) {
	for again := 0; ; again++ {
		resp, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err == nil {
			resp.Body = io.NopCloser(bytes.NewReader(body))
			return resp, nil
		}
		if !read || again == 3 {
			return nil, err
		}
		if r.Body, err = r.GetBody(); err != nil {
			return nil, err
		}
	}
}

// conflictResponse is what DynamoDB says when two transactions meet. The local engine never says it.
func conflictResponse(r *http.Request) *http.Response {
	body := `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException","Message":"Transaction cancelled",` +
		`"CancellationReasons":[{"Code":"None"},{"Code":"TransactionConflict","Message":"Transaction is ongoing for the item"}]}`
	return &http.Response{
		StatusCode: 400, Status: "400 Bad Request", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(strings.NewReader(body)),
	}
}

// bench is a store on two tables of its own.
type bench struct {
	*Store
	t      testing.TB
	client *dynamodb.Client
	wire   *wire
}

func newClient(t testing.TB, w *wire) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(localtest.Endpoint(t)), HTTPClient: &http.Client{Transport: w},
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""), Retryer: aws.NopRetryer{},
	})
}

func newBench(t testing.TB) *bench {
	t.Helper()
	w := &wire{}
	b := &bench{t: t, wire: w, client: newClient(t, w)}
	id := rand.Text()
	tables := Tables{Documents: "Documents-" + id, Facts: "Facts-" + id}
	b.Store = New(b.client, tables)
	for _, name := range []string{tables.Documents, tables.Facts} {
		_, err := b.client.CreateTable(context.Background(), &dynamodb.CreateTableInput{
			TableName: &name, BillingMode: types.BillingModePayPerRequest,
			AttributeDefinitions: []types.AttributeDefinition{
				{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS},
				{AttributeName: aws.String("sk"), AttributeType: types.ScalarAttributeTypeS},
			},
			KeySchema: []types.KeySchemaElement{
				{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash},
				{AttributeName: aws.String("sk"), KeyType: types.KeyTypeRange},
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if _, err := newClient(t, &wire{}).DeleteTable(context.Background(), &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
				t.Error(err)
			}
		})
	}
	w.writes = 0
	return b
}

// over is the same tables, reached by another wire.
func (b *bench) over(w *wire) *bench {
	c := newClient(b.t, w)
	s := New(c, b.tables)
	s.actions = b.actions
	return &bench{s, b.t, c, w}
}

func (b *bench) put(p Putting) Result {
	b.t.Helper()
	r, err := b.Put(context.Background(), p)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bench) withdraw(document string) {
	b.t.Helper()
	if err := b.Withdraw(context.Background(), document, later); err != nil {
		b.t.Fatal(err)
	}
}

// items gives all that is in a table. Only tests scan.
func (b *bench) items(table string) []attributes {
	b.t.Helper()
	var items []attributes
	pages := dynamodb.NewScanPaginator(newClient(b.t, &wire{}), &dynamodb.ScanInput{TableName: &table, ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(context.Background())
		if err != nil {
			b.t.Fatal(err)
		}
		items = append(items, page.Items...)
	}
	return items
}

// stock is the content of two tables.
type stock struct{ documents, facts []attributes }

func (b *bench) stock() stock { return stock{b.items(b.tables.Documents), b.items(b.tables.Facts)} }

// stocked gives a bench with tables of its own that have this content.
func stocked(t testing.TB, s stock) *bench {
	t.Helper()
	b := newBench(t)
	for table, items := range map[string][]attributes{b.tables.Documents: s.documents, b.tables.Facts: s.facts} {
		for some := range slices.Chunk(items, maxBatch) {
			var requests []types.WriteRequest
			for _, it := range some {
				requests = append(requests, types.WriteRequest{PutRequest: &types.PutRequest{Item: it}})
			}
			out, err := b.client.BatchWriteItem(context.Background(), &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{table: requests}})
			if err != nil || len(out.UnprocessedItems) > 0 {
				t.Fatal(err, out)
			}
		}
	}
	b.wire.writes = 0
	return b
}

// dump gives every item of both tables, by key, in a form that can be compared.
func (b *bench) dump() map[string]string {
	b.t.Helper()
	dump := make(map[string]string)
	for name, items := range map[string][]attributes{"Documents": b.items(b.tables.Documents), "Facts": b.items(b.tables.Facts)} {
		for _, item := range items {
			dump[name+" "+text(item["pk"])+" / "+text(item["sk"])] = text(&types.AttributeValueMemberM{Value: item})
		}
	}
	return dump
}

// text writes an attribute so that it can be read and compared; gzipped bodies are opened.
func text(av types.AttributeValue) string {
	switch v := av.(type) {
	case *types.AttributeValueMemberS:
		return v.Value
	case *types.AttributeValueMemberB:
		if raw, err := decompress(v.Value); err == nil {
			return string(raw)
		}
		return fmt.Sprintf("%x", v.Value)
	case *types.AttributeValueMemberM:
		var s []string
		for _, k := range slices.Sorted(maps.Keys(v.Value)) {
			s = append(s, k+"="+text(v.Value[k]))
		}
		return strings.Join(s, " ")
	}
	var v any
	if err := attributevalue.Unmarshal(av, &v); err != nil {
		return err.Error()
	}
	return fmt.Sprint(v)
}

// lists keeps of a dump the rows that lists read, without the counts of their writes.
func lists(dump map[string]string) map[string]string {
	kept := make(map[string]string)
	for k, v := range dump {
		_, pk, _ := strings.Cut(k, " ")
		if (strings.HasPrefix(pk, "STORY#") || strings.HasPrefix(pk, "BOARD")) && strings.HasPrefix(k, "Facts ") {
			v = withoutRev(v)
		}
		for _, prefix := range []string{"Documents H", "Documents W#", "Documents M#", "Documents S ", "Facts L#", "Facts F#", "Facts R#", "Facts STORY#", "Facts BOARD"} {
			if strings.HasPrefix(k, prefix) && (strings.Contains(v, "body=") || prefix == "Documents M#") {
				kept[k] = v
			}
		}
	}
	return kept
}

func withoutRev(item string) string {
	fields := strings.Split(item, " ")
	return strings.Join(slices.DeleteFunc(fields, func(f string) bool { return strings.HasPrefix(f, "rev=") }), " ")
}

func sameDump(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	n := 0
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if got[k] != want[k] {
			if n++; n <= 3 {
				t.Errorf("%s: %s\n got %.600q\nwant %.600q", what, k, got[k], want[k])
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[k]; !ok {
			if n++; n <= 3 {
				t.Errorf("%s: %s is there and should not: %.300q", what, k, got[k])
			}
		}
	}
	if n > 3 {
		t.Errorf("%s: %d items differ", what, n)
	}
}

// Texts and facts of the tests, written for them.

var (
	morning = time.Date(2015, 11, 27, 8, 0, 0, 0, time.UTC)
	noon    = time.Date(2015, 11, 27, 12, 0, 0, 0, time.UTC)
	later   = time.Date(2015, 11, 28, 9, 30, 0, 0, time.UTC)
)

func ptr[T any](v T) *T { return &v }

// says makes a fact; the number tells its words from those of other facts.
type says func(at int) fact.Fact

func killed(n int64, place, date string) says {
	return func(at int) fact.Fact {
		c := &fact.Casualty{Effect: fact.Killed, Count: fact.NewCount(fact.Exact, n, fmt.Sprint(n)), Victims: "people", Event: "harbour blast"}
		if place != "" {
			c.Place = &place
		}
		if date != "" {
			c.Date = ptr(fact.EDTF(date))
		}
		return fact.Fact{Common: fact.Common{Kind: fact.KindCasualty}, Casualty: c}
	}
}

func on(date, event string, participants ...string) says {
	return func(int) fact.Fact {
		d := &fact.Date{Expression: "then", Event: event, Participants: participants, Role: fact.RoleEvent, Timex: fact.Timex{Type: fact.TimexDate, Value: date}}
		if date != "" {
			d.Date = ptr(fact.EDTF(date))
		}
		return fact.Fact{Common: fact.Common{Kind: fact.KindDate}, Date: d}
	}
}

func promise(donor, recipient string, status fact.Status, types ...fact.SupportType) says {
	return func(int) fact.Fact {
		p := &fact.Pledge{Donor: donor, Types: types, Category: types[0].Category(), Status: status}
		if recipient != "" {
			p.Recipient = &recipient
		}
		return fact.Fact{Common: fact.Common{Kind: fact.KindPledge}, Pledge: p}
	}
}

// putting makes a document "paper-day" of November 2015 (a paper alone has no date) that states facts.
func putting(name, story, headline string, at time.Time, facts ...says) Putting {
	paper, day, _ := strings.Cut(name, "-")
	d := fact.Document{Story: story, StoryTitle: "The story of " + story, Rights: fact.RightsFull, MediaType: "text/plain", Byline: []string{}}
	d.Source = fact.Source{Document: name, Headline: headline, Publisher: paper, Origin: paper, Published: fact.Unknown}
	if day != "" {
		d.Published = fact.EDTF("2015-11-" + day)
	}
	body := []byte(headline + "\n")
	p := Putting{At: at}
	for i, make := range facts {
		f := make(i)
		f.Document, f.Story, f.Extractor = name, story, "test"
		f.Evidence = fact.Evidence{Start: len(body), End: len(body) + 10, Quote: ptr(fmt.Sprintf("words %4d", i))}
		body = fmt.Appendf(body, "words %4d\n", i)
		f.Identify()
		p.Facts = append(p.Facts, f)
	}
	d.Seal(body)
	mentions := cluster.Read(name, headline, nil, d.Published)
	p.Document, p.Body, p.Mentions = d, body, &mentions
	return p
}

// one, two and beside are small versions of a document and another of its story, for tests that go through every call.
func one() Putting {
	return putting("herald-26", "harbour", "Blast", morning, killed(12, "FR", "2015-11-24"), promise("DE", "", fact.Pledged, fact.Naval))
}

func two() Putting {
	return putting("herald-26", "harbour", "Toll", noon, killed(14, "FR", "2015-11-24"), promise("GB", "", fact.Pledged, fact.Naval), on("2015", "blasts"))
}

func beside() Putting {
	return putting("post-27", "harbour", "Ships", noon, killed(13, "", "2015-11"), promise("DE", "", fact.Committed, fact.Naval))
}

// first and second are two versions of one document; other is another of its story.
func first() Putting {
	return putting("herald-26", "harbour", "Blast at the Harbour's gate", morning,
		killed(12, "FR", "2015-11-24"), on("2015-11-24", "harbour shaken by blast", "FR", "TR"), promise("DE", "FR", fact.Pledged, fact.Naval, fact.Medical))
}

func second() Putting {
	return putting("herald-26", "harbour", "Blast at the harbour: toll rises", noon,
		killed(14, "FR", "2015-11-24"), on("2015-11-24", "harbour shaken by blast", "FR", "TR"), promise("GB", "FR", fact.Committed, fact.Medical), on("2015", "year of blasts"))
}

func other() Putting {
	return putting("post-27", "harbour", "Ships to the harbour", noon,
		killed(13, "FR", "2015-11-24"), promise("DE", "FR", fact.Committed, fact.Naval), on("2015-11-23/2015-11-29", "week of mourning", "FR"))
}
