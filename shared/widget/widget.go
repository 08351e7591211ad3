// Package widget shows a story's summary to people: as a whole HTML page, as the content of a <fact-box> element, as JSON-LD
// and as Markdown. Its functions are pure: a summary and options in, bytes out; no clock, no network, no state.
//
// What documents say (labels, names, conditions) is hostile until shown otherwise. It reaches a page through html/template
// alone, is freed of control characters and cut to a sensible length, and stands in <bdi>, so that its direction stays its
// own. A page has no script but our /widget.js, no style attribute and one <style> element, whose hash the caller puts into its
// Content-Security-Policy.
package widget

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"
	"sync"

	"factbox/shared/language"
	"factbox/shared/oembed"
	"factbox/shared/summary"
)

// Show says which view of a story is wanted.
type Show string

// The views.
const (
	ShowSummary    Show = "summary"    // the figures, the weightiest dates and who supports whom
	ShowCasualties Show = "casualties" // every toll with its reports
	ShowTimeline   Show = "timeline"   // every date, on an axis and as a list
	ShowPledges    Show = "pledges"    // support as a matrix of donor and type, and as a table
)

// Shows lists the views, the default first.
var Shows = []Show{ShowSummary, ShowCasualties, ShowTimeline, ShowPledges}

// Theme says which colours a view has.
type Theme string

// The themes. Auto follows the reader's system.
const (
	ThemeAuto  Theme = "auto"
	ThemeLight Theme = "light"
	ThemeDark  Theme = "dark"
)

// Themes lists the themes, the default first.
var Themes = []Theme{ThemeAuto, ThemeLight, ThemeDark}

// Options say how a story is shown. An empty Show is the summary, an empty Theme the reader's.
type Options struct {
	Show     Show
	Theme    Theme
	Language *language.Language // of the labels; what documents say keeps theirs
	Site     string             // the address of the service without a trailing slash, for links: "https://facts.example"
}

// Document is a whole HTML page.
type Document struct {
	HTML      []byte
	StyleHash string // of the page's <style> element, as style-src takes it: 'sha256-…', with the quotes
}

// MaxCompressed is the most bytes of a page or an element after gzip. Rows that would take it over that are counted and linked.
const MaxCompressed = 20 << 10

// Drawer draws stories as HTML. It is a value, so that a program that has none does not link html/template.
type Drawer struct{}

// Page makes the page that shows a story.
func (Drawer) Page(story summary.Story, o Options) (Document, error) {
	page, err := fitted("page", story, o)
	return Document{HTML: page, StyleHash: style().hash}, err
}

// Element makes a <fact-box> element whose declarative shadow root holds the view, and which is a link to the page where a
// reader's browser knows no such thing.
func (Drawer) Element(story summary.Story, o Options) ([]byte, error) {
	return fitted("element", story, o)
}

// Missing makes the page that says that there is no such story.
func (Drawer) Missing(story string, o Options) (Document, error) {
	f, err := newFrame(summary.Story{Story: story}, o)
	if err != nil {
		return Document{}, err
	}
	page, err := f.render("missing")
	return Document{HTML: page, StyleHash: style().hash}, err
}

// limits of rows, tried in turn until a page is small enough. The seed story fits with the first.
var limits = []int{40, 24, 16, 10, 5, 2}

// fitted renders a story with as many rows as MaxCompressed has room for.
func fitted(name string, story summary.Story, o Options) ([]byte, error) {
	f, err := newFrame(story, o)
	if err != nil {
		return nil, err
	}
	for _, rows := range limits {
		f.fill(story, rows)
		page, err := f.render(name)
		if err != nil || compressed(page) <= MaxCompressed || rows == limits[len(limits)-1] {
			return page, err
		}
	}
	return nil, fmt.Errorf("show %s of story %q: no room", f.Show, story.Story)
}

// compressed is the size after gzip, or of the page itself where that is small enough already.
func compressed(page []byte) int {
	if len(page) <= MaxCompressed {
		return len(page)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(page) // into memory: it cannot fail
	w.Close()
	return b.Len()
}

// frame is what the templates see: what all views share, and the content of one view.
type frame struct {
	*writer
	Show      Show
	Theme     Theme
	Story     string // its id
	Title     string
	AsOf      when
	Documents string // how many there are
	Style     template.CSS
	Page      bool // a page of its own, with the document's first heading

	Glance   *glance
	Tolls    *tollTable
	Timeline *timeline
	Pledges  *pledgeTable
}

func newFrame(story summary.Story, o Options) (*frame, error) {
	if o.Language == nil {
		return nil, fmt.Errorf("show story %q: no language", story.Story)
	}
	f := &frame{
		Show:   cmp.Or(o.Show, ShowSummary),
		Theme:  cmp.Or(o.Theme, ThemeAuto),
		Story:  clean(story.Story, maxTitle),
		Style:  style().text,
		writer: newWriter(story, o),
	}
	if !slices.Contains(Shows, f.Show) {
		return nil, fmt.Errorf("show story %q: there is no view %q", story.Story, f.Show)
	}
	if !slices.Contains(Themes, f.Theme) {
		return nil, fmt.Errorf("show story %q: there is no theme %q", story.Story, f.Theme)
	}
	f.Title = cmp.Or(clean(story.Title, maxTitle), f.Story, f.L.Text("unknown"))
	f.AsOf = f.when(story.LatestPublished)
	f.AsOf.Text = clean(f.L.Dated("as_of", story.LatestPublished), maxName)
	f.Documents = f.L.Plural("sources", int64(story.Documents))
	return f, nil
}

// fill makes the content of the view, with at most so many rows.
func (f *frame) fill(story summary.Story, rows int) {
	switch f.Show {
	case ShowCasualties:
		f.Tolls = f.tollTable(story, rows, f.list("casualties"))
	case ShowTimeline:
		f.Timeline = f.timeline(story, rows, f.list("dates"))
	case ShowPledges:
		f.Pledges = f.pledgeTable(story, rows, f.list("pledges"))
	default:
		f.Glance = f.glance(story, rows)
	}
}

func (f *frame) render(name string) ([]byte, error) {
	f.Page = name != "element"
	var b bytes.Buffer
	if err := templates().ExecuteTemplate(&b, name, f); err != nil {
		return nil, fmt.Errorf("show %s of story %q: %w", f.Show, f.Story, err)
	}
	return b.Bytes(), nil
}

// Embed is the address of a view of the story in the same language and theme.
func (f *frame) Embed(show Show) string {
	q := url.Values{"show": {string(show)}, "lang": {f.L.Tag()}}
	if f.Theme != ThemeAuto {
		q.Set("theme", string(f.Theme))
	}
	return f.site + "/embed/" + url.PathEscape(f.Story) + "?" + q.Encode()
}

// Full is the address of the story's summary.
func (f *frame) Full() string { return f.Embed(ShowSummary) }

// Here is the address of this view.
func (f *frame) Here() string { return f.Embed(f.Show) }

// OEmbed is where a description of this view is found (oembed.com, discovery).
func (f *frame) OEmbed(format string) string {
	return oembed.Endpoint(f.site, f.Here(), oembed.Format(format))
}

// Heading is the label of the view.
func (f *frame) Heading() string { return f.L.Text("view." + string(f.Show)) }

// heading is a section's, under the title: one level deeper in an element than on a page of its own.
type heading struct {
	Page bool
	Text string
}

// Head makes a section's heading of a label's key.
func (f *frame) Head(key string) heading { return heading{f.Page, f.L.Text(key)} }

//go:embed templates/*.html
var templateFiles embed.FS

var (
	parse  sync.Once
	parsed *template.Template
)

// templates is a function and no variable that is made of one, which would be linked into every program that imports the package.
func templates() *template.Template {
	parse.Do(func() { parsed = template.Must(template.New("").ParseFS(templateFiles, "templates/*.html")) })
	return parsed
}

//go:embed style.css
var styleFile string

// stylesheet is the one <style> element's text with its hash.
type stylesheet struct {
	text template.CSS
	hash string
}

var style = sync.OnceValue(func() stylesheet {
	text := minify(styleFile)
	sum := sha256.Sum256([]byte(text))
	return stylesheet{template.CSS(text), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
})

// StyleHash is that of the <style> element of every page and element, as style-src takes it: 'sha256-…', with the quotes.
func StyleHash() string { return style().hash }

// minify takes comments and layout out of our own style sheet, which has no string with a comment or a run of blanks in it.
func minify(css string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(css, "/*")
		b.WriteString(before)
		if !found {
			break
		}
		_, css, _ = strings.Cut(rest, "*/")
	}
	text := strings.Join(strings.Fields(b.String()), " ")
	return strings.NewReplacer(" { ", "{", "; } ", "}", "; }", "}", " } ", "}", "} ", "}", "; ", ";", ": ", ":", ", ", ",").Replace(text)
}
