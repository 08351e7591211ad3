package answer

import (
	"slices"
	"strings"

	"factbox/shared/token"
)

// role is what a country does in a question of support.
type role uint8

const (
	anyRole role = iota
	donates
	receives
	located // something is there
)

// findRoles tells who gives and who gets, by prepositions and the order of the words.
func (q *Query) findRoles(tokens []token.Token) {
	verb, receiving, passive := q.verb(tokens)
	for i := range q.places {
		n := &q.places[i]
		n.role = q.byWords(tokens, i, verb)
		if n.role == anyRole && verb < 0 && n.First > 0 && auxiliary[tokens[n.First-1].Fold] && len(q.places) > 1 {
			n.role = donates // "did Peru share its plans with Chile"
		}
		if n.role != anyRole || verb < 0 {
			continue
		}
		before := n.First < verb
		if receiving || passive {
			before = !before
		}
		if n.role = receives; before {
			n.role = donates
		}
	}
}

// verb finds the verb that gives: its token, whether it is one of receiving, and whether it is passive. Of several the first counts.
func (q *Query) verb(tokens []token.Token) (at int, receiving, passive bool) {
	at = -1
	for _, t := range q.terms {
		if !t.is(status) || t.is(refused) {
			continue
		}
		word, before := t.words[0], ""
		if t.First > 0 {
			before = tokens[t.First-1].Fold
		}
		be := before != "to" && !strings.HasSuffix(word, "ing") && q.beBefore(tokens, t.First)
		if nounBehind[before] || be && !participle(word) { // "the offer"; "is the German pledge"
			continue
		}
		passive = be && !slices.Contains(q.terms[0].words, "who")
		return t.First, t.means(status, "receive"), passive
	}
	return at, false, false
}

// nounBehind are words behind which a word that may be a verb is a noun.
var nounBehind = map[string]bool{"the": true, "a": true, "an": true, "of": true, "any": true, "'s": true, "its": true, "their": true}

// participle reports whether a verb's form can be a participle.
func participle(word string) bool {
	switch word {
	case "sent", "lent", "put", "paid", "made", "got", "won", "let":
		return true
	}
	return strings.HasSuffix(word, "ed") || strings.HasSuffix(word, "en")
}

// beBefore reports whether a form of "be" goes with the participle at i, with nothing but a country or little words between.
func (q *Query) beBefore(tokens []token.Token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		switch tokens[j].Fold {
		case "is", "are", "was", "were", "been", "being", "be":
			return true
		case "has", "have", "had", "did", "does", "do", "will":
			return false
		}
	}
	return false
}

// givesBefore reports whether a country stands before the verb.
func (q *Query) givesBefore(verb int) bool {
	return slices.ContainsFunc(q.places, func(n named) bool { return n.Last <= verb })
}

// people reports whether a word names those who have come from somewhere.
func people(t token.Token) bool {
	found, _ := load().at([]token.Token{t}, 0)
	return load().people[t.Fold] || slices.Contains(found, meaning{effects, "displaced"}) || slices.Contains(found, meaning{effects, "evacuated"})
}

// byWords judges a country by the words around it.
func (q *Query) byWords(tokens []token.Token, at, verb int) role {
	n := q.places[at]
	for i := n.First - 1; i >= 0; i-- {
		switch tokens[i].Fold {
		case "to", "for", "towards", "toward", "with":
			return receives
		case "in", "into", "at", "near", "inside":
			return located
		case "from":
			if i > 0 && people(tokens[i-1]) { // "refugees from Mali"
				return receives
			}
			return donates
		case "by":
			return donates
		case "and", "or", ",":
			if at > 0 && q.places[at-1].Last == i {
				return q.byWords(tokens, at-1, verb)
			}
			return anyRole
		case "the":
			continue
		}
		break
	}
	if n.Last < len(tokens) && (tokens[n.Last].Fold == "'s" || tokens[n.Last].Fold == "'") {
		if verb >= 0 && verb < n.First && q.givesBefore(verb) { // "Will Norway cancel Peru's debt?"
			return receives
		}
		return donates
	}
	return anyRole
}
