package browser

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
)

const fallback = `<a href="/fallback">Factbox: a story</a>`

// element is the paste-in element with its script.
func element(t *testing.T, attributes string) string {
	t.Helper()
	return `<fact-box story="` + seedStory + `" ` + attributes + `>` + fallback + `</fact-box><script src="` + site(t) + `/widget.js" async></script>`
}

// On a page with a strict policy of its own, the element shows each view, in a shadow root that the page's style reaches by its parts
// and by variables only.
func TestElement(t *testing.T) {
	policy := "Content-Security-Policy: default-src 'none'; img-src data:; style-src 'nonce-a'; script-src " + site(t) + "; connect-src " + site(t)
	const style = `<style nonce="a">h2, p { color: rgb(1, 2, 3) } fact-box { --factbox-accent: rgb(4, 5, 6) } fact-box::part(title) { color: rgb(7, 8, 9) }</style>`
	for _, view := range views {
		for _, language := range []string{"en", "ar"} {
			t.Run(view+"/"+language, func(t *testing.T) {
				t.Parallel()
				outside := hostPage(t, style+element(t, `show="`+view+`" lang="`+language+`" theme="light"`), policy)
				b := open(t, look{width: 320}, outside, site(t))
				b.visit(outside)
				b.wait(`document.querySelector("fact-box").shadowRoot`)
				b.moved() // the page makes room for what comes late
				b.check(look{})
				if got := eval[string](b, `getComputedStyle(document.querySelector("fact-box").shadowRoot.querySelector("[part~=title]")).color`); got != "rgb(7, 8, 9)" {
					t.Errorf("the title has the colour %s, not that of its part", got)
				}
				if got := eval[string](b, `getComputedStyle(document.querySelector("fact-box").shadowRoot.querySelector("[part~=title]")).getPropertyValue("--factbox-accent")`); got != "rgb(4, 5, 6)" {
					t.Errorf("the accent is %s, not the page's", got)
				}
				if n := eval[int](b, `document.querySelector("fact-box").shadowRoot.querySelectorAll("style").length`); n > 0 {
					t.Errorf("%d style elements, which policies of pages forbid", n)
				}
			})
		}
	}
}

// What a server put into its page is shown without a script, and kept by the script.
func TestElementFromServer(t *testing.T) {
	for _, view := range views {
		t.Run(view, func(t *testing.T) {
			t.Parallel()
			answer, err := http.Get(embed(t, seedStory, "show", view, "as", "element"))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			outside := hostPage(t, string(body)+`<script src="`+site(t)+`/widget.js" async></script>`)
			texts := map[bool]string{}
			for _, without := range []bool{false, true} {
				l := look{width: 320, noScript: without}
				b := open(t, l, outside, site(t))
				b.visit(outside)
				b.check(l)
				texts[without] = eval[string](b, `document.querySelector("fact-box").shadowRoot.querySelector("[part~=box]").innerText`)
				for _, request := range b.requests {
					if strings.Contains(request, "/embed/") {
						t.Errorf("asked for what the page had: %s", request)
					}
				}
			}
			if texts[true] != texts[false] || len(texts[true]) < 100 {
				t.Errorf("with scripts the element says\n%s\nwithout\n%s", texts[false], texts[true])
			}
		})
	}
}

// Made narrow and wide again, the element settles: no loop of observers, no further request.
func TestElementResizes(t *testing.T) {
	outside := hostPage(t, `<div id="column" style="width: 700px">`+element(t, `show="pledges"`)+`</div>`)
	b := open(t, look{width: 1280}, outside, site(t))
	b.visit(outside)
	b.wait(`document.querySelector("fact-box").shadowRoot`)
	asked := len(b.requests)
	for range 3 {
		for _, width := range []string{"300px", "700px"} {
			eval[bool](b, `!!(column.style.width = %s)`, width)
			b.settle()
		}
	}
	if more := b.requests[asked:]; len(more) > 0 {
		t.Errorf("asked anew: %q", more)
	}
	b.moved() // this test moved it
	b.check(look{})
}

// A minute of the page passes in 300 ms.
const hurry = `<script>{ const slow = setTimeout; setTimeout = (f, ms, ...more) => slow(f, ms / 200, ...more) }</script>`

// The element asks again while it is seen, and changes nothing where nothing changed; unseen it asks no more.
func TestElementRefreshes(t *testing.T) {
	outside := hostPage(t, hurry+element(t, `refresh="30"`))
	b := open(t, look{}, outside, site(t))
	b.visit(outside)
	b.wait(`document.querySelector("fact-box").shadowRoot`)
	eval[bool](b, `(changes = 0, new MutationObserver(() => changes++).observe(document.querySelector("fact-box").shadowRoot, {childList: true, subtree: true}), loads = 0, addEventListener("factbox-load", () => loads++), true)`)
	b.wait("loads >= 3")
	if n := eval[int](b, "changes"); n > 0 {
		t.Errorf("%d changes where the answers were the same", n)
	}
	eval[bool](b, `!!(document.querySelector("fact-box").style.marginTop = "9000px")`)
	b.settle()
	eval[bool](b, `new Promise((done) => setTimeout(() => done(true), 12000))`) // 60 ms: what was under way comes
	asked := eval[int](b, "loads")
	eval[bool](b, `new Promise((done) => setTimeout(() => done(true), 120000))`)
	if more := eval[int](b, "loads") - asked; more > 0 {
		t.Errorf("asked %d times while nobody saw it", more)
	}
	b.moved() // this test moved it
	b.check(look{})
}

// Where the service does not answer, the reader has a link, and the page is told.
func TestElementOffline(t *testing.T) {
	tests := []struct{ name, blocked string }{
		{"the script", "*://*:*/widget.js"},
		{"the view", "*://*:*/embed/*"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outside := hostPage(t, `<script>var told = 0; addEventListener("factbox-error", () => told++)</script>`+element(t, ""))
			b := open(t, look{}, outside, site(t))
			block := true
			call(b, network.SetBlockedURLs, network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: tt.blocked, Block: block}}})
			b.visit(outside)
			b.wait(`[...document.querySelectorAll("fact-box a")].some((a) => a.checkVisibility() && a.getBoundingClientRect().height > 10)`)
			if tt.blocked == "*://*:*/embed/*" {
				b.wait("told == 1")
			}
			if !eval[bool](b, `!document.querySelector("fact-box").shadowRoot`) {
				t.Error("an empty shadow root hides the link")
			}
		})
	}
}

// An attribute that changes makes the element show something else.
func TestElementChanges(t *testing.T) {
	outside := hostPage(t, element(t, `show="summary"`))
	b := open(t, look{}, outside, site(t))
	b.visit(outside)
	b.wait(`document.querySelector("fact-box").shadowRoot`)
	eval[bool](b, `!document.querySelector("fact-box").setAttribute("show", "timeline")`)
	b.wait(`document.querySelector("fact-box").shadowRoot.querySelector("ol time")`)
	eval[bool](b, `!document.querySelector("fact-box").setAttribute("lang", "ar")`)
	b.wait(`document.querySelector("fact-box").shadowRoot.querySelector("[lang=ar]")`)
	b.check(look{})
}
