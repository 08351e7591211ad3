package oembed

import (
	"encoding/json"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

const site = "https://facts.example"

var flood = Embed{Site: site, Address: site + "/embed/river-flood?lang=fr&show=timeline", Title: "River flood", Line: "Killed: 3", Width: 600, Height: 480}

func TestRoom(t *testing.T) {
	for _, c := range []struct{ maxWidth, maxHeight, width, height int }{
		{0, 0, 600, 480},
		{1000, 1000, 600, 480}, // an embed is as large as it is made for, not as there is room
		{320, 0, 320, 480},
		{0, 200, 600, 200},
		{1, 1, 1, 1},
	} {
		a := flood.Answer(c.maxWidth, c.maxHeight)
		if a.Width != c.width || a.Height != c.height {
			t.Errorf("in %d × %d: %d × %d, want %d × %d", c.maxWidth, c.maxHeight, a.Width, a.Height, c.width, c.height)
		}
		frame := elements(t, a.HTML)["iframe"]
		if frame["width"] != number(c.width) || frame["height"] != number(c.height) {
			t.Errorf("in %d × %d the frame is %s × %s", c.maxWidth, c.maxHeight, frame["width"], frame["height"])
		}
	}
}

func number(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

// hostile is what a document may call itself.
const hostile = "\"><script>alert(1)</script><img src=x onerror=alert(2)> & ]]> \u202eevil\x00 {{.}} 😀 "

func TestCodeHoldsNoMoreThanAQuoteAndAFrame(t *testing.T) {
	for _, title := range []string{"River flood", hostile, strings.Repeat("long ", 2000)} {
		e := flood
		e.Title, e.Line = title, title
		a := e.Answer(0, 0)
		found := elements(t, a.HTML)
		var names []string
		for name := range found {
			names = append(names, name)
		}
		slices.Sort(names)
		if want := []string{"a", "blockquote", "iframe"}; !slices.Equal(names, want) {
			t.Errorf("%.20q makes the elements %q", title, names)
		}
		for name, address := range map[string]string{"a": found["a"]["href"], "iframe": found["iframe"]["src"]} {
			if address != e.Address {
				t.Errorf("%.20q: the address of %s is %q", title, name, address)
			}
		}
		if s := found["iframe"]["sandbox"]; s != "allow-scripts allow-top-navigation-by-user-activation" {
			t.Errorf("the sandbox is %q", s)
		}
		if got := found["iframe"]["title"]; got != Plain(title) {
			t.Errorf("the frame's title is %.60q, want %.60q", got, Plain(title))
		}
		if !strings.HasPrefix(a.HTML, "<blockquote") || !strings.HasSuffix(a.HTML, "</iframe>") {
			t.Errorf("not a blockquote and then an iframe: %.100s", a.HTML)
		}
	}
}

// elements are those of a piece of HTML by name, with their attributes.
func elements(t *testing.T, code string) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for tokens := html.NewTokenizer(strings.NewReader(code)); tokens.Next() != html.ErrorToken; {
		token := tokens.Token()
		if token.Type == html.StartTagToken || token.Type == html.SelfClosingTagToken {
			found[token.Data] = map[string]string{}
			for _, a := range token.Attr {
				found[token.Data][a.Key] = a.Val
			}
		}
	}
	return found
}

func TestBothFormatsSayTheSame(t *testing.T) {
	for _, title := range []string{"River flood", hostile, "\ufffe\uffff"} {
		e := flood
		e.Title = title
		a := e.Answer(0, 0)
		var fromJSON, fromXML Answer
		b, err := a.Marshal(JSON)
		if err == nil {
			err = json.Unmarshal(b, &fromJSON)
		}
		if err != nil || fromJSON != a {
			t.Errorf("%q as JSON: %v\n%s", title, err, b)
		}
		if b, err = a.Marshal(XML); err == nil {
			err = xml.Unmarshal(b, &fromXML)
		}
		want := a
		want.XMLName.Local = "oembed"
		want.Title, want.HTML = inXML(want.Title), inXML(want.HTML)
		if err != nil || fromXML != want {
			t.Errorf("%q as XML: %v\n%s", title, err, b)
		}
	}
}

// inXML puts the replacement character for those that XML cannot have.
func inXML(s string) string {
	return strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(s)
}

func TestLink(t *testing.T) {
	link := Link(site, flood.Address)
	for _, f := range []Format{JSON, XML} {
		_, rest, found := strings.Cut(link, "<"+site+"/oembed?")
		if !found {
			t.Fatalf("no address in %q", link)
		}
		query, after, _ := strings.Cut(rest, ">")
		values, err := url.ParseQuery(query)
		if err != nil || values.Get("url") != flood.Address || values.Get("format") != string(f) {
			t.Errorf("%s: %q %v", f, query, err)
		}
		if want := `; rel="alternate"; type="` + f.DiscoveryType() + `"`; !strings.HasPrefix(after, want) {
			t.Errorf("%s: %q, want %q", f, after, want)
		}
		link = after
	}
}

func TestStory(t *testing.T) {
	for _, c := range []struct{ site, address, story, query string }{
		{site, "https://facts.example/embed/flood", "flood", ""},
		{site, "https://facts.example/embed/flood?show=pledges&lang=ar#top", "flood", "show=pledges&lang=ar"},
		{site, "http://FACTS.example/embed/flood", "flood", ""},
		{site, "https://facts.example/embed/a%20b", "a b", ""},
		{site, "https://facts.example/v1/stories/flood?format=text", "flood", ""},
		{"http://127.0.0.1:3000", "http://127.0.0.1:3000/embed/flood", "flood", ""},
		{"https://desk.example/facts", "https://desk.example/facts/embed/flood", "flood", ""},
		{"https://desk.example/facts", "https://desk.example/embed/flood", "", ""},
		{site, "https://evil.example/embed/flood", "", ""},
		{site, "https://facts.example.evil.example/embed/flood", "", ""},
		{site, "https://facts.example:8443/embed/flood", "", ""},
		{site, "https://facts.example@evil.example/embed/flood", "", ""},
		{site, "https://me@facts.example/embed/flood", "", ""},
		{site, "javascript:alert(1)", "", ""},
		{site, "ftp://facts.example/embed/flood", "", ""},
		{site, "//facts.example/embed/flood", "", ""},
		{site, "/embed/flood", "", ""},
		{"", "/embed/flood", "", ""},
		{"", "https:///embed/flood", "", ""},
		{site, "https://facts.example/embed/", "", ""},
		{site, "https://facts.example/v1/facts/flood", "", ""},
		{site, "https://facts.example/", "", ""},
		{site, "https://facts.example/embed/%zz", "", ""},
		{site, "", "", ""},
	} {
		story, query, ok := Story(c.site, c.address)
		if story != c.story || query != c.query || ok != (c.story != "") {
			t.Errorf("%q at %q: %q %q %v, want %q %q", c.address, c.site, story, query, ok, c.story, c.query)
		}
	}
}
