package browser

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// front gives the address of the front page with the seed story, and further parameters.
func front(t *testing.T, parameters ...string) string {
	t.Helper()
	query := url.Values{"story": {seedStory}}
	for i := 0; i < len(parameters); i += 2 {
		query.Set(parameters[i], parameters[i+1])
	}
	return site(t) + "/?" + query.Encode()
}

// The front page is what the views are: accessible, still, quiet and within its width, with scripts and without.
func TestFrontPage(t *testing.T) {
	for _, width := range widths {
		for _, scheme := range []string{"light", "dark"} {
			for _, without := range []bool{false, true} {
				t.Run(fmt.Sprintf("%d/%s/without scripts %t", width, scheme, without), func(t *testing.T) {
					t.Parallel()
					l := look{width: width, noScript: without, features: map[string]string{"prefers-color-scheme": scheme}}
					b := open(t, l, site(t))
					b.visit(front(t))
					b.check(l)
					if n := eval[int](b, `document.querySelectorAll("#stories li h3").length`); n < 1 {
						t.Error("no story is listed")
					}
					shown := eval[[]string](b, `[...document.querySelectorAll("fact-box")].map((box) => box.shadowRoot.querySelector("[part~=title]").textContent)`)
					if len(shown) != len(views) || strings.TrimSpace(shown[0]) == "" {
						t.Errorf("widgets of %q", shown)
					}
				})
			}
		}
	}
}

// The code that the front page shows works on a page that has nothing else.
func TestPasteIn(t *testing.T) {
	for _, form := range []string{"element", "iframe"} {
		for _, language := range []string{"en", "ar"} {
			t.Run(form+"/"+language, func(t *testing.T) {
				t.Parallel()
				b := open(t, look{}, site(t))
				b.visit(front(t, "code", form, "lang", language, "theme", "dark"))
				codes := eval[[]string](b, `[...document.querySelectorAll(".widget code")].map((code) => code.textContent)`)
				if len(codes) != len(views) {
					t.Fatalf("code of %d widgets", len(codes))
				}
				for i, code := range codes {
					outside := hostPage(t, code)
					b := open(t, look{width: 640}, outside, site(t))
					b.visit(outside)
					if form == "element" {
						b.wait(`document.querySelector("fact-box").shadowRoot?.querySelector("[lang=" + %s + "][data-theme=dark]")`, language)
					} else {
						want := height(t, site(t)+"/embed/"+seedStory+"?"+url.Values{"show": {views[i]}, "lang": {language}}.Encode(), 624) // within the page's margins
						b.wait(`Math.abs(document.querySelector("iframe").clientHeight - %s) <= 1`, want)
					}
					b.moved() // the page makes room for what comes
					b.check(look{})
				}
			})
		}
	}
}

// What is chosen above the widgets changes them where they stand, and their code.
func TestFrontChoices(t *testing.T) {
	b := open(t, look{}, site(t))
	b.visit(front(t))
	choose := func(name, value string) {
		eval[bool](b, `{ const s = document.querySelector(".choices [name=" + %s + "]"); s.value = %s; s.dispatchEvent(new Event("change", {bubbles: true})) }`, name, value)
	}
	choose("lang", "ar")
	b.wait(`[...document.querySelectorAll("fact-box")].filter((box) => box.shadowRoot.querySelector("[lang=ar][dir=rtl]")).length >= 1`)
	b.wait(`[...document.querySelectorAll(".widget code")].every((code) => code.textContent.includes('lang="ar"'))`)
	choose("code", "oembed")
	b.wait(`[...document.querySelectorAll(".widget code")].every((code) => code.textContent.startsWith(location.origin + "/embed/"))`)
	b.moved() // Arabic takes other room
	b.check(look{})
}

// Headlines are found while one types, and without scripts by sending the form.
func TestFrontSearch(t *testing.T) {
	const found = `[...document.querySelectorAll("#results h3")].map((h) => h.textContent)`
	b := open(t, look{}, site(t))
	b.visit(front(t))
	eval[bool](b, `{ q.value = "putin"; q.dispatchEvent(new InputEvent("input", {bubbles: true})) }`)
	b.wait(found + ".length > 0")
	b.moved() // the page makes room for what was found
	b.check(look{})
	plain := open(t, look{noScript: true}, site(t))
	plain.visit(site(t) + "/?q=putin")
	plain.check(look{noScript: true})
	if with, without := eval[[]string](b, found), eval[[]string](plain, found); strings.Join(with, "\n") != strings.Join(without, "\n") {
		t.Errorf("with scripts %q, without %q", with, without)
	}
}

// A question is answered with its sources, or with why nothing is said.
func TestFrontQuestion(t *testing.T) {
	tests := []struct {
		question, says string
		silent         bool
	}{
		{"How many people were killed in the Paris attacks?", "130", false},
		{"How many people were injured in the Lisbon earthquake?", "", true},
	}
	for _, tt := range tests {
		t.Run(tt.question, func(t *testing.T) {
			b := open(t, look{}, site(t))
			b.visit(front(t))
			eval[bool](b, `{ question.value = %s; question.form.requestSubmit(); true }`, tt.question)
			b.wait(`!answer.hidden && answer.textContent.trim() && answer.textContent.includes(%s) && answer.classList.contains("silent") == %s`, tt.says, tt.silent)
			b.moved() // the page makes room for the answer
			b.check(look{})
		})
	}
}

// The facts of a document are marked where they stand in it, whatever its letters weigh in bytes; the document is put when it is kept, and
// taken back.
func TestFrontDocument(t *testing.T) {
	tests := []struct {
		name, text string // "" is the text that the page offers
		marks      []string
	}{
		{"as offered", "", []string{"At least 45 people were killed", "dozens are missing", "Greece refused to send helicopters to Malta"}},
		{"letters of several bytes", "🚢 Ferry “sinks” off Malta – سفينة\n\nAt least 45 people were killed – “so far” – after a ferry sank off Malta on Tuesday, the coast guard said. 🚢 Twelve others were injured.\n", []string{"At least 45 people were killed", "Twelve others were injured"}},
		{"hostile", "Ferry </textarea><script>alert(1)</script> sinks\n\nAt least 45 people were killed <img src=x onerror=alert(2)> on Tuesday, the coast guard said.\n", []string{"At least 45 people were killed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := look{width: 320}
			b := open(t, l, site(t))
			b.visit(front(t))
			if tt.text != "" {
				eval[bool](b, `{ put.elements.text.value = %s; put.dispatchEvent(new InputEvent("input", {bubbles: true})) }`, tt.text)
			}
			eval[bool](b, `{ put.elements.published.value = "2026-11-20"; put.requestSubmit(); true }`)
			b.wait("facts.children.length > 0")
			for _, words := range tt.marks {
				// A fact's words may be cut into several marks where another begins or ends within them.
				if !eval[bool](b, `[...facts.children].some((_, i) => [...document.querySelectorAll("#text mark")].filter((m) => m.dataset.facts.split(" ").includes(String(i))).map((m) => m.textContent).join("") == %s)`, words) {
					t.Errorf("no fact is marked at %q, but at %q", words, eval[[]string](b, `[...document.querySelectorAll("#text mark")].map((m) => m.textContent)`))
				}
			}
			b.moved() // the page makes room for the reading
			b.check(l)
			eval[bool](b, "!keep.click()")
			b.wait(`progress.textContent.includes("Kept")`)
			eval[bool](b, `!progress.querySelector("button").click()`)
			b.wait(`progress.textContent == "Taken back."`)
			b.moved()
			b.check(l)
		})
	}
}

// Hostile stories are listed, found and shown as words.
func TestFrontHostile(t *testing.T) {
	if err := putHostile(); err != nil {
		t.Fatal(err)
	}
	l := look{width: 320}
	b := open(t, l, site(t))
	b.visit(front(t, "story", hostileStory, "q", "onerror"))
	b.check(l)
	for _, fault := range eval[[]string](b, "("+inspectScript+").turned()") {
		t.Error(fault)
	}
}
