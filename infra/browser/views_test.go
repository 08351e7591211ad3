package browser

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var (
	// views are what /embed shows of a story.
	views = []string{"summary", "casualties", "timeline", "pledges"}
	// widths of windows in CSS pixels: a small telephone's, a tablet's, a desk's.
	widths = []int64{320, 768, 1280}
)

// Every view in every theme, direction and width: accessible, still, quiet, and within its page.
func TestViews(t *testing.T) {
	themes := []struct {
		theme, prefers string
		dark           bool
	}{
		{"auto", "light", false},
		{"auto", "dark", true},
		{"light", "dark", false},
		{"dark", "light", true},
	}
	for _, view := range views {
		for _, theme := range themes {
			for _, language := range []string{"en", "ar", "fr"} {
				for _, width := range widths {
					if language == "fr" && (theme.theme != "auto" || theme.dark || width != widths[0]) {
						continue // left to right as English is, with longer words
					}
					t.Run(fmt.Sprintf("%s/%s by %s/%s/%d", view, theme.theme, theme.prefers, language, width), func(t *testing.T) {
						t.Parallel()
						l := look{width: width, features: map[string]string{"prefers-color-scheme": theme.prefers}}
						address := embed(t, seedStory, "show", view, "theme", theme.theme, "lang", language)
						b := open(t, l, address)
						b.visit(address)
						b.check(l)
						if got, want := eval[string](b, `document.documentElement.lang + " " + getComputedStyle(document.body).direction`), direction(language); got != want {
							t.Errorf("the page is %q, want %q", got, want)
						}
						if got := eval[float64](b, "("+inspectScript+`).contrast("white", document.querySelector("h1"))`) > 4.5; got != theme.dark {
							t.Errorf("dark is %t, want %t", got, theme.dark)
						}
					})
				}
			}
		}
	}
}

// direction is a language and how it is written.
func direction(language string) string {
	if language == "ar" {
		return "ar rtl"
	}
	return language + " ltr"
}

// Colours that the reader's system forces leave every text and every mark to be seen.
func TestForcedColours(t *testing.T) {
	for _, view := range views {
		for _, scheme := range []string{"light", "dark"} {
			t.Run(view+"/"+scheme, func(t *testing.T) {
				t.Parallel()
				l := look{features: map[string]string{"forced-colors": "active", "prefers-color-scheme": scheme}}
				address := embed(t, seedStory, "show", view)
				b := open(t, l, address)
				b.visit(address)
				b.check(l)
				for _, fault := range eval[[]string](b, "("+inspectScript+").marks()") {
					t.Error(fault)
				}
			})
		}
	}
}

// On paper nothing is cut off, and there is something on every sheet.
func TestPrint(t *testing.T) {
	const inch = 96 // CSS pixels
	for _, view := range views {
		for _, language := range []string{"en", "ar"} {
			t.Run(view+"/"+language, func(t *testing.T) {
				t.Parallel()
				l := look{width: 7 * inch, media: "print"}
				address := embed(t, seedStory, "show", view, "lang", language)
				b := open(t, l, address)
				b.visit(address)
				b.check(l)
				paper := call(b, page.PrintToPDF, page.PrintToPDFParams{})
				if sheets := bytes.Count(paper.Data, []byte("/Type /Page\n")); sheets < 1 || sheets > 8 {
					t.Errorf("printed on %d sheets", sheets)
				}
				if !bytes.Contains(paper.Data, []byte("/Type /Font\n")) {
					t.Error("no letter is printed")
				}
			})
		}
	}
}

// A reader who asks for letters of twice the size gets them, and loses nothing.
func TestLargeText(t *testing.T) {
	for _, view := range views {
		t.Run(view, func(t *testing.T) {
			t.Parallel()
			address := embed(t, seedStory, "show", view)
			sizes := map[int64]float64{}
			for _, size := range []int64{16, 32} {
				l := look{width: 640, fontSize: size}
				b := open(t, l, address)
				b.visit(address)
				b.check(l)
				sizes[size] = eval[float64](b, `parseFloat(getComputedStyle(document.querySelector("h1, h2, [part~=title]")).fontSize)`)
			}
			if sizes[32] != 2*sizes[16] {
				t.Errorf("the title has letters of %v px where browsers' default is 16, of %v where it is 32", sizes[16], sizes[32])
			}
		})
	}
}

// Without scripts the page says the same.
func TestWithoutScripts(t *testing.T) {
	for _, view := range views {
		for _, language := range []string{"en", "ar"} {
			t.Run(view+"/"+language, func(t *testing.T) {
				t.Parallel()
				address := embed(t, seedStory, "show", view, "lang", language)
				texts := map[bool]string{}
				for _, without := range []bool{false, true} {
					l := look{width: 320, noScript: without}
					b := open(t, l, address)
					b.visit(address)
					b.check(l)
					texts[without] = eval[string](b, "document.body.innerText")
				}
				if texts[true] != texts[false] || len(texts[true]) < 100 {
					t.Errorf("with scripts the page says\n%s\nwithout\n%s", texts[false], texts[true])
				}
			})
		}
	}
}

// Each view has a strict policy and no cookie.
func TestPolicy(t *testing.T) {
	for _, view := range views {
		t.Run(view, func(t *testing.T) {
			answer, err := http.Get(embed(t, seedStory, "show", view))
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			policy := strings.Split(answer.Header.Get("Content-Security-Policy"), ";")
			for i := range policy {
				policy[i] = strings.TrimSpace(policy[i])
			}
			if !slices.Contains(policy, "default-src 'none'") {
				t.Errorf("the policy allows by default: %q", policy)
			}
			for _, directive := range policy {
				for _, loose := range []string{"unsafe", "http:", "https:", "data:", "blob:"} {
					if strings.Contains(directive, loose) {
						t.Errorf("the policy allows %q", directive)
					}
				}
			}
			if cookies := answer.Cookies(); len(cookies) > 0 {
				t.Errorf("cookies %v", cookies)
			}
		})
	}
}
