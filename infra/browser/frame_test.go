package browser

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// hostPage serves a page of somebody else's, with header lines of its own, and gives its address.
func hostPage(t *testing.T, body string, headers ...string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		for _, line := range headers {
			name, value, _ := strings.Cut(line, ": ")
			w.Header().Set(name, value)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>An article</title><main><h1>An article</h1>`+body+`</main>`)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// listen keeps the messages that a page gets.
const listen = `<script>var got = []; addEventListener("message", (m) => got.push(m))</script>`

// In a frame that may run scripts and nothing else, each view renders and tells its height, once a change of width.
func TestSandboxedFrame(t *testing.T) {
	for _, view := range views {
		t.Run(view, func(t *testing.T) {
			t.Parallel()
			address := embed(t, seedStory, "show", view)
			outside := hostPage(t, listen+`<iframe sandbox="allow-scripts" title="Factbox" width="600" height="300" src="`+html.EscapeString(address)+`"></iframe>`)
			b := open(t, look{width: 1280}, outside, address)
			b.visit(outside)
			b.wait(`got.some((m) => m.data.type == "factbox:height")`)
			b.check(look{})
			told := func() float64 {
				return eval[float64](b, `got.findLast((m) => m.data.type == "factbox:height" && m.data.story == %s && m.origin == "null" && m.source == frames[0]).data.height`, seedStory)
			}
			wide := told()
			if want := height(t, address, 600); wide < want-1 || wide > want+1 {
				t.Errorf("told %v px, at this width it is %v px high", wide, want)
			}
			eval[bool](b, `!!(document.querySelector("iframe").width = 320)`)
			b.wait(`got.at(-1).data.height != %s`, wide)
			b.settle()
			if narrow, want := told(), height(t, address, 320); narrow < want-1 || narrow > want+1 {
				t.Errorf("made narrow it told %v px, at this width it is %v px high", narrow, want)
			}
			if n := eval[int](b, "got.length"); n > 6 {
				t.Errorf("one change of width made %d messages", n)
			}
			b.check(look{})
		})
	}
}

// height is how high a page is in a window of a width.
func height(t *testing.T, address string, width int64) float64 {
	t.Helper()
	b := open(t, look{width: width}, address)
	b.visit(address)
	b.settle()
	return eval[float64](b, "document.documentElement.getBoundingClientRect().height")
}

// A WordPress page names a secret in the fragment and gets it back with the height; the frame gets it on being asked, too.
func TestWordPressFrame(t *testing.T) {
	address := embed(t, seedStory, "show", "summary")
	outside := hostPage(t, listen+`<iframe sandbox="allow-scripts" title="Factbox" width="600" height="300" src="`+html.EscapeString(address)+`#?secret=aB3dE5fG7h"></iframe>`)
	b := open(t, look{width: 1280}, outside, address)
	b.visit(outside)
	b.wait(`got.some((m) => m.data.message == "height" && m.data.secret == "aB3dE5fG7h" && m.data.value > 100 && Number.isInteger(m.data.value))`)
	eval[bool](b, `got = [], frames[0].postMessage({message: "ready", secret: "aB3dE5fG7h"}, "*"), true`)
	b.wait(`got.some((m) => m.data.message == "height" && m.data.secret == "aB3dE5fG7h")`)
	if n := eval[int](b, `got.filter((m) => m.data.message != "height").length`); n > 0 {
		t.Errorf("%d messages of other forms", n)
	}
	b.check(look{})
}

// With widget.js on the page plain frames are as high as what they show.
func TestPlainFrame(t *testing.T) {
	address := embed(t, seedStory, "show", "casualties")
	for _, attributes := range []string{"", `sandbox="allow-scripts"`} {
		t.Run(attributes, func(t *testing.T) {
			outside := hostPage(t, `<iframe `+attributes+` title="Factbox" width="500" height="10" style="border: 0" src="`+html.EscapeString(address)+`"></iframe><script src="`+site(t)+`/widget.js" async></script>`)
			b := open(t, look{width: 1280}, outside, address)
			b.visit(outside)
			want := height(t, address, 500)
			b.wait(`Math.abs(document.querySelector("iframe").clientHeight - %s) <= 1`, want)
			b.moved() // the page makes room for what came
			b.check(look{})
		})
	}
}

// wordPress is what a page of WordPress does with a frame of a provider that it does not know (its wp-embed script): it names a secret in the
// fragment, and gives the frame the height that comes back with it, from 200 to 1000 pixels.
const wordPress = `<script>
addEventListener("message", ({data}) => {
	const frame = data.secret && document.querySelector("iframe[data-secret='" + data.secret + "']");
	if (frame && data.message == "height") frame.height = Math.max(200, Math.min(1000, data.value));
});
for (const frame of document.querySelectorAll("iframe.wp-embedded-content")) {
	frame.dataset.secret = "s3cReT" + frames.length;
	frame.src += "#?secret=" + frame.dataset.secret;
}
</script>`

// What oEmbed answers is shown by a page as it stands, and by WordPress at the height that the frame tells.
func TestOEmbed(t *testing.T) {
	for _, tt := range []struct{ name, script string }{{"as it stands", ""}, {"WordPress", wordPress}} {
		t.Run(tt.name, func(t *testing.T) {
			address := embed(t, seedStory, "show", "casualties")
			var answer struct {
				HTML          string
				Width, Height int
			}
			if err := ask(http.MethodGet, site(t)+"/oembed?maxwidth=500&maxheight=240&url="+url.QueryEscape(address), nil, &answer); err != nil {
				t.Fatal(err)
			}
			if answer.Width > 500 || answer.Height > 240 || strings.Contains(answer.HTML, "<script") {
				t.Errorf("%+v", answer)
			}
			outside := hostPage(t, answer.HTML+tt.script)
			b := open(t, look{width: 600}, outside, address)
			b.visit(outside)
			b.wait("frames.length == 1")
			if tt.script != "" {
				want := min(1000, height(t, address, 500))
				b.wait(`Math.abs(document.querySelector("iframe").height - %s) <= 1`, want)
				b.moved() // WordPress makes room for what came
			}
			b.check(look{})
		})
	}
}
