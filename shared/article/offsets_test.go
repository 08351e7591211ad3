package article

import (
	"math/rand/v2"
	"mime"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/tools/txtar"
)

// wordsOf gives the words of a piece of HTML as a reader sees them: tags dropped, but for line breaks, entities decoded, scripts
// and the like left out. It shares no code with the package.
func wordsOf(s string) []string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	raw := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return strings.FieldsFunc(legibly.Replace(b.String()), isBlank)
		case html.TextToken:
			if !raw {
				b.Write(z.Text())
			}
			raw = false
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "br":
				b.WriteByte(' ')
			case "script", "style", "title", "noscript", "iframe", "noembed", "noframes", "textarea", "xmp", "plaintext":
				raw = true
			}
		case html.EndTagToken:
			raw = false
		}
	}
}

// checkOffsets checks the offsets of every paragraph and of a sample of the ranges in it.
func checkOffsets(t *testing.T, body []byte, mediaType string, a *Article) {
	t.Helper()
	last := 0
	for i, p := range a.Paragraphs {
		if p.Index != i {
			t.Fatalf("paragraph %d has the index %d", i, p.Index)
		}
		from, to := p.Source(0, len(p.Text))
		if from < last || to <= from || to > len(body) {
			t.Fatalf("paragraph %d %q stands at %d-%d of %d, behind %d", i, p.Text, from, to, len(body), last)
		}
		last = to
		for n, step := 0, 1+len(p.Text)/40; n < len(p.Text); n += step {
			for _, m := range [...]int{n + 1, n + 7, n + 40, len(p.Text)} {
				checkRange(t, body, mediaType, p, n, min(m, len(p.Text)))
			}
		}
	}
}

// ligatures are whole in the source of any of their letters.
const ligatures = "\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06"

// legibly spells out what Read does: characters without width are left out, ligatures are letters.
var legibly = func() *strings.Replacer {
	pairs := []string{"\ufb00", "ff", "\ufb01", "fi", "\ufb02", "fl", "\ufb03", "ffi", "\ufb04", "ffl", "\ufb05", "st", "\ufb06", "st",
		"\u00ad", "", "\u034f", "", "\u180e", "", "\ufeff", ""}
	for _, span := range [][2]rune{{0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f}, {0xfe00, 0xfe0f}} {
		for r := span[0]; r <= span[1]; r++ {
			pairs = append(pairs, string(r), "")
		}
	}
	return strings.NewReplacer(pairs...)
}()

func checkRange(t *testing.T, body []byte, mediaType string, p Paragraph, start, end int) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(mediaType)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) string { return string(b) }
	label := parameters["charset"]
	if label == "" && !utf8.Valid(body) {
		label = "windows-1252"
	}
	if label != "" {
		enc, err := htmlindex.Get(label)
		if err != nil {
			t.Fatal(err)
		}
		read = func(b []byte) string {
			s, err := enc.NewDecoder().String(string(b))
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
	}
	checkWords(t, body, kind, p, start, end, read)
}

// checkWords checks that the source of a range reads as the range does; read decodes bytes of the document.
func checkWords(t *testing.T, body []byte, mediaType string, p Paragraph, start, end int, read func([]byte) string) {
	t.Helper()
	if start >= end || !utf8.RuneStart(p.Text[start]) || end < len(p.Text) && !utf8.RuneStart(p.Text[end]) {
		return
	}
	from, to := p.Source(start, end)
	if from < 0 || from >= to || to > len(body) {
		t.Fatalf("%q at %d-%d: source %d-%d is out of bounds", p.Text, start, end, from, to)
	}
	got, want := read(body[from:to]), p.Text[start:end]
	if mediaType == "text/plain" {
		if plain := legibly.Replace(got); plain != want && !(strings.ContainsAny(got, ligatures) && strings.Contains(plain, want)) {
			t.Fatalf("source %q, text %q", got, want)
		}
		return
	}
	// White space at an end may be one of several characters.
	if g, w := strings.Join(wordsOf(got), " "), strings.Join(strings.FieldsFunc(want, isBlank), " "); g != w && !(strings.ContainsAny(got, ligatures+"&") && strings.Contains(g, w)) {
		t.Fatalf("source %q reads %q, text %q", got, g, want)
	}
}

func TestSourceOutOfBounds(t *testing.T) {
	a, err := Read([]byte("<p>Rain &amp; wind went on over the hills."), "text/html")
	if err != nil {
		t.Fatal(err)
	}
	p := a.Paragraphs[0]
	for _, c := range []struct{ start, end, from, to int }{
		{-5, 4, 3, 7},
		{0, 99, 3, 42},
		{5, 6, 8, 13}, // an entity is whole
		{5, 5, 8, 13},
		{9, 2, 16, 17},
		{99, 120, 41, 42},
	} {
		if from, to := p.Source(c.start, c.end); from != c.from || to != c.to {
			t.Errorf("Source(%d, %d) = %d, %d, want %d, %d", c.start, c.end, from, to, c.from, c.to)
		}
	}
	if from, to := (Paragraph{Text: "word"}).Source(1, 3); from != 1 || to != 3 {
		t.Errorf("a paragraph without pieces maps to %d, %d", from, to)
	}
	if from, to := (Paragraph{}).Source(0, 3); from != 0 || to != 0 {
		t.Errorf("an empty paragraph maps to %d, %d", from, to)
	}
}

// hardInputs are small documents on which offsets go wrong easily; each is read as HTML and as text.
var hardInputs = []string{
	"<p>a&amp;b&notit;c&#65;d&#x42e&bogus;f & g &copy h went on and on.",
	"<table>foo<tr><td>bar went on and on over the hills.</td></tr>baz</table>",
	"<b><p>Rain fell</b> all night <i>on the</p> hills.</i>",
	"<p>one <button>two</button> three went on and on.<p hidden>four",
	"<svg><title>x</title><text>y</text></svg><p>Rain fell all night on the hills.",
	"<p>\U000F0001\U00100002 Rain &#xF0001; fell all night on the hills.",
	"<p>a <!-- b --> c <script>d</script> e <br> f <br/><br> g went on and on.",
	"<pre>a\n\nb &lt;p> < went on, and on.</pre><plaintext>c",
	"# A title #\n\nRain fell\n\non the hills.\n- item\n* item two, three\n",
	"word\u00a0\u200b\ufeff word word\x0c word.\u2028 x",
}

// cuttings are put into documents by TestMutations.
var cuttings = strings.Split("<|</|>|<p>|</p>|<br>|&|&amp|&lt;|&#|<b>|</b>|<a href=x>|</a>|<script>|</script>|<!--|-->|<div>|</div>|<li>|<td>|<table>|</table>|"+
	"\n|\n\n|\r| |.|\u00a0|\U000F0001|<title>|<svg>|</svg>|<select>|<pre>|<h1>|<template>|&notin;|&not|in;|x|A|# |- |\"|'|/>|<noscript>|<textarea>|"+
	"<button>|<plaintext>|<figcaption>|Related posts|By Ana Souza|3 May 2014|\ufeff", "|")

// TestMutations checks offsets on documents that are cut and patched at random, the same ones at every run.
func TestMutations(t *testing.T) {
	type seed struct{ body, mediaType string }
	var seeds []seed
	for _, name := range goldenFiles(t) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body, mediaType := pageOf(t, ar)
		seeds = append(seeds, seed{string(body), mediaType})
	}
	for _, s := range hardInputs {
		seeds = append(seeds, seed{s, "text/html"}, seed{s, "text/plain"})
	}
	r := rand.New(rand.NewPCG(1, 2))
	read := 0
	for range 1500 {
		from := seeds[r.IntN(len(seeds))]
		s := from.body
		for range 1 + r.IntN(8) {
			i := r.IntN(len(s) + 1)
			switch r.IntN(3) {
			case 0:
				s = s[:i] + cuttings[r.IntN(len(cuttings))] + s[i:]
			case 1:
				s = s[:i] + s[min(len(s), i+r.IntN(12)):]
			case 2:
				other := seeds[r.IntN(len(seeds))].body
				at := r.IntN(len(other))
				s = s[:i] + other[at:min(len(other), at+r.IntN(80))] + s[i:]
			}
		}
		a, err := Read([]byte(s), from.mediaType)
		if err != nil {
			checkError(t, err)
			continue
		}
		read++
		checkOffsets(t, []byte(s), from.mediaType, a)
	}
	if read < 500 {
		t.Errorf("only %d of 1500 were read", read)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range goldenFiles(f) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		body, mediaType := pageOf(f, ar)
		f.Add(string(body), mediaType == "text/html")
	}
	for _, s := range hardInputs {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, s string, isHTML bool) {
		mediaType := "text/plain"
		if isHTML {
			mediaType = "text/html"
		}
		a, err := Read([]byte(s), mediaType)
		if err != nil {
			checkError(t, err)
			return
		}
		checkOffsets(t, []byte(s), mediaType, a)
		again, err := Read([]byte(s), mediaType)
		if err != nil {
			t.Fatal("read once, then", err)
		}
		w1, p1 := summary(a)
		if w2, p2 := summary(again); w1 != w2 || p1 != p2 {
			t.Fatalf("two answers:\n%s%s\n%s%s", w1, p1, w2, p2)
		}
	})
}
