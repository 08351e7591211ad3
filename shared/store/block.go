package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// block is what is rebuilt as a whole: a summary.Block, the facts that are grouped together, or a document of the story
// ("document#d"), which adds to its title and days.
type block string

const (
	blockSort     = "BLOCK#"
	factSort      = "FACT#"
	storyDocument = "DOC#"
	tallySort     = "TALLY"

	documentBlock fact.Kind = "document" // the kind of a document's block
)

func (b block) kind() fact.Kind {
	kind, _, _ := strings.Cut(string(b), "#")
	return fact.Kind(kind)
}

func (b block) rest() string {
	_, rest, _ := strings.Cut(string(b), "#")
	return rest
}

// blockOf gives the block that a row of a story's partition belongs to: a fact's or a document's.
func blockOf(sk string) (block, bool) {
	if id, ok := strings.CutPrefix(sk, storyDocument); ok {
		return block(string(documentBlock) + "#" + id), true
	}
	b, ok := strings.CutPrefix(sk, factSort)
	if !ok {
		return "", false
	}
	return block(b[:strings.LastIndexByte(b, '#')]), true
}

// posted is what a block's row remembers.
type posted struct {
	Groups []listed `json:"groups,omitempty"`
	Tally  tally    `json:"tally,omitempty"`
}

// tally counts what a story has in all, by names of its own; what is zero has no entry. The story's is the sum of its blocks',
// at every time, for each block's row is written with it.
type tally map[string]int

const (
	countDocuments = "documents"
	countFacts     = "facts#"   // and a kind
	countGroups    = "groups#"  // and a kind: tolls, occurrences, supports
	countTolls     = "tolls#"   // and an effect
	countCountry   = "country#" // and a code: the facts that name it
)

// tallied is a story's tally as it was read, moved on with every transaction.
type tallied struct {
	key   key
	rev   int
	tally tally
}

func (s *Store) tallied(ctx context.Context, story string) (*tallied, error) {
	t := &tallied{key: key{s.tables.Facts, storyKey(story), tallySort}}
	var r row
	if _, err := s.get(ctx, t.key, true, &r); err != nil {
		return nil, err
	}
	t.rev = r.Rev
	return t, unpackIf(r.Body, &t.tally)
}

// move takes out what a block added before and adds what it adds now.
func (t *tallied) move(before, now tally) {
	if t.tally == nil {
		t.tally = make(tally)
	}
	for k, n := range before {
		t.tally[k] -= n
	}
	for k, n := range now {
		t.tally[k] += n
	}
	for k := range before {
		if t.tally[k] == 0 {
			delete(t.tally, k)
		}
	}
}

// transactTallied writes all or nothing, and the tally with it if it is still the one that was read.
func (s *Store) transactTallied(ctx context.Context, actions []types.TransactWriteItem, t *tallied) error {
	r := row{PK: t.key.pk, SK: t.key.sk, Rev: t.rev + 1}
	if len(t.tally) > 0 {
		body, err := pack(t.tally)
		if err != nil {
			return err
		}
		r.Body = body
	}
	a, err := putAction(t.key.table, r, still("rev", int64(t.rev)))
	if err != nil {
		return err
	}
	if err := s.transact(ctx, append(actions, a)); err != nil {
		return err
	}
	t.rev++
	return nil
}

// total reads a tally as a summary wants it.
func (t tally) total() summary.Total {
	sum := summary.Total{Documents: t[countDocuments], Facts: make(map[fact.Kind]int), Groups: make(map[fact.Kind]int), Effects: make(map[fact.Effect]bool)}
	for _, k := range fact.Kinds {
		sum.Facts[k], sum.Groups[k] = t[countFacts+string(k)], t[countGroups+string(k)]
	}
	for _, e := range fact.Effects {
		if t[countTolls+string(e)] > 0 {
			sum.Effects[e] = true
		}
	}
	return sum
}

// countries gives the codes that the facts of a story name, sorted.
func (t tally) countries() []string {
	var codes []string
	for k := range t {
		if code, ok := strings.CutPrefix(k, countCountry); ok {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return codes
}

// blockGroups reads the facts of a block, or its document, and gives what they make: the rows to post and the tally.
func (s *Store) blockGroups(ctx context.Context, story string, b block) ([]made, tally, error) {
	pk := storyKey(story)
	if b.kind() == documentBlock {
		var r row
		found, err := s.get(ctx, key{s.tables.Facts, pk, storyDocument + b.rest()}, true, &r)
		if err != nil || !found {
			return nil, nil, err
		}
		var d fact.Document
		if err := unpack(r.Body, &d); err != nil {
			return nil, nil, err
		}
		groups, err := documentGroups(d)
		return groups, tally{countDocuments: 1}, err
	}
	rows, err := all[row](ctx, s, stretch{s.tables.Facts, pk, factSort + string(b) + "#", factSort + string(b) + "#" + above})
	if err != nil {
		return nil, nil, err
	}
	var reports []summary.Report
	for _, r := range rows {
		if of, _ := blockOf(r.SK); of != b { // a longer block begins like this one
			continue
		}
		var report summary.Report
		if err := unpack(r.Body, &report); err != nil {
			return nil, nil, err
		}
		reports = append(reports, report)
	}
	return groupsOf(b, reports)
}

// groupsOf gives the rows that a block's reports make, and what they add to the tally.
func groupsOf(b block, reports []summary.Report) ([]made, tally, error) {
	if len(reports) == 0 {
		return nil, nil, nil
	}
	t := tally{countFacts + string(b.kind()): len(reports)}
	for _, r := range reports {
		for _, c := range countriesOf(r.Fact) {
			t[countCountry+c]++
		}
	}
	var groups []made
	n := 0
	var err error
	switch b.kind() {
	case fact.KindCasualty:
		if groups, n, err = tollGroups.make(reports); n > 0 {
			t[countTolls+string(reports[0].Fact.Casualty.Effect)] = n
		}
	case fact.KindDate:
		groups, n, err = occurrenceGroups.make(reports)
	case fact.KindPledge:
		groups, n, err = donorGroups(reports)
	}
	if n > 0 {
		t[countGroups+string(b.kind())] = n
	}
	return groups, t, err
}

// donorGroups gives the supports of a donor's block, and the donor's row on the story's board, which is the donor's head as well.
func donorGroups(reports []summary.Report) ([]made, int, error) {
	groups, n, err := supportGroups.make(reports)
	if err != nil {
		return nil, 0, err
	}
	sources := sourcesOf(reports)
	for _, d := range summary.Donors(summary.Supports(reports)) {
		body, err := onBoard(d, sources)
		if err != nil {
			return nil, 0, err
		}
		groups = append(groups, newMade(listed{}, body),
			newMade(listed{Sort: headSortOf(fact.KindPledge, d.Short(summary.MaxSupports).Rank())}, body))
	}
	return groups, n, nil
}

// headSortOf is where a story's partition has the head of a group: by kind, the weightiest first.
func headSortOf(k fact.Kind, rank string) string { return "TOP#" + string(k) + "#" + rank }

// documentDays is what a story's summary needs of a document.
type documentDays struct {
	Published fact.EDTF `json:"published"`
	Title     string    `json:"title"` // that it gives its story, or its headline
}

// Where a story's partition has its documents: from the first to the last by their first day, those of unknown day before
// all; by their last day, where they have one; and by their first day those that give the story a title.
const (
	firstSort  = "FIRST#"
	latestSort = "LATEST#"
	titleSort  = "TITLE#"
)

func documentGroups(d fact.Document) ([]made, error) {
	when := spanOf(&d.Published)
	var groups []made
	post := func(sort, day, title string) error {
		body, err := json.Marshal(documentDays{d.Published, title})
		groups = append(groups, newMade(listed{Sort: sort + day + "#" + string(d.Published) + "#" + d.Source.Document}, body))
		return err
	}
	if err := post(firstSort, when.first, d.Headline); err != nil {
		return nil, err
	}
	if when.last != "" {
		if err := post(latestSort, when.last, ""); err != nil {
			return nil, err
		}
	}
	if d.StoryTitle != "" {
		if err := post(titleSort, when.first, d.StoryTitle); err != nil {
			return nil, err
		}
	}
	return groups, nil
}
