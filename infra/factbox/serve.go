package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"factbox/infra/front"
	"factbox/shared/api"
	"factbox/shared/mcp"
	"factbox/shared/seed"
	"factbox/shared/widget"
)

type serveCommand struct {
	engineFlags
	Port    int  `default:"3000" help:"The port on 127.0.0.1; 0 takes a free one."`
	NoSeed  bool `help:"Do not load the seed set into empty tables."`
	Verbose bool `short:"v" help:"Log every request."`

	fetchFlags
	Refresh time.Duration `placeholder:"1m" help:"Ask this often which sources are due, and look at them. Without it none is looked at."`
}

// shutdownGrace is how long requests in flight may take to end.
const shutdownGrace = 3 * time.Second

// Run serves, and with --refresh looks at sources, until the context ends. It leaves no process behind, also when it is interrupted while it starts.
func (c *serveCommand) Run(ctx context.Context) (err error) {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(c.Port)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d is taken: stop what uses it, or give another with --port", c.Port)
	}
	if err != nil {
		return err
	}
	defer listener.Close()
	log := c.log(os.Stderr)
	s, err := c.open(ctx, slog.New(slog.NewTextHandler(os.Stderr, nil))) // the engine's installation is worth a line
	if err != nil {
		return interrupted(ctx, err)
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := c.plant(ctx, s); err != nil {
		return interrupted(ctx, err)
	}
	deps := api.Deps{Store: s.store, Now: time.Now, Log: log, Widgets: widget.Drawer{}}
	server := &http.Server{
		Handler:           http.NewCrossOriginProtection().Handler(front.Handler(c.front(deps), mcp.Before(api.All(deps), deps))), // nobody signs here
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	if c.Refresh > 0 {
		reader, err := c.reader(ctx)
		if err != nil {
			return err
		}
		looking, stop := context.WithCancel(ctx)
		var ended sync.WaitGroup
		ended.Go(func() { every(looking, c.Refresh, newJob(s, reader, log)) })
		defer ended.Wait() // before the engine is closed
		defer stop()
	}
	welcome(os.Stdout, listener.Addr().String())
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	var died <-chan struct{}
	if s.engine != nil {
		died = s.engine.Done()
	}
	select {
	case err := <-failed:
		return err
	case <-died:
		return errors.New("the DynamoDB engine ended by itself: start again; its data is kept")
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), shutdownGrace)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return server.Close()
	}
	return nil
}

// front is what the front page is made of. The README stands beside the template, in the repository's folder; elsewhere there is none.
func (c *serveCommand) front(d api.Deps) front.Options {
	readme, _ := os.ReadFile(filepath.Join(filepath.Dir(c.Template), "README.md"))
	return front.Options{Store: d.Store, Site: d.SiteOf, Readme: readme, Log: d.Log}
}

// interrupted turns the error of a start that was interrupted into none: that is how it was asked to end.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (c *serveCommand) log(w io.Writer) *slog.Logger {
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// plant loads the seed set if the tables are empty, and finishes what an earlier run left unfinished.
func (c *serveCommand) plant(ctx context.Context, s stack) error {
	if _, err := s.store.Sweep(ctx, 100); err != nil {
		return err
	}
	none, err := empty(ctx, s.store)
	if err != nil || !none || c.NoSeed {
		return err
	}
	sets, err := seed.Load()
	if err != nil {
		return err
	}
	facts, err := plant(ctx, s.store, sets, nil, time.Now())
	if err == nil {
		fmt.Printf("Loaded the seed set: %d facts of %d documents.\n", facts, len(sets))
	}
	return err
}

// welcome prints what to try.
func welcome(w io.Writer, address string) {
	fmt.Fprintf(w, `Factbox serves http://%[1]s  (Ctrl-C ends it)

Open it in a browser, or ask it:

  curl 'http://%[1]s/v1/pledges/by-country'
  curl 'http://%[1]s/v1/casualties?country=FR&format=text'
  curl 'http://%[1]s/v1/dates?from=2015-11-24&to=2015-11-24'
  curl 'http://%[1]s/v1/headlines?q=putin'

Put an article of your own and see its facts:

  curl 'http://%[1]s/v1/documents?headline=Ferry+sinks&publisher=Me&published=2026-11-20' \
       -H 'Content-Type: text/plain' --data 'At least 12 people died when a ferry sank off Malta on Thursday.'

Every route is described in http://%[1]s/openapi.json
`, address)
}
