package refresh

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"factbox/shared/source"
)

// TestTale follows a feed through the life of an article: each step is what the publisher does, how much later it is looked at,
// what is asked for, and what is passed on.
func TestTale(t *testing.T) {
	p := newPress(t)
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	ferry, bridge := item("/ferry", ""), item("/bridge", "")
	for _, step := range []struct {
		name    string
		do      func()
		later   time.Duration
		asked   string
		told    string
		sources int // that were due
	}{
		{"two articles", func() {
			p.set("/feed", rss(ferry, bridge))
			p.set("/ferry", page("Nine people were killed when"))
			p.set("/bridge", page("A bridge was closed after"))
		}, 0, "/bridge /feed /ferry", "bridge A bridge; ferry Nine people", 1},
		{"not due", func() { p.set("/ferry", page("Ten people were killed when")) }, 9 * time.Minute, "", "", 0},
		{"the page was revised, the feed was not", func() {}, time.Minute, "/bridge /feed /ferry", "ferry Ten people", 1},
		{"the page has another advertisement", func() { p.set("/ferry", page("Ten people were killed when")) }, 10 * time.Minute, "/bridge /feed /ferry", "", 1},
		{"the item was revised", func() {
			ferry = item("/ferry", "<description>Eleven.</description>")
			p.set("/feed", rss(ferry, bridge))
			p.set("/ferry", page("Eleven people were killed when"))
		}, 10 * time.Minute, "/bridge /feed /ferry", "ferry Eleven people", 1},
		{"off the list, revised", func() {
			p.set("/feed", rss(ferry))
			p.set("/bridge", page("No bridge was closed after"))
		}, 10 * time.Minute, "/bridge /feed /ferry", "bridge No bridge", 1},
		{"off the list, gone", func() { p.set("/bridge", "") }, 30 * time.Minute, "/bridge /feed /ferry", "u- gone", 1},
		{"gone is told once", func() {}, 30 * time.Minute, "/feed /ferry", "", 1},
		{"back on the list", func() {
			p.set("/feed", rss(ferry, item("/bridge", "<description>Open.</description>")))
			p.set("/bridge", page("No bridge was closed after"))
		}, 30 * time.Minute, "/bridge /feed", "bridge No bridge", 1}, // the other is old enough to be read less often
		{"taken back by the feed's own marker", func() { p.set("/feed", rss(item("/bridge", ""), `<at:deleted-entry ref="`+p.URL+`/ferry"/>`)) }, 40 * time.Minute, "/bridge /feed", "u- gone", 1},
		{"the marker stays", func() {}, 80 * time.Minute, "/bridge /feed", "", 1},
	} {
		step.do()
		b.now = b.now.Add(step.later)
		r, logged := b.run()
		if asked := p.asks(); asked != step.asked {
			t.Errorf("%s: asked %s, want %s", step.name, asked, step.asked)
		}
		if told := b.queue.told(t); told != step.told {
			t.Errorf("%s: told %s, want %s", step.name, told, step.told)
		}
		if r.Due != step.sources || r.Failed+r.Unread > 0 || logged != "" {
			t.Errorf("%s: %+v, %s", step.name, r, logged)
		}
		if !b.shelf.run.At.Equal(b.now) {
			t.Errorf("%s: the run is not recorded", step.name)
		}
	}
}

// TestBadSources: a source that is out of order costs one clear line, and the good one beside it nothing.
func TestBadSources(t *testing.T) {
	text := func(mediaType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mediaType)
			fmt.Fprint(w, body)
		}
	}
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "<item>")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	}
	flood := func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<rss><channel>")
		for range 50 << 4 {
			if _, err := fmt.Fprint(w, strings.Repeat("<item><title>More</title></item>", 2<<10)); err != nil {
				return
			}
		}
	}
	for _, c := range []struct {
		name   string
		serve  http.HandlerFunc
		says   string // the line about it; "" if it is none
		passed int    // articles of it
	}{
		{"malformed", text("text/xml", "<rss><channel><item><title>a < b <<"), "cannot be read", 0},
		{"a page in its place", text("text/html", page("Nine people died when")), "cannot be read", 0},
		{"empty", text("text/xml", ""), "cannot be read", 0},
		{"50 MB", flood, "larger than 1048576 bytes", 0},
		{"a redirect inside", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.2:9/feed", http.StatusFound)
		}, "127.0.0.2", 0},
		{"a slow drip", drip, "longer than 1s", 0},
		{"an unknown character set", text("text/xml; charset=klingon", rss(item("/ferry", ""))), "klingon", 0},
		{"gone", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) }, "410 gone", 0},
		{"one id twice", text("text/xml", rss(item("/ferry", "<guid>x</guid>"), item("/ferry", "<guid>x</guid><description>Old.</description>"))), "", 1},
		{"in 2099", text("text/xml", rss(strings.Replace(item("/ferry", ""), "2026", "2099", 1))), "", 1},
		{"articles that are none", text("text/xml", rss(item("/ferry", ""), item("/picture", ""), item("/missing", ""))), "article not read", 1},
		{"names without an end", text("text/xml", rss(item("/ferry", "<guid>"+strings.Repeat("x", 100_000)+"</guid>"), item("/"+strings.Repeat("y", 100_000), ""))), "", 1},
		{"no items", text("text/xml", rss()), "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newPress(t)
			p.set("/good", rss(item("/bridge", "")))
			p.set("/bridge", page("A bridge was closed after"))
			p.set("/ferry", page("Nine people were killed when"))
			p.serve["/picture"] = text("image/png", "\x89PNG\r\n\x1a\n")
			p.serve["/feed"] = c.serve
			b := newBench(t, newSource("bad", source.Feed, p.URL+"/feed"), newSource("good", source.Feed, p.URL+"/good"))
			r, logged := b.run()
			var bad, good int
			for _, m := range b.queue.sent {
				if m.Source == "good" {
					good++
				} else {
					bad++
				}
			}
			if good != 1 || bad != c.passed {
				t.Errorf("%d articles of the good source and %d of the other, want 1 and %d", good, bad, c.passed)
			}
			lines := strings.Count(logged, "\n")
			switch {
			case c.says == "" && logged != "":
				t.Errorf("logged: %s", logged)
			case c.says == "article not read":
				if lines != 2 || r.Unread != 2 || r.Failed != 0 || !strings.Contains(logged, "/picture") || !strings.Contains(logged, "404 not found") {
					t.Errorf("%+v, logged %s", r, logged)
				}
			case c.says != "":
				if lines != 1 || !strings.Contains(logged, c.says) || !strings.Contains(logged, "source=bad") || r.Failed != 1 {
					t.Errorf("%+v, logged %s, want one line with %q", r, logged, c.says)
				}
				if e := b.entries["bad"]; e.Failures != 1 || !e.Due.Equal(noon.Add(20*time.Minute)) || !strings.Contains(e.Error, c.says) {
					t.Errorf("its state is %+v", e.State)
				}
			}
			if !b.shelf.run.At.Equal(noon) || b.shelf.run.Sources != 2 {
				t.Errorf("the run is not recorded: %+v", b.shelf.run)
			}
		})
	}
}

// TestPanic: what makes a reader panic is a fault of its source.
func TestPanic(t *testing.T) {
	b := newBench(t, newSource("bad", source.Feed, "http://post.example/"))
	b.Job.Reader.Web = nil
	r, logged := b.run()
	if r.Failed != 1 || b.entries["bad"].Failures != 1 || !strings.Contains(logged, "panicked") {
		t.Errorf("%+v, %s", r, logged)
	}
}

// TestPage follows one page.
func TestPage(t *testing.T) {
	p := newPress(t)
	b := newBench(t, newSource("page", source.Page, p.URL+"/ferry"))
	for _, step := range []struct{ text, told string }{
		{page("Nine people were killed when"), "ferry Nine people"},
		{page("Nine people were killed when"), ""},
		{page("Ten people were killed when"), "ferry Ten people"},
		{"", "u- gone"},
		{"", ""},
		{page("Ten people were killed when"), "ferry Ten people"},
	} {
		p.set("/ferry", step.text)
		r, logged := b.run()
		if told := b.queue.told(t); told != step.told || r.Due != 1 || logged != "" {
			t.Errorf("%q: told %q, want %q; %+v %s", step.text, told, step.told, r, logged)
		}
		b.now = b.now.Add(10 * time.Minute)
	}
	p.set("/ferry", "<html><nav>Menu</nav></html>")
	if r, logged := b.run(); r.Failed != 1 || strings.Count(logged, "\n") != 1 {
		t.Errorf("a page without an article: %+v %s", r, logged)
	}
}

// TestInline reads articles out of the feed itself.
func TestInline(t *testing.T) {
	p := newPress(t)
	s := newSource("wire", source.Feed, p.URL+"/feed")
	s.Inline = true
	b := newBench(t, s)
	text := func(words string) string {
		return "<description>&lt;p&gt;" + words + " a ferry sank off Malta on Tuesday.&lt;/p&gt;</description>"
	}
	nowhere := "<item><guid isPermaLink='false'>n1</guid>" + text("Two people were hurt when") + "</item>"
	for _, step := range []struct{ feed, told string }{
		{rss(item("/ferry", text("Nine people were killed when")), nowhere), " Two people; ferry Nine people"},
		{rss(item("/ferry", text("Nine people were killed when")), nowhere), ""},
		{rss(item("/ferry", text("Ten people were killed when"))), "ferry Ten people"},
		{rss(`<at:deleted-entry ref="n1"/>`), "i- gone"},
	} {
		p.set("/feed", step.feed)
		_, logged := b.run()
		if told := b.queue.told(t); told != step.told || logged != "" {
			t.Errorf("told %q, want %q; %s", told, step.told, logged)
		}
		b.now = b.now.Add(10 * time.Minute)
	}
	if asked := p.asks(); strings.Contains(asked, "ferry") {
		t.Errorf("pages are read: %s", asked)
	}
}

// TestBudget: a long list is looked at in parts, and nothing of it is left out.
func TestBudget(t *testing.T) {
	p := newPress(t)
	var items []string
	for i := range budget + 10 {
		items = append(items, item(fmt.Sprintf("/a%d", i), ""))
		p.set(fmt.Sprintf("/a%d", i), page("Nine people were killed when"))
	}
	p.set("/feed", rss(items...))
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	for _, want := range []int{budget, 10, 0} {
		if r, logged := b.run(); r.Sent != want || logged != "" {
			t.Errorf("%+v, want %d; %s", r, want, logged)
		}
	}
	if e := b.entries["world"]; !e.Due.Equal(noon.Add(10 * time.Minute)) {
		t.Errorf("%+v", e.State)
	}
}

// TestEnd: when time runs out nothing more is begun, and what was passed on is noted.
func TestEnd(t *testing.T) {
	p := newPress(t)
	p.set("/feed", rss(item("/ferry", "")))
	p.set("/ferry", page("Nine people were killed when"))
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	ctx, cancel := context.WithTimeout(t.Context(), reserve-time.Second)
	defer cancel()
	if r, err := b.Job.Run(ctx); err != nil || r.Sent != 0 || !b.entries["world"].Due.Equal(noon) {
		t.Errorf("%+v, %v, %+v", r, err, b.entries["world"].State)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Job.Run(ended); err == nil || b.entries["world"].Failures != 0 {
		t.Errorf("%v, %+v: the source has failed because somebody ended the program", err, b.entries["world"].State)
	}
	if r, _ := b.run(); r.Sent != 1 {
		t.Errorf("%+v", r)
	}
}

// TestWait: a host that asks to be left alone is, and its source is due once it may be asked again.
func TestWait(t *testing.T) {
	p := newPress(t)
	p.set("/feed", rss(item("/ferry", "")))
	p.serve["/ferry"] = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusTooManyRequests)
	}
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	if r, logged := b.run(); r.Sent != 0 || strings.Count(logged, "\n") != 1 || !b.entries["world"].Due.Equal(noon.Add(2*time.Hour)) {
		t.Errorf("%+v, %s, %+v", r, logged, b.entries["world"].State)
	}
	p.serve["/feed"] = p.serve["/ferry"]
	b.Job = b.job()
	b.now = noon.Add(2 * time.Hour)
	if r, _ := b.run(); r.Failed != 1 || !b.entries["world"].Due.Equal(b.now.Add(2*time.Hour)) {
		t.Errorf("%+v, %+v", r, b.entries["world"].State)
	}
	delete(p.serve, "/feed")
	delete(p.serve, "/ferry")
	p.set("/ferry", page("Nine people were killed when"))
	b.now = b.now.Add(2 * time.Hour)
	if r, logged := b.run(); r.Sent != 1 {
		t.Errorf("%+v, %s", r, logged)
	}
}

// TestCutOff ends a look at every call of the store and of the queue in turn; the looks after it pass all on.
func TestCutOff(t *testing.T) {
	for _, what := range []string{"store", "queue"} {
		for n := 1; ; n++ {
			p := newPress(t)
			p.set("/feed", rss(item("/ferry", ""), item("/bridge", "")))
			p.set("/ferry", page("Nine people were killed when"))
			p.set("/bridge", page("A bridge was closed after"))
			b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
			if what == "store" {
				b.breakAt = n
			} else {
				b.queue.breakAt = n
			}
			_, err := b.Job.Run(t.Context())
			if err == nil {
				if n < 3 {
					t.Fatalf("nothing of the %s can be cut off", what)
				}
				break
			}
			b.Job = b.job()
			b.now = b.now.Add(source.Lease)
			b.run()
			told := map[string]bool{}
			for _, m := range b.queue.sent {
				told[m.URL] = true
			}
			if len(told) != 2 || b.entries["world"].Failures != 0 {
				t.Errorf("%s cut off at call %d: told %v, %+v", what, n, told, b.entries["world"].State)
			}
			before := len(b.queue.sent)
			b.now = b.now.Add(time.Hour)
			if b.run(); len(b.queue.sent) != before {
				t.Errorf("%s cut off at call %d: told again and again", what, n)
			}
		}
	}
}

// TestClaimed: two who look at once look at each source once.
func TestClaimed(t *testing.T) {
	p := newPress(t)
	p.set("/ferry", page("Nine people were killed when"))
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	p.serve["/feed"] = func(w http.ResponseWriter, _ *http.Request) {
		if r, err := b.job().Run(context.Background()); err != nil || r.Due != 0 {
			t.Errorf("%+v, %v", r, err)
		}
		fmt.Fprint(w, rss(item("/ferry", "")))
	}
	if r, _ := b.run(); r.Sent != 1 || len(b.queue.sent) != 1 {
		t.Errorf("%+v, %d sent", r, len(b.queue.sent))
	}
}

// TestRemoved: a source that is removed while it is looked at stays removed.
func TestRemoved(t *testing.T) {
	p := newPress(t)
	b := newBench(t, newSource("world", source.Feed, p.URL+"/feed"))
	p.serve["/feed"] = func(w http.ResponseWriter, _ *http.Request) {
		b.shelf.mu.Lock()
		delete(b.entries, "world")
		b.shelf.mu.Unlock()
		fmt.Fprint(w, rss())
	}
	if _, logged := b.run(); len(b.entries) != 0 || logged != "" {
		t.Errorf("%+v, %s", b.entries, logged)
	}
}

// TestPreview: a look that notes nothing says what would be put, and what would not.
func TestPreview(t *testing.T) {
	p := newPress(t)
	p.set("/feed", rss(item("/ferry", ""), item("/missing", ""), item("/bridge", "")))
	p.set("/ferry", page("Nine people were killed when"))
	b := newBench(t)
	articles, listed, err := b.Job.Reader.Preview(t.Context(), newSource("world", source.Feed, p.URL+"/feed"), 2, noon)
	if err != nil || listed != 3 || len(articles) != 2 {
		t.Fatalf("%+v, %d, %v", articles, listed, err)
	}
	if a := articles[0]; a.Err != nil || a.Facts == 0 || a.Document.Publisher != "Harbour Post" || a.Document.Published != "2026-11-19" {
		t.Errorf("%+v", a)
	}
	if a := articles[1]; a.Err == nil || !strings.Contains(a.Err.Error(), "404") {
		t.Errorf("%+v", a)
	}
	if _, _, err := b.Job.Reader.Preview(t.Context(), newSource("none", source.Feed, p.URL+"/none"), 2, noon); err == nil {
		t.Error("a source that there is none of can be looked at")
	}
}
