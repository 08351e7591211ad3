package api

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"
)

// maxValue is the longest value of a parameter, in bytes; a cursor is the longest there is.
const maxValue = 4096

// parseQuery reads a query strictly: net/url forgives what a client would want to know. Each parameter must be one of those
// given, unless others are tolerated and passed over, stand once, and have a value that is printable UTF-8 and that its schema allows.
func parseQuery(raw string, parameters []*huma.Param, tolerant bool) (url.Values, *Problem) {
	values := url.Values{}
	allowed := make([]string, len(parameters))
	for i, p := range parameters {
		allowed[i] = p.Name
	}
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
		case !slices.Contains(allowed, name) && tolerant:
			continue
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
		if p := check(location, value, parameters[slices.Index(allowed, name)].Schema); p != nil {
			return nil, p
		}
		values.Set(name, value)
	}
	return values, nil
}

// check holds a value against the parameter's schema. huma would too, but does not list what is allowed.
func check(location, value string, s *huma.Schema) *Problem {
	switch {
	case len(s.Enum) > 0:
		words := make([]string, len(s.Enum))
		for i, w := range s.Enum {
			words[i] = fmt.Sprint(w)
		}
		if !slices.Contains(words, value) {
			return invalid(location, "is not one of those there are", words...)
		}
	case s.Type == huma.TypeBoolean:
		if value != "true" && value != "false" {
			return invalid(location, "is neither true nor false", "true", "false")
		}
	case s.Type == huma.TypeInteger && s.Minimum != nil && s.Maximum != nil:
		n, err := strconv.Atoi(value)
		if err != nil || float64(n) < *s.Minimum || float64(n) > *s.Maximum {
			return invalid(location, "is not a whole number in its range", fmt.Sprintf("%.0f to %.0f", *s.Minimum, *s.Maximum))
		}
	case s.MaxLength != nil && utf8.RuneCountInString(value) > *s.MaxLength:
		return invalid(location, fmt.Sprintf("is longer than %d characters", *s.MaxLength))
	}
	return nil
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
