package store

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"factbox/shared/cluster"
	"factbox/shared/fact"
)

// Placement says in which story a document is, and why.
type Placement struct {
	Story   string  `json:"story"`
	How     How     `json:"how"`
	Because string  `json:"because"` // in words; of Joined what it has in common with a document of the story
	Score   float64 `json:"score"`   // of Joined and Started: how like it is to the likest story, 0 to 1; at cluster.Threshold it joins
	Alike   []Like  `json:"alike"`   // other stories that it is like enough to join, the likest first
}

// Like is a story that a document might have joined as well.
type Like struct {
	Story   string  `json:"story"`
	Score   float64 `json:"score"`
	Because string  `json:"because"`
}

// How a document came to its story.
type How string

// The ways into a story.
const (
	Given   How = "given"   // it was put with the story
	Stayed  How = "stayed"  // it was in the story before
	Joined  How = "joined"  // it is like a document of the story
	Started How = "started" // it is like no story enough
)

// Bounds of what is read for one document.
const (
	maxPostings   = 64 // of each of its keys, the newest
	maxUnlisted   = 50 // documents whose lists are not made yet
	maxCandidates = 8  // stories that it is compared with
	maxExclusive  = 8  // attempts at starting a story while nothing else is committed
	maxNames      = 20 // of a new story, until one is free
)

// Place finds the story of a document that is put without one, and gives the document as it would be stored: in the story where
// it is, else in the one that it is most like, else in a new one. A document with a story is given back as it is. Nothing is
// written. p.Mentions is what it is compared by; without it a document starts a story.
func (s *Store) Place(ctx context.Context, p Putting) (Putting, Placement, error) {
	placed, placement, _, err := s.place(ctx, p)
	return placed, placement, failed(err, "store.Place(%q)", p.Document.Source.Document)
}

// place also gives the number of the last change that it has seen.
func (s *Store) place(ctx context.Context, p Putting) (Putting, Placement, int64, error) {
	if p.Document.Story != "" {
		return p, Placement{Story: p.Document.Story, How: Given, Because: "the story was given", Alike: []Like{}}, 0, nil
	}
	head, known, err := s.head(ctx, p.Document.Source.Document)
	if err != nil {
		return p, Placement{}, 0, err
	}
	if known {
		if p.Document.StoryTitle == "" {
			was, err := head.meta()
			if err != nil {
				return p, Placement{}, 0, err
			}
			p.Document.StoryTitle = was.StoryTitle
		}
		return p.in(head.Story), Placement{Story: head.Story, How: Stayed, Because: "the document was in this story before", Alike: []Like{}}, 0, nil
	}
	var c counter
	if _, err := s.get(ctx, key{s.tables.Documents, seqKey, seqKey}, true, &c); err != nil {
		return p, Placement{}, 0, err
	}
	placement := Placement{How: Started, Because: "no story is like it", Alike: []Like{}}
	if p.Mentions != nil {
		stories, err := s.candidates(ctx, *p.Mentions)
		if err != nil {
			return p, Placement{}, 0, fmt.Errorf("look for stories like it: %w", err)
		}
		placement.choose(cluster.Rank(*p.Mentions, stories))
	}
	if placement.How == Started {
		if placement.Story, err = s.freeName(ctx, p.Document); err != nil {
			return p, Placement{}, 0, fmt.Errorf("find an id for a story: %w", err)
		}
	}
	return p.in(placement.Story), placement, c.Last, nil
}

// choose takes the likest story if it is like enough.
func (p *Placement) choose(ranked []cluster.Match) {
	for i, m := range ranked {
		switch {
		case i == 0 && m.Score >= cluster.Threshold:
			p.Story, p.How, p.Score, p.Because = m.Story, Joined, rounded(m.Score), m.Because
		case i == 0 && m.Score > 0:
			p.Score, p.Because = rounded(m.Score), fmt.Sprintf("no story is like it enough; the likest is %s (%s)", m.Story, m.Because)
		case m.Score >= cluster.Threshold:
			p.Alike = append(p.Alike, Like{m.Story, rounded(m.Score), m.Because})
		}
	}
}

// rounded leaves of a score what means something. It rounds down: what is under the threshold is not shown at it.
func rounded(score float64) float64 { return math.Floor(score*1000) / 1000 }

// in gives the same document in a story.
func (p Putting) in(story string) Putting {
	p.Document.Story = story
	p.Document.Reseal()
	p.Facts = slices.Clone(p.Facts)
	for i := range p.Facts {
		p.Facts[i].Story = story
	}
	return p
}

// candidates gives the stories that a document may belong to. Documents whose lists are not made yet are read first: whoever is
// not among them has made its lists by then, so that none is missed.
func (s *Store) candidates(ctx context.Context, d cluster.Digest) ([]cluster.Story, error) {
	unlisted, err := s.unlisted(ctx, d)
	if err != nil {
		return nil, err
	}
	found := [][]string{slices.Collect(maps.Keys(unlisted))}
	for _, term := range d.Keys() {
		rows, _, err := run[row](ctx, s, query{stretch: s.postings(term, d.Day), limit: maxPostings, descending: true, consistent: true})
		if err != nil {
			return nil, err
		}
		stories := make(map[string]bool)
		for _, r := range rows {
			stories[r.Story] = true
		}
		found = append(found, slices.Collect(maps.Keys(stories)))
	}
	var stories []cluster.Story
	for _, name := range cluster.Nominate(found, maxCandidates) {
		story := cluster.Story{ID: name}
		var r row
		if _, err := s.get(ctx, key{s.tables.Facts, storyKey(name), digestSort}, true, &r); err != nil {
			return nil, err
		}
		if len(r.Body) > 0 {
			if err := unpack(r.Body, &story); err != nil {
				return nil, err
			}
		}
		stories = append(stories, cluster.NewStory(name, append(story.Documents, unlisted[name]...)))
	}
	return stories, nil
}

// postings is where a term is posted by documents that are near enough in time.
func (s *Store) postings(term, day string) stretch {
	low, high := " ", above
	if t, err := time.Parse(time.DateOnly, day); err == nil {
		low = t.AddDate(0, 0, -cluster.Window).Format(time.DateOnly)
		high = t.AddDate(0, 0, cluster.Window).Format(time.DateOnly) + above
	}
	return stretch{s.tables.Documents, mentionKey(term), low, high}
}

// unlisted gives what documents whose lists are not made yet are about, by story.
func (s *Store) unlisted(ctx context.Context, d cluster.Digest) (map[string][]cluster.Digest, error) {
	marks, _, err := run[entry](ctx, s, query{
		stretch: stretch{s.tables.Documents, pendingKey, " ", above}, limit: maxUnlisted, descending: true, consistent: true,
	})
	if err != nil {
		return nil, err
	}
	byStory := make(map[string][]cluster.Digest)
	for _, e := range marks {
		if !e.stands() || len(e.Mentions) == 0 || e.Document == d.Document {
			continue
		}
		var other cluster.Digest
		if err := unpack(e.Mentions, &other); err != nil {
			return nil, err
		}
		byStory[e.Story] = append(byStory[e.Story], other)
	}
	return byStory, nil
}

// freeName gives a new story an id that no story has or had.
func (s *Store) freeName(ctx context.Context, doc fact.Document) (string, error) {
	day, _, _ := doc.Published.Bounds()
	name := cluster.NewID(doc.Headline, day)
	for n := 1; n <= maxNames; n++ {
		numbered := name
		if n > 1 {
			numbered = fmt.Sprintf("%s-%d", name, n)
		}
		log, _, err := run[entry](ctx, s, query{stretch: stretch{s.tables.Documents, storyKey(numbered), "0", above}, limit: 1, consistent: true})
		if err != nil || len(log) == 0 {
			return numbered, err
		}
	}
	return doc.Source.Document, nil // unlikely, and unique among documents
}
