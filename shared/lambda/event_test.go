package lambda

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
)

const host = "abcde12345.execute-api.eu-west-1.amazonaws.com"

// wire makes an HTTP/1.1 request of a request line's method and target, header lines and a body.
func wire(line string, body string, headers ...string) string {
	s := line + " HTTP/1.1\r\nHost: " + host + "\r\n"
	for _, h := range headers {
		s += h + "\r\n"
	}
	if body != "" {
		s += fmt.Sprintf("Content-Length: %d\r\n", len(body))
	}
	return s + "Connection: close\r\n\r\n" + body
}

// gateway makes of a request what an HTTP API with the route ANY /{proxy+} makes of it: header names in lower case and
// lines of one name joined by commas, cookies apart, a body that is not text in base64. decode says whether rawPath
// arrives percent-decoded; ok is false if it cannot be, or if what was sent cannot be known from it any more.
func gateway(t *testing.T, request string, decode bool) (event events.APIGatewayV2HTTPRequest, ok bool) {
	t.Helper()
	head, body, _ := strings.Cut(request, "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	part := strings.SplitN(lines[0], " ", 2)
	method, rest := part[0], strings.TrimSuffix(part[1], " HTTP/1.1")
	path, query, _ := strings.Cut(rest, "?")

	plain, err := url.PathUnescape(path)
	if decode {
		_, again := url.PathUnescape(plain)
		ambiguous := strings.Contains(plain, "%") && again == nil
		if err != nil || ambiguous || strings.Contains(strings.ToUpper(path), "%2F") {
			return event, false
		}
		path = plain
	}

	headers, cookies := map[string]string{}, []string{}
	for _, l := range lines[1:] {
		name, value, _ := strings.Cut(l, ":")
		name, value = strings.ToLower(name), strings.TrimSpace(value)
		switch {
		case name == "connection":
		case name == "cookie":
			cookies = append(cookies, strings.Split(value, "; ")...)
		case headers[name] != "":
			headers[name] += "," + value
		default:
			headers[name] = value
		}
	}
	headers["x-amzn-trace-id"] = "Root=1-67890abc-0123456789abcdef01234567"
	headers["x-forwarded-for"] = "203.0.113.7"
	headers["x-forwarded-port"] = "443"
	headers["x-forwarded-proto"] = "https"

	e := map[string]any{
		"version": "2.0", "routeKey": "ANY /{proxy+}", "rawPath": path, "rawQueryString": query,
		"headers": headers, "isBase64Encoded": false,
		"pathParameters": map[string]string{"proxy": strings.TrimPrefix(plain, "/")},
		"requestContext": map[string]any{
			"accountId": "123456789012", "apiId": "abcde12345", "domainName": host, "domainPrefix": "abcde12345",
			"http":      map[string]any{"method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7", "userAgent": headers["user-agent"]},
			"requestId": "JKJaXmPLvHcESHA=", "routeKey": "ANY /{proxy+}", "stage": "$default",
			"time": "12/Mar/2024:19:03:58 +0000", "timeEpoch": 1710270238000,
		},
	}
	if len(cookies) > 0 {
		e["cookies"] = cookies
	}
	if values, _ := url.ParseQuery(query); len(values) > 0 {
		joined := map[string]string{}
		for k, v := range values {
			joined[k] = strings.Join(v, ",")
		}
		e["queryStringParameters"] = joined
	}
	if text := strings.HasPrefix(headers["content-type"], "text/") || strings.HasPrefix(headers["content-type"], "application/json"); body != "" && text {
		e["body"] = body
	} else if body != "" {
		e["body"], e["isBase64Encoded"] = base64.StdEncoding.EncodeToString([]byte(body)), true
	}
	raw, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &event); err != nil {
		t.Fatal(err)
	}
	return event, true
}

// reply is what a client of the gateway receives.
type reply struct {
	status  int
	header  http.Header
	cookies []string
	body    string
}

// received reads the response as the gateway does, by way of its JSON.
func received(t *testing.T, resp events.APIGatewayV2HTTPResponse) reply {
	t.Helper()
	raw, err := json.Marshal(resp)
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		StatusCode      int
		Headers         map[string]string
		Cookies         []string
		Body            string
		IsBase64Encoded bool
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	got := reply{status: r.StatusCode, header: http.Header{}, cookies: r.Cookies, body: r.Body}
	for k, v := range r.Headers {
		got.header.Set(k, v)
	}
	if r.IsBase64Encoded {
		body, err := base64.StdEncoding.DecodeString(r.Body)
		if err != nil {
			t.Fatalf("the body is not base64: %v", err)
		}
		got.body = string(body)
	}
	return got
}

// answered reads the response that a server wrote to a connection.
func answered(t *testing.T, request string, conn io.Reader) reply {
	t.Helper()
	method, _, _ := strings.Cut(request, " ")
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, &http.Request{Method: method})
	for err == nil && resp.StatusCode < 200 { // informational: the answer follows
		resp, err = http.ReadResponse(in, &http.Request{Method: method})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return reply{status: resp.StatusCode, header: resp.Header, cookies: resp.Header["Set-Cookie"], body: body.String()}
}
