package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"factbox/shared/fact"
)

// line is a line of plain text that is not blank, without the white space around it and its mark of a heading or list.
type line struct {
	start, end int  // bytes of the document
	indent     int  // characters of white space before it
	width      int  // characters
	loose      bool // a blank line, or nothing, stands before it
	shape
	markup
}

// markup is what a mark before the line says of it.
type markup struct {
	heading bool // "# Title"
	item    bool // "• item", "- item", "* item"
	marked  bool // "^line<" of wire copy: it stands for itself
}

// readPlain reads plain text, in which a line may be a paragraph, or a paragraph may be wrapped at some column.
func readPlain(text string) (*Article, error) {
	if head := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(clip(text, 200), bom))); strings.HasPrefix(head, "<!doctype html") || strings.HasPrefix(head, "<html") {
		return nil, fact.Errorf(fact.Invalid, "the document is HTML: send it as text/html")
	}
	lines := cutLines(text)
	column := wrapColumn(lines)
	var blocks []block
	for i := 0; i < len(lines); {
		last := i
		for last+1 < len(lines) && joins(text, lines, i, last, column) {
			last++
		}
		start, end := lines[i].start, lines[last].end
		b := newBlock(legible(text, start, end))
		b.markup = lines[i].markup
		blocks = append(blocks, b)
		i = last + 1
	}
	a := new(Article)
	a.assign(blocks, new(page))
	return a.finish()
}

// cutLines cuts a text at line ends (LF, CRLF, CR) and leaves out blank lines.
func cutLines(text string) []line {
	var lines []line
	loose := true
	for i := len(text) - len(strings.TrimPrefix(text, bom)); i < len(text); {
		end, next := len(text), len(text)
		if n := strings.IndexAny(text[i:], "\r\n"); n >= 0 {
			end = i + n
			next = end + 1
			if strings.HasPrefix(text[end:], "\r\n") {
				next++
			}
		}
		if l, ok := newLine(text, i, end); ok {
			l.loose = loose
			lines = append(lines, l)
			loose = false
		} else {
			loose = true
		}
		i = next
	}
	return lines
}

// newLine makes a line of text[start:end], or none when it holds neither letter nor digit.
func newLine(text string, start, end int) (line, bool) {
	from := start
	start, end = trim(text, start, end)
	l := line{indent: utf8.RuneCountInString(text[from:start])}
	if isDeskMark(strings.Trim(text[start:end], lineMark+lineEnds)) {
		return line{}, false
	}
	start, end, l.marked = trimMarks(text, start, end)
	if n := hashes(text[start:end]); n > 0 {
		l.heading = true
		start, end = trim(text, start+n, start+len(strings.TrimRight(text[start:end], "#")))
	} else if r, width := utf8.DecodeRuneInString(text[start:end]); strings.ContainsRune("•‣◦▪●·*-–", r) && startsBlank(text[start+width:end]) {
		l.item = true
		start, end = trim(text, start+width, end)
	}
	if strings.IndexFunc(text[start:end], isWordRune) < 0 {
		return line{}, false
	}
	l.start, l.end = start, end
	l.width = utf8.RuneCountInString(text[start:end])
	l.shape = shapeOf(text[start:end])
	return l, true
}

// hashes gives the length of the mark of a Markdown heading (CommonMark 4.2), or 0.
func hashes(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "#"))
	if n > 6 || !startsBlank(s[n:]) {
		return 0
	}
	return n
}

// trim takes the white space off the ends of text[start:end].
func trim(text string, start, end int) (int, int) {
	start = end - len(strings.TrimLeftFunc(text[start:end], isBlank))
	return start, start + len(strings.TrimRightFunc(text[start:end], isBlank))
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func startsBlank(s string) bool {
	r, width := utf8.DecodeRuneInString(s)
	return width > 0 && isBlank(r)
}

// Lines of this width, in characters, may be wrapped prose: teletypes had 60 to 80, mail has 72 to 78.
const (
	narrowWrap = 40
	wideWrap   = 100
)

// wrapColumn gives the column at which the text is wrapped, or 0 when every line stands for itself. It is wrapped when, of the
// lines that stop in the middle of a sentence, a good part goes on in lower case, or they stop at a word such as "the"; of all-capitals copy every line counts.
func wrapColumn(lines []line) int {
	column, open, goesOn := 0, 0, 0
	for i := 0; i+1 < len(lines); i++ {
		l, next := &lines[i], &lines[i+1]
		if next.loose || l.width > wideWrap {
			continue
		}
		column = max(column, l.width)
		if l.width < narrowWrap || l.stop {
			continue
		}
		open++
		if next.lower || l.open || l.capitals && next.capitals {
			goesOn++
		}
	}
	if column < narrowWrap || goesOn == 0 || goesOn*4 < open {
		return 0
	}
	return column
}

// joins reports whether the line behind last goes on with the paragraph that began with the line first.
func joins(text string, lines []line, first, last, column int) bool {
	l, next := &lines[last], &lines[last+1]
	dash := next.item && !next.loose && column > 0 && !l.item && !l.stop && l.capitals && next.capitals // "BAHIA\n- LOS RIOS"
	if l.heading || next.heading || next.item && !dash || l.marked || next.marked {
		return false
	}
	if !next.loose && column > 0 && l.capitals && next.capitals { // "… SHOT\nBY ANA SOUZA" is no byline
		return wraps(text, l, next, column)
	}
	if !next.loose && column > 0 && l.width <= wideWrap {
		if !wraps(text, l, next, column) {
			return false
		}
	} else {
		broken := next.lower || l.dash || l.open && (l.words >= 8 || last > first)
		if l.stop || !broken || next.loose && last == first && l.words < 4 && !wireDash(text[l.start:l.end]) {
			return false
		}
	}
	return !alone(text[l.start:l.end]) && !alone(text[next.start:next.end])
}

// wireDash reports whether a line is the place and agency of wire copy, up to the dash before the text.
func wireDash(s string) bool { return len(s) < 80 && opensReport(s) }

// wraps decides for two lines next to each other in a text that is wrapped at the column.
func wraps(text string, l, next *line, column int) bool {
	if next.lower && !l.stop {
		return true
	}
	if next.indent >= l.indent+2 || repeats(text[l.start:l.end], text[next.start:next.end]) {
		return false
	}
	word := text[next.start:next.end]
	if n := strings.IndexFunc(word, isBlank); n >= 0 {
		word = word[:n]
	}
	room := column - l.width - 1 - utf8.RuneCountInString(word)
	switch {
	case l.stop: // a last line is short; a full one that ends a sentence is followed by more
		return room < 12
	case l.capitals:
		return l.width*3 > column
	}
	return l.width*5 > column*3
}
