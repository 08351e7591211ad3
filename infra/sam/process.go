package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

// grace is how long a program may take to end when it is asked to. "sam local" removes its containers meanwhile.
const grace = 30 * time.Second

// program is a command that is interrupted, with all that it started, when its context ends.
type program struct{ *exec.Cmd }

// command prepares a program. A process group of its own keeps a terminal's Ctrl-C from it: this process passes it on, and
// waits until the program has ended in order.
func command(ctx context.Context, name string, args ...string) program {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = grace
	return program{cmd}
}

// run runs the program; its output is shown.
func (p program) run() error {
	p.Stdout, p.Stderr = os.Stdout, os.Stderr
	if err := p.Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(p.Args, " "), err)
	}
	return nil
}

// output runs the program and gives what it wrote to standard output; an error holds the last line of the rest.
func (p program) output() (string, error) {
	var complaint bytes.Buffer
	p.Stderr = &complaint
	out, err := p.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w: %s", strings.Join(p.Args, " "), err, lastLine(complaint.String()))
	}
	return strings.TrimSpace(string(out)), nil
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// server is a program that serves HTTP.
type server struct {
	program program
	url     string
	cancel  context.CancelFunc
	ended   chan struct{}
}

// startTimeout bounds how long a server may take until it is ready: "sam local" makes its image and containers first.
const startTimeout = 5 * time.Minute

// serve starts a server at url and returns once its output, which goes to out, has the words that say it is ready. No request
// has been made by then.
func serve(ctx context.Context, url, ready string, out io.Writer, name string, args ...string) (*server, error) {
	running, cancel := context.WithCancel(ctx)
	s := &server{program: command(running, name, args...), url: url, cancel: cancel, ended: make(chan struct{})}
	w := &awaiting{out: out, words: []byte(ready), found: make(chan struct{})}
	s.program.Stdout, s.program.Stderr = w, w
	s.program.Env = emulationEnv()
	if err := s.program.Start(); err != nil {
		cancel()
		return nil, err
	}
	go func() {
		defer close(s.ended)
		_ = s.program.Wait() // how a server ends that was interrupted says nothing
	}()
	ctx, done := context.WithTimeoutCause(ctx, startTimeout, fmt.Errorf("it is not ready within %v", startTimeout))
	defer done()
	select {
	case <-w.found:
		return s, nil
	case <-s.ended:
		cancel()
		return nil, fmt.Errorf("it ended by itself: %s", s.program.ProcessState)
	case <-ctx.Done():
		return nil, errors.Join(context.Cause(ctx), s.stop())
	}
}

// awaiting passes on what is written and closes found once the words were in it. It is used by one goroutine: a command whose
// output and errors are one writer writes to it from one.
type awaiting struct {
	out   io.Writer
	words []byte
	found chan struct{}
	tail  []byte // what was written last, as the words may come in two pieces
	seen  bool
}

func (a *awaiting) Write(p []byte) (int, error) {
	if !a.seen {
		a.tail = append(a.tail, p...)
		if bytes.Contains(a.tail, a.words) {
			a.seen, a.tail = true, nil
			close(a.found)
		} else {
			a.tail = a.tail[max(0, len(a.tail)-len(a.words)+1):]
		}
	}
	return a.out.Write(p)
}

// stop ends the server and returns once it is gone.
func (s *server) stop() error {
	s.cancel()
	select {
	case <-s.ended:
		return nil
	case <-time.After(grace + 10*time.Second):
		return fmt.Errorf("process %d does not end", s.program.Process.Pid)
	}
}

// freePort gives a port of 127.0.0.1 that nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("finding a free port: %w", err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// emulationEnv is this process's environment without what it knows of AWS and of tables. The local engine takes any credentials; one
// attempt keeps SAM from asking AWS again and again who these belong to.
func emulationEnv() []string {
	env := []string{"AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_DEFAULT_REGION=us-east-1", "AWS_MAX_ATTEMPTS=1"}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "AWS_") && !strings.HasPrefix(v, "DOCUMENTS_TABLE=") && !strings.HasPrefix(v, "FACTS_TABLE=") {
			env = append(env, v)
		}
	}
	return env
}

// client asks 127.0.0.1 only, whatever proxy the environment names.
var client = &http.Client{Timeout: time.Minute, Transport: &http.Transport{}}
