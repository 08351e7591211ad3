package policy

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/refresh"
	"factbox/shared/source"
	"factbox/shared/sqs"
	"factbox/shared/store"
)

// The two functions that no request calls do their work here under their policies.

const articlePage = "<html><h1>Ferry sinks</h1><p>Nine people were killed after a ferry sank off Malta on Tuesday. Italy pledged two rescue teams to Malta.</p></html>"

// jobs is a stage with a publisher who lists one article, and a queue that keeps what it is sent.
type jobs struct {
	*stage
	news, queue *httptest.Server
	kept        []string
}

func newJobs(t *testing.T, parameters map[string]string) *jobs {
	j := &jobs{stage: newStage(t, parameters)}
	j.news = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			fmt.Fprint(w, `<rss version="2.0"><channel><item><link>/ferry</link><title>Ferry sinks</title><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>`)
		case "/ferry":
			fmt.Fprint(w, articlePage)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(j.news.Close)
	j.queue = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent struct{ MessageBody string }
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			t.Error(err)
		}
		j.kept = append(j.kept, sent.MessageBody)
		sum := md5.Sum([]byte(sent.MessageBody))
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		fmt.Fprintf(w, `{"MessageId":"1","MD5OfMessageBody":%q}`, hex.EncodeToString(sum[:]))
	}))
	t.Cleanup(j.queue.Close)
	src := source.Source{ID: "world", Kind: source.Feed, URL: j.news.URL + "/feed", Publisher: "Harbour Post", Rights: fact.RightsFull, Interval: 600}
	if err := store.New(j.client(http.DefaultTransport), j.tables()).AddSource(t.Context(), src); err != nil {
		t.Fatal(err)
	}
	return j
}

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

// refresh looks at the sources under a function's policies.
func (j *jobs) refresh(f Function) (*Gate, error) {
	gate := &Gate{Function: f, Next: http.DefaultTransport}
	cfg := aws.Config{Region: region, BaseEndpoint: &j.queue.URL, HTTPClient: &http.Client{Transport: gate}, Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}
	web := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Gap: -1})
	job := &refresh.Job{Sources: store.New(j.client(gate), j.tables()), Reader: refresh.Reader{Web: web}, Log: quiet,
		Queue: sqs.Open(cfg, j.queue.URL+"/"+account+"/"+j.functions["refresh"].Environment["QUEUE_URL"])}
	_, err := job.Run(j.t.Context())
	return gate, err
}

// ingest puts an article twice, puts another version of it and takes it back, under a function's policies.
func (j *jobs) ingest(f Function) (*Gate, error) {
	gate := &Gate{Function: f, Next: http.DefaultTransport}
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	c := &refresh.Consumer{Documents: store.New(j.client(gate), j.tables()), Log: quiet, Now: func() time.Time { return now }}
	first := message(articlePage, now)
	second := message(strings.Replace(articlePage, " Italy pledged two rescue teams to Malta.", "", 1), now.Add(time.Minute))
	var all []error
	for _, m := range []refresh.Message{first, first, second, {Source: "world", Document: "ferry-1", Observed: now.Add(time.Hour), Retract: true}} {
		all = append(all, c.Send(j.t.Context(), m))
	}
	return gate, errors.Join(all...)
}

func message(page string, observed time.Time) refresh.Message {
	return refresh.Message{Source: "world", Document: "ferry-1", Observed: observed, Publisher: "Harbour Post", Rights: fact.RightsFull, // without a story: it is placed
		Headline: "Ferry sinks", Published: "2026-11-19", MediaType: "text/html", Body: refresh.Zip([]byte(page))}
}

// jobWork is what the two are let do, beside the services that no test here sees: S3, and what Lambda does with the queue in
// the name of ingest.
var jobWork = map[string]func(*jobs, Function) (*Gate, error){"refresh": (*jobs).refresh, "ingest": (*jobs).ingest}

func grantedJob(f Function) []Grant {
	return slices.DeleteFunc(f.Grants(), func(g Grant) bool { return !strings.HasPrefix(g.Action, "dynamodb:") && g.Action != "sqs:SendMessage" })
}

// TestJobPoliciesSuffice does the work of both: nothing is denied, all that is granted is used, and what the one sends the other
// can put.
func TestJobPoliciesSuffice(t *testing.T) {
	for name, do := range jobWork {
		t.Run(name, func(t *testing.T) {
			j := newJobs(t, named())
			gate, err := do(j, j.functions[name])
			if err != nil || len(gate.Denied()) > 0 {
				t.Fatalf("%v, denied %v", err, gate.Denied())
			}
			for _, g := range grantedJob(j.functions[name]) {
				if !slices.Contains(gate.Used(), g) {
					t.Errorf("%v is granted and not needed", g)
				}
			}
			if name == "refresh" && len(j.kept) != 1 {
				t.Errorf("%d articles are sent", len(j.kept))
			}
		})
	}
}

// TestEachJobActionIsNeeded takes one action on one thing away at a time.
func TestEachJobActionIsNeeded(t *testing.T) {
	for name, do := range jobWork {
		for i, g := range grantedJob(parseFunctions(t, nil)[name]) {
			t.Run(fmt.Sprintf("%s without %s on %s", name, g.Action, g.Resource[strings.LastIndexAny(g.Resource, "/:")+1:]), func(t *testing.T) {
				j := newJobs(t, named())
				f := j.functions[name]
				lost := grantedJob(f)[i]
				gate, err := do(j, f.Without(lost))
				if denied := gate.Denied(); err == nil || !slices.Equal(denied, []Grant{lost}) {
					t.Errorf("%v; denied %v, want %v", err, denied, lost)
				}
				if err != nil && !strings.Contains(err.Error(), "not authorized to perform: "+lost.Action) {
					t.Errorf("the error does not say why: %v", err)
				}
			})
		}
	}
}
