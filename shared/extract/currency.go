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

// signs are what stands before an amount: currency signs, also behind the letters that tell whose dollar it is, and codes.
var signs = map[string]string{
	"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₺": "TRY", "₦": "NGN", "₽": "RUB", "₪": "ILS",
	"a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nz$": "NZD", "us$": "USD", "s$": "SGD",
	"usd": "USD", "eur": "EUR", "gbp": "GBP", "jpy": "JPY", "chf": "CHF", "cad": "CAD", "aud": "AUD", "nzd": "NZD", "cny": "CNY", "rmb": "CNY",
	"inr": "INR", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "aed": "AED", "rs": "", "rs.": "",
}

// priced reports whether the unit at j is a sign or code of a currency before a number.
func (c *chunker) priced(j int) bool {
	u := c.at(j)
	_, known := signs[u.fold]
	return known && (u.mark || u.capital) && c.at(j+1).number != nil
}

// signedMoney gives the amount whose sign is the unit at j, and the word of the currency where the sign is shared ("Rs").
func (c *chunker) signedMoney(j int) (m *fact.Money, coin string) {
	u := c.units[j]
	code := signs[u.fold]
	if u.mark && j > 0 {
		before := c.units[j-1]
		if own := signs[before.fold+u.fold]; own != "" && u.glued {
			code = own
		} else if own := signs[before.fold]; own != "" && before.capital { // "CAD $5 million"
			code = own
		}
	}
	if code == "" {
		coin = "rupee"
	}
	return &fact.Money{Value: c.units[j+1].number.Value, Currency: code}, coin
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
