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
