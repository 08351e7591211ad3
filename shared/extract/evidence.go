package extract

import (
	"strings"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// start makes a fact on the chunks from first up to last, with evidence trimmed to fact.MaxEvidence around the chunk at core.
func (d *Reading) start(kind fact.Kind, s *sentence, first, last, core int) fact.Fact {
	for first < core && !s.chunks[first].worded() {
		first++
	}
	for last > core+1 && !s.chunks[last-1].worded() {
		last--
	}
	from, to := s.chunks[first].First, s.chunks[last-1].Last
	inner := s.chunks[core].Span
	for {
		a, b := s.source(token.Span{First: from, Last: to})
		if b-a <= fact.MaxEvidence || from == inner.First && to == inner.Last {
			break
		}
		if from < inner.First && (to == inner.Last || inner.First-from > to-inner.Last) {
			from++
		} else {
			to--
		}
	}
	span := token.Span{First: from, Last: to}
	f := fact.Fact{Common: fact.Common{
		Kind: kind, Document: d.ID(), Story: d.Story, Revision: 1, Review: fact.Extracted, Extractor: Version,
		Attribution: d.attribution(s, first, last),
	}}
	f.Evidence.Paragraph = s.paragraph.Index
	f.Evidence.Start, f.Evidence.End = s.source(span)
	words := s.text.Slice(span)
	f.Evidence.Quote = &words
	return f
}

// ID is the document's id.
func (d *Reading) ID() string { return d.Document.Source.Document }

func (s *sentence) source(span token.Span) (start, end int) {
	return s.paragraph.Source(s.text.Tokens[span.First].Start, s.text.Tokens[span.Last-1].End)
}

func (c *chunk) worded() bool {
	switch c.kind {
	case comma, stop, quote, conjChunk:
		return false
	}
	return true
}

// clause gives the chunks of the clause that chunk i belongs to.
func (s *sentence) clause(i int) (first, last int) {
	first, last = i, i+1
	for first > 0 && !s.boundary(first-1, i) {
		first--
	}
	for last < len(s.chunks) && !s.boundary(last, i) {
		last++
	}
	return first, last
}

// boundary reports whether a clause ends at chunk j, seen from chunk i.
func (s *sentence) boundary(j, i int) bool {
	c := &s.chunks[j]
	switch c.kind {
	case stop, quote, subordinate:
		return true
	case relativeWord:
		return true
	case comma, conjChunk:
		// a boundary when a clause of its own lies on the far side
		if j < i {
			return s.verbBetween(s.reach(j, -1), j) && s.verbBetween(j+1, s.reach(i, 1))
		}
		return s.verbBetween(j+1, s.reach(j, 1)) && s.verbBetween(s.reach(i, -1), j)
	}
	return false
}

// reach goes from chunk j in a direction up to the next mark and gives the chunk there.
func (s *sentence) reach(j, step int) int {
	k := j + step
	for k >= 0 && k < len(s.chunks) {
		switch s.chunks[k].kind {
		case stop, quote, subordinate, relativeWord, comma:
			if step < 0 {
				return k + 1
			}
			return k
		}
		k += step
	}
	return max(k, 0)
}

func (s *sentence) verbBetween(from, to int) bool {
	for k := from; k < to && k < len(s.chunks); k++ {
		if c := &s.chunks[k]; c.kind == verbGroup && (c.form == finite || c.form == bareParticiple) {
			return true
		}
	}
	return false
}

// attribution finds who is said to state what stands in the chunks from first up to last: "…, police said", "according to the
// ministry, …", "Moscow denied that …". It is nil when the document says it itself.
func (d *Reading) attribution(s *sentence, first, last int) *fact.Attribution {
	for i := range s.chunks {
		c := &s.chunks[i]
		if c.kind == prepChunk && c.is("source") && i+1 < len(s.chunks) && s.chunks[i+1].kind == nounGroup {
			return &fact.Attribution{Speaker: s.nameOf(&s.chunks[i+1]), Stance: fact.Asserts}
		}
		if c.kind != verbGroup || !c.is("report") || c.passive || c.form == infinitive || !s.reports(i) || i >= first && i < last && !s.aside(i, first, last) {
			continue
		}
		speaker := -1
		if subject := d.subject(s, i); len(subject) > 0 {
			speaker = subject[0]
		} else if i+1 < len(s.chunks) && s.chunks[i+1].kind == nounGroup && i > 0 && (s.chunks[i-1].kind == comma || s.chunks[i-1].kind == quote) {
			speaker = i + 1
		}
		if speaker < 0 || s.chunks[speaker].pronoun && !s.chunks[speaker].is("person") {
			continue
		}
		if i >= last && !s.closes(min(speaker, i), i) { // the statement of another clause: "…, but the mayor said …"
			continue
		}
		if first >= speaker && last <= i { // an aside on the speaker: "the mayor, who came on Monday, said"
			continue
		}
		stance := fact.Asserts
		switch {
		case c.is("deny") && !c.negated:
			stance = fact.Denies
		case c.is("confirm"):
			stance = fact.Confirms
		}
		return &fact.Attribution{Speaker: s.nameOf(&s.chunks[speaker]), Stance: stance}
	}
	return nil
}

// closes reports whether the reporting clause that begins at chunk first, with its verb at chunk verb, says who stated what
// stands before it ("…, police said on Monday"), and does not go on with a statement of its own.
func (s *sentence) closes(first, verb int) bool {
	if first == 0 || s.chunks[first-1].kind != comma && s.chunks[first-1].kind != quote {
		return false
	}
	for i := verb + 1; i < len(s.chunks); i++ {
		switch c := &s.chunks[i]; c.kind {
		case relativeWord:
			return false
		case comma, stop, quote:
			return true
		case nounGroup:
			if s.verbBetween(i, s.reach(i, 1)) {
				return false
			}
		}
	}
	return true
}

// reports tells a reporting verb with what is said ("said that", "…, said") from one that takes a thing ("claimed a seat").
func (s *sentence) reports(i int) bool {
	for j := i + 1; j < len(s.chunks); j++ {
		switch c := &s.chunks[j]; c.kind {
		case timeChunk, adverbChunk, prepChunk:
		case nounGroup:
			if s.chunks[j-1].kind != prepChunk && s.chunks[i].word != "tell" {
				return s.verbBetween(j, s.reach(j, 1)) || j == i+1 && i > 0 && (s.chunks[i-1].kind == comma || s.chunks[i-1].kind == quote)
			}
		default:
			return c.kind == relativeWord || c.kind == quote || c.kind == comma || c.kind == stop
		}
	}
	return true
}

// aside reports whether the reporting verb at chunk i stands at the edge of the evidence, not at its heart.
func (s *sentence) aside(i, first, last int) bool {
	return i+1 < last && s.chunks[i+1].kind == relativeWord || i+2 < last && s.chunks[i+2].kind == relativeWord
}

// dropped are the words that names and labels do without.
var dropped = map[string]bool{"the": true, "a": true, "an": true, "his": true, "her": true, "their": true, "its": true}

// labelWords is the longest label: shorter than a sentence that anybody could claim.
const labelWords = 9

// label tells in few words what the chunks say: their words without determiners, times and asides.
func (s *sentence) label(first, last int) string {
	var words []string
	for i := first; i < last && len(words) < labelWords; i++ {
		c := &s.chunks[i]
		switch c.kind {
		case timeChunk, comma, stop, quote, adverbChunk:
			continue
		case prepChunk:
			if i+1 >= last || s.chunks[i+1].kind == timeChunk {
				continue
			}
		case relativeWord, subordinate:
			if len(words) > 1 {
				return finishLabel(words)
			}
			continue
		}
		for k := c.First; k < c.Last; k++ {
			t := s.text.Tokens[k]
			if c.kind == nounGroup && inTime(c, k) {
				continue
			}
			if dropped[t.Fold] || t.Fold == "also" {
				continue
			}
			switch t.Fold {
			case "'s", "n't", "'", "-", "/", "%":
				if c.kind == nounGroup && k > c.First && inTime(c, k-1) {
					continue
				}
				if len(words) > 0 && t.Glued {
					words[len(words)-1] += t.Text
					continue
				}
			}
			if t.Glued && len(words) > 0 && k > c.First && s.text.Tokens[k-1].Kind == token.Mark {
				words[len(words)-1] += t.Text
				continue
			}
			if t.Kind == token.Mark && !t.Glued && t.Text != "$" && t.Text != "£" && t.Text != "€" {
				continue
			}
			words = append(words, t.Text)
		}
	}
	return finishLabel(words)
}

func inTime(c *chunk, k int) bool {
	for _, t := range c.times {
		if k >= t.First && k < t.Last {
			return true
		}
	}
	return false
}

// finishLabel cuts a label to its length, not behind a small word.
func finishLabel(words []string) string {
	if len(words) > labelWords {
		words = words[:labelWords]
	}
	for len(words) > 1 {
		senses, _ := lexicon().look(token.Read(words[len(words)-1]).Tokens, 0, 1)
		small := false
		for _, s := range senses {
			switch s.part {
			case preposition, conjunction, determiner, relative, subordinator, modal, auxiliary:
				small = true
			}
		}
		if !small {
			break
		}
		words = words[:len(words)-1]
	}
	return strings.Trim(strings.Join(words, " "), " '-")
}
