package front

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

// shelf is a store with one story, and two headlines for whoever searches.
type shelf struct {
	title string
	fails error
	words *[]string
}

func (s shelf) Stories(context.Context, store.Filter, store.Page) (store.List[store.StoryLine], error) {
	line := store.StoryLine{Story: "river-flood", Title: s.title, Documents: 2, FirstPublished: "2025-05-04", LatestPublished: "2025-05-05",
		Counts: map[fact.Kind]int{fact.KindCasualty: 1, fact.KindDate: 2, fact.KindPledge: 0}, Bullets: []string{"Killed: 3, " + s.title}}
	if s.title == "" {
		return store.List[store.StoryLine]{}, s.fails
	}
	return store.List[store.StoryLine]{Items: []store.StoryLine{line}}, s.fails
}

func (s shelf) Story(_ context.Context, id string, _ time.Time) (summary.Story, error) {
	if id != "river-flood" {
		return summary.Story{}, fact.Errorf(fact.NotFound, "there is no story %q", id)
	}
	return summary.Story{Story: id, Title: s.title, Documents: 2, LatestPublished: "2025-05-05", NotStated: summary.Looked}, nil
}

func (s shelf) Headlines(_ context.Context, f store.Filter, _ store.Page) (store.List[summary.Headline], error) {
	if s.words != nil {
		*s.words = f.Words
	}
	of := func(document string) summary.Headline {
		return summary.Headline{Source: fact.Source{Document: document, Headline: s.title, Publisher: s.title, Published: "2025-05-04"},
			Story: "river-flood", Bullets: []string{s.title}}
	}
	return store.List[summary.Headline]{Items: []summary.Headline{of("a"), of("b")}, Next: "more"}, nil
}

// site is where the tests reach the page.
const site = "http://127.0.0.1:3000"

func handler(s Store, readme string) http.Handler {
	return Handler(Options{Store: s, Site: func(*http.Request) string { return site }, Readme: []byte(readme), Log: slog.New(slog.DiscardHandler)},
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Next", r.Method+" "+r.URL.Path)
		}))
}

func get(t *testing.T, h http.Handler, target string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
	return w
}

// flood is a page of one story.
var flood = shelf{title: "River flood"}

func TestPage(t *testing.T) {
	for _, c := range []struct {
		name, target string
		store        shelf
		status       int
		has          []string
		lacks        []string
	}{
		{"the newest story is chosen", "/", flood, 200, []string{"2 documents · 5 May 2025 · 1 casualty · 2 dates · 0 pledges", `aria-current="true"`, "Four widgets for", "Killed: 3"}, []string{`<ul class="results">`}},
		{"by name", "/?story=river-flood", flood, 200, []string{"Four widgets for"}, nil},
		{"no such story", "/?story=drought", flood, 404, []string{"There is no story “drought”", "River flood"}, []string{"Four widgets for"}},
		{"no story at all", "/", shelf{}, 200, []string{"There is no story yet"}, []string{"Four widgets for", `href="#widgets"`}},
		{"the store is away", "/", shelf{fails: errors.New("boom")}, 500, []string{"The store does not answer"}, []string{"boom", "There is no story yet"}},
		{"a search", "/?q=river", flood, 200, []string{"2 headlines with “river”", `value="river"`, `href="/v1/headlines/a"`, "More of them"}, nil},
		{"an empty search", "/?q=+", flood, 200, nil, []string{`<ul class="results">`}},
		{"in French", "/?lang=fr", flood, 200, []string{`lang="fr"`, `<option value="fr" selected lang="fr">français`}, nil},
		{"what is not offered", "/?lang=tlh&theme=neon&code=flash", flood, 200, []string{`<option value="en" selected`, `<option value="auto" selected`}, []string{"tlh", "neon", "flash"}},
		{"what can be no story", "/?story=" + strings.Repeat("a", 3000), flood, 200, []string{"Four widgets for"}, []string{"aaa"}},
		{"a choice goes on to other stories", "/?lang=fr&theme=dark", flood, 200, []string{`href="/?lang=fr&amp;story=river-flood&amp;theme=dark#widgets"`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := get(t, handler(c.store, ""), c.target)
			if w.Code != c.status {
				t.Errorf("%d, want %d", w.Code, c.status)
			}
			for _, part := range c.has {
				if !strings.Contains(w.Body.String(), part) {
					t.Errorf("the page has no %s", part)
				}
			}
			for _, part := range c.lacks {
				if strings.Contains(w.Body.String(), part) {
					t.Errorf("the page has %s", part)
				}
			}
		})
	}
}

func TestSearchTakesWords(t *testing.T) {
	var words []string
	get(t, handler(shelf{title: "River flood", words: &words}, ""), "/?q=+river++bank+")
	if !slices.Equal(words, []string{"river", "bank"}) {
		t.Errorf("searched for %q", words)
	}
}

func TestCode(t *testing.T) {
	const address = site + "/embed/river-flood?lang=fr&show=timeline&theme=dark"
	for _, c := range []struct {
		choosing
		want string
	}{
		{choosing{"river-flood", "en", "auto", "element"}, `<script src="` + site + `/widget.js" async></script>
<fact-box story="river-flood" show="timeline">
  <a href="` + site + `/embed/river-flood?show=timeline">Factbox: &lt;b&gt;</a>
</fact-box>`},
		{choosing{"river-flood", "fr", "dark", "element"}, `<script src="` + site + `/widget.js" async></script>
<fact-box story="river-flood" show="timeline" lang="fr" theme="dark">
  <a href="` + strings.ReplaceAll(address, "&", "&amp;") + `">Factbox: &lt;b&gt;</a>
</fact-box>`},
		{choosing{"river-flood", "fr", "dark", "iframe"}, `<iframe src="` + strings.ReplaceAll(address, "&", "&amp;") + `" title="Factbox: &lt;b&gt;"
  width="100%" height="480" frameborder="0" loading="lazy"></iframe>
<script src="` + site + `/widget.js" async></script>`},
		{choosing{"river-flood", "fr", "dark", "oembed"}, address},
	} {
		if got, err := c.code(site, "<b>", widget.ShowTimeline); got != c.want || err != nil {
			t.Errorf("%v\n%s\nwant\n%s (%v)", c.choosing, got, c.want, err)
		}
	}
}

// TestPolicy holds the page to its own policy: it has no script of its own in it, no style but the widgets', nothing of another site.
func TestPolicy(t *testing.T) {
	w := get(t, handler(flood, "read me"), "/?q=x")
	policy := w.Header().Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self' 'sha256-", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy has no %s: %s", part, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%q", w.Header())
	}
	tokens := html.NewTokenizer(w.Body)
	styles := 0
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		source := false
		for _, a := range token.Attr {
			source = source || a.Key == "src"
			switch own := strings.HasPrefix(a.Val, "/") && !strings.HasPrefix(a.Val, "//"); {
			case a.Key == "style", strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s has the attribute %s", token.Data, a.Key)
			case a.Key == "src" && !own, token.Data == "link" && a.Key == "href" && !own, token.Data == "form" && a.Key == "action" && !own:
				t.Errorf("%s asks %s", token.Data, a.Val)
			}
		}
		switch {
		case token.Data == "script" && !source:
			t.Error("there is a script in the page")
		case token.Data == "style":
			styles++
		}
	}
	if styles != len(widget.Shows) {
		t.Errorf("%d styles, want one in each of %d widgets", styles, len(widget.Shows))
	}
}

// TestHostile shows texts of others as texts.
func TestHostile(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(2)>'`
	w := get(t, handler(shelf{title: evil}, ""), "/?q="+strings.ReplaceAll(strings.ReplaceAll(evil, " ", "+"), ";", "%3B"))
	if w.Code != http.StatusOK || strings.Contains(w.Body.String(), "<script>") || strings.Contains(w.Body.String(), "<img src=x") {
		t.Errorf("%d: a text became markup", w.Code)
	}
	if n := strings.Count(w.Body.String(), "alert(2)"); n < 5 {
		t.Errorf("the text stands there %d times", n)
	}
}

// TestFiles serves what the page refers to, each as what it is, and the README where there is one.
func TestFiles(t *testing.T) {
	h := handler(flood, "# Factbox")
	types := map[string]string{"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
	all, err := fs.Glob(files, "front/*")
	if err != nil || len(all) == 0 {
		t.Fatalf("%q %v", all, err)
	}
	for _, name := range all {
		w := get(t, h, "/"+name)
		_, ending, _ := strings.Cut(name, ".")
		if media, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";"); w.Code != http.StatusOK || media != types[ending] || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %q", name, w.Code, w.Header())
		}
	}
	if w := get(t, h, "/README.md"); w.Body.String() != "# Factbox" || !strings.Contains(get(t, h, "/").Body.String(), `href="/README.md"`) {
		t.Errorf("the README is %q", w.Body)
	}
}

func TestEverythingElseIsPassedOn(t *testing.T) {
	h := handler(flood, "")
	for _, c := range []struct{ method, path string }{
		{"GET", "/v1/stories"}, {"POST", "/v1/documents"}, {"GET", "/widget.js"}, {"GET", "/README.md"}, {"POST", "/"}, {"OPTIONS", "/"}, {"GET", "/nothing"}, {"GET", "/front/"}, {"GET", "/front/../v1"}, {"GET", "//"},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
		if got := w.Header().Get("X-Next"); got != c.method+" "+c.path {
			t.Errorf("%s %s: passed on %q, answered %d", c.method, c.path, got, w.Code)
		}
	}
	if strings.Contains(get(t, h, "/").Body.String(), "README.md") {
		t.Error("there is a link to no README")
	}
}
