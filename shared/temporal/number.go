package temporal

import (
	"strconv"

	"factbox/shared/token"
)

// readings are the names of what a token can be read as beside the lexicon; README.md says what each is.
var readings = map[string]bool{
	"number": true, "ordinal": true, "day": true, "bigday": true, "month": true, "year": true, "yy": true, "decades": true,
	"decades2": true, "hundreds": true, "spokenyy": true, "spokenyear": true, "hour": true, "minute": true, "hhmm": true,
	"name": true, "plural": true,
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
		}
		if tokens[i].Kind == token.Word {
			spoken(n, add)
		}
	}
	for i, tok := range tokens {
		switch {
		case tok.Kind == token.Number:
			all[i] = append(all[i], digits(tokens, i)...)
		case tok.Kind == token.Word && tok.Shape == token.Capital || tok.Shape == token.Mixed:
			all[i] = append(all[i], hit{"#name", i + 1, "mark", ""})
		case plural(tok):
			all[i] = append(all[i], hit{"#plural", i + 1, "mark", ""})
		}
	}
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
		return nil
	}
	var hits []hit
	add := func(name, field string) { hits = append(hits, hit{"#" + name, i + 1, field, text}) }
	plural := i+1 < len(tokens) && tokens[i+1].Glued && tokens[i+1].Fold == "s" ||
		i+2 < len(tokens) && tokens[i+1].Glued && tokens[i+1].Fold == "'s" && v%10 == 0
	switch {
	case len(text) == 4 && 1000 <= v && v < 2200:
		add("year", "year")
		if plural && v%10 == 0 {
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
