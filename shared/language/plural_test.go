package language

import (
	"strconv"
	"strings"
	"testing"
)

// TestSamples holds the evaluation of each rule to the samples of whole numbers that CLDR gives with it. Those in compact
// notation ("1c6" for "1 million") are left out: no number is written so here.
func TestSamples(t *testing.T) {
	for _, tag := range Tags() {
		l, tried := get(t, tag), 0
		for category, rule := range l.CLDR.Plurals {
			_, samples, _ := strings.Cut(rule, "@integer")
			samples, _, _ = strings.Cut(samples, "@decimal")
			for sample := range strings.SplitSeq(samples, ",") {
				sample = strings.TrimSpace(sample)
				if sample == "…" || strings.Contains(sample, "c") || sample == "" {
					continue
				}
				from, to, interval := strings.Cut(sample, "~")
				if !interval {
					to = from
				}
				first, err := strconv.ParseInt(from, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				last, err := strconv.ParseInt(to, 10, 64)
				if err != nil {
					t.Fatal(err)
				}
				for n := first; n <= last; n++ {
					tried++
					if got := l.category(n); got != category {
						t.Errorf("%s: %d is %s, want %s", tag, n, got, category)
					}
				}
			}
		}
		if tried < 20 {
			t.Errorf("%s: only %d samples", tag, tried)
		}
	}
}

// TestForeignRules has rules of languages that are not here yet.
func TestForeignRules(t *testing.T) {
	russian := map[string]string{
		"one":  "v = 0 and i % 10 = 1 and i % 100 != 11 @integer 1, 21, …",
		"few":  "v = 0 and i % 10 = 2..4 and i % 100 != 12..14",
		"many": "v = 0 and i % 10 = 0 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 11..14",
	}
	danish := map[string]string{"one": "n = 1 or t != 0 and i = 0,1 @integer 1"}
	for _, c := range []struct {
		name  string
		rules map[string]string
		n     int64
		want  string
	}{
		{"Russian", russian, 1, "one"}, {"Russian", russian, 11, "many"}, {"Russian", russian, 21, "one"}, {"Russian", russian, -21, "one"},
		{"Russian", russian, 3, "few"}, {"Russian", russian, 13, "many"}, {"Russian", russian, 24, "few"}, {"Russian", russian, 100, "many"},
		{"Danish", danish, 1, "one"}, {"Danish", danish, 0, "other"},
	} {
		rules, err := parsePluralRules(c.rules)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&Language{plurals: rules}).category(c.n); got != c.want {
			t.Errorf("%s: %d is %s, want %s", c.name, c.n, got, c.want)
		}
	}
}

func TestRuleErrors(t *testing.T) {
	for _, c := range []struct{ rule, want string }{
		{"n", `compares nothing`},
		{"x = 1", `"x" is no operand`},
		{"n % 0 = 1", `is no modulus`},
		{"n = one", `is no range`},
		{"n = 1..", `is no range`},
		{"n = 5..1", `is no range`},
	} {
		if _, err := parsePluralRules(map[string]string{"one": c.rule}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.rule, err, c.want)
		}
	}
}

func TestPlural(t *testing.T) {
	for _, c := range []struct {
		tag, key string
		n        int64
		want     string
	}{
		{"en", "effect.killed", 1, "1 killed"},
		{"en", "sources", 1, "1 source"},
		{"en", "sources", 0, "0 sources"},
		{"fr", "effect.killed", 0, "0 mort"},
		{"fr", "effect.killed", 1, "1 mort"},
		{"fr", "effect.killed", 1500, "1 500 morts"},
		{"fr", "effect.displaced", 2e6, "2 000 000 de personnes déplacées"},
		{"ar", "effect.killed", 0, "لا قتلى"},
		{"ar", "effect.killed", 1, "قتيل واحد"},
		{"ar", "effect.killed", 2, "قتيلان"},
		{"ar", "effect.killed", 3, "3 قتلى"},
		{"ar", "effect.killed", 130, "130 قتيلًا"},
		{"ar", "effect.killed", 1500, "1,500 قتيل"},
	} {
		if got := plainSpaces(get(t, c.tag).Plural(c.key, c.n)); got != c.want {
			t.Errorf("%s: Plural(%s, %d) = %q, want %q", c.tag, c.key, c.n, got, c.want)
		}
	}
}
