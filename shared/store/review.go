package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"factbox/shared/fact"
)

// Reviewing is what somebody says of a fact.
type Reviewing struct {
	Fact    string       // its id
	Review  fact.Review  // Accepted, Corrected or Rejected
	Author  string       // who says so
	Reason  string       // and why
	Changes fact.Changes // of a correction: the fields that change; those of corrections before it stay
	At      time.Time    // when it is recorded

	// Guard is asked, with the fact as it is, whether the review may be made; its error is the answer. It is asked again
	// when somebody else was faster, and not at all where the fact is already as the review would make it. Nil lets all pass.
	Guard func(fact.Fact, fact.Source) error
}

// Review makes a new revision of a fact, with who made it and why, and gives the fact as it then is. Accepted leaves it as it
// is shown, Corrected changes fields of it, Rejected takes it out of lists and summaries. The review that the fact already
// has changes nothing, though it finishes the lists if an earlier one was cut off.
//
// It is a commit of the document, as a version is. NotFound where no document states the fact, or the lists of the version
// that does are not made yet; Conflict where the fact is orphaned and is not to be rejected; Invalid, with a *fact.FieldError in
// it, where the changes are wrong.
func (s *Store) Review(ctx context.Context, r Reviewing) (fact.Fact, fact.Source, error) {
	var (
		f   fact.Fact
		src fact.Source
	)
	err := retry(ctx, func() (err error) {
		f, src, err = s.commitReview(ctx, r)
		return err
	})
	if err == nil {
		err = s.project(ctx, f.Document)
	}
	return f, src, failed(err, "store.Review(%q)", r.Fact)
}

func (s *Store) commitReview(ctx context.Context, r Reviewing) (f fact.Fact, src fact.Source, err error) {
	fail := func(err error) (fact.Fact, fact.Source, error) { return fact.Fact{}, fact.Source{}, err }
	newest, err := s.newestRevision(ctx, r.Fact, true)
	if err != nil {
		return fail(err)
	}
	head, err := s.standing(ctx, newest.report.Fact.Document, time.Time{})
	if err != nil {
		return fail(err)
	}
	doc, err := head.meta()
	if err != nil {
		return fail(err)
	}
	before, err := s.state(ctx, head)
	if err != nil {
		return fail(err)
	}
	i := slices.IndexFunc(before.Facts, func(f fact.Fact) bool { return f.ID == r.Fact })
	if i < 0 {
		return fail(fact.Errorf(fact.NotFound, "Document %q no longer states fact %q.", head.Document, r.Fact))
	}
	f = before.Facts[i]
	last, reviewedBefore := before.Reviews[f.ID], f.Review != fact.Extracted
	if !reviewedBefore { // what is kept under this id, if anything, was said of other words
		last = reviewed{Base: f}
		text, err := s.fetch(ctx, head.Document, head.Text)
		if err != nil {
			return fail(err)
		}
		last.Words = evidenceWords(f, text)
	}
	next, err := last.then(r)
	if err != nil {
		return fail(err)
	}
	after, _ := next.applied(next.Base)
	if f.Review == r.Review && last.Author == r.Author && last.Reason == r.Reason && sameContent(after, f) {
		return f, doc.Source, nil
	}
	if r.Guard != nil {
		if err := r.Guard(f, doc.Source); err != nil {
			return fail(err)
		}
	}
	if f.Review == fact.Orphaned && r.Review != fact.Rejected {
		return fail(fact.Errorf(fact.Conflict, "The document no longer has the words of fact %q: it can be rejected. What the document says now are facts of their own.", f.ID))
	}
	entry := head.next(review, max(recordedAt(r.At), head.RecordedAt)) // a clock that is behind must not put the review before what it is of
	entry.Fact, entry.Review = f.ID, r.Review
	next.At = entry.RecordedAt
	after.Revision, after.RecordedAt = f.Revision+1, entry.RecordedAt
	if data, err := json.Marshal(after); err != nil || len(data) > maxFact {
		return fail(fact.Errorf(fact.TooLarge, "The corrected fact takes more than %d bytes.", maxFact))
	}
	now := state{recorded{slices.Clone(before.Facts), before.Closed}, maps.Clone(before.Reviews)}
	now.Facts[i] = after
	if now.Reviews == nil {
		now.Reviews = make(reviews)
	}
	now.Reviews[f.ID] = next
	if err := s.keepState(ctx, &entry, now); err != nil {
		return fail(err)
	}
	_, err = s.commit(ctx, head, entry, anyChange)
	return after, doc.Source, err
}

// then is what is known of the fact after another review.
func (v reviewed) then(r Reviewing) (reviewed, error) {
	if r.Review == fact.Corrected {
		if _, err := v.Base.Correct(r.Changes); err != nil {
			return v, &fact.Error{Code: fact.Invalid, Message: err.Error(), Err: err}
		}
		changes := make(fact.Changes)
		maps.Copy(changes, v.Changes)
		maps.Copy(changes, r.Changes)
		v.Changes = changes
	}
	v.Review, v.Author, v.Reason = r.Review, r.Author, r.Reason
	return v, nil
}
