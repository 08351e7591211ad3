package browser

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// press types keys, as a reader does: what they do is what he wants.
func (b *tab) press(keys string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.t.Fatalf("pressing %q: %v", keys, err)
	}
}

// Each figure leads to its source: from the frame that oEmbed describes a link takes the place of the page that frames it.
func TestLinkLeavesFrame(t *testing.T) {
	address := embed(t, seedStory, "show", "casualties")
	var answer struct{ HTML string }
	if err := ask(http.MethodGet, site(t)+"/oembed?url="+url.QueryEscape(address), nil, &answer); err != nil {
		t.Fatal(err)
	}
	outside := hostPage(t, answer.HTML)
	b := open(t, look{}, outside, address)
	b.visit(outside)
	b.wait("frames.length == 1")
	b.settle()
	b.press(kb.Tab) // to the link of the quote
	if got := eval[string](b, "document.activeElement.href"); got != address {
		t.Fatalf("the first link is %s, want %s", got, address)
	}
	b.press(kb.Tab + kb.Enter)
	b.wait(`location.href.startsWith(%s)`, site(t)+"/v1/headlines/")
}

// WordPress lets a frame open nothing: it is told of a link, and follows the one to where the frame is from.
func TestWordPressIsToldOfLinks(t *testing.T) {
	address := embed(t, seedStory, "show", "casualties")
	outside := hostPage(t, listen+`<iframe sandbox="allow-scripts" title="Factbox" width="600" height="300" src="`+html.EscapeString(address)+`#?secret=aB3dE5fG7h"></iframe>`)
	b := open(t, look{}, outside, address)
	b.visit(outside)
	b.wait(`got.some((m) => m.data.message == "height")`)
	b.press(kb.Tab + kb.Enter)
	b.wait(`got.some((m) => m.data.message == "link" && m.data.secret == "aB3dE5fG7h")`)
	if link := eval[string](b, `got.find((m) => m.data.message == "link").data.value`); !strings.HasPrefix(link, site(t)+"/v1/headlines/") {
		t.Errorf("the link is %s", link)
	}
	b.check(look{})
}
