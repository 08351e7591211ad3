package browser

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Each kind of fault is seen, and none where there is none.
func TestFaultsAreSeen(t *testing.T) {
	tests := []struct {
		name   string
		header string // a line of the answer's
		body   string
		want   string // a part of a fault; "" is none at all
	}{
		{"none", "", `<p>Nothing is wrong.</p><svg role="img" aria-label="two words" viewBox="0 0 200 40" width="200"><text x="10" y="20">one</text><text x="90" y="20">two</text></svg>`, ""},
		{"none in shadow", "", `<div><template shadowrootmode="open"><p>Nothing is wrong.</p></template></div>`, ""},
		{"warning", "", `<script>console.warn("mind the gap")</script>`, `console warning: "mind the gap"`},
		{"error", "", `<script>console.error(new Error("gap"))</script>`, "console error: Error: gap"},
		{"exception", "", `<script>throw new Error("boom")</script>`, "exception: Uncaught Error: boom"},
		{"rejection", "", `<script>Promise.reject(new Error("later"))</script>`, "exception: Uncaught (in promise) Error: later"},
		{"observer in a loop", "", `<p id="p" style="width: 9em">round and round</p><script>new ResizeObserver(() => p.style.width = p.offsetWidth + 1 + "px").observe(p)</script>`, "ResizeObserver loop"},
		{"not found", "", `<script src="/missing.js"></script>`, "log error of network"},
		{"style against the policy", "Content-Security-Policy: style-src 'none'", `<p style="color:red">red</p>`, "log error of security"},
		{"script against the policy", "Content-Security-Policy: script-src 'none'", `<script>document.title = "run"</script>`, "log error of security"},
		{"another host's picture", "", `<img alt="" src="http://elsewhere.example/x.png">`, "request to another host: http://elsewhere.example/x.png"},
		{"another host's style", "", `<style>@import "//elsewhere.example/x.css";</style>`, "request to another host: http://elsewhere.example/x.css"},
		{"another port", "", `<img alt="" src="http://127.0.0.1:9/x.png">`, "request to another host: http://127.0.0.1:9/x.png"},
		{"cookie by header", "Set-Cookie: a=b", ``, "cookie: a"},
		{"cookie by script", "", `<script>document.cookie = "c=d"</script>`, "cookie: c"},
		{"dialog", "", `<script>alert("boo")</script>`, "dialog: boo"},
		{"wide", "", `<div style="width: 2000px">wide</div>`, "the page scrolls sideways: 2"},
		{"beyond the edge", "", `<div style="position: absolute; left: -50px">left</div>`, `beyond the edge of the page (-50 to`},
		{"beyond the edge in shadow", "", `<div><template shadowrootmode="open"><div style="position: absolute; left: -50px">left</div></template></div>`, `beyond the edge of the page (-50 to`},
		{"cut off", "", `<p style="width: 20px; overflow: hidden; white-space: nowrap">words and words</p>`, "text is cut off sideways"},
		{"cut off below", "", `<p style="height: 20px; overflow: hidden">words<br>and<br>words</p>`, "text is cut off below"},
		{"label beyond its drawing", "", `<svg role="img" aria-label="a word" viewBox="0 0 40 40" width="40"><text x="30" y="20">a long word</text></svg>`, "text beyond the edge of its drawing"},
		{"labels upon one another", "", `<svg role="img" aria-label="words" viewBox="0 0 200 40" width="200"><text x="10" y="20">word</text><text x="20" y="22">word</text></svg>`, "texts upon one another"},
		{"pale label", "", `<svg role="img" aria-label="a word" viewBox="0 0 100 40" width="100"><text x="10" y="20" fill="#aaa">word</text></svg>`, "pale text (2.32:1)"},
		{"pale label in the dark", "", `<style>body{background:oklch(0.2 0 0);color:white}</style><svg role="img" aria-label="a word" viewBox="0 0 100 40" width="100"><text x="10" y="20" fill="#444">word</text></svg>`, "pale text ("},
		{"shift", "", `<p id="below">below</p><script>setTimeout(() => below.insertAdjacentHTML("beforebegin", "<p>late</p>".repeat(5)), 60); while (performance.now() < 40);</script>`, "layout shift"},
		{"no name", "", `<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">`, "axe violation image-alt"},
		{"no name in shadow", "", `<div><template shadowrootmode="open"><button></button></template></div>`, "axe violation button-name"},
		{"pale", "", `<p style="color: #aaa">pale</p>`, "axe violation color-contrast"},
		{"not judged", "", `<p style="background: linear-gradient(red, blue)">hard to judge</p>`, "axe cannot judge (bgGradient) color-contrast"},
		{"small target", "", `<nav><a href="#a" style="display: block; width: 9px; height: 9px; overflow: hidden">a</a><a href="#b" style="display: block; width: 9px; height: 9px; overflow: hidden">b</a></nav>`, "axe violation target-size"},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i, tt := range tests {
			if r.URL.Path == fmt.Sprintf("/%d", i) {
				if name, value, ok := strings.Cut(tt.header, ": "); ok {
					w.Header().Set(name, value)
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				io.WriteString(w, `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>A page</title><main><h1>A page</h1>`+tt.body+`</main>`)
				return
			}
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(server.Close)
	for i, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := open(t, look{}, server.URL)
			b.visit(fmt.Sprintf("%s/%d", server.URL, i))
			if tt.name == "shift" {
				b.wait(`document.querySelectorAll("p").length > 1`)
			}
			faults := b.faults(look{})
			if tt.want == "" && len(faults) > 0 {
				t.Errorf("faults where there are none: %q", faults)
			}
			if tt.want != "" && !strings.Contains(strings.Join(faults, "\n"), tt.want) {
				t.Errorf("no %q among %q", tt.want, faults)
			}
		})
	}
}
