package extract

import (
	"fmt"
	"strings"
	"testing"

	"factbox/shared/article"
	"factbox/shared/fact"
)

// wire is a report as dense with facts as the densest copy.
const wire = `At least 45 people were killed and dozens are missing after a ferry sank off Malta on Tuesday, the coast guard said.

Italy has agreed to send two rescue teams to the island, its prime minister, Carla Rossi, told reporters in Rome. Spain pledged
5 million euros for the families of the victims, provided parliament approves, and Greece refused to send helicopters.

The mayor of Valletta, who came to the harbour early in the morning, thanked the fishermen who had taken survivors aboard. "We
saw the lights go out and heard people call," said one of them. Two crew members were arrested on Wednesday.

Schools will stay closed until next Monday. The company has run the line since 1998 and carries some 300,000 passengers a year.

`

// BenchmarkFacts reads documents of growing length: bytes a second hold still when time is linear.
func BenchmarkFacts(b *testing.B) {
	for _, size := range []int{1 << 10, 5 << 10, 100 << 10, 1 << 20, 10 << 20} {
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			text := strings.Repeat(wire, size/len(wire)+1)[:size]
			doc := fact.Document{Source: fact.Source{Document: "wire", Published: thursday}}
			b.SetBytes(int64(size))
			for b.Loop() {
				a, err := article.Read([]byte(text), "text/plain")
				if err != nil {
					b.Fatal(err)
				}
				if len(Facts(a, doc)) == 0 {
					b.Fatal("no fact")
				}
			}
		})
	}
}

// BenchmarkShapes reads 256 KB and four times that of texts on which an extractor may spend more than linear time.
func BenchmarkShapes(b *testing.B) {
	for _, shape := range []struct{ name, text string }{
		{"one paragraph", strings.ReplaceAll(wire, "\n", " ")},
		{"one sentence", "nine sailors were killed and dozens were hurt in France on Monday, "},
		{"events", "The attack in Paris killed nine people. The explosion in Lyon on Monday wounded two. "},
		{"dates", "On May 3 and on June 5, "},
		{"names", "Ada Brandt, Prime Minister of Spain, "},
		{"commas", "Spain, Italy, "},
		{"conjunctions", "nine men and "},
		{"relative clauses", "he said that "},
		{"prepositions", "the mayor of "},
		{"promises", "Norway pledged tents to Chile and "},
	} {
		for _, size := range []int{256 << 10, 1 << 20} {
			b.Run(fmt.Sprintf("%s/%dKB", strings.ReplaceAll(shape.name, " ", "_"), size>>10), func(b *testing.B) {
				text := strings.Repeat(shape.text, size/len(shape.text))
				b.SetBytes(int64(size))
				for b.Loop() {
					a, err := article.Read([]byte(text), "text/plain")
					if err != nil {
						b.Fatal(err)
					}
					Facts(a, fact.Document{Source: fact.Source{Document: "shape", Published: thursday}})
				}
			})
		}
	}
}
