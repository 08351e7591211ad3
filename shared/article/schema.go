package article

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// articleTypes are the schema.org types of which a page holds one as its article.
var articleTypes = []string{"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
	"AskPublicNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "BlogPosting", "Report"}

func isArticleType(name string) bool {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "https://schema.org/"), "http://schema.org/")
	return slices.Contains(articleTypes, name)
}

// linkedData is the JSON-LD of a page.
type linkedData struct {
	articles []map[string]any
	named    map[string]string // names by @id: objects that others refer to
}

// deepest is how deep the article may lie in JSON-LD, and what it refers to.
const deepest = 4

// readLinked reads the JSON-LD scripts of a page; one that is broken is left out.
func readLinked(scripts []string) *linkedData {
	l := &linkedData{named: make(map[string]string)}
	for _, text := range scripts {
		var v any
		if json.Unmarshal([]byte(text), &v) == nil || json.Unmarshal([]byte(mended(text)), &v) == nil {
			l.find(v, 0)
			l.name(v, 0)
		}
	}
	return l
}

var (
	wrapping = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^\s*(?:<!--|/[/*]\s*<!\[CDATA\[(?:\s*\*/)?|<!\[CDATA\[)|(?:-->|(?:/[/*]\s*)?\]\]>(?:\s*\*/)?)\s*;?\s*$`)
	})
	lastComma = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`,(\s*[}\]])`) })
)

// mended takes off what pages wrap around JSON-LD, and takes line ends inside its strings and commas behind the last item.
func mended(text string) string {
	text = wrapping().ReplaceAllString(text, "")
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	return lastComma().ReplaceAllString(text, "$1")
}

// find collects the articles: the object itself, in an array, or in @graph.
func (l *linkedData) find(v any, depth int) {
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			l.find(item, depth+1)
		}
	case map[string]any:
		if slices.ContainsFunc(addresses(v["@type"]), isArticleType) {
			l.articles = append(l.articles, v)
			return
		}
		for _, key := range [...]string{"@graph", "mainEntity"} {
			l.find(v[key], depth+1)
		}
	}
}

// name learns the names of objects that others refer to.
func (l *linkedData) name(v any, depth int) {
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			l.name(item, depth+1)
		}
	case map[string]any:
		id, _ := v["@id"].(string)
		if name, ok := v["name"].(string); ok && id != "" && l.named[id] == "" {
			l.named[id] = name
		}
		for _, key := range [...]string{"@graph", "mainEntity", "publisher", "author"} {
			l.name(v[key], depth+1)
		}
	}
}

// news gives the article that the page is about: the one of its address, else the first.
func (l *linkedData) news(canonical string) map[string]any {
	for _, object := range l.articles {
		for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
			if canonical != "" && slices.Contains(addresses(object[key]), canonical) {
				return object
			}
		}
	}
	if len(l.articles) == 0 {
		return nil
	}
	return l.articles[0]
}

// schema fills the article from a schema.org object.
func (p *page) schema(a *Article, l *linkedData, object map[string]any) {
	fill(&a.Headline, append(l.names(object["headline"]), l.names(object["name"])...)...)
	fill(&a.Publisher, l.names(object["publisher"])...)
	if len(a.Byline) == 0 {
		for _, name := range l.names(object["author"]) {
			names, ok := byline(name)
			if !ok {
				names, ok = namesIn(name)
			}
			if ok {
				a.Byline = append(a.Byline, names...)
			}
		}
	}
	for _, key := range [...]string{"url", "mainEntityOfPage", "@id"} {
		for _, s := range addresses(object[key]) {
			fill(&a.URL, webAddress(s))
		}
	}
	for _, s := range l.names(object["datePublished"]) {
		p.stated(a, s)
	}
}

// names gives the words of a JSON-LD value: itself, the names of objects or of those they refer to, or those of a list.
// Some content systems encode them for HTML first.
func (l *linkedData) names(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{html.UnescapeString(v)}
	case map[string]any:
		for _, key := range [...]string{"name", "@value"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{html.UnescapeString(s)}
			}
		}
		if id, _ := v["@id"].(string); l.named[id] != "" {
			return []string{html.UnescapeString(l.named[id])}
		}
	case []any:
		return flat(v, l.names)
	}
	return nil
}

// addresses gives the strings of a JSON-LD value, or of objects their addresses.
func addresses(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		for _, key := range [...]string{"url", "@id"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
	case []any:
		return flat(v, addresses)
	}
	return nil
}

// flat reads the items of a list that are no lists.
func flat(list []any, read func(any) []string) []string {
	var all []string
	for _, item := range list {
		if _, nested := item.([]any); !nested {
			all = append(all, read(item)...)
		}
	}
	return all
}
