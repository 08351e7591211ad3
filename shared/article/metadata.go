package article

import (
	"encoding/json"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// article makes an article of what the page says of itself, each from the first that states it: JSON-LD (schema.org), Open
// Graph and article: properties, other meta names in use. Its headline is JSON-LD's alone: see shareTitle.
func (p *page) article() *Article {
	a := new(Article)
	for _, text := range p.jsonLD {
		var v any
		if json.Unmarshal([]byte(text), &v) == nil {
			if object := newsObject(v, 0); object != nil {
				a.schema(object)
				break
			}
		}
	}
	fill(&a.Publisher, p.meta["og:site_name"], p.meta["dc.publisher"], p.meta["publisher"], p.meta["application-name"])
	fill(&a.URL, webAddress(p.canonical), webAddress(p.meta["og:url"]))
	if len(a.Byline) == 0 {
		for _, author := range [...]string{p.meta["author"], p.meta["article:author"], p.meta["parsely-author"], p.meta["dc.creator"], p.meta["byl"]} {
			if names, ok := byline(author); ok {
				a.Byline = names
				break
			}
			if names, ok := namesIn(author); ok {
				a.Byline = names
				break
			}
		}
	}
	for _, name := range [...]string{"article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
		"publish-date", "publication_date", "date", "dc.date.issued", "dc.date", "dcterms.date", "dcterms.issued", "sailthru.date", "article.published"} {
		if a.Published == "" {
			a.Published = statedDay(p.meta[name])
		}
	}
	return a
}

// shareTitle is the title under which the page wants to be shared or listed, without the publisher's name at its end. It is
// often shorter than the headline, or another one, and so stands back behind it. A title that only names the site is none.
func (p *page) shareTitle(publisher string) string {
	for _, title := range [...]string{p.meta["og:title"], p.meta["twitter:title"], p.meta["headline"], p.meta["dc.title"], p.title} {
		for _, separator := range [...]string{" | ", " - ", " – ", " — ", " :: "} {
			if i := strings.LastIndex(title, separator); i > 0 && publisher != "" && plainWords(title[i:]) == plainWords(publisher) {
				title = strings.TrimSpace(title[:i])
			}
		}
		if title != "" && plainWords(title) != plainWords(publisher) {
			return title
		}
	}
	return ""
}

func fill(field *string, values ...string) {
	for _, v := range values {
		if *field == "" {
			*field = foldSpace(v)
		}
	}
}

// webAddress gives an absolute http or https URL, or nothing.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// articleTypes are the schema.org types of which a page holds one as its article.
var articleTypes = []string{"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
	"AskPublicNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "Report"}

// newsObject finds the article in JSON-LD: the object itself, in an array, or in @graph.
func newsObject(v any, depth int) map[string]any {
	const deepest = 4
	if depth > deepest {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			if found := newsObject(item, depth+1); found != nil {
				return found
			}
		}
	case map[string]any:
		for _, name := range texts(v["@type"]) {
			if slices.Contains(articleTypes, strings.TrimPrefix(strings.TrimPrefix(name, "https://schema.org/"), "http://schema.org/")) {
				return v
			}
		}
		for _, key := range [...]string{"@graph", "mainEntity"} {
			if found := newsObject(v[key], depth+1); found != nil {
				return found
			}
		}
	}
	return nil
}

// schema fills the article from a schema.org object.
func (a *Article) schema(object map[string]any) {
	fill(&a.Headline, append(texts(object["headline"]), texts(object["name"])...)...)
	fill(&a.Publisher, texts(object["publisher"])...)
	for _, name := range texts(object["author"]) {
		if names, ok := namesIn(name); ok {
			a.Byline = append(a.Byline, names...)
		}
	}
	for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
		for _, s := range texts(object[key]) {
			fill(&a.URL, webAddress(s))
		}
	}
	for _, s := range texts(object["datePublished"]) {
		if a.Published == "" {
			a.Published = statedDay(s)
		}
	}
}

// texts gives the strings of a JSON-LD value: itself, the names or addresses of objects, or those of a list.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		for _, key := range [...]string{"name", "url", "@id", "@value"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
	case []any:
		var all []string
		for _, item := range v {
			if _, nested := item.([]any); !nested {
				all = append(all, texts(item)...)
			}
		}
		return all
	}
	return nil
}

// statedDay gives the day of a date or time as it is written, in its own zone, or nothing when it is not clear.
func statedDay(s string) fact.EDTF {
	s = strings.TrimSpace(s)
	if len(s) >= len("2006-01-02") && (len(s) == 10 || strings.ContainsAny(s[10:11], "T ")) {
		if day, err := fact.ParseEDTF(s[:10]); err == nil && day.Day() {
			return day
		}
	}
	if len(s) == len("20060102") || len(s) > 8 && s[8] == 'T' {
		if day, ok := calendarDay(s[:4], s[4:6], s[6:8]); ok {
			return day
		}
	}
	if t, err := mail.ParseDate(s); err == nil {
		return fact.EDTF(t.Format("2006-01-02"))
	}
	if stamps, ok := dateLine(s); ok && len(stamps) == 1 {
		return stamps[0].day
	}
	return ""
}

// timeOf gives the day of the time element between the headline and the prose, of the one marked as the publication, or of
// the only one there is.
func (p *page) timeOf(blocks []htmlBlock) fact.EDTF {
	from, to := -1, -1
	for i := range blocks {
		b := &blocks[i]
		if b.block.role == Headline && from < 0 {
			from = b.first
		}
		if b.prose() && to < 0 && b.block.role == "" {
			to = b.first
		}
	}
	for _, in := range [...]func(timed) bool{
		func(t timed) bool { return t.published && t.run <= to },
		func(t timed) bool { return t.run >= from && t.run <= to },
		func(t timed) bool { return t.published },
		func(timed) bool { return true },
	} {
		var day fact.EDTF
		several := false
		for _, t := range p.times {
			if d := statedDay(t.datetime); in(t) && d != "" {
				several = several || day != "" && d != day
				day = d
			}
		}
		if several {
			return ""
		}
		if day != "" {
			return day
		}
	}
	return ""
}
