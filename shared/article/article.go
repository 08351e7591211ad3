// Package article reads a news document, plain text or HTML, into an Article: headline, byline, publication date and the
// paragraphs of prose, each knowing where in the original bytes its words stand. Site furniture is left out.
//
// Reading has two stages. The first cuts the document into blocks: plain.go by lines and blank lines, html.go by elements.
// The second (roles.go) says what each block is and drops furniture, alike for both, by shape and by the phrases of
// furniture.txt. Nothing is ever moved or rewritten but white space and entities of HTML.
package article

import (
	"fmt"
	"mime"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbox/shared/fact"
)

// Role says what a paragraph is in its article.
type Role string

// The roles of a paragraph.
const (
	Headline Role = "headline"
	Byline   Role = "byline"
	Dated    Role = "dated"   // a line that gives the document's own date
	Heading  Role = "heading" // a crosshead, a standfirst bullet
	Caption  Role = "caption" // under a picture
	Body     Role = "body"
)

// Paragraph is a run of prose. Offsets in Text count bytes; Source maps them to the document.
type Paragraph struct {
	Index    int // 0-based among the article's paragraphs
	Role     Role
	Text     string // in UTF-8, without characters that have no width; of HTML with entities decoded and white space folded
	Dateline int    // how many bytes at the beginning of Text are the dateline of a report; 0 when it has none
	pieces   []piece
}

// piece maps the bytes of Text from text on to the document's bytes from source on, up to the next piece: byte by byte, or,
// where width is not 0, as one that stands for width bytes of the document (an entity, folded white space, a line break).
type piece struct{ text, source, width int }

// Source gives the document's bytes that Text[start:end] was made of: document[from:to]. Of plain text in UTF-8 they are the
// same bytes, with those of characters without width; of HTML they also hold the tags in between, never a part of a tag or of
// an entity. A range out of bounds or empty
// is brought to the nearest one that holds a byte. A Paragraph that Read did not make maps to itself.
func (p Paragraph) Source(start, end int) (from, to int) {
	if p.Text == "" {
		return 0, 0
	}
	start = min(max(start, 0), len(p.Text)-1)
	end = min(max(end, start+1), len(p.Text))
	if len(p.pieces) == 0 {
		return start, end
	}
	from, _ = p.locate(start)
	_, to = p.locate(end - 1)
	return from, to
}

// locate gives the document's bytes that the byte i of Text stands for.
func (p Paragraph) locate(i int) (from, to int) {
	k := sort.Search(len(p.pieces), func(k int) bool { return p.pieces[k].text > i }) - 1
	if pc := p.pieces[k]; pc.width > 0 {
		return pc.source, pc.source + pc.width
	}
	from = p.pieces[k].source + i - p.pieces[k].text
	return from, from + 1
}

// slice gives the pieces of text[start:end].
func slice(pieces []piece, start, end int) []piece {
	var kept []piece
	for i, p := range pieces {
		if p.text >= end {
			break
		}
		if i+1 < len(pieces) && pieces[i+1].text <= start {
			continue
		}
		if p.text < start && p.width == 0 {
			p.source += start - p.text
		}
		p.text = max(0, p.text-start)
		kept = append(kept, p)
	}
	return kept
}

// Article is a document as a reader sees it.
type Article struct {
	Headline   string
	Publisher  string
	Byline     []string
	URL        string
	Published  fact.EDTF // as the page states it; empty when it does not
	Dateline   *Dateline // of wire copy; nil when it has none
	Paragraphs []Paragraph
}

// Read reads a document. mediaType is text/plain or text/html; of parameters only charset counts: see decode for what is read
// where there is none, or a page says something else. Errors are of type *fact.Error: fact.Unsupported for another media type
// or a character set that is not read, fact.Invalid for a body that is empty, binary, not in its character set, or without
// prose. Time is linear in the length of the body.
func Read(body []byte, mediaType string) (*Article, error) {
	kind, parameters, err := mime.ParseMediaType(mediaType)
	if kind == "" || err != nil {
		return nil, fact.Errorf(fact.Unsupported, "media type %q is not read: send text/plain or text/html", mediaType)
	}
	if kind != "text/plain" && kind != "text/html" {
		return nil, fact.Errorf(fact.Unsupported, "media type %s is not read: send text/plain or text/html", kind)
	}
	d, err := decode(body, kind == "text/html", parameters["charset"])
	if err != nil {
		return nil, err
	}
	if err := d.readable(); err != nil {
		return nil, err
	}
	read := readPlain
	if kind == "text/html" {
		read = readHTML
	}
	a, err := read(d.text)
	if err != nil {
		return nil, err
	}
	for i := range a.Paragraphs {
		p := &a.Paragraphs[i]
		p.pieces = d.back(p.pieces, len(p.Text))
	}
	return a, nil
}

// readable says what is wrong with a text that is none, or nil.
func (d document) readable() error {
	if strings.TrimSpace(strings.TrimPrefix(d.text, bom)) == "" {
		return fact.Errorf(fact.Invalid, "the document is empty: send the article's text")
	}
	if i := strings.IndexByte(d.text, 0); i >= 0 {
		at, _ := Paragraph{Text: d.text, pieces: d.pieces}.Source(i, i+1)
		return binaryError(at)
	}
	controls := 0
	for _, r := range d.text {
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			controls++
		}
	}
	if controls > 4 && controls > len(d.text)/50 { // text from scanners and teletypes has a few
		return fact.Errorf(fact.Invalid, "the document is binary, not text (%d control characters): send the article's text or HTML", controls)
	}
	return nil
}

// finish numbers the paragraphs and refuses an article without prose.
func (a *Article) finish() (*Article, error) {
	prose := false
	for i := range a.Paragraphs {
		a.Paragraphs[i].Index = i
		prose = prose || a.Paragraphs[i].Role == Body
	}
	if !prose {
		what := "nothing but menus and the like"
		if len(a.Paragraphs) > 0 {
			what = fmt.Sprintf("only lines such as %q", clip(a.Paragraphs[0].Text, 60))
		}
		return nil, fact.Errorf(fact.Invalid, "no paragraph of prose found, %s: send the article itself, in whole sentences", what)
	}
	return a, nil
}

// clip shortens s to n bytes or a little less, at a character's border.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n]) + "…"
}
