package extract

import (
	"strings"
	"sync"
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
		root.add(words, sense{lemma: modifier})
	}
	return root
})
