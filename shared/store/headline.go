package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// Headline gives a document in a list's shape, from its facts: exact and consistent.
func (s *Store) Headline(ctx context.Context, id string, asOf time.Time) (summary.Headline, error) {
	facts, doc, err := s.documentFacts(ctx, id, asOf)
	if err != nil {
		return summary.Headline{}, failed(err, "store.Headline(%q)", id)
	}
	return summary.NewHeadline(doc, facts), nil
}

// Headlines lists documents, newest publication first. Words are read from one word's list, the longest: it looks rarest.
func (s *Store) Headlines(ctx context.Context, f Filter, p Page) (List[summary.Headline], error) {
	l, err := s.listHeadlines(ctx, f, p)
	return l, failed(err, "store.Headlines(%+v)", f)
}

func (s *Store) listHeadlines(ctx context.Context, f Filter, p Page) (List[summary.Headline], error) {
	words := headlineWords(strings.Join(f.Words, " "))
	if len(f.Words) > 0 && len(words) == 0 {
		return newList[summary.Headline](nil, nil, ""), nil
	}
	wanted := func(r row) bool {
		for _, w := range words {
			if !slices.Contains(r.Words, w) {
				return false
			}
		}
		return r.span().overlaps(f.From, f.To) && (f.Story == "" || r.Story == f.Story) && (f.Country == "" || slices.Contains(r.Countries, f.Country))
	}
	if f.computed() {
		docs, err := s.documents(ctx, f)
		if err != nil {
			return List[summary.Headline]{}, err
		}
		var items []summary.Headline
		for _, d := range docs {
			if r := headlineRow(d.doc, d.facts); wanted(r) {
				items = append(items, summary.NewHeadline(d.doc, d.facts))
			}
		}
		slices.SortFunc(items, func(a, b summary.Headline) int {
			return cmp.Or(cmp.Compare(spanOf(&b.Published).first, spanOf(&a.Published).first), cmp.Compare(a.Document, b.Document))
		})
		page, next, err := cutPage(items, p)
		return headlineList(page, next), err
	}
	pk := headlineKey
	switch {
	case len(words) > 0:
		pk = wordKey(slices.MaxFunc(words, func(a, b string) int {
			return cmp.Compare(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
		}))
	case f.Story != "":
		pk = headlinesOfStory(f.Story)
	case f.Country != "":
		pk = headlinesOfCountry(f.Country)
	}
	rows, next, err := s.walk(ctx, walking{ways: stretches(s.tables.Documents, pk, f.From, f.To), keep: func(r row) bool {
		return r.span().listedAt(r.SK, f.To) && wanted(r)
	}}, p)
	if err != nil {
		return List[summary.Headline]{}, err
	}
	if err := s.storyIfEmpty(ctx, f.Story, rows); err != nil {
		return List[summary.Headline]{}, err
	}
	var items []summary.Headline
	for _, r := range rows {
		var h summary.Headline
		if err := unpack(r.Body, &h); err != nil {
			return List[summary.Headline]{}, err
		}
		items = append(items, h)
	}
	return headlineList(items, next), nil
}

func headlineList(items []summary.Headline, next string) List[summary.Headline] {
	var sources []fact.Source
	for _, h := range items {
		sources = append(sources, h.Source)
	}
	return newList(items, sources, next)
}

// headlineRow is a headline's row but for its body.
func headlineRow(doc fact.Document, facts []fact.Fact) row {
	var countries []string
	for _, f := range facts {
		countries = append(countries, countriesOf(f)...)
	}
	slices.Sort(countries)
	published := spanOf(&doc.Published)
	return row{
		First: published.first, Last: published.last, Story: doc.Story,
		Countries: slices.Compact(countries), Words: headlineWords(doc.Headline),
	}
}

// Stories lists stories, the newest publication first. From and To choose those with a document from before To and one
// from after From.
func (s *Store) Stories(ctx context.Context, f Filter, p Page) (List[StoryLine], error) {
	l, err := s.listStories(ctx, f, p)
	return l, failed(err, "store.Stories(%+v)", f)
}

func (s *Store) listStories(ctx context.Context, f Filter, p Page) (List[StoryLine], error) {
	wanted := func(r row) bool {
		return r.span().overlaps(f.From, f.To) && (f.Country == "" || slices.Contains(r.Countries, f.Country))
	}
	if f.Story != "" || f.Document != "" {
		return s.oneStory(ctx, f, p)
	}
	rows, next, err := s.walk(ctx, walking{ways: []stretch{{s.tables.Documents, storiesKey, cmp.Or(f.From, " "), above}}, keep: wanted}, p)
	if err != nil {
		return List[StoryLine]{}, err
	}
	l := List[StoryLine]{Items: []StoryLine{}, Sources: []fact.Source{}, Next: next}
	for _, r := range rows {
		var line StoryLine
		if err := unpack(r.Body, &line); err != nil {
			return List[StoryLine]{}, err
		}
		l.Items = append(l.Items, line)
	}
	if len(l.Items) > 0 {
		l.LatestPublished = l.Items[0].LatestPublished
	}
	return l, nil
}

// oneStory lists the story that the filter names, itself or by one of its documents, if the rest of the filter lets it.
func (s *Store) oneStory(ctx context.Context, f Filter, p Page) (List[StoryLine], error) {
	id := f.Story
	if f.Document != "" {
		_, doc, err := s.documentFacts(ctx, f.Document, f.AsOf)
		if err != nil {
			return List[StoryLine]{}, err
		}
		if id != "" && doc.Story != id {
			return List[StoryLine]{}, notOfStory(f)
		}
		id = doc.Story
	}
	sum, countries, err := s.story(ctx, id, f.AsOf)
	if err != nil {
		return List[StoryLine]{}, err
	}
	when := span{spanOf(&sum.FirstPublished).first, spanOf(&sum.LatestPublished).last}
	l := List[StoryLine]{Items: []StoryLine{}, Sources: []fact.Source{}}
	if when.overlaps(f.From, f.To) && (f.Country == "" || slices.Contains(countries, f.Country)) {
		if l.Items, l.Next, err = cutPage([]StoryLine{lineOf(sum)}, p); err != nil {
			return List[StoryLine]{}, err
		}
		l.LatestPublished = sum.LatestPublished
	}
	return l, nil
}
