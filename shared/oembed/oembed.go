// Package oembed writes the answers of the oEmbed specification (https://oembed.com, version 1.0) for something that is
// embedded in a frame, and the links by which a page is found to have one.
package oembed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode"
)

// Format is one of the two in which the specification has a provider answer.
type Format string

// The formats; JSON is answered when none is asked for.
const (
	JSON Format = "json"
	XML  Format = "xml"
)

// MediaType is what an answer is labelled with (oEmbed, section 2.3.3: application/json, text/xml).
func (f Format) MediaType() string {
	if f == XML {
		return "text/xml"
	}
	return "application/json"
}

// Embed is something to embed.
type Embed struct {
	Site          string // the address of the service, without a slash at its end
	Address       string // of the page that the frame shows
	Title         string
	Line          string // what is told where no frame is shown; may be empty
	Width, Height int    // its size where it has the room, in pixels
}

// CacheAge is how long a consumer may keep an answer, in seconds: titles change seldom, and the frame is live anyway.
const CacheAge = 3600

// Answer is a response of type rich.
type Answer struct {
	XMLName      xml.Name `json:"-" xml:"oembed"`
	Version      string   `json:"version" xml:"version"` // always 1.0
	Type         string   `json:"type" xml:"type"`       // always rich
	Title        string   `json:"title" xml:"title"`
	ProviderName string   `json:"provider_name" xml:"provider_name"`
	ProviderURL  string   `json:"provider_url" xml:"provider_url"`
	CacheAge     int      `json:"cache_age" xml:"cache_age"` // seconds
	HTML         string   `json:"html" xml:"html"`           // without a script
	Width        int      `json:"width" xml:"width"`         // pixels, at most maxwidth
	Height       int      `json:"height" xml:"height"`       // pixels, at most maxheight
}

// code is what WordPress keeps of a provider that it does not know: wp_filter_oembed_result takes a blockquote of text and links,
// shown until the frame tells its height, and an iframe, which it sandboxes itself. Others show both, so they get the sandbox here; out of it a reader's click leads to a source.
// It is written without html/template, with which the linker leaves no method out: every function would be a megabyte larger.
func code(e Embed) string {
	address, title := html.EscapeString(e.Address), html.EscapeString(e.Title)
	line := ""
	if e.Line != "" {
		line = " — " + html.EscapeString(e.Line)
	}
	return fmt.Sprintf(`<blockquote class="wp-embedded-content"><a href="%s">%s</a>%s</blockquote>`, address, title, line) +
		fmt.Sprintf(`<iframe src="%s" class="wp-embedded-content" title="%s" width="%d" height="%d"`, address, title, e.Width, e.Height) +
		` sandbox="allow-scripts allow-top-navigation-by-user-activation" security="restricted" loading="lazy" frameborder="0" marginwidth="0" marginheight="0"></iframe>`
}

// Answer gives the answer for a consumer that has so much room, in pixels; 0 is any.
func (e Embed) Answer(maxWidth, maxHeight int) Answer {
	e.Title, e.Line = Plain(e.Title), Plain(e.Line)
	e.Width, e.Height = within(e.Width, maxWidth), within(e.Height, maxHeight)
	return Answer{Version: "1.0", Type: "rich", Title: e.Title, ProviderName: "Factbox", ProviderURL: e.Site + "/", CacheAge: CacheAge,
		HTML: code(e), Width: e.Width, Height: e.Height}
}

func within(size, most int) int {
	if most > 0 {
		return min(size, most)
	}
	return size
}

// Plain leaves out what is no text, and what would turn around the text that a consumer puts behind it.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, s)
}

// Marshal writes the answer.
func (a Answer) Marshal(f Format) ([]byte, error) {
	if f == XML {
		b, err := xml.Marshal(a)
		return append([]byte(`<?xml version="1.0" encoding="utf-8" standalone="yes"?>`+"\n"), b...), err
	}
	return json.Marshal(a)
}

// Endpoint is where a format of the answer for an address is to be had.
func Endpoint(site, address string, f Format) string {
	return site + "/oembed?" + url.Values{"url": {address}, "format": {string(f)}}.Encode()
}

// DiscoveryType is the type of a link to a format of an answer (oEmbed, section 4).
func (f Format) DiscoveryType() string {
	if f == XML {
		return "text/xml+oembed"
	}
	return "application/json+oembed"
}

// Link is the header (RFC 8288) by which the page at an address is found to have answers here.
func Link(site, address string) string {
	var links []string
	for _, f := range []Format{JSON, XML} {
		links = append(links, fmt.Sprintf(`<%s>; rel="alternate"; type="%s"`, Endpoint(site, address, f), f.DiscoveryType()))
	}
	return strings.Join(links, ", ")
}

// Story finds the story that an address of the service at site shows, by its embed or its summary, and with what query. It is
// false for any other address.
func Story(site, address string) (story, query string, ok bool) {
	u, err := url.Parse(address)
	home, e := url.Parse(site)
	if err != nil || e != nil || home.Host == "" || u.User != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.EqualFold(u.Host, home.Host) {
		return "", "", false
	}
	path, found := strings.CutPrefix(u.Path, home.Path)
	if !found {
		return "", "", false
	}
	story, embed := strings.CutPrefix(path, "/embed/")
	if !embed {
		var summary bool
		if story, summary = strings.CutPrefix(path, "/v1/stories/"); !summary {
			return "", "", false
		}
		return story, "", story != ""
	}
	return story, u.RawQuery, story != ""
}
