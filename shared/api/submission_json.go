package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// property is a property of a JSON document: where its value goes.
type property struct {
	text   *string
	list   *[]string
	number *int
	raw    *json.RawMessage // any value, null too
}

// ParseSubmission reads a document in JSON, as POST /v1/documents takes it. It is strict, for a client that misspells a property would lose it otherwise: an object
// with known properties, each once and of its type, and nothing behind it. Errors name the property and never tell its value.
func ParseSubmission(raw []byte) (Submission, error) {
	s := Submission{location: "body."}
	var text, html string
	properties := map[string]property{
		"id": {text: &s.ID}, "headline": {text: &s.Headline}, "publisher": {text: &s.Publisher}, "published": {text: &s.Published},
		"url": {text: &s.URL}, "byline": {list: &s.Byline}, "story": {text: &s.Story}, "story_title": {text: &s.StoryTitle},
		"origin": {text: &s.Origin}, "rights": {text: &s.Rights}, "text": {text: &text}, "html": {text: &html},
	}
	if !utf8.Valid(raw) {
		return s, invalid("body", "is not UTF-8 text")
	}
	sent, err := readObject("body.", raw, properties)
	if err != nil {
		return s, err
	}
	switch {
	case slices.Contains(sent, "text") && slices.Contains(sent, "html"):
		return s, invalid("body.html", "stands beside text: send one of them")
	case slices.Contains(sent, "html"):
		s.Body, s.MediaType = []byte(html), "text/html; charset=utf-8" // JSON is UTF-8, whatever the page says of itself
	case slices.Contains(sent, "text"):
		s.Body, s.MediaType = []byte(text), "text/plain"
	default:
		return s, invalid("body.text", "is missing: send text or html")
	}
	return s, nil
}

// readObject reads the properties of one JSON object and lists those that stand in it. in is where it stands, such as "body.".
func readObject(in string, raw []byte, properties map[string]property) (sent []string, err error) {
	whole := strings.TrimSuffix(in, ".")
	dec := json.NewDecoder(bytes.NewReader(raw))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, invalid(whole, "is not a JSON object")
	}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, malformed()
		}
		name, _ := t.(string) // the decoder sees to it that keys are strings
		p, ok := properties[name]
		location := in + clip(strings.ToValidUTF8(name, ""))
		switch {
		case !ok:
			return nil, invalid(location, "unknown property", propertyNames(properties)...)
		case slices.Contains(sent, name):
			return nil, invalid(location, "stands more than once; give it once")
		}
		sent = append(sent, name)
		if err := readValue(dec, location, p); err != nil {
			return nil, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, malformed()
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, invalid(whole, "has something behind the JSON object")
	}
	return sent, nil
}

// readValue reads a value of the property's type; null is as if the property were not there.
func readValue(dec *json.Decoder, location string, p property) error {
	want := "is not a string"
	var value any = p.text
	switch {
	case p.list != nil:
		want, value = "is not a list of strings", p.list
	case p.number != nil:
		want, value = "is not a whole number", p.number
	case p.raw != nil:
		value = p.raw
	}
	err := dec.Decode(value)
	var wrongType *json.UnmarshalTypeError
	if errors.As(err, &wrongType) {
		return invalid(location, want)
	}
	if err != nil {
		return malformed()
	}
	return nil
}

func malformed() *Problem { return invalid("body", "is not well-formed JSON") }

func propertyNames(properties map[string]property) []string {
	var list []string
	for name := range properties {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}
