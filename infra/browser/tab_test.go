package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"

	"factbox/infra/local"
)

// patience bounds what one tab may take.
const patience = time.Minute

// look is what a reader looks at a page with.
type look struct {
	width    int64             // of the window in CSS pixels; 0: 768
	media    string            // "print"; "": a screen
	features map[string]string // of media, such as prefers-color-scheme
	fontSize int64             // that the reader set; 0: 16 CSS pixels, as browsers have it
	noScript bool              // whether scripts are switched off
}

// tab is a page with cookies, cache and storage of its own, that notes what it does wrong.
type tab struct {
	t   *testing.T
	ctx context.Context

	mu       sync.Mutex
	hosts    []string // that it may ask
	requests []string // the addresses it asked for
	noted    []string // what it did wrong so far
}

// open makes a tab that may ask the hosts of the addresses. The tab ends with the test.
func open(t *testing.T, l look, addresses ...string) *tab {
	t.Helper()
	if _, err := findChromium(); err != nil {
		t.Skip(err)
	}
	browser, err := chromium()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, patience)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	for _, address := range addresses {
		b.hosts = append(b.hosts, host(address))
	}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchScript})
	b.look(l)
	return b
}

// look changes what the reader looks with.
func (b *tab) look(l look) {
	b.t.Helper()
	media := emulation.SetEmulatedMediaParams{Media: l.media}
	for name, value := range l.features {
		media.Features = append(media.Features, &emulation.MediaFeature{Name: name, Value: value})
	}
	call(b, emulation.SetEmulatedMedia, media)
	width := l.width
	if width == 0 {
		width = 768
	}
	call(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1})
	if l.fontSize > 0 {
		call(b, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: l.fontSize, Fixed: l.fontSize}})
	}
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.noScript})
}

// visit goes to an address and waits until the page is painted.
func (b *tab) visit(address string) {
	b.t.Helper()
	response, err := chromedp.Run(b.ctx, chromedp.NavigateResponse(address))
	if err != nil {
		b.t.Fatalf("going to %s: %v", address, err)
	}
	if response.Status != 200 {
		b.note("status %d of %s", response.Status, address)
	}
}

// settle waits until fonts have come and two frames are painted.
func (b *tab) settle() {
	b.t.Helper()
	eval[bool](b, `document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))`)
}

// moved forgets the shifts of the layout so far: the test itself moved something, where a reader would have by hand, or the page
// makes room for what was asked for.
func (b *tab) moved() {
	b.t.Helper()
	b.settle()
	eval[bool](b, "!(shiftsSeen = [])")
}

// call sends a command of the protocol.
func call[P, R any](b *tab, command cdp.Command[P, R], parameters P) R {
	b.t.Helper()
	result, err := chromedp.Call(b.ctx, command, parameters)
	if err != nil {
		b.t.Fatalf("%s: %v", command.Method, err)
	}
	return result
}

// eval gives what an expression of JavaScript comes to in the page. Each %s of it is filled with an argument as JSON.
func eval[T any](b *tab, expression string, arguments ...any) T {
	b.t.Helper()
	literals := make([]any, len(arguments))
	for i, a := range arguments {
		literal, err := json.Marshal(a)
		if err != nil {
			b.t.Fatal(err)
		}
		literals[i] = literal
	}
	if len(literals) > 0 {
		expression = fmt.Sprintf(expression, literals...)
	}
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("evaluating %.80s: %v", expression, err)
	}
	return value
}

// wait waits until an expression is true.
func (b *tab) wait(expression string, arguments ...any) {
	b.t.Helper()
	const step = 20 * time.Millisecond
	for deadline := time.Now().Add(patience / 4); !eval[bool](b, "!!("+expression+")", arguments...); time.Sleep(step) {
		if time.Now().After(deadline) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.t.Fatalf("in vain waited for %s %v; noted: %q", expression, arguments, b.noted)
		}
	}
}

// hear notes what the browser tells of the page. It must not call the browser.
func (b *tab) hear(event any) {
	switch e := event.(type) {
	case *runtime.EventConsoleAPICalled:
		switch e.Type {
		case runtime.ConsoleAPICalledTypeWarning, runtime.ConsoleAPICalledTypeError, runtime.ConsoleAPICalledTypeAssert:
			b.note("console %s: %s", e.Type, said(e.Args))
		}
	case *runtime.EventExceptionThrown:
		b.note("exception: %s %s", e.ExceptionDetails.Text, said([]*runtime.RemoteObject{e.ExceptionDetails.Exception}))
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelWarning || e.Entry.Level == log.EntryLevelError {
			b.note("log %s of %s: %s %s", e.Entry.Level, e.Entry.Source, e.Entry.Text, e.Entry.URL)
		}
	case *network.EventRequestWillBeSent:
		b.request(e.Request.URL)
	case *network.EventWebSocketCreated:
		b.request(e.URL)
	case *page.EventJavascriptDialogOpening:
		b.note("dialog: %s", e.Message)
		go chromedp.Call(b.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
	}
}

func (b *tab) request(address string) {
	to, err := url.Parse(address)
	if err == nil && to.Host == "" { // data:, about:
		return
	}
	b.mu.Lock()
	b.requests = append(b.requests, address)
	b.mu.Unlock()
	if err != nil || !slices.Contains(b.hosts, to.Host) {
		b.note("request to another host: %s", address)
	}
}

func (b *tab) note(format string, arguments ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.noted = append(b.noted, fmt.Sprintf(format, arguments...))
}

// said gives the arguments of a console call as text.
func said(arguments []*runtime.RemoteObject) string {
	var words []string
	for _, a := range arguments {
		if a != nil && a.Description != "" {
			words = append(words, a.Description)
		} else if a != nil {
			words = append(words, string(a.Value))
		}
	}
	return strings.Join(words, " ")
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

var (
	//go:embed watch.js
	watchScript string
	//go:embed inspect.js
	inspectScript string
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
)

// axeScript is axe-core, which npm installs once.
var axeScript = sync.OnceValues(func() (string, error) {
	const file = "node_modules/axe-core/axe.min.js"
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	dir, err := local.Packages{
		Name: "axe", Title: "axe-core", JSON: packageJSON, Lock: packageLock,
		Whole: func(dir string) error {
			_, err := os.Stat(filepath.Join(dir, file))
			return err
		},
	}.Install(ctx, nil)
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(dir, file))
	return string(source), err
})

// accessible asks axe-core for what is wrong. Of its rules all are asked but those of level AAA and those that ask for a person's eye.
func (b *tab) accessible() []string {
	b.t.Helper()
	source, err := axeScript()
	if err != nil {
		b.t.Fatal(err)
	}
	eval[bool](b, source+"\n;true")
	return eval[[]string](b, "("+inspectScript+").accessible()")
}

// faults gives all that is wrong with the page as it stands, and what it did wrong before. Where scripts are switched off axe-core cannot
// run.
func (b *tab) faults(l look) []string {
	b.t.Helper()
	var found []string
	if !l.noScript {
		b.settle()
		found = b.accessible()
		found = append(found, eval[[]string](b, "shiftsSeen")...)
	}
	found = append(found, eval[[]string](b, "("+inspectScript+").layout()")...)
	jar := storage.GetCookiesParams{BrowserContextID: chromedp.FromContext(b.ctx).BrowserContextID}
	cookies, err := chromedp.CallBrowser(b.ctx, storage.GetCookies, jar)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, c := range cookies.Cookies {
		found = append(found, "cookie: "+c.Name)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return append(found, b.noted...)
}

// check fails the test for each fault of the page.
func (b *tab) check(l look) {
	b.t.Helper()
	for _, fault := range b.faults(l) {
		b.t.Error(fault)
	}
}
