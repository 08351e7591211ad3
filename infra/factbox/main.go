// Command factbox is the operator's tool: it serves Factbox on one machine, loads the seed set, extracts facts from files, puts
// documents into a running stack, and manages the sources that are looked at on a schedule.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

type commands struct {
	Serve    serveCommand    `cmd:"" help:"Run everything on this machine: the store, the tables, the seed set and all routes."`
	Seed     seedCommand     `cmd:"" help:"Load the seed set into the tables, or make it anew from the documents."`
	Extract  extractCommand  `cmd:"" help:"Print the facts of files as JSON."`
	Evaluate evaluateCommand `cmd:"" help:"Measure the extractor against gold data."`
	Sources  sourcesCommand  `cmd:"" help:"Say what is looked at on a schedule: add, list, remove and check sources."`
	Ingest   ingestCommand   `cmd:"" help:"Put files, or all the files of a folder, into a running stack."`

	Verify    verifyCommand    `cmd:"" help:"Compare all lists with the committed documents, and repair them."`
	Reextract reextractCommand `cmd:"" help:"Read every document again with the extractor as it is now."`
	Purge     purgeCommand     `cmd:"" help:"Erase a document and all that it made, for good."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	var cli commands
	parsed := kong.Parse(&cli, kong.Name("factbox"), kong.Description("Facts from news documents, each with its source."),
		kong.UsageOnError(), kong.BindTo(ctx, (*context.Context)(nil)))
	if err := parsed.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "factbox:", err)
		os.Exit(1)
	}
}
