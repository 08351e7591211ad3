package widget

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// The most groups of each kind, and the most sources, that JSON-LD and Markdown have.
const (
	linkedGroups  = 20
	linkedSources = 60
)

// node is an object of JSON-LD.
type node map[string]any

// with sets a property, unless there is nothing to say.
func (n node) with(name string, value any) node {
	switch v := value.(type) {
	case string:
		if v == "" {
			return n
		}
	case []node:
		if len(v) == 0 {
			return n
		}
	case node:
		if len(v) == 0 {
			return n
		}
	case *int64:
		if v == nil {
			return n
		}
	}
	n[name] = value
	return n
}

// JSONLD says a story in the vocabulary of schema.org: a NewsArticle about Events, with an Observation (a QuantitativeValue)
// for each toll that states value, minValue and maxValue only where the documents do, and the sources as its citations. The
// text can stand inside <script type="application/ld+json"> as it is: <, >, & and the line separators are escaped.
func JSONLD(story summary.Story, o Options) ([]byte, error) {
	f, err := newFrame(story, o)
	if err != nil {
		return nil, err
	}
	here := f.Embed(ShowSummary)
	l := linker{writer: f.writer, sources: make(map[string]string), known: make(map[string]node)}
	article := node{"@context": "https://schema.org", "@type": "NewsArticle", "headline": f.Title, "inLanguage": f.L.Tag()}.
		with("url", here).
		with("datePublished", isoDate(story.FirstPublished)).
		with("dateModified", isoDate(story.LatestPublished)).
		with("publisher", node{"@type": "Organization", "name": "Factbox"}.with("url", f.site)).
		with("citation", l.citations(story.Sources)).
		with("mentions", l.observations(story)).
		with("about", l.events)
	b, err := json.Marshal(article)
	if err != nil {
		return nil, fmt.Errorf("write JSON-LD of story %q: %w", story.Story, err)
	}
	return b, nil
}

// linker makes the nodes of one document and knows their ids.
type linker struct {
	*writer
	sources map[string]string // the @id of a document
	events  []node
	known   map[string]node // the events by name and dates
}

func (l *linker) citations(sources []fact.Source) []node {
	var all []node
	for i, s := range sources[:min(len(sources), linkedSources)] {
		id := "_:source" + strconv.Itoa(i+1) // a blank node: two of our texts on one page do not meet
		l.sources[s.Document] = id
		n := node{"@type": "NewsArticle", "@id": id}.
			with("headline", clean(s.Headline, maxTitle)).
			with("datePublished", isoDate(s.Published)).
			with("url", l.address(s)).
			with("publisher", organization(s.Publisher))
		if s.Origin != s.Publisher {
			n.with("sourceOrganization", organization(s.Origin)) // the agency whose copy it is
		}
		all = append(all, n)
	}
	return all
}

func organization(name string) node {
	if name = clean(name, maxName); name == "" {
		return nil
	}
	return node{"@type": "Organization", "name": name}
}

// observations says the tolls and what is not stated, and gathers the events that they and the dates are about.
func (l *linker) observations(story summary.Story) []node {
	var all []node
	tolls, _ := heaviest(story.Casualties, linkedGroups, func(t summary.Toll) int { return len(t.Reports) + t.MoreReports })
	for _, t := range tolls {
		event := l.event(clean(t.Event, maxEvent), t.Place, t.Date, nil)
		low, high := bounds(t)
		row := l.tollRow(t)
		said := []string{row.Because}
		for _, d := range row.Disputes {
			said = append(said, strings.TrimSpace(d.Count+" "+d.By.String()))
		}
		n := l.observation(t.Effect).
			with("observationAbout", event).
			with("minValue", low).
			with("maxValue", high).
			with("unitText", "people").
			with("description", strings.Join(said, "; ")).
			with("subjectOf", l.sourcesOf(t.Reports))
		if t.Best != nil {
			n.with("value", t.Best)
		} else {
			n.with("value", figuresText(row.Figures))
		}
		all = append(all, n)
	}
	for _, e := range story.NotStated {
		all = append(all, l.observation(e).with("description", l.L.Text("not_stated")))
	}
	dates, _ := heaviest(story.Dates, linkedGroups, func(o summary.Occurrence) int { return len(o.Reports) + o.MoreReports })
	for _, o := range dates {
		l.event(clean(o.Event, maxEvent), nil, &o.Date, o.Reports)
	}
	return all
}

func (l *linker) observation(e fact.Effect) node {
	return node{"@type": []string{"Observation", "QuantitativeValue"}}.
		with("variableMeasured", node{"@type": "PropertyValue", "propertyID": clean(string(e), maxName), "name": l.effect(e)})
}

// bounds gives the least and the greatest number reported, unless a report leaves that side open: "at least 45" is no maximum.
func bounds(t summary.Toll) (low, high *int64) {
	low, high = t.Low, t.High
	for _, f := range t.Reports {
		switch {
		case denied(f):
		case f.Casualty.Count.Modifier == fact.AtLeast:
			high = nil
		case f.Casualty.Count.Modifier == fact.AtMost:
			low = nil
		}
	}
	return low, high
}

// event refers to an event, which is told once.
func (l *linker) event(name string, code *string, date *fact.EDTF, reports []fact.Fact) node {
	n := node{"@type": "Event"}.with("name", name)
	if date != nil {
		from, to, _ := strings.Cut(string(*date), "/")
		if _, _, ok := date.Bounds(); ok {
			n.with("startDate", strings.TrimPrefix(from, "..")).with("endDate", strings.TrimPrefix(to, ".."))
		}
	}
	key := fmt.Sprint(n) // maps are printed in the order of their keys
	country := l.place(code)
	if len(n) == 1 && country == "" {
		return nil
	}
	if l.known[key] == nil {
		l.known[key] = n.with("@id", "_:event"+strconv.Itoa(len(l.events)+1))
		l.events = append(l.events, n)
	}
	if n = l.known[key]; country != "" && n["location"] == nil {
		n.with("location", node{"@type": "Place", "name": country}.with("identifier", clean(*code, maxName)))
	}
	if n["subjectOf"] == nil {
		n.with("subjectOf", l.sourcesOf(reports))
	}
	return node{"@id": n["@id"]}
}

// sourcesOf refers to the documents of reports.
func (l *linker) sourcesOf(reports []fact.Fact) []node {
	var all []node
	seen := make(map[string]bool)
	for _, f := range reports {
		if id := l.sources[f.Document]; id != "" && !seen[id] {
			seen[id] = true
			all = append(all, node{"@id": id})
		}
	}
	return all
}

// isoDate is a day, month or year as ISO 8601 has it; empty for intervals and what is unknown.
func isoDate(d fact.EDTF) string {
	if _, _, ok := d.Bounds(); !ok || strings.Contains(string(d), "/") {
		return ""
	}
	return string(d)
}

// figuresText says figures in one line.
func figuresText(figures []figure) string {
	var said []string
	for _, f := range figures {
		said = append(said, f.Text+f.Said)
	}
	return strings.Join(said, "; ")
}
