package refresh

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"factbox/shared/api"
	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/source"
	"factbox/shared/store"
)

// documents is a store of documents that notes what it is told.
type documents struct {
	put     func(store.Putting) error
	retract func(document string, observed time.Time) error
}

func (d documents) Put(_ context.Context, p store.Putting) (store.Result, error) {
	return store.Result{}, d.put(p)
}

func (d documents) Retract(_ context.Context, document string, observed, _ time.Time) error {
	return d.retract(document, observed)
}

// web answers addresses by a function.
type web func(fetch.Request) (fetch.Response, error)

func (w web) Get(_ context.Context, r fetch.Request) (fetch.Response, error) { return w(r) }

func told(change func(*Message)) Message {
	m := Message{Source: "world", Observed: noon, Publisher: "Harbour Post", Rights: fact.RightsFull, URL: "https://post.example/ferry", Story: "malta",
		Document: api.DocumentID("https://post.example/ferry"), Headline: "Listed", Published: "2026-11-19", MediaType: "text/html", Body: Zip([]byte(page("Nine people were killed when")))}
	if change != nil {
		change(&m)
	}
	return m
}

func TestConsume(t *testing.T) {
	stated := `<html><head><meta property="article:published_time" content="2026-11-18T10:00:00Z"></head><body><h1>Own headline</h1><p>Nine people were killed when a ferry sank off Malta.</p></body></html>`
	for _, c := range []struct {
		name   string
		change func(*Message)
		want   string // id, URL, headline, publisher, published, story; "" if it is refused
	}{
		{"a page", nil, "u- https://post.example/ferry | Ferry sinks off Malta | Harbour Post | 2026-11-19 | malta"},
		{"what the page states is better", func(m *Message) { m.Body = Zip([]byte(stated)) }, "u- https://post.example/ferry | Own headline | Harbour Post | 2026-11-18 | malta"},
		{"a text", func(m *Message) {
			m.MediaType, m.Body, m.Document, m.URL = "text/plain", Zip([]byte("Nine people were killed when a ferry sank.")), "i-1", ""
		}, "i-  | Listed | Harbour Post | 2026-11-19 | malta"},
		{"JSON", func(m *Message) {
			m.MediaType, m.Document, m.URL = jsonType, "", ""
			m.Body = Zip([]byte(`{"id":"f-1","publisher":"Own Post","published":"2026-11-17","headline":"Own","story":"own","text":"Nine people were killed when a ferry sank."}`))
		}, "f-  | Own | Own Post | 2026-11-17 | own"},
		{"JSON that is none", func(m *Message) { m.MediaType, m.Body = jsonType, Zip([]byte("{")) }, ""},
		{"no day", func(m *Message) { m.Published = "" }, ""},
		{"in 2099", func(m *Message) { m.Published = "2099-11-19" }, ""},
		{"no article", func(m *Message) { m.Body = Zip([]byte("<nav>Menu</nav>")) }, ""},
		{"a picture", func(m *Message) { m.MediaType = "image/png" }, ""},
		{"to be read again", func(m *Message) { m.Body, m.Ref = nil, "https://post.example/ferry" }, "u- https://post.example/ferry | Own headline | Harbour Post | 2026-11-18 | malta"},
		{"to be read again, and gone", func(m *Message) { m.Body, m.Ref = nil, "https://post.example/gone" }, ""},
		{"over the limit", func(m *Message) { m.Body = Zip(make([]byte, api.MaxBody+10)) }, ""},
	} {
		var log bytes.Buffer
		got, observed := "", time.Time{}
		consumer := &Consumer{
			Log: slog.New(slog.NewTextHandler(&log, nil)), Now: func() time.Time { return noon.Add(time.Hour) },
			Reader: Reader{Web: web(func(r fetch.Request) (fetch.Response, error) {
				if strings.HasSuffix(r.URL, "gone") {
					return fetch.Response{}, &fetch.Error{Status: 410, URL: r.URL, Err: errors.New("410")}
				}
				return fetch.Response{Body: []byte(stated), ContentType: "text/html", At: noon.Add(time.Minute)}, nil
			})},
			Documents: documents{put: func(p store.Putting) error {
				d := p.Document
				got = strings.Join([]string{d.Source.Document[:2] + " " + d.URL, d.Headline, d.Publisher, string(d.Published), d.Story}, " | ")
				observed = p.Observed
				return nil
			}},
		}
		text, err := told(c.change).Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := consumer.Consume(t.Context(), text); err != nil || got != c.want || strings.Count(log.String(), "\n") != 1 || strings.Contains(log.String(), "article refused") != (c.want == "") {
			t.Errorf("%s: %v\n got %q\nwant %q\nlogged %s", c.name, err, got, c.want, log.String())
		}
		if late := c.name == "to be read again"; c.want != "" && !observed.Equal(noon.Add(map[bool]time.Duration{true: time.Minute}[late])) {
			t.Errorf("%s: observed %s", c.name, observed)
		}
	}
}

// TestConsumeFails: what may go well later is an error, so that the queue keeps it.
func TestConsumeFails(t *testing.T) {
	away := &fact.Error{Code: fact.Unavailable, Message: "away"}
	consumer := &Consumer{Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return noon }, Documents: documents{
		put: func(store.Putting) error { return away }, retract: func(string, time.Time) error { return away }},
		Reader: Reader{Web: web(func(r fetch.Request) (fetch.Response, error) {
			return fetch.Response{}, &fetch.Error{Status: 503, After: time.Minute, URL: r.URL, Err: errors.New("503")}
		})}}
	for name, m := range map[string]Message{
		"put":     told(nil),
		"retract": {Source: "world", Document: "u-1", Observed: noon, Retract: true},
		"read":    told(func(m *Message) { m.Body, m.Ref = nil, m.URL }),
	} {
		if err := consumer.Send(t.Context(), m); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestRetracts(t *testing.T) {
	var got string
	var at time.Time
	consumer := &Consumer{Log: slog.New(slog.DiscardHandler), Documents: documents{retract: func(d string, observed time.Time) error { got, at = d, observed; return nil }}}
	if err := consumer.Send(t.Context(), Message{Document: "u-1", Observed: noon, Retract: true}); err != nil || got != "u-1" || !at.Equal(noon) {
		t.Errorf("%q at %s, %v", got, at, err)
	}
}

func TestDecode(t *testing.T) {
	for _, text := range []string{"", "{}", "[]", `{"observed":"2026-11-20T12:00:00Z"}`, `{"observed":"2026-11-20T12:00:00Z","retract":true}`, `{"document":"x","retract":true}`, `{"observed":"then"}`} {
		if err := new(Consumer).Consume(t.Context(), text); err == nil {
			t.Errorf("%q is taken for a message", text)
		}
	}
}

// TestLarge: what does not fit into a message is named in it, if it can be read again.
func TestLarge(t *testing.T) {
	noise := make([]byte, 400<<10)
	r := rand.NewChaCha8([32]byte{1})
	r.Read(noise)
	l := &look{entry: source.Entry{Source: newSource("world", source.Feed, "https://post.example/feed")}}
	m, err := l.message(&source.Item{ID: "1", URL: "https://post.example/1"}, content{body: noise, mediaType: "text/html", at: noon})
	if text, encodeErr := m.Encode(); err != nil || encodeErr != nil || m.Body != nil || m.Ref != "https://post.example/1" || len(text) > MaxMessage {
		t.Errorf("%v %v, %d bytes, ref %q", err, encodeErr, len(text), m.Ref)
	}
	for name, c := range map[string]struct {
		item    source.Item
		content content
	}{
		"no page":         {source.Item{ID: "1"}, content{body: noise}},
		"out of the feed": {source.Item{ID: "1", URL: "https://post.example/1"}, content{body: noise, listed: "Title"}},
	} {
		if m, err := l.message(&c.item, c.content); err == nil {
			t.Errorf("%s: sent as %q", name, m.Ref)
		}
	}
	if _, err := (content{body: make([]byte, api.MaxBody+1), mediaType: "text/html"}).print(); err == nil {
		t.Error("an article over the API's limit is taken")
	}
}

// bucket is a bucket of objects.
type bucket map[string]string

func (b bucket) List(_ context.Context, name, prefix string, most int) (all []Object, err error) {
	if name != "wire" {
		return nil, errors.New("no such bucket")
	}
	for key, text := range b {
		if strings.HasPrefix(key, prefix) && len(all) < most {
			all = append(all, Object{Key: key, ETag: text, Modified: noon, Size: int64(len(text))})
		}
	}
	return all, nil
}

func (b bucket) Get(_ context.Context, _, key string) ([]byte, error) { return []byte(b[key]), nil }

func TestBucket(t *testing.T) {
	b := newBench(t, newSource("wire", source.Bucket, "s3://wire/in/"), newSource("none", source.Bucket, "s3://none/in/"))
	objects := bucket{"in/a b.txt": "Nine people were killed when a ferry sank.", "in/c.json": `{"text":"Two people were hurt when a bus overturned."}`, "in/d.png": "x", "out/e.txt": "Three people died in a fire."}
	b.Job.Reader.Objects = objects
	r, logged := b.run()
	if r.Sent != 2 || r.Failed != 1 || strings.Count(logged, "\n") != 1 {
		t.Fatalf("%+v, %s", r, logged)
	}
	for _, m := range b.queue.sent {
		if m.URL != "" || !m.Observed.Equal(noon) || m.Document[:2] != "i-" {
			t.Errorf("%+v", m)
		}
	}
	objects["in/a b.txt"] = "Ten people were killed when a ferry sank."
	b.now = b.now.Add(time.Hour)
	if r, logged := b.run(); r.Sent != 1 {
		t.Errorf("%+v, %s", r, logged)
	}
}
