package article

import "strings"

// label is what a name before a colon says of its line, in the heads of mails and of newspaper libraries.
type label uint8

const (
	noLabel label = iota
	titleLabel
	authorLabel
	placeLabel
	dateLabel
	otherLabel // of the library, not of the article
)

// labels are the names, in capitals.
var labels = map[string]label{
	"HEADLINE": titleLabel, "SUBJECT": titleLabel, "TITLE": titleLabel, "BYLINE": authorLabel, "AUTHOR": authorLabel, "AUTHORS": authorLabel,
	"DATELINE": placeLabel, "DATE": dateLabel, "PUBLISHED": dateLabel, "PUBLICATION DATE": dateLabel,
	"SECTION": otherLabel, "LENGTH": otherLabel, "BODY": otherLabel, "TEXT": otherLabel, "LANGUAGE": otherLabel, "GRAPHIC": otherLabel, "LOAD-DATE": otherLabel,
	"PUBLICATION-TYPE": otherLabel, "DOCUMENT-TYPE": otherLabel, "TYPE": otherLabel, "SERIES": otherLabel, "EDITION": otherLabel, "SLUG": otherLabel,
	"KEYWORDS": otherLabel, "DISTRIBUTION": otherLabel, "FROM": otherLabel, "TO": otherLabel, "CC": otherLabel, "REPLY-TO": otherLabel,
	"NEWSGROUPS": otherLabel, "ORGANIZATION": otherLabel, "MESSAGE-ID": otherLabel, "CONTENT-TYPE": otherLabel, "SOURCE": otherLabel,
}

// labelOf gives the label of a line and where what it labels begins.
func labelOf(s string) (is label, capitals bool, at int) {
	const longest = 20
	at = strings.IndexByte(s, ':')
	if at <= 0 || at > longest {
		return noLabel, false, 0
	}
	name := strings.TrimSpace(s[:at])
	is = labels[strings.ToUpper(name)]
	at++
	for at < len(s) && startsBlank(s[at:]) {
		at++
	}
	return is, name == strings.ToUpper(name), at
}

// unlabel reads the head of the document: it takes the labels off, makes their lines what they say, and drops those of the
// library. One label is no head, unless it is in capitals: "Subject: history". Behind the prose, too, some stand in capitals.
func unlabel(blocks []block) []block {
	first, _ := proseBounds(blocks)
	known := 0
	for i := range blocks[:first] {
		if is, capitals, _ := labelOf(blocks[i].text); is != noLabel {
			known++
			if capitals {
				known++
			}
		}
	}
	var kept []block
	for i := range blocks {
		b := blocks[i]
		is, capitals, at := labelOf(b.text)
		switch {
		case is == noLabel, i < first && known < 2, i >= first && !(capitals && is == otherLabel && known > 1):
		case is == otherLabel, at >= len(b.text):
			continue
		default:
			b.cut(at)
			b.label = is
		}
		kept = append(kept, b)
	}
	return kept
}

// cut takes n bytes off the beginning of a block.
func (b *block) cut(n int) {
	b.pieces = slice(b.pieces, n, len(b.text))
	b.text = b.text[n:]
	b.shape, b.looked = shapeOf(b.text), false
}
