// Command generate fills the "cldr" part of data/*.json from Unicode CLDR and leaves our part, the labels, as it is. Each file
// names the CLDR locale that it is made from. To run it again, or for a new language whose file says no more than
// {"locale": "de", "cldr": {}}:
//
//	npm install --prefix DIR cldr-core@48.2.0 cldr-dates-full@48.2.0 cldr-localenames-full@48.2.0 cldr-misc-full@48.2.0 cldr-numbers-full@48.2.0
//	go run ./shared/language/internal/generate -cldr DIR/node_modules -out shared/language/data
//
// Source: CLDR 48.2 (Unicode licence, see data/LICENSE-UNICODE).
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"factbox/shared/place"
)

func main() {
	log.SetFlags(0)
	cldr := flag.String("cldr", "node_modules", "the folder that holds the packages of CLDR")
	out := flag.String("out", "shared/language/data", "the folder with a file a language")
	flag.Parse()
	files, err := filepath.Glob(filepath.Join(*out, "*.json"))
	if err != nil {
		log.Fatal(err)
	}
	for _, file := range files {
		if err := fill(file, *cldr); err != nil {
			log.Fatalf("filling %s: %v", file, err)
		}
	}
}

// fill replaces the value of "cldr" in a language's file, byte for byte the rest stays.
func fill(file, folder string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var had struct {
		Locale string
		CLDR   json.RawMessage
	}
	if err := json.Unmarshal(text, &had); err != nil {
		return err
	}
	fresh, err := source{folder, had.Locale}.section()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("  ", "  ")
	if err := e.Encode(fresh); err != nil {
		return err
	}
	key := `"cldr": `
	before, after, ok := strings.Cut(string(text), key+string(had.CLDR))
	if !ok {
		return fmt.Errorf("%s is not followed by its value", key)
	}
	filled := before + key + strings.TrimSpace(b.String()) + after
	if err := os.WriteFile(file, []byte(filled), 0o644); err != nil {
		return err
	}
	_, err = fmt.Printf("%s: %s, %d bytes\n", file, had.Locale, len(filled))
	return err
}

// source is a locale in the folder of CLDR's packages.
type source struct{ folder, locale string }

// section is the "cldr" part of the file.
func (s source) section() (map[string]any, error) {
	numbers, money, err := s.numbers()
	if err != nil {
		return nil, err
	}
	dates, err := s.dates()
	if err != nil {
		return nil, err
	}
	list, err := s.list()
	if err != nil {
		return nil, err
	}
	plurals, err := s.plurals()
	if err != nil {
		return nil, err
	}
	name, direction, err := s.identity()
	if err != nil {
		return nil, err
	}
	territories, err := s.territories()
	if err != nil {
		return nil, err
	}
	return map[string]any{
		"name": name, "direction": direction, "numbers": numbers, "money": money, "dates": dates, "list": list,
		"plurals": plurals, "territories": territories,
	}, nil
}

// language is the locale without region and script.
func (s source) language() string {
	language, _, _ := strings.Cut(s.locale, "-")
	return language
}

// main reads a file of the locale.
func (s source) main(pack, name string, into any) error {
	var all struct{ Main map[string]json.RawMessage }
	if err := read(&all, s.folder, pack, "main", s.locale, name+".json"); err != nil {
		return err
	}
	return json.Unmarshal(all.Main[s.locale], into)
}

// supplemental reads a file that is the same for all locales.
func (s source) supplemental(name string, into any) error {
	var all struct{ Supplemental json.RawMessage }
	if err := read(&all, s.folder, "cldr-core", "supplemental", name+".json"); err != nil {
		return err
	}
	return json.Unmarshal(all.Supplemental, into)
}

func read(into any, path ...string) error {
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

func (s source) identity() (name, direction string, err error) {
	var names struct {
		LocaleDisplayNames struct{ Languages map[string]string }
	}
	var layout struct {
		Layout struct {
			Orientation struct{ CharacterOrder string }
		}
	}
	if err := s.main("cldr-localenames-full", "languages", &names); err != nil {
		return "", "", err
	}
	if err := s.main("cldr-misc-full", "layout", &layout); err != nil {
		return "", "", err
	}
	direction = "ltr"
	if layout.Layout.Orientation.CharacterOrder == "right-to-left" {
		direction = "rtl"
	}
	return names.LocaleDisplayNames.Languages[s.language()], direction, nil
}

// currencyPatterns are the formats of amounts.
type currencyPatterns struct {
	Standard          string
	AlphaNextToNumber string `json:"standard-alphaNextToNumber"`
	CurrencySpacing   struct {
		BeforeCurrency, AfterCurrency struct{ InsertBetween string }
	}
}

// letters is the pattern for symbols of which a letter stands beside the number. Where the locale has none, it is the
// standard one with the space of its currencySpacing.
func (c currencyPatterns) letters() string {
	if c.AlphaNextToNumber != "" {
		return c.AlphaNextToNumber
	}
	beside := regexp.MustCompile(`¤([#0])|([#0])¤`)
	return beside.ReplaceAllStringFunc(c.Standard, func(pair string) string {
		if number, ok := strings.CutPrefix(pair, "¤"); ok {
			return "¤" + c.CurrencySpacing.AfterCurrency.InsertBetween + number
		}
		return strings.TrimSuffix(pair, "¤") + c.CurrencySpacing.BeforeCurrency.InsertBetween + "¤"
	})
}

func (s source) numbers() (numbers, money map[string]any, err error) {
	var file struct{ Numbers map[string]json.RawMessage }
	if err := s.main("cldr-numbers-full", "numbers", &file); err != nil {
		return nil, nil, err
	}
	var system, minimum string
	var symbols map[string]string
	var decimal struct{ Standard string }
	var currency currencyPatterns
	part := func(key string, into any) {
		if err == nil {
			err = json.Unmarshal(file.Numbers[key], into)
		}
	}
	part("defaultNumberingSystem", &system)
	part("minimumGroupingDigits", &minimum)
	part("symbols-numberSystem-"+system, &symbols)
	part("decimalFormats-numberSystem-"+system, &decimal)
	part("currencyFormats-numberSystem-"+system, &currency)
	if err != nil {
		return nil, nil, err
	}
	least, err := strconv.Atoi(minimum)
	if err != nil {
		return nil, nil, err
	}
	var systems struct {
		NumberingSystems map[string]struct {
			Digits string `json:"_digits"`
		}
	}
	if err := s.supplemental("numberingSystems", &systems); err != nil {
		return nil, nil, err
	}
	signs, decimals, err := s.currencies()
	if err != nil {
		return nil, nil, err
	}
	return map[string]any{
			"digits": systems.NumberingSystems[system].Digits, "decimal": symbols["decimal"], "group": symbols["group"],
			"minus": symbols["minusSign"], "infinity": symbols["infinity"], "nan": symbols["nan"],
			"minimum_grouping": least, "pattern": decimal.Standard,
		}, map[string]any{
			"pattern": currency.Standard, "letters": currency.letters(), "symbols": signs, "decimals": decimals,
		}, nil
}

// currencies lists the symbols that are not just the code, and the numbers of decimals that are not two.
func (s source) currencies() (symbols map[string]string, decimals map[string]int, err error) {
	var names struct {
		Numbers struct {
			Currencies map[string]struct{ Symbol string }
		}
	}
	if err := s.main("cldr-numbers-full", "currencies", &names); err != nil {
		return nil, nil, err
	}
	symbols = make(map[string]string)
	for code, c := range names.Numbers.Currencies {
		if c.Symbol != "" && c.Symbol != code {
			symbols[code] = c.Symbol
		}
	}
	var data struct {
		CurrencyData struct {
			Fractions map[string]struct {
				Digits int `json:"_digits,string"`
			}
		}
	}
	if err := s.supplemental("currencyData", &data); err != nil {
		return nil, nil, err
	}
	decimals = make(map[string]int)
	for code, f := range data.CurrencyData.Fractions {
		if f.Digits != 2 {
			decimals[code] = f.Digits
		}
	}
	return symbols, decimals, nil
}

func (s source) list() (map[string]string, error) {
	var file struct {
		ListPatterns struct {
			Standard map[string]string `json:"listPattern-type-standard"`
		}
	}
	if err := s.main("cldr-misc-full", "listPatterns", &file); err != nil {
		return nil, err
	}
	p := file.ListPatterns.Standard
	return map[string]string{"two": p["2"], "start": p["start"], "middle": p["middle"], "end": p["end"]}, nil
}

func (s source) plurals() (map[string]string, error) {
	var file struct {
		Cardinal map[string]map[string]string `json:"plurals-type-cardinal"`
	}
	if err := s.supplemental("plurals", &file); err != nil {
		return nil, err
	}
	rules := make(map[string]string)
	for key, rule := range file.Cardinal[s.language()] {
		rules[strings.TrimPrefix(key, "pluralRule-count-")] = rule
	}
	return rules, nil
}

// territories names the countries that package place knows.
func (s source) territories() (map[string]string, error) {
	var file struct {
		LocaleDisplayNames struct{ Territories map[string]string }
	}
	if err := s.main("cldr-localenames-full", "territories", &file); err != nil {
		return nil, err
	}
	names := make(map[string]string)
	for code, name := range file.LocaleDisplayNames.Territories {
		if place.IsCountry(code) {
			names[code] = name
		}
	}
	return names, nil
}
