package place

import (
	_ "embed"
	"iter"
	"strings"
	"sync"
)

//go:embed data/territories.tsv
var territoryList string

//go:embed data/historic.tsv
var historicList string

//go:embed data/organisations.tsv
var organisationList string

// codebook holds every code that Tag can give.
type codebook struct {
	codes   map[string]string // alpha-2, alpha-3 and organisations' codes, in capitals, to the code used here
	names   map[string]string
	country map[string]bool
}

var codes = sync.OnceValue(func() *codebook {
	b := &codebook{codes: make(map[string]string), names: make(map[string]string), country: make(map[string]bool)}
	addCountry := func(alpha2, alpha3, name string) {
		b.codes[alpha2], b.codes[alpha3] = alpha2, alpha2
		b.names[alpha2], b.country[alpha2] = name, true
	}
	for f := range rows(territoryList) {
		addCountry(f[0], f[1], f[3])
	}
	for f := range rows(historicList) {
		addCountry(f[0], f[1], f[2])
	}
	for f := range rows(organisationList) {
		if b.names[f[0]] == "" { // further lines of the same organisation give it other names
			name, _, _ := strings.Cut(f[1], "|")
			b.codes[f[0]], b.names[f[0]] = f[0], name
		}
	}
	b.codes["UK"] = "GB"  // ISO 3166-1 reserves UK for the United Kingdom
	b.codes["XKX"] = "XK" // the World Bank's alpha-3 for Kosovo, beside CLDR's XKK
	return b
})

// fieldCount is the number of fields a line of a list is cut into; those it does not have are empty.
const fieldCount = 5

// rows yields the fields of each line of a list. Comments begin with #.
func rows(list string) iter.Seq[[fieldCount]string] {
	return func(yield func([fieldCount]string) bool) {
		for line := range strings.Lines(list) {
			if line[0] == '#' {
				continue
			}
			var fields [fieldCount]string
			rest := strings.TrimSuffix(line, "\n")
			for i := range fields {
				fields[i], rest, _ = strings.Cut(rest, "\t")
			}
			if !yield(fields) {
				return
			}
		}
	}
}

// Code gives the code of a country written as ISO 3166-1 alpha-2 or alpha-3 in any case, or of an organisation's code.
// "UK" is GB; countries that are no more keep their code of ISO 3166-3 (SU, YU, DD, CS). ok is false for anything else.
func Code(s string) (code string, ok bool) {
	code, ok = codes().codes[strings.ToUpper(s)]
	return code, ok
}

// Name gives the English name of a country or organisation (CLDR), or the code itself when there is none.
func Name(code string) string {
	if name := codes().names[code]; name != "" {
		return name
	}
	return code
}

// IsCountry reports whether the code is ISO 3166-1 alpha-2 (or Kosovo's XK, or a former country's) rather than an
// organisation's.
func IsCountry(code string) bool { return codes().country[code] }
