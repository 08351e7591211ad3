package fact

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of corrected text, in characters.
const (
	maxLabel  = 200
	maxClause = 400
	maxCode   = 40
)

// check holds the numbers against the modifier, which says which of them there are.
func (c Count) check() *FieldError {
	switch {
	case c.Min != nil && *c.Min < 0:
		return &FieldError{Field: "min", Message: "is negative"}
	case c.Max != nil && *c.Max < 0:
		return &FieldError{Field: "max", Message: "is negative"}
	}
	both := c.Min != nil && c.Max != nil
	ok, rule := false, ""
	switch c.Modifier {
	case Exact, About:
		ok, rule = both && *c.Min == *c.Max, "min and max are one number"
	case AtLeast:
		ok, rule = c.Min != nil && c.Max == nil, "min is a number and max null"
	case AtMost:
		ok, rule = c.Min == nil && c.Max != nil, "min is null and max a number"
	case Range:
		ok, rule = both && *c.Min < *c.Max, "min is less than max"
	case Vague:
		ok, rule = c.Min == nil && c.Max == nil, "min and max are null"
	default:
		return under("modifier", oneOf(Exact, About, AtLeast, AtMost, Range, Vague)(c.Modifier))
	}
	if !ok {
		return &FieldError{Message: fmt.Sprintf("does not fit its modifier: of %s, %s", c.Modifier, rule)}
	}
	return nil
}

// words says a count that no document worded.
func (c Count) words() string {
	n := func(p *int64) string { return strconv.FormatInt(*p, 10) }
	switch c.Modifier {
	case About:
		return "about " + n(c.Min)
	case AtLeast:
		return "at least " + n(c.Min)
	case AtMost:
		return "at most " + n(c.Max)
	case Range:
		return n(c.Min) + " to " + n(c.Max)
	}
	return n(c.Min)
}

// under puts an error of a part under the part's name.
func under(part string, err *FieldError) *FieldError {
	if err != nil {
		err.Field = part
	}
	return err
}

func words[T ~string](values []T) []string {
	var list []string
	for _, v := range values {
		list = append(list, string(v))
	}
	return list
}

func oneOf[T ~string](values ...T) func(T) *FieldError {
	return func(v T) *FieldError {
		if !slices.Contains(values, v) {
			return &FieldError{Message: "is not one of those there are", Allowed: words(values)}
		}
		return nil
	}
}

// text judges a line of words.
func text(most int, empty bool) func(string) *FieldError {
	return func(s string) *FieldError {
		switch {
		case strings.TrimSpace(s) == "" && !empty:
			return &FieldError{Message: "is empty"}
		case utf8.RuneCountInString(s) > most:
			return &FieldError{Message: fmt.Sprintf("is longer than %d characters", most)}
		case !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl):
			return &FieldError{Message: "has characters that are no text"}
		}
		return nil
	}
}

func edtf(d EDTF) *FieldError {
	if _, err := ParseEDTF(string(d)); err != nil {
		return &FieldError{Message: err.Error(), Allowed: []string{"YYYY-MM-DD", "YYYY-MM", "YYYY", "an interval of two of them"}}
	}
	return nil
}

// code judges the form of a country's or organisation's code; whether there is such a one only a gazetteer knows.
func code(c string) *FieldError {
	if err := text(maxCode, false)(c); err != nil || strings.ContainsRune(c, '#') {
		return &FieldError{Message: "is not the code of a country or organisation"}
	}
	return nil
}

func codes(list []string) *FieldError {
	for i, c := range list {
		if err := code(c); err != nil {
			return err
		}
		if slices.Contains(list[:i], c) {
			return &FieldError{Message: c + " stands more than once"}
		}
	}
	return nil
}

func money(m Money) *FieldError {
	switch {
	case !(m.Value > 0) || math.IsInf(m.Value, 0):
		return &FieldError{Field: "value", Message: "is not a positive number"}
	case len(m.Currency) != 3 || strings.ContainsFunc(m.Currency, func(r rune) bool { return r < 'A' || r > 'Z' }):
		return &FieldError{Field: "currency", Message: "is not a code of ISO 4217: three capital letters"}
	}
	return nil
}

func quantity(q Quantity) *FieldError {
	if !(q.Value > 0) || math.IsInf(q.Value, 0) {
		return &FieldError{Field: "value", Message: "is not a positive number"}
	}
	return under("unit", text(maxLabel, false)(q.Unit))
}
