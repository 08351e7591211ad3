package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

func unknownDocument(id string) error {
	return fact.Errorf(fact.NotFound, "There is no document %q.", id)
}

func unknownStory(id string) error { return fact.Errorf(fact.NotFound, "There is no story %q.", id) }

func withdrawn(id string) error {
	return fact.Errorf(fact.NotFound, "Document %q was withdrawn.", id)
}

func notOfStory(f Filter) error {
	return fact.Errorf(fact.NotFound, "Document %q does not belong to story %q.", f.Document, f.Story)
}

// Document gives what is known of a document. NotFound if there is none, or it was withdrawn.
func (s *Store) Document(ctx context.Context, id string) (fact.Document, error) {
	e, err := s.standing(ctx, id, time.Time{})
	if err != nil {
		return fact.Document{}, failed(err, "store.Document(%q)", id)
	}
	doc, err := e.meta()
	return doc, failed(err, "store.Document(%q)", id)
}

// Text gives a document's bytes, as they were put.
func (s *Store) Text(ctx context.Context, id string) ([]byte, error) {
	e, err := s.standing(ctx, id, time.Time{})
	if err != nil {
		return nil, failed(err, "store.Text(%q)", id)
	}
	text, err := s.fetch(ctx, id, e.Text)
	return text, failed(err, "store.Text(%q)", id)
}

// DocumentFacts gives all facts of a document in the order of its text, as they were recorded by asOf, or as they are now.
// It is read from what was committed: consistent and whole, even while lists are being made.
func (s *Store) DocumentFacts(ctx context.Context, id string, asOf time.Time) ([]fact.Fact, fact.Document, error) {
	facts, doc, err := s.documentFacts(ctx, id, asOf)
	return facts, doc, failed(err, "store.DocumentFacts(%q)", id)
}

func (s *Store) documentFacts(ctx context.Context, id string, asOf time.Time) ([]fact.Fact, fact.Document, error) {
	d, err := s.allFacts(ctx, id, asOf)
	return shown(d.facts), d.doc, err
}

// allFacts reads a document with those of its facts, too, that lists do not show.
func (s *Store) allFacts(ctx context.Context, id string, asOf time.Time) (stated, error) {
	e, err := s.standing(ctx, id, asOf)
	if err != nil {
		return stated{}, err
	}
	return s.load(ctx, e)
}

// shown gives the facts that lists and summaries show.
func shown(facts []fact.Fact) []fact.Fact { return ofReview(facts, "") }

// ofReview gives the facts of a review; of none, those that are shown.
func ofReview(facts []fact.Fact, r fact.Review) []fact.Fact {
	kept := make([]fact.Fact, 0, len(facts))
	for _, f := range facts {
		if f.Review == r || r == "" && f.Review.Shown() {
			kept = append(kept, f)
		}
	}
	return kept
}

// standing gives the entry of a document that stands now, or stood at asOf.
func (s *Store) standing(ctx context.Context, id string, asOf time.Time) (entry, error) {
	if asOf.IsZero() {
		e, known, err := s.head(ctx, id)
		switch {
		case err != nil:
			return entry{}, err
		case !known:
			return entry{}, unknownDocument(id)
		case !e.stands():
			return entry{}, withdrawn(id)
		}
		return e, nil
	}
	log, err := all[entry](ctx, s, stretch{s.tables.Documents, documentKey(id), versionSort(0), "V#" + above})
	if err != nil {
		return entry{}, err
	}
	if len(log) == 0 {
		return entry{}, unknownDocument(id)
	}
	at := recordedAt(asOf)
	for _, e := range slices.Backward(log) {
		switch {
		case e.RecordedAt > at:
		case !e.stands():
			return entry{}, withdrawn(id)
		default:
			return e, nil
		}
	}
	return entry{}, fact.Errorf(fact.NotFound, "Document %q was not recorded yet at %s.", id, at)
}

// stated is a document with facts of it.
type stated struct {
	doc   fact.Document
	facts []fact.Fact
}

func (s *Store) load(ctx context.Context, e entry) (stated, error) {
	doc, err := e.meta()
	if err != nil {
		return stated{}, err
	}
	r, err := s.facts(ctx, e)
	return stated{doc, r.Facts}, err
}

// computed filters choose lists that are made of the documents themselves, not of rows.
func (f Filter) computed() bool { return f.Document != "" || !f.AsOf.IsZero() }

// documents reads the documents that a computed list is made of.
func (s *Store) documents(ctx context.Context, f Filter) ([]stated, error) {
	switch {
	case f.Document != "":
		d, err := s.allFacts(ctx, f.Document, f.AsOf)
		if err == nil && f.Story != "" && d.doc.Story != f.Story {
			err = notOfStory(f)
		}
		d.facts = ofReview(d.facts, f.Review)
		return []stated{d}, err
	case f.Story != "":
		return s.storyAt(ctx, f.Story, f.Review, f.AsOf)
	}
	return nil, fact.Errorf(fact.Invalid, "The past is told of one story or one document: name it.")
}

func (s *Store) reports(ctx context.Context, f Filter) ([]summary.Report, error) {
	docs, err := s.documents(ctx, f)
	return reportsOf(docs), err
}

func reportsOf(docs []stated) []summary.Report {
	var reports []summary.Report
	for _, d := range docs {
		for _, f := range d.facts {
			reports = append(reports, summary.Report{Fact: f, Source: d.doc.Source})
		}
	}
	return reports
}

// storyAt reads the documents of a story as they stood at a time, from the story's log, with the facts of a review.
func (s *Store) storyAt(ctx context.Context, id string, of fact.Review, asOf time.Time) ([]stated, error) {
	log, err := all[entry](ctx, s, stretch{s.tables.Documents, storyKey(id), " ", above})
	if err != nil {
		return nil, err
	}
	at := recordedAt(asOf)
	latest := make(map[string]entry)
	for _, e := range log {
		if e.RecordedAt <= at {
			latest[e.Document] = e
		}
	}
	var standing []entry
	for _, e := range latest {
		if e.stands() {
			standing = append(standing, e)
		}
	}
	switch {
	case len(log) == 0:
		return nil, unknownStory(id)
	case len(standing) == 0:
		return nil, fact.Errorf(fact.NotFound, "Story %q had no document at %s.", id, at)
	}
	slices.SortFunc(standing, func(a, b entry) int { return cmp.Compare(a.Document, b.Document) })
	docs, err := s.loadAll(ctx, standing)
	for i := range docs {
		docs[i].facts = ofReview(docs[i].facts, of)
	}
	return docs, err
}

func (s *Store) loadAll(ctx context.Context, entries []entry) ([]stated, error) {
	docs := make([]stated, len(entries))
	return docs, s.each(ctx, len(entries), func(ctx context.Context, i int) (err error) {
		docs[i], err = s.load(ctx, entries[i])
		return err
	})
}

// Story gives a story's summary: one read of one row, or, for the past, made anew of the documents that stood at asOf.
// NotFound if no document of it stands.
func (s *Store) Story(ctx context.Context, id string, asOf time.Time) (summary.Story, error) {
	sum, _, err := s.story(ctx, id, asOf)
	return sum, failed(err, "store.Story(%q)", id)
}

func (s *Store) story(ctx context.Context, id string, asOf time.Time) (sum summary.Story, countries []string, err error) {
	if asOf.IsZero() {
		r, err := s.currentStory(ctx, id)
		if err == nil {
			err = unpack(r.Body, &sum)
		}
		return sum, r.Countries, err
	}
	states, err := s.storyAt(ctx, id, "", asOf)
	if err != nil {
		return sum, nil, err
	}
	var docs []fact.Document
	for _, d := range states {
		docs = append(docs, d.doc)
		for _, f := range d.facts {
			countries = append(countries, countriesOf(f)...)
		}
	}
	return summary.NewStory(id, titleOf(docs), docs, reportsOf(states)), countries, nil
}

func (s *Store) currentStory(ctx context.Context, id string) (row, error) {
	var r row
	found, err := s.get(ctx, key{s.tables.Facts, storyKey(id), summarySort}, false, &r)
	if err == nil && (!found || len(r.Body) == 0) {
		err = unknownStory(id)
	}
	return r, err
}

// Fact gives a fact with its source, as it is or as it was recorded by asOf; also one that was rejected or is orphaned. NotFound
// if there is none, or it no longer stands: its document was withdrawn, or says it no more.
func (s *Store) Fact(ctx context.Context, id string, asOf time.Time) (fact.Fact, fact.Source, error) {
	f, src, err := s.fact(ctx, id, asOf)
	return f, src, failed(err, "store.Fact(%q)", id)
}

func (s *Store) fact(ctx context.Context, id string, asOf time.Time) (fact.Fact, fact.Source, error) {
	newest, err := s.newestRevision(ctx, id, false)
	switch {
	case err != nil:
		return fact.Fact{}, fact.Source{}, err
	case !asOf.IsZero():
		return s.factAt(ctx, id, newest.report.Fact.Document, asOf)
	case newest.closedAt != "":
		return fact.Fact{}, fact.Source{}, fact.Errorf(fact.NotFound, "Fact %q was withdrawn at %s: its document was withdrawn, or no longer says it.", id, newest.closedAt)
	}
	return newest.report.Fact, newest.report.Source, nil
}

func (s *Store) factAt(ctx context.Context, id, document string, asOf time.Time) (fact.Fact, fact.Source, error) {
	d, err := s.allFacts(ctx, document, asOf)
	if err != nil {
		return fact.Fact{}, fact.Source{}, err
	}
	for _, f := range d.facts {
		if f.ID == id {
			return f, d.doc.Source, nil
		}
	}
	return fact.Fact{}, fact.Source{}, fact.Errorf(fact.NotFound, "Fact %q did not stand at %s.", id, recordedAt(asOf))
}

// maxPending is how far Health counts.
const maxPending = 1000

// Health tells how far the store has come.
func (s *Store) Health(ctx context.Context) (Health, error) {
	var h Health
	var c counter
	if _, err := s.get(ctx, key{s.tables.Documents, seqKey, seqKey}, false, &c); err != nil {
		return h, failed(err, "store.Health: the counter")
	}
	h.Seq, h.LatestRecorded = c.Last, c.RecordedAt
	pending, _, err := run[entry](ctx, s, query{stretch: stretch{s.tables.Documents, pendingKey, " ", above}, limit: maxPending})
	if err != nil {
		return h, failed(err, "store.Health: what is pending")
	}
	h.Pending = len(pending)
	if h.Refresh, err = s.lastRefresh(ctx); err != nil {
		return h, failed(err, "store.Health: the last refresh")
	}
	newest, err := s.Headlines(ctx, Filter{}, Page{Limit: 1})
	h.LatestPublished = newest.LatestPublished
	return h, err
}
