package store

import (
	"context"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

func (s *Store) Put(ctx context.Context, p Putting) (Result, error)                { return Result{}, nil }
func (s *Store) Withdraw(ctx context.Context, document string, at time.Time) error { return nil }
func (s *Store) Document(ctx context.Context, id string) (fact.Document, error) {
	return fact.Document{}, nil
}
func (s *Store) Text(ctx context.Context, id string) ([]byte, error) { return nil, nil }
func (s *Store) DocumentFacts(ctx context.Context, id string, asOf time.Time) ([]fact.Fact, fact.Document, error) {
	return nil, fact.Document{}, nil
}
func (s *Store) Headline(ctx context.Context, id string, asOf time.Time) (summary.Headline, error) {
	return summary.Headline{}, nil
}
func (s *Store) Headlines(ctx context.Context, f Filter, p Page) (List[summary.Headline], error) {
	return List[summary.Headline]{}, nil
}
func (s *Store) Stories(ctx context.Context, f Filter, p Page) (List[StoryLine], error) {
	return List[StoryLine]{}, nil
}
func (s *Store) Story(ctx context.Context, id string, asOf time.Time) (summary.Story, error) {
	return summary.Story{}, nil
}
func (s *Store) Tolls(ctx context.Context, f Filter, p Page) (List[summary.Toll], error) {
	return List[summary.Toll]{}, nil
}
func (s *Store) Occurrences(ctx context.Context, f Filter, p Page) (List[summary.Occurrence], error) {
	return List[summary.Occurrence]{}, nil
}
func (s *Store) Supports(ctx context.Context, f Filter, p Page) (List[summary.Support], error) {
	return List[summary.Support]{}, nil
}
func (s *Store) Donors(ctx context.Context, f Filter, p Page) (List[summary.Donor], error) {
	return List[summary.Donor]{}, nil
}
func (s *Store) Facts(ctx context.Context, f Filter, p Page) (List[fact.Fact], error) {
	return List[fact.Fact]{}, nil
}
func (s *Store) Fact(ctx context.Context, id string, asOf time.Time) (fact.Fact, fact.Source, error) {
	return fact.Fact{}, fact.Source{}, nil
}
func (s *Store) Sweep(ctx context.Context, limit int) (finished int, err error) { return 0, nil }
func (s *Store) Health(ctx context.Context) (Health, error)                     { return Health{}, nil }
