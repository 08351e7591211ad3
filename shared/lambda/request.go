package lambda

import (
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// inbound is a request as net/http would show it.
type inbound struct {
	url    *url.URL
	uri    string // the request target, as on the request line
	header http.Header
	host   string
	peer   string // "address:port", as net/http writes it; the gateway does not tell the port: 0
	body   string
}

// read decodes an event. What cannot be decoded is a fault.
func read(event events.APIGatewayV2HTTPRequest, id string) (*inbound, *fault) {
	if event.Version != "" && event.Version != "2.0" {
		return nil, broken(fmt.Errorf("the event has payload format %q; set the integration's PayloadFormatVersion to 2.0", event.Version))
	}
	if event.RequestContext.HTTP.Method == "" {
		return nil, undecodable("The event names no HTTP method: it is not a request of an HTTP API.", fmt.Errorf("reading the event: no HTTP method"))
	}
	in := &inbound{body: event.Body}
	in.uri = target(event)
	var err error
	if in.url, err = url.ParseRequestURI(in.uri); err != nil {
		return nil, undecodable("The request's path or query cannot be decoded. A percent sign must be written %25.", fmt.Errorf("reading the request target: %w", err))
	}
	if event.IsBase64Encoded {
		body, err := base64.StdEncoding.DecodeString(event.Body)
		if err != nil {
			return nil, undecodable("The request's body is not valid base64.", fmt.Errorf("reading the body: %w", err))
		}
		in.body = string(body)
	}
	in.header = headers(event)
	in.host = in.header.Get("Host")
	in.header.Del("Host") // net/http keeps it in Request.Host alone
	if in.host == "" {
		in.host = event.RequestContext.DomainName
	}
	// The gateway writes the scheme; an HTTP API that says nothing was reached by HTTPS, as it offers nothing else.
	if p := in.header.Get("X-Forwarded-Proto"); p != "http" && p != "https" {
		in.header.Set("X-Forwarded-Proto", "https")
	}
	in.header.Del("X-Request-Id")
	if id != "" {
		in.header.Set("X-Request-Id", id)
	}
	if ip := event.RequestContext.HTTP.SourceIP; ip != "" {
		in.peer = net.JoinHostPort(ip, "0")
	}
	return in, nil
}

// carried is what of the event the adapter is given: nothing that it would have to parse, split or guess.
func (in *inbound) carried(event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPRequest {
	event.RawPath, event.RawQueryString, event.QueryStringParameters = "/", "", nil
	event.Headers, event.Cookies = nil, nil
	event.Body, event.IsBase64Encoded = in.body, false
	return event
}

// show sets on the adapter's request what was read.
func (in *inbound) show(r *http.Request) {
	r.URL, r.RequestURI = in.url, in.uri
	r.Header, r.Host, r.RemoteAddr = in.header, in.host, in.peer
}

// headers gives each header whole, under its canonical name. The gateway has taken the cookies apart; they make one
// Cookie header again (RFC 6265, section 5.4).
func headers(event events.APIGatewayV2HTTPRequest) http.Header {
	header := http.Header{}
	for name, value := range event.Headers {
		header.Add(name, value)
	}
	for name := range header {
		if strings.HasPrefix(name, "X-Golambdaproxy-") { // the adapter's way to pass its context, so a client could forge it
			delete(header, name)
		}
	}
	if len(event.Cookies) > 0 {
		header.Set("Cookie", strings.Join(event.Cookies, "; "))
	}
	return header
}

// rawPath is the path of the event, without the stage that the gateway puts before it (the stage $default it does not).
func rawPath(event events.APIGatewayV2HTTPRequest) string {
	path := event.RawPath
	if path == "" {
		path = event.RequestContext.HTTP.Path
	}
	if stage := event.RequestContext.Stage; stage != "" && stage != "$default" {
		if rest, ok := strings.CutPrefix(path, "/"+stage); ok && (rest == "" || rest[0] == '/') {
			path = rest
		}
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return path
}

// target is the request target: path and query, percent-encoded.
func target(event events.APIGatewayV2HTTPRequest) string {
	path := rawPath(event)
	if decoded(path, event.PathParameters) {
		path = (&url.URL{Path: path}).EscapedPath()
	}
	if event.RawQueryString != "" {
		path += "?" + event.RawQueryString
	}
	return path
}

// decoded says whether the gateway has percent-decoded path already. rawPath is not always raw, and the event does not
// say; but a byte that cannot stand in the path of a request target (RFC 3986, section 3.3) was encoded there, and so
// was a broken escape that a path parameter (always decoded) has too. Without such evidence the path is as it was sent.
func decoded(path string, parameters map[string]string) bool {
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c >= 0x7f || c == '?' || c == '#' {
			return true
		}
	}
	if _, err := url.PathUnescape(path); err == nil {
		return false
	}
	for _, value := range parameters {
		if _, err := url.PathUnescape(value); err != nil && strings.Contains(path, value) {
			return true
		}
	}
	return false
}
