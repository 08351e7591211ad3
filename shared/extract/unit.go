package extract

import (
	"slices"
	"strings"

	"factbox/shared/place"
	"factbox/shared/temporal"
	"factbox/shared/token"
)

// unit is a word to the groups: a token, or several that a stage below has put together (a phrase of the lexicon, a number,
// a time expression, the name of a country).
type unit struct {
	token.Span
	fold     string // folded words, a blank between them
	senses   []sense
	mark     bool
	capital, // begins with a capital letter where that tells something
	shouted, // the sentence is in capitals throughout
	glued bool
	number *token.Numeral
	time   *temporal.Mention
	place  *place.Mention
}

// units appends the units of one sentence to a list. numbers, times and places are those of the paragraph.
func units(list []unit, text token.Text, sentence token.Span, numbers []token.Numeral, times []temporal.Mention, places []place.Mention) []unit {
	words := lexicon()
	capitals := inCapitals(text, sentence)
	n, _ := slices.BinarySearchFunc(numbers, sentence.First, func(m token.Numeral, at int) int { return m.First - at })
	t, _ := slices.BinarySearchFunc(times, sentence.First, func(m temporal.Mention, at int) int { return m.First - at })
	p, _ := slices.BinarySearchFunc(places, sentence.First, func(m place.Mention, at int) int { return m.First - at })
	for i := sentence.First; i < sentence.Last; {
		for n < len(numbers) && numbers[n].First < i {
			n++
		}
		for t < len(times) && times[t].First < i {
			t++
		}
		for p < len(places) && places[p].First < i {
			p++
		}
		tok := text.Tokens[i]
		u := unit{Span: token.Span{First: i, Last: i + 1}, fold: tok.Fold, mark: tok.Kind == token.Mark, glued: tok.Glued, capital: tok.Shape != token.Lower}
		senses, last := words.look(text.Tokens, i, sentence.Last)
		switch {
		case t < len(times) && times[t].First == i:
			u.time, u.Last = &times[t], times[t].Last
		case p < len(places) && places[p].First == i && (last <= places[p].Last):
			u.place, u.Last = &places[p], places[p].Last
		case n < len(numbers) && numbers[n].First == i && !(numbered(list, tok) && !(capitals && !tok.Glued && countsPeople(text.Tokens, i+1, sentence.Last))):
			u.number, u.Last = &numbers[n], numbers[n].Last
			if numbers[n].Ordinal || senses != nil && tok.Kind == token.Word && last > u.Last {
				u.number = nil
				u.senses = senses
				u.Last = max(last, u.Last)
			}
		case senses != nil && !(tok.Shape == token.Upper && last == i+1 && !capitals && functional(senses)):
			u.senses, u.Last = senses, last
		}
		if u.Last > sentence.Last {
			u.Last = sentence.Last
		}
		if u.Last > i+1 {
			var b strings.Builder
			for j := i; j < u.Last; j++ {
				if j > i {
					b.WriteByte(' ')
				}
				b.WriteString(text.Tokens[j].Fold)
			}
			u.fold = b.String()
		}
		if capitals {
			u.shouted = true
			u.capital = len(u.senses) == 0 && !verbal(u.fold)
		}
		list = append(list, u)
		i = u.Last
	}
	return list
}

// numbered reports whether a numeral is the number of something named before it ("Flight 370", "Su-24") and no count.
func numbered(before []unit, tok token.Token) bool {
	if len(before) == 0 || tok.Kind != token.Number {
		return false
	}
	last := before[len(before)-1]
	if _, currency := signs[last.fold]; currency {
		return false
	}
	if last.fold == "-" && last.glued && tok.Glued && len(before) > 1 {
		last = before[len(before)-2]
		return !last.mark && last.number == nil && last.time == nil && len(last.senses) == 0
	}
	return last.capital && last.place == nil && last.time == nil && last.number == nil && len(last.senses) == 0 && len(before) > 1
}

// countsPeople reports whether a noun for people stands at token i: in capitals it tells a count from the number of a name.
func countsPeople(tokens []token.Token, i, end int) bool {
	senses, _ := lexicon().look(tokens, i, end)
	return slices.ContainsFunc(senses, func(s sense) bool { return s.is("people") })
}

// lowered reports whether the unit is a word of some weight without a capital letter.
func (u unit) lowered() bool {
	return !u.capital && !u.mark && len(u.fold) > 3 && u.number == nil && u.time == nil && !functional(u.senses)
}

func (u unit) sense(p part) (sense, bool) {
	for _, s := range u.senses {
		if s.part == p {
			return s, true
		}
	}
	return sense{}, false
}

func (u unit) is(p part) bool {
	_, ok := u.sense(p)
	return ok
}

// verbs gives the readings as a verb.
func (u unit) verbForm(forms ...form) (sense, bool) {
	for _, s := range u.senses {
		if s.part != verb {
			continue
		}
		for _, f := range forms {
			if s.form == f {
				return s, true
			}
		}
	}
	if len(u.senses) == 0 && !u.mark && !u.capital && u.number == nil && u.time == nil && u.place == nil && verbal(u.fold) {
		for _, f := range forms {
			if (f == past || f == participle) && strings.HasSuffix(u.fold, "ed") || f == gerund && strings.HasSuffix(u.fold, "ing") {
				return sense{part: verb, form: f, lemma: u.fold}, true
			}
		}
	}
	return sense{}, false
}

// verbal reports whether an unlisted word is formed like a verb's past or gerund, or like an adverb.
func verbal(fold string) bool {
	return strings.HasSuffix(fold, "ed") && len(fold) > 4 || strings.HasSuffix(fold, "ing") && len(fold) > 5 || strings.HasSuffix(fold, "ly") && len(fold) > 4
}

// nominal reports whether the unit can stand in a noun group before or as its head.
func (u unit) nominal() bool {
	switch {
	case u.mark:
		return false
	case u.number != nil, u.place != nil, u.time != nil:
		return true
	case len(u.senses) == 0:
		return !strings.HasSuffix(u.fold, "ly") || u.capital
	}
	return u.is(noun) || u.is(adjective)
}

// inCapitals reports whether the sentence is written in capitals throughout, as wire copy is.
func inCapitals(text token.Text, sentence token.Span) bool {
	for _, t := range text.Tokens[sentence.First:sentence.Last] {
		if t.Kind == token.Word && (t.Shape == token.Lower && len(t.Text) > 2 || t.Shape == token.Capital && len(t.Text) > 1) {
			return false
		}
	}
	return true
}

// functional reports whether a word is a small one in some reading: in capitals ("IS", "US", "WHO") it is a name.
func functional(senses []sense) bool {
	for _, s := range senses {
		switch s.part {
		case noun, verb, adjective:
		default:
			return true
		}
	}
	return false
}
