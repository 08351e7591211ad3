package source

import (
	"cmp"
	"slices"
	"time"
)

// Item is what is known of one article of a source.
type Item struct {
	ID           string    `json:"id"`
	URL          string    `json:"url,omitempty"`
	Headline     string    `json:"headline,omitempty"`  // as the listing has it
	Published    string    `json:"published,omitempty"` // YYYY-MM-DD, as the listing has it
	Updated      time.Time `json:"updated,omitzero"`    // as the listing has it
	Mark         string    `json:"mark"`                // of the version that is listed
	Seen         string    `json:"seen,omitempty"`      // the mark of the version that was last looked at
	Sent         string    `json:"sent,omitempty"`      // a hash of the content that was last passed on
	ETag         string    `json:"etag,omitempty"`      // of its page
	LastModified string    `json:"last_modified,omitempty"`
	First        time.Time `json:"first"`               // when it was first listed
	Listed       time.Time `json:"listed"`              // when it was last listed
	Looked       time.Time `json:"looked,omitzero"`     // when it was last looked at
	Retracted    bool      `json:"retracted,omitempty"` // its publisher took it back, and that was passed on
}

// Watch is what a source has listed lately.
type Watch struct {
	Items []Item `json:"items"`
}

// watched is how long an article is watched after it was last listed: one that its publisher takes back is mostly off the list.
const watched = 30 * 24 * time.Hour

// MaxWatched is how many articles of a source are watched: those listed last.
const MaxWatched = 1000

// ahead is how far in the future a publisher's clock may be.
const ahead = 48 * time.Hour

// List takes in what a source lists now. An item that says it is older than what is known under its id is a stale copy: the
// newer one is kept. A date that lies ahead says nothing about age.
func (w *Watch) List(listed []Item, now time.Time) {
	at := make(map[string]int, len(w.Items))
	for i, it := range w.Items {
		at[it.ID] = i
	}
	for _, it := range listed {
		if it.Updated.After(now.Add(ahead)) {
			it.Updated = time.Time{}
		}
		i, known := at[it.ID]
		if !known {
			it.First, it.Listed = now, now
			at[it.ID] = len(w.Items)
			w.Items = append(w.Items, it)
			continue
		}
		old := &w.Items[i]
		old.Listed = now
		if !it.Updated.IsZero() && it.Updated.Before(old.Updated) {
			continue
		}
		old.URL, old.Headline, old.Published, old.Updated, old.Mark = it.URL, it.Headline, it.Published, it.Updated, it.Mark
	}
}

// Retract finds the items that a publisher has taken back, by id, and that were passed on and not yet taken back.
func (w *Watch) Retract(ids []string) (items []*Item) {
	for i := range w.Items {
		if it := &w.Items[i]; it.Sent != "" && !it.Retracted && slices.Contains(ids, it.ID) {
			items = append(items, it)
		}
	}
	return items
}

// Due gives the items to look at: first those whose listing changed, then, if pages are read again, those whose page may have.
// A page is read again after the interval, and then after a quarter of the time that the article has been known: often while
// it is news, seldom once it is old. One that was taken back waits until its listing changes.
func (w *Watch) Due(now time.Time, interval time.Duration, again bool) (due []*Item) {
	for i := range w.Items {
		it := &w.Items[i]
		if it.changed() || again && !it.Retracted && now.Sub(it.Looked) >= max(interval, now.Sub(it.First)/4) {
			due = append(due, it)
		}
	}
	slices.SortStableFunc(due, func(a, b *Item) int {
		if a.changed() != b.changed() {
			if a.changed() {
				return -1
			}
			return 1
		}
		return cmp.Or(b.Updated.Compare(a.Updated), a.Looked.Compare(b.Looked))
	})
	return due
}

func (it *Item) changed() bool { return it.Mark != it.Seen }

// Prune forgets what is no longer watched.
func (w *Watch) Prune(now time.Time) {
	w.Items = slices.DeleteFunc(w.Items, func(it Item) bool { return now.Sub(it.Listed) > watched })
	w.Shorten(MaxWatched)
}

// Shorten keeps a number of items at most: those listed last, and of them those changed last.
func (w *Watch) Shorten(most int) {
	if len(w.Items) > most {
		slices.SortStableFunc(w.Items, func(a, b Item) int { return cmp.Or(b.Listed.Compare(a.Listed), b.Updated.Compare(a.Updated)) })
		w.Items = w.Items[:most]
	}
}
