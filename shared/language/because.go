package language

import (
	"strconv"
	"strings"

	"factbox/shared/fact"
)

// Because says in the language why summary.Toll.Best was chosen, out of the English words of its BestBecause. Words that it
// does not know are given back as they are.
func (l *Language) Because(words string) string {
	rule, newer, contradicted := strings.Cut(words, "; a newer report says ")
	said, ok := l.rule(rule)
	if !ok {
		return words
	}
	if !contradicted {
		return said
	}
	bound, ok := parseBound(newer)
	if !ok {
		return words
	}
	return l.Text("because.newer", "because", said, "count", l.Count(bound))
}

func (l *Language) rule(words string) (string, bool) {
	switch words {
	case "no exact total stated":
		return l.Text("because.none"), true
	case "not stated":
		return l.Text("not_stated"), true
	}
	count, ok := strings.CutPrefix(words, "newest exact total, ")
	count, _, _ = strings.Cut(count, " origin")
	n, err := strconv.ParseInt(count, 10, 64)
	if !ok || err != nil {
		return "", false
	}
	return l.Plural("because.newest", n), true
}

// parseBound reads "at least 1,200", "at most 40" or "20 to 30".
func parseBound(words string) (c fact.Count, ok bool) {
	low, high, interval := strings.Cut(words, " to ")
	c.Modifier = fact.Range
	if !interval {
		if high, ok = strings.CutPrefix(words, "at most "); ok {
			c.Modifier, low = fact.AtMost, ""
		} else if low, ok = strings.CutPrefix(words, "at least "); ok {
			c.Modifier = fact.AtLeast
		}
	}
	c.Min, c.Max = parseGrouped(low), parseGrouped(high)
	return c, (c.Min != nil || c.Modifier == fact.AtMost) && (c.Max != nil || c.Modifier == fact.AtLeast)
}

func parseGrouped(number string) *int64 {
	n, err := strconv.ParseInt(strings.ReplaceAll(number, ",", ""), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}
