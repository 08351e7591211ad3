// Package source says what is looked at on a schedule, what is known of it, and when it is due again. It is decisions alone: no
// network, no store, and the time of day is a parameter.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"
	"time"

	"factbox/shared/fact"
)

// Kind says how a source lists its articles.
type Kind string

// The kinds.
const (
	Feed   Kind = "feed" // RSS, Atom or JSON feed
	Page   Kind = "page" // one page, which is the article
	Bucket Kind = "s3"   // the objects of a prefix in Amazon S3: .txt, .html and .json (as POST /v1/documents takes it)
)

// Source is where articles come from, as an operator set it up.
type Source struct {
	ID        string      `json:"id"`
	Kind      Kind        `json:"kind"`
	URL       string      `json:"url"`              // http(s)://… or s3://bucket/prefix
	Publisher string      `json:"publisher"`        // who publishes it
	Story     string      `json:"story,omitempty"`  // the story that all its articles belong to; "" if each finds its own
	Rights    fact.Rights `json:"rights"`           // of its articles
	Inline    bool        `json:"inline,omitempty"` // a feed carries its articles whole: their pages are not read
	Interval  int         `json:"interval"`         // seconds between two looks
}

// Limits of an interval, in seconds: a second, which is for a server of one's own, and a week.
const (
	minInterval = 1
	maxInterval = 7 * 24 * 3600
)

// Name makes an id of an address: its host or bucket, and a hash of the whole.
func Name(address string) string {
	sum := sha256.Sum256([]byte(address))
	host := "source"
	if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
		host = u.Hostname()
	}
	return strings.NewReplacer(":", "-", "%", "-").Replace(host) + "-" + hex.EncodeToString(sum[:4])
}

// Check refuses a source that cannot be looked at. Its errors are fact.Invalid and say how to mend it.
func (s Source) Check() error {
	u, err := url.Parse(s.URL)
	scheme := map[Kind]string{Feed: "http:// or https://", Page: "http:// or https://", Bucket: "s3://bucket/prefix"}[s.Kind]
	switch {
	case s.ID == "" || len(s.ID) > 100 || strings.ContainsFunc(s.ID, func(r rune) bool { return r <= ' ' || r == '#' || r > '~' }):
		return fact.Errorf(fact.Invalid, "%q is no id of a source: use up to 100 letters, digits and marks of ASCII, but no # and no space", s.ID)
	case scheme == "":
		return fact.Errorf(fact.Invalid, "%q is no kind of source: there are %s, %s and %s", s.Kind, Feed, Page, Bucket)
	case err != nil || u.Host == "" || u.User != nil || len(s.URL) > 2048 || (s.Kind == Bucket) != (u.Scheme == "s3") || u.Scheme != "s3" && u.Scheme != "http" && u.Scheme != "https":
		return fact.Errorf(fact.Invalid, "%q is no address of a %s: begin it with %s, and leave out user names", s.URL, s.Kind, scheme)
	case strings.TrimSpace(s.Publisher) == "" || len(s.Publisher) > 200:
		return fact.Errorf(fact.Invalid, "say who publishes it, in up to 200 characters")
	case s.Rights != fact.RightsNone && s.Rights != fact.RightsPhrase && s.Rights != fact.RightsFull:
		return fact.Errorf(fact.Invalid, "%q are no rights: there are %s, %s and %s", s.Rights, fact.RightsNone, fact.RightsPhrase, fact.RightsFull)
	case s.Inline && s.Kind != Feed:
		return fact.Errorf(fact.Invalid, "only a feed can carry its articles")
	case s.Interval < minInterval || s.Interval > maxInterval:
		return fact.Errorf(fact.Invalid, "a source is looked at every second to every week, not every %s", time.Duration(s.Interval)*time.Second)
	}
	return nil
}

// State is how a source fared.
type State struct {
	ETag         string    `json:"etag,omitempty"` // of the listing as it was last read; "" to read it again
	LastModified string    `json:"last_modified,omitempty"`
	Due          time.Time `json:"due"`
	Tried        time.Time `json:"tried,omitzero"`     // when it was last looked at
	Succeeded    time.Time `json:"succeeded,omitzero"` // when that last went well
	Failures     int       `json:"failures,omitempty"` // in a row
	Error        string    `json:"error,omitempty"`    // of the last one
}

// Entry is a source with its state, as it is kept.
type Entry struct {
	Source
	State
	Revision int `json:"-"` // counts the changes of the state
}

// Lease is how long a look at a source may take: until then nobody else begins one. After a crash it is the delay.
const Lease = 10 * time.Minute

// mostBackoff is the longest time between looks at a source that fails, unless its interval is longer.
const mostBackoff = 24 * time.Hour

// Claimed is the state while somebody looks.
func (s State) Claimed(now time.Time) State {
	s.Due, s.Tried = now.Add(Lease), now
	return s
}

// Looked is the state after a look that went well. jitter is from 0 to 1 and spreads sources that were set up together by a
// tenth of the interval.
func (e Entry) Looked(now time.Time, etag, lastModified string, jitter float64) State {
	return State{ETag: etag, LastModified: lastModified, Tried: e.Tried, Succeeded: now, Due: now.Add(spread(e.Every(), jitter))}
}

// Begun is the state after a look that had to end before all was looked at: it goes on after a while, and begins with the list,
// which may carry what was not looked at.
func (e Entry) Begun(now time.Time, after time.Duration) State {
	return State{Tried: e.Tried, Succeeded: now, Due: now.Add(after)}
}

// Failed is the state after a look that failed: each failure in a row doubles the wait, which is never shorter than the
// source asked for.
func (e Entry) Failed(now time.Time, why string, after time.Duration, jitter float64) State {
	s := e.State
	s.Failures++
	s.Error = why
	wait := e.Every()
	for range s.Failures {
		wait = min(2*wait, max(mostBackoff, e.Every()))
	}
	s.Due = now.Add(max(spread(wait, jitter), after))
	return s
}

// Every is the time between two looks.
func (s Source) Every() time.Duration { return time.Duration(s.Interval) * time.Second }

func spread(d time.Duration, jitter float64) time.Duration {
	return d + time.Duration(float64(d)*0.1*min(max(jitter, 0), 1))
}

// Failing is how many failures in a row make a source one that fails, not one that was unlucky.
const Failing = 3

// Run is what the last look at all sources came to.
type Run struct {
	At      time.Time `json:"at"`      // when it ended
	Sources int       `json:"sources"` // there are
	Failing int       `json:"failing"` // of them, at least Failing times in a row
}
