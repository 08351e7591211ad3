package article

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/htmlindex"
)

// accented is prose with characters that every character set of the tests has in its own bytes.
const accented = "Rain fell on the hills of Olmo all night – “two metres”, said José Núñez, the mayor, and the river rose before dawn."

func encoded(t *testing.T, s, label string) string {
	t.Helper()
	enc, err := htmlindex.Get(label)
	if err != nil {
		t.Fatal(err)
	}
	out, err := enc.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// utf16Of writes UTF-16 with its byte order mark.
func utf16Of(t *testing.T, s string, big bool) string {
	mark, label := "\xff\xfe", "utf-16le"
	if big {
		mark, label = "\xfe\xff", "utf-16be"
	}
	return mark + encoded(t, s, label)
}

func TestCharsets(t *testing.T) {
	const page = "<!DOCTYPE html><head>%<title>Rain</title></head><h1>Rain in Olmo &ndash; r\u00edo rises</h1>\n<p>" + accented + "</p>"
	plain := strings.NewReplacer("é", "e", "ú", "u", "ñ", "n", "í", "i") // these sets have no such letters
	meta := func(s string) string { return strings.Replace(page, "%", s, 1) }
	for _, c := range []struct{ name, body, mediaType, charset string }{
		{"Latin 1 in the media type, which stands for windows-1252", encoded(t, accented, "windows-1252"), "text/plain; charset=ISO-8859-1", "windows-1252"},
		{"a page in windows-1252", encoded(t, meta(""), "windows-1252"), "text/html; charset=windows-1252", "windows-1252"},
		{"said in meta", encoded(t, meta("<meta charset=windows-1252>"), "windows-1252"), "text/html", "windows-1252"},
		{"said in http-equiv", encoded(t, meta(`<meta http-equiv="Content-Type" content="text/html; charset=latin1">`), "windows-1252"), "text/html", "windows-1252"},
		{"said late", encoded(t, meta("<meta name=x content='"+strings.Repeat("x", 3000)+"'><meta charset=iso-8859-1>"), "windows-1252"), "text/html", "windows-1252"},
		{"not said", encoded(t, meta(""), "windows-1252"), "text/html", "windows-1252"},
		{"the media type outranks meta", encoded(t, meta("<meta charset=utf-8>"), "windows-1252"), "text/html; charset=windows-1252", "windows-1252"},
		{"UTF-8 under an old head", meta("<meta charset=iso-8859-1>"), "text/html", "utf-8"},
		{"UTF-8 by its mark", bom + meta("<meta charset=iso-8859-1>"), "text/html; charset=windows-1252", "utf-8"},
		{"UTF-16, little end first", utf16Of(t, accented, false), "text/plain", "utf-16le"},
		{"UTF-16, big end first", utf16Of(t, meta("<meta charset=utf-8>"), true), "text/html; charset=utf-8", "utf-16be"},
		{"UTF-16 by the media type", encoded(t, meta(""), "utf-16le"), "text/html; charset=utf-16le", "utf-16le"},
		{"GBK", encoded(t, plain.Replace(meta("<meta charset=gb2312>")), "gbk"), "text/html", "gbk"},
		{"Big5", encoded(t, plain.Replace(meta("<meta charset=big5>")), "big5"), "text/html", "big5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(c.body), c.mediaType)
			if err != nil {
				t.Fatal(err)
			}
			want := accented
			if c.charset == "big5" || c.charset == "gbk" {
				want = plain.Replace(accented)
			}
			if got := withRole(a, Body); len(got) != 1 || got[0] != want {
				t.Errorf("body %q", got)
			}
			kind, _, _ := strings.Cut(c.mediaType, ";")
			checkOffsets(t, []byte(c.body), kind+"; charset="+c.charset, a)
		})
	}
}

func TestMediaType(t *testing.T) {
	for _, c := range []struct{ read, kept string }{
		{"text/plain", "text/plain"},
		{"Text/HTML; Charset=UTF-8; x=y", "text/html"},
		{"text/plain; charset=ISO-8859-1", "text/plain; charset=windows-1252"},
		{"text/html; charset=\"utf-16\"", "text/html; charset=utf-16le"},
		{"text/html; charset=nothing", "text/html"},
	} {
		if got := MediaType(c.read); got != c.kept {
			t.Errorf("%q is kept as %q, want %q", c.read, got, c.kept)
		}
	}
}

// The bytes of a word in the document are its bytes in that document's character set.
func TestCharsetSource(t *testing.T) {
	body := encoded(t, "<p>Two people drowned in the río near Olmo &amp; ﬁve are missing, the mayor said.", "utf-16be")
	a, err := Read([]byte(body), "text/html; charset=utf-16be")
	if err != nil {
		t.Fatal(err)
	}
	p := a.Paragraphs[0]
	for _, c := range []struct{ word, source string }{
		{"río", "río"}, {"&", "&amp;"}, {"five", "ﬁve"}, {"Olmo & five", "Olmo &amp; ﬁve"},
	} {
		at := strings.Index(p.Text, c.word)
		from, to := p.Source(at, at+len(c.word))
		if want := encoded(t, c.source, "utf-16be"); body[from:to] != want {
			t.Errorf("%q: source %q, want %q", c.word, body[from:to], want)
		}
	}
}
