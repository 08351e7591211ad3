package refresh

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"factbox/shared/api"
	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/feed"
	"factbox/shared/fetch"
	"factbox/shared/source"
)

// Web reads addresses; *fetch.Client does.
type Web interface {
	Get(context.Context, fetch.Request) (fetch.Response, error)
}

// Object is an object of a bucket.
type Object struct {
	Key      string
	ETag     string // changes with its content
	Modified time.Time
	Size     int64 // bytes
}

// Objects reads buckets; package s3 does.
type Objects interface {
	// List gives the newest objects of a prefix, at most a number of them.
	List(ctx context.Context, bucket, prefix string, most int) ([]Object, error)
	Get(ctx context.Context, bucket, key string) ([]byte, error)
}

// Reader reads what sources list, and the articles.
type Reader struct {
	Web     Web
	Objects Objects // nil where no bucket can be read
}

// listing is what a source lists.
type listing struct {
	unchanged          bool // since it was last read: nothing else is said
	items              []source.Item
	content            map[string]content // of the items that the list carries, by id
	deleted            []string           // ids of items that were taken back
	etag, lastModified string
}

// content is the text of an article.
type content struct {
	unchanged          bool // since it was last read: nothing else is said
	body               []byte
	mediaType          string
	at                 time.Time // when it was read
	etag, lastModified string
	listed             string // what the list says of the article, where the list carries it
}

const (
	feedTypes = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1"
	pageTypes = "text/html, application/xhtml+xml, text/plain;q=0.8"
)

func (r Reader) list(ctx context.Context, e source.Entry) (listing, error) {
	if e.Kind == source.Bucket {
		return r.listObjects(ctx, e)
	}
	accept := pageTypes
	if e.Kind == source.Feed {
		accept = feedTypes
	}
	answer, err := r.Web.Get(ctx, fetch.Request{URL: e.URL, ETag: e.ETag, LastModified: e.LastModified, Accept: accept})
	var unread *fetch.Error
	if e.Kind == source.Page && errors.As(err, &unread) && unread.Gone() {
		return listing{unchanged: true, deleted: []string{e.URL}}, nil
	}
	if err != nil {
		return listing{}, err
	}
	l := listing{unchanged: answer.Unchanged, etag: kept(answer.ETag), lastModified: kept(answer.LastModified)}
	switch {
	case answer.Unchanged:
		return l, nil
	case e.Kind == source.Page:
		c := pageContent(answer)
		print, err := c.print()
		if err != nil {
			return l, &unusable{err}
		}
		l.items = []source.Item{{ID: e.URL, URL: e.URL, Mark: print}}
		l.content = map[string]content{e.URL: c}
		return l, nil
	}
	return l, l.readFeed(e, answer)
}

// Limits in bytes of what is kept of an item; the API's own are no wider.
const (
	maxAddress = 2048
	maxName    = 500
)

// kept is a validator as it is sent back, unless it is longer than any in good faith.
func kept(validator string) string {
	if len(validator) > maxName {
		return ""
	}
	return validator
}

func (l *listing) readFeed(e source.Entry, answer fetch.Response) error {
	base, err := url.Parse(answer.URL)
	if err != nil {
		return &unusable{err}
	}
	f, err := feed.Read(answer.Body, answer.ContentType, base)
	if err != nil {
		return &unusable{err}
	}
	l.content = map[string]content{}
	at := map[string]int{}
	for _, it := range f.Items {
		text := cmp.Or(it.Content, it.Summary)
		if it.ID == "" || it.Link == "" && text == "" || len(it.Link) > maxAddress {
			continue
		}
		if len(it.ID) > maxName {
			it.ID = hashed(it.ID)
		}
		if len(it.Title) > maxName {
			it.Title = "" // no headline
		}
		updated := it.Updated
		if first, _, ok := it.Published.Bounds(); updated.IsZero() && ok {
			updated, _ = time.Parse(time.DateOnly, first) // a day that has bounds is one
		}
		listed := source.Item{ID: it.ID, URL: it.Link, Headline: it.Title, Published: string(it.Published), Updated: updated,
			Mark: hashed(it.Link, it.Title, string(it.Published), it.Updated.Format(time.RFC3339Nano), it.Content, it.Summary)}
		// Of two items with one id the one changed last is meant, else the first: publishers list the newest first.
		i, twice := at[it.ID]
		switch {
		case !twice:
			at[it.ID] = len(l.items)
			l.items = append(l.items, listed)
		case listed.Updated.After(l.items[i].Updated):
			l.items[i] = listed
		default:
			continue
		}
		delete(l.content, it.ID)
		if e.Inline || it.Link == "" {
			l.content[it.ID] = content{body: []byte(text), mediaType: "text/html; charset=utf-8", at: answer.At, listed: it.Title + "\n" + string(it.Published)}
		}
	}
	for _, id := range f.Deleted {
		if len(id) > maxName {
			id = hashed(id)
		}
		if _, listed := at[id]; !listed {
			l.deleted = append(l.deleted, id)
		}
	}
	return nil
}

// objectTypes are the objects that are read, by the ends of their names.
var objectTypes = map[string]string{".txt": "text/plain", ".html": "text/html", ".htm": "text/html", ".json": jsonType}

const jsonType = "application/json"

func (r Reader) listObjects(ctx context.Context, e source.Entry) (listing, error) {
	if r.Objects == nil {
		return listing{}, &unusable{errors.New("no bucket can be read here")}
	}
	bucket, prefix, err := bucketOf(e.URL)
	if err != nil {
		return listing{}, &unusable{err}
	}
	objects, err := r.Objects.List(ctx, bucket, prefix, source.MaxWatched)
	if err != nil {
		return listing{}, &unusable{err}
	}
	var l listing
	for _, o := range objects {
		if objectTypes[strings.ToLower(path.Ext(o.Key))] != "" {
			l.items = append(l.items, source.Item{ID: o.Key, URL: (&url.URL{Scheme: "s3", Host: bucket, Path: "/" + o.Key}).String(),
				Updated: o.Modified.UTC(), Mark: hashed(o.ETag)})
		}
	}
	return l, nil
}

// bucketOf takes an s3:// address apart.
func bucketOf(address string) (bucket, key string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "s3" {
		return "", "", fmt.Errorf("%q is no address of a bucket", address)
	}
	return u.Host, strings.TrimPrefix(u.Path, "/"), nil
}

// item reads an article.
func (r Reader) item(ctx context.Context, it *source.Item) (content, error) {
	if strings.HasPrefix(it.URL, "s3:") {
		return r.object(ctx, it)
	}
	answer, err := r.Web.Get(ctx, fetch.Request{URL: it.URL, ETag: it.ETag, LastModified: it.LastModified, Accept: pageTypes})
	if err != nil {
		return content{}, err
	}
	return pageContent(answer), nil
}

func (r Reader) object(ctx context.Context, it *source.Item) (content, error) {
	if r.Objects == nil {
		return content{}, errors.New("no bucket can be read here")
	}
	bucket, key, err := bucketOf(it.URL)
	if err != nil {
		return content{}, err
	}
	body, err := r.Objects.Get(ctx, bucket, key)
	return content{body: body, mediaType: objectTypes[strings.ToLower(path.Ext(key))], at: it.Updated}, err
}

// pageContent is what an answer holds. XHTML is read as HTML is, and what says no type as what it looks like.
func pageContent(answer fetch.Response) content {
	c := content{unchanged: answer.Unchanged, body: answer.Body, mediaType: answer.ContentType, at: answer.At,
		etag: kept(answer.ETag), lastModified: kept(answer.LastModified)}
	if c.mediaType == "" && !c.unchanged {
		c.mediaType, _, _ = strings.Cut(http.DetectContentType(c.body), ";") // the set that it guesses is not stated
	}
	if kind, parameters, err := mime.ParseMediaType(c.mediaType); err == nil && kind == "application/xhtml+xml" {
		c.mediaType = mime.FormatMediaType("text/html", parameters)
	}
	return c
}

// print is a hash of what an article says, whatever surrounds it on its page: advertisements and counters change with each
// request. An error says why it is no article.
func (c content) print() (string, error) {
	if len(c.body) > api.MaxBody {
		return "", fact.Errorf(fact.TooLarge, "it has %d bytes, and an article at most %d", len(c.body), api.MaxBody)
	}
	if c.mediaType == jsonType {
		return hashed(string(c.body)), nil
	}
	a, err := article.Read(c.body, c.mediaType)
	if err != nil {
		return "", err
	}
	parts := []string{c.listed, a.Headline, string(a.Published)}
	for _, p := range a.Paragraphs {
		parts = append(parts, p.Text)
	}
	return hashed(parts...), nil
}

func hashed(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		write(h, p)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func write(h hash.Hash, part string) {
	fmt.Fprintf(h, "%d\n%s", len(part), part) // a hash takes everything
}
