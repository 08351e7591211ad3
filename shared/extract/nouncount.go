package extract

import (
	"strings"

	"factbox/shared/fact"
)

// bound reads words that bound the number behind them and gives the unit where the number begins; the modifier is empty when
// there are none.
func (c *chunker) bound(i int) (next int, modifier string, words int) {
	if i >= len(c.units) {
		return i, "", i
	}
	node := bounds()
	best, modifier := i, ""
	j := i
	for j < len(c.units) && j < i+4 {
		for f := range strings.SplitSeq(c.units[j].fold, " ") {
			if node = node.next[f]; node == nil {
				break
			}
		}
		if node == nil {
			break
		}
		j++
		if len(node.senses) > 0 {
			best, modifier = j, node.senses[0].lemma
		}
	}
	if modifier == "" || c.at(best).number == nil && !c.priced(best) {
		return i, "", i
	}
	return best, modifier, i
}

// count reads the number at unit j with what bounds it, and gives the unit behind it. A number that counts nothing gives nil.
func (c *chunker) count(j, first int, modifier string, bound int) (int, *fact.Count) {
	n := c.units[j].number
	end := j + 1
	words := func(from, to int) string { return c.words(from, to) }
	if n.Vague {
		return end, &fact.Count{Modifier: fact.Vague, Text: words(j, end)}
	}
	low, ok := n.Integer()
	if !ok {
		return end, nil
	}
	// "20 to 30", "20-30", "between 20 and 30", "two or three"
	joint := c.at(end).fold
	second := c.at(end + 1).number
	ranged := joint == "to" || joint == "or" || joint == "-" || joint == "–" || joint == "and" && modifier == "between"
	if second != nil && ranged && !second.Vague && !second.Ordinal {
		if high, ok := second.Integer(); ok && high > low {
			return end + 2, &fact.Count{Min: &low, Max: &high, Modifier: fact.Range, Text: words(j, end+2)}
		}
	}
	m := fact.Exact
	switch modifier {
	case "at_least", "at_most", "about":
		m = fact.Modifier(modifier)
	}
	if m == fact.Exact && n.Rough && n.Value >= 10 {
		m = fact.About
	}
	if c.at(end).fold == "or" && c.at(end+1).fold == "more" {
		m, end = fact.AtLeast, end+2
	} else if c.at(end+1).fold == "or" && c.at(end+2).fold == "more" && c.nominal(end) { // "60 people or more"
		m = fact.AtLeast
	}
	from := j
	if modifier != "" && bound < j {
		from = bound
	}
	count := fact.NewCount(m, low, words(from, end))
	return end, &count
}

// vagueOrPart reports whether "of" at unit j goes on with the counted noun: "dozens of people", "two of the dead", and sets
// the scope in the second case.
func (c *chunker) vagueOrPart(g *chunk, j int) bool {
	next := c.at(j + 1)
	if g.count == nil {
		return false
	}
	if next.is(determinerPart) && next.fold != "a" && next.fold != "an" {
		g.scope = fact.ScopePart
		return c.headed(j + 2)
	}
	return g.count.Modifier == fact.Vague && c.headed(j+1)
}

// countsOn reports whether the word at unit j makes a count go on from one before it: "another six bodies", "six more people", but not
// "more than six" and "six or more".
func (c *chunker) countsOn(j int) bool {
	switch c.at(j).fold {
	case "another", "further", "additional", "extra":
		return true
	case "more":
		return c.at(j+1).fold != "than" && (j == 0 || c.units[j-1].fold != "or")
	}
	return false
}
