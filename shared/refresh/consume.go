package refresh

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"factbox/shared/api"
	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/source"
	"factbox/shared/store"
)

// Documents keeps documents; package store does.
type Documents interface {
	Put(context.Context, store.Putting) (store.Result, error)
	Retract(ctx context.Context, document string, observed, at time.Time) error
}

// Consumer puts and withdraws what a queue carries. It is itself a Queue that has done so when Send returns.
type Consumer struct {
	Documents Documents
	Reader    Reader // of articles that did not fit into their message
	Log       *slog.Logger
	Now       func() time.Time // the time of day; nil: time.Now
}

// Send does what a message says. The same again, and an older one after a newer one, change nothing. An error means that it may
// go well later; an article that will never be one is logged in one line and is no error.
func (c *Consumer) Send(ctx context.Context, m Message) error {
	now := time.Now()
	if c.Now != nil {
		now = c.Now()
	}
	if m.Retract {
		if err := c.Documents.Retract(ctx, m.Document, m.Observed, now); err != nil {
			return fmt.Errorf("withdraw %s of source %s: %w", m.Document, m.Source, err)
		}
		c.Log.InfoContext(ctx, "article withdrawn", "source", m.Source, "document", m.Document)
		return nil
	}
	putting, err := c.prepare(ctx, m, now)
	var result store.Result
	if err == nil {
		result, err = c.Documents.Put(ctx, putting)
	}
	if err != nil {
		if final(err) {
			c.Log.WarnContext(ctx, "article refused", "source", m.Source, "url", cmp.Or(m.URL, m.Ref), "error", err.Error())
			return nil
		}
		return fmt.Errorf("put %s of source %s: %w", cmp.Or(m.Document, m.Ref), m.Source, err)
	}
	c.Log.InfoContext(ctx, "article put", "source", m.Source, "document", putting.Document.Source.Document, "revision", result.Revision,
		"known", result.Known, "stale", result.Stale, "facts", len(putting.Facts))
	return nil
}

// Consume does what a message says, as a queue carries it.
func (c *Consumer) Consume(ctx context.Context, text string) error {
	m, err := Decode(text)
	if err != nil {
		return err
	}
	return c.Send(ctx, m)
}

func (c *Consumer) prepare(ctx context.Context, m Message, now time.Time) (store.Putting, error) {
	text, err := c.text(ctx, m)
	if err != nil {
		return store.Putting{}, err
	}
	s := api.Submission{Body: text.body, MediaType: text.mediaType}
	if text.mediaType == jsonType {
		if s, err = api.ParseSubmission(text.body); err != nil {
			return store.Putting{}, err
		}
	}
	s.ID, s.URL, s.Story = cmp.Or(s.ID, m.Document), cmp.Or(s.URL, m.URL), cmp.Or(s.Story, m.Story)
	s.Publisher, s.Rights = cmp.Or(s.Publisher, m.Publisher), cmp.Or(s.Rights, string(m.Rights))
	s.Listed.Headline, s.Listed.Published = m.Headline, m.Published
	p, err := s.Prepare(now)
	p.Observed = text.at
	return p, err
}

// text is what a message carries, or what stands now where it says.
func (c *Consumer) text(ctx context.Context, m Message) (content, error) {
	if m.Body != nil {
		body, err := unzipped(m.Body, api.MaxBody)
		return content{body: body, mediaType: m.MediaType, at: m.Observed}, err
	}
	again, err := c.Reader.item(ctx, &source.Item{URL: m.Ref})
	if again.at.Before(m.Observed) { // an object does not say when it was read
		again.at = m.Observed
	}
	return again, err
}

// final reports whether the same article would be refused again.
func final(err error) bool {
	var e *fact.Error
	if errors.As(err, &e) {
		return e.Code == fact.Invalid || e.Code == fact.TooLarge || e.Code == fact.Unsupported
	}
	var p *api.Problem
	if errors.As(err, &p) {
		return p.Status < http.StatusInternalServerError
	}
	var f *fetch.Error
	return errors.As(err, &f) && f.Status >= 400 && f.Status < 500 && f.After == 0
}
