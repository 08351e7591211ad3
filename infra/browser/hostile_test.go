package browser

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// hostileStory is a story whose every word is against whoever shows it.
const hostileStory = "hostile"

// hostile is markup that would run, close what it stands in or ask another host, in a line that turns the direction of writing around.
const hostile = `<script>alert(1)</script>` + "\u202e" + `</style></template><img src=//elsewhere.example/x onerror=alert(2)>{{.}} ` + "🚢🏴‍☠️ \u0633\u0641\u064a\u0646\u0629 "

// putHostile puts the story: every word that a document or an editor may say is hostile, and long without a place to break.
var putHostile = sync.OnceValue(func() error {
	address, err := started()
	if err != nil {
		return err
	}
	long := strings.Repeat("W", 10000)
	text := "At least 45 people were killed and dozens are missing after the <b onmouseover=alert(3)>ferry</b> sank off Malta on Tuesday, the “" + hostile + "” coast guard said.\n\n" +
		"Italy has agreed to send two rescue teams to Malta <script>alert(4)</script>. Spain pledged 5 million euros to the island, provided \u202eparliament approves <img src=x onerror=alert(5)>.\n\n" +
		long + "\n\nGreece refused to send helicopters to Malta on Thursday.\n"
	document := map[string]string{
		"headline": hostile + long[:300], "publisher": `">` + hostile, "published": "2026-11-20", "story": hostileStory, "story_title": hostile + long[:100],
		"rights": "full", "text": text, "url": `https://example.org/"><script>alert(6)</script>`,
	}
	var put struct {
		Facts []struct{ ID, Kind string }
	}
	if err := ask(http.MethodPost, address+"/v1/documents", document, &put); err != nil {
		return err
	}
	words := map[string]map[string]any{
		"casualty": {"event": hostile + long[:50], "victims": hostile},
		"date":     {"event": long[:60] + hostile},
		"pledge":   {"condition": hostile + long[:200]},
	}
	kinds := map[string]int{}
	for _, f := range put.Facts {
		kinds[f.Kind]++
		correction := map[string]any{"review": "corrected", "author": hostile, "reason": hostile, "fact": words[f.Kind]}
		if err := ask(http.MethodPatch, address+"/v1/facts/"+f.ID, correction, &struct{}{}); err != nil {
			return err
		}
	}
	if len(kinds) != len(words) {
		return fmt.Errorf("the hostile document makes facts of %v, not of each kind", kinds)
	}
	return nil
})

// ask sends a request with JSON and reads the answer.
func ask(method, address string, body, answer any) error {
	content, err := json.Marshal(body)
	if err != nil {
		return err
	}
	request, err := http.NewRequest(method, address, bytes.NewReader(content))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode >= 300 {
		return fmt.Errorf("%s %s: %d: %s", method, address, response.StatusCode, said)
	}
	return json.Unmarshal(said, answer)
}

// Hostile words stay words: nothing runs, nothing is asked for, the line keeps its direction and the page its width.
func TestHostileStory(t *testing.T) {
	for _, view := range views {
		for _, form := range []string{"page", "element"} {
			for _, language := range []string{"en", "ar"} {
				t.Run(view+"/"+form+"/"+language, func(t *testing.T) {
					t.Parallel()
					address := embed(t, hostileStory, "show", view, "lang", language)
					if form == "element" {
						address = hostPage(t, `<fact-box story="`+hostileStory+`" show="`+view+`" lang="`+language+`">`+fallback+`</fact-box><script src="`+site(t)+`/widget.js" async></script>`)
					}
					if err := putHostile(); err != nil {
						t.Fatal(err)
					}
					l := look{width: 320}
					b := open(t, l, address, site(t))
					b.visit(address)
					if form == "element" {
						b.wait(`document.querySelector("fact-box").shadowRoot`)
						b.moved()
					}
					b.check(l)
					for _, fault := range eval[[]string](b, "("+inspectScript+").turned()") {
						t.Error(fault)
					}
					if !eval[bool](b, "("+inspectScript+`).all().some((e) => e.textContent.includes("<script>alert(1)</script>"))`) {
						t.Error("the words are not there")
					}
					for _, request := range b.requests {
						if strings.TrimSuffix(request, "/") != address && !strings.HasPrefix(request, site(t)+"/embed/"+hostileStory+"?") && request != site(t)+"/widget.js" {
							t.Errorf("asked for %s", request)
						}
					}
				})
			}
		}
	}
}
