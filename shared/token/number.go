package token

import (
	"math"
	"strconv"
	"strings"
)

// Numeral is a number written in one or more tokens: "130", "2.45 million", "twenty-six", "4-1/2", "tens of thousands".
type Numeral struct {
	Span
	Value   float64 // for a vague one, the least number that it can stand for ("dozens": 24), or 0
	Vague   bool    // "dozens", "hundreds", "tens of thousands": no number was said
	Ordinal bool    // "first", "12th"
	Rough   bool    // "a dozen", "half a million": a round number
}

// Integer gives the value when it is a whole number of 0 to 10¹⁵.
func (n Numeral) Integer() (int64, bool) {
	if n.Value < 0 || n.Value > 1e15 || n.Value != math.Trunc(n.Value) {
		return 0, false
	}
	return int64(n.Value), true
}

var units = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
	"eighteen": 18, "nineteen": 19,
}

var tens = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var magnitudes = map[string]float64{
	"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
	"lakh": 1e5, "crore": 1e7, "mln": 1e6, "bln": 1e9, "trn": 1e12, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}

// glued magnitudes stand only behind digits: "$5m", "30k".
var gluedMagnitudes = map[string]float64{"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}

var plurals = map[string]float64{
	"dozens": 12, "scores": 20, "tens": 10, "hundreds": 100, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12,
}

var ordinals = map[string]float64{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// Numerals finds the numbers among tokens, longest first, without overlap.
func Numerals(tokens []Token) []Numeral {
	var found []Numeral
	for i := 0; i < len(tokens); {
		n, ok := numeralAt(tokens, i)
		if !ok {
			i++
			continue
		}
		found = append(found, n)
		i = n.Last
	}
	return found
}

func numeralAt(tokens []Token, i int) (Numeral, bool) {
	tok := tokens[i]
	if tok.Kind == Number {
		return digitsAt(tokens, i)
	}
	if tok.Kind != Word {
		return Numeral{}, false
	}
	if n, ok := pluralAt(tokens, i); ok {
		return n, true
	}
	if n, ok := articleAt(tokens, i); ok {
		return n, true
	}
	return wordsAt(tokens, i)
}

func fold1(tokens []Token, i int) string {
	if i < len(tokens) {
		return tokens[i].Fold
	}
	return ""
}

// digitsAt reads digits with a fraction, a magnitude word or an ordinal ending.
func digitsAt(tokens []Token, i int) (Numeral, bool) {
	value, err := strconv.ParseFloat(strings.ReplaceAll(tokens[i].Text, ",", ""), 64)
	if err != nil {
		return Numeral{}, false
	}
	n := Numeral{Span: Span{i, i + 1}, Value: value}
	if f, last := fractionAt(tokens, n.Last); last > 0 { // 4-1/2, 4 1/2
		n.Value, n.Last = value+f, last
	} else if a, ok := fractionTail(tokens, i); ok { // 1/2
		n.Value, n.Last = a, i+3
	}
	if n.Last < len(tokens) {
		next := tokens[n.Last]
		if next.Glued {
			switch next.Fold {
			case "st", "nd", "rd", "th":
				n.Ordinal = true
				n.Last++
				return n, true
			}
			if m, ok := gluedMagnitudes[next.Fold]; ok && next.End-next.Start == 1 {
				n.Value *= m
				n.Last++
				return n, true
			}
		}
	}
	for {
		j := n.Last
		if fold1(tokens, j) == "-" && tokens[j].Glued {
			j++
		}
		m, ok := magnitudes[fold1(tokens, j)]
		if !ok {
			return n, true
		}
		n.Value *= m
		n.Last = j + 1
	}
}

// fractionAt reads "1/2" or "½" at i, behind a hyphen or not.
func fractionAt(tokens []Token, i int) (value float64, last int) {
	switch fold1(tokens, i) {
	case "½":
		return 0.5, i + 1
	case "¼":
		return 0.25, i + 1
	case "¾":
		return 0.75, i + 1
	case "-":
		i++
	}
	if i < len(tokens) && tokens[i].Kind == Number {
		if f, ok := fractionTail(tokens, i); ok && f < 1 {
			return f, i + 3
		}
	}
	return 0, 0
}

// fractionTail reads digits, a slash and digits that make a common fraction.
func fractionTail(tokens []Token, i int) (float64, bool) {
	if i+2 >= len(tokens) || tokens[i+1].Text != "/" || !tokens[i+1].Glued || tokens[i+2].Kind != Number || !tokens[i+2].Glued {
		return 0, false
	}
	if i+3 < len(tokens) && tokens[i+3].Text == "/" && tokens[i+3].Glued { // a date
		return 0, false
	}
	a, errA := strconv.Atoi(tokens[i].Text)
	b, errB := strconv.Atoi(tokens[i+2].Text)
	if errA != nil || errB != nil || a >= b || b > 16 {
		return 0, false
	}
	return float64(a) / float64(b), true
}

// pluralAt reads "dozens", "tens of thousands", "hundreds of thousands".
func pluralAt(tokens []Token, i int) (Numeral, bool) {
	value, ok := plurals[tokens[i].Fold]
	if !ok {
		return Numeral{}, false
	}
	n := Numeral{Span: Span{i, i + 1}, Value: 2 * value, Vague: true}
	for fold1(tokens, n.Last) == "of" {
		m, ok := plurals[fold1(tokens, n.Last+1)]
		if !ok {
			break
		}
		n.Value *= m
		n.Last += 2
	}
	return n, tokens[i].Fold != "tens" || n.Last > i+1
}

// articleAt reads "a hundred", "a dozen", "half a million", "a couple of", "several hundred", "a few thousand".
func articleAt(tokens []Token, i int) (Numeral, bool) {
	factor, j, vague := 1.0, i, false
	switch tokens[i].Fold {
	case "half":
		factor = 0.5
		j++
		if f := fold1(tokens, j); f == "a" || f == "-" {
			j++
		}
		if fold1(tokens, j) == "a" {
			j++
		}
	case "a", "an":
		j++
		switch fold1(tokens, j) {
		case "few":
			factor, vague = 2, true
			j++
		case "couple":
			if fold1(tokens, j+1) == "of" {
				return Numeral{Span: Span{i, j + 2}, Value: 2, Rough: true}, true
			}
			return Numeral{Span: Span{i, j + 1}, Value: 2, Rough: true}, true
		case "half", "quarter":
			return Numeral{}, false
		}
	case "several", "many", "few":
		factor, vague = 2, true
		j++
	default:
		return Numeral{}, false
	}
	m, ok := magnitudes[fold1(tokens, j)]
	if !ok {
		return Numeral{}, false
	}
	n := Numeral{Span: Span{i, j + 1}, Value: factor * m, Vague: vague, Rough: true}
	for {
		m, ok := magnitudes[fold1(tokens, n.Last)]
		if !ok {
			break
		}
		n.Value *= m
		n.Last++
	}
	if !vague && factor == 1 { // a hundred and twenty
		if rest, ok := wordsAt(tokens, n.Last+skip(tokens, n.Last, "and")); ok && rest.Value < m {
			n.Value += rest.Value
			n.Last = rest.Last
			n.Rough = false
		}
	}
	return n, true
}

func skip(tokens []Token, i int, word string) int {
	if fold1(tokens, i) == word {
		return 1
	}
	return 0
}

// wordsAt reads number words: "twenty-six", "two hundred and thirty four", "six thousand", "first".
func wordsAt(tokens []Token, i int) (Numeral, bool) {
	n := Numeral{Span: Span{i, i}}
	var total, group float64
	last := 0.0 // the magnitude of what was read last: 1 units, 10 tens, 100 and up
	for j := i; j < len(tokens); {
		at := j
		if j > i {
			if f := tokens[j].Fold; f == "-" && tokens[j].Glued || f == "and" && last >= 100 {
				at++
			}
		}
		word := fold1(tokens, at)
		if v, ok := units[word]; ok && (last == 0 || last >= 100 || last == 10 && v < 10 && v > 0) {
			group += v
			last = 1
		} else if v, ok := tens[word]; ok && (last == 0 || last >= 100) {
			group += v
			last = 10
		} else if m, ok := magnitudes[word]; ok && last != 0 {
			if m == 100 || m == 12 {
				group *= m
			} else {
				total += group * m
				group = 0
			}
			last = max(m, 100)
		} else if v, ok := ordinals[word]; ok && (last == 0 || last == 10 && v < 10 || last >= 100) {
			group += v
			n.Ordinal = true
			n.Last = at + 1
			break
		} else {
			break
		}
		j = at + 1
		n.Last = j
	}
	n.Value = total + group
	return n, n.Last > i
}
