package extract

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// recipients finds for whom it is, and where.
func (d *Reading) recipients(s *sentence, m *match, act int, o *offer) {
	set := func(code string) {
		if slices.Contains(o.donors, code) {
			o.home = true
		}
		if code != "" && o.pledge.Recipient == nil && !slices.Contains(o.donors, code) {
			o.pledge.Recipient = &code
		}
	}
	if at := m.all("recipient"); len(at) > 0 {
		o.explicit = true
		set(d.receivedBy(s, at[0], o.rule.sets["types"] == string(fact.Political)))
	}
	if at := m.all("promise"); o.rule.sets["donor"] == "own" && len(at) > 0 && at[0] > 0 && s.chunks[at[0]-1].is("welcome") { // "Haiti welcomed Kenya's offer"
		for _, i := range d.subject(s, at[0]-1) {
			set(d.receiver(&s.chunks[i]))
		}
	}
	if at := m.get("place"); at != nil {
		code := d.receiver(at)
		if place.IsCountry(code) {
			o.pledge.Place = &code
		}
		o.region = o.region || code == ""
	}
	if at := m.all("asker"); len(at) > 0 { // who is refused: "Peru's request for", "a request for … from Peru"
		set(d.asker(s, at[0], o.last))
	}
	for _, i := range o.objects {
		switch c := &s.chunks[i]; {
		case c.is("debt"):
			set(groupCode(c))
		case len(c.places) > 0 && c.places[0].Kind == place.Country && c.owner == nil && c.is("support") && !s.gapped(i): // "offered Peru tents"
			set(c.places[0].Code)
		}
	}
	local := slices.ContainsFunc(o.pledge.Types, func(t fact.SupportType) bool {
		switch t {
		case fact.Troops, fact.Naval, fact.AirStrikes, fact.Peacekeeping, fact.Reconnaissance:
			return true
		}
		return false
	})
	from, reach := o.first, o.last
	if act >= 0 {
		from = act
	}
	defer func() { o.last = max(o.last, reach) }()
	purpose := false // in a clause that says what for: a place there is told, a receiver no more
	for i := from; i < len(s.chunks) && i < o.last+maxTail; i++ {
		c := &s.chunks[i]
		if i >= o.last && (c.kind == stop || c.kind == verbGroup && c.form == finite || c.kind == subordinate || c.kind == conjChunk && c.word != "and") {
			break
		}
		purpose = purpose || i >= o.last && c.kind == verbGroup && c.form == infinitive && !c.helps()
		if c.kind == verbGroup && i > act && c.helps() {
			if i+1 < len(s.chunks) && s.chunks[i+1].kind == nounGroup {
				set(d.receiver(&s.chunks[i+1]))
			}
		}
		if c.kind != nounGroup || i == 0 {
			continue
		}
		before := s.chunks[i-1]
		if purpose && !(before.kind == prepChunk && located[before.word]) {
			continue
		}
		switch {
		case before.kind == prepChunk && (before.word == "to" || before.word == "for" || before.word == "with" || before.word == "behind" || before.word == "in support of" || before.word == "on behalf of"):
			code := d.receivedBy(s, i, false)
			o.region = o.region || c.is("region")
			o.explicit = o.explicit || code == "" && before.word == "to" && (c.named || c.is("people") || c.is("organ")) && !s.possessive(i)
			if before.word == "to" && local && len(c.places) > 0 && place.IsCountry(code) && c.places[len(c.places)-1].Kind != place.People && c.places[len(c.places)-1].Kind != place.Demonym {
				if o.pledge.Place == nil {
					o.pledge.Place = &code
				}
				if slices.Contains(o.pledge.Types, fact.Peacekeeping) {
					set(code)
				}
				if i-o.last <= 2 {
					reach = max(reach, i+1)
				}
				continue
			}
			if set(code); code != "" && i-o.last <= 2 {
				reach = max(reach, i+1)
			}
		case before.kind == prepChunk && before.word == "of" && act >= 0 && s.chunks[act].is("support"):
			set(d.receiver(c))
		case before.kind == prepChunk && located[before.word]:
			if c.is("organ") && before.word == "in" && len(c.places) > 0 && i > act+1 { // "in Peru's central bank"
				set(d.receiver(c))
				continue
			}
			o.region = o.region || c.is("region") || c.is("region*")
			if n := len(c.places); n > 0 && o.pledge.Place == nil && !c.is("request") && place.IsCountry(c.places[n-1].Code) && c.places[n-1].Kind != place.Demonym {
				code := c.places[n-1].Code
				o.pledge.Place = &code
			}
		case before.kind == verbGroup && i == act+1 && before.is("arrive"):
			if n := len(c.places); n > 0 && place.IsCountry(c.places[n-1].Code) && o.pledge.Place == nil {
				code := c.places[n-1].Code
				o.pledge.Place = &code
			}
		case before.kind == verbGroup && i == act+1 && (before.helps() || before.is("back") || before.is("give")):
			if c.money == nil && (!c.is("support") || groupCode(c) != "") {
				o.explicit = o.explicit || !before.is("give")
				set(d.receiver(c))
			}
		}
	}
	if v := m.get("verb"); v != nil && v.is("obtain") { // obtained from the donor: the subject receives
		for _, i := range d.subject(s, m.all("verb")[0]) {
			set(d.receiver(&s.chunks[i]))
		}
	}
	d.guessRecipient(s, o)
}

// guessRecipient finds a receiver where the words of the offer name none: who obtains it, to whom it is said, that of the offer before,
// the other of two sides, or the country that the document's support is for.
func (d *Reading) guessRecipient(s *sentence, o *offer) {
	guess := func(code string) {
		if code != "" && o.pledge.Recipient == nil && !slices.Contains(o.donors, code) {
			o.pledge.Recipient = &code
		}
	}
	if !o.explicit {
		guess(d.obtainer(s, o.first))
		guess(d.addressee(s, o.first))
		if o.pledge.Place == nil && !slices.Contains(o.pledge.Types, fact.Financial) {
			guess(d.recipient)
		}
		if o.pledge.Place == nil && d.mutual(o.pledge.Types) && len(o.donors) == 1 {
			guess(d.other(o.donors[0]))
		}
	}
	guess(d.unsaidReceiver(o))
}

// maxTail is how many chunks behind the words of a pledge may tell for whom it is.
const maxTail = 9

// mutual reports whether support of the types is between two sides, so that the other side may be left unsaid.
func (d *Reading) mutual(types []fact.SupportType) bool {
	for _, t := range types {
		switch t {
		case fact.Intelligence, fact.Coordination, fact.Political:
		default:
			return false
		}
	}
	return true
}

// receiver gives the country or organisation that a noun group is about, as one that receives: an actor, or what belongs to one.
func (d *Reading) receiver(c *chunk) string {
	if code := d.actor(c); code != "" {
		return code
	}
	for _, p := range c.places {
		if p.Kind != place.City {
			return p.Code
		}
	}
	if len(c.places) > 0 && c.places[0].Last == c.Last { // "to Gaza", "for Aleppo"
		return c.places[0].Code
	}
	if lands[c.word] && len(c.places) == 0 && d.land != nil {
		return d.land.Code
	}
	return ""
}

// receivedBy gives the receiver that the group at chunk i names, or what it is said to be of: "the people of Peru", "talks among
// the Sudanese parties". Support in words also goes to where something is: "for efforts at rebuilding the Afghan economy".
func (d *Reading) receivedBy(s *sentence, i int, words bool) string {
	for {
		if code := d.receiver(&s.chunks[i]); code != "" {
			return code
		}
		if words && i+3 < len(s.chunks) && s.chunks[i+1].kind == prepChunk && s.chunks[i+2].form == ing && s.chunks[i+2].kind == verbGroup {
			i++
		}
		switch {
		case i+2 >= len(s.chunks) || s.chunks[i+2].kind != nounGroup:
			return ""
		case s.chunks[i+1].kind == prepChunk && words && located[s.chunks[i+1].word], s.chunks[i+1].kind == verbGroup && s.chunks[i+1].form == ing:
			i += 2
		case s.chunks[i+1].kind == prepChunk && belonging[s.chunks[i+1].word], s.chunks[i+1].kind == conjChunk:
			i += 2
		default:
			return ""
		}
	}
}

// belonging are prepositions by which a receiver is told of what is named before it.
var belonging = map[string]bool{"of": true, "among": true, "between": true}

// asker gives who made the request at chunk i, which goes on to chunk last.
func (d *Reading) asker(s *sentence, i, last int) string {
	if code := groupCode(&s.chunks[i]); code != "" {
		return code
	}
	for j := i; j < last+2 && j+1 < len(s.chunks); j++ {
		if c := &s.chunks[j]; c.kind == prepChunk && (c.word == "from" || c.word == "by") {
			return d.receiver(&s.chunks[j+1])
		}
	}
	return ""
}

// possessive reports whether the group at chunk i opens with "its" or "their".
func (s *sentence) possessive(i int) bool {
	switch s.text.Tokens[s.chunks[i].First].Fold {
	case "its", "their", "his", "her":
		return true
	}
	return false
}

// helps reports whether the verb does good to its object, which then receives what is given.
func (c *chunk) helps() bool {
	return c.is("help") || c.is("support") || c.is("relieve")
}

// lands are words that point back to the country last named.
var lands = map[string]bool{"country": true, "nation": true, "island": true, "republic": true, "kingdom": true}

// obtainer gives the subject of a verb of obtaining that governs the chunk: "Kyiv secured tanks as well as promises of …".
func (d *Reading) obtainer(s *sentence, i int) string {
	for j := i - 1; j >= 0; j-- {
		if c := &s.chunks[j]; c.kind == verbGroup && c.is("obtain") && !c.passive {
			for _, k := range d.subject(s, j) {
				if code := d.actor(&s.chunks[k]); code != "" {
					return code
				}
			}
		}
	}
	return ""
}

// addressee gives to whom the statement that holds the chunk is made: "told the French president that …".
func (d *Reading) addressee(s *sentence, i int) string {
	for j := 0; j < i; j++ {
		c := &s.chunks[j]
		if c.kind == verbGroup && (c.word == "tell" || c.word == "assure" || c.word == "inform") && j+1 < len(s.chunks) && s.chunks[j+1].kind == nounGroup {
			return d.receiver(&s.chunks[j+1])
		}
	}
	return ""
}
