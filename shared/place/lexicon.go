package place

import (
	_ "embed"
	"strings"
	"sync"

	"factbox/shared/token"
)

var (
	//go:embed data/countries.tsv
	countryList string
	//go:embed data/capitals.tsv
	capitalList string
	//go:embed data/regions.tsv
	regionList string
	//go:embed data/cities.tsv
	cityList string
	//go:embed data/demonyms.tsv
	demonymList string
	//go:embed data/governments.tsv
	governmentList string
	//go:embed data/ignored.tsv
	ignoredList string
	//go:embed data/leaders.tsv
	leaderList string
	//go:embed data/givennames.txt
	givenNameList string
)

// trait is what a line's flags say of its names; data/README.md explains them.
type trait uint8

const (
	mixed trait = 1 << iota // not in all-capitals copy
	given                   // also a given name
	alone                   // other countries have one of that name
	comma                   // only behind a comma
	state                   // a town is said to lie in it
)

var traits = map[string]trait{"mixed": mixed, "given": given, "alone": alone, "comma": comma, "state": state}

// entry is what a line of a list says of its names.
type entry struct {
	code   string // empty for names that are no place
	kind   Kind
	rival  string // the code of another place of that name
	traits trait
}

// place is a name of an entry.
type place struct {
	*entry
	shapes
}

// leader is a name that one or more leaders go by.
type leader struct {
	offices []*office
	shapes
}

// shapes says how the words of a name are written, a bit a token.
type shapes struct{ capital, upper uint16 }

// fit reports whether tokens are written as the name is: a capital letter where it has one, all capitals where it has those.
func (s shapes) fit(tokens []token.Token) bool {
	for i, tok := range tokens {
		if s.capital>>i&1 == 1 && tok.Shape == token.Lower || s.upper>>i&1 == 1 && tok.Shape != token.Upper {
			return false
		}
	}
	return true
}

// or gives what fits either.
func (s shapes) or(t shapes) shapes {
	return shapes{s.capital & t.capital, s.upper & t.upper}
}

// lexicon finds names by the folded tokens they are made of, joined by spaces.
type lexicon struct {
	places     map[string]place
	leaders    map[string]leader
	longest    map[string]int // the number of tokens of the longest name that begins with this one
	givenNames map[string]bool
}

// The lists hold about this many names; the maps are made for them at once, which saves half the time of filling them.
const (
	placeCount  = 4600
	leaderCount = 1300
)

var names = sync.OnceValue(buildLexicon)

// buildLexicon reads the lists. Where two have a name, the first to give it decides: ours before the generated ones.
func buildLexicon() *lexicon {
	l := &lexicon{
		places:     make(map[string]place, placeCount),
		leaders:    make(map[string]leader, leaderCount),
		longest:    make(map[string]int, placeCount),
		givenNames: make(map[string]bool, 400),
	}
	for line := range strings.Lines(ignoredList) {
		if line[0] != '#' {
			l.addAll(strings.TrimSpace(line), entry{})
		}
	}
	l.addList(countryList, Country)
	for f := range rows(territoryList) {
		l.addTerritory(f[3], f[0])
		l.addAll(f[4], entry{code: f[0], kind: Country})
	}
	for f := range rows(demonymList) {
		l.addAll(f[1], newEntry(f[0], Demonym, f[3]))
		l.addAll(f[2], newEntry(f[0], People, f[3]))
	}
	l.addList(organisationList, Organisation)
	l.addList(governmentList, Government)
	l.addList(capitalList, Capital)
	l.addList(regionList, City)
	l.addList(cityList, City)
	for f := range rows(leaderList) {
		l.addLeader(f)
	}
	for line := range strings.Lines(givenNameList) {
		l.givenNames[strings.ToLower(strings.TrimSpace(line))] = true
	}
	return l
}

// addList adds a list of lines of code, names and flags.
func (l *lexicon) addList(list string, kind Kind) {
	for f := range rows(list) {
		l.addAll(f[1], newEntry(f[0], kind, f[2]))
	}
}

func newEntry(code string, kind Kind, flags string) entry {
	e := entry{code: code, kind: kind}
	for flag := range strings.FieldsSeq(flags) {
		if rival, ok := strings.CutPrefix(flag, "rival:"); ok {
			e.rival = rival
		}
		e.traits |= traits[flag]
	}
	return e
}

func (l *lexicon) addAll(names string, e entry) {
	if names == "" {
		return
	}
	for name := range strings.SplitSeq(names, "|") {
		key, shapes := l.key(name)
		known, ok := l.places[key]
		switch {
		case !ok:
			l.places[key] = place{&e, shapes}
		case known.code == e.code && known.kind == e.kind: // another way to write it: "NATO", "Nato"
			known.shapes = shapes.or(known.shapes)
			l.places[key] = known
		}
	}
}

// addTerritory adds a name of CLDR's as news writes it: "&" as "and", "St." as "Saint" too.
func (l *lexicon) addTerritory(name, code string) {
	e := entry{code: code, kind: Country}
	l.addAll(name, e)
	spelled := strings.ReplaceAll(name, " & ", " and ")
	if spelled != name {
		l.addAll(spelled, e)
	}
	if rest, ok := strings.CutPrefix(spelled, "St. "); ok {
		l.addAll("Saint "+rest, e)
	}
}

// key gives the folded tokens of a name, joined by spaces, and their shapes, and remembers how long it is.
func (l *lexicon) key(name string) (string, shapes) {
	var s shapes
	if !plain(name) {
		tokens := token.Read(name).Tokens
		folded := make([]string, len(tokens))
		for i, tok := range tokens {
			folded[i] = tok.Fold
			s.note(i, tok.Text)
		}
		l.longest[folded[0]] = max(l.longest[folded[0]], len(folded))
		return strings.Join(folded, " "), s
	}
	n := 0
	for word := range strings.SplitSeq(name, " ") {
		s.note(n, word)
		n++
	}
	key := strings.ToLower(name)
	first, _, _ := strings.Cut(key, " ")
	l.longest[first] = max(l.longest[first], n)
	return key, s
}

// plain reports whether a name is made of ASCII letters with a space between words: then it needs no tokenizer, which keeps
// the start quick.
func plain(name string) bool {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c != ' ' && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

func (s *shapes) note(i int, word string) {
	if c := word[0]; c < 0x80 && (c < 'A' || c > 'Z') || word == "The" { // "The Hague", but "in the Hague"
		return
	}
	s.capital |= 1 << i
	if len(word) > 1 && word[1]-'A' < 26 && word == strings.ToUpper(word) {
		s.upper |= 1 << i
	}
}
