package widget

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/summary"
)

// writer says things in a language, with the sources of one story at hand.
type writer struct {
	L       *language.Language
	site    string
	sources map[string]fact.Source
	story   string
	latest  fact.EDTF // the newest publication
}

func newWriter(story summary.Story, o Options) *writer {
	w := &writer{L: o.Language, site: strings.TrimRight(o.Site, "/"), sources: make(map[string]fact.Source), story: story.Story, latest: story.LatestPublished}
	for _, s := range story.Sources {
		w.sources[s.Document] = s
	}
	return w
}

// when is a date in words with its machine-readable value.
type when struct {
	Value string // as <time> takes it, or an EDTF interval; empty where no date is stated
	Time  bool   // a day, a month or a year, which is what <time> can say
	Text  string
}

func (w *writer) when(d fact.EDTF) when {
	if _, _, ok := d.Bounds(); !ok {
		return when{Text: w.L.Text("date.unknown")}
	}
	return when{Value: string(d), Time: !strings.Contains(string(d), "/"), Text: w.L.Date(d)}
}

// brief is a day of publication, which goes without the year that the newest document appeared in: it stands above.
func (w *writer) brief(d fact.EDTF) when {
	b := w.when(d)
	if latest, _, ok := w.latest.Bounds(); ok && d.Day() && strings.HasPrefix(string(d), latest[:5]) {
		b.Text = w.L.ShortDate(d)
	}
	return b
}

// phrase is a label around something that is not ours to word: Before and After are the label's, Said the document's.
type phrase struct{ Before, Said, After string }

func (p phrase) String() string { return p.Before + p.Said + p.After }

// phrase fills the one place of a label with a document's words.
func (w *writer) phrase(key, place, said string, limit int) phrase {
	before, after, _ := strings.Cut(w.L.Text(key), "{"+place+"}")
	return phrase{before, cmp.Or(clean(said, limit), w.L.Text("unknown")), after}
}

// citation names a document and links to it.
type citation struct {
	Href      string
	Name      string // the publisher, and in brackets the agency whose copy it is
	Published when
	Speakers  []phrase // whom the document quotes
	Disputed  bool     // they deny or dispute it
	Corrected string   // that the fact which is cited was corrected by an editor, in words
}

// join takes in another citation of the same document, and reports whether it could.
func (c *citation) join(d citation) bool {
	if c.Href != d.Href || c.Name != d.Name || c.Disputed != d.Disputed {
		return false
	}
	for _, s := range d.Speakers {
		if !slices.Contains(c.Speakers, s) {
			c.Speakers = append(c.Speakers, s)
		}
	}
	c.Corrected = cmp.Or(c.Corrected, d.Corrected)
	return true
}

func (w *writer) cite(f fact.Fact) citation {
	s := w.sources[f.Document]
	publisher, origin := clean(s.Publisher, maxName), clean(s.Origin, maxName)
	c := citation{
		Href:      w.address(fact.Source{Document: f.Document, URL: s.URL}),
		Name:      cmp.Or(publisher, origin, clean(s.Headline, maxName), clean(f.Document, maxName), w.L.Text("unknown")),
		Published: w.brief(s.Published),
		Disputed:  denied(f),
	}
	if f.Review == fact.Corrected {
		c.Corrected = w.L.Text("corrected")
	}
	if f.Attribution != nil {
		c.Speakers = []phrase{w.speaker(*f.Attribution)}
	}
	if publisher != "" && origin != "" && !strings.EqualFold(origin, publisher) {
		c.Name += " (" + origin + ")"
	}
	return c
}

// address is where a document is to be read, or where we say what we know of it.
func (w *writer) address(s fact.Source) string {
	return cmp.Or(web(s.URL), w.site+"/v1/headlines/"+url.PathEscape(s.Document)+"?format=text")
}

// web gives a link that leads to a web page, in a form that can stand in any markup; empty for anything else.
func web(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return escapeURL(u.String())
}

// escapeURL percent-encodes all that could end a link in HTML, Markdown or plain text.
func escapeURL(address string) string {
	var b strings.Builder
	for _, c := range []byte(address) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~:/?#[]@!$&*+,;=%", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// maxCited is how many sources a statement names. The others are counted and linked.
const maxCited = 5

// cited are the sources of a statement.
type cited struct {
	List []citation
	More *more // those that are not named
}

// cites names the documents of reports, each once, and counts the reports that are left out. list is where all are.
func (w *writer) cites(reports []fact.Fact, left int, list string) cited {
	var c cited
	for _, f := range reports {
		one := w.cite(f)
		joined := false
		for i := range c.List {
			joined = joined || c.List[i].join(one)
		}
		switch {
		case joined:
		case len(c.List) < maxCited:
			c.List = append(c.List, one)
		default:
			left++
		}
	}
	c.More = w.more(left, list)
	return c
}

// more links to what is left out.
type more struct{ Text, Href string }

func (w *writer) more(n int, href string) *more {
	if n <= 0 {
		return nil
	}
	return &more{w.L.Plural("more", int64(n)), href}
}

// list is the address of a list of the story's groups.
func (w *writer) list(resource string) string {
	return w.site + "/v1/" + resource + "?" + url.Values{"story": {w.story}}.Encode()
}

// place names a country or organisation, if there is one.
func (w *writer) place(code *string) string {
	if code == nil || *code == "" {
		return ""
	}
	return cmp.Or(clean(w.L.Place(*code), maxName), w.L.Text("unknown"))
}

// speaker says who states, denies or disputes something.
func (w *writer) speaker(a fact.Attribution) phrase {
	stance := a.Stance
	if !slices.Contains([]fact.Stance{fact.Asserts, fact.Confirms, fact.Denies, fact.Disputes}, stance) {
		stance = fact.Asserts
	}
	return w.phrase("stance."+string(stance), "speaker", a.Speaker, maxName)
}

// denied reports whether the speaker denies or disputes what the fact says.
func denied(f fact.Fact) bool {
	return f.Attribution != nil && (f.Attribution.Stance == fact.Denies || f.Attribution.Stance == fact.Disputes)
}
