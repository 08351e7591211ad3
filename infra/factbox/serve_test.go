package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program builds the command once for the tests that run it as a process.
var program string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "factbox")
	if err == nil {
		program = filepath.Join(dir, "factbox")
		var out []byte
		if out, err = exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// server is a running "factbox serve".
type server struct {
	t      *testing.T
	cmd    *exec.Cmd
	url    string
	stderr bytes.Buffer
	ended  chan error
}

// limit bounds every wait of these tests.
const limit = 60 * time.Second

// serve starts the command on a free port with an engine of its own and waits until it says where it serves.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{t: t, ended: make(chan error, 1)}
	s.cmd = command(args...)
	s.cmd.Stderr = &s.stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.stop() })
	found := make(chan string, 1)
	go func() {
		address := regexp.MustCompile(`^Factbox serves (http://\S+)`)
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if m := address.FindStringSubmatch(lines.Text()); m != nil {
				found <- m[1]
			}
		}
		s.ended <- s.cmd.Wait()
	}()
	select {
	case s.url = <-found:
	case err := <-s.ended:
		s.ended <- err
		t.Fatalf("it ended: %v: %s", err, s.stderr.String())
	case <-time.After(limit):
		t.Fatal("it does not say where it serves")
	}
	return s
}

func command(args ...string) *exec.Cmd {
	cmd := exec.Command(program, append([]string{"serve", "--template", "../../template.yaml", "--port", "0"}, args...)...)
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "AWS_ENDPOINT_URL_DYNAMODB=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	return cmd
}

// stop asks the command to end, as Ctrl-C does, and gives how it ended.
func (s *server) stop() error {
	s.cmd.Process.Signal(os.Interrupt)
	select {
	case err := <-s.ended:
		s.ended <- err
		return err
	case <-time.After(limit):
		s.cmd.Process.Kill()
		return fmt.Errorf("it does not end")
	}
}

func (s *server) get(path string) (int, string) {
	s.t.Helper()
	client := http.Client{Timeout: limit}
	answer, err := client.Get(s.url + path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// children lists the processes whose parent is the given one, from /proc.
func children(pid int) []int {
	var list []int
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range all {
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		var id, parent int
		var state string
		after := string(data[bytes.LastIndexByte(data, ')')+1:])
		fmt.Sscanf(string(data), "%d", &id)
		fmt.Sscanf(after, " %s %d", &state, &parent)
		if parent == pid && state != "Z" {
			list = append(list, id)
		}
	}
	return list
}

func alive(pid int) bool { return syscall.Kill(pid, 0) == nil }

// gone waits until none of the processes is left.
func gone(t *testing.T, pids []int) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for _, pid := range pids {
		for alive(pid) {
			if time.Now().After(deadline) {
				t.Errorf("process %d is left behind", pid)
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

// TestRestart keeps what was put: the data lies in the folder, and the seed set is not loaded twice. What the routes answer is
// the matter of infra/e2e.
func TestRestart(t *testing.T) {
	data := t.TempDir()
	s := serve(t, "--data", data)
	article := "Nine sailors drowned when their boat sank off Malta on Monday.\n"
	answer, err := http.Post(s.url+"/v1/documents?headline=Boat+sinks+off+Malta&publisher=Harbour+Post&published=2026-11-19&rights=full", "text/plain", strings.NewReader(article))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Fatalf("the article was answered %s", answer.Status)
	}
	engine := children(s.cmd.Process.Pid)
	if len(engine) == 0 {
		t.Error("no engine runs below the command")
	}
	if err := s.stop(); err != nil {
		t.Fatalf("it ended with %v: %s", err, s.stderr.String())
	}
	gone(t, engine)

	s = serve(t, "--data", data)
	_, body := s.get("/v1/casualties?country=MT")
	for _, has := range []string{`"best":9`, `"quote":"Nine sailors drowned`, `"date":"2026-11-16"`} {
		if !strings.Contains(body, has) {
			t.Errorf("after a restart the article's toll has no %s: %s", has, body)
		}
	}
	if _, body := s.get("/v1/casualties?country=FR"); strings.Count(body, `"best":130`) != 1 {
		t.Errorf("after a restart the seed toll is there %d times", strings.Count(body, `"best":130`))
	}
}

// TestOtherPages: a page of another origin that the same browser shows puts nothing; programs and the front page do.
func TestOtherPages(t *testing.T) {
	s := serve(t, "--memory", "--no-seed")
	for _, c := range []struct {
		headers map[string]string
		status  int
	}{
		{map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, http.StatusForbidden},
		{map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
		{map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": s.url}, http.StatusCreated},
		{nil, http.StatusOK}, // the same again
	} {
		r, err := http.NewRequest(http.MethodPost, s.url+"/v1/documents?headline=Barge+sinks&publisher=Quay&published=2026-11-20", strings.NewReader("Two people drowned when a barge sank off Sliema on Thursday."))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "text/plain")
		for name, value := range c.headers {
			r.Header.Set(name, value)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != c.status {
			t.Errorf("%v: %s, want %d", c.headers, answer.Status, c.status)
		}
	}
}

func TestTakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	out, err := command("--memory", "--port", fmt.Sprint(port)).CombinedOutput()
	if text := string(out); err == nil || !strings.Contains(text, fmt.Sprintf("port %d is taken", port)) || strings.Count(text, "\n") != 1 {
		t.Errorf("%v: %q", err, text)
	}
}

// TestInterrupted ends the command at moments of its start-up; it must leave nothing behind and call it no failure.
func TestInterrupted(t *testing.T) {
	for _, after := range []time.Duration{10, 100, 300, 700, 1200} {
		cmd := command("--memory")
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(after * time.Millisecond)
		started := children(cmd.Process.Pid)
		cmd.Process.Signal(syscall.SIGTERM)
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case err := <-ended:
			if exit, ok := err.(*exec.ExitError); err != nil && !(ok && exit.ExitCode() == -1) { // before the signal is caught
				t.Errorf("ended after %d ms: %v: %s", after, err, out.String())
			}
		case <-time.After(limit):
			cmd.Process.Kill()
			t.Errorf("it does not end when interrupted after %d ms", after)
		}
		gone(t, started)
	}
}

func TestIngest(t *testing.T) {
	s := serve(t, "--memory", "--no-seed")
	dir := t.TempDir()
	for name, text := range map[string]string{
		"boat.txt":    "Nine sailors drowned when their boat sank off the coast of Malta on Monday, the harbour master said.",
		"bridge.html": "<html><head><title>Bridge opens</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Bridge opens\",\"datePublished\":\"2026-10-02\",\"publisher\":{\"name\":\"River Mail\"}}</script></head><body><h1>Bridge opens</h1><p>The mayor opened the long bridge over the river on Tuesday, and the town danced.</p></body></html>",
		"empty.txt":   "",
		"notes.csv":   "not,read",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	manifest := filepath.Join(dir, "manifest.json")
	if err := os.WriteFile(manifest, []byte(`{"story":{"id":"malta"},"documents":[{"id":"boat-1","file":"boat.txt","headline":"Boat sinks","publisher":"Harbour Post","published":"2026-11-19"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func() (string, error) {
		cmd := exec.Command(program, "ingest", dir, "--url", s.url, "--manifest", manifest, "--publisher", "Town Post", "--published", "2026-11-18")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	out, err := run()
	if err == nil || !strings.Contains(out, "3 documents: 2 new, 0 known already, 1 refused") || !strings.Contains(out, "empty.txt") {
		t.Errorf("first: %v: %s", err, out)
	}
	if out, _ := run(); !strings.Contains(out, "0 new, 2 known already, 1 refused") {
		t.Errorf("again: %s", out)
	}
	if _, body := s.get("/v1/headlines?q=bridge"); !strings.Contains(body, `"published":"2026-10-02"`) || !strings.Contains(body, `"publisher":"River Mail"`) {
		t.Errorf("what the page says of itself gave way to a flag: %s", body)
	}
	if status, body := s.get("/v1/headlines/boat-1"); status != http.StatusOK || !strings.Contains(body, `"Harbour Post"`) {
		t.Errorf("boat-1: %d %s", status, body)
	}
}

func TestIngestRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a.txt")
	if err := os.WriteFile(file, []byte("Text."), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nobody := "http://" + l.Addr().String()
	l.Close()
	for _, c := range []struct {
		command ingestCommand
		wrong   string
	}{
		{ingestCommand{URL: "localhost:3000", Paths: []string{file}}, "--url"},
		{ingestCommand{URL: nobody, Paths: []string{file}}, "no stack answers"},
		{ingestCommand{URL: nobody, Paths: []string{filepath.Join(dir, "none")}}, "none"},
		{ingestCommand{URL: nobody, Paths: []string{t.TempDir()}}, "no .txt"},
	} {
		if err := c.command.Run(context.Background()); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%+v: %v, want %q", c.command, err, c.wrong)
		}
	}
}
