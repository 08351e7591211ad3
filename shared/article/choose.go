package article

import (
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Readability reads a page several times over; pages with more elements than articles have are read without it.
const maxElements = 20000

// choose picks the blocks of the article among those of the page.
//
// Where the page is more than an article, readability finds the element that holds it. It looks for a text to read, and drops
// bylines, dates, standfirsts and captions; those around what it chose are taken back. Where it finds nothing, or little of
// what the page marks as its article, all text counts that is not in menus, forms and the like.
func (t *tree) choose(found []htmlBlock, title string) []htmlBlock {
	shown := shownBlocks(found)
	if t.elements > maxElements {
		return shown
	}
	chosen := t.readability()
	words, all := 0, 0
	var container *html.Node
	for i := range shown {
		b := &shown[i]
		if !b.prose() {
			continue
		}
		all += b.words
		if b.within(chosen) {
			words += b.words
			if container == nil {
				container = b.article
			}
		}
	}
	if words == 0 || words*3 < all && container == nil {
		return shown
	}
	return around(shown, chosen, container, plainWords(title))
}

// shownBlocks leaves out what menus, forms and hidden elements hold, unless nothing else is there.
func shownBlocks(found []htmlBlock) []htmlBlock {
	var shown []htmlBlock
	prose := false
	for _, b := range found {
		if !b.hidden {
			shown = append(shown, b)
			prose = prose || b.full
		}
	}
	if !prose { // an article in a form, as some content systems have it
		return found
	}
	return shown
}

func (b *htmlBlock) within(chosen map[int]bool) bool {
	for i := b.first; i <= b.last; i++ {
		if chosen[i] {
			return true
		}
	}
	return false
}

// longestTitle is more words than headlines have.
const longestTitle = 60

// around takes the blocks that were chosen; before them, from the headline on, what is no link; among them, headings and
// captions; and all prose of the element that holds the article, or beside what was chosen. name is the title that the page states, folded.
func around(shown []htmlBlock, chosen map[int]bool, container *html.Node, name string) []htmlBlock {
	first, last, title := len(shown), -1, len(shown)
	for i := range shown {
		b := &shown[i]
		if b.within(chosen) && b.prose() {
			first, last = min(first, i), i
		}
		if i < first && (b.block.role == Headline || title == len(shown) && name != "" && b.words <= longestTitle && plainWords(b.text) == name) {
			title = i
		}
	}
	homes := make(map[*html.Node]bool)
	for i := range shown {
		if b := &shown[i]; (b.within(chosen) || title < i && i < first && !b.linked) && b.prose() && b.block.role == "" {
			homes[b.place.home] = true
		}
	}
	var kept []htmlBlock
	for i := range shown {
		b := &shown[i]
		switch {
		case b.within(chosen), i == title:
		case homes[b.place.home] && !b.linked && b.prose():
		case title < i && i < first && (!b.linked || b.names()):
		case title < i && i < last && b.dates():
		case container != nil && b.article == container && !b.linked && (b.prose() || b.block.role == Caption || b.block.role == Heading && i < last):
		case first < i && i < last && (b.block.role == Caption || b.block.role == Heading && !b.linked):
		case i == last+1 && b.block.role == Caption:
		default:
			continue
		}
		kept = append(kept, *b)
	}
	return kept
}

// dates reports whether a block dates the page, names its authors, or says what the date behind it is.
func (b *htmlBlock) dates() bool {
	if len(b.text) > maxByline {
		return false
	}
	if _, ok := dateLine(b.text); ok || b.names() || credits().MatchString(b.text) {
		return true
	}
	return saysWhat(b.text)
}

// A text node is told through readability by two characters of the private planes before its first, which hold the index of
// its run. Text that has such characters of its own loses them in the copy that readability sees.
const (
	stampHigh = 0xF0000
	stampLow  = 0x100000
	stampBits = 15
)

// readability gives the runs of the text that go-readability takes for the article. It changes the tree.
func (t *tree) readability() map[int]bool {
	for n, i := range t.at {
		if n.Type == html.TextNode && strings.TrimFunc(n.Data, isBlank) != "" {
			text := strings.Map(func(r rune) rune {
				if r >= stampHigh {
					return -1
				}
				return r
			}, n.Data)
			n.Data = string([]rune{rune(stampHigh + i>>stampBits), rune(stampLow + i&(1<<stampBits-1))}) + text
		}
	}
	chosen := make(map[int]bool)
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	found, err := parser.ParseAndMutate(t.root, new(url.URL))
	if err != nil || found.Node == nil {
		return chosen
	}
	for n := range found.Node.Descendants() {
		if n.Type != html.TextNode || n.Parent.DataAtom == atom.Title {
			continue
		}
		high := rune(-1)
		for _, r := range n.Data {
			if r >= stampLow && high >= 0 {
				chosen[int(high-stampHigh)<<stampBits|int(r-stampLow)] = true
			}
			high = -1
			if r >= stampHigh && r < stampLow {
				high = r
			}
		}
	}
	return chosen
}
