package widget

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/summary"
)

// attacks are texts that somebody may put into a headline, a name or a label.
var attacks = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`</style><script>alert(1)</script>`,
	`</title></head><body onload=alert(1)>`,
	`</template></fact-box><iframe src=javascript:alert(1)>`,
	`</svg><svg onload=alert(1)>`,
	`<!-- ]]> --> <![CDATA[ x ]]>`,
	`{{.}} {{template "box"}} ${x} <%= x %>`,
	`javascript:alert(1)`,
	`&lt;b&gt; &amp; &#x202e; &quot;`,
	"\u202eright to left\u202c \u2066isolated\u2069 \u200f",
	"a\x00b\x08c\x1b]0;d\x07e\x7ff",
	"line\nbreak\r\n\r\n# heading\n- item\n\tcode\u2028\u2029",
	"[link](https://evil.example) ![image](https://evil.example/x.png) <https://evil.example>",
	"https://evil.example www.evil.example evil@evil.example mailto:evil@evil.example",
	"**bold** _em_ `code` ~~gone~~ # heading | table | \\ \\[",
	"](https://evil.example) [x]: https://evil.example",
	"```\ncode\n``` <details> &nbsp;",
	"انفجار في <b>بيروت</b> (12)",
	"👩\u200d🚒🇻🇺 ❤\ufe0f\u200d🔥",
	"\xff\xfe\xc0\xaf",
	"=cmd|' /C calc'!A0",
	strings.Repeat("a", 10_000),
	strings.Repeat("<b>x</b> ", 2_000),
	strings.Repeat("\u202e", 500) + strings.Repeat("e\u0301", 5_000),
}

// skeleton is the elements and attributes of a page without what they say.
func skeleton(t testing.TB, page []byte) string {
	var b strings.Builder
	for _, n := range check(t, page) {
		b.WriteString("<" + n.Data)
		for _, a := range n.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString(">\n")
	}
	return b.String()
}

// TestHostile proves that no text adds to a page, or takes from it, an element or an attribute.
func TestHostile(t *testing.T) {
	plain := filled(t, "plain words")
	for _, show := range Shows {
		o := Options{Show: show, Language: tongue(t, "en"), Site: site}
		onPage, inElement := skeleton(t, page(t, plain, o)), skeleton(t, element(t, plain, o))
		for _, text := range attacks {
			hostile := filled(t, text)
			if skeleton(t, page(t, hostile, o)) != onPage || skeleton(t, element(t, hostile, o)) != inElement {
				t.Errorf("%s of %.60q has other elements", show, text)
			}
		}
	}
}

// TestHostileShown proves that what is hostile is still shown as the text that it is, isolated from ours.
func TestHostileShown(t *testing.T) {
	for _, text := range attacks {
		p := page(t, filled(t, text), Options{Show: ShowTimeline, Language: tongue(t, "en"), Site: site})
		found := false
		for _, n := range nodes(t, p) {
			found = found || n.Data == "bdi" && n.FirstChild != nil && n.FirstChild.Data == clean(text, maxTitle)
		}
		if !found {
			t.Errorf("%.60q is not shown as it is", text)
		}
	}
}

// hostileStory has an attack where no document's words stand: in codes, ids, kinds and dates, as a store gone wrong may tell them.
func hostileStory(t testing.TB, text string) []byte {
	story := filled(t, text)
	story.Story, story.Title = text, ""
	for i := range story.Casualties {
		c := &story.Casualties[i]
		c.Place, c.BestBecause, c.Effect = &text, text, fact.Effect(text)
		c.Disputes = append(c.Disputes, c.Disputes...)
		for j := range c.Reports {
			scope := fact.Scope(text)
			c.Reports[j].Document, c.Reports[j].Casualty.Scope = text, &scope
		}
	}
	for i := range story.Dates {
		story.Dates[i].Date = fact.EDTF(text)
		story.Dates[i].Participants = []string{text, text}
	}
	for i := range story.Pledges {
		d := &story.Pledges[i]
		d.Country, d.Name = text, text
		for j := range d.Support {
			s := &d.Support[j]
			s.Type, s.Recipient, s.Place, s.Amount = fact.SupportType(text), &text, &text, &fact.Money{Value: 1e300, Currency: text}
			if j == 0 {
				s.Status = fact.Status(text)
			}
		}
	}
	story.NotStated = append(story.NotStated, fact.Effect(text))
	story.LatestPublished = fact.EDTF(text)
	b, err := json.Marshal(story)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// decoded reads a story, or gives nil for what is none: where a report is not of the kind that its group is.
func decoded(data []byte) *summary.Story {
	var story summary.Story
	if json.Unmarshal(data, &story) != nil {
		return nil
	}
	for _, c := range story.Casualties {
		if slices.ContainsFunc(c.Reports, func(f fact.Fact) bool { return f.Casualty == nil }) {
			return nil
		}
	}
	for _, d := range story.Dates {
		if slices.ContainsFunc(d.Reports, func(f fact.Fact) bool { return f.Date == nil }) {
			return nil
		}
	}
	for _, d := range story.Pledges {
		for _, s := range d.Support {
			if slices.ContainsFunc(s.Reports, func(f fact.Fact) bool { return f.Pledge == nil }) {
				return nil
			}
		}
	}
	return &story
}

// everyForm makes all that the package makes of a story in one view and language, and checks it.
func everyForm(t *testing.T, data []byte, show Show, tag string) {
	story := decoded(data)
	if story == nil {
		return
	}
	o := Options{Show: show, Language: tongue(t, tag), Site: site}
	check(t, page(t, *story, o))
	check(t, element(t, *story, o))
	m, err := Markdown(*story, o)
	if err != nil {
		t.Fatal(err)
	}
	checkMarkdown(t, m)
	j, err := JSONLD(*story, o)
	if err != nil {
		t.Fatal(err)
	}
	checkJSONLD(t, j)
	d, err := Drawer{}.Missing(story.Story, o)
	if err != nil {
		t.Fatal(err)
	}
	check(t, d.HTML)
}

func TestHostileStore(t *testing.T) {
	for _, text := range attacks {
		data := hostileStory(t, text)
		for _, show := range Shows {
			everyForm(t, data, show, "ar")
		}
	}
}

func FuzzStory(f *testing.F) {
	whole, err := json.Marshal(quake(f).sum())
	if err != nil {
		f.Fatal(err)
	}
	for view := range uint8(8) {
		f.Add(whole, view)
	}
	f.Fuzz(func(t *testing.T, data []byte, view uint8) {
		everyForm(t, data, Shows[view%4], language.Tags()[view/4%2])
	})
}

// FuzzText puts any text everywhere.
func FuzzText(f *testing.F) {
	for i, text := range attacks[:len(attacks)-3] {
		f.Add(text, uint8(i))
	}
	f.Fuzz(func(t *testing.T, text string, view uint8) {
		everyForm(t, hostileStory(t, text), Shows[view%4], language.Tags()[view/4%2])
	})
}

// parsedScript is the text of a script element that holds the data, as a browser would read it.
func parsedScript(t testing.TB, data []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader([]byte(`<script type="application/ld+json">` + string(data) + `</script>`)))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data == "script" && n.FirstChild != nil {
			return n.FirstChild.Data
		}
	}
	return ""
}
