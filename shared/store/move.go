package store

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"factbox/shared/fact"
)

// Move puts a document into another story, with its facts and what people said of them, and gives it as it then is, with the
// story that it was in. title is what the story is called; "" leaves that to its other documents. It is a commit like that of a
// version: the document's bytes are the same, and each of its facts gets a revision. Moving it to where it is changes nothing.
// NotFound if there is no such document, or it is withdrawn.
func (s *Store) Move(ctx context.Context, document, story, title string, at time.Time) (fact.Document, string, error) {
	var doc fact.Document
	var from string
	err := checkID(story)
	if err == nil {
		err = retry(ctx, func() (err error) {
			doc, from, err = s.commitMove(ctx, document, story, title, at)
			return err
		})
	}
	if err == nil {
		err = s.project(ctx, document)
	}
	return doc, from, failed(err, "store.Move(%q, %q)", document, story)
}

func (s *Store) commitMove(ctx context.Context, document, story, title string, at time.Time) (doc fact.Document, from string, err error) {
	head, err := s.standing(ctx, document, time.Time{})
	if err != nil {
		return doc, "", err
	}
	if doc, err = head.meta(); err != nil {
		return doc, "", err
	}
	from = doc.Story
	if from == story && (title == "" || title == doc.StoryTitle) {
		return doc, from, nil
	}
	doc.Story, doc.StoryTitle = story, title
	doc.Reseal()
	before, err := s.state(ctx, head)
	if err != nil {
		return doc, from, err
	}
	next := head.next(put, max(recordedAt(at), head.RecordedAt)) // a clock that is behind must not put the move before what it is of
	meta, err := json.Marshal(doc)
	if err != nil {
		return doc, from, err
	}
	next.Story, next.Version, next.Meta = story, doc.Version, string(meta)
	if from != story {
		next.From = from
	}
	if err := s.keepState(ctx, &next, before.in(story, next.RecordedAt)); err != nil {
		return doc, from, err
	}
	_, err = s.commit(ctx, head, next, anyChange)
	return doc, from, err
}

// in gives the same statements in another story: each fact is a revision on.
func (s state) in(story, at string) state {
	next := state{recorded{slices.Clone(s.Facts), s.Closed}, maps.Clone(s.Reviews)}
	for i := range next.Facts {
		if f := &next.Facts[i]; f.Story != story {
			f.Story, f.Revision, f.RecordedAt = story, f.Revision+1, at
		}
	}
	for id, v := range next.Reviews {
		v.Base.Story = story
		next.Reviews[id] = v
	}
	return next
}
