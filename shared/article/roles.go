package article

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"factbox/shared/token"
)

// block is a run of text between two breaks of the document, and what is known of it.
type block struct {
	text   string
	pieces []piece
	role   Role       // what the markup says, then what assign decides; empty when unknown
	linked bool       // nearly all of it is links
	timed  bool       // nearly all of it is in time elements
	home   *html.Node // of HTML, the element that holds the one it is the text of: paragraphs of one article share it
	shape
	markup
	label   label    // that was taken off
	dates   []stamp  // of a line that dates the document
	authors []string // of a byline
	caption bool     // what captioned found, once looked is set
	looked  bool
}

func newBlock(text string, pieces []piece) block {
	return block{text: text, pieces: pieces, shape: shapeOf(text)}
}

// assign decides what every block is, drops furniture, and fills the article with the rest.
func (a *Article) assign(blocks []block, p *page) {
	kept := withoutAuthors(withoutFurniture(blocks), append(a.Byline[:len(a.Byline):len(a.Byline)], a.Publisher))
	blocks = unlabel(withoutMasthead(kept, blocks))
	first, last := proseBounds(blocks)
	lead := leadEnd(blocks, first)
	a.headline(blocks[:first], blocks)
	loneDate := loneDate(blocks, first, last)
	for i := range blocks {
		b := &blocks[i]
		if b.role != "" {
			if b.role == Heading && b.prose() {
				b.role = Body
			}
			continue
		}
		said := bare
		if i > 0 {
			said = saysOf(blocks[i-1].text)
		}
		b.signature(i < first || i == loneDate, i < lead || i > last, said)
		if b.role == "" && i < lead && b.namesOneOf(a.Byline) {
			b.role = Byline
		}
		if b.role == "" {
			b.role = b.kind(i < first)
		}
	}
	neighbours(blocks, a.Publisher)
	lone(blocks)
	blocks = a.afterTitle(blocks, first)
	var dates []stamp
	filed := -1
	for i := range blocks {
		b := &blocks[i]
		dates = append(dates, b.dates...)
		if _, ok := stampOf(b.text); ok { // the desk's
			continue
		}
		if b.label == placeLabel {
			filed = len(a.Paragraphs)
		}
		if len(a.Byline) == 0 {
			a.Byline = b.authors
		}
		a.Paragraphs = append(a.Paragraphs, Paragraph{Role: b.role, Text: b.text, pieces: b.pieces})
	}
	shown := publication(dates)
	switch day := p.local(shown); {
	case day != "":
		a.Published = day
	case a.Published == "":
		a.Published = shown
	}
	if day := a.datelines(filed); a.Published == "" {
		a.Published = day
	}
}

// proseBounds gives the indexes of the first and the last block that is prose beyond doubt, or, where none is, that is a
// sentence. Without any, both are the number of blocks: then all of them stand before the prose.
func proseBounds(blocks []block) (first, last int) {
	for _, enough := range [...]func(*block) bool{
		func(b *block) bool { return b.prose() },
		func(b *block) bool { return b.full && b.words >= 4 },
	} {
		first, last = len(blocks), len(blocks)
		for i := range blocks {
			b := &blocks[i]
			if b.role != "" && b.role != Body || b.heading || !enough(b) || captioned(b) {
				continue
			}
			if first == len(blocks) {
				first = i
			}
			last = i
		}
		if first < len(blocks) {
			break
		}
	}
	return first, last
}

// leadEnd gives the index of the second block of prose: before it, behind a standfirst, authors may be named.
func leadEnd(blocks []block, first int) int {
	for i := first + 1; i < len(blocks); i++ {
		if blocks[i].prose() && blocks[i].role == "" {
			return i
		}
	}
	return len(blocks)
}

// loneDate gives the index of the only bare date line in the prose, when it stands behind a standfirst of one paragraph, or -1.
// A date behind all prose is that of those who signed it.
func loneDate(blocks []block, first, last int) int {
	found := -1
	if first < last && opensReport(blocks[first].text) { // no standfirst
		return -1
	}
	for i := first; i < last; i++ {
		if len(blocks[i].text) > maxDateLine {
			continue
		}
		if _, ok := dateLine(blocks[i].text); ok {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	prose := 0
	for i := first; i < found; i++ {
		if blocks[i].role == "" && blocks[i].prose() {
			prose++
		}
	}
	if prose > 1 {
		return -1
	}
	return found
}

// headline finds the block that is the title, among those before the prose, or anywhere when the page names it elsewhere.
func (a *Article) headline(lead, all []block) {
	if a.Headline != "" {
		want := plainWords(a.Headline)
		for i := range all {
			if b := &all[i]; b.words <= longestTitle && !b.full && plainWords(b.text) == want {
				b.role = Headline
				return
			}
		}
	}
	var best *block
	rank := 0
	for i := range lead {
		b := &lead[i]
		r := 0
		switch {
		case b.label == titleLabel:
			r = 5
		case b.role == Headline:
			r = 4
		case b.label != noLabel || b.timed:
		case b.role != "" && b.role != Heading || b.item || b.words < 2 || b.words > 30:
		case b.full && !strings.HasSuffix(b.text, "?") && !strings.HasSuffix(b.text, "!"):
		case captioned(b) || alone(b.text) || b.dash || strings.HasSuffix(b.text, ":") || opensReport(b.text):
		case b.heading:
			r = 3
		case b.words >= 4:
			r = 2
		default:
			r = 1
		}
		if r > rank {
			best, rank = b, r
		}
	}
	if best == nil || len(all) == 1 {
		return
	}
	for i := range all { // one headline only
		if all[i].role == Headline {
			all[i].role = Heading
		}
	}
	best.role = Headline
	if a.Headline == "" {
		a.Headline = best.text
	}
}

// plainWords folds a title for comparison.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(token.Fold(s), notWordRune), " ")
}

func notWordRune(r rune) bool { return !isWordRune(r) }

// signature recognises lines that date the document or name its authors. Without a word such as "Published" a date counts only
// where dateable, before the prose: inside it stand the headings of a chronology, behind it those who signed a statement. The
// word may stand on the line before: said.
func (b *block) signature(dateable, outside bool, said issue) {
	if len(b.text) > maxByline {
		return
	}
	if dates, ok := dateLine(b.text); ok {
		if said != bare && dates[0].issue == bare {
			dates[0].issue = said
		}
		if dateable || dates[0].issue != bare {
			b.role, b.dates = Dated, dates
		} else {
			b.role = Heading
		}
		return
	}
	if stamps, ok := placedDate(b.text); ok && dateable {
		b.role, b.dates, b.label = Dated, stamps, placeLabel
		return
	}
	switch b.label {
	case authorLabel:
		b.role = Byline
		b.authors, _ = namesIn(b.text)
		return
	case placeLabel:
		b.role = Heading
		return
	}
	if dateable && b.timed {
		b.role = Dated
		return
	}
	if !outside {
		return
	}
	if names, ok := byline(b.text); ok {
		b.role, b.authors = Byline, names
	} else if names, dates, ok := datedByline(b.text); ok {
		b.role, b.authors, b.dates = Dated, names, dates
	} else if credits().MatchString(b.text) {
		b.role = Byline
	}
}

// names reports whether the block is a byline, which is often all links.
func (b *block) names() bool {
	_, ok := byline(b.text)
	return ok
}

// namesOneOf reports whether a short line holds the name of an author.
func (b *block) namesOneOf(authors []string) bool {
	const longest = 10
	if b.words > longest || b.full {
		return false
	}
	for _, name := range authors {
		if strings.Contains(name, " ") && strings.Contains(b.text, name) {
			return true
		}
	}
	return false
}

// credits names those who worked on the story, under it.
var credits = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?(?:Additional r|R)eporting by |^\(?(?:Writing|Editing|Compiled) by |^(?:\p{Lu}\S+ ){1,3}(?:reported|contributed reporting) from \p{Lu}`)
})

// kind says what a block without markup is by its shape. A crosshead is short; a longer line without an end mark is a
// paragraph that lost it, but before the prose it is a standfirst.
func (b *block) kind(lead bool) Role {
	const longestHeading, shortestItem = 15, 4
	switch {
	case captioned(b):
		return Caption
	case b.full, opensWith(b.text):
		return Body
	case b.heading:
		return Heading
	case b.stop: // a colon
		if b.words < 4 {
			return Heading
		}
		return Body
	case lead && b.words < 25:
		return Heading
	case b.item && b.words >= shortestItem, b.words > longestHeading:
		return Body
	}
	return Heading
}

// neighbours decides blocks by the one behind them: the text of a picture stands above its credit or its caption, and the
// authors' names may stand without "By" between the headline and the date.
func neighbours(blocks []block, publisher string) {
	titled := false
	for i := 0; i+1 < len(blocks); i++ {
		b, next := &blocks[i], &blocks[i+1]
		switch {
		case b.role == Headline:
			titled = true
		case next.role == Caption && b.role != Caption && (b.words <= 40 && onlyCredit(next.text) && b.role != Dated && b.role != Byline || repeats(b.text, next.text)):
			b.role = Caption
		case b.role == Byline && next.role == Heading && next.words <= 5 && jobTitle().MatchString(next.text):
			next.role = Byline
		case titled && b.role == Heading && b.words <= 4 && i > 0 && (blocks[i-1].role == Headline || blocks[i-1].role == Dated) && next.role == Heading && office(next, publisher):
			if names, ok := namesIn(b.text); ok {
				b.role, b.authors = Byline, names
				next.role = Byline
			}
		case titled && b.role == Heading && b.label == noLabel && next.role == Dated && !saysWhat(b.text):
			if names, ok := namesIn(b.text); ok && len(names) <= 3 {
				b.role, b.authors = Byline, names
			}
		}
	}
}

// saysWhat reports whether a line is only what the date behind it is: "Published", "Last updated:".
func saysWhat(s string) bool {
	return saysOf(s) != bare
}

// saysOf gives what a line says of the date behind it.
func saysOf(s string) issue {
	const longest = 60
	if len(s) > longest {
		return bare
	}
	said, ok := dateTalk(s)
	if !ok {
		return bare
	}
	return said
}

// office reports whether a line says for whom or as what a writer works: "Lima correspondent", "North News, Lima".
func office(b *block, publisher string) bool {
	return b.words <= 8 && (jobTitle().MatchString(b.text) || publisher != "" && strings.Contains(b.text, publisher))
}

// lone makes a body of the lines of a very short document that has none: a sentence sent without its full stop.
func lone(blocks []block) {
	const few, sentence = 3, 5
	if len(blocks) > few {
		return
	}
	for i := range blocks {
		if blocks[i].role == Body {
			return
		}
	}
	for i := range blocks {
		if b := &blocks[i]; (b.role == Heading || b.role == Caption) && b.words >= sentence && !b.heading {
			b.role = Body
		}
	}
}

// afterTitle drops what stands before the headline and is no more than the name of the site or of a section.
func (a *Article) afterTitle(blocks []block, first int) []block {
	const shortName = 3
	for i := range blocks[:first] {
		if blocks[i].role != Headline {
			continue
		}
		var kept []block
		for _, b := range blocks[:i] {
			if b.role != Heading || b.words > shortName || strings.ContainsAny(b.text, "0123456789") {
				kept = append(kept, b)
			}
		}
		return append(kept, blocks[i:]...)
	}
	return blocks
}

// alone reports whether a line is complete in itself, so that no other line goes on with it.
func alone(s string) bool {
	if len(s) > maxByline {
		return false
	}
	if isAddress(s) || onlyCredit(s) {
		return true
	}
	if _, ok := dateLine(s); ok {
		return true
	}
	if _, ok := byline(s); ok {
		return true
	}
	if _, _, ok := datedByline(s); ok {
		return true
	}
	if _, ok := placedDate(s); ok {
		return true
	}
	found, _ := furniture(s, shapeOf(s))
	return found
}
