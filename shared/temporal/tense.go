package temporal

import (
	"strings"

	"factbox/shared/token"
)

// reach is how many words around an expression are read for the tense of its verb.
const reach = 24

// lean says which way the verb of an expression points: -1 back, 1 ahead, 0 when nothing tells. The nearest verb before it
// in its sentence decides, else the first behind it.
func (m *matcher) lean(e expression) int {
	if e.Last < len(m.tokens) && !m.boundary[e.Last] { // "the ministry on Sunday issued"
		if d := m.points(e.Last); d < 0 || d > 0 && !m.relative(e.First) {
			return d
		}
	}
	if d := m.preposition(e); d != 0 {
		return d
	}
	possessive := e.Last < len(m.tokens) && m.tokens[e.Last].Fold == "'s" // "Friday's ruling": the verb before is not the ruling's
	for j := e.First - 1; !possessive && j >= 0 && j >= e.First-reach; j-- {
		if d := m.points(j); d != 0 {
			if d > 0 && j > 1 && m.tokens[j-1].Fold == "been" && m.tokens[j-2].Fold == "had" {
				return 0 // "had been due to": what came of it is not said
			}
			if d < 0 && j > 0 && passive[m.tokens[j-1].Fold] {
				continue // "will be opened", "is planned"
			}
			return d
		}
		if m.boundary[j] || m.tokens[j].Fold == ";" {
			break
		}
	}
	for j := e.Last; j < len(m.tokens) && j < e.Last+reach && !m.boundary[j]; j++ {
		if d := m.points(j); d != 0 {
			return d
		}
	}
	if e.weekday > 0 && !possessive && m.present(e) {
		return 1
	}
	return 0
}

// preposition says which way the word before an expression points.
func (m *matcher) preposition(e expression) int {
	if e.First == 0 || m.boundary[e.First] || e.class == "clock" || e.class == "part" {
		return 0
	}
	switch before := m.tokens[e.First-1].Fold; before {
	case "until", "through", "by":
		switch {
		case e.weekday > 0 && before != "until": // "by Wednesday" is told of both
			return 0
		case m.had(e.Last): // "until Thursday, they had not called"
			return -1
		}
		return 1
	case "since", "follows", "following":
		return -1
	}
	return 0
}

// present reports whether the sentence of an expression is told in the present: "The final is on Sunday". No other verb was
// found in it.
func (m *matcher) present(e expression) bool {
	for j := e.First - 1; j >= 0 && j >= e.First-reach && !m.boundary[j+1]; j-- {
		if present[m.tokens[j].Fold] {
			return true
		}
	}
	for j := e.Last; j < len(m.tokens) && j < e.Last+reach && !m.boundary[j]; j++ {
		if present[m.tokens[j].Fold] {
			return true
		}
	}
	return false
}

var (
	// present are the forms of "be" by which a weekday is still to come where no other verb stands.
	present = map[string]bool{"is": true, "are": true, "'re": true}
	// passive are the forms of "be" whose participle tells of no past.
	passive = map[string]bool{"be": true, "is": true, "are": true, "being": true}
)

// saying reports whether the words before i say that a source spoke: "officials said on" Friday.
func (m *matcher) saying(i int) bool {
	if i > 1 && !m.boundary[i] && m.tokens[i-1].Fold == "on" {
		i--
	}
	return i > 0 && !m.boundary[i] && m.looks(sayings, i-1)
}

var sayings = newGuard(false, false, "$mark.saying")

// relative reports whether the words before i are a relative clause told in the past: "those who left on Tuesday" may return.
func (m *matcher) relative(i int) bool {
	past := false
	for j := i - 1; j >= 0 && j >= i-8 && !m.boundary[j+1]; j-- {
		switch m.tokens[j].Fold {
		case "who", "which", "that":
			return past
		}
		past = past || m.points(j) < 0
	}
	return false
}

// had reports whether the clause from i on is told in the pluperfect.
func (m *matcher) had(i int) bool {
	for j := i; j < len(m.tokens) && j < i+5 && !m.boundary[j]; j++ {
		if m.tokens[j].Fold == "had" {
			return true
		}
	}
	return false
}

// points says which way one word points.
func (m *matcher) points(j int) int {
	direction, longest := 0, j
	for _, h := range m.hits[j] {
		if h.last <= longest {
			continue
		}
		switch h.key {
		case "$mark.future":
			direction, longest = 1, h.last
		case "$mark.past":
			direction, longest = -1, h.last
		}
	}
	if direction == 0 && regularPast(m.tokens[j]) {
		return -1
	}
	return direction
}

// regularPast reports whether a word looks like a regular past: "launched" but not "need", "United".
func regularPast(t token.Token) bool {
	return t.Kind == token.Word && len(t.Fold) > 4 && strings.HasSuffix(t.Fold, "ed") && !strings.HasSuffix(t.Fold, "eed") &&
		t.Shape != token.Capital
}
