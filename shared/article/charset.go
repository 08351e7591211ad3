package article

import (
	"bytes"
	"encoding/binary"
	"mime"
	"sort"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/transform"

	"factbox/shared/fact"
)

// document is the text of a document in UTF-8, and the way back to the bytes that were given.
type document struct {
	text   string
	pieces []piece // of the text; nil where it is the bytes themselves
}

const bom = "\ufeff"

// decode reads the bytes in their character set, in the order of the Encoding and HTML standards (WHATWG): a byte order mark,
// what the media type says, what the page says of itself. Where bytes that are UTF-8 beyond doubt are called something else by
// the page alone, they are read as UTF-8: such a page was converted and kept its old head. A page in no UTF-8 that says
// nothing is windows-1252, as for browsers; plain text that says nothing has to be UTF-8.
func decode(body []byte, isHTML bool, stated string) (document, error) {
	switch {
	case bytes.HasPrefix(body, []byte(bom)):
		return utf8Text(body)
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return utf16Text(body, binary.BigEndian)
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return utf16Text(body, binary.LittleEndian)
	case stated != "":
		return charsetText(body, stated)
	case bytes.IndexByte(body, 0) >= 0:
		return document{}, binaryError(bytes.IndexByte(body, 0))
	case !isHTML || utf8.Valid(body):
		return utf8Text(body)
	}
	if own := buildTree(string(body)).page.charset; own != "" {
		return charsetText(body, own)
	}
	if partlyUTF8(body) {
		return utf8Text(body)
	}
	return charsetText(body, "windows-1252")
}

// MediaType gives the media type under which bytes that were read as the given one are kept, to be read the same again: without
// parameters, but for a charset that is not UTF-8.
func MediaType(read string) string {
	kind, parameters, err := mime.ParseMediaType(read)
	if err != nil {
		return read
	}
	enc, err := htmlindex.Get(strings.TrimSpace(parameters["charset"]))
	if err != nil {
		return kind
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "utf-8" {
		return kind
	}
	return kind + "; charset=" + name
}

// partlyUTF8 reports whether some of the bytes are characters of UTF-8 beyond ASCII, or the last is one that was cut off:
// then the rest is damage, not another character set.
func partlyUTF8(body []byte) bool {
	for len(body) > 0 {
		r, width := utf8.DecodeRune(body)
		if r >= utf8.RuneSelf && width > 1 || width == 1 && r == utf8.RuneError && len(body) < utf8.UTFMax && !utf8.FullRune(body) {
			return true
		}
		body = body[width:]
	}
	return false
}

// charsetText reads bytes in a character set of the Encoding standard by one of its labels.
func charsetText(body []byte, label string) (document, error) {
	enc, err := htmlindex.Get(strings.TrimSpace(label))
	if err != nil {
		return document{}, unsupportedCharset(label)
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return document{}, unsupportedCharset(label)
	}
	switch name {
	case "utf-8":
		return utf8Text(body)
	case "utf-16be":
		return utf16Text(body, binary.BigEndian)
	case "utf-16le":
		return utf16Text(body, binary.LittleEndian)
	case "iso-2022-jp", "replacement", "x-user-defined": // the first is shifted by escape sequences, the others are no text
		return document{}, unsupportedCharset(label)
	}
	return asciiBased(body, enc, name)
}

func binaryError(at int) error {
	return fact.Errorf(fact.Invalid, "the document is binary, not text (a NUL byte at offset %d): send the article's text or HTML", at)
}

func unsupportedCharset(charset string) error {
	return fact.Errorf(fact.Unsupported, "character set %q is not read: convert the document to UTF-8", charset)
}

// utf8Text reads UTF-8, all of it valid.
func utf8Text(body []byte) (document, error) {
	for i := 0; i < len(body); {
		r, width := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && width == 1 {
			return document{}, fact.Errorf(fact.Invalid, "the document is not UTF-8 (byte 0x%02x at offset %d): convert it to UTF-8, or state its charset", body[i], i)
		}
		i += width
	}
	return document{text: string(body)}, nil
}

// utf16Text reads UTF-16.
func utf16Text(body []byte, order binary.ByteOrder) (document, error) {
	const unit = 2
	bad := func(i int) (document, error) {
		return document{}, fact.Errorf(fact.Invalid, "the document is not UTF-16 at offset %d: convert it to UTF-8", i)
	}
	var text strings.Builder
	var pieces []piece
	for i := 0; i < len(body); {
		if i+unit > len(body) {
			return bad(i)
		}
		r, width := rune(order.Uint16(body[i:])), unit
		if utf16.IsSurrogate(r) {
			if i+2*unit > len(body) {
				return bad(i)
			}
			if r = utf16.DecodeRune(r, rune(order.Uint16(body[i+unit:]))); r == utf8.RuneError {
				return bad(i)
			}
			width = 2 * unit
		}
		pieces = append(pieces, piece{text: text.Len(), source: i, width: width})
		text.WriteRune(r)
		i += width
	}
	return document{text.String(), pieces}, nil
}

// asciiBased reads a character set in which the bytes of ASCII stand for themselves, but behind the first byte of a longer
// character.
func asciiBased(body []byte, enc encoding.Encoding, name string) (document, error) {
	const longest = 4 // bytes of a character: GB 18030 has that many
	decoder := enc.NewDecoder().Transformer
	var text strings.Builder
	var pieces []piece
	var buffer [16]byte
	run := false
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			if !run {
				pieces = append(pieces, piece{text: text.Len(), source: i})
				run = true
			}
			text.WriteByte(body[i])
			i++
			continue
		}
		run = false
		width, written := 0, 0
		for width < longest && i+width < len(body) {
			width++
			decoder.Reset()
			n, used, err := decoder.Transform(buffer[:], body[i:i+width], false)
			if err == nil && used == width {
				written = n
				break
			}
			if err != transform.ErrShortSrc {
				break
			}
		}
		if written == 0 || bytes.ContainsRune(buffer[:written], utf8.RuneError) {
			return document{}, fact.Errorf(fact.Invalid, "the document is not %s (byte 0x%02x at offset %d): convert it to UTF-8, or state its charset", name, body[i], i)
		}
		pieces = append(pieces, piece{text: text.Len(), source: i, width: width})
		text.Write(buffer[:written])
		i += width
	}
	return document{text.String(), pieces}, nil
}

// back leads the pieces of a paragraph, which point into the text, on to the bytes that were given. length is the
// paragraph's.
func (d document) back(pieces []piece, length int) []piece {
	if d.pieces == nil {
		return pieces
	}
	var all []piece
	for i, p := range pieces {
		end := length
		if i+1 < len(pieces) {
			end = pieces[i+1].text
		}
		k := sort.Search(len(d.pieces), func(k int) bool { return d.pieces[k].text > p.source }) - 1
		if p.width > 0 {
			whole := Paragraph{Text: d.text, pieces: d.pieces}
			from, to := whole.Source(p.source, p.source+p.width)
			all = append(all, piece{text: p.text, source: from, width: to - from})
			continue
		}
		for last := p.source + end - p.text; k < len(d.pieces) && d.pieces[k].text < last; k++ {
			mark := d.pieces[k]
			at := max(mark.text, p.source)
			on := piece{text: p.text + at - p.source, source: mark.source, width: mark.width}
			if mark.width == 0 {
				on.source += at - mark.text
			}
			all = append(all, on)
		}
	}
	return all
}
