package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// robots is what a host's robots.txt says to us (RFC 9309).
type robots struct {
	rules []rule
	delay time.Duration // Crawl-delay, which the RFC does not have and many hosts state
}

// rule lets in, or keeps out of, the paths that begin as its pattern does.
type rule struct {
	pattern string // with * for anything and $ for the end
	allow   bool
}

// Limits. The RFC (section 2.5) wants at least 500 KiB read, and (2.4) nothing kept for more than a day.
const (
	maxRobots  = 500 << 10
	robotsKept = time.Hour
	maxDelay   = 10 * time.Second
)

var keepOut = &robots{rules: []rule{{pattern: "/"}}}

// permitted is an error if the host's robots.txt keeps us out of an address.
func (c *Client) permitted(ctx context.Context, u *url.URL) error {
	h := c.hosts.of(u)
	select {
	case h.asking <- struct{}{}:
		defer func() { <-h.asking }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	h.mu.Lock()
	rules, old := h.rules, h.rulesOld
	h.mu.Unlock()
	if rules == nil || !c.options.Now().Before(old) {
		var err error
		if rules, err = c.robots(ctx, u); err != nil {
			return err
		}
		h.mu.Lock()
		h.rules, h.rulesOld = rules, c.options.Now().Add(robotsKept)
		h.mu.Unlock()
	}
	if path := u.EscapedPath(); !rules.let(target(path, u.RawQuery)) {
		return errors.New("the robots.txt of its host keeps robots out")
	}
	return nil
}

// robots asks a host for its rules. One that has none lets everybody in; one that cannot tell, or tells us to come later, keeps
// everybody out for now (RFC 9309, sections 2.3.1.3 and 2.3.1.4).
func (c *Client) robots(ctx context.Context, u *url.URL) (*robots, error) {
	where := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRedirects {
		answer, location, err := c.ask(ctx, where, Request{Accept: "text/plain"})
		var e *Error
		switch {
		case errors.As(err, &e) && e.Status >= 400 && e.Status < 500 && e.Status != http.StatusTooManyRequests:
			return &robots{}, nil
		case errors.As(err, &e) && e.Status >= 500 && e.After == 0:
			return keepOut, nil
		case err != nil:
			return nil, at(err, where.String())
		case location == "":
			return readRobots(answer.Body[:min(len(answer.Body), maxRobots)], c.options.Agent), nil
		}
		to, err := where.Parse(location)
		if err != nil || to.Host != u.Host {
			return &robots{}, nil // what stands elsewhere is not this host's; the RFC treats it as unavailable
		}
		where = to
	}
	return &robots{}, nil
}

func target(path, query string) string {
	if path == "" {
		path = "/"
	}
	if query != "" {
		path += "?" + query
	}
	return path
}

// readRobots reads the groups that name our product, or those for everybody if none does. Lines that are not understood are
// passed over.
func readRobots(text []byte, product string) *robots {
	var ours, all robots
	named := false        // a group names us
	var mine, others bool // the group being read is ours, is everybody's
	heads := false        // the last line was a User-agent
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	lines.Buffer(nil, maxRobots+1)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.TrimSpace(value)
		if name == "user-agent" {
			if !heads {
				mine, others = false, false
			}
			heads = true
			mine = mine || strings.EqualFold(value, product)
			others = others || value == "*"
			named = named || mine
			continue
		}
		heads = false
		if mine {
			ours.add(name, value)
		}
		if others {
			all.add(name, value)
		}
	}
	if named {
		return &ours
	}
	return &all
}

func (r *robots) add(name, value string) {
	switch name {
	case "allow", "disallow":
		if value != "" { // an empty one says nothing
			r.rules = append(r.rules, rule{value, name == "allow"})
		}
	case "crawl-delay":
		if seconds, err := strconv.ParseFloat(value, 64); err == nil && seconds > 0 {
			r.delay = time.Duration(min(seconds, maxDelay.Seconds()) * float64(time.Second))
		}
	}
}

// let decides by the longest pattern that fits; of two as long, the one that lets in (RFC 9309, section 2.2.2).
func (r *robots) let(path string) bool {
	best, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > best || n == best && rule.allow) && fits(rule.pattern, path) {
			best, allow = n, rule.allow
		}
	}
	return allow
}

// fits matches a pattern against the beginning of a path, in time linear in both for each of its stars.
func fits(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	for i, part := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !whole || rest == ""
}
