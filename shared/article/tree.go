package article

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxDepth is how deep elements are nested in a tree: what lies deeper hangs on the element at that depth, as in browsers.
const maxDepth = 200

// run is a stretch of the document that a node of the tree was made of: the text between two tags, or a <br>.
type run struct{ start, end int }

// tree is an HTML document whose nodes know where in the document they stand. It is built here rather than by html.Parse
// because that moves text about, merges it in quadratic time where tags in between are void, and refuses deep nesting. The
// order of the text is that of the document.
type tree struct {
	root, body *html.Node
	runs       []run
	at         map[*html.Node]int // text nodes and br elements: index of their run
	elements   int
	page       page
}

// page collects what a page says of itself beside its text.
type page struct {
	title     string
	canonical string
	charset   string
	meta      map[string]string // the first of each name or property, in lower case
	jsonLD    []string
	microdata map[string]any // of the article
	times     []timed
	instant   time.Time // of publication, where it is stated in UTC and so perhaps not as the publisher's own day
}

// timed is a time element.
type timed struct {
	datetime  string
	published bool // marked as the publication
	run       int  // the run that follows
}

// builder makes a tree of tokens.
type builder struct {
	tree
	stack  []*html.Node
	open   map[atom.Atom]int // how many of each stand in the stack
	custom map[string]int    // the same of elements that HTML does not know
	hidden atom.Atom         // an element whose text the tokenizer gives raw: script, style, title
	script bool              // hidden, and of type JSON-LD
	items  int               // how many open elements are items of microdata
}

// buildTree reads HTML. Time is linear in its length.
func buildTree(text string) *tree {
	b := &builder{open: make(map[atom.Atom]int), custom: make(map[string]int)}
	b.at = make(map[*html.Node]int)
	b.page.meta = make(map[string]string)
	b.root = &html.Node{Type: html.DocumentNode}
	root := element(atom.Html)
	b.tree.body = element(atom.Body)
	b.root.AppendChild(root)
	root.AppendChild(element(atom.Head))
	root.AppendChild(b.tree.body)
	b.stack = []*html.Node{b.tree.body}
	z := html.NewTokenizer(strings.NewReader(text))
	at := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return &b.tree
		}
		start := at
		at += len(z.Raw())
		switch kind {
		case html.TextToken:
			if b.hidden != 0 {
				b.raw(z)
			} else {
				b.text(start, at)
			}
			b.hidden = 0
		case html.StartTagToken, html.SelfClosingTagToken:
			b.start(z.Token(), start, at, kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			b.hidden = 0
			name, _ := z.TagName()
			b.end(atom.Lookup(name), string(name))
		}
	}
}

func element(a atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
}

func (b *builder) top() *html.Node { return b.stack[len(b.stack)-1] }

// text adds a text node. Its words are decoded by the cutter, which needs their offsets.
func (b *builder) text(start, end int) {
	n := &html.Node{Type: html.TextNode}
	b.at[n] = len(b.runs)
	b.runs = append(b.runs, run{start, end})
	b.top().AppendChild(n)
}

// raw takes the text of an element that is not shown.
func (b *builder) raw(z *html.Tokenizer) {
	switch {
	case b.hidden == atom.Title && b.page.title == "":
		b.page.title = foldSpace(string(z.Text()))
	case b.script && len(b.page.jsonLD) < 20:
		b.page.jsonLD = append(b.page.jsonLD, string(z.Text()))
	}
}

// foldSpace makes a line of text: white space folded, characters without width left out.
func foldSpace(s string) string {
	s, _ = legible(s, 0, len(s))
	return strings.Join(strings.Fields(s), " ")
}

// start opens an element, after closing those that its tag ends.
func (b *builder) start(t html.Token, start, end int, selfClosing bool) {
	b.hidden = 0
	a := t.DataAtom
	switch a {
	case atom.Html, atom.Head, atom.Body:
		return
	case atom.Script, atom.Style, atom.Title, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes, atom.Textarea, atom.Xmp, atom.Plaintext:
		if !selfClosing || b.open[atom.Svg] == 0 {
			b.hidden = a
			b.script = a == atom.Script && strings.Contains(strings.ToLower(attribute(t.Attr, "type")), "ld+json")
		}
		return
	case atom.Meta:
		b.metadata(t.Attr)
		if attribute(t.Attr, "itemprop") == "" {
			return
		}
	case atom.Link:
		if strings.EqualFold(attribute(t.Attr, "rel"), "canonical") && b.page.canonical == "" {
			b.page.canonical = strings.TrimSpace(attribute(t.Attr, "href"))
		}
		return
	case atom.Time:
		if when := strings.TrimSpace(attribute(t.Attr, "datetime")); when != "" {
			b.page.times = append(b.page.times, timed{when, isPublication(t.Attr), len(b.runs)})
		}
	}
	b.implied(a)
	n := &html.Node{Type: html.ElementNode, DataAtom: a, Data: t.Data, Attr: t.Attr}
	b.elements++
	b.top().AppendChild(n)
	switch {
	case a == atom.Br:
		b.at[n] = len(b.runs)
		b.runs = append(b.runs, run{start, end})
	case void[a] || selfClosing && (b.open[atom.Svg] > 0 || b.open[atom.Math] > 0 || a == atom.Svg || a == atom.Math):
	case len(b.stack) < maxDepth:
		b.stack = append(b.stack, n)
		b.open[a]++
		if a == 0 {
			b.custom[t.Data]++
		}
		if hasAttribute(n.Attr, "itemscope") {
			b.items++
		}
	}
}

// metadata keeps a meta element.
func (b *builder) metadata(attr []html.Attribute) {
	if c := attribute(attr, "charset"); c != "" && b.page.charset == "" {
		b.page.charset = c
	}
	content := attribute(attr, "content")
	if strings.EqualFold(attribute(attr, "http-equiv"), "content-type") && b.page.charset == "" {
		if _, c, ok := strings.Cut(strings.ToLower(content), "charset="); ok {
			b.page.charset = strings.Trim(c, ` "';`)
		}
	}
	for _, key := range [...]string{"property", "name", "itemprop"} {
		if key == "itemprop" && b.items > 0 { // of an item, perhaps not of the page
			continue
		}
		if name := strings.ToLower(attribute(attr, key)); name != "" && b.page.meta[name] == "" && len(b.page.meta) < 500 {
			b.page.meta[name] = foldSpace(content)
		}
	}
}

// isPublication reports whether a time element is marked as the time of publication.
func isPublication(attr []html.Attribute) bool {
	for _, a := range attr {
		if a.Key == "pubdate" || (a.Key == "itemprop" || a.Key == "class") && strings.Contains(strings.ToLower(a.Val), "publish") {
			return true
		}
	}
	return false
}

func attribute(attr []html.Attribute, key string) string {
	for _, a := range attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// void elements have no content (HTML Living Standard 13.1.2).
var void = set(atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta,
	atom.Param, atom.Source, atom.Track, atom.Wbr)

// blocks begin and end a paragraph; their start tags close an open p (HTML Living Standard 13.2.6.4.7).
var blockElements = set(atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center,
	atom.Dd, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
	atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Html,
	atom.Iframe, atom.Li, atom.Legend, atom.Main, atom.Menu, atom.Nav, atom.Object, atom.Ol, atom.Optgroup, atom.Option, atom.P, atom.Picture, atom.Pre,
	atom.Section, atom.Select, atom.Summary, atom.Svg, atom.Table, atom.Tbody, atom.Td, atom.Template, atom.Tfoot, atom.Th,
	atom.Thead, atom.Tr, atom.Ul, atom.Video, atom.Audio, atom.Canvas)

// scopes hold what is open inside them: an end tag in them closes nothing outside.
var scopes = set(atom.Td, atom.Th, atom.Table, atom.Caption, atom.Object, atom.Template, atom.Body)

func set(atoms ...atom.Atom) map[atom.Atom]bool {
	m := make(map[atom.Atom]bool, len(atoms))
	for _, a := range atoms {
		m[a] = true
	}
	return m
}

// closedBy says which open elements the start of another closes, and at which element the search for them stops.
var closedBy = map[atom.Atom]struct{ these, within map[atom.Atom]bool }{
	atom.Li:     {set(atom.Li), set(atom.Ul, atom.Ol, atom.Menu)},
	atom.Dd:     {set(atom.Dd, atom.Dt), set(atom.Dl)},
	atom.Dt:     {set(atom.Dd, atom.Dt), set(atom.Dl)},
	atom.Td:     {set(atom.Td, atom.Th), set(atom.Tr, atom.Table)},
	atom.Th:     {set(atom.Td, atom.Th), set(atom.Tr, atom.Table)},
	atom.Tr:     {set(atom.Tr), set(atom.Table)},
	atom.Tbody:  {set(atom.Tbody, atom.Thead, atom.Tfoot), set(atom.Table)},
	atom.Thead:  {set(atom.Tbody, atom.Thead, atom.Tfoot), set(atom.Table)},
	atom.Tfoot:  {set(atom.Tbody, atom.Thead, atom.Tfoot), set(atom.Table)},
	atom.Option: {set(atom.Option), set(atom.Select)},
}

// implied closes the elements that the start of another ends without a tag of their own.
func (b *builder) implied(a atom.Atom) {
	if rule, ok := closedBy[a]; ok {
		for i := len(b.stack) - 1; i > 0 && !rule.within[b.stack[i].DataAtom]; i-- {
			if rule.these[b.stack[i].DataAtom] {
				b.popTo(i)
				break
			}
		}
	}
	if !blockElements[a] || b.open[atom.P] == 0 {
		return
	}
	for i := len(b.stack) - 1; i > 0 && !scopes[b.stack[i].DataAtom]; i-- {
		if b.stack[i].DataAtom == atom.P {
			b.popTo(i)
			return
		}
	}
}

// end closes an element. A tag that closes nothing is left out; so is that of an inline element in which a block is open.
func (b *builder) end(a atom.Atom, name string) {
	if b.open[a] == 0 || a == 0 && b.custom[name] == 0 {
		return
	}
	for i := len(b.stack) - 1; i > 0; i-- {
		open := b.stack[i].DataAtom
		if open == a && (a != 0 || b.stack[i].Data == name) {
			b.popTo(i)
			return
		}
		if blockElements[a] && scopes[open] && a != atom.Table && a != atom.Tr && a != atom.Tbody || !blockElements[a] && blockElements[open] {
			return
		}
	}
}

// popTo closes the i-th element of the stack and all in it.
func (b *builder) popTo(i int) {
	for _, n := range b.stack[i:] {
		b.open[n.DataAtom]--
		if n.DataAtom == 0 {
			b.custom[n.Data]--
		}
		if hasAttribute(n.Attr, "itemscope") {
			b.items--
		}
	}
	b.stack = b.stack[:i]
}
