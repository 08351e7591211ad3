package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// storm is a way to the engine on which calls go wrong by chance: throttled, answered with a 500, in the way of another
// transaction, done with the answer lost, done in part, or cut with all that the process still had to do.
type storm struct {
	mu      sync.Mutex
	rand    *rand.Rand
	killed  bool
	counted map[string]int // faults by what they were
}

var errCut = errors.New("the wire is cut")

func (w *storm) RoundTrip(r *http.Request) (*http.Response, error) {
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	read := op == "GetItem" || op == "Query"
	w.mu.Lock()
	killed, n := w.killed, w.rand.IntN(1000)
	what := ""
	switch {
	case killed:
	case n < 30:
		what = "throttled"
	case n < 45:
		what = "failed"
	case n < 60 && !read:
		what = "answer lost"
	case n < 80 && op == "TransactWriteItems":
		what = "conflict"
	case n < 200 && op == "BatchWriteItem":
		what = "unprocessed"
	case n > 985:
		what = "killed"
		w.killed = true
	}
	if what != "" {
		w.counted[what]++
	}
	w.mu.Unlock()
	switch what {
	case "throttled":
		return faultResponse(r, 400, "ProvisionedThroughputExceededException"), nil
	case "failed":
		return faultResponse(r, 500, "InternalServerError"), nil
	case "conflict":
		return conflictResponse(r), nil
	case "unprocessed":
		return unprocessedResponse(r)
	case "answer lost":
		if _, err := answer(r, false); err != nil {
			return nil, err
		}
		return nil, errCut
	}
	if killed || what == "killed" {
		return nil, errCut
	}
	return answer(r, read)
}

func faultResponse(r *http.Request, status int, code string) *http.Response {
	return &http.Response{
		StatusCode: status, Status: strconv.Itoa(status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		Body:   io.NopCloser(strings.NewReader(`{"__type":"com.amazonaws.dynamodb.v20120810#` + code + `","message":"injected"}`)),
	}
}

// unprocessedResponse says that nothing of a batch was written.
func unprocessedResponse(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	var batch struct{ RequestItems json.RawMessage }
	if err := json.Unmarshal(body, &batch); err != nil {
		return nil, err
	}
	resp := faultResponse(r, 200, "")
	resp.Body = io.NopCloser(bytes.NewReader(fmt.Appendf(nil, `{"UnprocessedItems":%s,"ConsumedCapacity":[]}`, batch.RequestItems)))
	return resp, nil
}

// job is a change that a queue hands out until it is done.
type job struct {
	name string
	do   func(*Store) error
}

// TestSchedules runs random schedules of faults, each from a seed that it prints when it fails: changes to one story, some
// of them handed out up to three times, taken in any order by two workers over storms, which the queue replaces when they are
// killed. After each: nothing is lost or doubled, and all equals a rebuild from the committed documents.
//
// FACTBOX_SCHEDULES says how many, FACTBOX_SEED from which on.
func TestSchedules(t *testing.T) {
	t.Parallel()
	schedules, first := 100, 1
	for name, into := range map[string]*int{"FACTBOX_SCHEDULES": &schedules, "FACTBOX_SEED": &first} {
		if v := os.Getenv(name); v != "" {
			n, err := strconv.Atoi(v)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			*into = n
		}
	}
	counted := make(map[string]int)
	for seed := first; seed < first+schedules; seed++ {
		for what, n := range schedule(t, uint64(seed)) {
			counted[what] += n
		}
		if t.Failed() {
			t.Fatalf("the schedule of FACTBOX_SEED=%d FACTBOX_SCHEDULES=1", seed)
		}
	}
	t.Logf("%d schedules with faults %v", schedules, counted)
	for _, what := range []string{"throttled", "failed", "answer lost", "conflict", "unprocessed", "killed"} {
		if schedules >= 100 && counted[what] < schedules/10 {
			t.Errorf("%q happened %d times only: the test shows little", what, counted[what])
		}
	}
}

func schedule(t *testing.T, seed uint64) map[string]int {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(seed, 2))
	b := newBench(t)
	b.put(one())
	reviewed := one().Facts[0].ID
	puts := []Putting{
		beside(), two(), longer(),
		putting("globe-25", "harbour", "Port shut", noon, killed(11, "FR", "2015-11-24"), on("2015-11-24", "port shut", "FR")),
		putting("globe-25", "elsewhere", "Port open", later, killed(13, "FR", "2015-11-24"), promise("GB", "FR", fact.Pledged, fact.Medical)),
	}
	var jobs []job
	for _, p := range puts {
		jobs = append(jobs, job{"put " + p.Document.Headline, func(s *Store) error { _, err := s.Put(ctx, p); return err }})
	}
	jobs = append(jobs,
		job{"withdraw post-27", func(s *Store) error { return ifThere(s.Withdraw(ctx, "post-27", later)) }},
		job{"review", func(s *Store) error {
			_, _, err := s.Review(ctx, Reviewing{Fact: reviewed, Review: fact.Rejected, Author: "desk", Reason: "retracted", At: noon})
			return ifThere(err)
		}})
	var queue []job
	for _, j := range jobs {
		for range 1 + r.IntN(3) {
			queue = append(queue, j)
		}
	}
	r.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })

	counted := make(map[string]int)
	var mu sync.Mutex
	next := func() (job, bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(queue) == 0 {
			return job{}, false
		}
		j := queue[0]
		queue = queue[1:]
		return j, true
	}
	var workers sync.WaitGroup
	for worker := range 2 {
		luck := rand.New(rand.NewPCG(seed, uint64(3+worker)))
		workers.Go(func() {
			for j, ok := next(); ok; j, ok = next() {
				err := errCut
				for attempt := 0; err != nil; attempt++ {
					w := &storm{rand: rand.New(rand.NewPCG(luck.Uint64(), seed)), counted: make(map[string]int)}
					s := New(stormy(t, w), b.tables)
					if err = j.do(s); attempt == 50 {
						t.Errorf("%s is not done after %d attempts: %v", j.name, attempt, err)
						return
					}
					var e *fact.Error
					if err != nil && (!errors.As(err, &e) || e.Code != fact.Unavailable) {
						t.Errorf("%s: %v, want it done or unavailable", j.name, err)
						return
					}
					mu.Lock()
					for what, n := range w.counted {
						counted[what] += n
					}
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	if _, err := b.Sweep(ctx, 100); err != nil {
		t.Error(err)
	}
	for _, found := range b.faults(false) {
		t.Error(found)
	}
	noFactTwice(t, b)
	return counted
}

// stormy is a client that tries again as a deployed one does, but does not wait.
func stormy(t testing.TB, w *storm) *dynamodb.Client {
	c := newClient(t, &wire{})
	o := c.Options()
	o.HTTPClient = &http.Client{Transport: w}
	o.Credentials = credentials.NewStaticCredentialsProvider("local", "local", "")
	o.Retryer = nil
	o.RetryMaxAttempts = 3
	o.RetryMode = aws.RetryModeStandard
	return dynamodb.New(o, func(o *dynamodb.Options) {
		o.Retryer = quick{o.Retryer}
	})
}

// quick retries at once.
type quick struct{ aws.Retryer }

func (quick) RetryDelay(int, error) (time.Duration, error) { return 0, nil }

// ifThere takes it for done that something is not there yet, or no more.
func ifThere(err error) error {
	if e := new(fact.Error); errors.As(err, &e) && e.Code == fact.NotFound {
		return nil
	}
	return err
}

// noFactTwice compares the list of facts with what the heads of the documents state.
func noFactTwice(t *testing.T, b *bench) {
	ctx := context.Background()
	want := make(map[string]int)
	for _, id := range []string{"herald-26", "post-27", "globe-25"} {
		facts, _, err := b.DocumentFacts(ctx, id, time.Time{})
		if err := ifThere(err); err != nil {
			t.Error(err)
		}
		for _, f := range facts {
			want[f.ID]++
		}
	}
	for p := (Page{Limit: 100}); ; {
		l, err := b.Facts(ctx, Filter{}, p)
		if err != nil {
			t.Error(err)
			return
		}
		for _, f := range l.Items {
			want[f.ID]--
		}
		if p.After = l.Next; p.After == "" {
			break
		}
	}
	for id, n := range want {
		if n != 0 {
			t.Errorf("fact %s: %+d times too few in the list", id, n)
		}
	}
	if len(want) == 0 {
		t.Error("there are no facts: the schedule shows nothing")
	}
}
