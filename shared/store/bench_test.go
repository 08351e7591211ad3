package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"factbox/shared/fact"
)

func report(i int) Putting {
	var facts []says
	for j := range 10 {
		facts = append(facts,
			killed(int64(100+i), "FR", fmt.Sprintf("2015-11-%02d", 1+j)),
			on(fmt.Sprintf("2015-11-%02d", 11+j), fmt.Sprintf("event%d in town", j), "FR", "RU"),
			promise([]string{"DE", "GB", "US"}[j%3], "FR", fact.Pledged, fact.SupportTypes[j].Type))
	}
	return putting(fmt.Sprintf("paper%04d-%02d", i, 1+i%28), "harbour", "Blast at the harbour", morning, facts...)
}

func BenchmarkPut(b *testing.B) {
	for _, before := range []int{0, 50} {
		b.Run(fmt.Sprintf("story of %d", before), func(b *testing.B) {
			s := newBench(b)
			for i := range before {
				s.put(report(i))
			}
			i := before
			for b.Loop() {
				s.put(report(i))
				i++
			}
		})
	}
}

func BenchmarkStory(b *testing.B) {
	s := newBench(b)
	for i := range 20 {
		s.put(report(i))
	}
	for b.Loop() {
		if _, err := s.Story(context.Background(), "harbour", time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOccurrences(b *testing.B) {
	s := newBench(b)
	for i := range 20 {
		s.put(report(i))
	}
	for b.Loop() {
		if _, err := s.Occurrences(context.Background(), Filter{From: "2015-11-01", To: "2015-11-30"}, Page{}); err != nil {
			b.Fatal(err)
		}
	}
}
