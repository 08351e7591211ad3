package refresh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/source"
	"factbox/shared/store"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// shelf is a store of sources in memory. It can break at a call.
type shelf struct {
	mu      sync.Mutex
	entries map[string]source.Entry
	watches map[string]source.Watch
	run     source.Run
	calls   int
	breakAt int
}

func (k *shelf) call() error {
	if k.calls++; k.calls == k.breakAt {
		return errors.New("the store is away")
	}
	return nil
}

func (k *shelf) Sources(context.Context) (all []source.Entry, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, e := range k.entries {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b source.Entry) int { return strings.Compare(a.ID, b.ID) })
	return all, k.call()
}

func (k *shelf) SaveSource(_ context.Context, e source.Entry, w *source.Watch) (source.Entry, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.call(); err != nil {
		return e, err
	}
	if k.entries[e.ID].Revision != e.Revision {
		return e, fact.Errorf(fact.Conflict, "somebody else was here")
	}
	e.Revision++
	k.entries[e.ID] = e
	if w != nil {
		k.watches[e.ID] = source.Watch{Items: slices.Clone(w.Items)}
	}
	return e, nil
}

func (k *shelf) Watch(_ context.Context, id string) (source.Watch, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return source.Watch{Items: slices.Clone(k.watches[id].Items)}, k.call()
}

func (k *shelf) Refreshed(_ context.Context, r source.Run) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.run = r
	return k.call()
}

// queue keeps what is sent. It can break at a message.
type queue struct {
	mu      sync.Mutex
	sent    []Message
	breakAt int
}

func (q *queue) Send(_ context.Context, m Message) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.sent)+1 == q.breakAt {
		q.breakAt = 0
		return errors.New("the queue is away")
	}
	text, err := m.Encode()
	if err != nil {
		return err
	}
	if m, err = Decode(text); err != nil {
		return err
	}
	q.sent = append(q.sent, m)
	return nil
}

// told writes what was sent since it was last asked, a line each, sorted: the path of the article and its first words, or "gone".
func (q *queue) told(t *testing.T) string {
	t.Helper()
	var lines []string
	for _, m := range q.sent {
		if m.Retract {
			lines = append(lines, m.Document[:2]+" gone")
			continue
		}
		body, err := unzipped(m.Body, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		_, words, _ := strings.Cut(string(body), "<p>")
		words = strings.Join(strings.Fields(words)[:2], " ")
		lines = append(lines, m.URL[strings.LastIndex(m.URL, "/")+1:]+" "+words)
	}
	q.sent = nil
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}

// press is a server of news whose pages a test may change; one that is "" is gone for good (410).
type press struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string
	serve map[string]http.HandlerFunc
	asked []string
}

func newPress(t *testing.T) *press {
	p := &press{pages: map[string]string{}, serve: map[string]http.HandlerFunc{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		text, there := p.pages[r.URL.Path]
		serve := p.serve[r.URL.Path]
		p.asked = append(p.asked, r.URL.Path)
		p.mu.Unlock()
		tag := fmt.Sprintf(`"%s"`, hashed(text))
		switch {
		case serve != nil:
			serve(w, r)
		case !there:
			http.NotFound(w, r)
		case text == "":
			w.WriteHeader(http.StatusGone)
		case r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", tag)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, text)
		}
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *press) set(path, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pages[path] = text
}

// asks gives the paths that were asked for since it was last asked, but for robots.txt.
func (p *press) asks() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	asked := slices.DeleteFunc(p.asked, func(path string) bool { return path == "/robots.txt" })
	p.asked = nil
	slices.Sort(asked)
	return strings.Join(asked, " ")
}

// page is an article, in a page that is never the same twice but for its words.
func page(words string) string {
	return fmt.Sprintf("<html><head><title>%s</title><script>var n = %d</script></head><body><h1>Ferry sinks off Malta</h1><p>%s a ferry sank off Malta on Tuesday, the coast guard said.</p></body></html>",
		"Ferry sinks off Malta", time.Now().UnixNano(), words)
}

// item is an item of a feed with a link and perhaps more.
func item(path, more string) string {
	return "<item><link>" + path + "</link><title>Ferry sinks off Malta</title><pubDate>Thu, 19 Nov 2026 10:00:00 GMT</pubDate>" + more + "</item>"
}

func rss(items ...string) string {
	return `<rss version="2.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>World</title>` + strings.Join(items, "") + "</channel></rss>"
}

// bench is a job with all that it needs, at a time that the test sets.
type bench struct {
	t *testing.T
	*Job
	*shelf
	queue *queue
	now   time.Time
	log   *bytes.Buffer
	names store.Tables // where the job works on a real store
}

// quietly logs what is not information.
func quietly(to io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(to, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func newBench(t *testing.T, sources ...source.Source) *bench {
	b := &bench{t: t, shelf: &shelf{entries: map[string]source.Entry{}, watches: map[string]source.Watch{}}, queue: &queue{}, now: noon, log: &bytes.Buffer{}}
	for _, s := range sources {
		b.entries[s.ID] = source.Entry{Source: s, Revision: 1}
	}
	b.Job = b.job()
	return b
}

// job is a new process on the same store.
func (b *bench) job() *Job {
	clock := func() time.Time { return b.now }
	web := fetch.New(fetch.Options{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}, Gap: -1, Limit: 1 << 20, Timeout: time.Second, Now: clock})
	return &Job{Sources: b.shelf, Reader: Reader{Web: web}, Queue: b.queue, Log: quietly(b.log), Now: clock, Jitter: func() float64 { return 0 }}
}

// run looks once, and gives what was logged.
func (b *bench) run() (Report, string) {
	b.t.Helper()
	r, err := b.Job.Run(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	logged := b.log.String()
	b.log.Reset()
	return r, logged
}

func newSource(id string, kind source.Kind, url string) source.Source {
	return source.Source{ID: id, Kind: kind, URL: url, Publisher: "Harbour Post", Rights: fact.RightsFull, Interval: 600}
}
