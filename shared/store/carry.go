package store

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"math"
	"slices"

	"factbox/shared/fact"
)

// reviewed is what somebody said of a fact. It is kept as long as the document is, also while no version has the words.
type reviewed struct {
	Review  fact.Review  `json:"review"` // Accepted, Corrected or Rejected
	Author  string       `json:"author"`
	Reason  string       `json:"reason"`
	At      string       `json:"at"`
	Changes fact.Changes `json:"changes,omitempty"` // of this correction and those before it
	Base    fact.Fact    `json:"base"`              // the fact as extracted
	Words   string       `json:"words"`             // the document's bytes that are its evidence
}

// reviews are the reviews of a document's facts, by the fact's id.
type reviews map[string]reviewed

// follow gives what a document states after a version has taken the place of what it stated before. A fact that was there
// already keeps its revision, unless something of it changed; what people said of facts is carried over.
func (s state) follow(p Putting, at string) state {
	before := make(map[string]fact.Fact)
	for _, f := range s.Facts {
		before[f.ID] = f
	}
	facts, carried := s.Reviews.carry(p)
	next := state{s.close(), carried}
	for _, f := range facts {
		old, stood := before[f.ID]
		f.Revision, f.RecordedAt = next.Closed[f.ID]+1, at
		if stood && f.Review == old.Review && sameContent(f, old) {
			f = old
		}
		delete(next.Closed, f.ID)
		next.Facts = append(next.Facts, f)
	}
	slices.SortFunc(next.Facts, func(a, b fact.Fact) int {
		return cmp.Or(cmp.Compare(a.Evidence.Start, b.Evidence.Start), cmp.Compare(a.Evidence.End, b.Evidence.End), cmp.Compare(a.ID, b.ID))
	})
	return next
}

// differs reports whether a put of the same version says something else than what stands.
func (s state) differs(p Putting) bool {
	return !slices.EqualFunc(s.Facts, s.follow(p, "").Facts, func(a, b fact.Fact) bool { return a.ID == b.ID && a.Revision == b.Revision })
}

// close gives the state in which nothing stands any more.
func (r recorded) close() recorded {
	next := recorded{Facts: []fact.Fact{}, Closed: make(map[string]int)}
	maps.Copy(next.Closed, r.Closed)
	for _, f := range r.Facts {
		next.Closed[f.ID] = f.Revision
	}
	return next
}

// sameContent reports whether two revisions of a fact say the same; which rules found it does not matter.
func sameContent(a, b fact.Fact) bool {
	a.Revision, a.Review, a.RecordedAt, a.Extractor = b.Revision, b.Review, b.RecordedAt, b.Extractor
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// sameClaim reports whether two facts say the same, wherever in the document they stand and in whatever words: the labels,
// which rules may cut otherwise, do not count.
func sameClaim(a, b fact.Fact) bool {
	a.ID, a.Story, a.Evidence = b.ID, b.Story, b.Evidence
	switch {
	case a.Casualty != nil && b.Casualty != nil:
		c := *a.Casualty
		c.Victims, c.Event, c.Count.Text = b.Casualty.Victims, b.Casualty.Event, b.Casualty.Count.Text
		a.Casualty = &c
	case a.Date != nil && b.Date != nil:
		d := *a.Date
		d.Event, d.Expression = b.Date.Event, b.Date.Expression
		a.Date = &d
	case a.Pledge != nil && b.Pledge != nil:
		p := *a.Pledge
		p.Condition = b.Pledge.Condition
		a.Pledge = &p
	}
	return sameContent(a, b)
}

// carry gives the facts of a version with what people said of them, and that by the ids which the facts have now.
//
// A review goes with the words that it was made on: to the same fact, or the same claim, on the same words, wherever they
// stand now. What was accepted and then read to claim something else is only extracted again. A correction goes to any
// reading of its words, and where nothing reads them any more it keeps its fact by itself; where they are gone the fact is
// orphaned. Of other reviews whose fact is gone nothing shows until it is back.
func (r reviews) carry(p Putting) ([]fact.Fact, reviews) {
	facts := slices.Clone(p.Facts)
	for i := range facts {
		facts[i].Review = fact.Extracted
	}
	if len(r) == 0 {
		return facts, r
	}
	next := make(reviews)
	taken := make([]bool, len(facts))
	left := slices.SortedFunc(maps.Keys(r), func(a, b string) int {
		return cmp.Or(cmp.Compare(r[a].Base.Evidence.Start, r[b].Base.Evidence.Start), cmp.Compare(a, b))
	})
	for _, fits := range []func(reviewed, Putting) func(fact.Fact) bool{reviewed.sameFact, reviewed.sameWords, reviewed.sameReading} {
		left = slices.DeleteFunc(left, func(id string) bool {
			v := r[id]
			i := v.nearest(p.Facts, taken, fits(v, p))
			if i < 0 {
				return false
			}
			taken[i] = true
			if f, ok := v.applied(facts[i]); ok {
				facts[i] = f
				v.Base, v.Words = p.Facts[i], evidenceWords(p.Facts[i], p.Body)
				next[f.ID] = v
			}
			return true
		})
	}
	present := make(map[string]bool)
	for _, f := range facts {
		present[f.ID] = true
	}
	// Who stands on its words already keeps them, so that the same version again changes nothing; who has none comes last.
	slices.SortStableFunc(left, func(a, b string) int { return cmp.Compare(r[a].away(p), r[b].away(p)) })
	for _, settle := range []func(*reviewed, Putting, map[string]bool) (fact.Fact, bool){(*reviewed).stand, (*reviewed).orphan} {
		left = slices.DeleteFunc(left, func(id string) bool {
			v := r[id]
			if !v.holds() {
				return false
			}
			f, ok := settle(&v, p, present)
			if ok {
				present[f.ID] = true
				facts = append(facts, f)
				next[f.ID] = v
			}
			return ok
		})
	}
	for _, id := range left {
		if _, other := next[id]; !other {
			next[id] = r[id]
		}
	}
	return facts, next
}

// nearest picks the fact that fits, is not taken and stands next to where the review's stood: its index, or -1.
func (v reviewed) nearest(facts []fact.Fact, taken []bool, fits func(fact.Fact) bool) int {
	best := -1
	for i, f := range facts {
		if !taken[i] && fits(f) && (best < 0 || v.distance(f.Evidence.Start) < v.distance(facts[best].Evidence.Start)) {
			best = i
		}
	}
	return best
}

// sameFact finds the very fact that the review is of.
func (v reviewed) sameFact(p Putting) func(fact.Fact) bool {
	return func(f fact.Fact) bool { return v.Base.ID == f.ID && v.Words == evidenceWords(f, p.Body) }
}

// sameWords finds facts that differ from the review's in their place alone.
func (v reviewed) sameWords(p Putting) func(fact.Fact) bool {
	name := unplaced(v.Base)
	return func(f fact.Fact) bool {
		return v.Base.Kind == f.Kind && v.Words == evidenceWords(f, p.Body) && name == unplaced(f)
	}
}

// sameReading finds other readings of the words that a correction was made on: of the same words, or of some that overlap
// them, with the same number, date or donor. Where the words have one reading alone, it may have another of these, but is of
// the same effect or support. Of other reviews it finds the same claim on the same words.
func (v reviewed) sameReading(p Putting) func(fact.Fact) bool {
	if !v.holds() {
		return func(f fact.Fact) bool { return v.Words == evidenceWords(f, p.Body) && sameClaim(v.Base, f) }
	}
	corrected, _ := v.applied(v.Base)
	places := v.places(p.Body)
	readings := 0
	for _, f := range p.Facts {
		if f.Kind == v.Base.Kind && v.Words == evidenceWords(f, p.Body) {
			readings++
		}
	}
	return func(f fact.Fact) bool {
		overlaps := len(places) > 0 && f.Evidence.Start < places[0]+len(v.Words) && f.Evidence.End > places[0]
		same := v.Words == evidenceWords(f, p.Body)
		return (alike(v.Base, f) || alike(corrected, f)) && (overlaps || same) || same && readings == 1 && (related(v.Base, f) || related(corrected, f))
	}
}

// holds reports whether the review keeps its fact even where nothing reads it out of the document any more.
func (v reviewed) holds() bool { return len(v.Changes) > 0 && v.Review != fact.Rejected }

// alike reports whether two facts of one kind speak of the same number, date or donor.
func alike(a, b fact.Fact) bool {
	switch {
	case a.Casualty != nil && b.Casualty != nil:
		return a.Casualty.Count.Text == b.Casualty.Count.Text
	case a.Date != nil && b.Date != nil:
		return a.Date.Expression == b.Date.Expression
	case a.Pledge != nil && b.Pledge != nil:
		return a.Pledge.Donor == b.Pledge.Donor && slices.ContainsFunc(a.Pledge.Types, func(t fact.SupportType) bool { return slices.Contains(b.Pledge.Types, t) })
	}
	return false
}

// related reports whether two facts of one kind, which are read out of the same words, may be one.
func related(a, b fact.Fact) bool {
	switch {
	case a.Casualty != nil && b.Casualty != nil:
		return a.Casualty.Effect == b.Casualty.Effect
	case a.Pledge != nil && b.Pledge != nil:
		return a.Pledge.Types[0] == b.Pledge.Types[0]
	}
	return a.Date != nil && b.Date != nil
}

// applied gives the fact as the review has it; ok is false where the review says nothing of it: what was accepted is another.
func (v reviewed) applied(f fact.Fact) (_ fact.Fact, ok bool) {
	if len(v.Changes) == 0 && v.Review == fact.Accepted && !sameClaim(v.Base, f) {
		return f, false
	}
	corrected, err := f.Correct(v.Changes)
	if err != nil { // the changes were judged when they were made, by what they say alone
		return f, false
	}
	corrected.Review = v.Review
	return corrected, true
}

// stand gives the corrected fact of a version out of which nothing reads it, on its words; ok is false where they are not, or
// are taken. It sets Base to what the fact is made of.
func (v *reviewed) stand(p Putting, present map[string]bool) (_ fact.Fact, ok bool) {
	for _, at := range v.places(p.Body) {
		moved := v.in(p.Document)
		moved.Evidence.Start, moved.Evidence.End = at, at+len(v.Words)
		if i, found := slices.BinarySearch(p.Paragraphs, at); found {
			moved.Evidence.Paragraph = i
		} else if i > 0 {
			moved.Evidence.Paragraph = i - 1
		}
		moved.Identify()
		if !present[moved.ID] {
			v.Base = moved
			return v.applied(moved)
		}
	}
	return fact.Fact{}, false
}

// orphan gives the corrected fact of a version that has not its words. It sets Base to what the fact is made of.
func (v *reviewed) orphan(p Putting, present map[string]bool) (_ fact.Fact, ok bool) {
	v.Base = v.in(p.Document)
	if present[v.Base.ID] { // other words at the same place make a fact of the same name
		sum := sha256.Sum256([]byte(v.Base.ID + "\x00" + v.Words))
		v.Base.ID = hex.EncodeToString(sum[:10])
	}
	f, ok := v.applied(v.Base)
	f.Review = fact.Orphaned
	return f, ok
}

// in gives the fact as extracted, in the story of its document's version, and with no quote that its rights forbid.
func (v reviewed) in(d fact.Document) fact.Fact {
	f := v.Base
	f.Story = d.Story
	if q := f.Evidence.Quote; q != nil && !d.Rights.Allows(*q) {
		f.Evidence.Quote = nil
	}
	return f
}

// places finds the words in a text: the bytes where they begin, the nearest to where they stood first.
func (v reviewed) places(body []byte) []int {
	var places []int
	for from := 0; len(v.Words) > 0; from++ {
		i := bytes.Index(body[from:], []byte(v.Words))
		if i < 0 {
			break
		}
		from += i
		places = append(places, from)
	}
	slices.SortStableFunc(places, func(a, b int) int { return cmp.Compare(v.distance(a), v.distance(b)) })
	return places
}

// away is how far the nearest place of the words is, counted so that a fact which bears its own name is nearer than one that
// had to leave it to others.
func (v reviewed) away(p Putting) int {
	places := v.places(p.Body)
	if len(places) == 0 {
		return math.MaxInt
	}
	named := v.Base
	named.Identify()
	if named.ID == v.Base.ID {
		return 2 * v.distance(places[0])
	}
	return 2*v.distance(places[0]) + 1
}

// distance is how far a byte is from where the words stood.
func (v reviewed) distance(start int) int {
	return max(start-v.Base.Evidence.Start, v.Base.Evidence.Start-start)
}

// unplaced is the name that a fact has wherever it stands.
func unplaced(f fact.Fact) string {
	f.Evidence = fact.Evidence{}
	f.Identify()
	return f.ID
}

// evidenceWords gives the document's bytes that are a fact's evidence.
func evidenceWords(f fact.Fact, body []byte) string {
	start, end := f.Evidence.Start, f.Evidence.End
	if start < 0 || end < start || end > len(body) {
		return ""
	}
	return string(body[start:end])
}
