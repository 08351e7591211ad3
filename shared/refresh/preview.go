package refresh

import (
	"context"
	"time"

	"factbox/shared/fact"
	"factbox/shared/source"
)

// Preview is what one article of a source would come to.
type Preview struct {
	ID       string // of the item
	URL      string
	Document fact.Document
	Facts    int
	Err      error // why it would not be put; nil if it would
}

// Preview looks at a source and reads the first of its articles, without noting or passing on anything. listed is how many
// articles it lists. The error says why the source itself cannot be read.
func (r Reader) Preview(ctx context.Context, s source.Source, most int, now time.Time) (articles []Preview, listed int, err error) {
	l := &look{entry: source.Entry{Source: s}}
	list, err := r.list(ctx, l.entry)
	if err != nil {
		return nil, 0, err
	}
	c := &Consumer{Reader: r}
	for _, it := range list.items[:min(most, len(list.items))] {
		p := Preview{ID: it.ID, URL: it.URL}
		text, carried := list.content[it.ID]
		if !carried {
			text, p.Err = r.item(ctx, &it)
		}
		var m Message
		if p.Err == nil {
			m, p.Err = l.message(&it, text)
		}
		if p.Err == nil {
			putting, err := c.prepare(ctx, m, now)
			p.Document, p.Facts, p.Err = putting.Document, len(putting.Facts), err
		}
		articles = append(articles, p)
	}
	return articles, len(list.items), nil
}
