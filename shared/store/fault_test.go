package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
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
	rand    *rand.Rand
	turn    func() // waits until the call may be made
	killed  bool
	counted map[string]int // faults by what they were
}

var errCut = errors.New("the wire is cut")

func (w *storm) RoundTrip(r *http.Request) (*http.Response, error) {
	_, op, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	read := op == "GetItem" || op == "Query"
	w.turn()
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

// turns lets one worker run at a time, from one call to its next.
type turns struct {
	mu      sync.Mutex
	rand    *rand.Rand
	workers int
	waiting map[int]chan struct{}
}

// wait ends when it is the worker's turn.
func (t *turns) wait(worker int) {
	t.mu.Lock()
	turn := make(chan struct{})
	t.waiting[worker] = turn
	t.choose()
	t.mu.Unlock()
	<-turn
}

// leave says that a worker has no more to do.
func (t *turns) leave() {
	t.mu.Lock()
	t.workers--
	t.choose()
	t.mu.Unlock()
}

// choose gives the turn to one of the workers when all of them wait.
func (t *turns) choose() {
	if t.workers == 0 || len(t.waiting) < t.workers {
		return
	}
	waiting := slices.Sorted(maps.Keys(t.waiting))
	worker := waiting[t.rand.IntN(len(waiting))]
	close(t.waiting[worker])
	delete(t.waiting, worker)
}

// job is a change that a queue hands out until it is done.
type job struct {
	name string
	do   func(*Store) error
}

// TestSchedules runs random schedules of faults, each from a seed that it prints when it fails: changes to one story, some
// of them handed out up to three times, taken in any order by two workers over storms, which the queue replaces when they are
// killed. After each: nothing is lost or doubled, and all equals a rebuild from the committed documents. A seed gives the
// same schedule again, call by call: the workers make one call at a time, whose turn it is chosen by the seed.
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
		beside(), two(),
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
		for range max(1, r.IntN(6)-2) {
			queue = append(queue, j)
		}
	}
	r.Shuffle(len(queue), func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })

	counted := make(map[string]int)
	turns := &turns{rand: r, workers: 2, waiting: make(map[int]chan struct{})}
	var workers sync.WaitGroup
	for worker := range turns.workers {
		luck := rand.New(rand.NewPCG(seed, uint64(3+worker)))
		turn := func() { turns.wait(worker) }
		workers.Go(func() {
			defer turns.leave()
			for turn(); len(queue) > 0; {
				j := queue[0]
				queue = queue[1:]
				err := errCut
				for attempt := 0; err != nil; attempt++ {
					w := &storm{rand: luck, turn: turn, counted: counted}
					s := New(stormy(t, w), b.tables)
					s.atOnce = 1
					if err = j.do(s); attempt == 50 {
						t.Errorf("%s is not done after %d attempts: %v", j.name, attempt, err)
						return
					}
					var e *fact.Error
					if err != nil && (!errors.As(err, &e) || e.Code != fact.Unavailable) {
						t.Errorf("%s: %v, want it done or unavailable", j.name, err)
						return
					}
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
