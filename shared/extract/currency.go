package extract

import (
	"strings"
	"sync"

	"factbox/shared/fact"
)

// coins are the currencies of rules/currencies.txt: word → country → ISO 4217 code, the default under "".
var coins = sync.OnceValue(func() map[string]map[string]string {
	data, err := rules.ReadFile("rules/currencies.txt")
	if err != nil {
		panic(err) // embedded
	}
	table := make(map[string]map[string]string)
	for line := range strings.Lines(string(data)) {
		word, codes, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(word, "#") {
			continue
		}
		table[word] = make(map[string]string)
		for field := range strings.FieldsSeq(codes) {
			country, code, shared := strings.Cut(field, ":")
			if !shared {
				country, code = "", field
			}
			table[word][country] = code
		}
	}
	return table
})

// signs are the currency signs, and the letters before a dollar sign that tell whose it is.
var signs = map[string]string{
	"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nz$": "NZD", "us$": "USD", "s$": "SGD",
}

// money gives an amount written with a currency sign; before is the unit in front of it.
func money(sign string, before unit, value float64) *fact.Money {
	code := signs[sign]
	if own := signs[before.fold+sign]; own != "" {
		code = own
	}
	return &fact.Money{Value: value, Currency: code}
}

// spelledMoney gives an amount in words, "50 million euros", and the word of the currency. The code is empty where the word
// alone does not tell it.
func spelledMoney(head unit, all []unit, at int, count *fact.Count) (m *fact.Money, coin string) {
	value := count.Min
	if value == nil {
		value = count.Max
	}
	if value == nil {
		return nil, ""
	}
	s, _ := head.sense(noun)
	code := coins()[s.lemma][""]
	if at > 0 && all[at-1].place != nil {
		if own := coins()[s.lemma][all[at-1].place.Code]; own != "" {
			code = own
		}
	}
	return &fact.Money{Value: float64(*value), Currency: code}, s.lemma
}

// amount gives the money of a noun group that a donor gives, or nil where its currency is not known.
func (c *chunk) amount(donor string) *fact.Money {
	if c.money == nil {
		return nil
	}
	m := *c.money
	if m.Currency == "" {
		m.Currency = coins()[c.coin][donor]
	}
	if m.Currency == "" {
		return nil
	}
	return &m
}
