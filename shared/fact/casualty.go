package fact

import "strconv"

// Effect is what happened to the people counted.
type Effect string

// The effects.
const (
	Killed    Effect = "killed"
	Injured   Effect = "injured"
	Missing   Effect = "missing"
	Abducted  Effect = "abducted"
	Detained  Effect = "detained"
	Displaced Effect = "displaced"
	Evacuated Effect = "evacuated"
	Affected  Effect = "affected"
)

// Effects lists every effect, gravest first.
var Effects = []Effect{Killed, Injured, Missing, Abducted, Detained, Displaced, Evacuated, Affected}

// Modifier says how a count bounds the number of people.
type Modifier string

// The modifiers, each with the bounds it has.
const (
	Exact   Modifier = "exact"    // n, n
	About   Modifier = "about"    // n, n
	AtLeast Modifier = "at_least" // n, null
	AtMost  Modifier = "at_most"  // null, n
	Range   Modifier = "range"    // a, b
	Vague   Modifier = "vague"    // null, null: "dozens" stays "dozens"
)

// Count is a number of people as the document states it.
type Count struct {
	Min      *int64   `json:"min"`
	Max      *int64   `json:"max"`
	Modifier Modifier `json:"modifier"`
	Text     string   `json:"text"` // the words
}

// NewCount gives the count that a modifier makes of n. For Range and Vague fill Count in directly.
func NewCount(modifier Modifier, n int64, text string) Count {
	c := Count{Modifier: modifier, Text: text}
	if modifier != AtMost {
		c.Min = &n
	}
	if modifier != AtLeast {
		c.Max = &n
	}
	return c
}

// String writes the modifier with the bounds: "exact 9", "at_least 9", "range 20-30", "vague".
func (c Count) String() string {
	s := string(c.Modifier)
	switch {
	case c.Min != nil && c.Max != nil && *c.Min != *c.Max:
		return s + " " + strconv.FormatInt(*c.Min, 10) + "-" + strconv.FormatInt(*c.Max, 10)
	case c.Min != nil:
		return s + " " + strconv.FormatInt(*c.Min, 10)
	case c.Max != nil:
		return s + " " + strconv.FormatInt(*c.Max, 10)
	}
	return s
}

// Scope says whether a count is the whole toll, a part of it, or what has been added to it.
type Scope string

// The scopes. The empty scope is written null: the text does not say.
const (
	ScopeTotal     Scope = "total"
	ScopePart      Scope = "part_of_total"
	ScopeIncrement Scope = "increment"
)

// Casualty is a number of people killed, injured, missing and so on.
type Casualty struct {
	Effect  Effect  `json:"effect"`
	Count   Count   `json:"count"`
	Victims string  `json:"victims"` // the noun phrase; empty when the text has none
	Event   string  `json:"event"`   // a short label
	Place   *string `json:"place"`   // ISO 3166-1 alpha-2
	Date    *EDTF   `json:"date"`
	Scope   *Scope  `json:"scope"`
}
