// Package language says labels, plurals, dates, numbers, amounts and names of countries in a reader's language. Facts are not
// translated: their words stay in the language of their document.
//
// A language is one file, data/<tag>.json: what Unicode CLDR knows of it, generated, and our labels. data/README.md says how
// to add either. Nothing is read before a language is asked for, and then only that one. The syntax of rules and patterns is
// that of Unicode Technical Standard #35 (UTS #35, LDML), whose parts are cited where they are used.
package language

import (
	"cmp"
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"slices"
	"strings"
	"sync"

	"factbox/shared/fact"
	"factbox/shared/place"
)

//go:embed data/*.json
var files embed.FS

// Language is a language that answers can be given in. It does not change and may be used by many at once.
type Language struct {
	tag string
	content
	decimal, money, moneyLetters numberPattern
	plurals                      []pluralRule
}

// content is a language's file.
type content struct {
	CLDR    cldr                         `json:"cldr"`
	Days    map[string]string            `json:"days"`    // days of the month that are not written as plain numbers
	Labels  map[string]string            `json:"labels"`  // by key
	Plurals map[string]map[string]string `json:"plurals"` // by key and plural category
	Names   map[string]string            `json:"names"`   // of organisations and former countries, by place's code
}

// cldr is what the generator takes from Unicode CLDR.
type cldr struct {
	Name        string            `json:"name"`
	Direction   string            `json:"direction"`
	Numbers     numbers           `json:"numbers"`
	Money       money             `json:"money"`
	Dates       dates             `json:"dates"`
	List        listPatterns      `json:"list"`
	Plurals     map[string]string `json:"plurals"` // plural category to rule
	Territories map[string]string `json:"territories"`
}

type listPatterns struct {
	Two    string `json:"two"`
	Start  string `json:"start"`
	Middle string `json:"middle"`
	End    string `json:"end"`
}

// first is the language that the labels are written in before they are in others.
const first = "en"

// Tags lists the languages there are, "en" first and then by their tags.
func Tags() []string {
	entries, _ := files.ReadDir("data") // embedded: it cannot fail
	tags := []string{first}
	for _, e := range entries {
		if tag := strings.TrimSuffix(e.Name(), ".json"); tag != first {
			tags = append(tags, tag)
		}
	}
	return tags
}

var loaded sync.Map // tag to func() (*Language, error)

// Get gives the language of a BCP 47 tag in any case. What follows the language itself is dropped where there is no file for
// it, from the end (RFC 4647 section 3.4, lookup): "fr-CA" is French. An unknown tag is a fact.Invalid error that lists what
// there is.
func Get(tag string) (*Language, error) {
	found := lookup(tag)
	if found == "" {
		return nil, fact.Errorf(fact.Invalid, "there is no language %q: choose from %s", tag, strings.Join(Tags(), ", "))
	}
	get, ok := loaded.Load(found)
	if !ok {
		get, _ = loaded.LoadOrStore(found, sync.OnceValues(func() (*Language, error) { return load(found) }))
	}
	return get.(func() (*Language, error))()
}

func lookup(tag string) string {
	tags := Tags()
	for end := len(tag); end > 0; end = strings.LastIndexByte(tag[:end], '-') {
		for _, t := range tags {
			if strings.EqualFold(t, tag[:end]) {
				return t
			}
		}
	}
	return ""
}

func load(tag string) (*Language, error) {
	l := &Language{tag: tag}
	data, err := files.ReadFile("data/" + tag + ".json")
	if err != nil {
		return nil, fmt.Errorf("reading the language %s: %w", tag, err)
	}
	if err := json.Unmarshal(data, &l.content); err != nil {
		return nil, fmt.Errorf("reading the language %s: %w", tag, err)
	}
	if l.plurals, err = parsePluralRules(l.CLDR.Plurals); err != nil {
		return nil, fmt.Errorf("reading the language %s: %w", tag, err)
	}
	l.decimal = parseNumberPattern(l.CLDR.Numbers.Pattern)
	l.money = parseNumberPattern(l.CLDR.Money.Pattern)
	l.moneyLetters = parseNumberPattern(l.CLDR.Money.Letters)
	return l, nil
}

// Tag gives the language's BCP 47 tag, for the lang attribute.
func (l *Language) Tag() string { return l.tag }

// Name gives the language's own name for itself: English, français, العربية.
func (l *Language) Name() string { return l.CLDR.Name }

// Direction gives the direction of its script, for the dir attribute: "ltr" or "rtl".
func (l *Language) Direction() string { return l.CLDR.Direction }

// Text gives the label of a key. args are pairs of a placeholder's name and what stands in its place:
// Text("source", "x", "Reuters") makes "Source: Reuters" of "Source: {x}". A placeholder that no pair names stays, so that
// who needs markup around a value can cut the text there. Under go test an unknown key panics; elsewhere it is given back, for
// a page with a strange word on it is better than none.
func (l *Language) Text(key string, args ...string) string {
	text, ok := l.Labels[key]
	if !ok {
		return l.unknown(key)
	}
	return fill(text, args)
}

// Dated gives the label of a key with {date} replaced by Date(date). Where the words around a date depend on how exact it is
// (French: "publié le 3 mars 2021", "publié en 2021"), a key with ".day", ".month" or ".year" behind it has them.
func (l *Language) Dated(key string, date fact.EDTF) string {
	return l.dated(key, precision(string(date)), l.Date(date))
}

func (l *Language) dated(key, precision, date string) string {
	if _, ok := l.Labels[key+"."+precision]; ok {
		key += "." + precision
	}
	return l.Text(key, "date", date)
}

// Plural gives the label of a key that fits the number, {n} replaced by Number(n) and further placeholders as in Text.
func (l *Language) Plural(key string, n int64, args ...string) string {
	forms, ok := l.content.Plurals[key]
	if !ok {
		return l.unknown(key)
	}
	return fill(forms[l.category(n)], append([]string{"n", l.Number(n)}, args...))
}

func (l *Language) unknown(key string) string {
	if flag.Lookup("test.v") != nil {
		panic(fmt.Sprintf("language %s has no label %q", l.tag, key))
	}
	return key
}

// fill replaces placeholders, all in one pass: a value that looks like a placeholder stays as it is.
func fill(text string, args []string) string {
	if len(args) == 0 {
		return text
	}
	pairs := slices.Clone(args)
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// Place gives the name of a country (ISO 3166-1 alpha-2, or ISO 3166-3 for a former one) or of an organisation by the codes
// of package place, whose English name stands where the language has none.
func (l *Language) Place(code string) string {
	return cmp.Or(l.Names[code], l.CLDR.Territories[code], place.Name(code))
}

// List joins items as a sentence does: "France, Italy and Russia" (UTS #35 part 2, list patterns, standard).
func (l *Language) List(items []string) string {
	p := l.CLDR.List
	switch len(items) {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return fill(p.Two, []string{"0", items[0], "1", items[1]})
	}
	last := len(items) - 1
	list := fill(p.End, []string{"0", items[last-1], "1", items[last]})
	for i := last - 2; i > 0; i-- {
		list = fill(p.Middle, []string{"0", items[i], "1", list})
	}
	return fill(p.Start, []string{"0", items[0], "1", list})
}
