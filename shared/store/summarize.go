package store

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// rebuildSummary makes a story's summary, and its line in the list of stories, of what its blocks have posted.
func (s *Store) rebuildSummary(ctx context.Context, story string) (wrote bool, err error) {
	pk := storyKey(story)
	var before row
	if _, err := s.get(ctx, key{s.tables.Facts, pk, summarySort}, true, &before); err != nil {
		return false, err
	}
	after := row{PK: pk, SK: summarySort, Rev: before.Rev + 1}
	sum, countries, err := s.summarize(ctx, story)
	if err != nil {
		return false, err
	}
	var writes []write
	if sum.Documents > 0 {
		line := row{Story: story, Countries: countries}
		if after, line, err = summaryRows(after, line, sum); err != nil {
			return false, err
		}
		writes = append(writes, write{key{s.tables.Documents, storiesKey, after.Line}, &line})
	}
	if before.Line == after.Line && bytes.Equal(before.Body, after.Body) && slices.Equal(before.Countries, after.Countries) {
		return false, nil
	}
	if before.Line != "" && before.Line != after.Line {
		writes = append(writes, write{key{s.tables.Documents, storiesKey, before.Line}, nil})
	}
	a, err := putAction(s.tables.Facts, after, still("rev", int64(before.Rev)))
	if err != nil {
		return false, err
	}
	actions := []types.TransactWriteItem{a}
	for _, w := range writes {
		if a, err = w.action(); err != nil {
			return false, err
		}
		actions = append(actions, a)
	}
	return true, s.transact(ctx, actions)
}

// summaryRows fills the row of a summary and that of its line in the list of stories.
func summaryRows(whole, line row, sum summary.Story) (row, row, error) {
	var err error
	if whole.Body, err = pack(sum); err != nil {
		return whole, line, err
	}
	if line.Body, err = pack(lineOf(sum)); err != nil {
		return whole, line, err
	}
	whole.First, whole.Last = spanOf(&sum.FirstPublished).first, spanOf(&sum.LatestPublished).last
	whole.Line = cmp.Or(whole.Last, shelfUndated) + "#" + sum.Story
	whole.Countries = line.Countries
	line.First, line.Last = whole.First, whole.Last
	return whole, line, nil
}

// summarize reads the tally, the heads and the days of a story, at most summary.MaxHeads rows of each kind, and sums them up.
func (s *Store) summarize(ctx context.Context, story string) (sum summary.Story, countries []string, err error) {
	pk := storyKey(story)
	t := &tallied{}
	var tolls, dates, donors [][]byte
	var first, earliest, latest, title *documentDays
	part := func(sort string) stretch { return stretch{s.tables.Facts, pk, sort, sort + above} }
	heads := func(k fact.Kind, into *[][]byte) func(context.Context) error {
		return func(ctx context.Context) (err error) {
			*into, err = s.bodies(ctx, part(headSortOf(k, "")), summary.MaxHeads, false)
			return err
		}
	}
	day := func(st stretch, last bool, into **documentDays) func(context.Context) error {
		return func(ctx context.Context) error {
			found, err := s.bodies(ctx, st, 1, last)
			if err != nil || len(found) == 0 {
				return err
			}
			*into = new(documentDays)
			return unpack(found[0], *into)
		}
	}
	steps := []func(context.Context) error{
		func(ctx context.Context) (err error) {
			t, err = s.tallied(ctx, story)
			return err
		},
		heads(fact.KindCasualty, &tolls), heads(fact.KindDate, &dates), heads(fact.KindPledge, &donors),
		day(part(firstSort), false, &first),
		day(stretch{s.tables.Facts, pk, firstSort + "0", firstSort + above}, false, &earliest), // behind those of unknown day
		day(part(latestSort), true, &latest), day(part(titleSort), true, &title),
	}
	if err := s.each(ctx, len(steps), func(ctx context.Context, i int) error { return steps[i](ctx) }); err != nil {
		return sum, nil, err
	}
	h := summary.Heads{Sources: make(map[string]fact.Source), Total: t.tally.total()}
	if earliest != nil {
		h.FirstPublished = earliest.Published
	}
	if latest != nil {
		h.LatestPublished = latest.Published
	}
	if title == nil {
		title = first
	}
	if title == nil {
		title = new(documentDays)
	}
	if h.Tolls, err = unpackGroups[summary.Toll](tolls, h.Sources); err != nil {
		return sum, nil, err
	}
	if h.Occurrences, err = unpackGroups[summary.Occurrence](dates, h.Sources); err != nil {
		return sum, nil, err
	}
	if h.Donors, err = unpackGroups[summary.Donor](donors, h.Sources); err != nil {
		return sum, nil, err
	}
	return h.Story(story, title.Title), t.tally.countries(), nil
}

// bodies reads what the first n rows of a stretch hold, or the last.
func (s *Store) bodies(ctx context.Context, st stretch, n int, last bool) ([][]byte, error) {
	var found [][]byte
	for after := ""; len(found) < n; {
		rows, next, err := run[row](ctx, s, query{stretch: st, after: after, limit: n - len(found), descending: last, consistent: true})
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found = append(found, r.Body)
		}
		if after = next; next == "" {
			break
		}
	}
	return found, nil
}

// unpackGroups reads groups from their rows and gathers their sources.
func unpackGroups[T any](bodies [][]byte, sources map[string]fact.Source) ([]T, error) {
	var groups []T
	for _, body := range bodies {
		var g grouped[T]
		if err := unpack(body, &g); err != nil {
			return nil, err
		}
		groups = append(groups, g.Group)
		for _, src := range g.Sources {
			sources[src.Document] = src
		}
	}
	return groups, nil
}

// titleOf is the title that the newest document with one gives its story, else the headline of the first document.
func titleOf(docs []fact.Document) string {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b fact.Document) int {
		return cmp.Or(cmp.Compare(spanOf(&a.Published).first, spanOf(&b.Published).first), cmp.Compare(a.Published, b.Published),
			cmp.Compare(a.Source.Document, b.Source.Document))
	})
	for _, d := range slices.Backward(docs) {
		if d.StoryTitle != "" {
			return d.StoryTitle
		}
	}
	return docs[0].Headline
}

func lineOf(s summary.Story) StoryLine {
	return StoryLine{s.Story, s.Title, s.Documents, s.FirstPublished, s.LatestPublished, s.Counts, s.Bullets}
}
