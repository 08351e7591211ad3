// Package fetch reads pages and feeds from other people's servers, politely and without being led astray.
//
// Politely: a server is asked one thing at a time with a pause between, what was read once is asked for again by its ETag and
// date (RFC 9110, section 13.1), robots.txt is honoured (RFC 9309), and who answers "later" (429, 503) is left alone until then.
//
// Not led astray: an address is judged when it is dialled, after its name was looked up, so that neither a name nor a redirect
// nor a name that changes its mind leads to loopback, a private or link-local network, a cloud's metadata service or a
// multicast group. There are limits to time, to bytes after decompression, and to redirects; no proxy is used.
package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"
)

// Options adjust a Client; the zero value is what a server of news is asked with.
type Options struct {
	Agent   string        // the product that asks, as robots.txt names it; "" is "Factbox"
	Limit   int64         // bytes of a body after decompression; 0 is 10 MB
	Timeout time.Duration // of one request with its body; 0 is 30 s
	Gap     time.Duration // between the end of a request to a host and the next one; 0 is 1 s, negative is none
	// Allow opens addresses that are closed otherwise, on any port; Deny closes more, and wins.
	Allow, Deny []netip.Prefix
	Now         func() time.Time // the time of day; nil: time.Now
}

const (
	defaultAgent   = "Factbox"
	defaultLimit   = 10_000_000
	defaultTimeout = 30 * time.Second
	defaultGap     = time.Second
	maxRedirects   = 5
	maxHeader      = 64 << 10
)

// Client reads over HTTP. It may be used by several goroutines at once, and keeps what it learned of hosts.
type Client struct {
	options Options
	http    *http.Client
	hosts   hosts
}

// New makes a client.
func New(o Options) *Client {
	o.Agent = cmp.Or(o.Agent, defaultAgent)
	o.Limit = cmp.Or(o.Limit, defaultLimit)
	o.Timeout = cmp.Or(o.Timeout, defaultTimeout)
	o.Gap = max(cmp.Or(o.Gap, defaultGap), 0)
	if o.Now == nil {
		o.Now = time.Now
	}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: newGuard(o.Allow, o.Deny).control}
	return &Client{options: o, http: &http.Client{
		Transport: &http.Transport{
			DialContext: dialer.DialContext, Proxy: nil, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second,
			MaxResponseHeaderBytes: maxHeader, IdleConnTimeout: 30 * time.Second, MaxIdleConns: 32,
		},
		// Each hop takes its turn at its host and is asked of its robots.txt, so they are made one by one.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Request is what is asked for. With the ETag and LastModified of an earlier Response, unchanged content is not sent again.
type Request struct {
	URL          string
	ETag         string
	LastModified string
	Accept       string // media types; "" is any
}

// Response is an answer read whole.
type Response struct {
	URL          string // where it stood, behind the redirects
	Unchanged    bool   // it is as the Request's ETag or LastModified has it; there is no Body
	Body         []byte
	ContentType  string
	ETag         string
	LastModified string
	At           time.Time // when it was answered
}

// Get reads an address, following redirects. Its errors are *Error.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	address := r.URL
	for hop := 0; ; hop++ {
		u, err := webAddress(address)
		if err != nil {
			return Response{}, &Error{URL: r.URL, Err: err}
		}
		if err := c.permitted(ctx, u); err != nil {
			return Response{}, at(err, address)
		}
		answer, location, err := c.ask(ctx, u, r)
		if err != nil {
			return Response{}, at(err, address)
		}
		if location == "" {
			return answer, nil
		}
		if hop == maxRedirects {
			return Response{}, &Error{URL: r.URL, Err: fmt.Errorf("it redirects more than %d times", maxRedirects)}
		}
		to, err := u.Parse(location)
		if err != nil {
			return Response{}, &Error{URL: address, Err: errors.New("it redirects to what is no address")}
		}
		address = to.String()
	}
}

// webAddress parses an address that may be asked for.
func webAddress(address string) (*url.URL, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, errors.New("it is no address")
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("its scheme is %q, not http or https", u.Scheme)
	case u.Hostname() == "":
		return nil, errors.New("it names no host")
	case u.User != nil:
		return nil, errors.New("it carries a user name")
	}
	return u, nil
}

// ask makes one request in its host's turn. location is where a redirect leads.
func (c *Client) ask(ctx context.Context, u *url.URL, r Request) (answer Response, location string, err error) {
	h := c.hosts.of(u)
	done, err := h.turn(ctx, c.options.Now)
	if err != nil {
		return answer, "", err
	}
	defer func() { done(c.options.Gap) }()
	ctx, cancel := context.WithTimeoutCause(ctx, c.options.Timeout, fmt.Errorf("it took longer than %s", c.options.Timeout))
	defer cancel()
	answer, location, err = c.exchange(ctx, u, r)
	var e *Error
	if errors.As(err, &e) && e.After > 0 {
		h.rest(c.options.Now().Add(e.After))
	}
	if cause := context.Cause(ctx); err != nil && cause != nil && !errors.As(err, &e) {
		err = cause
	}
	return answer, location, err
}

func (c *Client) exchange(ctx context.Context, u *url.URL, r Request) (answer Response, location string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer, "", err
	}
	for name, value := range map[string]string{
		"User-Agent": c.options.Agent, "Accept": cmp.Or(r.Accept, "*/*"), "If-None-Match": r.ETag, "If-Modified-Since": r.LastModified,
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer, "", bare(err)
	}
	defer response.Body.Close()
	answer = Response{
		URL: u.String(), ContentType: response.Header.Get("Content-Type"), ETag: response.Header.Get("ETag"),
		LastModified: response.Header.Get("Last-Modified"), At: c.options.Now(),
	}
	switch status := response.StatusCode; {
	case status == http.StatusNotModified:
		answer.Unchanged = true
		answer.ETag, answer.LastModified = cmp.Or(answer.ETag, r.ETag), cmp.Or(answer.LastModified, r.LastModified)
		return answer, "", nil
	case status >= 300 && status < 400 && response.Header.Get("Location") != "":
		return answer, response.Header.Get("Location"), nil
	case status != http.StatusOK:
		return answer, "", &Error{Status: status, After: retryAfter(status, response.Header.Get("Retry-After"), c.options.Now()),
			Err: fmt.Errorf("it is answered %d %s", status, strings.ToLower(http.StatusText(status)))}
	}
	answer.Body, err = io.ReadAll(io.LimitReader(response.Body, c.options.Limit+1))
	switch {
	case err != nil:
		return answer, "", err
	case int64(len(answer.Body)) > c.options.Limit:
		return answer, "", fmt.Errorf("it is larger than %d bytes", c.options.Limit)
	}
	return answer, "", nil
}
