package front

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"factbox/shared/language"
	"factbox/shared/oembed"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

// choice is a set of which one is chosen.
type choice struct {
	Name, Label string
	Options     []option
}

type option struct {
	Value, Label string
	Chosen       bool
	Language     string // of the label; empty: the page's
}

// chosen is a story with its widgets.
type chosen struct {
	Story, Title string
	Widgets      []card
}

// card is a widget and the code that puts it on a page.
type card struct {
	Show    widget.Show
	Label   string
	Says    string
	Element template.HTML
	Code    string
}

// forms are the ways to put a widget on a page.
var forms = []option{
	{Value: "element", Label: "element and script"},
	{Value: "iframe", Label: "frame"},
	{Value: "oembed", Label: "address (oEmbed)"},
}

// cards are the widgets in their order.
var cards = []card{
	{Show: widget.ShowSummary, Label: "Summary", Says: "The whole box at a glance: figures, days, and who promised what."},
	{Show: widget.ShowCasualties, Label: "Casualties", Says: "Every toll as it was stated, low to high, with what disputes it and what nobody stated."},
	{Show: widget.ShowTimeline, Label: "Timeline", Says: "What happened when, as precisely as it is known."},
	{Show: widget.ShowPledges, Label: "Pledges", Says: "Which country supports whom, with what, and how firmly."},
}

// choosing is what the page was asked to show.
type choosing struct{ story, lang, theme, form string }

// longestStory is how long the id of a story can be, in bytes.
const longestStory = 128

// choose reads a query. What is not offered is as if it were not asked for.
func choose(q url.Values) choosing {
	c := choosing{story: q.Get("story"), lang: q.Get("lang"), theme: q.Get("theme"), form: q.Get("code")}
	if len(c.story) > longestStory {
		c.story = ""
	}
	if !slices.Contains(language.Tags(), c.lang) {
		c.lang = language.Tags()[0]
	}
	if !slices.Contains(widget.Themes, widget.Theme(c.theme)) {
		c.theme = string(widget.Themes[0])
	}
	if !slices.ContainsFunc(forms, func(o option) bool { return o.Value == c.form }) {
		c.form = forms[0].Value
	}
	return c
}

// of is the same choice for another story.
func (c choosing) of(story string) choosing {
	c.story = story
	return c
}

// query is what asks the page for this choice; what is chosen anyway is left out.
func (c choosing) query() string {
	q := url.Values{"story": {c.story}}
	for name, v := range map[string][2]string{"lang": {c.lang, language.Tags()[0]}, "theme": {c.theme, string(widget.Themes[0])}, "code": {c.form, forms[0].Value}} {
		if v[0] != v[1] {
			q.Set(name, v[0])
		}
	}
	return q.Encode()
}

// choices are the selects above the widgets.
func (c choosing) choices() ([]choice, error) {
	languages := choice{Name: "lang", Label: "Language"}
	for _, tag := range language.Tags() {
		l, err := language.Get(tag)
		if err != nil {
			return nil, err
		}
		languages.Options = append(languages.Options, option{Value: tag, Label: l.Name(), Language: tag, Chosen: tag == c.lang})
	}
	themes := choice{Name: "theme", Label: "Theme"}
	for i, t := range widget.Themes {
		label := string(t)
		if i == 0 {
			label = "as the reader's"
		}
		themes.Options = append(themes.Options, option{Value: string(t), Label: label, Chosen: string(t) == c.theme})
	}
	codes := choice{Name: "code", Label: "Code"}
	for _, f := range forms {
		f.Chosen = f.Value == c.form
		codes.Options = append(codes.Options, f)
	}
	return []choice{languages, themes, codes}, nil
}

// widgets shows a story in each view.
func (c choosing) widgets(site string, story summary.Story) (*chosen, error) {
	l, err := language.Get(c.lang)
	if err != nil {
		return nil, err
	}
	shown := &chosen{Story: story.Story, Title: oembed.Plain(cmp.Or(story.Title, story.Story))}
	for _, w := range cards {
		element, err := widget.Drawer{}.Element(story, widget.Options{Show: w.Show, Theme: widget.Theme(c.theme), Language: l, Site: site})
		if err != nil {
			return nil, fmt.Errorf("showing the widget %s: %w", w.Show, err)
		}
		w.Element = template.HTML(element) // of package widget, which has escaped it
		if w.Code, err = c.code(site, shown.Title, w.Show); err != nil {
			return nil, fmt.Errorf("writing the code of the widget %s: %w", w.Show, err)
		}
		shown.Widgets = append(shown.Widgets, w)
	}
	return shown, nil
}

// snippets are the code that an editor pastes, by its form. Both scripts are one; without it the first is a link, and the second
// as high as it says.
var snippets = template.Must(template.New("").Parse(`
{{- define "element"}}<script src="{{.Site}}/widget.js" async></script>
<fact-box story="{{.Story}}" show="{{.Show}}"{{with .Lang}} lang="{{.}}"{{end}}{{with .Theme}} theme="{{.}}"{{end}}>
  <a href="{{.Address}}">Factbox: {{.Title}}</a>
</fact-box>{{end}}
{{- define "iframe"}}<iframe src="{{.Address}}" title="Factbox: {{.Title}}"
  width="100%" height="480" frameborder="0" loading="lazy"></iframe>
<script src="{{.Site}}/widget.js" async></script>{{end}}
`))

// code is what to paste for a view.
func (c choosing) code(site, title string, show widget.Show) (string, error) {
	q := url.Values{"show": {string(show)}}
	snippet := struct{ Site, Story, Title, Show, Lang, Theme, Address string }{Site: site, Story: c.story, Title: title, Show: string(show)}
	if c.lang != language.Tags()[0] {
		snippet.Lang = c.lang
		q.Set("lang", c.lang)
	}
	if c.theme != string(widget.Themes[0]) {
		snippet.Theme = c.theme
		q.Set("theme", c.theme)
	}
	snippet.Address = site + "/embed/" + url.PathEscape(c.story) + "?" + q.Encode()
	if c.form == "oembed" {
		return snippet.Address, nil
	}
	var b strings.Builder
	err := snippets.ExecuteTemplate(&b, c.form, snippet)
	return b.String(), err
}
