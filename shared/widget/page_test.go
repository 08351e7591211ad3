package widget

import (
	"bytes"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"factbox/shared/fact"
)

// allowed lists the elements that our pages are made of, each with its attributes. part, class, lang and dir may stand anywhere.
var allowed = map[string]string{
	"html": "data-theme", "head": "", "meta": "charset name content", "title": "", "base": "target", "link": "rel href type title", "style": "",
	"script": "src defer", "body": "", "main": "", "article": "data-theme", "header": "", "footer": "", "section": "", "h1": "", "h2": "", "h3": "",
	"p": "", "span": "", "b": "", "em": "", "q": "", "bdi": "", "div": "role tabindex aria-label", "a": "href", "time": "datetime", "data": "value",
	"ul": "", "ol": "", "li": "", "table": "role", "caption": "", "thead": "role", "tbody": "role", "tr": "role",
	"th": "role scope colspan", "td": "role colspan data-label", "fact-box": "story show theme", "template": "shadowrootmode",
	"svg": "viewbox width height x y overflow aria-hidden focusable", "g": "", "circle": "cx cy r", "path": "d",
	"rect": "x y width height rx", "line": "x1 x2 y1 y2", "text": "x y text-anchor",
}

var everywhere = []string{"class", "part", "lang", "dir"}

// nodes lists the elements of a document in order.
func nodes(t testing.TB, page []byte) []*html.Node {
	t.Helper()
	doc, err := html.ParseWithOptions(bytes.NewReader(page), html.ParseOptionEnableScripting(false))
	if err != nil {
		t.Fatal(err)
	}
	return slices.Collect(func(yield func(*html.Node) bool) {
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && !yield(n) {
				return
			}
		}
	})
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, name) {
			return a.Val, true
		}
	}
	return "", false
}

// content is the text of a node, with single blanks.
func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "style" && d.Parent.Data != "title" {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// check holds a page to all that must be so whatever the documents say, and gives its elements.
func check(t testing.TB, page []byte) []*html.Node {
	t.Helper()
	all := nodes(t, page)
	ids := make(map[string]bool)
	for _, n := range all {
		attributes, ok := allowed[n.Data]
		if !ok {
			t.Fatalf("a page has an element %s", n.Data)
		}
		for _, a := range n.Attr {
			if name := strings.ToLower(a.Key); !slices.Contains(everywhere, name) && !slices.Contains(strings.Fields(attributes), name) {
				t.Fatalf("<%s> has an attribute %s=%q", n.Data, a.Key, a.Val)
			}
		}
		if id, ok := attr(n, "id"); ok && ids[id] {
			t.Errorf("two elements have the id %q", id)
		} else if ok {
			ids[id] = true
		}
		switch n.Data {
		case "a", "link":
			checkLink(t, n)
		case "script":
			if src, _ := attr(n, "src"); src != "../widget.js" || n.FirstChild != nil {
				t.Errorf("a page has a script that is not ours: %q", src)
			}
		case "th":
			if scope, _ := attr(n, "scope"); !slices.Contains([]string{"col", "row", "rowgroup"}, scope) {
				t.Errorf("a header has the scope %q", scope)
			}
			if content(n) == "" {
				t.Error("a header is empty")
			}
		case "time":
			value, _ := attr(n, "datetime")
			if _, err := fact.ParseEDTF(value); err != nil || strings.Contains(value, "/") {
				t.Errorf("<time> has datetime=%q", value)
			}
		case "bdi", "q":
			if lang, _ := attr(n, "lang"); lang != "en" {
				t.Errorf("a document's words have lang=%q", lang)
			}
		}
	}
	for _, r := range string(page) {
		if r < ' ' && r != '\n' || r == 0x7f || steers(r) {
			t.Fatalf("a page has the character %U", r)
		}
	}
	return all
}

// checkLink holds a link to lead to a web page.
func checkLink(t testing.TB, n *html.Node) {
	t.Helper()
	href, _ := attr(n, "href")
	if u, err := url.Parse(href); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		t.Errorf("a link leads to %q", href)
	}
	if n.Data == "a" && content(n) == "" {
		t.Errorf("the link to %s says nothing", href)
	}
}

// TestPage holds every view in every theme and language to what must always be so.
func TestPage(t *testing.T) {
	story := quake(t).sum()
	each(t, func(t *testing.T, o Options) {
		for _, o.Theme = range Themes {
			d, err := Drawer{}.Page(story, o)
			if err != nil {
				t.Fatal(err)
			}
			all := check(t, d.HTML)
			count := make(map[string]int)
			for _, n := range all {
				count[n.Data]++
				if n.Data == "style" {
					sum := sha256.Sum256([]byte(n.FirstChild.Data))
					if want := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; d.StyleHash != want {
						t.Errorf("the hash of the style is told as %s, it is %s", d.StyleHash, want)
					}
				}
				if n.Data == "html" || n.Data == "article" {
					lang, _ := attr(n, "lang")
					dir, _ := attr(n, "dir")
					theme, _ := attr(n, "data-theme")
					if lang != o.Language.Tag() || dir != o.Language.Direction() || theme != string(o.Theme) {
						t.Errorf("<%s lang=%q dir=%q data-theme=%q>", n.Data, lang, dir, theme)
					}
				}
			}
			if count["h1"] != 1 || count["main"] != 1 || count["style"] != 1 || count["title"] < 1 {
				t.Errorf("a page has %v", count)
			}
			if n := compressed(d.HTML); n > MaxCompressed {
				t.Errorf("%d bytes gzipped, more than %d", n, MaxCompressed)
			}
		}
	})
}

// TestRoundTrip proves that what a parser reads of a page is what was written: nothing was mended.
func TestRoundTrip(t *testing.T) {
	story := quake(t).sum()
	each(t, func(t *testing.T, o Options) {
		once := page(t, story, o)
		var tags, parsed []string
		z := html.NewTokenizer(bytes.NewReader(once))
		for z.Next() != html.ErrorToken {
			if tok := z.Token(); tok.Type == html.StartTagToken || tok.Type == html.SelfClosingTagToken {
				tags = append(tags, tok.Data)
			}
		}
		for _, n := range nodes(t, once) {
			parsed = append(parsed, strings.ToLower(n.Data))
		}
		if !slices.Equal(tags, parsed) {
			t.Errorf("written %v, read %v", tags, parsed)
		}
	})
}

func TestElement(t *testing.T) {
	story := quake(t).sum()
	each(t, func(t *testing.T, o Options) {
		o.Theme = ThemeDark
		e := element(t, story, o)
		check(t, e)
		shadow := regexp.MustCompile(`(?s)^<fact-box story="luganville-quake" show="` + string(o.Show) +
			`" lang="` + o.Language.Tag() + `" theme="dark"><template shadowrootmode="open"><style>[^<]+</style>(<article .*</article>)</template><a href="(https://facts.example/embed/[^"]+theme=dark)">[^<]+</a></fact-box>\n$`)
		m := shadow.FindSubmatch(e)
		if m == nil {
			t.Fatalf("%.300s … %s", e, e[len(e)-300:])
		}
		p := page(t, story, o)
		article := regexp.MustCompile(`(?s)<article .*</article>`).Find(p)
		same := regexp.MustCompile(`<(/?)h[123]`).ReplaceAll
		if !bytes.Equal(same(m[1], []byte("<${1}h")), same(article, []byte("<${1}h"))) {
			t.Error("the element does not show what the page shows")
		}
	})
}

func TestMissing(t *testing.T) {
	d, err := Drawer{}.Missing("no such <story>", Options{Language: tongue(t, "fr"), Site: site})
	if err != nil {
		t.Fatal(err)
	}
	all := check(t, d.HTML)
	if text := content(all[0]); !strings.Contains(text, tongue(t, "fr").Text("story.missing")) || !strings.Contains(text, "no such <story>") {
		t.Errorf("the page says %q", text)
	}
}

func TestMistakes(t *testing.T) {
	en := tongue(t, "en")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{}, "no language"},
		{Options{Language: en, Show: "weather"}, `no view "weather"`},
		{Options{Language: en, Theme: "pink"}, `no theme "pink"`},
	} {
		_, err := Drawer{}.Page(quake(t).sum(), c.o)
		_, err2 := JSONLD(quake(t).sum(), c.o)
		_, err3 := Markdown(quake(t).sum(), c.o)
		for _, err := range []error{err, err2, err3} {
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%+v: %v, want %s", c.o, err, c.want)
			}
		}
	}
}

// TestSize holds the largest stories there can be to the size that a page may have, with the rows that there is room for.
func TestSize(t *testing.T) {
	for seed := range uint64(3) {
		story := longest(seed)
		for _, show := range Shows {
			o := Options{Show: show, Language: tongue(t, "ar"), Site: site}
			p, e := page(t, story, o), element(t, story, o)
			check(t, p)
			t.Logf("%s: a page of %d bytes, %d gzipped", show, len(p), compressed(p))
			if compressed(p) > MaxCompressed || compressed(e) > MaxCompressed {
				t.Errorf("%s: the page is %d bytes gzipped, the element %d, more than %d", show, compressed(p), compressed(e), MaxCompressed)
			}
		}
	}
}

// TestFitted shows that rows are given up, counted and linked where a page would be too large.
func TestFitted(t *testing.T) {
	story := quake(t).sum()
	toll := story.Casualties[1]
	story.Casualties = nil
	for i := range 40 {
		toll.Reports = nil
		for j := range 6 {
			f := story.Dates[0].Reports[0]
			noise := sha512.Sum512(fmt.Appendf(nil, "%d %d", i, j))
			quote := base64.StdEncoding.EncodeToString(noise[:])
			f.Kind, f.Date, f.Casualty = fact.KindCasualty, nil, &fact.Casualty{Effect: fact.Missing, Count: fact.NewCount(fact.Exact, int64(j), "")}
			f.Evidence.Quote = &quote
			toll.Reports = append(toll.Reports, f)
		}
		story.Casualties = append(story.Casualties, toll)
	}
	o := Options{Show: ShowCasualties, Language: tongue(t, "en"), Site: site}
	p := page(t, story, o)
	rows := 0
	for _, n := range nodes(t, p) {
		if scope, _ := attr(n, "scope"); scope == "row" {
			rows++
		}
	}
	rows -= len(story.NotStated)
	if n := compressed(p); n > MaxCompressed || rows < 5 || rows == 40 {
		t.Errorf("%d rows in %d bytes gzipped", rows, n)
	}
	if link := fmt.Sprintf(`<a class="more" href="%s/v1/casualties?story=%s">%d more</a>`, site, story.Story, 40-rows); !strings.Contains(string(p), link) {
		t.Errorf("%d of 40 rows are shown, and there is no %s", rows, link)
	}
}
