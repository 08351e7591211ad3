package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// Wrong is what is wrong with an item.
type Wrong string

// What Verify finds.
const (
	Missing Wrong = "missing" // a row that committed documents make is not there
	Differs Wrong = "differs" // it has another content than they make
	Orphan  Wrong = "orphan"  // no committed document makes it
	Pending Wrong = "pending" // the lists of a document are not finished; Sweep does that
	Gap     Wrong = "gap"     // a change, a version or a blob is lost: only a backup has it
)

// Fault is an item that is not as the committed documents make it.
type Fault struct {
	Wrong
	Item string // table, partition and sort key
}

// Verified says what Verify looked at.
type Verified struct {
	Changes                  int64
	Documents, Stories, Rows int
	Faults                   int
}

// Verify compares every row that lists read with what the committed documents make, and the changes with their numbers. Each
// fault is told as it is found. It reads both tables whole, and keeps about 200 bytes a row in memory. What others write
// meanwhile may show as faults: look again before you believe one.
//
// With repair it then makes right what it found: rows are made anew, orphans deleted. A gap stays.
func (s *Store) Verify(ctx context.Context, repair bool, tell func(Fault)) (Verified, error) {
	v := verification{Store: s, tell: tell, wanted: make(map[key]digest), lists: make(map[list]bool),
		blocks: make(map[string]map[block]bool), maker: make(map[key]maker), wrong: wrong{make(map[string]bool), make(map[string]bool),
			make(map[string]bool), make(map[string]bool), make(map[string]bool), make(map[key]row)}}
	err := v.verify(ctx)
	if err == nil && repair {
		err = v.repair(ctx)
	}
	return v.found, failed(err, "store.Verify")
}

// list is a partition that Verify reads whole.
type list struct{ table, pk string }

// digest stands for the content of a row, without the count of its writes.
type digest [16]byte

type verification struct {
	*Store
	found  Verified
	tell   func(Fault)
	wanted map[key]digest
	lists  map[list]bool             // that have rows, or may have some that they should not
	blocks map[string]map[block]bool // of each story, that have or had members
	maker  map[key]maker             // of the rows that are wanted
	wrong  wrong
}

// maker is the document that makes a row by itself, or the story that does.
type maker struct{ document, story string }

// wrong is what has to be made anew, and what has to go.
type wrong struct {
	documents, stories, boards map[string]bool
	digests                    map[string]bool // stories whose digest alone is wrong
	lost                       map[string]bool // documents that cannot be made anew
	orphans                    map[key]row
}

func (v *verification) fault(w Wrong, item string) {
	v.found.Faults++
	v.tell(Fault{w, item})
}

func (k key) String() string { return k.table + " " + k.pk + " / " + k.sk }

func digestOf(r row) (digest, error) {
	r.PK, r.SK, r.Rev = "", "", 0
	if len(r.Body) > 0 {
		var err error
		if r.Body, err = decompress(r.Body); err != nil {
			return digest{}, err
		}
	}
	data, err := json.Marshal(r)
	sum := sha256.Sum256(data)
	return digest(sum[:16]), err
}

// want notes that a row has to be there.
func (v *verification) want(k key, r row, by maker) error {
	d, err := digestOf(r)
	v.wanted[k], v.maker[k] = d, by
	v.lists[list{k.table, k.pk}] = true
	return err
}

func (v *verification) verify(ctx context.Context) error {
	documents, err := v.log(ctx)
	if err != nil {
		return err
	}
	stories := make(map[string][]stated)
	for _, id := range documents {
		if err := v.document(ctx, id, stories); err != nil {
			return fmt.Errorf("document %q: %w", id, err)
		}
	}
	for _, story := range slices.Sorted(maps.Keys(v.blocks)) {
		if err := v.story(story, stories[story]); err != nil {
			return fmt.Errorf("story %q: %w", story, err)
		}
	}
	v.found.Stories = len(stories)
	for _, l := range slices.SortedFunc(maps.Keys(v.lists), func(a, b list) int { return cmp.Or(cmp.Compare(a.table, b.table), cmp.Compare(a.pk, b.pk)) }) {
		if err := v.list(ctx, l); err != nil {
			return fmt.Errorf("%s %s: %w", l.table, l.pk, err)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(v.wanted), compareKeys) { // what was found is no more among them
		v.fault(Missing, k.String())
		v.mark(k)
	}
	if err := v.digests(ctx); err != nil {
		return err
	}
	return v.boards(ctx)
}

// log reads all changes and gives the documents that they are of.
func (v *verification) log(ctx context.Context) ([]string, error) {
	var c counter
	if _, err := v.get(ctx, key{v.tables.Documents, seqKey, seqKey}, true, &c); err != nil {
		return nil, err
	}
	v.found.Changes = c.Last
	documents := make(map[string]bool)
	for from := int64(1); from <= c.Last; from = (from/changesOfPartition + 1) * changesOfPartition {
		entries, err := all[entry](ctx, v.Store, stretch{v.tables.Documents, changesKey(from), seqSort(from), seqSort(c.Last)})
		if err != nil {
			return nil, err
		}
		next := from
		for _, e := range entries {
			for ; next < e.Seq; next++ {
				v.fault(Gap, key{v.tables.Documents, changesKey(next), seqSort(next)}.String())
			}
			next++
			documents[e.Document] = true
		}
		for ; next <= c.Last && changesKey(next) == changesKey(from); next++ {
			v.fault(Gap, key{v.tables.Documents, changesKey(next), seqSort(next)}.String())
		}
	}
	return slices.Sorted(maps.Keys(documents)), nil
}

// document replays a document's revisions: the rows of the last have to be there, and where those before had some there may
// be orphans.
func (v *verification) document(ctx context.Context, id string, stories map[string][]stated) error {
	head, known, err := v.head(ctx, id)
	if err != nil {
		return err
	}
	if !known {
		v.fault(Gap, key{v.tables.Documents, documentKey(id), headSort}.String())
		return nil
	}
	if head.Action == purge {
		return nil
	}
	v.found.Documents++
	var done projection
	if _, err := v.get(ctx, key{v.tables.Documents, documentKey(id), projectedSort}, true, &done); err != nil {
		return err
	}
	if done.Revision < head.Revision {
		v.fault(Pending, documentKey(id))
		v.wrong.documents[id] = true
	}
	log, err := all[entry](ctx, v.Store, stretch{v.tables.Documents, documentKey(id), versionSort(0), versionSort(head.Revision)})
	if err != nil {
		return err
	}
	if len(log) < head.Revision {
		v.fault(Gap, key{v.tables.Documents, documentKey(id), "V#"}.String())
	}
	p := projecting{rows: make(map[key]row), open: make(map[key]row)}
	for _, e := range log {
		now, err := v.state(ctx, e)
		if err != nil {
			v.fault(Gap, key{v.tables.Documents, documentKey(id), versionSort(e.Revision)}.String())
			v.wrong.lost[id] = true
			continue
		}
		if err := p.advance(v.tables, e, now); err != nil {
			return err
		}
		v.touch(slices.Collect(maps.Keys(p.rows)))
		if e.Revision == head.Revision && e.stands() {
			doc, err := e.meta()
			if err != nil {
				return err
			}
			stories[doc.Story] = append(stories[doc.Story], stated{doc, shown(now.Facts)})
		}
	}
	for _, w := range p.writes() {
		if w.row == nil {
			continue
		}
		if err := v.want(w.key, *w.row, maker{document: id}); err != nil {
			return err
		}
	}
	return nil
}

// touch notes the lists and the blocks that rows of a document are in, or were.
func (v *verification) touch(keys []key) {
	for _, k := range keys {
		v.lists[list{k.table, k.pk}] = true
		if rest, ok := strings.CutPrefix(k.pk, "F#"); ok { // the groups of these facts are in a list of the same name
			v.lists[list{k.table, "L#" + rest}] = true
		}
		story, ok := strings.CutPrefix(k.pk, storyKey(""))
		if !ok {
			continue
		}
		if v.blocks[story] == nil {
			v.blocks[story] = make(map[block]bool)
			v.lists[list{v.tables.Facts, boardOfStory(story)}] = true
			v.lists[list{v.tables.Documents, storiesKey}] = true
			for _, kind := range fact.Kinds {
				v.lists[list{v.tables.Facts, groupsOfStory(story, kind)}] = true
			}
		}
		if b, ok := blockOf(k.sk); ok {
			v.blocks[story][b] = true
		}
	}
}

// story makes the rows of a story from all its documents at once, by another way than a put does.
func (v *verification) story(story string, docs []stated) error {
	if len(docs) == 0 {
		return nil
	}
	members := make(map[block][]summary.Report)
	var papers []fact.Document
	sum := tallied{}
	wantBody := func(k key, content any) error {
		body, err := pack(content)
		if err != nil {
			return err
		}
		return v.want(k, row{Body: body}, maker{story: story})
	}
	post := func(b block, groups []made, t tally) error {
		u := update{lock: key{v.tables.Facts, storyKey(story), blockSort + string(b)}, now: posted{Tally: t}}
		u.compare(v.tables, story, b, groups)
		for _, w := range u.writes {
			if err := v.want(w.key, *w.row, maker{story: story}); err != nil {
				return err
			}
		}
		sum.move(nil, t)
		return wantBody(u.lock, u.now)
	}
	for _, d := range docs {
		papers = append(papers, d.doc)
		groups, err := documentGroups(d.doc)
		if err != nil {
			return err
		}
		if err := post(block(string(documentBlock)+"#"+d.doc.Source.Document), groups, tally{countDocuments: 1}); err != nil {
			return err
		}
		for _, f := range d.facts {
			b := block(summary.Block(f))
			members[b] = append(members[b], summary.Report{Fact: f, Source: d.doc.Source})
		}
	}
	for b, reports := range members {
		groups, t, err := groupsOf(b, reports)
		if err != nil {
			return err
		}
		if err := post(b, groups, t); err != nil {
			return err
		}
	}
	if err := wantBody(key{v.tables.Facts, storyKey(story), tallySort}, sum.tally); err != nil {
		return err
	}
	whole, line, err := summaryRows(row{}, row{Story: story, Countries: sum.tally.countries()}, summary.NewStory(story, titleOf(papers), papers, reportsOf(docs)))
	if err != nil {
		return err
	}
	if err := v.want(key{v.tables.Facts, storyKey(story), summarySort}, whole, maker{story: story}); err != nil {
		return err
	}
	return v.want(key{v.tables.Documents, storiesKey, whole.Line}, line, maker{story: story})
}

// list compares a partition with what has to be in it.
func (v *verification) list(ctx context.Context, l list) error {
	rows, err := all[row](ctx, v.Store, stretch{l.table, l.pk, " ", above})
	if err != nil {
		return err
	}
	for _, r := range rows {
		k := key{l.table, l.pk, r.SK}
		want, ok := v.wanted[k]
		delete(v.wanted, k)
		if !ok && (r.Rev > 0 && len(r.Body) == 0 || !known(k)) { // what is empty only counts its writes
			continue
		}
		v.found.Rows++
		got, err := digestOf(r)
		switch {
		case !ok:
			v.fault(Orphan, k.String())
			v.orphan(k, r)
		case err != nil || got != want:
			v.fault(Differs, k.String())
			v.mark(k)
		}
	}
	return nil
}

// known reports whether Verify knows what the rows of this name are.
func known(k key) bool {
	if strings.Count(k.pk, "#") != 1 || !strings.HasPrefix(k.pk, storyKey("")) {
		return true
	}
	return slices.ContainsFunc([]string{summarySort, tallySort, blockSort, factSort, storyDocument, "M#", "TOP#", firstSort, latestSort, titleSort},
		func(prefix string) bool { return strings.HasPrefix(k.sk, prefix) })
}

// mark notes who has to make a wanted row anew.
func (v *verification) mark(k key) {
	by := v.maker[k]
	if by.document != "" {
		v.wrong.documents[by.document] = true
	} else {
		v.wrong.stories[by.story] = true
	}
}

// orphan notes a row that has to go. One that counts its writes is made anew, without content.
func (v *verification) orphan(k key, r row) {
	story, ok := strings.CutPrefix(k.pk, storyKey(""))
	b, isBlock := strings.CutPrefix(k.sk, blockSort)
	if ok && isBlock {
		v.blocks[story][block(b)] = true
	}
	if ok && (isBlock || k.sk == tallySort || k.sk == summarySort) {
		v.wrong.stories[story] = true
		return
	}
	v.wrong.orphans[k] = r
}

// digests compares what stands for each story with what its documents are about.
func (v *verification) digests(ctx context.Context) error {
	for _, story := range slices.Sorted(maps.Keys(v.blocks)) {
		k := key{v.tables.Facts, storyKey(story), digestSort}
		var r row
		if _, err := v.get(ctx, k, true, &r); err != nil {
			return err
		}
		made, err := v.makeDigest(ctx, story)
		if err != nil {
			return err
		}
		var want []byte
		if len(made.Documents) > 0 {
			if want, err = json.Marshal(made); err != nil {
				return err
			}
		}
		if v.compare(k, r.Body, want) {
			v.wrong.digests[story] = true
		}
	}
	return nil
}

// compare reports whether the content of a row, gzipped, is not what it has to be; nil is none.
func (v *verification) compare(k key, body, want []byte) (wrong bool) {
	var got []byte
	if len(body) > 0 {
		v.found.Rows++
		got, _ = decompress(body) // what cannot be read differs
	}
	switch {
	case len(body) == 0 && want == nil || len(body) > 0 && bytes.Equal(got, want):
		return false
	case want == nil:
		v.fault(Orphan, k.String())
	case len(body) == 0:
		v.fault(Missing, k.String())
	default:
		v.fault(Differs, k.String())
	}
	return true
}

// boards compares the donors' rows over all stories with the support that they are made of.
func (v *verification) boards(ctx context.Context) error {
	rows, err := all[row](ctx, v.Store, stretch{v.tables.Facts, boardKey, " ", above})
	if err != nil {
		return err
	}
	have := make(map[string][]byte)
	for _, r := range rows {
		have[r.SK] = r.Body
	}
	for _, blocks := range v.blocks {
		for b := range blocks {
			if _, ok := have[b.rest()]; b.kind() == fact.KindPledge && !ok {
				have[b.rest()] = nil
			}
		}
	}
	for _, donor := range slices.Sorted(maps.Keys(have)) {
		want, err := v.boardBody(ctx, donor)
		if err != nil {
			return err
		}
		if v.compare(key{v.tables.Facts, boardKey, donor}, have[donor], want) {
			v.wrong.boards[donor] = true
		}
	}
	return nil
}
