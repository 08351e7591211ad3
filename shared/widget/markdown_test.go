package widget

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
)

// checkMarkdown reads Markdown as GitHub does, which finds links in plain text, too, and holds it to have no markup that we
// did not make.
func checkMarkdown(t testing.TB, data []byte) ast.Node {
	t.Helper()
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(data))
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.List, *ast.ListItem, *ast.Text:
		case *ast.Emphasis:
			if n.Level != 2 {
				t.Errorf("an emphasis that we did not make: %s", data)
			}
		case *ast.Link:
			if to := string(n.Destination); entering && !strings.HasPrefix(to, site+"/") && !strings.HasPrefix(to, "https://wire.example/") &&
				!strings.HasPrefix(to, "https://herald.example/") {
				t.Errorf("a link to %q", to)
			}
		default:
			t.Errorf("a %s that we did not make: %s", n.Kind(), data)
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestMarkdown holds every line to what it says and where it links.
func TestMarkdown(t *testing.T) {
	story := quake(t).sum()
	for _, c := range []struct {
		show      Show
		tag, line string
	}{
		{ShowSummary, "en", "**Factbox – Earthquake at Luganville**"},
		{ShowSummary, "en", "as of 22 November 2026 · 5 sources"},
		{ShowSummary, "en", "- **Injured** · not stated"},
		{ShowSummary, "en", "- **Missing: dozens** · Luganville earthquake · Vanuatu · 18 November 2026 · no exact total stated · [Pacific Wire](https://wire.example/2) 21 Nov"},
		{ShowSummary, "en", "- **New Zealand** · Financial aid · NZ\\$5,000,000 · considered · for Vanuatu · condition: provided cabinet approves · [Pacific Wire](https://wire.example/2) 21 Nov"},
		{ShowSummary, "en", "- **[2 more](https://facts.example/embed/luganville-quake?lang=en&show=timeline)**"},
		{ShowSummary, "en", "[Open the full factbox](https://facts.example/embed/luganville-quake?lang=en&show=summary)"},
		{ShowCasualties, "en", "- **Killed: 1,047** · Luganville earthquake · Vanuatu · 18 November 2026 · reports from 45 to 1,047 · newest exact total, 1 origin · " +
			"1,047 the mayor denies this · [Island Radio](https://facts.example/v1/headlines/radio-1?format=text) 22 Nov · " +
			"1,047 people total · [Pacific Wire](https://wire.example/2) 21 Nov (according to disaster office) (corrected) · " +
			"45 people total · [Pacific Wire](https://wire.example/1) 19 Nov; [Port Vila Herald (Pacific Wire)](https://herald.example/quake?page=%281%29) 19 Nov · " +
			"6 children part of the total · [Pacific Wire](https://wire.example/2) 21 Nov"},
		{ShowTimeline, "en", "- **from 23 November 2026** · Airport closed to airliners · Vanuatu · [Pacific Wire](https://wire.example/2) 21 Nov"},
		{ShowPledges, "fr", "- **États-Unis** · Troupes · refusé · bénéficiaire : Vanuatu · [Island Radio](https://facts.example/v1/headlines/radio-1?format=text) 22 nov. (selon Pentagon)"},
		{ShowTimeline, "ar", "- **ديسمبر 2026** · \u2068Rebuilding begins\u2069 · فانواتو ونيوزيلندا · [\u2068Pacific Wire\u2069](https://wire.example/2) 21 نوفمبر (بحسب \u2068Prime Minister\u2069)"},
	} {
		m, err := Markdown(story, Options{Show: c.show, Language: tongue(t, c.tag), Site: site})
		if err != nil {
			t.Fatal(err)
		}
		checkMarkdown(t, m)
		if !strings.Contains(string(m), "\n"+c.line+"\n") && !strings.HasPrefix(string(m), c.line+"\n") {
			t.Errorf("%s in %s has no line\n%s\nit is\n%s", c.show, c.tag, c.line, m)
		}
	}
}

// TestMarkdownText proves that documents' words come out of a reader of Markdown as they went in.
func TestMarkdownText(t *testing.T) {
	for _, attack := range attacks {
		m, err := Markdown(filled(t, attack), Options{Show: ShowTimeline, Language: tongue(t, "en"), Site: site})
		if err != nil {
			t.Fatal(err)
		}
		want := clean(attack, maxTitle)
		var b strings.Builder
		for n := checkMarkdown(t, m).FirstChild().FirstChild(); n != nil; n = n.NextSibling() {
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				b.Write(c.(*ast.Text).Value(m))
			}
		}
		if got := unescape(strings.NewReplacer("\u2068", "", "\u2069", "").Replace(b.String())); got != "Factbox – "+want {
			t.Errorf("%.80q reads %.80q", want, got)
		}
	}
}

// unescape takes the backslashes out, as a renderer does.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
