package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// request is what handlers need of the HTTP request beside huma's typed input.
type request struct {
	id     string     // the gateway's, or made here
	method string     // as sent
	path   string     // decoded
	query  url.Values // each parameter once
	format format     // of the answer
	site   string     // the service's address, for links

	ifMatch []string // the If-Match headers
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	q, _ := ctx.Value(requestKey{}).(*request)
	return q
}

func (q *request) instance() string { return "urn:request:" + q.id }

// ServeHTTP is the fence: it checks what huma lets pass, hands huma a request that it reads rightly, and finishes its
// answer. Every answer is whole in memory before its first byte is sent, so that none breaks off halfway.
func (s *surface) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := &request{id: requestID(r), method: r.Method, path: r.URL.Path, format: formatJSON, site: s.deps.SiteOf(r), ifMatch: r.Header.Values("If-Match")}
	res := &response{ResponseWriter: w, header: http.Header{}, status: http.StatusOK}
	defer func() {
		if v := recover(); v != nil {
			s.deps.Log.ErrorContext(r.Context(), "handler panicked", "request_id", q.id, "method", r.Method, "path", r.URL.Path,
				"error", fmt.Sprint(v), "stack", string(debug.Stack()))
			p := newProblem(http.StatusInternalServerError, internalDetail)
			p.Instance = q.instance()
			res.problem(p)
		}
		res.send(w, r)
	}()

	if r.Method == http.MethodOptions {
		s.preflight(res, r)
		return
	}
	op := s.operation(r)
	if op == nil {
		res.problem(s.unknown(r))
		return
	}
	res.read, res.noStore = !op.write, op.noStore
	var p *Problem
	if q.query, p = parseQuery(r.URL.RawQuery, op.parameters, op.tolerant); p != nil {
		res.problem(p)
		return
	}
	if forReader(r) {
		q.format = formatBoth
	} else if len(op.formats) > 0 {
		if q.format, p = chooseFormat(q.query.Get("format"), r.Header.Values("Accept"), op.formats); p != nil {
			res.problem(p)
			return
		}
	}
	in := q.inner(r)
	if op.write {
		body, p := ReadBody(w, r)
		if p != nil {
			res.problem(p)
			return
		}
		in.Body = io.NopCloser(bytes.NewReader(body))
	}
	s.mux.ServeHTTP(res, in)
}

// inner is the request as huma is to see it: the chosen format is what the client accepts.
func (q *request) inner(r *http.Request) *http.Request {
	in := r.Clone(context.WithValue(r.Context(), requestKey{}, q))
	in.Header.Set("Accept", q.format.mediaType)
	return in
}

// bodyTime is how long a body may take to arrive.
const bodyTime = 30 * time.Second

// ReadBody reads a body of at most MaxBody bytes whole, for huma answers 500 to one that breaks off. One that is announced as too large is refused
// before it is sent, where the client waits to be asked for it.
func ReadBody(w http.ResponseWriter, r *http.Request) ([]byte, *Problem) {
	tooLarge := newProblem(http.StatusRequestEntityTooLarge, bodyLimit, Fault{Location: "body", Message: bodyLimit})
	if r.ContentLength > MaxBody {
		return nil, tooLarge
	}
	conn := http.NewResponseController(w) // Lambda has the body already, and no deadline to set
	_ = conn.SetReadDeadline(time.Now().Add(bodyTime))
	defer func() { _ = conn.SetReadDeadline(time.Time{}) }()
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, newProblem(http.StatusRequestTimeout, "the body did not arrive in time")
	case err != nil:
		return nil, invalid("body", "did not arrive whole")
	case len(body) > MaxBody:
		return nil, tooLarge
	}
	return body, nil
}

// operation finds the route that a request is for; HEAD is served as GET.
func (s *surface) operation(r *http.Request) *operation { return s.operationFor(r, r.Method) }

func (s *surface) operationFor(r *http.Request, method string) *operation {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if r.URL.Path != path.Clean(r.URL.Path) { // the mux would redirect to the clean path, which is no route of ours
		return nil
	}
	probe := &http.Request{Method: method, URL: r.URL, Host: r.Host}
	_, pattern := s.mux.Handler(probe)
	return s.operations[pattern]
}

// methods lists the methods that the request's path has on any function.
func (s *surface) methods(r *http.Request) (methods []string, read bool) {
	all := s.whole()
	for _, m := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete} {
		if all.operationFor(r, m) != nil {
			methods = append(methods, m)
		}
	}
	if slices.Contains(methods, http.MethodGet) {
		return append(methods, http.MethodHead, http.MethodOptions), true
	}
	if len(methods) > 0 {
		methods = append(methods, http.MethodOptions)
	}
	return methods, false
}

// unknown is the 404 of a path that is no route, or the 405 of a method that the route does not have.
func (s *surface) unknown(r *http.Request) *Problem {
	methods, _ := s.methods(r)
	if len(methods) == 0 {
		return newProblem(http.StatusNotFound, "there is no such route; /openapi.json lists them")
	}
	if slices.Contains(methods, r.Method) {
		return newProblem(http.StatusNotFound, elsewhere)
	}
	p := newProblem(http.StatusMethodNotAllowed, "this route has "+strings.Join(methods, ", "))
	p.allow = strings.Join(methods, ", ")
	return p
}

const elsewhere = "this route is served by another function"

// preflight answers OPTIONS: what the route allows and, for reads, what a page of another origin may do.
func (s *surface) preflight(res *response, r *http.Request) {
	methods, read := s.methods(r)
	if len(methods) == 0 {
		res.problem(s.unknown(r))
		return
	}
	res.status, res.read, res.noStore = http.StatusNoContent, read, true
	res.header.Set("Allow", strings.Join(methods, ", "))
	if slices.Contains(methods, http.MethodPatch) {
		res.header.Set("Accept-Patch", formatJSON.mediaType) // RFC 5789, section 3.1
	}
	if read {
		res.header.Set("Access-Control-Allow-Methods", "GET, HEAD")
		res.header.Set("Access-Control-Allow-Headers", "Accept, If-None-Match")
		res.header.Set("Access-Control-Max-Age", "86400")
	}
}

// Cache rules: a read may be a minute old, and served for five more while a new one is fetched; a 404 is kept long enough to
// blunt a storm of the same question, and short enough for a document that was just put. What consumers ask again and again
// until it grows is kept, but never served without asking whether it has.
const (
	cacheRead    = "public, max-age=60, stale-while-revalidate=300"
	cacheMissing = "public, max-age=10"
	cacheNone    = "no-store"

	cacheRevalidate = "no-cache"
)

// response keeps an answer until it is whole.
type response struct {
	http.ResponseWriter // the real one, for deadlines only
	header              http.Header
	body                bytes.Buffer
	status              int
	read                bool // an answer to a read: CORS, and the rules of caching
	noStore             bool
}

// Header gives the headers of the answer.
func (res *response) Header() http.Header { return res.header }

// WriteHeader notes the status.
func (res *response) WriteHeader(status int) { res.status = status }

// Write adds to the body.
func (res *response) Write(b []byte) (int, error) { return res.body.Write(b) }

// Unwrap lets a http.ResponseController set deadlines on the connection.
func (res *response) Unwrap() http.ResponseWriter { return res.ResponseWriter }

// problem replaces the answer.
func (res *response) problem(p *Problem) {
	res.status = p.Status
	res.header = http.Header{"Content-Type": {problemType}}
	if p.allow != "" {
		res.header.Set("Allow", p.allow)
	}
	res.body.Reset()
	enc := json.NewEncoder(&res.body)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(p) // strings and numbers into memory: it cannot fail
}

// send finishes the answer and writes it: validators, caching, CORS, 304 and HEAD.
func (res *response) send(w http.ResponseWriter, r *http.Request) {
	h := res.header
	if res.status != http.StatusOK || h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", res.caching())
	}
	h.Add("Vary", "Accept")
	h.Set("X-Content-Type-Options", "nosniff")
	if res.read || r.Method == http.MethodGet || r.Method == http.MethodHead {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "ETag, Link")
	}
	if t := h.Get("Content-Type"); t != "" {
		h.Set("Content-Type", contentType(t))
	}
	body := res.body.Bytes()
	if res.read && res.status == http.StatusOK {
		tag := etag(h.Get("Content-Type"), body)
		h.Set("ETag", tag)
		if matches(r.Header.Values("If-None-Match"), tag, weakly) {
			res.status = http.StatusNotModified
			h.Del("Content-Type")
		}
	}
	if res.status == http.StatusNotModified || res.status == http.StatusNoContent {
		body = nil
	} else {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	for name, values := range h {
		w.Header()[name] = values
	}
	w.WriteHeader(res.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client may be gone; there is nobody left to tell
	}
}

// contentType gives a media type as it is answered with.
func contentType(mediaType string) string {
	if strings.HasPrefix(mediaType, "text/") {
		return mediaType + "; charset=utf-8"
	}
	return mediaType
}

func (res *response) caching() string {
	switch {
	case !res.read || res.noStore:
		return cacheNone
	case res.status == http.StatusOK:
		return cacheRead
	case res.status == http.StatusNotFound:
		return cacheMissing
	}
	return cacheNone
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9._=-]{1,64}$`)

// requestID takes the id that shared/lambda puts in X-Request-Id. A client of net/http may send one of its own; it stands in
// the log and in that client's problems alone.
func requestID(r *http.Request) string {
	if id := r.Header.Get("X-Request-Id"); plainID.MatchString(id) {
		return id
	}
	var b [8]byte
	_, _ = rand.Read(b[:]) // it never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
