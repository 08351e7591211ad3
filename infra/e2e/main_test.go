// Package e2e asks Factbox over HTTP what its users ask, wherever it runs: FACTBOX_URL is the address of a stack that holds
// the seed set. Without it the tests run "factbox serve" themselves. FACTBOX_BEHIND=sam-local says that the stack stands
// behind SAM's imitation of API Gateway, whose own faults are listed and no faults of Factbox.
//
// What the tests put they withdraw; the seed set is left as it was.
package e2e

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

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
		stop, err := serve()
		if err != nil {
			return 1, err
		}
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

// serve builds and runs "factbox serve" on a free port with an engine of its own, and returns once it serves.
func serve() (stop func() error, err error) {
	dir, err := os.MkdirTemp("", "factbox")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	program := filepath.Join(dir, "factbox")
	if out, err := exec.Command("go", "build", "-o", program, "../factbox").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w: %s", err, out)
	}
	cmd := exec.Command(program, "serve", "--memory", "--port", "0", "--template", "../../template.yaml")
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"AWS_ENDPOINT_URL_DYNAMODB", "DOCUMENTS_TABLE", "FACTS_TABLE"}, name)
	})
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	found, ended := make(chan string, 1), make(chan error, 1)
	go func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if words := strings.Fields(lines.Text()); len(words) > 2 && words[1] == "serves" {
				found <- words[2]
			}
		}
		ended <- cmd.Wait()
	}()
	stop = func() error {
		defer os.RemoveAll(dir)
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			return err
		}
		select {
		case err := <-ended:
			return err
		case <-time.After(limit):
			return errors.Join(errors.New("factbox serve does not end"), cmd.Process.Kill())
		}
	}
	select {
	case base = <-found:
		return stop, nil
	case err := <-ended:
		return nil, fmt.Errorf("factbox serve ended: %w: %s", err, complaint.String())
	case <-time.After(limit):
		return nil, errors.Join(errors.New("factbox serve does not say where it serves"), stop())
	}
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
