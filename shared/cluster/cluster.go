// Package cluster finds the story that a document belongs to. It has no clock, no network and no state.
//
// It is single-pass clustering by nearest neighbours, the shape that topic detection and tracking settled on (Allan, ed., "Topic
// Detection and Tracking", 2002; Yang, Pierce and Carbonell, "A study on retrospective and on-line event detection", 1998): a
// document is compared with those of each story that may be its own, likeness fades with the days between publications, and
// a new story begins where nothing is like enough. What stands for a document is its Digest: some forty weighted terms, namely
// names, places, kinds of event, days, figures and words. What stands for a story are the digests of a few of its documents.
//
// Candidates are not looked for here: Digest.Keys gives the terms under which a document is to be posted and looked for.
package cluster

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/temporal"
	"factbox/shared/token"
)

// Kind is what a term is.
type Kind byte

// The kinds of term, and how much a mention of each weighs: see weights.
const (
	Name   Kind = 'n' // a word that is written as a name
	Place  Kind = 'p' // a country or an organisation, by its code
	Town   Kind = 't' // a word of a town's name
	Event  Kind = 'e' // a kind of event, by the first word of its family
	Day    Kind = 'd' // a day that is spoken of: YYYY-MM-DD
	Figure Kind = 'f' // a number, in digits
	Word   Kind = 'w' // any other word, without its ending
)

// Term is something that a document speaks of.
type Term struct {
	Kind   Kind
	Text   string // in lower case, as it stands where it was read first; a place's code behind an @
	Weight int    // in hundredths, from 1 to 999
}

// key is what two terms are compared by. A name that one document has only at the head of a sentence is a word there, so the
// kind is left out of it.
func (t Term) key() string {
	switch t.Kind {
	case Place, Day, Figure:
		return t.Text
	}
	return stem(t.Text)
}

// MarshalText writes a term in few bytes: its kind, its weight and, behind a space, its text.
func (t Term) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%c%d %s", t.Kind, t.Weight, t.Text), nil
}

// UnmarshalText reads what MarshalText wrote.
func (t *Term) UnmarshalText(data []byte) error {
	i := slices.Index(data, ' ')
	if i < 2 {
		return fmt.Errorf("%q is no term", data)
	}
	weight, err := strconv.Atoi(string(data[1:i]))
	if err != nil {
		return fmt.Errorf("the weight of the term %q: %w", data, err)
	}
	*t = Term{Kind(data[0]), string(data[i+1:]), weight}
	return nil
}

// Digest stands for a document.
type Digest struct {
	Document string `json:"document"`      // its id
	Day      string `json:"day,omitempty"` // the first day of its publication, YYYY-MM-DD; empty when that is not known
	Terms    []Term `json:"terms"`         // the weightiest first
}

// Limits. A digest is so small that those of a whole story fit into 8 KB gzipped.
const (
	maxTerms = 40
	maxBytes = 400  // of the terms of a digest
	maxText  = 24   // bytes of a term
	maxWords = 1200 // tokens that are read: a report says early what it is about, and later what else there was
)

// weights of a mention by kind. A headline's counts headlineWeight times as much.
var weights = map[Kind]float64{Name: 2, Place: 1, Town: 1, Event: 1.2, Day: 0.8, Figure: 0.5, Word: 1}

const (
	commonWeight   = 0.3 // of a word that many reports have
	acronymWeight  = 1.0 // bodies that appear in many stories go by their initials
	headlineWeight = 1.5
)

// Read makes the digest of a document from its headline and paragraphs. published is the day of publication, or a month, a
// year, fact.Unknown or "". Time is linear in the length of the text.
func Read(document, headline string, paragraphs []string, published fact.EDTF) Digest {
	d := Digest{Document: document}
	d.Day, _, _ = published.Bounds()
	r := reading{found: make(map[string]*gathered), names: make(map[string]bool), words: loadWords()}
	texts := []token.Text{token.Read(headline)}
	n := 0
	for _, p := range paragraphs {
		if p == headline {
			continue
		}
		text := token.Read(p)
		texts = append(texts, text)
		if n += len(text.Tokens); n > maxWords {
			break
		}
	}
	days := temporal.Tag(texts, published)
	for _, text := range texts[1:] {
		r.learnNames(text)
	}
	for i, text := range texts {
		weight := 1.0
		if i == 0 {
			weight = headlineWeight
		}
		r.read(text, place.Tag(text, published), days[i], weight)
	}
	d.Terms = r.terms()
	return d
}

// reading gathers the terms of a document.
type reading struct {
	words lexicon
	names map[string]bool // folded words that stand with a capital letter inside a sentence
	found map[string]*gathered
}

type gathered struct {
	Term
	base   float64 // the weight of a mention
	amount float64 // how often it is mentioned
}

// learnNames notes the words that are written as names where a sentence does not begin.
func (r *reading) learnNames(text token.Text) {
	for _, s := range text.Sentences {
		for i := s.First + 1; i < s.Last; i++ {
			t := text.Tokens[i]
			if t.Kind == token.Word && t.Shape != token.Lower && text.Tokens[i-1].Kind != token.Mark {
				r.names[t.Fold] = true
			}
		}
	}
}

// read takes a paragraph in: first what its places and time expressions are, then the words between.
func (r *reading) read(text token.Text, places []place.Mention, days []temporal.Mention, weight float64) {
	skip, town := make([]bool, len(text.Tokens)), make([]bool, len(text.Tokens))
	for _, m := range days {
		for i := m.First; i < m.Last; i++ {
			skip[i] = true
		}
		if first, last, ok := m.Date.Bounds(); ok && first == last {
			r.add(Day, first, weight)
		}
	}
	for _, m := range places {
		r.add(Place, "@"+m.Code, weight)
		for i := m.First; i < m.Last; i++ {
			skip[i] = skip[i] || m.Kind != place.Capital && m.Kind != place.City && m.Kind != place.Leader
			town[i] = m.Kind != place.Leader
		}
	}
	for i, t := range text.Tokens {
		switch {
		case skip[i] || t.Kind == token.Mark || len(t.Fold) > maxText || r.words.silent[t.Fold]:
		case t.Kind == token.Number:
			if len(t.Text) > 1 {
				r.add(Figure, t.Text, weight)
			}
		case r.words.family[t.Fold] != "":
			r.add(Event, r.words.family[t.Fold], weight)
		case len(t.Fold) < 3 || t.Glued && t.Fold[0] == '\'':
		case r.words.common[t.Fold]:
			r.addWeighted(Word, t.Fold, commonWeight, weight)
		case town[i]:
			r.add(Town, t.Fold, weight)
		case t.Shape == token.Upper:
			r.addWeighted(Name, t.Fold, acronymWeight, weight)
		case r.names[t.Fold] && t.Shape != token.Lower:
			r.add(Name, t.Fold, weight)
		default:
			r.add(Word, t.Fold, weight)
		}
	}
}

func (r *reading) add(kind Kind, text string, amount float64) {
	r.addWeighted(kind, text, weights[kind], amount)
}

func (r *reading) addWeighted(kind Kind, text string, base, amount float64) {
	t := Term{Kind: kind, Text: text}
	g := r.found[t.key()]
	if g == nil {
		g = &gathered{Term: t}
		r.found[t.key()] = g
	}
	if base > g.base {
		g.Kind, g.base = kind, base
	}
	g.amount += amount
}

// terms gives the weightiest of what was found. A second mention adds less than the first.
func (r *reading) terms() []Term {
	terms := make([]Term, 0, len(r.found))
	for _, g := range r.found {
		g.Weight = min(max(int(math.Round(100*g.base*(1+math.Log(max(1, g.amount))))), 1), 999)
		terms = append(terms, g.Term)
	}
	slices.SortFunc(terms, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Text, b.Text))
	})
	size := 0
	for i, t := range terms {
		if size += len(t.Text) + 8; i == maxTerms || size > maxBytes {
			return terms[:i]
		}
	}
	return terms
}
