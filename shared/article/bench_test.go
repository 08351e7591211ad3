package article

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// pathological bodies: shapes on which readers are known to hang, each n bytes long or a little less.
var pathological = []struct {
	name, mediaType string
	body            func(n int) string
}{
	{"less than", "text/html", func(n int) string { return strings.Repeat("<", n) }},
	{"ampersands", "text/html", func(n int) string { return strings.Repeat("&", n) }},
	{"entities", "text/html", func(n int) string { return strings.Repeat("&ampere", n/7) }},
	{"one reference", "text/html", func(n int) string { return "&#x" + strings.Repeat("4", n) }},
	{"nested divs", "text/html", func(n int) string { return strings.Repeat("<div>", n/5) + "word" }},
	{"nested quotes with text", "text/html", func(n int) string { return strings.Repeat("<blockquote>some words, ", n/24) }},
	{"nested inline", "text/html", func(n int) string { return strings.Repeat("<b>a", n/4) }},
	{"unmatched ends", "text/html", func(n int) string { return strings.Repeat("a</x>", n/5) }},
	{"unmatched cells", "text/html", func(n int) string { return strings.Repeat("a<tr>", n/5) }},
	{"tables", "text/html", func(n int) string { return strings.Repeat("<table>a", n/8) }},
	{"links", "text/html", func(n int) string { return strings.Repeat("<a href=x><p>a", n/14) }},
	{"attributes", "text/html", func(n int) string { return "<p " + strings.Repeat("a=b ", n/4) + ">word" }},
	{"comments", "text/html", func(n int) string { return strings.Repeat("<!--", n/4) }},
	{"breaks", "text/html", func(n int) string { return "a" + strings.Repeat("<br>a", n/5) }},
	{"paragraphs", "text/html", func(n int) string {
		return strings.Repeat("<p>Rain fell on the hills all night, the mayor said on Tuesday.", n/63)
	}},
	{"small paragraphs", "text/html", func(n int) string { return strings.Repeat("<p>a", n/4) }},
	{"deep paragraphs", "text/html", func(n int) string {
		return strings.Repeat("<div>", 190) + strings.Repeat("<p>Rain fell on the hills all night, the mayor said on Tuesday.", n/63)
	}},
	{"line ends", "text/plain", func(n int) string { return "a" + strings.Repeat("\n", n) + "b" }},
	{"one line", "text/plain", func(n int) string { return strings.Repeat("word ", n/5) }},
	{"one word", "text/plain", func(n int) string { return strings.Repeat("w", n) }},
	{"short lines", "text/plain", func(n int) string { return strings.Repeat("a\n", n/2) }},
	{"joined lines", "text/plain", func(n int) string { return strings.Repeat("and so it went on,\n", n/19) }},
	{"wrapped", "text/plain", func(n int) string {
		return strings.Repeat("the rain went on and on over the hills and the valleys of the\n", n/62)
	}},
	{"dates", "text/plain", func(n int) string { return strings.Repeat("3 May 2014\n\n", n/12) }},
	{"bylines", "text/plain", func(n int) string { return strings.Repeat("By Ana Souza\n\n", n/14) }},
	{"closings", "text/plain", func(n int) string { return strings.Repeat("Related posts\n\n", n/15) }},
	{"stars", "text/plain", func(n int) string { return strings.Repeat("read more about * the news ", n/27) }},
	{"capitals", "text/plain", func(n int) string { return strings.Repeat("Aa ", n/3) }},
	{"hashes", "text/plain", func(n int) string { return strings.Repeat("# ", n/2) }},
}

// BenchmarkPathological reads 1 MiB of each.
func BenchmarkPathological(b *testing.B) {
	for _, p := range pathological {
		body := []byte(p.body(1 << 20))
		b.Run(p.name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				_, _ = Read(body, p.mediaType) // most are refused, for want of prose
			}
		})
	}
}

// BenchmarkRead reads each golden file.
func BenchmarkRead(b *testing.B) {
	for _, name := range goldenFiles(b) {
		ar, err := txtar.ParseFile(name)
		if err != nil {
			b.Fatal(err)
		}
		body, mediaType := pageOf(b, ar)
		b.Run(filepath.Base(name), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := Read(body, mediaType); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
