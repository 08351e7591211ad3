package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"factbox/shared/article"
	"factbox/shared/extract"
	"factbox/shared/fact"
	"factbox/shared/store"
)

// Submission is a document as somebody sends it. What is empty is taken from the document where it states it.
type Submission struct {
	ID         string
	Headline   string
	Publisher  string
	Published  string // EDTF day, month or year, or "unknown"
	URL        string
	Byline     []string
	Story      string
	StoryTitle string
	Origin     string
	Rights     string // none, phrase or full; empty is phrase
	Body       []byte // UTF-8
	MediaType  string // text/plain or text/html

	location string // where its properties were sent: "query." or "body."
}

// leeway is how far in the future a publication date may be: the time zones are a day apart, and tomorrow's paper is out
// tonight.
const leeway = 48 * time.Hour

// Prepare reads the document and extracts its facts, with quotes only where its rights allow them. Its errors are written for
// the client.
func (s Submission) Prepare(now time.Time) (store.Putting, error) {
	if err := s.check(); err != nil {
		return store.Putting{}, err
	}
	a, err := s.read()
	if err != nil {
		return store.Putting{}, err
	}
	s.complete(a)
	doc := fact.Document{
		Source: fact.Source{Document: s.ID, Headline: s.Headline, Publisher: s.Publisher, Origin: s.Origin, URL: s.URL},
		Byline: append([]string{}, s.Byline...), Story: s.Story, StoryTitle: s.StoryTitle, Rights: fact.Rights(s.Rights), MediaType: s.MediaType,
	}
	for name, value := range map[string]string{"headline": s.Headline, "publisher": s.Publisher} {
		if value == "" {
			return store.Putting{}, invalid(s.location+name, "is missing, and the document does not state it")
		}
	}
	if doc.Published, err = s.published(now); err != nil {
		return store.Putting{}, err
	}
	doc.Seal(s.Body)
	facts := extract.Facts(a, doc)
	for i := range facts {
		if q := facts[i].Evidence.Quote; q != nil && !doc.Rights.Allows(*q) {
			facts[i].Evidence.Quote = nil
		}
	}
	return store.Putting{Document: doc, Body: s.Body, Facts: facts, At: now}, nil
}

// check refuses what cannot be right whatever the document says.
func (s *Submission) check() error {
	if s.location == "" {
		s.location = "document."
	}
	for _, f := range []struct {
		name  string
		value *string
		most  int // characters
	}{
		{"headline", &s.Headline, 500}, {"publisher", &s.Publisher, 200}, {"origin", &s.Origin, 200}, {"story_title", &s.StoryTitle, 300},
	} {
		*f.value = strings.TrimSpace(*f.value)
		if err := line(s.location+f.name, *f.value, f.most); err != nil {
			return err
		}
	}
	if len(s.Byline) > 20 {
		return invalid(s.location+"byline", "has more than 20 names")
	}
	for i, name := range s.Byline {
		s.Byline[i] = strings.TrimSpace(name)
		if err := line(s.location+"byline", s.Byline[i], 200); err != nil {
			return err
		}
	}
	for name, id := range map[string]string{"id": s.ID, "story": s.Story} {
		if id != "" && !plainIdentifier(id) {
			return invalid(s.location+name, "is at most 128 letters, digits, dots, underscores, tildes and hyphens, the first a letter or digit")
		}
	}
	switch fact.Rights(s.Rights) {
	case "":
		s.Rights = string(fact.RightsPhrase)
	case fact.RightsNone, fact.RightsPhrase, fact.RightsFull:
	default:
		return invalid(s.location+"rights", "is not one of those there are", string(fact.RightsNone), string(fact.RightsPhrase), string(fact.RightsFull))
	}
	if s.URL != "" && canonical(s.URL) == "" {
		return invalid(s.location+"url", "is not a web address: http:// or https://, a host, at most 2048 bytes")
	}
	if s.Published != "" {
		if _, err := date(s.location+"published", s.Published); err != nil {
			return err
		}
	}
	return nil
}

// line checks a value that is a line of text.
func line(location, value string, most int) error {
	switch {
	case utf8.RuneCountInString(value) > most:
		return invalid(location, fmt.Sprintf("is longer than %d characters", most))
	case !printable(value):
		return invalid(location, "has characters that are no text")
	}
	return nil
}

// date reads a publication date.
func date(location, value string) (fact.EDTF, error) {
	if value == string(fact.Unknown) {
		return fact.Unknown, nil
	}
	if _, _, err := point(location, value); err != nil {
		return "", invalid(location, "is no date that there is", "YYYY-MM-DD", "YYYY-MM", "YYYY", string(fact.Unknown))
	}
	return fact.EDTF(value), nil
}

// read makes an article of the bytes.
func (s *Submission) read() (*article.Article, error) {
	switch {
	case len(s.Body) > MaxBody:
		return nil, fact.Errorf(fact.TooLarge, bodyLimit)
	case len(bytes.TrimSpace(s.Body)) == 0:
		return nil, invalid("body", "is empty: send a document")
	case !utf8.Valid(s.Body):
		return nil, invalid("body", "is not UTF-8 text")
	case bytes.IndexByte(s.Body, 0) >= 0:
		return nil, invalid("body", "is binary, not text")
	}
	a, err := article.Read(s.Body, s.MediaType)
	var known *fact.Error
	switch {
	case errors.As(err, &known):
		return nil, err
	case err != nil:
		return nil, &fact.Error{Code: fact.Invalid, Message: "the document cannot be read", Err: err}
	case len(a.Paragraphs) == 0:
		return nil, invalid("body", "has no text to read")
	}
	return a, nil
}

// complete fills in what the document states of itself.
func (s *Submission) complete(a *article.Article) {
	for _, f := range []struct {
		value  *string
		stated string
		most   int
	}{
		{&s.Headline, plainLine(a.Headline), 500}, {&s.Publisher, plainLine(a.Publisher), 200}, {&s.Published, string(a.Published), 10},
	} {
		if *f.value == "" && line("", f.stated, f.most) == nil {
			*f.value = f.stated
		}
	}
	if s.URL == "" {
		s.URL = canonical(a.URL)
	}
	if s.Byline == nil {
		s.Byline = a.Byline[:min(len(a.Byline), 20)]
	}
	if s.Origin == "" {
		s.Origin = s.Publisher
	}
	if s.ID == "" {
		if address := canonical(s.URL); address != "" {
			s.ID = hashed("u-", []byte(address))
		} else {
			s.ID = hashed("b-", s.Body)
		}
	}
	if s.Story == "" {
		s.Story = s.ID
	}
}

// published reads the date that was sent or that the page states, and refuses one that is still far off.
func (s *Submission) published(now time.Time) (fact.EDTF, error) {
	location := s.location + "published"
	if s.Published == "" {
		return "", invalid(location, "is missing, and the document does not state it; say unknown if it is", "YYYY-MM-DD", "YYYY-MM", "YYYY", string(fact.Unknown))
	}
	d, err := date(location, s.Published)
	if err != nil || d == fact.Unknown {
		return d, err
	}
	if first, _, _ := d.Bounds(); first > now.Add(leeway).UTC().Format(time.DateOnly) {
		return "", invalid(location, "is in the future")
	}
	return d, nil
}

func hashed(prefix string, b []byte) string {
	sum := sha256.Sum256(b)
	return prefix + hex.EncodeToString(sum[:10])
}

// canonical writes a web address in one way, so that one page has one id: scheme and host in lower case, without the scheme's
// own port, without a fragment, and without the parameters that only count visitors. It is empty for what is no web address.
func canonical(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || len(address) > 2048 || u.Hostname() == "" || u.User != nil || !printable(address) {
		return ""
	}
	u.Scheme = strings.ToLower(u.Scheme)
	u.Host = strings.ToLower(u.Host)
	switch {
	case u.Scheme == "http":
		u.Host = strings.TrimSuffix(u.Host, ":80")
	case u.Scheme == "https":
		u.Host = strings.TrimSuffix(u.Host, ":443")
	default:
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	if u.RawQuery != "" {
		var kept []string
		for pair := range strings.SplitSeq(u.RawQuery, "&") {
			name, _, _ := strings.Cut(pair, "=")
			if !strings.HasPrefix(name, "utm_") && name != "fbclid" && name != "gclid" {
				kept = append(kept, pair)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	return u.String()
}
