package refresh

import (
	"context"
	"errors"
	"time"

	"factbox/shared/fetch"
	"factbox/shared/source"
)

// budget is how many articles of a source are read in one look; the rest waits for the next.
const budget = 50

// source reads what the source lists and looks at what of it is due.
func (l *look) source(ctx context.Context) (source.State, error) {
	listed, err := l.Reader.list(ctx, l.entry)
	if err != nil {
		return source.State{}, err
	}
	if !listed.unchanged {
		l.watch.List(listed.items, l.now())
	}
	for _, it := range l.watch.Retract(listed.deleted) {
		if err := l.retract(ctx, it); err != nil {
			return source.State{}, err
		}
		it.Mark, it.Seen = "", "" // whatever is listed under its id again is new
	}
	again := l.entry.Kind == source.Feed && !l.entry.Inline
	read := 0
	for _, it := range l.watch.Due(l.now(), l.entry.Every(), again) {
		content, carried := listed.content[it.ID]
		if !carried && it.URL == "" {
			continue // the list that carried it is unchanged, or carries it no more
		}
		if read++; read > budget || l.ending(ctx) {
			return l.entry.Begun(l.now(), 0), nil
		}
		if !carried {
			content, err = l.Reader.item(ctx, it)
		}
		var e *fetch.Error
		if errors.As(err, &e) && e.After > 0 {
			l.Log.Warn("source asked to wait", "source", l.entry.ID, "url", it.URL, "error", err.Error())
			return l.entry.Begun(l.now(), max(e.After, l.entry.Every())), nil
		}
		if err := l.settle(ctx, it, content, err); err != nil {
			return source.State{}, err
		}
	}
	return l.entry.Looked(l.now(), listed.etag, listed.lastModified, l.jitter()), nil
}

// ending reports whether there is no time to begin anything more.
func (l *look) ending(ctx context.Context) bool {
	deadline, limited := ctx.Deadline()
	return ctx.Err() != nil || limited && time.Until(deadline) < reserve
}

// settle passes on what became of an article and notes it. Its error is the queue's, or the end of the context.
func (l *look) settle(ctx context.Context, it *source.Item, c content, err error) error {
	var e *fetch.Error
	switch {
	case errors.As(err, &e) && e.Gone():
		if it.Sent != "" && !it.Retracted {
			return l.retract(ctx, it)
		}
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && !c.unchanged:
		var print string
		if print, err = c.print(); err == nil && (print != it.Sent || it.Retracted) {
			var m Message
			if m, err = l.message(it, c); err == nil {
				if err := l.Queue.Send(ctx, m); err != nil {
					return err
				}
				l.report.Sent++
				it.Sent, it.Retracted = print, false
			}
		}
		it.ETag, it.LastModified = c.etag, c.lastModified
	}
	if err != nil {
		l.report.Unread++
		l.Log.Warn("article not read", "source", l.entry.ID, "item", it.ID, "url", it.URL, "error", err.Error())
	}
	it.Seen, it.Looked = it.Mark, l.now()
	return nil
}

// retract passes on that an article was taken back. Should its page come back, its content is read whatever its ETag.
func (l *look) retract(ctx context.Context, it *source.Item) error {
	m := Message{Source: l.entry.ID, Document: documentID(l.entry.Source, it), Observed: l.now(), Retract: true}
	if err := l.Queue.Send(ctx, m); err != nil {
		return err
	}
	l.report.Retracted++
	it.Retracted, it.Seen, it.Looked, it.ETag, it.LastModified = true, it.Mark, l.now(), "", ""
	return nil
}
