package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var loopback = netip.MustParsePrefix("127.0.0.1/32")

// open gives a client that may ask this machine, without pauses.
func open(o Options) *Client {
	o.Allow = append(o.Allow, loopback)
	if o.Gap == 0 {
		o.Gap = -1
	}
	return New(o)
}

// site serves pages by their path, and 404 for the others.
func site(t *testing.T, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page := pages[r.URL.Path]; page != nil {
			page(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

func says(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, body) }
}

func TestConditional(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/feed": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"two"`)
		if r.Header.Get("If-None-Match") == `"two"` || r.Header.Get("If-Modified-Since") == "Thu, 19 Nov 2026 10:00:00 GMT" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Last-Modified", "Thu, 19 Nov 2026 10:00:00 GMT")
		w.Header().Set("Content-Type", "text/xml")
		fmt.Fprint(w, "<rss/>", r.UserAgent())
	}})
	c := open(Options{})
	first, err := c.Get(t.Context(), Request{URL: s.URL + "/feed"})
	if err != nil || string(first.Body) != "<rss/>Factbox" || first.Unchanged || first.ContentType != "text/xml" || first.At.IsZero() {
		t.Fatalf("%+v, %v", first, err)
	}
	for _, r := range []Request{{ETag: first.ETag}, {LastModified: first.LastModified}, {ETag: first.ETag, LastModified: first.LastModified}} {
		r.URL = s.URL + "/feed"
		again, err := c.Get(t.Context(), r)
		if err != nil || !again.Unchanged || again.Body != nil || again.ETag != `"two"` {
			t.Errorf("%+v: %+v, %v", r, again, err)
		}
	}
}

// TestRefused asks for what cannot be had: each is one error that says why.
func TestRefused(t *testing.T) {
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "<item>")
			w.(http.Flusher).Flush()
			time.Sleep(5 * time.Millisecond)
		}
	}
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(make([]byte, 1<<20))
		z.Close()
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(b.Bytes())
	}
	var forbidden atomic.Int32
	inner := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { forbidden.Add(1) }))
	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("this machine has no second loopback address")
	}
	inner.Listener.Close()
	inner.Listener = l
	inner.Start()
	defer inner.Close()
	s := site(t, map[string]http.HandlerFunc{
		"/robots.txt": says("User-agent: *\nDisallow: /private\n"),
		"/gone":       status(410), "/broken": status(500), "/none": status(204),
		"/loop": status(302, "Location", "/loop"), "/nowhere": status(302, "Location", "http://%zz"),
		"/file": status(302, "Location", "file:///etc/passwd"), "/metadata": status(302, "Location", "http://169.254.169.254/latest"),
		"/inside": status(302, "Location", inner.URL), "/private": says("secret"), "/to-private": status(302, "Location", "/private"),
		"/drip": drip, "/bomb": bomb, "/large": says(strings.Repeat("x", 5001)), "/user": status(301, "Location", "http://me:pw@127.0.0.1/"),
	})
	for _, c := range []struct {
		path, says string
		status     int
	}{
		{"/gone", "410 gone", 410},
		{"/missing", "404 not found", 404},
		{"/broken", "500 internal server error", 500},
		{"/none", "204", 204},
		{"/loop", "redirects more than 5 times", 0},
		{"/nowhere", "Location", 0},
		{"/file", `scheme is "file"`, 0},
		{"/metadata", "169.254.169.254", 0},
		{"/inside", "127.0.0.2 is denied", 0},
		{"/private", "robots.txt", 0},
		{"/to-private", "robots.txt", 0},
		{"/drip", "longer than 200ms", 0},
		{"/bomb", "larger than 5000 bytes", 0},
		{"/large", "larger than 5000 bytes", 0},
		{"/user", "user name", 0},
	} {
		client := open(Options{Limit: 5000, Timeout: 200 * time.Millisecond, Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
			Deny: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}})
		_, err := client.Get(t.Context(), Request{URL: s.URL + c.path})
		var e *Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "http") || e.Status != c.status {
			t.Errorf("%s: %v, want %q", c.path, err, c.says)
		} else if e.Gone() != (c.status == 410) {
			t.Errorf("%s: gone %v", c.path, e.Gone())
		}
	}
	if n := forbidden.Load(); n != 0 {
		t.Errorf("%d requests reached the denied address", n)
	}
	for _, address := range []string{"", "ftp://example.org/", "/feed", "http://", "javascript:1"} {
		if _, err := open(Options{}).Get(t.Context(), Request{URL: address}); err == nil {
			t.Errorf("%q is read", address)
		}
	}
}

func TestRedirect(t *testing.T) {
	s := site(t, map[string]http.HandlerFunc{"/old": status(301, "Location", "new?page=1"), "/new": says("here")})
	got, err := open(Options{}).Get(t.Context(), Request{URL: s.URL + "/old"})
	if err != nil || string(got.Body) != "here" || got.URL != s.URL+"/new?page=1" {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestRest: who says when to come again is left alone until then, by every request to the host.
func TestRest(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	var asked atomic.Int32
	s := site(t, map[string]http.HandlerFunc{"/busy": status(503, "Retry-After", "120"), "/other": func(http.ResponseWriter, *http.Request) { asked.Add(1) }})
	c := open(Options{Now: func() time.Time { return now }})
	get := func(path string) *Error {
		_, err := c.Get(t.Context(), Request{URL: s.URL + path})
		var e *Error
		errors.As(err, &e)
		return e
	}
	if e := get("/busy"); e == nil || e.After != 2*time.Minute {
		t.Fatalf("%v", e)
	}
	now = now.Add(time.Minute)
	if e := get("/other"); e == nil || e.After != time.Minute || !strings.Contains(e.Error(), "left alone until 2026-11-20T12:02:00Z") || asked.Load() != 0 {
		t.Errorf("%v, asked %d times", e, asked.Load())
	}
	now = now.Add(time.Minute)
	if e := get("/other"); e != nil || asked.Load() != 1 {
		t.Errorf("%v, asked %d times", e, asked.Load())
	}
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		status int
		value  string
		want   time.Duration
	}{
		{503, "90", 90 * time.Second},
		{429, "Fri, 20 Nov 2026 12:10:00 GMT", 10 * time.Minute},
		{429, "", time.Minute},
		{503, "soon", time.Minute},
		{503, "-5", time.Minute},
		{503, "0", time.Second},
		{503, "Fri, 20 Nov 2020 12:10:00 GMT", time.Second},
		{503, "99999999999999", 24 * time.Hour},
		{503, "Sun, 20 Nov 2099 12:10:00 GMT", 24 * time.Hour},
		{500, "90", 0},
		{404, "90", 0},
	} {
		if got := retryAfter(c.status, c.value, now); got != c.want {
			t.Errorf("%d %q: %s, want %s", c.status, c.value, got, c.want)
		}
	}
}

// TestTurns: a host is asked one thing at a time, however many want something of it.
func TestTurns(t *testing.T) {
	var inside, most atomic.Int32
	s := site(t, map[string]http.HandlerFunc{"/page": func(http.ResponseWriter, *http.Request) {
		n := inside.Add(1)
		defer inside.Add(-1)
		for {
			if m := most.Load(); n <= m || most.CompareAndSwap(m, n) {
				break
			}
		}
		time.Sleep(time.Millisecond)
	}})
	c := open(Options{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, err := c.Get(t.Context(), Request{URL: s.URL + "/page"}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
}

func TestPause(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	h := &host{busy: make(chan struct{}, 1)}
	for _, c := range []struct {
		gap, later, want time.Duration
		rules            *robots
	}{
		{gap: time.Second, want: time.Second},
		{gap: time.Second, later: 400 * time.Millisecond, want: 600 * time.Millisecond},
		{gap: time.Second, rules: &robots{delay: 3 * time.Second}, want: 3 * time.Second},
	} {
		h.free, h.rules = time.Time{}, c.rules
		done, err := h.turn(t.Context(), clock)
		if err != nil {
			t.Fatal(err)
		}
		done(c.gap)
		if got, err := h.pause(now.Add(c.later)); err != nil || got != c.want {
			t.Errorf("%+v: %s, %v", c, got, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.turn(ended, clock); err == nil || len(h.busy) != 0 {
		t.Errorf("waiting goes on after the end: %v, or the turn is kept", err)
	}
}
