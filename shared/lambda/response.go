package lambda

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// maxPayload is the most bytes of JSON that Lambda takes as the answer of one synchronous invocation ("6 MB" in its
// quotas; the Runtime API names the figure when it refuses more).
const maxPayload = 6291556

// errOverflow is what a handler gets that goes on writing past maxPayload.
var errOverflow = errors.New("lambda: the response is larger than Lambda can return")

// recorder collects a response under the rules of net/http's server: the first status wins, headers are fixed with it,
// nothing written means 200, and there is no body for HEAD, 204 and 304.
type recorder struct {
	header   http.Header // the handler's
	sent     http.Header // as they were when the status was written
	status   int         // 0 until written
	body     []byte
	head     bool
	overflow bool
}

// Header implements http.ResponseWriter.
func (r *recorder) Header() http.Header { return r.header }

// WriteHeader implements http.ResponseWriter. Informational statuses are dropped: a Lambda answers once. It panics on a
// status that HTTP does not have, as net/http's does.
func (r *recorder) WriteHeader(status int) {
	if r.status != 0 {
		return
	}
	if status < 100 || status > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %d", status))
	}
	if status < 200 && status != http.StatusSwitchingProtocols {
		return
	}
	r.status, r.sent = status, r.header.Clone()
}

// Write implements http.ResponseWriter. It fails for a status that has no body, and above what Lambda can return.
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	if !r.bodyAllowed() {
		return 0, http.ErrBodyNotAllowed
	}
	if r.overflow || len(r.body)+len(p) > maxPayload {
		r.overflow, r.body = true, nil
		return 0, errOverflow
	}
	r.body = append(r.body, p...)
	return len(p), nil
}

// Flush implements http.Flusher. It fixes status and headers; the body leaves when the handler returns.
func (r *recorder) Flush() { r.WriteHeader(http.StatusOK) }

func (r *recorder) bodyAllowed() bool {
	return r.status >= 200 && r.status != http.StatusNoContent && r.status != http.StatusNotModified
}

// payload is the body to send.
func (r *recorder) payload() []byte {
	if r.head {
		return nil
	}
	return r.body
}

// oneLine keeps a header value on its line, as net/http does.
var oneLine = strings.NewReplacer("\r", " ", "\n", " ")

// copyTo ends the response and writes it to the adapter's writer, each header as one value (Set-Cookie but: those go
// one by one to the event's cookies).
func (r *recorder) copyTo(w http.ResponseWriter) {
	r.WriteHeader(http.StatusOK)
	r.complete()
	for name, values := range r.sent {
		for i, v := range values {
			values[i] = oneLine.Replace(v)
		}
		switch {
		case len(values) == 0: // net/http's way to say: do not add this header
		case name == "Set-Cookie":
			w.Header()[name] = values
		default:
			w.Header()[name] = []string{strings.Join(values, ", ")}
		}
	}
	w.WriteHeader(r.status)
	if body := r.payload(); len(body) > 0 {
		w.Write(body) // into memory: it cannot fail
	}
}

// complete sets and drops the headers that net/http's server does when a response ends.
func (r *recorder) complete() {
	switch r.status {
	case http.StatusNotModified:
		r.sent.Del("Content-Type")
		r.sent.Del("Content-Length")
	case http.StatusNoContent:
		r.sent.Del("Content-Length")
	}
	if len(r.body) == 0 {
		return
	}
	if _, set := r.sent["Content-Type"]; !set && r.sent.Get("Content-Encoding") == "" {
		r.sent.Set("Content-Type", http.DetectContentType(r.body))
	}
	if r.head && r.sent.Get("Content-Length") == "" {
		r.sent.Set("Content-Length", strconv.Itoa(len(r.body)))
	}
}

// payloadSize is the number of bytes that the runtime will send for resp. A short answer cannot reach the limit even if
// every byte of it needed the longest escape of JSON, six bytes; its body's length is returned as it is.
func payloadSize(resp events.APIGatewayV2HTTPResponse) int {
	if len(resp.Body) < maxPayload/8 {
		return len(resp.Body)
	}
	var n counter
	enc := json.NewEncoder(&n)
	enc.SetEscapeHTML(false) // as aws-lambda-go does
	if err := enc.Encode(resp); err != nil {
		return maxPayload + 1 // the runtime would fail on it too; strings and ints do not
	}
	return int(n) - len("\n") // which the runtime strips
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
