package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func TestCheck(t *testing.T) {
	good := Source{ID: "world", Kind: Feed, URL: "https://post.example/world", Publisher: "Harbour Post", Rights: fact.RightsPhrase, Interval: 900}
	for _, c := range []struct {
		name   string
		change func(*Source)
		says   string // a part of the error; "" if there is none
	}{
		{"a feed", func(*Source) {}, ""},
		{"a feed with its articles", func(s *Source) { s.Inline = true }, ""},
		{"a page", func(s *Source) { s.Kind = Page }, ""},
		{"a prefix", func(s *Source) { s.Kind, s.URL = Bucket, "s3://wire/in/" }, ""},
		{"no id", func(s *Source) { s.ID = "" }, "no id"},
		{"a space in the id", func(s *Source) { s.ID = "a b" }, "no id"},
		{"a mark of keys in the id", func(s *Source) { s.ID = "a#b" }, "no id"},
		{"a long id", func(s *Source) { s.ID = strings.Repeat("a", 101) }, "no id"},
		{"another kind", func(s *Source) { s.Kind = "mail" }, "feed, page and s3"},
		{"no address", func(s *Source) { s.URL = "" }, "no address"},
		{"a file", func(s *Source) { s.URL = "file:///etc/passwd" }, "http://"},
		{"a password", func(s *Source) { s.URL = "https://me:secret@post.example/" }, "user names"},
		{"a bucket that is a feed", func(s *Source) { s.URL = "s3://wire/in/" }, "http://"},
		{"a feed that is a bucket", func(s *Source) { s.Kind = Bucket }, "s3://"},
		{"no publisher", func(s *Source) { s.Publisher = " " }, "who publishes it"},
		{"other rights", func(s *Source) { s.Rights = "some" }, "none, phrase and full"},
		{"a page with articles in it", func(s *Source) { s.Kind, s.Inline = Page, true }, "only a feed"},
		{"never a pause", func(s *Source) { s.Interval = 0 }, "every second to every week"},
		{"too seldom", func(s *Source) { s.Interval = 8 * 24 * 3600 }, "every second to every week"},
	} {
		s := good
		c.change(&s)
		err := s.Check()
		var e *fact.Error
		if (err == nil) != (c.says == "") || err != nil && (!errors.As(err, &e) || e.Code != fact.Invalid || !strings.Contains(e.Message, c.says)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

func TestName(t *testing.T) {
	for _, address := range []string{"https://post.example:8080/world", "s3://wire/in/", "http://[fe80::1%25eth0]/", "", "://"} {
		s := Source{ID: Name(address), Kind: Page, URL: "https://post.example/", Publisher: "Post", Rights: fact.RightsNone, Interval: 60}
		if err := s.Check(); err != nil || s.ID == Name(address+"x") {
			t.Errorf("%q is named %q: %v", address, s.ID, err)
		}
	}
}

func TestWhenDue(t *testing.T) {
	e := Entry{Source: Source{Interval: 600}}
	e.State = e.Claimed(noon)
	if !e.Due.Equal(noon.Add(Lease)) || !e.Tried.Equal(noon) {
		t.Errorf("claimed: %+v", e.State)
	}
	for _, c := range []struct {
		name  string
		state State
		after time.Duration
	}{
		{"well", e.Looked(noon, "a", "b", 0), 10 * time.Minute},
		{"well, at the latest", e.Looked(noon, "a", "b", 1), 11 * time.Minute},
		{"well, jitter out of bounds", e.Looked(noon, "a", "b", 7), 11 * time.Minute},
		{"begun", e.Begun(noon, 0), 0},
		{"begun, and asked to wait", e.Begun(noon, time.Hour), time.Hour},
		{"failed once", e.Failed(noon, "x", 0, 0), 20 * time.Minute},
		{"failed, and asked to wait", e.Failed(noon, "x", time.Hour, 0), time.Hour},
		{"failed three times", Entry{e.Source, State{Failures: 2}, 0}.Failed(noon, "x", 0, 0), 80 * time.Minute},
		{"failed a hundred times", Entry{e.Source, State{Failures: 99}, 0}.Failed(noon, "x", 0, 0), 24 * time.Hour},
		{"failed, and is looked at every two days", Entry{Source{Interval: 48 * 3600}, State{Failures: 9}, 0}.Failed(noon, "x", 0, 0), 48 * time.Hour},
	} {
		if got := c.state.Due.Sub(noon); got != c.after {
			t.Errorf("%s: due after %s, want %s", c.name, got, c.after)
		}
	}
	failed := Entry{e.Source, State{ETag: "a", Failures: 4, Succeeded: noon}, 0}
	failed.State = failed.Failed(noon.Add(time.Hour), "down", 0, 0)
	if failed.ETag != "a" || failed.Failures != 5 || failed.Error != "down" || !failed.Succeeded.Equal(noon) {
		t.Errorf("failed: %+v", failed.State)
	}
	if s := failed.Looked(noon, "b", "c", 0); s.Failures != 0 || s.Error != "" || s.ETag != "b" || s.LastModified != "c" || !s.Succeeded.Equal(noon) {
		t.Errorf("well again: %+v", s)
	}
	if s := failed.Begun(noon, 0); s.ETag != "" || s.LastModified != "" || s.Failures != 0 {
		t.Errorf("begun: %+v: the list has to be read again", s)
	}
}
