package extract

import (
	"slices"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// scene is where and when the document says that what it is about happened: what a casualty has that says neither itself.
type scene struct {
	place *string
	date  *fact.EDTF
}

// setScene finds the scene: the first place and the first day of a clause, in the first sentences, that tells of an incident;
// else the country that is spoken of by far the most, or the place of the dateline.
func (d *Reading) setScene(dateline *article.Dateline) {
	for i := range d.sentences {
		if i == sceneSentences || d.scene.place != nil && d.scene.date != nil {
			break
		}
		s := &d.sentences[i]
		for j := range s.chunks {
			c := &s.chunks[j]
			if !c.is("event") && !c.is("befall") && !c.is("harm") && !c.is("perish") || s.elsewhere(j) {
				continue
			}
			from, to := s.clause(j)
			if code := s.placeIn(from, to, d); code != "" && d.scene.place == nil && i < 3 {
				d.scene.place = &code
			}
			if day := s.dayIn(from, to); day != nil && d.scene.date == nil && d.past(*day) {
				d.scene.date = day
			}
		}
	}
	if d.scene.place == nil {
		d.scene.place = d.mostNamed()
	}
	if d.scene.place == nil && dateline != nil {
		for _, p := range place.Tag(token.Read(dateline.Place), d.Published) {
			if place.IsCountry(p.Code) {
				d.scene.place = &p.Code
			}
		}
	}
}

// sceneSentences is in how many sentences from the first the day of what a document is about is looked for.
const sceneSentences = 12

// dayIn gives the first day that the chunks name for what happened in them: not that of a statement or of a count.
func (s *sentence) dayIn(from, to int) *fact.EDTF {
	for k := from; k < to && !s.chunks[k].is("tollhead") && !s.chunks[k].is("rise"); k++ {
		if t := &s.chunks[k]; t.kind == timeChunk && len(t.times[0].Date) == len("2006-01-02") && !s.ofStatement(k) {
			date := t.times[0].Date
			return &date
		}
	}
	return nil
}

// past reports whether a day is not behind the day of publication.
func (d *Reading) past(day fact.EDTF) bool {
	first, _, ok := day.Bounds()
	_, last, known := d.Published.Bounds()
	return !ok || !known || first <= last
}

// mostNamed gives the country that the document speaks of at least three times and twice as often as of any other.
func (d *Reading) mostNamed() *string {
	counts := make(map[string]int)
	best, next := "", 0
	for i := range d.sentences {
		for _, c := range d.sentences[i].chunks {
			for _, p := range c.places {
				if p.Kind != place.Leader && place.IsCountry(p.Code) {
					counts[p.Code]++
				}
			}
		}
	}
	for _, code := range d.lands {
		if counts[code] > counts[best] {
			best = code
		}
	}
	for _, code := range d.lands {
		if code != best {
			next = max(next, counts[code])
		}
	}
	if counts[best] < 3 || counts[best] < 2*next {
		return nil
	}
	return &best
}

// elsewhere reports whether the event named at chunk i is introduced as another than the one the document is about: "a similar
// collision", "another attack".
func (s *sentence) elsewhere(i int) bool {
	if i < 0 || s.chunks[i].kind != nounGroup {
		return false
	}
	return s.text.Tokens[s.chunks[i].First].Fold == "another" || s.chunks[i].is("earlier")
}

// cause finds the event that did the harm of the verb at chunk v: the one named nearest in its clause, else nearest in the
// sentence, else the last one named before. related is its chunk, or -1 when it is not in the sentence.
func (d *Reading) cause(s *sentence, v, from, to int) (e event, related int) {
	related = -1
	nearest := 1 << 20
	for i := range s.chunks {
		c := &s.chunks[i]
		if c.kind != nounGroup || !c.is("event") {
			continue
		}
		distance := max(v-i, i-v)
		if i < from || i >= to {
			distance += 6
		}
		if i > v {
			distance += 2
			if g := &s.chunks[v]; g.kind == verbGroup && !g.passive && g.is("harm") {
				distance += 6 // what does the harm stands before its verb
			}
		}
		if distance < nearest {
			nearest, related = distance, i
		}
	}
	if related >= 0 {
		return d.named(d.eventAt(s, related)), related
	}
	if s.chunks[v].kind == verbGroup && s.chunks[v].form == ing && s.verbBetween(from, v) { // "two trains collided, killing eight"
		return event{label: s.label(from, s.reach(v, -1))}, -1
	}
	before, _ := slices.BinarySearchFunc(d.events, s.index, func(e event, at int) int { return e.at - at })
	if before > 0 && d.sentences[d.events[before-1].at].paragraph == s.paragraph {
		return d.named(d.events[before-1]), -1
	}
	return event{label: d.Headline}, -1
}

// nameEvents notes the incidents and occasions that a sentence names, with their place and date.
func (d *Reading) nameEvents(s *sentence) {
	for i := range s.chunks {
		if c := &s.chunks[i]; c.kind == nounGroup && c.is("event") {
			d.events = append(d.events, d.eventAt(s, i))
		}
	}
}

// eventAt reads the event named by the noun group at chunk i: "the Nov. 13 terrorist attacks in Paris".
func (d *Reading) eventAt(s *sentence, i int) event {
	c := &s.chunks[i]
	e := event{head: c.word, at: s.index}
	var spot *place.Mention
	for k := range c.places {
		if p := &c.places[k]; p.Kind == place.Country || p.Kind == place.Capital || p.Kind == place.City {
			spot = p
		}
	}
	for _, t := range c.times {
		if t.Date != "" {
			date := t.Date
			e.date = &date
		}
	}
	for j := i + 1; j < len(s.chunks) && j < i+6; j++ {
		n := &s.chunks[j]
		if n.kind == prepChunk && j+1 < len(s.chunks) {
			switch g := &s.chunks[j+1]; {
			case g.kind == nounGroup && len(g.places) > 0 && (n.word == "in" || n.word == "at" || n.word == "on" || n.word == "near") && spot == nil:
				p := g.places[len(g.places)-1]
				if p.Kind != place.Demonym && p.Kind != place.Leader && p.Kind != place.Organisation {
					spot = &p
				}
			case g.kind == timeChunk && e.date == nil && g.times[0].Date != "":
				date := g.times[0].Date
				e.date = &date
			}
			j++
			continue
		}
		if n.kind == timeChunk && e.date == nil && n.times[0].Date != "" {
			date := n.times[0].Date
			e.date = &date
			continue
		}
		break
	}
	if first := s.text.Tokens[c.First].Fold; e.date == nil && (first == "that" || first == "this") && s.index > 0 {
		e.date = d.sentences[s.index-1].lastDate()
	}
	head := s.text.Tokens[c.Last-1].Text
	if spot != nil {
		code := spot.Code
		e.place = &code
		e.named = true
		e.label = s.text.Slice(spot.Span) + " " + head
	} else {
		e.label = s.label(i, i+1)
	}
	return e
}

// lastDate gives the last date that a sentence names.
func (s *sentence) lastDate() *fact.EDTF {
	for i := len(s.chunks) - 1; i >= 0; i-- {
		if c := &s.chunks[i]; c.kind == timeChunk && c.times[0].Date != "" && !s.ofStatement(i) {
			date := c.times[0].Date
			return &date
		}
	}
	return nil
}

// eventIndex is what the events of a document say of each other.
type eventIndex struct {
	full map[string]*event     // by head: the one event of the document with a place; nil when they are several
	days map[string]*fact.EDTF // by label: the date of those that have one; nil when they differ
}

func indexEvents(events []event) eventIndex {
	x := eventIndex{make(map[string]*event), make(map[string]*fact.EDTF)}
	for i := range events {
		e := &events[i]
		if e.named {
			if full, ok := x.full[e.head]; !ok {
				x.full[e.head] = e
			} else if full != nil && full.label != e.label && *full.place != *e.place {
				x.full[e.head] = nil
			}
		}
		if e.date != nil {
			if day, ok := x.days[e.label]; !ok {
				x.days[e.label] = e.date
			} else if day != nil && *day != *e.date {
				x.days[e.label] = nil
			}
		}
	}
	return x
}

// named gives the event under its fullest name in the document: "the attacks" are "the Paris attacks" when no other attacks
// have a place. It has the date that other mentions of it have, when all that have one agree.
func (d *Reading) named(e event) event {
	if full := d.index.full[e.head]; !e.named && full != nil {
		date := e.date
		if e = *full; date != nil {
			e.date = date
		}
	}
	if e.date == nil && e.named {
		e.date = d.index.days[e.label]
	}
	return e
}

// where finds the country of a casualty: of the clause, else of the event, else the one last spoken of in the sentence.
func (d *Reading) where(s *sentence, from, to int, cause event) *string {
	if code := s.placeIn(from, to, d); code != "" {
		return &code
	}
	if a, b := s.circumstance(to); b > a {
		if code := s.placeIn(a, b, d); code != "" {
			return &code
		}
	}
	if cause.place != nil {
		return cause.place
	}
	for i := from; i+1 < to; i++ { // "Malawi has recorded 26 cases"
		if c := &s.chunks[i]; c.kind == nounGroup && len(c.places) > 0 && s.chunks[i+1].is("tally") {
			if p := c.places[len(c.places)-1]; p.Kind == place.Country {
				return &p.Code
			}
		}
	}
	if code := s.placeIn(0, len(s.chunks), d); code != "" {
		return &code
	}
	return nil
}

// placeIn gives the country of the last place that stands behind "in", "at", "near" … or owns what does, in the chunks.
func (s *sentence) placeIn(from, to int, d *Reading) string {
	code := ""
	for i := from; i < to; i++ {
		c := &s.chunks[i]
		if c.kind != nounGroup {
			continue
		}
		located := i > 0 && (s.chunks[i-1].kind == prepChunk && located[s.chunks[i-1].word] || s.chunks[i-1].is("strike") && !s.chunks[i-1].passive)
		if located {
			for _, p := range c.places {
				switch p.Kind {
				case place.Demonym:
					if place.IsCountry(p.Code) && c.is("locality") {
						code = p.Code
					}
				case place.Country, place.Capital, place.City:
					if place.IsCountry(p.Code) {
						code = p.Code
					}
				}
			}
			if owner := s.countryOf(i); owner != "" { // "in the Beni lowlands of Bolivia"
				code = owner
			}
		}
		if lands[c.word] && len(c.places) == 0 && i > 0 && s.chunks[i-1].kind == prepChunk {
			if p := s.landBefore(i); p != nil {
				code = p.Code
			} else if d.land != nil {
				code = d.land.Code
			}
		}
	}
	return code
}

// countryOf gives the country named behind "of" after the noun group at chunk i.
func (s *sentence) countryOf(i int) string {
	if i+2 < len(s.chunks) && s.chunks[i+1].kind == prepChunk && s.chunks[i+1].word == "of" {
		for _, p := range s.chunks[i+2].places {
			if p.Kind == place.Country {
				return p.Code
			}
		}
	}
	return ""
}

var located = map[string]bool{"in": true, "at": true, "on": true, "near": true, "outside": true, "across": true, "inside": true, "off": true, "around": true, "over": true, "into": true, "out of": true, "through": true, "throughout": true}

// landBefore gives the country that "the country" at chunk i means in its own sentence.
func (s *sentence) landBefore(i int) *place.Mention {
	for j := i - 1; j >= 0; j-- {
		for k := len(s.chunks[j].places) - 1; k >= 0; k-- {
			if p := &s.chunks[j].places[k]; p.Kind == place.Country {
				return p
			}
		}
	}
	return nil
}

// when finds the date of a casualty: in its clause, where it is not the day of a statement, else of the event.
func (d *Reading) when(s *sentence, from, to int, cause event) *fact.EDTF {
	if _, last := s.circumstance(to); last > to { // "were killed when a bridge fell on Friday"
		to = last
	}
	for i := from; i < to; i++ {
		c := &s.chunks[i]
		if c.kind == timeChunk && c.times[0].Date != "" && !s.ofStatement(i) {
			date := c.times[0].Date
			return &date
		}
		if c.kind == nounGroup && c.is("event") {
			for _, t := range c.times {
				if t.Date != "" {
					date := t.Date
					return &date
				}
			}
		}
	}
	return cause.date
}

// ofStatement reports whether the time at chunk i tells when something was said: "…, police said on Tuesday".
func (s *sentence) ofStatement(i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch c := &s.chunks[j]; c.kind {
		case verbGroup:
			return c.is("report")
		case stop, comma, quote:
			return false
		}
	}
	return false
}
