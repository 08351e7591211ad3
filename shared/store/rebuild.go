package store

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// block is a summary.Block: the facts that are grouped together.
type block string

func (b block) kind() fact.Kind {
	kind, _, _ := strings.Cut(string(b), "#")
	return fact.Kind(kind)
}

func (b block) rest() string {
	_, rest, _ := strings.Cut(string(b), "#")
	return rest
}

const blockSort = "BLOCK#"

// rebuild makes a story's groups, its rows of the board and its summary from the facts that its documents have posted. Each
// block has a row that counts its writes and remembers what was posted. It is read before the facts are, and written,
// together with what changed, only if nobody else wrote it meanwhile.
//
// That alone would let a slow writer put back what a faster one found needless to write. So whoever wrote looks again, until
// there is nothing to write: the last to write has then seen all facts, and whoever posted facts later found them there.
//
// It gives the donors of the story, and those whose support it wrote.
func (s *Store) rebuild(ctx context.Context, story string) (donors, changed map[string]bool, err error) {
	changed = make(map[string]bool)
	return donors, changed, settle(ctx, func() (wrote bool, err error) {
		donors, wrote, err = s.rebuildOnce(ctx, story, changed)
		return wrote, err
	})
}

// settle repeats a step until it finds nothing to write.
func settle(ctx context.Context, step func() (wrote bool, err error)) error {
	for range maxAttempts {
		wrote := false
		err := retry(ctx, func() (err error) {
			wrote, err = step()
			return err
		})
		if err != nil || !wrote {
			return err
		}
	}
	return errMoved
}

func (s *Store) rebuildOnce(ctx context.Context, story string, changed map[string]bool) (donors map[string]bool, wrote bool, err error) {
	pk := storyKey(story)
	var sum row
	if _, err := s.get(ctx, key{s.tables.Facts, pk, summarySort}, true, &sum); err != nil {
		return nil, false, err
	}
	locks, err := all[row](ctx, s, stretch{s.tables.Facts, pk, blockSort, blockSort + above})
	if err != nil {
		return nil, false, err
	}
	rows, err := all[row](ctx, s, stretch{s.tables.Facts, pk, "DOC#", "FACT#" + above})
	if err != nil {
		return nil, false, err
	}
	var docs []fact.Document
	var reports []summary.Report
	for _, r := range rows {
		if strings.HasPrefix(r.SK, "DOC#") {
			var d fact.Document
			if err := unpack(r.Body, &d); err != nil {
				return nil, false, err
			}
			docs = append(docs, d)
			continue
		}
		var report summary.Report
		if err := unpack(r.Body, &report); err != nil {
			return nil, false, err
		}
		reports = append(reports, report)
	}
	updates, err := s.blockUpdates(story, locks, reports)
	if err != nil {
		return nil, false, err
	}
	donors = make(map[string]bool)
	for _, r := range reports {
		if r.Fact.Pledge != nil {
			donors[r.Fact.Pledge.Donor] = true
		}
	}
	for _, u := range updates {
		if b := block(strings.TrimPrefix(u.lock.sk, blockSort)); b.kind() == fact.KindPledge {
			changed[b.rest()] = true
		}
	}
	if err := s.writeBlocks(ctx, updates); err != nil {
		return nil, false, err
	}
	wrote, err = s.writeSummary(ctx, story, sum, docs, reports)
	return donors, wrote || len(updates) > 0, err
}

// update is what a block's row and groups are to become.
type update struct {
	lock    key
	rev     int
	groups  []listed
	between []listed // while the writes do not fit into one transaction
	writes  []write
}

// blockUpdates compares what the reports make with what the blocks remember.
func (s *Store) blockUpdates(story string, locks []row, reports []summary.Report) ([]update, error) {
	before := make(map[block]row)
	members := make(map[block][]summary.Report)
	for _, l := range locks {
		b := block(strings.TrimPrefix(l.SK, blockSort))
		before[b] = l
		members[b] = nil
	}
	for _, r := range reports {
		b := block(summary.Block(r.Fact))
		members[b] = append(members[b], r)
	}
	var updates []update
	for _, b := range slices.Sorted(maps.Keys(members)) {
		groups, err := groupsOf(b, members[b])
		if err != nil {
			return nil, err
		}
		var old []listed
		if len(before[b].Body) > 0 {
			if err := unpack(before[b].Body, &old); err != nil {
				return nil, err
			}
		}
		u := update{lock: key{s.tables.Facts, storyKey(story), blockSort + string(b)}, rev: before[b].Rev}
		if err := u.compare(s.tables, story, b, old, groups); err != nil {
			return nil, err
		}
		if len(u.writes) > 0 {
			updates = append(updates, u)
		}
	}
	return updates, nil
}

// groupsOf gives the groups of a block, and the donor's row on the story's board.
func groupsOf(b block, reports []summary.Report) ([]made, error) {
	switch b.kind() {
	case fact.KindCasualty:
		return tollGroups.make(reports)
	case fact.KindDate:
		return occurrenceGroups.make(reports)
	}
	groups, err := supportGroups.make(reports)
	if err != nil {
		return nil, err
	}
	for _, d := range summary.Donors(summary.Supports(reports)) {
		body, err := onBoard(d, sourcesOf(reports))
		if err != nil {
			return nil, err
		}
		groups = append(groups, newMade(listed{}, body))
	}
	return groups, nil
}

// compare finds the rows to write and those to delete.
func (u *update) compare(tables Tables, story string, b block, old []listed, groups []made) error {
	hashes := make(map[string]string)
	for _, l := range old {
		hashes[l.place()] = l.Hash
	}
	wanted := make(map[key]bool)
	current := make(map[string]bool)
	for _, g := range groups {
		u.groups = append(u.groups, g.listed)
		current[g.place()] = true
		keys := g.keys(tables, story, b)
		for _, k := range keys {
			wanted[k] = true
		}
		if hashes[g.place()] == g.Hash {
			u.between = append(u.between, g.listed)
			continue
		}
		unsure := g.listed
		unsure.Hash = ""
		u.between = append(u.between, unsure)
		r := row{First: g.First, Last: g.Last, Story: story, Countries: g.Places, Body: compress(g.body)}
		for _, k := range keys {
			u.writes = append(u.writes, write{k, &r})
		}
	}
	gone := make(map[key]bool)
	for _, l := range old {
		if current[l.place()] {
			continue
		}
		l.Hash = ""
		u.between = append(u.between, l)
		for _, k := range l.keys(tables, story, b) {
			if !wanted[k] && !gone[k] {
				gone[k] = true
				u.writes = append(u.writes, write{k, nil})
			}
		}
	}
	slices.SortFunc(u.writes, func(a, b write) int { return compareKeys(a.key, b.key) })
	return nil
}

// row is the action that writes the block's row, if it is still the one of rev.
func (u update) row(rev int, groups []listed) (types.TransactWriteItem, error) {
	r := row{PK: u.lock.pk, SK: u.lock.sk, Rev: rev + 1}
	if len(groups) > 0 {
		body, err := pack(groups)
		if err != nil {
			return types.TransactWriteItem{}, err
		}
		r.Body = body
	}
	return putAction(u.lock.table, r, still("rev", int64(rev)))
}

// writeBlocks writes each block in one transaction if it fits, several together where they do.
func (s *Store) writeBlocks(ctx context.Context, updates []update) error {
	var actions []types.TransactWriteItem
	size := 0
	flush := func() error {
		if len(actions) == 0 {
			return nil
		}
		err := s.transact(ctx, actions)
		actions, size = nil, 0
		return err
	}
	for _, u := range updates {
		n := 0
		for _, w := range u.writes {
			n += w.size()
		}
		if len(u.writes) >= s.actions || n > maxTransact {
			if err := s.writeLarge(ctx, u); err != nil {
				return err
			}
			continue
		}
		if len(actions)+1+len(u.writes) > s.actions || size+n > maxTransact {
			if err := flush(); err != nil {
				return err
			}
		}
		lock, err := u.row(u.rev, u.groups)
		if err != nil {
			return err
		}
		actions = append(actions, lock)
		for _, w := range u.writes {
			a, err := w.action()
			if err != nil {
				return err
			}
			actions = append(actions, a)
		}
		size += n
	}
	return flush()
}

// writeLarge writes a block in several transactions: first its row, remembering both what is posted and what will be, then
// the rest, each part only while the row stands. Cut off, it leaves nothing that the next rebuild does not mend.
func (s *Store) writeLarge(ctx context.Context, u update) error {
	lock, err := u.row(u.rev, u.between)
	if err != nil {
		return err
	}
	if err := s.transact(ctx, []types.TransactWriteItem{lock}); err != nil {
		return err
	}
	guard, err := checkAction(u.lock, *still("rev", int64(u.rev+1)))
	if err != nil {
		return err
	}
	if err := s.writeWith(ctx, guard, u.writes); err != nil {
		return err
	}
	if lock, err = u.row(u.rev+1, u.groups); err != nil {
		return err
	}
	return s.transact(ctx, []types.TransactWriteItem{lock})
}

// writeSummary writes the story's summary and its line in the list of stories.
func (s *Store) writeSummary(ctx context.Context, story string, before row, docs []fact.Document, reports []summary.Report) (wrote bool, err error) {
	after := row{PK: storyKey(story), SK: summarySort, Rev: before.Rev + 1}
	var writes []write
	if len(docs) > 0 {
		sum := summary.NewStory(story, titleOf(docs), docs, reports)
		body, err := pack(sum)
		if err != nil {
			return false, err
		}
		for _, r := range reports {
			after.Countries = append(after.Countries, countriesOf(r.Fact)...)
		}
		slices.Sort(after.Countries)
		after.Countries = slices.Compact(after.Countries)
		after.Body = body
		after.First, after.Last = spanOf(&sum.FirstPublished).first, spanOf(&sum.LatestPublished).last
		after.Line = cmp.Or(after.Last, shelfUndated) + "#" + story
		line := row{First: after.First, Last: after.Last, Story: story, Countries: after.Countries}
		if line.Body, err = pack(lineOf(sum)); err != nil {
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

// titleOf is the title that the newest document with one gives its story, else the headline of the first document.
func titleOf(docs []fact.Document) string {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b fact.Document) int {
		return cmp.Or(cmp.Compare(spanOf(&a.Published).first, spanOf(&b.Published).first), cmp.Compare(a.Source.Document, b.Source.Document))
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

// rebuildBoard makes a donor's row over all stories of its newest support.
func (s *Store) rebuildBoard(ctx context.Context, donor string) error {
	return settle(ctx, func() (wrote bool, err error) {
		k := key{s.tables.Facts, boardKey, donor}
		var before row
		if _, err := s.get(ctx, k, true, &before); err != nil {
			return false, err
		}
		rows, _, err := run[row](ctx, s, query{
			stretch: stretches(s.tables.Facts, groupsOfCountry(donor, fact.KindPledge), "", "")[0], limit: boardRead, descending: true, consistent: true,
		})
		if err != nil {
			return false, err
		}
		var supports []summary.Support
		sources := make(map[string]fact.Source)
		for _, r := range rows {
			var g grouped[summary.Support]
			if err := unpack(r.Body, &g); err != nil {
				return false, err
			}
			if r.span().listedAt(r.SK, "") {
				supports = append(supports, g.Group)
			}
			for _, src := range g.Sources {
				sources[src.Document] = src
			}
		}
		after := row{PK: k.pk, SK: k.sk, Rev: before.Rev + 1}
		for _, d := range summary.Donors(supports) {
			body, err := onBoard(d, sources)
			if err != nil {
				return false, err
			}
			after.Body = compress(body)
		}
		if bytes.Equal(before.Body, after.Body) {
			return false, nil
		}
		a, err := putAction(k.table, after, still("rev", int64(before.Rev)))
		if err != nil {
			return false, err
		}
		return true, s.transact(ctx, []types.TransactWriteItem{a})
	})
}
