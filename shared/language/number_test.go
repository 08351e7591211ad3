package language

import (
	"math"
	"strings"
	"testing"

	"factbox/shared/fact"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		n          int64
		en, fr, ar string
	}{
		{0, "0", "0", "0"},
		{130, "130", "130", "130"},
		{1234, "1,234", "1\u202f234", "1,234"},
		{1234567, "1,234,567", "1\u202f234\u202f567", "1,234,567"},
		{-1234, "-1,234", "-1\u202f234", "\u200e-1,234"},
		{math.MinInt64, "-9,223,372,036,854,775,808", "-9\u202f223\u202f372\u202f036\u202f854\u202f775\u202f808", "\u200e-9,223,372,036,854,775,808"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := get(t, tag).Number(c.n); got != want {
				t.Errorf("%s: Number(%d) = %q, want %q", tag, c.n, got, want)
			}
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		v          float64
		en, fr, ar string
	}{
		{2.5, "2.5", "2,5", "2.5"},
		{1234.0625, "1,234.0625", "1 234,0625", "1,234.0625"},
		{-0.5, "-0.5", "-0,5", "\u200e-0.5"},
		{math.Copysign(0, -1), "0", "0", "0"},
		{0.1 + 0.2, "0.3", "0,3", "0.3"},
		{1e15, "1,000,000,000,000,000", "1 000 000 000 000 000", "1,000,000,000,000,000"},
		{math.Inf(1), "∞", "∞", "∞"},
		{math.Inf(-1), "-∞", "-∞", "\u200e-∞"},
		{math.NaN(), "NaN", "NaN", "ليس رقمًا"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := plainSpaces(get(t, tag).Decimal(c.v)); got != want {
				t.Errorf("%s: Decimal(%v) = %q, want %q", tag, c.v, got, want)
			}
		}
	}
}

func TestMoney(t *testing.T) {
	for _, c := range []struct {
		money      fact.Money
		en, fr, ar string
	}{
		{fact.Money{Value: 500e6, Currency: "USD"}, "US$500,000,000", "500 000 000 $US", "\u200f500,000,000 US$"},
		{fact.Money{Value: 2.3e9, Currency: "EUR"}, "€2,300,000,000", "2 300 000 000 €", "\u200f2,300,000,000 €"},
		{fact.Money{Value: 1.1e9 * 3, Currency: "EUR"}, "€3,300,000,000", "3 300 000 000 €", "\u200f3,300,000,000 €"},
		{fact.Money{Value: 1.5, Currency: "GBP"}, "£1.50", "1,50 £GB", "\u200f1.50 UK£"},
		{fact.Money{Value: 1.5, Currency: "KWD"}, "KWD 1.500", "1,500 KWD", "\u200f1.500 د.ك.\u200f"},
		{fact.Money{Value: 12.25, Currency: "JPY"}, "JP¥12.25", "12,25 JPY", "\u200f12.25 JP¥"},
		{fact.Money{Value: 7, Currency: "XYZ"}, "XYZ 7", "7 XYZ", "\u200f7 XYZ"},
		{fact.Money{Value: -7, Currency: "USD"}, "-US$7", "-7 $US", "\u200f\u200e-7 US$"},
		{fact.Money{Value: 7}, "7", "7", "\u200f7"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := strings.TrimSpace(plainSpaces(get(t, tag).Money(c.money))); got != want {
				t.Errorf("%s: Money(%v) = %q, want %q", tag, c.money, got, want)
			}
		}
	}
}

func TestCount(t *testing.T) {
	low, high := int64(20), int64(1200)
	for _, c := range []struct {
		count      fact.Count
		en, fr, ar string
	}{
		{fact.NewCount(fact.Exact, 130, ""), "130", "130", "130"},
		{fact.NewCount(fact.About, 45, ""), "about 45", "environ 45", "نحو 45"},
		{fact.NewCount(fact.AtLeast, 45, ""), "at least 45", "au moins 45", "45 على الأقل"},
		{fact.NewCount(fact.AtMost, 45, ""), "at most 45", "au plus 45", "45 على الأكثر"},
		{fact.Count{Min: &low, Max: &high, Modifier: fact.Range}, "20 to 1,200", "de 20 à 1 200", "من 20 إلى 1,200"},
		{fact.Count{Modifier: fact.Vague, Text: "dozens"}, "dozens", "dozens", "dozens"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := plainSpaces(get(t, tag).Count(c.count)); got != want {
				t.Errorf("%s: Count(%v) = %q, want %q", tag, c.count, got, want)
			}
		}
	}
}

// TestNumberPattern has the examples of UTS #35 part 3, "Number patterns", and of locales that are not here yet.
func TestNumberPattern(t *testing.T) {
	for _, c := range []struct {
		name, pattern, digits string
		minimum               int
		number, want          string
	}{
		{"groups of three", "#,##0.##", "0123456789", 1, "1234567.89", "1,234,567.89"},
		{"a last group of another size", "#,##,##0.###", "0123456789", 1, "1234567", "12,34,567"},
		{"Spanish groups from five digits", "#,##0.###", "0123456789", 2, "1234", "1234"},
		{"Spanish groups from five digits", "#,##0.###", "0123456789", 2, "12345", "12,345"},
		{"no groups", "0.###", "0123456789", 1, "1234567", "1234567"},
		{"Arabic-Indic digits", "#,##0.###", "٠١٢٣٤٥٦٧٨٩", 1, "1234.5", "١,٢٣٤.٥"},
		{"a negative pattern", "#,##0.00 ¤;(#,##0.00 ¤)", "0123456789", 1, "-1234.50", "(1,234.50 XAG)"},
	} {
		l := &Language{}
		l.CLDR.Numbers = numbers{Digits: c.digits, Decimal: ".", Group: ",", Minus: "-", MinimumGrouping: c.minimum}
		if got := l.write(c.number, parseNumberPattern(c.pattern), "XAG"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzNumber(f *testing.F) {
	f.Add(int64(0), 0.0, "USD")
	f.Add(int64(math.MinInt64), math.MaxFloat64, "KWD")
	f.Add(int64(-1), math.NaN(), "¤-")
	f.Add(int64(1e6), math.SmallestNonzeroFloat64, "")
	f.Fuzz(func(t *testing.T, n int64, v float64, currency string) {
		for _, tag := range Tags() {
			l := get(t, tag)
			for _, got := range []string{l.Number(n), l.Decimal(v), l.Money(fact.Money{Value: v, Currency: currency}), l.Plural("sources", n)} {
				if got == "" {
					t.Errorf("%s: nothing for %d, %v, %q", tag, n, v, currency)
				}
			}
		}
	})
}
