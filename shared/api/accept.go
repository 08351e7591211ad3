package api

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// format is a way to write an answer.
type format struct {
	name      string // for ?format=
	mediaType string
	marshal   func(io.Writer, any) error
}

// sheet is a body that can be written otherwise than as JSON.
type sheet interface {
	csv(io.Writer) error
	ndjson(io.Writer) error
	speech
}

// speech is a body that can be read out.
type speech interface {
	text(io.Writer) error
}

// pasted is a body that can be written as what editors paste.
type pasted interface {
	markdown(io.Writer) error
	jsonld(io.Writer) error
}

var (
	formatJSON   = format{"json", "application/json", huma.DefaultJSONFormat.Marshal}
	formatText   = format{"text", "text/plain", func(w io.Writer, v any) error { return v.(speech).text(w) }}
	formatCSV    = format{"csv", "text/csv", func(w io.Writer, v any) error { return v.(sheet).csv(w) }}
	formatNDJSON = format{"ndjson", "application/x-ndjson", func(w io.Writer, v any) error { return v.(sheet).ndjson(w) }}

	formatMarkdown = format{"markdown", "text/markdown", func(w io.Writer, v any) error { return v.(pasted).markdown(w) }}
	formatJSONLD   = format{"jsonld", "application/ld+json", func(w io.Writer, v any) error { return v.(pasted).jsonld(w) }}

	// allFormats are in the order of preference when the client has none.
	allFormats = []format{formatJSON, formatText, formatCSV, formatNDJSON}
	jsonOnly   = []format{formatJSON}

	// storyFormats are those of one story's summary.
	storyFormats = append(allFormats[:len(allFormats):len(allFormats)], formatMarkdown, formatJSONLD)
)

// chooseFormat gives the format that ?format= names, else the one that Accept likes best (RFC 9110, section 12.5.1).
func chooseFormat(named string, accept []string, offered []format) (format, *Problem) {
	if named != "" {
		var names []string
		for _, f := range offered {
			if f.name == named {
				return f, nil
			}
			names = append(names, f.name)
		}
		return format{}, invalid("query.format", "no such format", names...)
	}
	header := strings.Join(accept, ",")
	if strings.TrimSpace(header) == "" {
		return offered[0], nil
	}
	best, bestQuality := format{}, 0
	var types []string
	for _, f := range offered {
		if q := quality(header, f.mediaType); q > bestQuality {
			best, bestQuality = f, q
		}
		types = append(types, f.mediaType)
	}
	if bestQuality == 0 {
		p := invalid("header.Accept", "nothing that is accepted can be served", types...)
		p.Status, p.Title = http.StatusNotAcceptable, http.StatusText(http.StatusNotAcceptable)
		return format{}, p
	}
	return best, nil
}

// quality is how much an Accept header likes a media type, in thousandths: the weight of the most specific range that fits.
// A range with parameters other than q counts as its type; a malformed range fits nothing.
func quality(accept, mediaType string) int {
	major, _, _ := strings.Cut(mediaType, "/")
	best, specific := 0, 0
	for entry := range strings.SplitSeq(accept, ",") {
		parts := strings.Split(entry, ";")
		fits := 0
		switch strings.ToLower(strings.TrimSpace(parts[0])) {
		case mediaType:
			fits = 3
		case major + "/*":
			fits = 2
		case "*/*":
			fits = 1
		}
		if fits <= specific {
			continue
		}
		weight, ok := 1000, true
		for _, parameter := range parts[1:] {
			name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
			if strings.EqualFold(strings.TrimSpace(name), "q") {
				weight, ok = thousandths(strings.TrimSpace(value))
			}
		}
		if ok {
			best, specific = weight, fits
		}
	}
	return best
}

func thousandths(q string) (int, bool) {
	f, err := strconv.ParseFloat(q, 64)
	if err != nil || !(f >= 0 && f <= 1) {
		return 0, false
	}
	return int(f*1000 + 0.5), true
}

// etag is a strong validator: a hash of the representation.
func etag(mediaType string, body []byte) string {
	h := sha256.New()
	_, _ = io.WriteString(h, mediaType+"\n")
	_, _ = h.Write(body)
	return `"` + hex.EncodeToString(h.Sum(nil)[:16]) + `"`
}

// How tags are compared (RFC 9110, section 8.8.3.2): weakly for If-None-Match, strongly for If-Match, where a weak tag is like none.
const (
	weakly   = false
	strongly = true
)

// matches reports whether If-None-Match or If-Match names the tag (RFC 9110, sections 13.1.1 and 13.1.2): a list of tags, or *.
func matches(header []string, tag string, strong bool) bool {
	list := strings.TrimSpace(strings.Join(header, ","))
	if list == "*" {
		return true
	}
	for {
		rest, weak := strings.CutPrefix(strings.TrimLeft(list, " \t,"), "W/")
		if !strings.HasPrefix(rest, `"`) {
			return false // at the end, or not a list of tags: as if the header were not there
		}
		end := strings.IndexByte(rest[1:], '"')
		if end < 0 {
			return false
		}
		if rest[:end+2] == tag && !(strong && weak) {
			return true
		}
		list = rest[end+2:]
	}
}
