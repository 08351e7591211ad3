package store

import (
	"cmp"
	"context"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// Tolls lists tolls, newest event first; a story's or a document's own when the filter names one.
func (s *Store) Tolls(ctx context.Context, f Filter, p Page) (List[summary.Toll], error) {
	l, err := listGroups(ctx, s, tollGroups, f, p)
	return l, failed(err, "store.Tolls(%+v)", f)
}

// Occurrences lists what happened, newest date first.
func (s *Store) Occurrences(ctx context.Context, f Filter, p Page) (List[summary.Occurrence], error) {
	l, err := listGroups(ctx, s, occurrenceGroups, f, p)
	return l, failed(err, "store.Occurrences(%+v)", f)
}

// Supports lists support by donor, type and recipient; what has a date comes first, newest first.
func (s *Store) Supports(ctx context.Context, f Filter, p Page) (List[summary.Support], error) {
	l, err := listGroups(ctx, s, supportGroups, f, p)
	return l, failed(err, "store.Supports(%+v)", f)
}

func listGroups[T any](ctx context.Context, s *Store, kind groupKind[T], f Filter, p Page) (List[T], error) {
	wanted := func(when span, places []string) bool {
		return when.overlaps(f.From, f.To) && (f.Country == "" || slices.Contains(places, f.Country))
	}
	if f.computed() {
		reports, err := s.reports(ctx, f)
		if err != nil {
			return List[T]{}, err
		}
		groups := slices.DeleteFunc(kind.of(reports), func(g T) bool { return !wanted(kind.when(g), kind.places(g)) })
		page, next, err := cutPage(groups, p)
		var facts []fact.Fact
		for _, g := range page {
			facts = append(facts, kind.reports(g)...)
		}
		return newList(page, cited(facts, sourcesOf(reports)), next), err
	}
	pk := groupsKey(kind.kind)
	switch {
	case f.Story != "":
		pk = groupsOfStory(f.Story, kind.kind)
	case f.Country != "":
		pk = groupsOfCountry(f.Country, kind.kind)
	}
	w := walking{ways: stretches(s.tables.Facts, pk, f.From, f.To), keep: func(r row) bool {
		return r.span().listedAt(r.SK, f.To) && wanted(r.span(), r.Countries)
	}}
	rows, next, err := s.walk(ctx, w, p)
	if err != nil {
		return List[T]{}, err
	}
	if err := s.storyIfEmpty(ctx, f.Story, rows); err != nil {
		return List[T]{}, err
	}
	return groupList[T](rows, next)
}

// groupList reads a page of rows that hold groups.
func groupList[T any](rows []row, next string) (List[T], error) {
	var items []T
	var sources []fact.Source
	for _, r := range rows {
		var g grouped[T]
		if err := unpack(r.Body, &g); err != nil {
			return List[T]{}, err
		}
		items = append(items, g.Group)
		sources = append(sources, g.Sources...)
	}
	return newList(items, sources, next), nil
}

// newList lists each source once.
func newList[T any](items []T, sources []fact.Source, next string) List[T] {
	l := List[T]{Items: items, Sources: []fact.Source{}, Next: next}
	if items == nil {
		l.Items = []T{}
	}
	seen := make(map[string]bool)
	for _, src := range sources {
		if !seen[src.Document] {
			seen[src.Document] = true
			l.Sources = append(l.Sources, src)
		}
	}
	summary.SortSources(l.Sources)
	if len(l.Sources) > 0 {
		l.LatestPublished = l.Sources[0].Published
	}
	return l
}

// storyIfEmpty tells a story without anything to list from one that is not known.
func (s *Store) storyIfEmpty(ctx context.Context, story string, rows []row) error {
	if story == "" || len(rows) > 0 {
		return nil
	}
	_, err := s.currentStory(ctx, story)
	return err
}

// Donors lists donors with their support, in the order of their codes: over all stories the newest of it, or that of the
// story or document that the filter names. With From or To, the support that a report shown dates within them.
func (s *Store) Donors(ctx context.Context, f Filter, p Page) (List[summary.Donor], error) {
	l, err := s.donors(ctx, f, p)
	return l, failed(err, "store.Donors(%+v)", f)
}

func (s *Store) donors(ctx context.Context, f Filter, p Page) (List[summary.Donor], error) {
	if f.computed() {
		reports, err := s.reports(ctx, f)
		if err != nil {
			return List[summary.Donor]{}, err
		}
		donors := between(summary.Donors(summary.Supports(reports)), f)
		slices.SortFunc(donors, func(a, b summary.Donor) int { return cmp.Compare(a.Country, b.Country) })
		if f.Country != "" {
			donors = slices.DeleteFunc(donors, func(d summary.Donor) bool { return d.Country != f.Country })
		}
		page, next, err := cutPage(donors, p)
		var facts []fact.Fact
		for _, d := range page {
			facts = append(facts, donorFacts(d)...)
		}
		return newList(page, cited(facts, sourcesOf(reports)), next), err
	}
	way := stretch{s.tables.Facts, boardKey, " ", above}
	if f.Story != "" {
		way.pk = boardOfStory(f.Story)
	}
	if f.Country != "" {
		way.low, way.high = f.Country, f.Country
	}
	rows, next, err := s.walk(ctx, walking{ways: []stretch{way}, ascending: true, keep: func(r row) bool { return len(r.Body) > 0 }}, p)
	if err != nil {
		return List[summary.Donor]{}, err
	}
	if err := s.storyIfEmpty(ctx, f.Story, rows); err != nil {
		return List[summary.Donor]{}, err
	}
	l, err := groupList[summary.Donor](rows, next)
	if err != nil || f.From == "" && f.To == "" {
		return l, err
	}
	l.Items = between(l.Items, f)
	sources := make(map[string]fact.Source)
	for _, src := range l.Sources {
		sources[src.Document] = src
	}
	var facts []fact.Fact
	for _, d := range l.Items {
		facts = append(facts, donorFacts(d)...)
	}
	return newList(l.Items, cited(facts, sources), next), nil
}

// between keeps the support that overlaps the days of the filter, and the donors that are left with some.
func between(donors []summary.Donor, f Filter) []summary.Donor {
	if f.From == "" && f.To == "" {
		return donors
	}
	kept := []summary.Donor{}
	for _, d := range donors {
		support := slices.DeleteFunc(slices.Clone(d.Support), func(s summary.Support) bool { return !supportSpan(s).overlaps(f.From, f.To) })
		if len(support) == 0 {
			continue
		}
		more := d.MoreSupport
		d = summary.Donors(support)[0]
		d.MoreSupport = more
		kept = append(kept, d)
	}
	return kept
}

// Facts lists facts: a document's in the order of its text, a story's by kind and block, else the newest date first, a
// kind after the other. Those that were rejected or are orphaned are listed only where the filter asks for them.
func (s *Store) Facts(ctx context.Context, f Filter, p Page) (List[fact.Fact], error) {
	l, err := s.listFacts(ctx, f, p)
	return l, failed(err, "store.Facts(%+v)", f)
}

func (s *Store) listFacts(ctx context.Context, f Filter, p Page) (List[fact.Fact], error) {
	wanted := func(kind fact.Kind, when span, places []string) bool {
		return (f.Kind == "" || f.Kind == kind) && when.overlaps(f.From, f.To) && (f.Country == "" || slices.Contains(places, f.Country))
	}
	if f.computed() {
		reports, err := s.reports(ctx, f)
		if err != nil {
			return List[fact.Fact]{}, err
		}
		var facts []fact.Fact
		for _, r := range reports {
			if wanted(r.Fact.Kind, spanOf(r.Fact.When()), r.Fact.Countries()) {
				facts = append(facts, r.Fact)
			}
		}
		page, next, err := cutPage(facts, p)
		return newList(page, cited(page, sourcesOf(reports)), next), err
	}
	kinds := fact.Kinds
	if f.Kind != "" {
		kinds = []fact.Kind{f.Kind}
	}
	var w walking
	for _, k := range kinds {
		switch {
		case f.Review != "" && f.Review != fact.Extracted:
			w.ways = append(w.ways, stretches(s.tables.Facts, factsOfReview(f.Review, k), f.From, f.To)...)
		case f.Story != "":
			prefix := factSort + string(k) + "#"
			w.ways = append(w.ways, stretch{s.tables.Facts, storyKey(f.Story), prefix, prefix + above})
		case f.Country != "":
			w.ways = append(w.ways, stretches(s.tables.Facts, factsOfCountry(f.Country, k), f.From, f.To)...)
		default:
			w.ways = append(w.ways, stretches(s.tables.Facts, factsKey(k), f.From, f.To)...)
		}
	}
	w.ascending = f.Story != "" && (f.Review == "" || f.Review == fact.Extracted)
	w.keep = func(r row) bool {
		return (w.ascending || r.span().listedAt(r.SK, f.To)) && r.span().overlaps(f.From, f.To) && (f.Country == "" || slices.Contains(r.Countries, f.Country)) &&
			(f.Story == "" || r.Story == f.Story) && (f.Review == "" || cmp.Or(r.Review, fact.Extracted) == f.Review)
	}
	rows, next, err := s.walk(ctx, w, p)
	if err != nil {
		return List[fact.Fact]{}, err
	}
	if err := s.storyIfEmpty(ctx, f.Story, rows); err != nil {
		return List[fact.Fact]{}, err
	}
	var facts []fact.Fact
	var sources []fact.Source
	for _, r := range rows {
		var report summary.Report
		if err := unpack(r.Body, &report); err != nil {
			return List[fact.Fact]{}, err
		}
		facts = append(facts, report.Fact)
		sources = append(sources, report.Source)
	}
	return newList(facts, sources, next), nil
}
