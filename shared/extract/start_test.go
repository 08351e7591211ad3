package extract

import (
	"testing"

	"factbox/shared/token"
)

// BenchmarkStart loads the word lists and rules, which is most of what the first document waits for.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := readLexicon(); err != nil {
			b.Fatal(err)
		}
		for _, file := range ruleFiles {
			if _, err := parseRules(file.name); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestSimple wants of the words that are taken into the lexicon unread that they are read as they stand.
func TestSimple(t *testing.T) {
	unread := 0
	var walk func(*lexeme)
	walk = func(l *lexeme) {
		for word, next := range l.next {
			if simple(word) {
				unread++
				if read := token.Read(word).Tokens; len(read) != 1 || read[0].Fold != word {
					t.Errorf("%s is read as %v", word, read)
				}
			}
			walk(next)
		}
	}
	if walk(lexicon()); unread < 1000 {
		t.Errorf("only %d words are simple", unread)
	}
}
