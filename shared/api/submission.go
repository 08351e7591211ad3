package api

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"factbox/shared/article"
	"factbox/shared/cluster"
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
	Story      string // empty: where the document is, else the story that it is most like, else a new one
	StoryTitle string
	Origin     string
	Rights     string // none, phrase or full; empty is phrase
	Body       []byte // in the charset of MediaType, or as it says itself
	MediaType  string // text/plain or text/html, with a charset where it is known

	// Listed is what somebody who lists the document, such as a feed, says of it: it holds where neither the sender nor the
	// document says otherwise.
	Listed struct{ Headline, Published string }

	location string // where its properties were sent: "query." or "body."
}

// maxStoryTitle is the longest title of a story, in characters.
const maxStoryTitle = 300

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
		Byline: append([]string{}, s.Byline...), Story: s.Story, StoryTitle: s.StoryTitle, Rights: fact.Rights(s.Rights), MediaType: article.MediaType(s.MediaType),
	}
	switch {
	case s.Headline == "":
		return store.Putting{}, s.missing("headline")
	case s.Publisher == "":
		return store.Putting{}, s.missing("publisher")
	}
	if doc.Published, err = s.published(now); err != nil {
		return store.Putting{}, err
	}
	doc.Seal(s.Body)
	return extracted(a, doc, s.Body, now), nil
}

// Reextract reads a document that the store has with the extractor as it is now. doc and body are as they were put.
func Reextract(doc fact.Document, body []byte, now time.Time) (store.Putting, error) {
	a, err := article.Read(body, doc.MediaType)
	if err != nil {
		return store.Putting{}, err
	}
	p := extracted(a, doc, body, now)
	p.Again = true
	return p, nil
}

// extracted makes a putting of an article, with quotes only where its rights allow them.
func extracted(a *article.Article, doc fact.Document, body []byte, now time.Time) store.Putting {
	facts := extract.Facts(a, doc)
	extract.Redact(facts, doc.Rights)
	putting := store.Putting{Document: doc, Body: body, Facts: facts, Mentions: mentions(a, doc), At: now}
	for _, p := range a.Paragraphs {
		start, _ := p.Source(0, 1)
		putting.Paragraphs = append(putting.Paragraphs, start)
	}
	return putting
}

// mentions reads what a document is about, by which it finds its story.
func mentions(a *article.Article, doc fact.Document) *cluster.Digest {
	var prose []string
	for _, p := range a.Paragraphs {
		if p.Role == article.Body || p.Role == article.Heading {
			prose = append(prose, p.Text[p.Dateline:])
		}
	}
	d := cluster.Read(doc.Source.Document, doc.Headline, prose, doc.Published)
	return &d
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
		{"headline", &s.Headline, 500}, {"publisher", &s.Publisher, 200}, {"origin", &s.Origin, 200}, {"story_title", &s.StoryTitle, maxStoryTitle},
	} {
		*f.value = strings.TrimSpace(*f.value)
		if err := line(s.location+f.name, *f.value, f.most); err != nil {
			return err
		}
	}
	if len(s.Byline) > 20 {
		return invalid(s.location+"byline", "has more than 20 names")
	}
	var byline []string
	for _, name := range s.Byline {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if err := line(s.location+"byline", name, 200); err != nil {
			return err
		}
		byline = append(byline, name)
	}
	s.Byline = byline
	if s.ID != "" && !plainIdentifier(s.ID) {
		return invalid(s.location+"id", identifierRule)
	}
	if s.Story != "" && !plainIdentifier(s.Story) {
		return invalid(s.location+"story", identifierRule)
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

func (s *Submission) missing(name string) *Problem {
	return invalid(s.location+name, "is missing, and the document does not state it")
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
	day, err := fact.ParseEDTF(value)
	if err != nil || strings.Contains(value, "/") {
		return "", invalid(location, noDate(value, err), "YYYY-MM-DD", "YYYY-MM", "YYYY", string(fact.Unknown))
	}
	return day, nil
}

// read makes an article of the bytes.
func (s *Submission) read() (*article.Article, error) {
	if len(s.Body) > MaxBody {
		return nil, fact.Errorf(fact.TooLarge, bodyLimit)
	}
	return article.Read(s.Body, s.MediaType)
}

// complete fills in what the document states of itself.
func (s *Submission) complete(a *article.Article) {
	for _, f := range []struct {
		value  *string
		stated string
		most   int
	}{
		{&s.Headline, plainLine(a.Headline), 500}, {&s.Publisher, plainLine(a.Publisher), 200}, {&s.Published, string(a.Published), 10},
		{&s.Headline, plainLine(s.Listed.Headline), 500}, {&s.Published, s.Listed.Published, 10},
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
		s.ID = cmp.Or(DocumentID(s.URL), hashed("b-", s.Body))
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

// DocumentID is the id of a document that is known by its web address; "" for what is none.
func DocumentID(address string) string {
	if address = canonical(address); address == "" {
		return ""
	}
	return hashed("u-", []byte(address))
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
