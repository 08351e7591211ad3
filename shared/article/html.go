package article

import (
	"cmp"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"factbox/shared/fact"
)

// hiddenElements hold no text of the article.
var hiddenElements = set(atom.Nav, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Template, atom.Select, atom.Svg, atom.Math,
	atom.Object, atom.Menu, atom.Dialog, atom.Video, atom.Audio, atom.Canvas, atom.Datalist, atom.Input, atom.Label)

// lineElements hold text that runs on.
var lineElements = set(atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Td, atom.Th, atom.Dd, atom.Dt, atom.Figcaption,
	atom.Span, atom.A, atom.B, atom.I, atom.Em, atom.Strong, atom.Small, atom.Font, atom.Cite, atom.Q)

// hiddenNames are elements of Accelerated Mobile Pages (AMP) with the same use. That format has names of its own.
var hiddenNames = map[string]bool{"amp-ad": true, "amp-sticky-ad": true, "amp-consent": true, "amp-embed": true, "amp-lightbox": true, "amp-sidebar": true,
	"amp-social-share": true, "amp-user-notification": true, "amp-web-push-widget": true, "amp-list": true, "amp-next-page": true}

// widgets are ids and classes of things that many sites put into their pages with the names of those who made them: consent
// dialogs, comments, recommendations, sharing.
var widgets = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for _, name := range strings.Fields(`onetrust-consent-sdk onetrust-banner-sdk onetrust-pc-sdk CybotCookiebotDialog didomi-host didomi-popup qc-cmp2-container truste-consent-track
		usercentrics-root cookie-law-info-bar cookie-notice cookie-consent cookie-banner cookiebanner cc-window cmplz-cookiebanner
		siteSub siteNotice mw-editsection mw-jump-link mw-navigation catlinks printfooter
		comments-area comment-list commentlist comment-respond comment-body disqus_thread fb-comments coral-thread respond
		jp-relatedposts sharedaddy yarpp-related OUTBRAIN taboola mc_embed_signup mc4wp-form addtoany_share_save_container`) {
		m[name] = true
	}
	return m
})

// readHTML reads a page.
func readHTML(text string) (*Article, error) {
	t := buildTree(text)
	c := &cutter{tree: t, source: text}
	c.walk(t.root, place{})
	c.flush()
	if len(c.found) == 0 {
		return nil, fact.Errorf(fact.Invalid, "the HTML holds no text: send the page as a reader's browser shows it, or the article's text as text/plain")
	}
	t.page.microdata = t.readMicrodata(c.source)
	a := t.page.article()
	title, shared := t.page.shareTitle(a.Publisher)
	found := t.choose(c.found, cmp.Or(a.Headline, title))
	chosen := make([]block, 0, len(found))
	for _, b := range found {
		chosen = append(chosen, b.block)
	}
	if a.Published == "" {
		a.Published = t.page.timeOf(found)
	}
	if !oneTitle(chosen, cmp.Or(a.Headline, title)) && (shared || !titled(chosen)) {
		fill(&a.Headline, title)
	}
	a.assign(chosen, &t.page)
	fill(&a.Headline, title)
	return a.finish()
}

// oneTitle leaves one block marked as the headline, the one with the page's title, else the first; ok tells that there is one.
func oneTitle(blocks []block, title string) (ok bool) {
	best := -1
	for i := range blocks {
		if blocks[i].role == Headline && (best < 0 || title != "" && plainWords(blocks[i].text) == plainWords(title)) {
			best = i
		}
	}
	for i := range blocks {
		if blocks[i].role == Headline && i != best {
			blocks[i].role = Heading
		}
	}
	return best >= 0
}

// titled reports whether the page, without a first-level heading, has another one of a headline's length before its prose.
func titled(blocks []block) bool {
	const shortest = 4
	first, _ := proseBounds(blocks)
	for i := range blocks[:first] {
		if blocks[i].role == Heading && blocks[i].words >= shortest && !blocks[i].linked {
			return true
		}
	}
	return false
}

// place is what the elements around a node say of it.
type place struct {
	role    Role
	item    bool
	link    bool
	pre     bool
	time    bool
	running bool // in a paragraph, a heading, an item or a part of a line
	hidden  bool
	article *html.Node // the nearest article or main
	home    *html.Node // what holds the nearest block element
}

// htmlBlock is a block with what is needed to choose among a page's blocks.
type htmlBlock struct {
	block
	place
	first, last int // the runs it was made of
}

// cutter cuts a tree into blocks at block elements, at two line breaks in a row, and around hidden elements.
type cutter struct {
	*tree
	source string
	found  []htmlBlock

	at      place // of the block being made
	text    strings.Builder
	pieces  []piece
	pending piece // white space that is written once a word follows
	breaks  int   // line breaks since the last word
	linked  int   // bytes of the words that are links
	timed   int   // bytes of the words in time elements
	written int   // bytes of the words
	first   int
	last    int
	ends    []lineEnd
}

// lineEnd is a line break inside a block.
type lineEnd struct{ text, run int }

func (c *cutter) walk(n *html.Node, at place) {
	switch n.Type {
	case html.TextNode:
		c.read(n, at)
		return
	case html.ElementNode:
		a := n.DataAtom
		if a == atom.Br {
			c.lineBreak(n)
			return
		}
		around := at
		at = at.in(n)
		if a == atom.Time && c.timed > 0 && c.pending.width == 0 { // "June 11, 2019June 12, 2019"
			c.flush()
		}
		if blockElements[a] || a == 0 && !around.running && strings.Contains(n.Data, "-") { // an element of the site's own, not in a line
			at.home = n.Parent
			c.flush()
			defer c.flush()
		} else if at.hidden {
			c.flush()
			defer c.flush()
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		c.walk(child, at)
	}
}

// in gives what an element adds to its place.
func (p place) in(n *html.Node) place {
	p.running = p.running || lineElements[n.DataAtom]
	switch n.DataAtom {
	case atom.H1:
		p.role = Headline
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.role = Heading
	case atom.Figcaption, atom.Caption:
		p.role = Caption
	case atom.Li:
		p.item = true
	case atom.A:
		p.link = true
	case atom.Pre:
		p.pre = true
	case atom.Time:
		p.time = true
	case atom.Article, atom.Main:
		p.article = n
	}
	if n.DataAtom == atom.Header || attribute(n.Attr, "role") == "banner" { // of an article it holds the headline, of the page the menu
		p.hidden = p.hidden || p.article == nil && !holds(n, atom.H1)
	}
	p.hidden = p.hidden || hiddenElements[n.DataAtom] || n.DataAtom == 0 && hiddenNames[n.Data] || concealed(n)
	return p
}

// holds reports whether an element of that name is inside, not deeper than headlines are.
func holds(n *html.Node, a atom.Atom) bool {
	seen := 0
	var look func(n *html.Node) bool
	look = func(n *html.Node) bool {
		for child := n.FirstChild; child != nil && seen < 400; child = child.NextSibling {
			seen++
			if child.DataAtom == a || look(child) {
				return true
			}
		}
		return false
	}
	return look(n)
}

// concealed reports whether an element's attributes keep it from readers or make it a part of the page.
func concealed(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "id", "class":
			for _, name := range strings.Fields(a.Val) {
				if widgets()[name] {
					return true
				}
			}
		case "aria-hidden":
			return a.Val == "true"
		case "role":
			switch a.Val {
			case "navigation", "complementary", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar":
				return true
			}
		case "style":
			if style := strings.ReplaceAll(strings.ToLower(a.Val), " ", ""); strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// lineBreak is a space between words; the second in a row ends the block.
func (c *cutter) lineBreak(n *html.Node) {
	if c.text.Len() == 0 {
		return
	}
	c.breaks++
	if c.breaks > 1 {
		c.flush()
		return
	}
	c.ends = append(c.ends, lineEnd{c.text.Len(), c.last})
	if c.pending.width == 0 {
		r := c.runs[c.tree.at[n]]
		c.pending = piece{source: r.start, width: r.end - r.start}
	}
}

// read adds a text node to the block: entities decoded, white space folded, a piece wherever Text and document part ways.
func (c *cutter) read(n *html.Node, at place) {
	index := c.tree.at[n]
	r := c.runs[index]
	var plain strings.Builder // for the chooser, which reads the tree
	for i := r.start; i < r.end; {
		s, width, whole := c.source[i:min(i+1, r.end)], 1, false
		if s == "&" {
			if decoded, n := entity(c.source[i:r.end]); n > 0 {
				s, width, whole = decoded, n, true
			}
		} else if s[0] >= utf8.RuneSelf {
			_, width = utf8.DecodeRuneInString(c.source[i:r.end])
			s = c.source[i : i+width]
		}
		first, _ := utf8.DecodeRuneInString(s)
		if invisible(first) {
			i += width
			continue
		}
		if letters := ligature(first); letters != "" {
			s, whole = letters, true
		}
		plain.WriteString(s)
		if isBlank(first) && len(strings.TrimFunc(s, isBlank)) == 0 {
			c.space(i, width, at.pre && (s == "\n" || s == "\r" && !strings.HasPrefix(c.source[i+1:], "\n")))
		} else {
			c.word(s, i, width, whole, index, at)
		}
		i += width
	}
	n.Data = plain.String()
}

func (c *cutter) space(source, width int, lineEnd bool) {
	if c.text.Len() == 0 {
		return
	}
	if lineEnd {
		if c.breaks++; c.breaks > 1 {
			c.flush()
			return
		}
	}
	if c.pending.width == 0 {
		c.pending = piece{source: source, width: width}
	}
}

func (c *cutter) word(s string, source, width int, whole bool, index int, at place) {
	if c.text.Len() == 0 {
		c.first = index
		c.at = at
	}
	if c.pending.width > 0 {
		c.pending.text = c.text.Len()
		c.pieces = append(c.pieces, c.pending)
		c.text.WriteByte(' ')
		c.pending = piece{}
	}
	c.breaks = 0
	pc := piece{text: c.text.Len(), source: source}
	if whole {
		pc.width = width
	}
	if k := len(c.pieces) - 1; whole || k < 0 || c.pieces[k].width > 0 || c.pieces[k].source+pc.text-c.pieces[k].text != source {
		c.pieces = append(c.pieces, pc)
	}
	c.text.WriteString(s)
	c.written += len(s)
	if at.link {
		c.linked += len(s)
	}
	if at.time {
		c.timed += len(s)
	}
	c.last = index
}

// flush ends the block.
func (c *cutter) flush() {
	text := c.text.String()
	from, first := 0, c.first
	for _, end := range c.splits(text) {
		c.emit(text[from:end.text], slice(c.pieces, from, end.text), first, end.run)
		from, first = min(end.text+len(" "), len(text)), end.run+1
	}
	c.text.Reset()
	c.pieces, c.pending, c.breaks, c.ends, c.linked, c.timed, c.written = nil, piece{}, 0, nil, 0, 0, 0
}

// splits gives the ends of the blocks in the text: single line breaks before and behind a byline or a date, and the end.
func (c *cutter) splits(text string) []lineEnd {
	const longest = 1000
	all := append(c.ends, lineEnd{len(text), c.last})
	if len(all) == 1 || len(text) > longest {
		return all[len(all)-1:]
	}
	var kept []lineEnd
	from, before := 0, false
	for i, end := range all {
		line := strings.TrimSpace(text[from:end.text])
		_, own := dateLine(line)
		if !own {
			_, own = byline(line)
		}
		if i > 0 && (own || before) {
			kept = append(kept, all[i-1])
		}
		from, before = end.text, own
	}
	return append(kept, all[len(all)-1])
}

// emit keeps a block that has words.
func (c *cutter) emit(text string, pieces []piece, first, last int) {
	if strings.IndexFunc(text, isWordRune) < 0 {
		return
	}
	b := htmlBlock{block: newBlock(text, pieces), place: c.at, first: first, last: last}
	b.block.role = c.at.role
	b.block.item = c.at.item
	b.block.home = c.at.home
	b.block.linked = c.linked*5 > c.written*4 && c.at.role != Headline
	b.block.timed = c.timed*5 > c.written*4
	c.found = append(c.found, b)
}
