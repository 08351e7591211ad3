package temporal

import (
	"strconv"
	"strings"

	"factbox/shared/token"
)

// readings are the names of what a token can be read as beside the lexicon; README.md says what each is.
var readings = map[string]bool{
	"number": true, "ordinal": true, "day": true, "bigday": true, "month": true, "year": true, "yy": true, "decades": true,
	"decades2": true, "hundreds": true, "spokenyy": true, "spokenyear": true, "hour": true, "minute": true, "hhmm": true,
	"name": true, "plural": true, "small": true, "times": true, "centuries": true, "startyear": true, "endyear": true, "twoyears": true, "dotted": true, "daymonth": true,
}

// numbers adds what a number can be read as: "#year", "#day" and so on. See README.md for the list.
func numbers(tokens []token.Token, all [][]hit) {
	for _, n := range token.Numerals(tokens) {
		i := n.First
		add := func(name, field, value string, last int) {
			all[i] = append(all[i], hit{"#" + name, last, field, value})
		}
		switch {
		case n.Ordinal:
			if v, ok := n.Integer(); ok {
				add("ordinal", "ordinal", strconv.FormatInt(v, 10), n.Last)
				if 1 <= v && v <= 31 {
					add("day", "day", strconv.FormatInt(v, 10), n.Last)
				}
			}
		case n.Vague || n.Value > countless:
			add("number", "vague", "1", n.Last)
		default:
			add("number", "count", strconv.FormatFloat(n.Value, 'f', -1, 64), n.Last)
			if n.Value < 1000 {
				add("small", "count", strconv.FormatFloat(n.Value, 'f', -1, 64), n.Last)
			}
			if n.Last < len(tokens) && tokens[n.Last].Fold == "times" {
				add("times", "mark", "", n.Last+1)
			}
			if last := behindHalf(tokens, n.Last); last > 0 {
				add("number", "count", strconv.FormatFloat(n.Value+0.5, 'f', -1, 64), last)
			}
		}
		if tokens[i].Kind == token.Word {
			spoken(n, add)
		}
	}
	for i, tok := range tokens {
		switch {
		case tok.Kind == token.Number:
			all[i] = append(all[i], digits(tokens, i)...)
			yearRange(tokens, i, all)
		case tok.Kind == token.Word && tok.Shape == token.Capital || tok.Shape == token.Mixed:
			all[i] = append(all[i], hit{"#name", i + 1, "mark", ""})
		case plural(tok):
			all[i] = append(all[i], hit{"#plural", i + 1, "mark", ""})
		}
	}
}

// behindHalf gives the token behind "and a half", with hyphens or without, that begins at i, or 0.
func behindHalf(tokens []token.Token, i int) int {
	for _, word := range [...]string{"and", "a", "half"} {
		if i < len(tokens) && tokens[i].Fold == "-" {
			i++
		}
		if i >= len(tokens) || tokens[i].Fold != word {
			return 0
		}
		i++
	}
	return i
}

// countless is the number of units from which a length of time is as good as unknown.
const countless = 1e9

// plural reports whether a word looks like the plural of a noun: "flights" but not "gas", "this", "across".
func plural(t token.Token) bool {
	if t.Kind != token.Word || len(t.Fold) < 4 || t.Fold[len(t.Fold)-1] != 's' {
		return false
	}
	switch t.Fold[len(t.Fold)-2] {
	case 's', 'i', 'u', '\'':
		return false
	}
	return true
}

// spoken reads number words as parts of a year: "nineteen" "ninety-six", "two thousand".
func spoken(n token.Numeral, add func(name, field, value string, last int)) {
	v, ok := n.Integer()
	if !ok || n.Ordinal || n.Vague {
		return
	}
	value := strconv.FormatInt(v, 10)
	switch {
	case 16 <= v && v <= 20:
		add("hundreds", "hundreds", value, n.Last)
	case 1000 <= v && v < 2100:
		add("spokenyear", "year", value, n.Last)
	}
	if 10 <= v && v <= 99 {
		add("spokenyy", "yy", value, n.Last)
	}
}

// digits reads one run of digits.
func digits(tokens []token.Token, i int) []hit {
	text := tokens[i].Text
	v, err := strconv.Atoi(text)
	if err != nil {
		return dotted(text, i)
	}
	var hits []hit
	add := func(name, field string) { hits = append(hits, hit{"#" + name, i + 1, field, text}) }
	var behind string // what is written together with the digits
	if i+1 < len(tokens) && tokens[i+1].Glued && tokens[i+1].Kind == token.Word {
		behind = tokens[i+1].Fold
	}
	plural := behind == "s" || i+2 < len(tokens) && behind == "'s" && v%10 == 0
	switch {
	case isYear(text) && (plural || behind == "" || behind[0] == '\''): // no "1920x1080"
		if behind != "s" {
			add("year", "year")
		}
		switch {
		case plural && v%100 == 0 && v < 1900: // "the 1800s", but the 1900s are ten years
			hits = append(hits, hit{"#centuries", i + 2, "century", strconv.Itoa(v/100 + 1)})
		case plural && v%10 == 0:
			hits = append(hits, hit{"#decades", i + 2, "decades", text[:3]})
		}
	case len(text) == 2 && plural && v%10 == 0:
		hits = append(hits, hit{"#decades2", i + 2, "decade", text})
	}
	if len(text) == 2 {
		add("yy", "yy")
		if v < 60 {
			add("minute", "minute")
		}
	}
	if len(text) <= 2 {
		if 1 <= v && v <= 31 {
			add("day", "day")
		}
		if 13 <= v && v <= 31 {
			add("bigday", "day")
		}
		if 1 <= v && v <= 12 {
			add("month", "month")
		}
		if v <= 24 {
			add("hour", "hour")
		}
	}
	if len(text) == 4 && v < 2400 && v%100 < 60 {
		add("hhmm", "hhmm")
	}
	return hits
}

// isYear reports whether digits are written as a year of our time.
func isYear(text string) bool {
	return len(text) == 4 && "1000" <= text && text < "2200"
}

// dotted reads two numbers with a dot between them: "7.45" as a time of day, "22.03" as a day and a month.
func dotted(text string, i int) []hit {
	first, second, ok := strings.Cut(text, ".")
	a, errA := strconv.Atoi(first)
	b, errB := strconv.Atoi(second)
	if !ok || errA != nil || errB != nil || len(first) > 2 || len(second) > 2 {
		return nil
	}
	var hits []hit
	if a <= 24 && b < 60 && len(second) == 2 {
		hits = append(hits, hit{"#dotted", i + 1, "hhmm", strconv.Itoa(100*a + b)})
	}
	if 1 <= a && a <= 31 && 1 <= b && b <= 12 {
		hits = append(hits, hit{"#daymonth", i + 1, "mmdd", strconv.Itoa(100*b + a)})
	}
	return hits
}

// yearRange reads the number at i as the end of a range of years: "1936-1939" and "1936-39" are two years, "2012-13" and
// "2012/13" one that is not the calendar's.
func yearRange(tokens []token.Token, i int, all [][]hit) {
	if i < 2 || !isYear(tokens[i-2].Text) || partOfCode(tokens, i-3) || partOfCode(tokens, i+1) {
		return
	}
	text, mark := tokens[i].Text, tokens[i-1]
	from, _ := strconv.Atoi(tokens[i-2].Text)
	to, err := strconv.Atoi(text)
	if err != nil || tokens[i].Glued != mark.Glued {
		return
	}
	if len(text) == 2 {
		to += from / 100 * 100
		if from%100 == 99 {
			to += 100
		}
	}
	dash := mark.Fold == "-" || mark.Fold == "–"
	switch {
	case len(text) != 2 && !isYear(text):
	case to == from+1 && mark.Glued && (mark.Fold == "/" || dash && len(text) == 2):
		all[i-2] = append(all[i-2], hit{"#twoyears", i + 1, "year", tokens[i-2].Text})
	case to > from && dash:
		all[i-2] = append(all[i-2], hit{"#startyear", i - 1, "year", tokens[i-2].Text})
		all[i] = append(all[i], hit{"#endyear", i + 1, "year", strconv.Itoa(to)})
	}
}

// partOfCode reports whether the token at i ties a number to others, as in telephone numbers and ISO dates.
func partOfCode(tokens []token.Token, i int) bool {
	if i < 0 || i >= len(tokens) {
		return false
	}
	switch tokens[i].Fold {
	case "-", "/", ".", ":":
		return tokens[i].Glued && i+1 < len(tokens) && tokens[i+1].Glued && tokens[i+1].Kind == token.Number
	}
	return false
}
