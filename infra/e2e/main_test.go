// Package e2e asks Factbox over HTTP what its users ask, wherever it runs: FACTBOX_URL is the address of a stack that holds
// the seed set. Without it the tests run "factbox serve" themselves. FACTBOX_BEHIND=sam-local says that the stack stands
// behind SAM's imitation of API Gateway, whose own faults are listed and no faults of Factbox.
//
// What the tests put they withdraw; the seed set is left as it was.
package e2e

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"factbox/infra/factbox/servetest"
	"factbox/shared/api"
)

var (
	// base is where the stack answers.
	base = strings.TrimSuffix(os.Getenv("FACTBOX_URL"), "/")
	// emulated is whether SAM stands before it.
	emulated = os.Getenv("FACTBOX_BEHIND") == "sam-local"
	// asked has the routes that were asked and answered as wanted, as METHOD path.
	asked = map[string]bool{}
)

// limit bounds every wait of these tests.
const limit = time.Minute

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if base == "" {
		address, stop, err := servetest.Start()
		if err != nil {
			return 1, err
		}
		base = address
		defer func() { err = errors.Join(err, stop()) }()
	}
	code = m.Run()
	if all := flag.Lookup("test.run").Value.String() == ""; all && code == 0 {
		if routes := unasked(); len(routes) > 0 {
			return 1, fmt.Errorf("no test asks %q", routes)
		}
	}
	return code, nil
}

// question is a request and what its answer has to be.
type question struct {
	route  string // METHOD and the path as /openapi.json has it, such as GET /v1/facts/{id}; the method is the request's
	path   string // what is asked for, where the route does not say it whole; with the query
	header string // header lines, such as Accept: text/csv
	body   string // of a POST or PATCH
	status int
	has    []string // parts that the body has
	// fault is what SAM's imitation of API Gateway does to this question before Factbox sees it. There the answer is 502, and
	// the test fails once it is not: then the fault is gone and the line here can go too.
	fault string
}

// reply is an answer, read whole.
type reply struct {
	*http.Response
	body string
}

// ask asks one question and checks the answer.
func (q question) ask(t *testing.T) reply {
	t.Helper()
	method, route, _ := strings.Cut(q.route, " ")
	path := cmp.Or(q.path, route)
	request, err := http.NewRequest(method, base+path, strings.NewReader(q.body))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(q.header, "\n") {
		if name, value, ok := strings.Cut(line, ": "); ok {
			request.Header.Set(name, value)
		}
	}
	if len(q.body) >= 1<<20 { // as curl does: who refuses a body for its length need not cut the connection off in its midst
		request.Header.Set("Expect", "100-continue")
	}
	client := http.Client{Timeout: limit, Transport: &http.Transport{DisableKeepAlives: true, DisableCompression: true, ExpectContinueTimeout: limit}}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := reply{answer, string(body)}
	what := fmt.Sprintf("%s %s [%s]", method, path, q.header)
	if q.fault != "" && emulated {
		if r.StatusCode != http.StatusBadGateway {
			t.Errorf("%s: %d: SAM no longer has the fault that %s", what, r.StatusCode, q.fault)
		}
		return r
	}
	if r.StatusCode != q.status {
		t.Errorf("%s: %d, want %d: %s", what, r.StatusCode, q.status, r.body)
		return r
	}
	for _, part := range q.has {
		if !strings.Contains(r.body, part) {
			t.Errorf("%s: the answer has no %s: %s", what, part, r.body)
		}
	}
	if r.StatusCode >= 400 && method != http.MethodHead {
		if media := r.Header.Get("Content-Type"); media != "application/problem+json" || !strings.Contains(r.body, fmt.Sprintf(`"status":%d`, q.status)) {
			t.Errorf("%s: the error is no problem document: %s %s", what, media, r.body)
		}
	}
	if q.status < 300 {
		asked[q.route] = true
	}
	return r
}

// unasked lists the routes of the code that no test asked with success.
func unasked() (routes []string) {
	for _, r := range api.Routes() {
		if route := r.Method + " " + r.Path; !asked[route] {
			routes = append(routes, route)
		}
	}
	return routes
}
