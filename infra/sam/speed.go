package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// timed is one read of every function that reads.
var timed = []string{
	"/v1/stories/hollande-putin-coalition-2015",
	"/v1/headlines?q=putin",
	"/v1/casualties?country=FR",
	"/v1/dates?from=2015-11-24&to=2015-11-24",
	"/v1/pledges/by-country",
}

// warmRequests is how many requests the median of a warm function is of.
const warmRequests = 50

// speed has, for each of timed, the time of its first request and the median of those that followed.
type speed []timing

type timing struct {
	cold, warm time.Duration
	container  bool // one was made for the first request
}

// measure asks a server that has just started and answered nothing yet. containers counts those that there are.
func measure(ctx context.Context, url string, containers func() (int, error)) (speed, error) {
	figures := make(speed, len(timed))
	for i, path := range timed {
		before, err := containers()
		if err != nil {
			return nil, err
		}
		if figures[i].cold, err = ask(ctx, url+path); err != nil {
			return nil, err
		}
		after, err := containers()
		if err != nil {
			return nil, err
		}
		figures[i].container = after > before
		warm := make([]time.Duration, warmRequests)
		for j := range warm {
			if warm[j], err = ask(ctx, url+path); err != nil {
				return nil, err
			}
		}
		slices.Sort(warm)
		figures[i].warm = warm[len(warm)/2]
	}
	return figures, nil
}

// ask is the time until an answer has arrived whole.
func ask(ctx context.Context, url string) (time.Duration, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0, fmt.Errorf("reading %s: %w", url, err)
	}
	took := time.Since(begin)
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s was answered %s", url, answer.Status)
	}
	return took, nil
}

// timeServe measures "factbox serve" on an engine that holds the seed set.
func timeServe(ctx context.Context, factbox, engine string) (figures speed, err error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	s, err := serve(ctx, "http://127.0.0.1:"+port, "Factbox serves", io.Discard, factbox, "serve", "--endpoint", engine, "--port", port)
	if err != nil {
		return nil, err
	}
	figures, err = measure(ctx, s.url, func() (int, error) { return 0, nil })
	if stopped := s.stop(); err == nil {
		err = stopped
	}
	return figures, err
}

// printSpeed prints both in milliseconds, side by side.
func printSpeed(w io.Writer, local, serve speed) {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	fmt.Fprintf(w, "\n%-44s %21s %21s\n", "milliseconds", "sam local", "factbox serve")
	fmt.Fprintf(w, "%-44s %10s %10s %10s %10s\n", "", "cold", "warm p50", "cold", "warm p50")
	mark := map[bool]string{false: " ", true: "*"}
	for i, path := range timed {
		fmt.Fprintf(w, "%-44s %10.1f%s%10.1f %10.1f %10.1f\n", path, ms(local[i].cold), mark[local[i].container], ms(local[i].warm), ms(serve[i].cold), ms(serve[i].warm))
	}
	fmt.Fprintf(w, "Cold is the first request to a function in a container that is up, warm p50 the median of the %d after it.\n", warmRequests)
	if slices.ContainsFunc(local, func(f timing) bool { return f.container }) {
		fmt.Fprintln(w, "* SAM threw away the container that it had made at its start and made another during the request.")
	}
}
