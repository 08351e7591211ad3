package place

import (
	"strings"

	"factbox/shared/token"
)

// style is how a sentence is written.
type style uint8

const (
	prose    style = iota
	headline       // Most Words Have a Capital, and No Full Stop Ends Them
	capitals       // ALL LETTERS ARE CAPITALS
)

// styleOf judges by the words of a sentence, or of the whole text where the sentence is too short to tell.
func styleOf(text token.Text, s token.Span) style {
	var words, upper, long, raised int
	shouted := false
	count := func(tokens []token.Token) {
		for _, tok := range tokens {
			size := tok.End - tok.Start
			if tok.Kind != token.Word || size < 2 || tok.Glued {
				continue
			}
			words++
			if tok.Shape == token.Upper {
				upper++
				shouted = shouted || size >= 5
			}
			if size >= 4 {
				long++
				if tok.Shape != token.Lower {
					raised++
				}
			}
		}
	}
	count(text.Tokens[s.First:s.Last])
	if words < 3 {
		words, upper, long, raised, shouted = 0, 0, 0, 0, false
		count(text.Tokens)
	}
	switch {
	case words >= 2 && shouted && upper*10 >= words*7:
		return capitals
	case long >= 3 && raised*10 >= long*8 && text.Tokens[s.Last-1].Text != ".":
		return headline
	}
	return prose
}

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

var (
	// titles are words before a leader's name.
	titles = set("president", "presidents", "premier", "minister", "chancellor", "king", "queen", "emir", "emperor", "pope",
		"leader", "chairman", "secretary", "general", "taoiseach", "prince", "marshal", "colonel", "commander",
		"dictator", "strongman", "mr", "mrs", "ms", "pm")

	// honorifics stand before a surname and never before a place.
	honorifics = set("mr", "mrs", "ms", "miss", "dr", "sir", "sgt", "cpl", "pvt", "capt", "captain", "lt", "sen", "rep", "judge", "justice")

	// publishers are words that make a place's name that of a newspaper.
	publishers = set("times", "post", "herald", "tribune", "globe", "chronicle", "gazette", "journal", "telegraph", "examiner",
		"inquirer", "courier", "dispatch", "sentinel", "observer")

	// notSurnames are capitalised words that go on with a country's or a leader's name and are nobody's surname.
	notSurnames = set("president", "prime", "premier", "foreign", "minister", "ministry", "king", "queen", "parliament",
		"government", "defence", "defense", "army", "air", "navy", "national", "police", "interior", "finance", "ambassador",
		"administration", "republic", "central", "supreme", "crown", "vice", "secretary", "chancellor", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december", "i")

	// functionWords may stand with a capital before a name and are nobody's given name: they begin sentences and quotations.
	functionWords = set("the", "a", "an", "but", "and", "or", "when", "while", "if", "as", "that", "what", "why", "how", "for",
		"on", "in", "to", "with", "of", "by", "from", "after", "before", "since", "until", "did", "does", "do", "will", "can",
		"could", "should", "would", "is", "was", "has", "had", "then", "former", "ex", "both", "like", "though", "although",
		"because", "yet", "so", "not", "even", "only", "today", "now", "yesterday", "tomorrow", "later", "earlier", "meanwhile",
		"still", "once", "under", "against", "without", "unlike", "whether", "where", "nor", "are", "were", "does", "may", "might",
		"must", "let", "ask", "tell", "see", "again", "here", "there", "this", "his", "her", "its", "their", "our", "my", "perhaps")

	// speaking are words before the name of a language.
	speaking = set("in", "into", "speak", "speaks", "spoke", "speaking", "spoken", "fluent", "learn", "learning")
)

func (t *tagger) foldAt(i int) string {
	if i < t.at.Last {
		return t.text.Tokens[i].Fold
	}
	return ""
}

// wordBefore gives the word before a token in its sentence, with nothing but space between.
func (t *tagger) wordBefore(i int) (token.Token, bool) {
	if i <= t.at.First || t.text.Tokens[i-1].Kind != token.Word || t.text.Tokens[i-1].Fold[0] == '\'' {
		return token.Token{}, false
	}
	return t.text.Tokens[i-1], true
}

// endsMention reports whether a mention ends before a token.
func (t *tagger) endsMention(i int) bool {
	return len(t.found) > 0 && t.found[len(t.found)-1].Last == i
}

// surnameFollows reports whether the token at i can be a surname that makes the name before it a given name.
func (t *tagger) surnameFollows(i int) bool {
	if t.style != prose || i >= t.at.Last {
		return false
	}
	next := t.text.Tokens[i]
	return next.Kind == token.Word && !next.Glued && (next.Shape == token.Capital || next.Shape == token.Mixed) &&
		!notSurnames[next.Fold] && !t.named(i)
}

// meant reports whether the words at a span mean the place, not a person, a newspaper or a language of its name, nor another
// country's institution.
func (t *tagger) meant(e *entry, s token.Span) bool {
	switch {
	case e.traits&comma != 0 && !t.abbreviates(s),
		e.traits&given != 0 && t.surnameFollows(s.Last),
		e.traits&alone != 0 && t.anothers(e, s.First):
		return false
	}
	switch e.kind {
	case Country, Capital, City:
		return !t.surname(s) && !t.publisher(s.Last)
	case Demonym:
		return !t.surname(s) && !t.language(s)
	}
	return true
}

// abbreviates reports whether the words at a span have their dot, and a comma and a place before them: "Portland, Ore."
func (t *tagger) abbreviates(s token.Span) bool {
	return s.First > t.at.First && t.text.Tokens[s.First-1].Text == "," && t.endsMention(s.First-1) &&
		strings.HasSuffix(t.text.Slice(s), ".")
}

// anothers reports whether what stands before the token gives the institution there to another country, or makes it a longer
// name: "the French Foreign Office", "Russia's Security Council", "Supreme National Security Council".
func (t *tagger) anothers(e *entry, i int) bool {
	if i > t.at.First && (t.text.Tokens[i-1].Fold == "'s" || t.text.Tokens[i-1].Fold == "'") {
		i--
	}
	if t.endsMention(i) {
		return t.found[len(t.found)-1].Code != e.code
	}
	prev, ok := t.wordBefore(i)
	return ok && t.style == prose && i-1 > t.at.First && prev.Shape != token.Lower && !functionWords[prev.Fold]
}

// surname reports whether a given name, an initial or an honorific before a single word makes it a surname: "Jack London",
// "Anna B. London", "Ms. French".
func (t *tagger) surname(s token.Span) bool {
	prev, ok := t.wordBefore(s.First)
	return ok && s.Last-s.First == 1 && prev.Shape != token.Lower && !t.endsMention(s.First) &&
		(t.lexicon.givenNames[prev.Fold] || honorifics[prev.Fold] || len(prev.Text) == 2 && prev.Text[1] == '.')
}

// publisher reports whether the word at i makes the place before it a newspaper's name.
func (t *tagger) publisher(i int) bool {
	return publishers[t.foldAt(i)] && t.text.Tokens[i].Shape != token.Lower
}

// language reports whether a demonym names a language: "in German", "French-speaking", "speaks Arabic and English".
func (t *tagger) language(s token.Span) bool {
	next := t.foldAt(s.Last)
	if next == "-" {
		next = t.foldAt(s.Last + 1)
	}
	switch next {
	case "language", "speaking", "speaker", "speakers", "translation", "subtitles":
		return true
	}
	prev, ok := t.wordBefore(s.First)
	if !ok || !speaking[prev.Fold] {
		return false
	}
	return s.Last >= t.at.Last || t.text.Tokens[s.Last].Kind == token.Mark && next != "-" && !t.text.Tokens[s.Last].Glued ||
		t.closes(s.Last) || functionWords[next]
}

// closes reports whether a clause or sentence ends at the token.
func (t *tagger) closes(i int) bool {
	switch t.foldAt(i) {
	case ".", ",", ";", ":", "!", "?", ")", "\"", "”":
		return true
	}
	return false
}
