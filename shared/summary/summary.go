// Package summary makes the grouped answers of facts: tolls of casualties, dates of occurrences, support by donor, and a
// story's summary. The same facts give the same answer in whatever order they come.
package summary

import "factbox/shared/fact"

// Report is a fact with the document that states it.
type Report struct {
	Fact   fact.Fact
	Source fact.Source
}

// Toll is what the documents of a story say of one effect of one event.
type Toll struct {
	Story       string      `json:"story"`
	Event       string      `json:"event"`
	Place       *string     `json:"place"` // ISO 3166-1 alpha-2
	Date        *fact.EDTF  `json:"date"`
	Effect      fact.Effect `json:"effect"`
	Low         *int64      `json:"low"`  // the least number reported
	Best        *int64      `json:"best"` // the newest exact total by publication, each origin dated by its first copy; ties go to more origins, then to a stated total
	High        *int64      `json:"high"` // the greatest number reported
	BestBecause string      `json:"best_because"`
	Words       []string    `json:"words"` // the counts in the documents' words, where no number can stand for them
	Disputes    []Dispute   `json:"disputes"`
	Publishers  []string    `json:"publishers"`   // of all reports, each once, in their order
	Reports     []fact.Fact `json:"reports"`      // newest publication first, at most MaxReports
	MoreReports int         `json:"more_reports"` // how many are left out
}

// Dispute is a statement that a speaker denies or disputes a figure.
type Dispute struct {
	Speaker string      `json:"speaker"`
	Stance  fact.Stance `json:"stance"`
	Fact    string      `json:"fact"`  // the id of the report
	Count   string      `json:"count"` // the figure that is denied or disputed, in the document's words
}

// Occurrence is something that happened at a date.
type Occurrence struct {
	Story        string      `json:"story"`
	Date         fact.EDTF   `json:"date"`
	Event        string      `json:"event"`
	Participants []string    `json:"participants"`
	Publishers   []string    `json:"publishers"`
	Reports      []fact.Fact `json:"reports"`
	MoreReports  int         `json:"more_reports"`
}

// Support is what one donor gives or promises of one type to one recipient.
type Support struct {
	Story       string           `json:"story"`
	Donor       string           `json:"donor"`
	Type        fact.SupportType `json:"type"`
	Category    fact.Category    `json:"category"`
	Status      fact.Status      `json:"status"`  // the strongest stated, unless a newer report takes it off the ladder
	History     []Step           `json:"history"` // each change of status, the oldest first, at most MaxReports; never empty
	Recipient   *string          `json:"recipient"`
	Place       *string          `json:"place"`
	Condition   *string          `json:"condition"`
	Amount      *fact.Money      `json:"amount"`
	Quantity    *fact.Quantity   `json:"quantity"`
	Publishers  []string         `json:"publishers"`
	Reports     []fact.Fact      `json:"reports"`
	MoreReports int              `json:"more_reports"`
}

// Step is a change of support's status.
type Step struct {
	Status    fact.Status `json:"status"`
	Published fact.EDTF   `json:"published"` // when the first report of it appeared
	Fact      string      `json:"fact"`      // the id of that report
}

// Donor is all the support of one country or organisation.
type Donor struct {
	Country     string      `json:"country"` // ISO 3166-1 alpha-2 or an organisation's code
	Name        string      `json:"name"`
	Status      fact.Status `json:"status"` // the strongest of its support
	Support     []Support   `json:"support"`
	MoreSupport int         `json:"more_support"`
}

// Headline is a document in a list, with what it says in two to five lines.
type Headline struct {
	fact.Source
	Story   string            `json:"story"`
	Bullets []string          `json:"bullets"`
	Counts  map[fact.Kind]int `json:"counts"`
}

// Story is what the documents of a story say together. It stays under MaxStory bytes as JSON.
type Story struct {
	Story           string            `json:"story"`
	Title           string            `json:"title"`
	Bullets         []string          `json:"bullets"` // two to five lines, in the manner of a wire factbox
	Casualties      []Toll            `json:"casualties"`
	Dates           []Occurrence      `json:"dates"`
	Pledges         []Donor           `json:"pledges"`
	NotStated       []fact.Effect     `json:"not_stated"` // looked for, and not found
	Counts          map[fact.Kind]int `json:"counts"`     // facts of each kind, also those that did not fit
	Omitted         map[fact.Kind]int `json:"omitted"`    // groups that did not fit; the lists have them
	Documents       int               `json:"documents"`
	Sources         []fact.Source     `json:"sources"` // of the reports that are shown
	FirstPublished  fact.EDTF         `json:"first_published"`
	LatestPublished fact.EDTF         `json:"latest_published"`
}

// Limits of what one answer holds.
const (
	MaxReports = 20
	MaxStory   = 64 << 10
)

// Looked lists the effects that every answer on casualties says something of: a figure, or that none is stated.
var Looked = []fact.Effect{fact.Killed, fact.Injured}
