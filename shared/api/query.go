package api

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxValue is the longest value of a parameter, in bytes; a cursor is the longest there is.
const maxValue = 4096

// parseQuery reads a query strictly: net/url forgives what a client would want to know. Each parameter must be allowed, stand
// once, be decodable to printable UTF-8 and have a value.
func parseQuery(raw string, allowed []string) (url.Values, *Problem) {
	values := url.Values{}
	if raw == "" {
		return values, nil
	}
	for pair := range strings.SplitSeq(raw, "&") {
		name, value, _ := strings.Cut(pair, "=")
		name, err := url.QueryUnescape(name)
		if err != nil || !printable(name) {
			return nil, invalid("query", "a parameter's name is not percent-encoded UTF-8", allowed...)
		}
		location := "query." + clip(name)
		switch {
		case name == "" && value == "":
			return nil, invalid("query", "there is a parameter without a name (&& or a lone &)", allowed...)
		case !slices.Contains(allowed, name):
			if len(allowed) == 0 {
				return nil, invalid(location, "unknown parameter; this route has none")
			}
			return nil, invalid(location, "unknown parameter", allowed...)
		case values.Has(name):
			return nil, invalid(location, "stands more than once; give it once")
		case len(value) > 3*maxValue:
			return nil, invalid(location, "the value is too long")
		}
		value, err = url.QueryUnescape(value)
		switch {
		case err != nil:
			return nil, invalid(location, "the value is not percent-encoded: % is followed by two hexadecimal digits, and % itself is %25")
		case strings.TrimSpace(value) == "":
			return nil, invalid(location, "has no value; leave it out or give one")
		case len(value) > maxValue:
			return nil, invalid(location, "the value is too long")
		case !printable(value):
			return nil, invalid(location, "the value is not printable UTF-8")
		}
		values.Set(name, value)
	}
	return values, nil
}

// printable reports whether a string is UTF-8 without control characters.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}

// clip shortens what a client sent for being told back.
func clip(s string) string {
	const most = 40
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
