package place

import (
	"factbox/shared/token"
)

// tagger reads one text.
type tagger struct {
	text            token.Text
	lexicon         *lexicon
	today, earliest string
	introduced      map[string]bool // leaders whose whole names were read
	at              token.Span      // the sentence
	style           style
	found           []find
	key             []byte
	ends            []int
}

// find is a mention and, where two places have its name, the code of the other.
type find struct {
	Mention
	rival string
}

func (t *tagger) sentence(s token.Span) {
	if t.introduced == nil {
		t.introduced = make(map[string]bool)
	}
	t.at, t.style = s, styleOf(t.text, s)
	for i := s.First; i < s.Last; {
		i = t.name(i)
	}
}

// name reads the longest name that begins with a token, and gives the token to go on from.
func (t *tagger) name(i int) int {
	tokens := t.text.Tokens
	if tokens[i].Kind == token.Mark {
		return i + 1
	}
	for n := t.spell(i); n > 0; n-- {
		s := token.Span{First: i, Last: i + n}
		key := t.key[:t.ends[n-1]]
		if l, ok := t.lexicon.leaders[string(key)]; ok && l.fit(tokens[i:s.Last]) {
			if o := t.leader(l, s); o != nil {
				t.found = append(t.found, find{Mention: Mention{Span: s, Code: o.code, Kind: Leader}})
				return s.Last
			}
		}
		e, ok := t.lexicon.places[string(key)]
		if !ok || !e.fit(tokens[i:s.Last]) || e.traits&mixed != 0 && t.style == capitals {
			continue
		}
		if e.code != "" && t.meant(e.entry, s) {
			t.townOf(e.entry, i)
			t.found = append(t.found, find{Mention{Span: s, Code: e.code, Kind: e.kind}, e.rival})
		}
		return s.Last
	}
	return i + 1
}

// spell writes into t.key the folded tokens from i on, as many as the longest name that begins so has, and into t.ends where
// each ends. It gives their number.
func (t *tagger) spell(i int) int {
	t.key, t.ends = t.key[:0], t.ends[:0]
	n := min(t.lexicon.longest[t.text.Tokens[i].Fold], t.at.Last-i)
	for j := i; j < i+n; j++ {
		if j > i {
			t.key = append(t.key, ' ')
		}
		t.key = append(t.key, t.text.Tokens[j].Fold...)
		t.ends = append(t.ends, len(t.key))
	}
	return n
}

// named reports whether some name begins with a token.
func (t *tagger) named(i int) bool {
	tokens := t.text.Tokens
	for n := t.spell(i); n > 0; n-- {
		key := t.key[:t.ends[n-1]]
		if e, ok := t.lexicon.places[string(key)]; ok && e.fit(tokens[i:i+n]) {
			return true
		}
		if l, ok := t.lexicon.leaders[string(key)]; ok && l.fit(tokens[i:i+n]) && t.holder(l.offices) != nil {
			return true
		}
	}
	return false
}

// townOf gives a town the country of the state or region named behind it: "Paris, Texas", "Tripoli, Lebanon".
func (t *tagger) townOf(e *entry, i int) {
	last := len(t.found) - 1
	if last < 0 || i == 0 || t.text.Tokens[i-1].Text != "," || t.found[last].Last != i-1 {
		return
	}
	town := &t.found[last]
	if town.Kind != City && town.Kind != Capital && town.rival == "" {
		return
	}
	if e.traits&state != 0 && e.code != town.Code || e.code == town.rival {
		town.Code, town.Kind, town.rival = e.code, City, ""
	}
}

// settleRivals decides which of two places of one name each find is: the rival when the text names the rival's country and not
// the other. A rival in the United States needs a state or a town of theirs, for the country is named in stories of all others.
func (t *tagger) settleRivals() {
	countries, towns := make(map[string]bool), make(map[string]bool)
	for _, f := range t.found {
		if f.rival == "" {
			countries[f.Code] = true
			if f.Kind == City {
				towns[f.Code] = true
			}
		}
	}
	for i := range t.found {
		f := &t.found[i]
		rival := f.rival
		if rival == "" || countries[f.Code] || !countries[rival] || rival == "US" && !towns[rival] {
			continue
		}
		f.Code = rival
		if f.Kind == Capital || rival == "US" {
			f.Kind = City
		}
	}
}
