package language

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbox/shared/fact"
)

// numbers are the symbols of CLDR's default numbering system of the language, and its standard decimal pattern.
type numbers struct {
	Digits          string `json:"digits"` // 0 to 9
	Decimal         string `json:"decimal"`
	Group           string `json:"group"`
	Minus           string `json:"minus"`
	Infinity        string `json:"infinity"`
	NaN             string `json:"nan"`
	MinimumGrouping int    `json:"minimum_grouping"` // as many digits must stand before the first group
	Pattern         string `json:"pattern"`
}

// money has the patterns of amounts. Currencies that are not listed are written by their code and have two decimals.
type money struct {
	Pattern  string            `json:"pattern"`
	Letters  string            `json:"letters"` // where a letter of the symbol stands beside the number
	Symbols  map[string]string `json:"symbols"`
	Decimals map[string]int    `json:"decimals"`
}

// numberPattern is a number pattern (UTS #35 part 3, "Number format patterns"): what stands around the digits and how they are
// grouped. How many decimals a number has is not the pattern's business here: see Decimal.
type numberPattern struct {
	before, after                 string
	beforeNegative, afterNegative string
	primary, secondary            int // digits of the last group and of the others; 0 for no groups
}

func parseNumberPattern(pattern string) numberPattern {
	var p numberPattern
	positive, negative, explicit := strings.Cut(pattern, ";")
	var digits string
	p.before, digits, p.after = splitPattern(positive)
	p.beforeNegative, p.afterNegative = "-"+p.before, p.after
	if explicit {
		p.beforeNegative, _, p.afterNegative = splitPattern(negative)
	}
	whole, _, _ := strings.Cut(digits, ".")
	groups := strings.Split(whole, ",")
	if last := len(groups) - 1; last > 0 {
		p.primary = len(groups[last])
		p.secondary = p.primary
		if last > 1 {
			p.secondary = len(groups[last-1])
		}
	}
	return p
}

// splitPattern parts the digits of a pattern from what stands before and behind them.
func splitPattern(pattern string) (before, digits, after string) {
	from := strings.IndexAny(pattern, "#0")
	to := strings.LastIndexAny(pattern, "#0") + 1
	return pattern[:max(from, 0)], pattern[max(from, 0):to], pattern[to:]
}

// Number writes a whole number with the language's digits and groups: 1,234 or 1 234.
func (l *Language) Number(n int64) string {
	return l.write(strconv.FormatInt(n, 10), l.decimal, "")
}

// Count says a number of people as its document bounds it: "130", "at least 45", "20 to 30". Where it has no number, its words
// stand, which are in the document's language: "dozens".
func (l *Language) Count(c fact.Count) string {
	switch {
	case c.Min != nil && c.Max != nil && *c.Min != *c.Max:
		return l.Text("count.range", "a", l.Number(*c.Min), "b", l.Number(*c.Max))
	case c.Min == nil && c.Max == nil:
		return c.Text
	}
	return l.Text("count."+string(c.Modifier), "n", l.Number(*cmp.Or(c.Min, c.Max)))
}

// Decimal writes a number with all its decimals. CLDR's patterns would cut them to three; but a figure that a document states
// is not ours to round.
func (l *Language) Decimal(v float64) string {
	return l.write(exact(v), l.decimal, "")
}

// Money writes an amount with CLDR's symbol of its currency, or the ISO 4217 code where it has none: US$1,500. A whole amount
// has no decimals; others have at least as many as the currency, and none that are stated are cut off.
func (l *Language) Money(m fact.Money) string {
	text := exact(m.Value)
	if _, decimals, ok := strings.Cut(text, "."); ok {
		want, listed := l.CLDR.Money.Decimals[m.Currency]
		if !listed {
			want = 2
		}
		text += strings.Repeat("0", max(want-len(decimals), 0))
	}
	symbol := l.CLDR.Money.Symbols[m.Currency]
	if symbol == "" {
		symbol = m.Currency
	}
	pattern := l.money
	if besideLetter(symbol, pattern) {
		pattern = l.moneyLetters
	}
	return l.write(text, pattern, symbol)
}

// besideLetter reports whether the side of the symbol that the pattern puts to the number is a letter.
func besideLetter(symbol string, p numberPattern) bool {
	beside, _ := utf8.DecodeRuneInString(symbol)
	if strings.Contains(p.before, "¤") {
		beside, _ = utf8.DecodeLastRuneInString(symbol)
	}
	return unicode.IsLetter(beside)
}

// sureDigits is how many significant decimal digits every float64 keeps.
const sureDigits = 15

// exact writes a number in ASCII, without an exponent: a whole one to its last digit, others to the digits that a float64 is
// sure to hold, so that 1.1 billion times three shows no trace of binary arithmetic.
func exact(v float64) string {
	switch {
	case v == 0:
		return "0" // not -0
	case v != math.Trunc(v) && !math.IsNaN(v) && !math.IsInf(v, 0):
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', sureDigits, 64), 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// write makes a number of the language out of one in ASCII.
func (l *Language) write(number string, p numberPattern, currency string) string {
	digits, negative := strings.CutPrefix(strings.TrimPrefix(number, "+"), "-")
	before, after := p.before, p.after
	if negative {
		before, after = p.beforeNegative, p.afterNegative
	}
	around := strings.NewReplacer("-", l.CLDR.Numbers.Minus, "¤", currency)
	return around.Replace(before) + l.digits(digits, p) + around.Replace(after)
}

func (l *Language) digits(number string, p numberPattern) string {
	n := l.CLDR.Numbers
	switch number {
	case "Inf":
		return n.Infinity
	case "NaN":
		return n.NaN
	}
	native := []rune(n.Digits)
	whole, decimals, fraction := strings.Cut(number, ".")
	var b strings.Builder
	grouped := p.primary > 0 && len(whole) >= p.primary+n.MinimumGrouping
	for i, d := range whole {
		left := len(whole) - i
		if grouped && i > 0 && left >= p.primary && (left-p.primary)%p.secondary == 0 {
			b.WriteString(n.Group)
		}
		b.WriteRune(native[d-'0'])
	}
	if fraction {
		b.WriteString(n.Decimal)
		for _, d := range decimals {
			b.WriteRune(native[d-'0'])
		}
	}
	return b.String()
}
