package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readMicrodata finds the article that the page marks as such with microdata (HTML Living Standard, 5), as an object like those
// of JSON-LD, or nil: the only one, or the only one that holds a first-level heading, since lists of other articles are marked
// as well.
func (t *tree) readMicrodata(source string) map[string]any {
	m := &microdata{tree: t, source: source}
	m.walk(t.root, nil, "")
	var found map[string]any
	for _, item := range m.articles {
		if !item.titled && len(m.articles) > 1 {
			continue
		}
		if found != nil {
			return nil
		}
		found = item.properties
	}
	return found
}

// item is a thing described by microdata.
type item struct {
	properties map[string]any
	titled     bool // it holds an h1
	parent     *item
}

type microdata struct {
	*tree
	source   string
	articles []*item
}

// walk reads an element and those in it; in is the item around it.
func (m *microdata) walk(n *html.Node, in *item, property string) {
	if n.Type == html.ElementNode {
		property = attribute(n.Attr, "itemprop")
		if hasAttribute(n.Attr, "itemscope") {
			it := &item{properties: make(map[string]any), parent: in}
			if in != nil {
				in.set(property, it.properties)
			}
			for _, name := range strings.Fields(attribute(n.Attr, "itemtype")) {
				if isArticleType(name) {
					m.articles = append(m.articles, it)
					break
				}
			}
			in = it
		} else if in != nil && property != "" {
			in.set(property, m.value(n))
		}
		if n.DataAtom == atom.H1 {
			for it := in; it != nil; it = it.parent {
				it.titled = true
			}
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		m.walk(child, in, property)
	}
}

// set keeps the first value of each property, but all authors.
func (it *item) set(names string, value any) {
	for _, name := range strings.Fields(names) {
		if name == "author" {
			list, _ := it.properties[name].([]any)
			it.properties[name] = append(list, value)
		} else if it.properties[name] == nil {
			it.properties[name] = value
		}
	}
}

// value gives the value of a property that is no item: of an attribute, or the words of the element, up to a line of them.
func (m *microdata) value(n *html.Node) string {
	for _, key := range [...]string{"content", "datetime"} {
		if s := attribute(n.Attr, key); s != "" {
			return s
		}
	}
	if n.DataAtom == atom.Link || n.DataAtom == atom.A && attribute(n.Attr, "itemprop") != "name" {
		if s := attribute(n.Attr, "href"); webAddress(s) != "" {
			return s
		}
	}
	const longest = 500
	var b strings.Builder
	for child := range n.Descendants() {
		if b.Len() > longest {
			break
		}
		if child.Type == html.TextNode {
			r := m.runs[m.at[child]]
			b.WriteString(html.UnescapeString(m.source[r.start:min(r.end, r.start+longest)]))
		}
	}
	return foldSpace(b.String())
}

func hasAttribute(attr []html.Attribute, key string) bool {
	for _, a := range attr {
		if a.Key == key {
			return true
		}
	}
	return false
}
