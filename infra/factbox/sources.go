package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"text/tabwriter"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"

	"factbox/shared/fact"
	"factbox/shared/fetch"
	"factbox/shared/refresh"
	"factbox/shared/s3"
	"factbox/shared/source"
)

type sourcesCommand struct {
	Add    sourcesAdd    `cmd:"" help:"Add a feed, a page or a prefix of a bucket, to be looked at on a schedule."`
	List   sourcesList   `cmd:"" help:"List the sources, when each is due, and what is wrong with it."`
	Remove sourcesRemove `cmd:"" help:"Remove a source. Its documents stay."`
	Check  sourcesCheck  `cmd:"" help:"Look at a source now and say what would be put. Nothing is stored."`
}

// fetchFlags adjust what the fetcher may do.
type fetchFlags struct {
	AllowAddress []string      `placeholder:"PREFIX" help:"Addresses that may be asked though they are not of the public internet, such as 127.0.0.1/32 or 10.1.0.0/16."`
	DenyAddress  []string      `placeholder:"PREFIX" help:"Addresses that may not be asked though they are."`
	Gap          time.Duration `default:"1s" help:"The pause between two requests to one host."`
}

// reader makes what reads sources. Buckets are read as the AWS identity of the environment.
func (f fetchFlags) reader(ctx context.Context) (refresh.Reader, error) {
	o := fetch.Options{Gap: f.Gap}
	if f.Gap == 0 {
		o.Gap = -1 // none, where the fetcher's zero is its own
	}
	for _, list := range []struct {
		flag string
		from []string
		to   *[]netip.Prefix
	}{{"--allow-address", f.AllowAddress, &o.Allow}, {"--deny-address", f.DenyAddress, &o.Deny}} {
		for _, text := range list.from {
			p, err := netip.ParsePrefix(text)
			if err != nil {
				return refresh.Reader{}, fmt.Errorf("%s is a prefix such as 10.1.0.0/16, not %q", list.flag, text)
			}
			*list.to = append(*list.to, p)
		}
	}
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return refresh.Reader{}, fmt.Errorf("loading the AWS configuration: %w", err)
	}
	return refresh.Reader{Web: fetch.New(o), Objects: s3.Open(cfg)}, nil
}

// sourceFlags say what a source is.
type sourceFlags struct {
	Kind      source.Kind   `enum:"feed,page,s3" default:"feed" help:"feed (RSS, Atom, JSON), page (one article that changes) or s3 (the .txt, .html and .json objects of a prefix)."`
	Publisher string        `required:"" help:"Who publishes it."`
	Story     string        `help:"The story that all its articles belong to; without it each finds its own."`
	Rights    fact.Rights   `enum:"none,phrase,full" default:"phrase" help:"How much of their wording may be shown: none, phrase or full."`
	Inline    bool          `help:"The feed carries its articles whole: do not read their pages."`
	Every     time.Duration `default:"15m" help:"How often it is looked at."`
}

func (f sourceFlags) source(id, address string) source.Source {
	return source.Source{ID: cmp.Or(id, source.Name(address)), Kind: f.Kind, URL: address, Publisher: f.Publisher, Story: f.Story,
		Rights: f.Rights, Inline: f.Inline, Interval: int(f.Every / time.Second)}
}

type sourcesAdd struct {
	engineFlags
	sourceFlags
	ID  string `help:"Its id; else one is made of its address."`
	URL string `arg:"" help:"Its address: http(s)://… or s3://bucket/prefix."`
}

// Run adds the source.
func (c *sourcesAdd) Run(ctx context.Context) (err error) {
	src := c.source(c.ID, c.URL)
	if err := src.Check(); err != nil {
		return plainError(err)
	}
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.store.AddSource(ctx, src); err != nil {
		return plainError(err)
	}
	fmt.Printf("Added %s, to be looked at every %s.\n", src.ID, c.Every)
	return nil
}

type sourcesList struct{ engineFlags }

// Run lists the sources.
func (c *sourcesList) Run(ctx context.Context) (err error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	entries, err := s.store.Sources(ctx)
	if err != nil {
		return err
	}
	return printSources(os.Stdout, entries)
}

func printSources(out io.Writer, entries []source.Entry) error {
	if len(entries) == 0 {
		_, err := fmt.Fprintln(out, "There are no sources: add one with factbox sources add.")
		return err
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return "never"
		}
		return t.UTC().Format("2006-01-02 15:04:05Z")
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tKIND\tEVERY\tREAD\tDUE\tSTORY\tADDRESS")
	for _, e := range entries {
		due := at(e.Due)
		if e.Due.IsZero() {
			due = "now"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", e.ID, e.Kind, e.Every(), at(e.Succeeded), due, cmp.Or(e.Story, "-"), e.URL)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, e := range entries {
		if e.Failures > 0 {
			if _, err := fmt.Fprintf(out, "%s failed %d times in a row: %s\n", e.ID, e.Failures, e.Error); err != nil {
				return err
			}
		}
	}
	return nil
}

type sourcesRemove struct {
	engineFlags
	ID string `arg:"" help:"Its id, as sources list has it."`
}

// Run removes the source.
func (c *sourcesRemove) Run(ctx context.Context) (err error) {
	s, err := c.open(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.store.RemoveSource(ctx, c.ID); err != nil {
		return plainError(err)
	}
	fmt.Printf("Removed %s. Its documents stay.\n", c.ID)
	return nil
}

type sourcesCheck struct {
	fetchFlags
	sourceFlags
	URL      string `arg:"" help:"Its address: http(s)://… or s3://bucket/prefix."`
	Articles int    `default:"3" help:"How many of its articles are read."`
}

// Run looks and prints a line an article.
func (c *sourcesCheck) Run(ctx context.Context) error {
	src := c.source("", c.URL)
	if err := src.Check(); err != nil {
		return plainError(err)
	}
	reader, err := c.reader(ctx)
	if err != nil {
		return err
	}
	articles, listed, err := reader.Preview(ctx, src, c.Articles, time.Now())
	if err != nil {
		return plainError(err)
	}
	fmt.Printf("%d articles are listed.\n", listed)
	for _, a := range articles {
		if a.Err != nil {
			fmt.Printf("- %s: %v\n", cmp.Or(a.URL, a.ID), plainError(a.Err))
			continue
		}
		fmt.Printf("- %s: %q, %s, %d facts\n", cmp.Or(a.URL, a.ID), a.Document.Headline, a.Document.Published, a.Facts)
	}
	return nil
}

// plainError is what an error says to the operator, where it has words for that.
func plainError(err error) error {
	var e *fact.Error
	if errors.As(err, &e) && e.Code != fact.Internal {
		return errors.New(e.Message)
	}
	return err
}
