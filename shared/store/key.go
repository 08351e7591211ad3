package store

import (
	"fmt"
	"strings"
	"time"

	"factbox/shared/fact"
)

// Partition keys. '#' stands in no id of a document or story.
const (
	seqKey      = "SEQ"
	pendingKey  = "PENDING"
	headlineKey = "H"
	storiesKey  = "S"
	boardKey    = "BOARD"
	sourcesKey  = "SOURCES"
	refreshKey  = "REFRESH"
)

func documentKey(id string) string                 { return "DOC#" + id }
func storyKey(id string) string                    { return "STORY#" + id }
func factKey(id string) string                     { return "FACT#" + id }
func sourceKey(id string) string                   { return "SOURCE#" + id }
func wordKey(word string) string                   { return "W#" + word }
func headlinesOfStory(id string) string            { return "H#story#" + id }
func headlinesOfCountry(code string) string        { return "H#country#" + code }
func changesKey(seq int64) string                  { return fmt.Sprintf("CHG#%08d", seq/changesOfPartition) }
func boardOfStory(id string) string                { return "BOARD#" + id }
func groupsKey(k fact.Kind) string                 { return "L#" + string(k) }
func groupsOfStory(s string, k fact.Kind) string   { return storyKey(s) + "#" + string(k) }
func groupsOfCountry(c string, k fact.Kind) string { return groupsKey(k) + "#" + c }
func factsKey(k fact.Kind) string                  { return "F#" + string(k) }
func factsOfCountry(c string, k fact.Kind) string  { return factsKey(k) + "#" + c }
func factsOfReview(r fact.Review, k fact.Kind) string {
	return "R#" + string(r) + "#" + string(k)
}

// Sort keys.
const (
	headSort      = "HEAD"
	projectedSort = "PROJ"
	summarySort   = "SUM"
	retractedSort = "GONE"
	watchSort     = "WATCH"
)

func versionSort(revision int) string        { return fmt.Sprintf("V#%06d", revision) }
func revisionSort(revision int) string       { return fmt.Sprintf("R#%06d", revision) }
func seqSort(seq int64) string               { return fmt.Sprintf("%012d", seq) }
func pendingSort(seq int64, d string) string { return seqSort(seq) + "#" + d }
func blobSort(hash string, part int) string  { return fmt.Sprintf("B#%s#%04d", hash, part) }

// above sorts behind every character that a key has.
const above = "\uffff"

// Shelves that are not a month or a year. They sort below all years: a list ends with them.
const (
	shelfLong    = "-long"
	shelfUndated = "-"
)

// span is the days from first to last, inclusive; empty strings where there is no date.
type span struct{ first, last string }

func spanOf(d *fact.EDTF) span {
	if d == nil {
		return span{}
	}
	first, last, _ := d.Bounds()
	return span{first, last}
}

// shelves places a span in a list that is walked from the newest day back: on the shelf of each month it touches when
// those are two at most, else on that of each year when those are two at most, else on the long shelf. A date is so posted
// twice at most, and days of a range are found by a range of keys that begins at most a month too early. "2015#" sorts below
// "2015-01#": a year stands behind its months.
func (s span) shelves() []string {
	if s.first == "" {
		return []string{shelfUndated}
	}
	a, b := s.first[:7], s.last[:7]
	if a == b {
		return []string{a}
	}
	if t, err := time.Parse("2006-01", a); err == nil && t.AddDate(0, 1, 0).Format("2006-01") == b {
		return []string{a, b}
	}
	a, b = s.first[:4], s.last[:4]
	if a == b {
		return []string{a}
	}
	if t, err := time.Parse("2006", a); err == nil && t.AddDate(1, 0, 0).Format("2006") == b {
		return []string{a, b}
	}
	return []string{shelfLong}
}

// sorts gives the sort keys under which an item with this span is posted.
func (s span) sorts(id string) []string {
	var keys []string
	for _, shelf := range s.shelves() {
		keys = append(keys, shelf+"#"+s.first+"#"+id)
	}
	return keys
}

// listedAt reports whether a walk up to the day `to` ("" for the whole list) shows the item at this key: it does so at the
// latest of the item's shelves that is not behind that day.
func (s span) listedAt(sort, to string) bool {
	shelf, _, _ := strings.Cut(sort, "#")
	latest := ""
	for _, sh := range s.shelves() {
		if to == "" || sh[0] == '-' || sh <= to[:len(sh)] {
			latest = sh
		}
	}
	return shelf == latest
}

// overlaps reports whether the span has a day from `from` to `to`, either of which may be open. No date overlaps nothing.
func (s span) overlaps(from, to string) bool {
	if from == "" && to == "" {
		return true
	}
	return s.first != "" && (to == "" || s.first <= to) && (from == "" || s.last >= from)
}

// stretch is a range of sort keys of one partition, both ends inclusive.
type stretch struct{ table, pk, low, high string }

// stretches gives the parts of a shelved list, newest first, that hold what overlaps the days from `from` to `to`.
func stretches(table, pk, from, to string) []stretch {
	low, high := " ", above
	if to != "" {
		high = to[:7] + "#" + to + above
	}
	if from == "" {
		if to != "" {
			low = shelfLong
		}
		return []stretch{{table, pk, low, high}}
	}
	return []stretch{
		{table, pk, from[:7] + "#", high},
		{table, pk, from[:4] + "#", from[:4] + "#" + above},
		{table, pk, shelfLong + "#", shelfLong + "#" + to + above},
	}
}

// recordedAt writes a time so that times compare as strings: RFC 3339, UTC, milliseconds.
func recordedAt(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z07:00") }
