// Package article reads a news document, plain text or HTML, into an Article: headline, byline, publication date and the
// paragraphs of prose, each knowing where in the original bytes its words stand. Site furniture is left out.
package article

import "factbox/shared/fact"

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
	Index  int // 0-based among the article's paragraphs
	Role   Role
	Text   string
	pieces []piece
}

// piece maps the bytes of Text from text on to the document's bytes from source on, up to the next piece.
type piece struct{ text, source int }

// Article is a document as a reader sees it.
type Article struct {
	Headline   string
	Publisher  string
	Byline     []string
	URL        string
	Published  fact.EDTF // as the page states it; empty when it does not
	Paragraphs []Paragraph
}

// Read reads a document. mediaType is text/plain or text/html.
func Read(body []byte, mediaType string) (*Article, error) { return nil, nil }
