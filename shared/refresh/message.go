package refresh

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"factbox/shared/api"
	"factbox/shared/fact"
	"factbox/shared/source"
)

// Message is an article to be put, or one that its publisher took back, as the queue carries it.
type Message struct {
	Source    string      `json:"source"`             // the id of the source that had it
	Document  string      `json:"document,omitempty"` // its id; "" if the article states it
	Observed  time.Time   `json:"observed"`           // when the publisher was seen to say so
	Retract   bool        `json:"retract,omitempty"`
	URL       string      `json:"url,omitempty"`
	Publisher string      `json:"publisher,omitempty"`
	Story     string      `json:"story,omitempty"`
	Rights    fact.Rights `json:"rights,omitempty"`
	Headline  string      `json:"headline,omitempty"`  // as listed; the article's own is better
	Published string      `json:"published,omitempty"` // likewise
	MediaType string      `json:"media_type,omitempty"`
	Body      []byte      `json:"body,omitempty"` // gzipped; nil where the article is to be read again at Ref
	Ref       string      `json:"ref,omitempty"`
}

// MaxMessage is the most bytes of a message: 256 KB, what every SQS queue takes.
const MaxMessage = 256 << 10

// Encode writes a message for a queue.
func (m Message) Encode() (string, error) {
	text, err := json.Marshal(m)
	if err == nil && len(text) > MaxMessage {
		err = fmt.Errorf("a message has %d bytes, of %d allowed", len(text), MaxMessage)
	}
	return string(text), err
}

// Decode reads a message.
func Decode(text string) (Message, error) {
	var m Message
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		return m, fmt.Errorf("read a message: %w", err)
	}
	if m.Observed.IsZero() || m.Retract && m.Document == "" || !m.Retract && m.Body == nil && m.Ref == "" {
		return m, fmt.Errorf("a message of source %q says neither what to put nor what to take back", m.Source)
	}
	return m, nil
}

// message writes an article. Its text goes along if it fits; else it is named, and read again by whoever puts it.
func (l *look) message(it *source.Item, c content) (Message, error) {
	m := Message{
		Source: l.entry.ID, Document: documentID(l.entry.Source, it), Observed: c.at, Publisher: l.entry.Publisher, Story: l.entry.Story,
		Rights: l.entry.Rights, Headline: it.Headline, Published: it.Published, MediaType: c.mediaType, Body: Zip(c.body),
	}
	if api.DocumentID(it.URL) != "" {
		m.URL = it.URL
	}
	if c.mediaType == jsonType {
		if s, err := api.ParseSubmission(c.body); err != nil || s.ID != "" || s.URL != "" {
			m.Document = "" // it states its own; what is wrong with it is told by whoever puts it
		}
	}
	if _, err := m.Encode(); err != nil {
		if c.listed != "" || it.URL == "" {
			return m, fmt.Errorf("it is too large for the queue, and has no page of its own: %w", err)
		}
		m.Body, m.Ref = nil, it.URL
	}
	return m, nil
}

// documentID names an item's document as a put by hand would, by its address; one without by its source and its id there.
func documentID(s source.Source, it *source.Item) string {
	if id := api.DocumentID(it.URL); id != "" {
		return id
	}
	return "i-" + hashed(s.ID, it.ID)[:20]
}

// Zip makes the Body of a message.
func Zip(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(body) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}

// unzipped reads a body, of which no more than one byte over the limit is taken.
func unzipped(body []byte, limit int64) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, limit+1))
}
