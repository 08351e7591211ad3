package store

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// rebuild makes a story's groups, its rows of the board and its summary anew, as far as blocks of it changed. Each block has
// a row that counts its writes and remembers what was posted, and what the block adds to the story's tally. It is read
// before the block's facts are, and written, together with what changed and with the tally, only if nobody else wrote it meanwhile.
//
// That alone would let a slow writer put back what a faster one found needless to write. So whoever wrote looks again, until
// there is nothing to write: the last to write has then seen all facts, and whoever posted facts later found them there.
//
// Blocks that are not named are not read: who changes their facts names them. Nor is the whole story for its summary, which
// is made of the tally and of the heads that the blocks have posted.
func (s *Store) rebuild(ctx context.Context, story string, blocks []block) error {
	err := settle(ctx, func() (wrote bool, err error) {
		changed, err := s.rebuildBlocks(ctx, story, blocks)
		if err == nil {
			blocks = changed
		}
		return len(changed) > 0, err
	})
	if err != nil {
		return err
	}
	return settle(ctx, func() (wrote bool, err error) { return s.rebuildSummary(ctx, story) })
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

// rebuildBlocks makes blocks anew and gives those that it wrote.
func (s *Store) rebuildBlocks(ctx context.Context, story string, blocks []block) (changed []block, err error) {
	t, err := s.tallied(ctx, story)
	if err != nil {
		return nil, err
	}
	found := make([]update, len(blocks))
	if err := s.each(ctx, len(blocks), func(ctx context.Context, i int) (err error) {
		found[i], err = s.blockUpdate(ctx, story, blocks[i])
		return err
	}); err != nil {
		return nil, err
	}
	var updates []update
	for i, u := range found {
		if u.changed() {
			updates = append(updates, u)
			changed = append(changed, blocks[i])
		}
	}
	return changed, s.writeBlocks(ctx, updates, t)
}

// update is what a block's row and groups are to become.
type update struct {
	lock        key
	rev         int
	before, now posted
	between     []listed // while the writes do not fit into one transaction
	writes      []write
}

func (u update) changed() bool { return len(u.writes) > 0 || !maps.Equal(u.before.Tally, u.now.Tally) }

// blockUpdate compares what a block's facts make with what its row remembers.
func (s *Store) blockUpdate(ctx context.Context, story string, b block) (update, error) {
	u := update{lock: key{s.tables.Facts, storyKey(story), blockSort + string(b)}}
	var lock row
	if _, err := s.get(ctx, u.lock, true, &lock); err != nil {
		return u, err
	}
	u.rev = lock.Rev
	if err := unpackIf(lock.Body, &u.before); err != nil {
		return u, err
	}
	groups, t, err := s.blockGroups(ctx, story, b)
	if err != nil {
		return u, err
	}
	u.now.Tally = t
	u.compare(s.tables, story, b, groups)
	return u, nil
}

// compare finds the rows to write and those to delete.
func (u *update) compare(tables Tables, story string, b block, groups []made) {
	hashes := make(map[string]string)
	for _, l := range u.before.Groups {
		hashes[l.place()] = l.Hash
	}
	wanted := make(map[key]bool)
	current := make(map[string]bool)
	for _, g := range groups {
		u.now.Groups = append(u.now.Groups, g.listed)
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
	for _, l := range u.before.Groups {
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
}

// row is the action that writes the block's row, if it is still the one of rev.
func (u update) row(rev int, p posted) (types.TransactWriteItem, error) {
	r := row{PK: u.lock.pk, SK: u.lock.sk, Rev: rev + 1}
	if len(p.Groups) > 0 || len(p.Tally) > 0 {
		body, err := pack(p)
		if err != nil {
			return types.TransactWriteItem{}, err
		}
		r.Body = body
	}
	return putAction(u.lock.table, r, still("rev", int64(rev)))
}

// writeBlocks writes each block in one transaction if it fits, several together where they do. Every transaction that
// finishes a block moves the tally.
func (s *Store) writeBlocks(ctx context.Context, updates []update, t *tallied) error {
	var actions []types.TransactWriteItem
	size := 0
	flush := func() error {
		if len(actions) == 0 {
			return nil
		}
		err := s.transactTallied(ctx, actions, t)
		actions, size = nil, 0
		return err
	}
	for _, u := range updates {
		n := 0
		for _, w := range u.writes {
			n += w.size()
		}
		if len(u.writes) >= s.actions || n > maxTransact {
			if err := flush(); err != nil {
				return err
			}
			if err := s.writeLarge(ctx, u, t); err != nil {
				return err
			}
			continue
		}
		if len(actions)+1+len(u.writes) > s.actions || size+n > maxTransact {
			if err := flush(); err != nil {
				return err
			}
		}
		lock, err := u.row(u.rev, u.now)
		if err != nil {
			return err
		}
		t.move(u.before.Tally, u.now.Tally)
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
func (s *Store) writeLarge(ctx context.Context, u update, t *tallied) error {
	lock, err := u.row(u.rev, posted{u.between, u.before.Tally})
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
	if lock, err = u.row(u.rev+1, u.now); err != nil {
		return err
	}
	t.move(u.before.Tally, u.now.Tally)
	return s.transactTallied(ctx, []types.TransactWriteItem{lock}, t)
}

// rebuildBoard makes a donor's row over all stories.
func (s *Store) rebuildBoard(ctx context.Context, donor string) error {
	return s.settleRow(ctx, key{s.tables.Facts, boardKey, donor}, func() ([]byte, error) {
		body, err := s.boardBody(ctx, donor)
		if err != nil || body == nil {
			return nil, err
		}
		return compress(body), nil
	})
}

// settleRow writes the content that is made of others' rows into one of its own: only if nobody else wrote it since it was read,
// and until there is nothing to write.
func (s *Store) settleRow(ctx context.Context, k key, content func() ([]byte, error)) error {
	return settle(ctx, func() (wrote bool, err error) {
		var before row
		if _, err := s.get(ctx, k, true, &before); err != nil {
			return false, err
		}
		after := row{PK: k.pk, SK: k.sk, Rev: before.Rev + 1}
		if after.Body, err = content(); err != nil {
			return false, err
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

// boardBody makes the content of a donor's row of its newest support in all stories; nil where there is none.
func (s *Store) boardBody(ctx context.Context, donor string) (body []byte, err error) {
	rows, _, err := run[row](ctx, s, query{
		stretch: stretches(s.tables.Facts, groupsOfCountry(donor, fact.KindPledge), "", "")[0], limit: boardRead, descending: true, consistent: true,
	})
	if err != nil {
		return nil, err
	}
	var supports []summary.Support
	sources := make(map[string]fact.Source)
	for _, r := range rows {
		var g grouped[summary.Support]
		if err := unpack(r.Body, &g); err != nil {
			return nil, err
		}
		if r.span().listedAt(r.SK, "") {
			supports = append(supports, g.Group)
		}
		for _, src := range g.Sources {
			sources[src.Document] = src
		}
	}
	for _, d := range summary.Donors(supports) {
		if body, err = onBoard(d, sources); err != nil {
			return nil, err
		}
	}
	return body, nil
}
