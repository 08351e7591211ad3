package article

import (
	"errors"
	"strings"
	"testing"

	"factbox/shared/fact"
)

const rain = "Rain fell on the hills all night, and the river rose by two metres before dawn."

func checkError(t *testing.T, err error) *fact.Error {
	t.Helper()
	var e *fact.Error
	if !errors.As(err, &e) || e.Message == "" || e.Code != fact.Invalid && e.Code != fact.Unsupported {
		t.Fatalf("error %v is not a *fact.Error for the client", err)
	}
	return e
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, body, mediaType string
		code                  fact.Code
		says                  string
	}{
		{"empty", "", "text/plain", fact.Invalid, "empty"},
		{"blank", " \r\n\t\n", "text/html", fact.Invalid, "empty"},
		{"only a mark", "\ufeff\n", "text/plain", fact.Invalid, "empty"},
		{"Latin-1", rain + " Caf\xe9.", "text/plain", fact.Invalid, "0xe9 at offset 83"},
		{"cut in a character", rain + "\xe2\x82", "text/html", fact.Invalid, "offset 79"},
		{"UTF-16 cut in a character", "\xff\xfeR\x00a", "text/plain", fact.Invalid, "not UTF-16 at offset 4"},
		{"half a pair of UTF-16", "\xfe\xff\xd8\x00\x00R", "text/plain", fact.Invalid, "not UTF-16 at offset 2"},
		{"UTF-16 without a mark", "R\x00a\x00", "text/plain", fact.Invalid, "NUL byte at offset 1"},
		{"a NUL in UTF-16", "\xfe\xff\x00R\x00\x00", "text/plain", fact.Invalid, "NUL byte at offset 4"},
		{"Latin-1 called UTF-8", rain + " Caf\xe9.", "text/html; charset=utf-8", fact.Invalid, "0xe9 at offset 83"},
		{"Latin-1 that calls itself UTF-8", "<meta charset=utf-8><p>" + rain + " Caf\xe9.", "text/html", fact.Invalid, "0xe9 at offset 106"},
		{"damaged UTF-8", "<p>" + rain + " Caf\xc3\xa9. \xe9 ", "text/html", fact.Invalid, "0xe9 at offset 90"},
		{"Latin-1 called GBK", "<p>" + rain + " Caf\xe9.", "text/html; charset=gbk", fact.Invalid, "not gbk (byte 0xe9 at offset 86)"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "text/plain", fact.Invalid, "NUL byte at offset 8"},
		{"control characters", strings.Repeat("a\x01b\x02", 40), "text/plain", fact.Invalid, "80 control characters"},
		{"HTML without text", "<html><body><img src=x></body></html>", "text/html", fact.Invalid, "no text"},
		{"HTML with a script", "<script>var rain = 1;</script><style>p{}</style>", "text/html", fact.Invalid, "no text"},
		{"menus", "<nav><a href=/>Home</a></nav><p>Menu</p>", "text/html", fact.Invalid, "no paragraph of prose"},
		{"an error page", "Skip to content\n\nPage not found\n\nThe page you requested could not be found.", "text/plain", fact.Invalid, "no paragraph of prose"},
		{"headlines", "Rain in hills\n\nWind at sea\n\nSnow on roads\n\nFog in town", "text/plain", fact.Invalid, "no paragraph of prose"},
		{"HTML as text", "<!DOCTYPE html><p>" + rain, "text/plain", fact.Invalid, "send it as text/html"},
		{"a picture's type", rain, "image/png", fact.Unsupported, "image/png"},
		{"JSON", rain, "application/json; charset=utf-8", fact.Unsupported, "text/plain or text/html"},
		{"no type", rain, "", fact.Unsupported, "text/plain or text/html"},
		{"a broken type", rain, "text/plain; charset", fact.Unsupported, "text/plain or text/html"},
		{"an unknown charset", rain, "text/plain; charset=utf-7", fact.Unsupported, "utf-7"},
		{"a shifted charset", rain, "text/plain; charset=iso-2022-jp", fact.Unsupported, "iso-2022-jp"},
		{"an unknown charset in meta", "<meta charset=latin-9000><p>" + rain + " Caf\xe9.", "text/html", fact.Unsupported, "latin-9000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read([]byte(c.body), c.mediaType)
			if err == nil {
				t.Fatal("read")
			}
			if e := checkError(t, err); e.Code != c.code || !strings.Contains(e.Message, c.says) {
				t.Errorf("%s %q, want %s with %q", e.Code, e.Message, c.code, c.says)
			}
		})
	}
}

func TestReadAccepts(t *testing.T) {
	for _, c := range []struct{ name, body, mediaType string }{
		{"text", rain, "text/plain"},
		{"a charset", rain, "text/plain; charset=UTF-8"},
		{"capitals in the type", rain, "TEXT/Plain; Charset=\"utf-8\""},
		{"ASCII", rain, "text/plain; charset=us-ascii"},
		{"other parameters", rain, "text/plain; format=flowed"},
		{"a byte order mark", bom + rain, "text/plain"},
		{"a form feed and an escape", "\f" + rain + " \x1b", "text/plain"},
		{"HTML with a mark", bom + "<meta charset=utf-8><p>" + rain, "text/html"},
		{"the header outranks meta", "<meta charset=latin-1><p>" + rain, "text/html; charset=utf-8"},
		{"meta in a comment", "<!-- <meta charset=latin-1> --><p>" + rain, "text/html"},
		{"bare text as HTML", rain, "text/html"},
		{"only in a form", "<form><p>" + rain + "</form>", "text/html"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := Read([]byte(c.body), c.mediaType)
			if err != nil {
				t.Fatal(err)
			}
			if got := withRole(a, Body); len(got) != 1 || !strings.HasPrefix(got[0], rain) {
				t.Errorf("body %q", got)
			}
			base, _, _ := strings.Cut(strings.ToLower(c.mediaType), ";")
			checkOffsets(t, []byte(c.body), base, a)
		})
	}
}

// A sentence that was sent without its full stop is read all the same.
func TestReadOneLine(t *testing.T) {
	a, err := Read([]byte("Twelve people were hurt in Port Tarn"), "text/plain")
	if err != nil || len(a.Paragraphs) != 1 || a.Paragraphs[0].Role != Body {
		t.Errorf("%+v, %v", a, err)
	}
}

// Time stays linear on shapes on which readers hang. The sizes are small, so that a quadratic reader fails by the test's time
// limit and a linear one takes no time; BenchmarkPathological measures.
func TestPathological(t *testing.T) {
	for _, p := range pathological {
		body := []byte(p.body(64 << 10))
		a, err := Read(body, p.mediaType)
		if err != nil {
			checkError(t, err)
			continue
		}
		for _, para := range a.Paragraphs {
			if from, to := para.Source(0, len(para.Text)); from >= to || to > len(body) {
				t.Errorf("%s: source %d-%d of %d", p.name, from, to, len(body))
			}
		}
	}
}
