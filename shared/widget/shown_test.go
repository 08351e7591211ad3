package widget

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// row finds the list item or table row that says something first.
func row(t *testing.T, page []byte, says string) string {
	t.Helper()
	var found string
	for _, n := range nodes(t, page) {
		if part, _ := attr(n, "part"); part == "row" && found == "" && strings.Contains(content(n), says) {
			found = content(n)
		}
	}
	return found
}

// TestShown holds the views to the three promises: each figure with its source and its day, what is not stated said, disputes
// shown, words that are no number left as words.
func TestShown(t *testing.T) {
	story := quake(t).sum()
	for _, c := range []struct {
		show     Show
		tag, row string // the row that says this
		says     []string
	}{
		// figures, each with its sources
		{ShowCasualties, "en", "Killed", []string{"1,047", "newest exact total, 1 origin", "reports from 45 to 1,047", "Vanuatu · 18 November 2026"}},
		{ShowCasualties, "en", "Killed", []string{"1,047 people · total Pacific Wire 21 Nov", "45 people · total", "Port Vila Herald (Pacific Wire) 19 Nov"}},
		{ShowCasualties, "en", "Killed", []string{"6 children · part of the total", "The quake killed 45 people in the town"}},
		{ShowCasualties, "fr", "Morts", []string{"1 047", "total exact le plus récent, 1 origine"}},
		{ShowSummary, "en", "Killed", []string{"1,047", "Pacific Wire 21 Nov", "Port Vila Herald (Pacific Wire) 19 Nov"}},
		// who says so, and who says not
		{ShowCasualties, "en", "Killed", []string{"according to disaster office", "corrected", "the mayor denies this Island Radio 22 Nov"}},
		{ShowSummary, "en", "Killed", []string{"corrected", "1,047 · the mayor denies this Island Radio 22 Nov"}},
		{ShowTimeline, "en", "Second tremor", []string{"the mayor disputes this"}},
		// no number where there is none
		{ShowCasualties, "en", "Missing", []string{"dozens people", "No exact total stated"}},
		{ShowCasualties, "ar", "مفقودون", []string{"dozens people"}},
		{ShowCasualties, "en", "Evacuated", []string{"at least 300 people"}},
		{ShowCasualties, "en", "Displaced", []string{"about 1,200 people"}},
		{ShowCasualties, "fr", "Personnes détenues", []string{"de 12 à 15 looters"}},
		{ShowCasualties, "en", "Injured", []string{"not stated"}},
		{ShowSummary, "fr", "Blessés", []string{"non précisé"}},
		// dates as exact as they are stated
		{ShowTimeline, "en", "Search of the collapsed market", []string{"19–24 November 2026", "Vanuatu and Australia"}},
		{ShowTimeline, "en", "Swarm of small tremors", []string{"until 10 November 2026"}},
		{ShowTimeline, "en", "Airport closed", []string{"from 23 November 2026"}},
		{ShowTimeline, "en", "Rebuilding begins", []string{"December 2026", "according to Prime Minister"}},
		{ShowTimeline, "en", "Ambrym", []string{"26 November 1999", "background"}},
		{ShowTimeline, "ar", "Ambrym", []string{"26 نوفمبر 1999"}},
		// support with its status, what it depends on, and what it was before
		{ShowPledges, "en", "NZ$5,000,000", []string{"Financial aid", "considered", "condition: provided cabinet approves", "Vanuatu", "Pacific Wire 21 Nov"}},
		{ShowPledges, "en", "rescue teams", []string{"2 rescue teams", "delivered", "before that pledged (19 November 2026)"}},
		{ShowPledges, "en", "Naval support", []string{"committed", "Vanuatu", "in New Caledonia"}},
		{ShowPledges, "en", "Troops", []string{"declined", "according to Pentagon"}},
		{ShowSummary, "en", "New Zealand Financial aid", []string{"NZ$5,000,000 · considered · for Vanuatu · condition: provided cabinet approves", "Pacific Wire 21 Nov"}},
	} {
		p := page(t, story, Options{Show: c.show, Language: tongue(t, c.tag), Site: site})
		got := row(t, p, c.row)
		for _, s := range c.says {
			if !strings.Contains(strings.ToLower(got), strings.ToLower(s)) {
				t.Errorf("%s in %s: %q does not say %q", c.show, c.tag, got, s)
			}
		}
	}
}

// TestSourced proves that no fact stands without a source.
func TestSourced(t *testing.T) {
	story := quake(t).sum()
	each(t, func(t *testing.T, o Options) {
		for _, n := range nodes(t, page(t, story, o)) {
			class, _ := attr(n, "class")
			if part, _ := attr(n, "part"); part == "row" && !strings.Contains(class, "unknown") && !hasSource(n) {
				t.Errorf("no source for %q", content(n))
			}
		}
	})
}

func hasSource(n *html.Node) bool {
	for d := range n.Descendants() {
		if part, _ := attr(d, "part"); part == "source" {
			return true
		}
	}
	return false
}

// TestLinks holds each source to lead where it can be checked.
func TestLinks(t *testing.T) {
	for _, c := range []struct{ url, want string }{
		{"https://wire.example/1", "https://wire.example/1"},
		{"http://wire.example/a?b=c&d#e", "http://wire.example/a?b=c&d#e"},
		{" https://wire.example/ ", "https://wire.example/"},
		{"https://wire.example/a(b)'c\"d<e>f g", "https://wire.example/a%28b%29%27c%22d%3Ce%3Ef%20g"},
		{"https://wire.example/\u202eé?q=\u2028a", "https://wire.example/%E2%80%AE%C3%A9?q=%E2%80%A8a"},
		{"javascript:alert(1)", ""},
		{"JaVaScRiPt://wire.example/%0aalert(1)", ""},
		{"data:text/html,<script>alert(1)</script>", ""},
		{"//wire.example/", ""},
		{"/v1/health", ""},
		{"https:wire.example", ""},
		{"https://user:password@wire.example/", ""},
		{"ftp://wire.example/", ""},
		{"https://[wire", ""},
		{"https://wire.example/\x00", ""},
		{"", ""},
	} {
		want := c.want
		if want == "" {
			want = site + "/v1/headlines/d%201?format=text"
		}
		w := &writer{site: site}
		if got := w.address(fact.Source{Document: "d 1", URL: c.url}); got != want {
			t.Errorf("%q leads to %s, want %s", c.url, got, want)
		}
	}
}

// TestOmitted shows that what a summary leaves out is counted, and linked to where it is.
func TestOmitted(t *testing.T) {
	story := quake(t).sum()
	story.Omitted = map[fact.Kind]int{fact.KindCasualty: 7, fact.KindDate: 12, fact.KindPledge: 30}
	story.Pledges[0].MoreSupport = 4 // of the 30
	story.Casualties[1].MoreReports = 3
	for _, c := range []struct {
		show Show
		want []string
	}{
		{ShowCasualties, []string{`/v1/casualties?story=luganville-quake">7 more</a>`, `/v1/casualties?story=luganville-quake">3 more</a>`}},
		{ShowTimeline, []string{`/v1/dates?story=luganville-quake">12 more</a>`}},
		{ShowPledges, []string{`/v1/pledges?story=luganville-quake">26 more</a>`, `/v1/pledges?story=luganville-quake">4 more</a>`}},
		{ShowSummary, []string{`/embed/luganville-quake?lang=en&amp;show=casualties">7 more</a>`, `/embed/luganville-quake?lang=en&amp;show=timeline">14 more</a>`}},
	} {
		p := string(page(t, story, Options{Show: c.show, Language: tongue(t, "en"), Site: site}))
		for _, want := range c.want {
			if !strings.Contains(p, want) {
				t.Errorf("%s has no %s", c.show, want)
			}
		}
	}
}

// TestScope shows a count that is no total as what it is, and a dispute of a report that is not shown with where it is.
func TestScope(t *testing.T) {
	for _, c := range []struct {
		scope fact.Scope
		want  string
	}{
		{"", "Killed 3 people quake"},
		{fact.ScopeTotal, "Killed 3 people quake"},
		{fact.ScopePart, "Killed 3 people · part of the total quake"},
		{fact.ScopeIncrement, "Killed 3 people · in addition quake"},
	} {
		in := quake(t)
		f := in.Facts[0]
		casualty := fact.Casualty{Effect: fact.Killed, Count: fact.NewCount(fact.Exact, 3, "3"), Victims: "people", Event: "quake", Scope: &c.scope}
		f.Casualty = &casualty
		in.Facts = []fact.Fact{f}
		story := in.sum()
		story.Casualties[0].Disputes = []summary.Dispute{{Speaker: "the mayor", Stance: fact.Denies, Fact: "0123", Count: "3"}}
		p := page(t, story, Options{Show: ShowCasualties, Language: tongue(t, "en"), Site: site})
		if got := row(t, p, "Killed"); !strings.HasPrefix(got, c.want) || !strings.HasSuffix(got, "3 · the mayor denies this Sources") {
			t.Errorf("%q: %q, want %q", c.scope, got, c.want)
		}
		if !strings.Contains(string(p), `href="https://facts.example/v1/facts/0123"`) {
			t.Error("the dispute leads nowhere")
		}
	}
}

// TestNothing shows a story that states nothing.
func TestNothing(t *testing.T) {
	in := quake(t)
	in.Facts = nil
	story := in.sum()
	for _, c := range []struct {
		show Show
		says []string
	}{
		{ShowSummary, []string{"Killed · not stated", "Injured · not stated", "No dates stated.", "No pledges stated."}},
		{ShowCasualties, []string{"Killed – not stated", "Injured – not stated"}},
		{ShowTimeline, []string{"No dates stated."}},
		{ShowPledges, []string{"No pledges stated."}},
	} {
		p := page(t, story, Options{Show: c.show, Language: tongue(t, "en"), Site: site})
		text := content(check(t, p)[0])
		for _, s := range c.says {
			if !strings.Contains(text, s) {
				t.Errorf("%s: %q does not say %q", c.show, text, s)
			}
		}
	}
}
