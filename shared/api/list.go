package api

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/store"
)

// List is a page of items with the documents that they rest on.
type List[T any] struct {
	Items           []T           `json:"items" doc:"The items of this page."`
	Sources         []fact.Source `json:"sources" doc:"The documents that the reports of this page are of, each once."`
	LatestPublished *fact.EDTF    `json:"latest_published" doc:"When the newest of these documents appeared; null when the page is empty."`
	Next            *string       `json:"next" doc:"The cursor of the next page; null ends the list."`

	form *form[T]
}

// maxAnswer is the most bytes of JSON in a list. Lambda answers at most 6 MB, in which the body is a JSON string: quotes and
// line breaks count twice.
const maxAnswer = 4 << 20

// fitting fetches a page, with fewer items when they are too many bytes for one answer.
func fitting[T any](limit int, after string, fetch func(store.Page) (store.List[T], error)) (store.List[T], error) {
	for {
		l, err := fetch(store.Page{Limit: limit, After: after})
		if err != nil || limit == 1 || len(l.Items) < 2 {
			return l, err
		}
		b, err := json.Marshal(l.Items)
		if err != nil {
			return l, err
		}
		if len(b) <= maxAnswer {
			return l, nil
		}
		limit = max(1, min(limit, len(l.Items))/2)
	}
}

// newList makes the answer of a page, without the sources of items that a filter took away.
func newList[T any](l store.List[T], f *form[T]) List[T] {
	out := List[T]{Items: l.Items, Sources: []fact.Source{}, form: f}
	if out.Items == nil {
		out.Items = []T{}
	}
	cited := map[string]bool{}
	for _, item := range out.Items {
		for _, id := range f.cited(item) {
			cited[id] = true
		}
	}
	for _, s := range l.Sources {
		if cited[s.Document] {
			out.Sources = append(out.Sources, s)
		}
	}
	latest := l.LatestPublished
	if len(out.Sources) > 0 {
		latest = out.Sources[0].Published // the store lists the newest first
	}
	if latest != "" && len(out.Items) > 0 {
		out.LatestPublished = &latest
	}
	return out
}

// keep filters in place.
func keep[T any](items []T, good func(T) bool) []T {
	return slices.DeleteFunc(items, func(item T) bool { return !good(item) })
}

// position is a page's place in its list, as a cursor carries it.
type position struct {
	After string        `json:"a"`           // the store's
	List  string        `json:"l"`           // which list: a hash of path and parameters
	Seen  []fact.Effect `json:"s,omitempty"` // the effects that the pages so far have named
}

// listHash tells lists apart. limit and format may change from page to page.
func listHash(path string, query url.Values) string {
	rest := url.Values{}
	for name, v := range query {
		if name != "cursor" && name != "limit" && name != "format" {
			rest[name] = v
		}
	}
	sum := sha256.Sum256([]byte(path + "?" + rest.Encode()))
	return hex.EncodeToString(sum[:8])
}

// cursor writes a position in the list that path and query name.
func cursor(path string, query url.Values, p position) string {
	p.List = listHash(path, query)
	b, _ := json.Marshal(p) // strings only: it cannot fail
	return base64.RawURLEncoding.EncodeToString(b)
}

// position reads the request's cursor; the zero position is the beginning.
func (q *request) position() (position, error) {
	var p position
	given := q.query.Get("cursor")
	if given == "" {
		return p, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(given)
	if err == nil {
		err = json.Unmarshal(b, &p)
	}
	switch {
	case err != nil || p.After == "":
		return p, invalid("query.cursor", "is not one of ours; begin again without cursor")
	case p.List != listHash(q.path, q.query):
		return p, invalid("query.cursor", "belongs to another list; begin again without cursor, or send the parameters that it was given for")
	}
	return p, nil
}

// next gives the cursor of the next page and the value of the Link header; nil and "" at the end.
func (q *request) next(p position) (*string, string) {
	if p.After == "" {
		return nil, ""
	}
	c := cursor(q.path, q.query, p)
	query := url.Values{}
	for name, v := range q.query {
		query[name] = v
	}
	query.Set("cursor", c)
	// Without a path, so that it holds under whatever prefix the API is served (RFC 3986, section 5.2).
	return &c, "<?" + query.Encode() + `>; rel="next"`
}

// list answers with a page of what fetch gives, without the items that do not fit; a nil fits lets all through.
func list[T any](ctx context.Context, p Paging, f *form[T], fits func(T) bool, fetch func(store.Page) (store.List[T], error)) (*answer[List[T]], error) {
	q := requestOf(ctx)
	at, err := q.position()
	if err != nil {
		return nil, err
	}
	l, err := fitting(p.Limit, at.After, fetch)
	if err != nil {
		return nil, err
	}
	if fits != nil {
		l.Items = keep(l.Items, fits)
	}
	out := &answer[List[T]]{Body: newList(l, f)}
	out.Body.Next, out.Link = q.next(position{After: l.Next})
	return out, nil
}
