package extract

import (
	"slices"

	"factbox/shared/place"
)

// donors finds who gives: the noun group that the rule keeps, whose it is where the rule says donor=own, else the subject of the
// first verb.
func (d *Reading) donors(s *sentence, m *match, o offer) []string {
	var groups []int
	switch at := m.all("donor"); {
	case len(at) > 0:
		if groups = coordination(s.chunks, s.listEnd(at[0])); !slices.Contains(groups, at[0]) {
			groups = append(groups, at[0])
		}
	case o.rule.sets["donor"] == "own":
		for _, name := range []string{"owner", "promise", "object"} {
			if at := m.all(name); len(at) > 0 && s.chunks[at[0]].kind == nounGroup {
				return d.owners(s, at[0])
			}
		}
	case o.verb >= 0:
		if m.get("organ") != nil { // whose strikes they are, if that is said
			for _, i := range o.objects {
				if code := groupCode(&s.chunks[i]); code != "" {
					return []string{code}
				}
			}
		}
		groups = d.agents(s, o.verb)
	}
	var codes []string
	for _, i := range slices.Backward(groups) {
		if several := d.several(s, i); several != nil {
			return several
		}
		code := d.actor(&s.chunks[i])
		if said := d.sayer(s, i); said != "" {
			code = said
		} else if code == "" {
			code = personnel(&s.chunks[i])
			if code == "" {
				code = s.seat(i)
			}
		}
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// listEnd gives the last of the countries and organisations listed from chunk i on: "by Peru, Chile and the World Bank".
func (s *sentence) listEnd(i int) int {
	for j := i; ; {
		next := j + 1
		for next < len(s.chunks) && (s.chunks[next].kind == comma || s.chunks[next].kind == conjChunk && s.chunks[next].word == "and") {
			next++
		}
		if next == j+1 || next >= len(s.chunks) || len(s.chunks[next].places) == 0 || !s.chunks[next].named || next+1 < len(s.chunks) && s.chunks[next+1].kind == verbGroup {
			return j
		}
		j = next
	}
}

// several gives the actors whom "they", "both" or "all three nations" at chunk i means: those named together last.
func (d *Reading) several(s *sentence, i int) []string {
	c := &s.chunks[i]
	if c.pronoun && !c.is("plural") || !c.pronoun && !(c.plural && governing[c.word] && len(c.places) == 0) {
		return nil
	}
	for j := i - 1; j >= 0 && c.pronoun; j-- {
		if g := &s.chunks[j]; g.kind == verbGroup && g.is("report") {
			if codes := d.together(s, j); codes != nil {
				return codes
			}
		}
	}
	if c.pronoun {
		return nil
	}
	for j := i - 1; j >= 0; j-- {
		if s.chunks[j].kind == verbGroup {
			if codes := d.together(s, j); codes != nil {
				return codes
			}
		}
	}
	return d.group
}

// together gives the actors, two or more, who are the subject of the verb at chunk v.
func (d *Reading) together(s *sentence, v int) []string {
	var codes []string
	for _, k := range slices.Backward(d.subject(s, v)) {
		if code := d.actor(&s.chunks[k]); code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	if len(codes) < 2 {
		return nil
	}
	return codes
}

// agents gives who does what the verb at chunk v says: its subject, and of an infinitive or a participle behind a clause that
// clause's subject, unless somebody else is asked or blamed there.
func (d *Reading) agents(s *sentence, v int) []int {
	c := &s.chunks[v]
	if groups := d.subject(s, v); c.form != infinitive && (c.form != ing || len(groups) > 0 && !d.governs(s, v)) {
		return groups
	}
	for i := v - 1; i >= 0; i-- {
		switch g := &s.chunks[i]; g.kind {
		case stop, quote, subordinate, relativeWord:
			return nil
		case verbGroup:
			if g.form != finite || g.passive {
				continue
			}
			if g.is("ask") || g.is("order") || g.is("blame") || g.is("want") {
				return nil
			}
			return d.subject(s, i)
		}
	}
	return nil
}

// governs reports whether the nearest finite verb before chunk v has somebody else do what v says: "urged Chad to send".
func (d *Reading) governs(s *sentence, v int) bool {
	for i := v - 1; i >= 0; i-- {
		switch g := &s.chunks[i]; g.kind {
		case stop, quote, subordinate:
			return false
		case verbGroup:
			if g.form == finite {
				return g.is("ask") || g.is("order") || g.is("blame") || g.is("want")
			}
		}
	}
	return false
}

// owners gives whose the noun group at chunk i is: "Germany's offer", "the Norwegian grant", and of "its offer" whom "its" means.
func (d *Reading) owners(s *sentence, i int) []string {
	c := &s.chunks[i]
	var codes []string
	if c.coin != "" { // "20,000 Colombian pesos" are not Colombia's
		return nil
	}
	for _, p := range c.places {
		if p.Kind != place.City && p.Kind != place.People && !slices.Contains(codes, p.Code) {
			codes = append(codes, p.Code)
		}
	}
	if len(codes) == 0 {
		if code := d.possessor(s, i); code != "" {
			codes = append(codes, code)
		}
	}
	return codes
}

// possessor gives the actor whom "its", "his" or "their" in the group at chunk i means: the subject before it, else
// the one last spoken of.
func (d *Reading) possessor(s *sentence, i int) string {
	word := ""
	for _, t := range s.text.Tokens[s.chunks[i].First:s.chunks[i].Last] {
		switch t.Fold {
		case "his", "her", "its", "their":
			word = t.Fold
		}
	}
	if word == "" {
		return ""
	}
	for j := i - 1; j >= 0; j-- {
		if s.chunks[j].kind != verbGroup {
			continue
		}
		for _, k := range d.subject(s, j) {
			if code := d.actor(&s.chunks[k]); code != "" {
				return code
			}
		}
	}
	switch word {
	case "his", "her":
		return d.person
	case "its":
		return d.body
	}
	return ""
}

// seat gives the country where the organ at chunk i sits: "the parliament in Oslo", "lawmakers in Oslo".
func (s *sentence) seat(i int) string {
	if !s.chunks[i].is("organ") || i+2 >= len(s.chunks) || s.chunks[i+1].word != "in" {
		return ""
	}
	for _, p := range s.chunks[i+2].places {
		if p.Kind == place.Capital || p.Kind == place.Country {
			return p.Code
		}
	}
	return ""
}

// personnel gives the country of people who are support themselves: "British instructors".
func personnel(c *chunk) string {
	if c.is("people") && c.is("support") && len(c.places) > 0 && c.places[0].Kind != place.City {
		return c.places[0].Code
	}
	return ""
}

// own are words for one's country or government behind "his" or "our".
var own = map[string]bool{"country": true, "nation": true, "government": true, "administration": true, "ministry": true, "army": true, "military": true}

// sayer gives the actor whom "it", "he", "we" or "his country" at chunk i means in what that actor is reported to say: "the bank said it
// would lend", "“We will send tents,” the minister said".
func (d *Reading) sayer(s *sentence, i int) string {
	c := &s.chunks[i]
	if c.pronoun && c.is("we") {
		return d.quoted(s, i)
	}
	if !c.pronoun && own[c.word] && len(c.places) == 0 {
		if code := d.possessor(s, i); code != "" {
			return code
		}
	}
	if !(c.pronoun && (c.is("person") || c.is("thing")) || c.definite && governing[c.word] && len(c.places) == 0) {
		return ""
	}
	for j := i - 1; j >= 0; j-- {
		if c := &s.chunks[j]; c.kind == verbGroup && c.is("report") {
			for _, k := range d.subject(s, j) {
				if code := d.actor(&s.chunks[k]); code != "" {
					return code
				}
			}
		}
	}
	if c.pronoun {
		return d.mentioned(s, i)
	}
	return ""
}

// mentioned gives the actor whom "it" or "he" at chunk i means in its own sentence: the subject of the clause before.
func (d *Reading) mentioned(s *sentence, i int) string {
	for j := i - 1; j >= 0; j-- {
		if g := &s.chunks[j]; g.kind != verbGroup || g.form != finite || g.passive {
			continue
		}
		for _, k := range d.subject(s, j) {
			g := &s.chunks[k]
			if code := d.actor(g); code != "" && !g.pronoun && d.isPerson(g) == s.chunks[i].is("person") {
				return code
			}
		}
	}
	return ""
}

// quoted gives who is reported, anywhere in the sentence, to say the words at chunk i.
func (d *Reading) quoted(s *sentence, i int) string {
	for j := range s.chunks {
		c := &s.chunks[j]
		if c.kind != verbGroup || !c.is("report") || c.form == infinitive {
			continue
		}
		speakers := d.subject(s, j)
		if len(speakers) == 0 && j > i && j+1 < len(s.chunks) { // "…, said the minister"
			speakers = []int{j + 1}
		}
		for _, k := range speakers {
			if code := d.actor(&s.chunks[k]); code != "" && k != i {
				return code
			}
		}
	}
	return ""
}
