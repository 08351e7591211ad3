// Package feed reads what a publisher lists as new: RSS, Atom and JSON Feed. An item that carries its article makes one, as
// shared/article does of a page; of others it gives the address where to look.
//
// It stands apart from shared/article, which the Lambda functions link that never see a feed.
package feed

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"factbox/shared/article"
	"factbox/shared/fact"
)

// Feed is a publisher's list.
type Feed struct {
	Title string
	Link  string // the page that the feed is of; empty, or an absolute http or https URL
	Items []Item // in the order of the feed
	// Deleted has the ids of items that the publisher took back, by Atom's marker for it (RFC 6721, at:deleted-entry).
	Deleted []string
}

// Item is an entry of a feed. What the feed does not say is empty.
type Item struct {
	ID        string    // as the feed has it, else the link; the same ID may stand twice
	Title     string    // a line of plain text
	Link      string    // empty, or an absolute http or https URL
	Authors   []string  // names
	Published fact.EDTF // the day, in the zone in which it is written
	Updated   time.Time // when the entry was last changed, in UTC; zero when the feed does not say
	Content   string    // HTML of the article itself
	Summary   string    // HTML of what the feed says of it
}

// maxDepth is how deep elements may be nested in a feed: those in use have less than 20 levels and the HTML in them.
const maxDepth = 500

// Read reads a feed of any of the formats that are in use (RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed 1 and 1.1).
// mediaType is the answer's, for its charset, or empty; base is the address it came from, against which relative links are
// resolved, or nil. The error is a *fact.Error of code Invalid, or Unsupported for a charset that is unknown. Time is linear in
// the length of the body, which the caller limits.
func Read(body []byte, mediaType string, base *url.URL) (*Feed, error) {
	text, err := decode(body, mediaType)
	if err != nil {
		return nil, err
	}
	parsed, err := parse(text)
	if err != nil {
		return nil, &fact.Error{Code: fact.Invalid, Message: "the feed cannot be read: it is neither RSS nor Atom nor JSON Feed, or it is malformed", Err: err}
	}
	f := &Feed{Title: plain(parsed.Title), Link: address(base, parsed.Link)}
	for _, it := range parsed.Items {
		if it != nil {
			f.Items = append(f.Items, newItem(it, base))
		}
	}
	// The parser does not say of which namespace an element is, so the marker is known by its name and its ref.
	for _, elements := range parsed.Extensions {
		for _, e := range elements["deleted-entry"] {
			if ref := strings.TrimSpace(e.Attrs["ref"]); ref != "" {
				f.Deleted = append(f.Deleted, ref)
			}
		}
	}
	return f, nil
}

func newItem(it *gofeed.Item, base *url.URL) Item {
	item := Item{
		Title: plain(it.Title), Link: address(base, it.Link), ID: strings.TrimSpace(it.GUID),
		Published: article.Day(it.Published), Content: strings.TrimSpace(it.Content), Summary: strings.TrimSpace(it.Description),
	}
	if item.Link == "" { // an RSS guid is the article's address unless it says otherwise
		item.Link = address(nil, item.ID)
	}
	if item.ID == "" {
		item.ID = item.Link
	}
	if it.UpdatedParsed != nil {
		item.Updated = it.UpdatedParsed.UTC()
	}
	for _, author := range it.Authors {
		if author != nil {
			if name := plain(author.Name); name != "" {
				item.Authors = append(item.Authors, name)
			}
		}
	}
	return item
}

// parse reads a feed in UTF-8.
func parse(text []byte) (*gofeed.Feed, error) {
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) { // Parser knows JSON only by a whole document in its first 4 KiB
		read, err := new(jsonfeed.Parser).Parse(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		return new(gofeed.DefaultJSONTranslator).Translate(read)
	}
	if err := shallow(text); err != nil {
		return nil, err
	}
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	read, err := p.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	if original, ok := read.OriginalFeed().(*atom.Feed); ok && len(original.Entries) == len(read.Items) {
		for i, entry := range original.Entries { // Parser takes the last change for the publication where only that is stated
			if entry.Published == "" {
				read.Items[i].Published = ""
			}
		}
	}
	return read, nil
}

// shallow refuses XML that is nested so deep that a reader which calls itself for each level would run out of stack.
func shallow(text []byte) error {
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	depth := 0
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("elements are nested too deep")
			}
		case xml.EndElement:
			depth--
		}
	}
}

var declaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']{1,40})["'][^>]*\?>`)
})

// decode gives the feed in UTF-8, without the declaration that would say otherwise. What counts is, in this order, a byte
// order mark, the media type's charset and the declaration (RFC 7303, 3). Bytes that are no character become U+FFFD, as in
// browsers, and control characters, which XML does not allow, blanks.
func decode(body []byte, mediaType string) ([]byte, error) {
	label := ""
	if _, parameters, err := mime.ParseMediaType(mediaType); err == nil {
		label = parameters["charset"]
	}
	if m := declaration().FindSubmatch(head(body)); label == "" && m != nil && !bytes.HasPrefix(bytes.ToLower(m[1]), []byte("utf-16")) {
		label = string(m[1]) // one that can be read as it stands is not in UTF-16
	}
	decoder := unicode.UTF8.NewDecoder()
	if label != "" {
		enc, err := htmlindex.Get(label)
		if err != nil {
			return nil, fact.Errorf(fact.Unsupported, "character set %q is not read", label)
		}
		decoder = enc.NewDecoder()
	}
	text, err := io.ReadAll(transform.NewReader(bytes.NewReader(body), unicode.BOMOverride(decoder)))
	if err != nil {
		return nil, &fact.Error{Code: fact.Invalid, Message: "the feed is not in the character set that it states", Err: err}
	}
	text = text[len(declaration().Find(head(text))):]
	return bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return ' '
		}
		return r
	}, text), nil
}

// head gives the bytes that hold the declaration, if there is one.
func head(body []byte) []byte {
	const enough = 200
	return body[:min(len(body), enough)]
}

// address gives an absolute http or https URL, or nothing.
func address(base *url.URL, s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || s == "" {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// plain makes a line of plain text of a title, which may hold HTML, or entities of it.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.Join(strings.Fields(s), " ")
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
		case html.TextToken:
			b.Write(z.Text())
		}
	}
}

// Article makes an article of the item's content, or of its summary where it has none. Offsets are into those bytes. What the
// feed states of the item outranks what the text seems to say. Errors are those of article.Read.
func (it Item) Article() (*article.Article, error) {
	body := it.Content
	if body == "" {
		body = it.Summary
	}
	a, err := article.Read([]byte(body), "text/html; charset=utf-8")
	if err != nil {
		return nil, err
	}
	if it.Title != "" {
		a.Headline = it.Title
	}
	if it.Link != "" {
		a.URL = it.Link
	}
	if len(it.Authors) > 0 {
		a.Byline = it.Authors
	}
	if it.Published != "" {
		a.Published = it.Published
	}
	return a, nil
}
