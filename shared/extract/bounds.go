package extract

import (
	"strings"
	"sync"

	"factbox/shared/token"
)

// bounds are the words of rules/counts.txt that bound a number; the lemma of a sense is the modifier.
var bounds = sync.OnceValue(func() *lexeme {
	data, err := rules.ReadFile("rules/counts.txt")
	if err != nil {
		panic(err) // embedded
	}
	root := &lexeme{next: make(map[string]*lexeme)}
	for line := range strings.Lines(string(data)) {
		words, modifier, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok || strings.HasPrefix(words, "#") {
			continue
		}
		node := root
		for _, t := range token.Read(words).Tokens {
			if node.next == nil {
				node.next = make(map[string]*lexeme)
			}
			child := node.next[t.Fold]
			if child == nil {
				child = new(lexeme)
				node.next[t.Fold] = child
			}
			node = child
		}
		node.senses = []sense{{lemma: modifier}}
	}
	return root
})
