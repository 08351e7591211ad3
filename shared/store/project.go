package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"factbox/shared/fact"
	"factbox/shared/summary"
	"factbox/shared/token"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// projection says up to which revision a document's lists are made.
type projection struct {
	PK       string `dynamodbav:"pk"`
	SK       string `dynamodbav:"sk"`
	Revision int    `dynamodbav:"revision"`
}

// project makes a document's lists as its head has them, if they are not so yet. Every write is in a transaction that
// checks that the head is still the one it was made from; when it is not, all is begun anew. So a slow or doubled projection does no harm.
func (s *Store) project(ctx context.Context, document string) error {
	return retry(ctx, func() error { return s.projectHead(ctx, document) })
}

func (s *Store) projectHead(ctx context.Context, document string) error {
	head, known, err := s.head(ctx, document)
	if err != nil || !known {
		return err
	}
	var done projection
	if _, err := s.get(ctx, key{s.tables.Documents, documentKey(document), projectedSort}, true, &done); err != nil {
		return err
	}
	if done.Revision >= head.Revision { // greater: a newer head was made and shown since this one was read
		return nil
	}
	// From the revision whose lists are whole to the head; those between may have been begun.
	log, err := all[entry](ctx, s, stretch{s.tables.Documents, documentKey(document), versionSort(done.Revision), versionSort(head.Revision)})
	if err != nil {
		return err
	}
	p := projecting{rows: make(map[key]row), open: make(map[key]row)}
	for _, e := range log {
		stated, err := s.state(ctx, e)
		if err != nil {
			return err
		}
		if err := p.advance(s.tables, e, stated); err != nil {
			return err
		}
	}
	writes := p.writes()
	if err := s.writeGuarded(ctx, head, writes); err != nil {
		return err
	}
	blocks := blocksOf(writes)
	donors := make(map[string]bool)
	for _, story := range slices.Sorted(maps.Keys(blocks)) {
		if err := s.rebuild(ctx, story, blocks[story]); err != nil {
			return fmt.Errorf("rebuild story %q: %w", story, err)
		}
		for _, b := range blocks[story] {
			if b.kind() == fact.KindPledge {
				donors[b.rest()] = true
			}
		}
	}
	stories := make(map[string]bool)
	for _, e := range log {
		stories[e.Story] = true
	}
	for _, story := range slices.Sorted(maps.Keys(stories)) {
		if err := s.rebuildDigest(ctx, story); err != nil {
			return fmt.Errorf("rebuild the digest of story %q: %w", story, err)
		}
	}
	for _, donor := range slices.Sorted(maps.Keys(donors)) {
		if err := s.rebuildBoard(ctx, donor); err != nil {
			return fmt.Errorf("rebuild the board of %q: %w", donor, err)
		}
	}
	return s.finish(ctx, head, done, log)
}

// projecting follows a document's revisions and gathers what they make of the rows.
type projecting struct {
	rows   map[key]row // as the last revision has them
	open   map[key]row // revisions of facts that stand; their rows are never deleted
	stale  []key
	closed []write
}

// advance takes a further revision in.
func (p *projecting) advance(tables Tables, e entry, stated state) error {
	doc, err := e.meta()
	if err != nil {
		return err
	}
	rows, open := make(map[key]row), make(map[key]row)
	if e.stands() {
		if rows, open, err = documentRows(tables, doc, stated); err != nil {
			return err
		}
		if err := addMentions(tables, e, rows); err != nil {
			return err
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(p.rows), compareKeys) {
		if _, ok := rows[k]; !ok {
			p.stale = append(p.stale, k)
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(p.open), compareKeys) {
		if _, ok := open[k]; !ok {
			r := p.open[k]
			r.ClosedAt, r.ClosedBy = e.RecordedAt, e.Action
			p.closed = append(p.closed, write{k, &r})
		}
	}
	p.rows, p.open = rows, open
	return nil
}

// blocksOf gives the blocks of each story that rows belong to.
func blocksOf(writes []write) map[string][]block {
	type member struct {
		story string
		block block
	}
	blocks := make(map[string][]block)
	seen := make(map[member]bool)
	for _, w := range writes {
		story, ok := strings.CutPrefix(w.pk, storyKey(""))
		b, belongs := blockOf(w.sk)
		if m := (member{story, b}); ok && belongs && !seen[m] {
			seen[m] = true
			blocks[story] = append(blocks[story], b)
		}
	}
	return blocks
}

// writes gives all there is to do, in a fixed order. Rows that were there before are written again: that costs little, and
// none can be missed.
func (p *projecting) writes() []write {
	writes := p.closed
	for _, k := range p.stale {
		if _, ok := p.rows[k]; !ok {
			writes = append(writes, write{k, nil})
		}
	}
	for _, rows := range []map[key]row{p.rows, p.open} {
		for k, r := range rows {
			writes = append(writes, write{k, &r})
		}
	}
	slices.SortFunc(writes, func(a, b write) int { return compareKeys(a.key, b.key) })
	return slices.CompactFunc(writes, func(a, b write) bool { return a.key == b.key })
}

func compareKeys(a, b key) int {
	return strings.Compare(a.table+"\x00"+a.pk+"\x00"+a.sk, b.table+"\x00"+b.pk+"\x00"+b.sk)
}

// writeGuarded writes rows made from a head.
func (s *Store) writeGuarded(ctx context.Context, head entry, writes []write) error {
	guard, err := s.guard(head)
	if err != nil {
		return err
	}
	return s.writeWith(ctx, guard, writes)
}

// writeWith writes rows, as many at once as a transaction takes, each time only if the guard's condition holds.
func (s *Store) writeWith(ctx context.Context, guard types.TransactWriteItem, writes []write) error {
	for len(writes) > 0 {
		n, size := 0, 0
		var actions []types.TransactWriteItem
		for n < len(writes) && n < s.actions && (n == 0 || size+writes[n].size() <= maxTransact) {
			a, err := writes[n].action()
			if err != nil {
				return err
			}
			actions = append(actions, a)
			size += writes[n].size()
			n++
		}
		if err := s.transact(ctx, append(actions, guard)); err != nil {
			return err
		}
		writes = writes[n:]
	}
	return nil
}

func (s *Store) guard(head entry) (types.TransactWriteItem, error) {
	return checkAction(key{s.tables.Documents, documentKey(head.Document), headSort}, *still("revision", int64(head.Revision)))
}

// finish notes that the lists are made: it takes away the marks of the revisions behind the head, and then the head's own
// together with the note.
func (s *Store) finish(ctx context.Context, head entry, done projection, log []entry) error {
	var marks []write
	for _, e := range log {
		if e.Revision > done.Revision {
			marks = append(marks, write{key{s.tables.Documents, pendingKey, pendingSort(e.Seq, e.Document)}, nil})
		}
	}
	last := len(marks) - 1
	if err := s.writeGuarded(ctx, head, marks[:last]); err != nil {
		return err
	}
	guard, err := s.guard(head)
	if err != nil {
		return err
	}
	mark, err := marks[last].action()
	if err != nil {
		return err
	}
	note, err := putAction(s.tables.Documents, projection{documentKey(head.Document), projectedSort, head.Revision}, nil)
	if err != nil {
		return err
	}
	return s.transact(ctx, []types.TransactWriteItem{guard, mark, note})
}

// documentRows gives the rows that a document makes by itself: those of lists, and those of its facts' revisions.
func documentRows(tables Tables, doc fact.Document, stated state) (rows, open map[key]row, err error) {
	rows, open = make(map[key]row), make(map[key]row)
	post := func(table string, pks, sks []string, r row) {
		for _, pk := range pks {
			for _, sk := range sks {
				rows[key{table, pk, sk}] = r
			}
		}
	}
	for _, f := range stated.Facts {
		codes := countriesOf(f)
		when := spanOf(f.When())
		r := row{First: when.first, Last: when.last, Countries: codes, Story: doc.Story}
		report := summary.Report{Fact: f, Source: doc.Source}
		if r.Body, err = pack(report); err != nil {
			return nil, nil, err
		}
		revision := row{Body: r.Body}
		if f.Review != fact.Extracted {
			r.Review = f.Review
			post(tables.Facts, []string{factsOfReview(f.Review, f.Kind)}, when.sorts(f.ID), r)
			if revision.Body, err = pack(reviewedReport{report, stated.Reviews[f.ID].note()}); err != nil {
				return nil, nil, err
			}
		}
		open[key{tables.Facts, factKey(f.ID), revisionSort(f.Revision)}] = revision
		if !f.Review.Shown() {
			continue
		}
		pks := []string{factsKey(f.Kind)}
		for _, c := range codes {
			pks = append(pks, factsOfCountry(c, f.Kind))
		}
		post(tables.Facts, pks, when.sorts(f.ID), r)
		post(tables.Facts, []string{storyKey(doc.Story)}, []string{factSort + summary.Block(f) + "#" + f.ID}, r)
	}
	facts := shown(stated.Facts)
	var document row
	if document.Body, err = pack(doc); err != nil {
		return nil, nil, err
	}
	post(tables.Facts, []string{storyKey(doc.Story)}, []string{storyDocument + doc.Source.Document}, document)
	r := headlineRow(doc, facts)
	if r.Body, err = pack(summary.NewHeadline(doc, facts)); err != nil {
		return nil, nil, err
	}
	pks := []string{headlineKey, headlinesOfStory(doc.Story)}
	for _, c := range r.Countries {
		pks = append(pks, headlinesOfCountry(c))
	}
	for _, w := range r.Words {
		pks = append(pks, wordKey(w))
	}
	post(tables.Documents, pks, r.span().sorts(doc.Source.Document), r)
	return rows, open, nil
}

// countriesOf gives the codes under which a fact is posted, each once.
func countriesOf(f fact.Fact) []string {
	codes := slices.Clone(f.Countries())
	slices.Sort(codes)
	return slices.DeleteFunc(slices.Compact(codes), func(c string) bool { return c == "" || len(c) > maxID })
}

const maxWord = 64 // runes

// headlineWords gives the words by which a headline is found: whole, folded, without possessive endings, sorted.
func headlineWords(headline string) []string {
	var words []string
	for _, t := range token.Read(headline).Tokens {
		if t.Kind != token.Mark && !strings.HasPrefix(t.Fold, "'") && utf8.RuneCountInString(t.Fold) <= maxWord {
			words = append(words, t.Fold)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// Sweep finishes the lists of documents whose put or withdrawal was cut off, at most limit of them, oldest first.
func (s *Store) Sweep(ctx context.Context, limit int) (finished int, err error) {
	marks, _, err := run[entry](ctx, s, query{stretch: stretch{s.tables.Documents, pendingKey, " ", above}, limit: limit, consistent: true})
	if err != nil {
		return 0, failed(err, "store.Sweep: read what is pending")
	}
	swept := make(map[string]bool)
	for _, m := range marks {
		if swept[m.Document] {
			continue
		}
		swept[m.Document] = true
		if err := s.project(ctx, m.Document); err != nil {
			return finished, failed(err, "store.Sweep: document %q", m.Document)
		}
		finished++
	}
	return finished, nil
}
