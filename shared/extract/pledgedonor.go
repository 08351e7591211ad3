package extract

import (
	"slices"
)

// donors finds who gives: the noun group that the rule keeps, else the subject of the first verb.
func (d *Reading) donors(s *sentence, m *match, o offer) []string {
	var groups []int
	if at := m.all("donor"); len(at) > 0 {
		groups = coordination(s.chunks, at[0])
	} else if o.verb >= 0 {
		groups = d.subject(s, o.verb)
		if m.get("organ") != nil { // whose strikes they are, if that is said
			for _, i := range o.objects {
				if code := groupCode(&s.chunks[i]); code != "" {
					return []string{code}
				}
			}
		}
	}
	var codes []string
	for _, i := range slices.Backward(groups) {
		code := d.actor(&s.chunks[i])
		if said := d.sayer(s, i); said != "" {
			code = said
		}
		if code != "" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	return codes
}

// sayer gives the actor whom "it" or "he" at chunk i means in what that actor is reported to say: "the bank said it would lend".
func (d *Reading) sayer(s *sentence, i int) string {
	if c := &s.chunks[i]; !c.pronoun || !(c.is("person") || c.is("thing")) {
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
	return ""
}
