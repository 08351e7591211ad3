package article

import (
	"fmt"
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

// sizes are bodies like those of the web, grown to n bytes: a long article, a page of many elements, a deep one.
var sizes = []struct {
	name, mediaType string
	body            func(n int) string
}{
	{"text", "text/plain", func(n int) string {
		return "LIMA, 9 Jan 1990 (EFE) -- " + strings.Repeat("Rain fell on the hills all night, and 12 people were hurt, the mayor said on Tuesday.\n\n", 1+n/86)
	}},
	{"wrapped text", "text/plain", func(n int) string {
		return strings.Repeat("   RAIN FELL ON THE HILLS ALL NIGHT AND THE RIVER ROSE BY TWO METRES\nBEFORE DAWN, THE MAYOR SAID.\n", 1+n/99)
	}},
	{"page", "text/html", func(n int) string {
		return "<!DOCTYPE html><html><head><meta charset=utf-8><title>Rain</title></head><body><nav><ul><li><a href=/>Home</a></ul></nav><main><article><h1>Rain</h1>" +
			strings.Repeat("<p>Rain fell on the <a href='/h'>hills</a> all night, and 12 people were hurt, the mayor said on <b>Tuesday</b>.</p>\n", 1+n/115)
	}},
	{"tags", "text/html", func(n int) string {
		return "<main><h1>Rain</h1><p>" + rain + "</p>" + strings.Repeat("<div class=a><span>a</span></div>", 1+n/33)
	}},
	{"deep", "text/html", func(n int) string {
		return "<main><h1>Rain</h1><p>" + rain + "</p>" + strings.Repeat("<div><section>", 1+n/28) + "<p>" + rain
	}},
	{"links", "text/html", func(n int) string {
		return "<main><h1>Rain</h1><p>" + rain + "</p><ul>" + strings.Repeat("<li><a href='/story'>Minister meets the press</a></li>", 1+n/54)
	}},
	{"windows-1252", "text/html; charset=windows-1252", func(n int) string {
		return "<h1>Rain</h1>" + strings.Repeat("<p>Rain fell on the hills all night \x96 the mayor\x92s car was hit on Tuesday.</p>\n", 1+n/79)
	}},
}

// BenchmarkSizes reads bodies of 16 KiB to 4 MiB: the time for a byte must not grow with the size.
func BenchmarkSizes(b *testing.B) {
	for _, s := range sizes {
		for _, n := range []int{16 << 10, 256 << 10, 1 << 20, 4 << 20} {
			body := []byte(s.body(n))
			b.Run(fmt.Sprintf("%s/%d", s.name, n), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if _, err := Read(body, s.mediaType); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
