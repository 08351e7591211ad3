package browser

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"factbox/infra/factbox/servetest"
)

// seedStory is the story of the seed set.
const seedStory = "hollande-putin-coalition-2015"

// stops end what the tests started, the last first.
var stops struct {
	sync.Mutex
	all []func() error
}

func atEnd(stop func() error) {
	stops.Lock()
	defer stops.Unlock()
	stops.all = append(stops.all, stop)
}

func TestMain(m *testing.M) {
	if _, err := findChromium(); err != nil {
		fmt.Fprintln(os.Stderr, "infra/browser is skipped:", err)
		if os.Getenv("FACTBOX_BROWSER") == "required" {
			os.Exit(1)
		}
	}
	code := m.Run()
	for i := len(stops.all) - 1; i >= 0; i-- {
		if err := stops.all[i](); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// site gives the address of a "factbox serve" with the seed set, one for all tests.
func site(t *testing.T) string {
	t.Helper()
	address, err := started()
	if err != nil {
		t.Fatal(err)
	}
	return address
}

var started = sync.OnceValues(func() (string, error) {
	address, stop, err := servetest.Start()
	if err == nil {
		atEnd(stop)
	}
	return address, err
})

// embed gives the address of a view of a story, with further parameters.
func embed(t *testing.T, story string, parameters ...string) string {
	t.Helper()
	query := url.Values{}
	for i := 0; i < len(parameters); i += 2 {
		query.Set(parameters[i], parameters[i+1])
	}
	return site(t) + "/embed/" + url.PathEscape(story) + "?" + query.Encode()
}

// findChromium gives the path of the browser.
func findChromium() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no Chromium here: sh infra/browser/setup.sh installs it, or name yours in CHROMIUM")
}

// chromium gives the browser of all tests, headless and with a profile of its own. It reaches this machine and no other.
var chromium = sync.OnceValues(func() (context.Context, error) {
	path, err := findChromium()
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true), // it is small in containers
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("lang", "en-US"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"),
		// A sandboxed frame stays in its page's process, where the page's tab hears of its requests and messages.
		chromedp.Flag("disable-features", "IsolateSandboxedIframes,Translate,MediaRouter,OptimizationHints"),
	}
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to have one as root
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, _ := chromedp.NewContext(allocator)
	atEnd(func() error { return chromedp.Cancel(ctx) })
	if err := chromedp.Do(ctx); err != nil {
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	return ctx, nil
})
