package language

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// pluralRule is the condition under which a whole number takes a plural category: any of its alternatives must hold, each of
// which is relations that must all hold (UTS #35 part 3, "Plural rules syntax").
type pluralRule struct {
	category     string
	alternatives [][]relation
}

// relation compares an operand, or its remainder, with ranges: "n % 100 = 3..10,20", "i != 0".
type relation struct {
	whole  bool  // the operand is n or i; the others speak of fraction digits and exponents, and are 0 for a whole number
	modulo int64 // 0 for none
	equal  bool
	ranges [][2]int64
}

// other is the category of what no rule fits. Every language has it.
const other = "other"

// ruled are the categories that rules decide, in the order in which they are tried.
var ruled = []string{"zero", "one", "two", "few", "many"}

// parsePluralRules reads the rules of a language, category by category, each with the samples that CLDR has behind it.
func parsePluralRules(rules map[string]string) ([]pluralRule, error) {
	var parsed []pluralRule
	for _, category := range ruled {
		text, ok := rules[category]
		if !ok {
			continue
		}
		condition, _, _ := strings.Cut(text, "@")
		rule := pluralRule{category: category}
		for alternative := range strings.SplitSeq(condition, " or ") {
			var all []relation
			for text := range strings.SplitSeq(alternative, " and ") {
				r, err := parseRelation(text)
				if err != nil {
					return nil, fmt.Errorf("plural rule %s: %w", category, err)
				}
				all = append(all, r)
			}
			rule.alternatives = append(rule.alternatives, all)
		}
		parsed = append(parsed, rule)
	}
	return parsed, nil
}

// parseRelation reads "operand [% modulus] (=|!=) range,…".
func parseRelation(text string) (relation, error) {
	var r relation
	left, right, ok := strings.Cut(text, "=")
	if !ok {
		return r, fmt.Errorf("%q compares nothing", text)
	}
	left, negated := strings.CutSuffix(left, "!")
	r.equal = !negated
	operand, modulus, remainder := strings.Cut(left, "%")
	operand = strings.TrimSpace(operand)
	if len(operand) != 1 || !strings.Contains("nivwftce", operand) {
		return r, fmt.Errorf("%q is no operand", operand)
	}
	r.whole = operand == "n" || operand == "i"
	var err error
	if remainder {
		if r.modulo, err = strconv.ParseInt(strings.TrimSpace(modulus), 10, 64); err != nil || r.modulo < 1 {
			return r, fmt.Errorf("%q is no modulus", modulus)
		}
	}
	for part := range strings.SplitSeq(right, ",") {
		from, to, interval := strings.Cut(strings.TrimSpace(part), "..")
		if !interval {
			to = from
		}
		first, err := strconv.ParseInt(from, 10, 64)
		if err != nil {
			return r, fmt.Errorf("%q is no range", part)
		}
		last, err := strconv.ParseInt(to, 10, 64)
		if err != nil || last < first {
			return r, fmt.Errorf("%q is no range", part)
		}
		r.ranges = append(r.ranges, [2]int64{first, last})
	}
	return r, nil
}

// category gives the plural category of a number. The operands of a negative one are those of its absolute value.
func (l *Language) category(n int64) string {
	for _, rule := range l.plurals {
		for _, all := range rule.alternatives {
			if !slices.ContainsFunc(all, func(r relation) bool { return !r.holds(n) }) {
				return rule.category
			}
		}
	}
	return other
}

func (r relation) holds(n int64) bool {
	if !r.whole {
		n = 0
	}
	if r.modulo > 0 {
		n %= r.modulo
	}
	if n < 0 {
		n = -n
	}
	in := slices.ContainsFunc(r.ranges, func(span [2]int64) bool { return span[0] <= n && n <= span[1] })
	return in == r.equal
}
