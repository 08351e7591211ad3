// Command sam tests Factbox as AWS SAM runs it: it builds the functions with "sam build" for this machine's processor, runs
// them in containers under "sam local" against DynamoDB Local, asks them what infra/e2e asks, replays events/ and prints how
// fast the answers came, beside those of "factbox serve". Run it in the repository's folder, as "make sam-test" does.
//
// It needs Docker. Where Amazon's base image cannot be pulled it makes a stand-in (see image). It leaves no process, no
// container and no stand-in behind, also when it fails or is interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"factbox/infra/local"
)

// work is the folder that this command writes into.
const work = ".factbox/sam"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx); err != nil {
		if ctx.Err() != nil {
			err = fmt.Errorf("interrupted: %w", err)
		}
		fmt.Fprintln(os.Stderr, "sam-test:", err)
		os.Exit(1)
	}
}

// step says what is done, does it, and says how long it took.
func step(what string, do func() error) error {
	fmt.Printf("== %s\n", what)
	begin := time.Now()
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	fmt.Printf("   %.1f s\n", time.Since(begin).Seconds())
	return nil
}

func run(ctx context.Context) (err error) {
	d, err := openDocker(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	arch := "x86_64"
	if runtime.GOARCH == "arm64" {
		arch = "arm64"
	}
	s := samLocal{docker: d, arch: arch, template: filepath.Join(work, "build", "template.yaml")}
	if err := step("sam build, for "+arch, func() error { return s.build(ctx) }); err != nil {
		return err
	}
	if err := step("the base image of the functions", func() error { return d.image(ctx, arch) }); err != nil {
		return err
	}

	factbox := filepath.Join(work, "factbox")
	var engine *local.Engine
	defer func() {
		if engine != nil {
			err = errors.Join(err, engine.Stop())
		}
	}()
	if err := step("DynamoDB Local with the seed set", func() error {
		gateway, err := d.gateway(ctx)
		if err != nil {
			return err
		}
		log := slog.New(slog.NewTextHandler(os.Stdout, nil))
		if engine, err = local.Start(ctx, local.Options{Addresses: []netip.Addr{gateway}, Log: log}); err != nil {
			if errors.Is(err, syscall.EADDRNOTAVAIL) {
				err = fmt.Errorf("%w: the gateway of Docker's networks is this machine's own address on Linux only", err)
			}
			return err
		}
		if err := s.connect(gateway, engine.URL()); err != nil {
			return err
		}
		if err := command(ctx, "go", "build", "-o", factbox, "./infra/factbox").run(); err != nil {
			return err
		}
		seed := command(ctx, factbox, "seed", "--endpoint", engine.URL())
		seed.Env = emulationEnv()
		return seed.run()
	}); err != nil {
		return err
	}

	var figures [2]speed
	if err := step("factbox serve, timed", func() error {
		// The engine is slow at first: the first round warms it, for both sides.
		for range 2 {
			if figures[1], err = timeServe(ctx, factbox, engine.URL()); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		return err
	}
	var api *server
	defer func() {
		if api != nil {
			err = errors.Join(err, api.stop())
		}
	}()
	if err := step("sam local start-api, timed", func() error {
		if api, err = s.startAPI(ctx); err != nil {
			return err
		}
		figures[0], err = measure(ctx, api.url, func() (int, error) { return d.containers(ctx) })
		return err
	}); err != nil {
		return err
	}
	if err := step("the end-to-end suite on "+api.url, func() error {
		suite := command(ctx, "go", "test", "-count=1", "./infra/e2e")
		suite.Env = append(os.Environ(), "FACTBOX_URL="+api.url, "FACTBOX_BEHIND=sam-local")
		return suite.run()
	}); err != nil {
		return fmt.Errorf("%w; the functions' log is %s", err, startAPILog)
	}
	if err := step("sam local invoke, every file of events/", func() error { return s.invokeAll(ctx) }); err != nil {
		return err
	}
	printSpeed(os.Stdout, figures[0], figures[1])
	return nil
}
