package extract

import (
	"slices"
	"strings"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/temporal"
	"factbox/shared/token"
)

// Reading is an article in chunks, with what is known of it as a whole. It is read once: Facts moves its pointers on.
type Reading struct {
	fact.Document
	sentences []sentence
	timexes   []Timex
	persons   map[string]string // folded surname → country or organisation that the person speaks for
	offices   map[string]string // "ministry", "president" → the country or organisation whose it last was
	lands     []string          // the countries that the document names
	codes     map[string]bool   // countries and organisations that it names, other than by a capital
	events    []event           // what the document names, in the order of the text
	index     eventIndex
	scene     scene  // where and when what it is about happened
	disease   bool   // a disease is spoken of
	needy     string // the country that support is for when nobody is said to receive it

	// what the reading has come to, for words that point back
	person     string             // the actor whom "he" or "she" means: the last person who was a subject
	body       string             // the actor whom "it" means
	speaker    string             // the actor whom "we" in a quotation means
	land       *place.Mention     // what "the country" means
	victims    map[string]bool    // effect and surname of the persons hit, told once
	harmed     int                // the last sentence with a casualty, counted from 1
	recipient  string             // of the last pledge in the paragraph
	kinds      []fact.SupportType // of the last pledge
	counted    []fact.SupportType // of the last pledge that says how many
	sheltering bool               // people who fled are taken in
	unit       string             // of what was last counted in a pledge
	armed      bool               // arms have been pledged
	parties    []string           // actors that acted, the last one last
	group      []string           // actors that were named together last

	trace *trace // nil but for Explain
}

// sentence is a sentence in chunks.
type sentence struct {
	paragraph *article.Paragraph
	text      token.Text
	chunks    []chunk
	index     int  // of the sentence in the document
	first     bool // in its paragraph
}

// event is an incident or occasion that the article names, with where and when it says it was.
type event struct {
	head  string // lemma of the noun
	label string
	place *string
	date  *fact.EDTF
	at    int  // index of the sentence
	named bool // the label has a place of its own
}

// Read takes the article through the stages up to the groups.
func Read(a *article.Article, doc fact.Document) *Reading {
	d := &Reading{Document: doc, persons: make(map[string]string), offices: make(map[string]string), codes: make(map[string]bool), victims: make(map[string]bool)}
	texts := make([]token.Text, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		texts[i] = token.Read(p.Text)
	}
	times := temporal.Tag(texts, doc.Published)
	var groups chunker
	for i := range a.Paragraphs {
		if repeated(a.Paragraphs, i) {
			continue
		}
		text := texts[i]
		numbers := token.Numerals(text.Tokens)
		places := place.Tag(text, doc.Published)
		for _, t := range times[i] {
			start, end := a.Paragraphs[i].Source(text.Tokens[t.First].Start, text.Tokens[t.Last-1].End)
			d.timexes = append(d.timexes, Timex{start, end, t.Type, t.Value, t.Mod})
		}
		for k, whole := range text.Sentences {
			for j, span := range pieces(text, whole, times[i]) {
				list := groups.group(text, span, numbers, times[i], places)
				d.sentences = append(d.sentences, sentence{&a.Paragraphs[i], text, list, len(d.sentences), k == 0 && j == 0})
			}
		}
	}
	for i := range d.sentences {
		d.introduce(&d.sentences[i])
	}
	for i := range d.sentences {
		d.nameEvents(&d.sentences[i])
		for _, c := range d.sentences[i].chunks {
			d.disease = d.disease || c.is("disease") || c.is("disease*")
			for _, p := range c.places {
				if p.Kind != place.Capital {
					d.codes[p.Code] = true
				}
				if place.IsCountry(p.Code) && !slices.Contains(d.lands, p.Code) {
					d.lands = append(d.lands, p.Code)
				}
			}
		}
	}
	d.index = indexEvents(d.events)
	d.setScene(a.Dateline)
	d.setNeedy()
	return d
}

// repeated reports whether the paragraph after i says the same again and perhaps more, as a caption does with the text that
// stands for its picture.
func repeated(all []article.Paragraph, i int) bool {
	return i+1 < len(all) && all[i].Role != article.Body && strings.HasPrefix(all[i+1].Text, all[i].Text)
}

// introduce learns for whom a person speaks, from a title and a country: "German Chancellor Angela Merkel", "Matteo Renzi,
// Italy's prime minister".
func (d *Reading) introduce(s *sentence) {
	for i := range s.chunks {
		c := &s.chunks[i]
		if c.kind != nounGroup || c.pronoun {
			continue
		}
		if c.named && c.is("title*") {
			if code := groupCode(c); code != "" {
				d.persons[c.tail] = code
			}
		}
		if !c.named || len(c.places) > 0 || i+2 >= len(s.chunks) {
			continue
		}
		next := &s.chunks[i+2]
		switch {
		case s.chunks[i+1].kind == comma && next.is("title"): // "Matteo Renzi, Italy's prime minister", "…, the prime minister of Italy"
			d.speaks(c, officeOf(s.chunks[i+2:]))
		case s.chunks[i+1].kind == prepChunk && s.chunks[i+1].word == "of" && c.is("title*"): // "Prime Minister Matteo Renzi of Italy"
			d.speaks(c, groupCode(next))
		}
		if i >= 2 && s.chunks[i-1].kind == comma && s.chunks[i-2].is("title") && s.chunks[i+1].kind == comma { // "the Italian prime minister, Matteo Renzi,"
			d.speaks(c, groupCode(&s.chunks[i-2]))
		}
	}
}

// speaks notes for whom the person named by the group speaks.
func (d *Reading) speaks(c *chunk, code string) {
	if code != "" {
		d.persons[c.tail] = code
	}
}

// officeOf gives the country of a title: its own, or that behind "of".
func officeOf(list []chunk) string {
	if code := groupCode(&list[0]); code != "" || len(list) < 3 {
		return code
	}
	if list[1].word == "of" && list[2].kind == nounGroup {
		return groupCode(&list[2])
	}
	return ""
}

// groupCode gives the country of a group's demonym or possessive, not of a leader named in it.
func groupCode(c *chunk) string {
	for _, p := range c.places {
		if p.Kind != place.Leader {
			return p.Code
		}
	}
	return ""
}

// heard moves on what pronouns mean, behind a sentence.
func (d *Reading) heard(s *sentence) {
	for i := range s.chunks {
		c := &s.chunks[i]
		if c.kind == nounGroup && !c.pronoun {
			for k := range c.places {
				switch p := &c.places[k]; p.Kind {
				case place.Country, place.City, place.Capital:
					d.land = p
				}
			}
		}
		if c.kind != verbGroup {
			continue
		}
		subject := d.subject(s, i)
		if codes := d.together(s, i); codes != nil {
			d.group = codes
		}
		for _, n := range subject {
			g := &s.chunks[n]
			code := d.actor(g)
			switch {
			case code == "":
			case d.isPerson(g):
				d.person = code
			case !g.pronoun:
				d.body = code
			}
			if code != "" && (g.is("organ") || g.is("title")) && !g.plural {
				d.offices[officeWord(g.word)] = code
			}
			if code == "" {
				continue
			}
			d.party(code)
			if c.is("report") {
				d.speaker = code
			}
		}
	}
}

func (d *Reading) party(code string) {
	for i, p := range d.parties {
		if p == code {
			d.parties = append(d.parties[:i], d.parties[i+1:]...)
			break
		}
	}
	d.parties = append(d.parties, code)
}

// other gives the last actor before here that is not the given one.
func (d *Reading) other(code string) string {
	for i := len(d.parties) - 1; i >= 0; i-- {
		if d.parties[i] != code {
			return d.parties[i]
		}
	}
	return ""
}

// isPerson reports whether the group names a person.
func (d *Reading) isPerson(c *chunk) bool {
	return c.named && (d.persons[c.tail] != "" || c.is("title*") || len(c.places) > 0 && c.places[len(c.places)-1].Kind == place.Leader) || c.is("title")
}

// actor gives the country or organisation that a noun group stands for, as one that acts: named itself, by its capital, its
// government or one of its organs, an official or a person who speaks for it. It is empty for anything else.
func (d *Reading) actor(c *chunk) string {
	if c.kind != nounGroup {
		return ""
	}
	if c.pronoun {
		switch {
		case c.is("person"):
			return d.person
		case c.is("thing"):
			return d.body
		case c.is("we"):
			return d.speaker
		}
		return ""
	}
	if n := len(c.places); n > 0 {
		last := c.places[n-1]
		ends := last.Last == c.Last
		switch {
		case ends && last.Kind != place.Demonym && last.Kind != place.City:
			return d.seated(last)
		case c.is("organ") && c.places[0].Kind == place.City && c.owner == nil: // "the Bavarian interior ministry" speaks for no country
			return ""
		case c.is("title"), c.is("organ"), c.is("title*") && c.named:
			return c.places[0].Code
		case c.named && d.persons[c.tail] != "":
			return d.persons[c.tail]
		case c.named && !c.is("event"):
			if last.Kind == place.Demonym {
				return last.Code
			}
		}
		return ""
	}
	if c.named {
		return d.persons[c.tail]
	}
	return d.office(c)
}

// seats are organisations that are called by the capital where they sit, by the country of that capital.
var seats = map[string]string{"BE": "EU"}

// seated gives whose government the name of a place stands for: that of the organisation which sits there, where the document
// names it and not the country.
func (d *Reading) seated(p place.Mention) string {
	if seat := seats[p.Code]; seat != "" && p.Kind == place.Capital && d.codes[seat] && !d.codes[p.Code] {
		return seat
	}
	return p.Code
}

// office gives the country or organisation whose office "the ministry" or "the president" means: the one last spoken of by that
// word, and of a government its country.
func (d *Reading) office(c *chunk) string {
	if !c.definite || c.plural || c.Last-c.First != 2+strings.Count(c.word, " ") || !(c.is("organ") || c.is("title") || governing[c.word]) {
		return ""
	}
	if code := d.offices[officeWord(c.word)]; code != "" {
		return code
	}
	if c.is("title") {
		return d.person
	}
	if bodies[c.word] != place.IsCountry(d.body) && governing[c.word] {
		return d.body
	}
	return ""
}

// bodies are those of them that are no country's.
var bodies = map[string]bool{
	"bloc": true, "alliance": true, "union": true, "bank": true, "fund": true, "lender": true, "agency": true, "organisation": true, "organization": true,
}

// officeWord gives the word by which an office is named again: "the ministry" of the foreign ministry.
func officeWord(lemma string) string {
	return lemma[strings.LastIndexByte(lemma, ' ')+1:]
}

// governing are words for a country or an organisation named before, or what rules it.
var governing = map[string]bool{
	"government": true, "country": true, "nation": true, "administration": true, "cabinet": true, "kingdom": true, "republic": true, "emirate": true,
	"bloc": true, "alliance": true, "union": true, "bank": true, "fund": true, "lender": true, "agency": true, "organisation": true, "organization": true,
}
