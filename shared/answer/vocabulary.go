package answer

import (
	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// vocabulary is the words, countries and numbers of some texts.
type vocabulary struct {
	words   map[string]bool
	codes   map[string]bool
	numbers map[float64]bool
	on      fact.EDTF // the day for which leaders' names stand for countries
}

func newVocabulary(on fact.EDTF) *vocabulary {
	return &vocabulary{make(map[string]bool), make(map[string]bool), make(map[float64]bool), on}
}

// add reads texts.
func (v *vocabulary) add(texts ...string) {
	for _, s := range texts {
		text := token.Read(s)
		for i, t := range text.Tokens {
			if t.Kind == token.Mark {
				continue
			}
			for _, b := range bases(t.Fold) {
				v.words[b] = true
			}
			if i > 0 && text.Tokens[i-1].Kind == token.Word { // "air strike" is said of an "airstrike"
				for _, b := range bases(t.Fold) {
					v.words[text.Tokens[i-1].Fold+b] = true
				}
			}
		}
		for _, m := range place.Tag(text, v.on) {
			v.codes[m.Code] = true
		}
		for _, n := range token.Numerals(text.Tokens) {
			if !n.Vague {
				v.numbers[n.Value] = true
			}
		}
	}
}

// addCode adds a country that is stated apart from words.
func (v *vocabulary) addCode(code *string) {
	if code != nil {
		v.codes[*code] = true
		v.add(place.Name(*code))
	}
}

// join adds all of another.
func (v *vocabulary) join(o *vocabulary) {
	for w := range o.words {
		v.words[w] = true
	}
	for c := range o.codes {
		v.codes[c] = true
	}
	for n := range o.numbers {
		v.numbers[n] = true
	}
}

// holds reports whether a word, or one that means the same or less, is there.
func (v *vocabulary) holds(word string) bool {
	if v.says(word) {
		return true
	}
	for _, b := range bases(word) {
		for _, w := range load().wider[b] {
			if v.words[w] {
				return true
			}
		}
	}
	return false
}

// says reports whether a word itself, in one of its plain forms, is there.
func (v *vocabulary) says(word string) bool {
	for _, b := range bases(word) {
		if v.words[b] {
			return true
		}
	}
	return false
}

// ofReports reads the words of facts: their quotes and all that they say, but for who says it and the labels of casualties, which may be headlines.
func (v *vocabulary) ofReports(reports []fact.Fact) {
	for _, f := range reports {
		v.add(text(f.Evidence.Quote))
		switch {
		case f.Casualty != nil:
			c := f.Casualty
			v.add(c.Victims, c.Count.Text)
			v.addCode(c.Place)
			for _, n := range []*int64{c.Count.Min, c.Count.Max} {
				if n != nil {
					v.numbers[float64(*n)] = true
				}
			}
		case f.Date != nil:
			v.add(f.Date.Event)
			for _, code := range f.Date.Participants {
				v.addCode(&code)
			}
		case f.Pledge != nil:
			p := f.Pledge
			v.add(text(p.Condition))
			v.addCode(&p.Donor)
			v.addCode(p.Recipient)
			v.addCode(p.Place)
			if p.Amount != nil {
				v.numbers[p.Amount.Value] = true
				v.add(p.Amount.Currency)
			}
			if p.Quantity != nil {
				v.numbers[p.Quantity.Value] = true
				v.add(p.Quantity.Unit)
			}
		}
	}
}

// text is a string that may be null.
func text[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}
