// Package fact is the vocabulary of Factbox: what a fact is, in the shape that the API, the command line and the tables
// all speak. It imports nothing of ours.
//
// A fact is one flat JSON object. Its kind says which fields it has beside the common ones: see Casualty, Date and Pledge.
// A field that a kind has is always present; null says "not stated".
package fact

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Kind says what a fact is about and so which fields it has.
type Kind string

// The kinds of fact.
const (
	KindCasualty Kind = "casualty"
	KindDate     Kind = "date"
	KindPledge   Kind = "pledge"
)

// Kinds lists every kind, in the order in which they are shown.
var Kinds = []Kind{KindCasualty, KindDate, KindPledge}

// Review says how far people have looked at a fact.
type Review string

// The states of review. Orphaned is a correction whose words vanished in a new version of the document.
const (
	Extracted Review = "extracted"
	Accepted  Review = "accepted"
	Corrected Review = "corrected"
	Rejected  Review = "rejected"
	Orphaned  Review = "orphaned"
)

// Shown reports whether lists and summaries show a fact of this review. Rejected and orphaned ones stand in its history alone, and
// in lists that ask for them.
func (r Review) Shown() bool { return r != Rejected && r != Orphaned }

// MaxEvidence is the longest evidence in bytes: the clause, not the page.
const MaxEvidence = 400

// Common holds the fields that facts of every kind have.
type Common struct {
	ID          string       `json:"id"`
	Kind        Kind         `json:"kind"`
	Document    string       `json:"document"`
	Story       string       `json:"story"`
	Revision    int          `json:"revision"`              // 1 for the first
	Review      Review       `json:"review"`                // extracted until somebody looked
	RecordedAt  string       `json:"recorded_at,omitempty"` // RFC 3339, UTC; absent until stored
	Extractor   string       `json:"extractor"`             // the version of the rules that made it
	Attribution *Attribution `json:"attribution"`           // null when the document itself says it
	Evidence    Evidence     `json:"evidence"`
}

// Attribution names who is said to have stated the fact.
type Attribution struct {
	Speaker string `json:"speaker"`
	Stance  Stance `json:"stance"`
}

// Stance is what the speaker does with the statement.
type Stance string

// The stances.
const (
	Asserts  Stance = "asserts"
	Confirms Stance = "confirms"
	Denies   Stance = "denies"
	Disputes Stance = "disputes"
)

// Evidence locates the words that state the fact: document[Start:End] is the quote, byte for byte.
type Evidence struct {
	Paragraph int     `json:"paragraph"` // 0-based index among the document's paragraphs
	Start     int     `json:"start"`     // byte offset of the first byte
	End       int     `json:"end"`       // byte offset behind the last byte; End-Start ≤ MaxEvidence
	Quote     *string `json:"quote"`     // null where the document's rights forbid it
}

// Fact is one fact of one document. Exactly one of Casualty, Date and Pledge is set, as Kind says.
type Fact struct {
	Common
	Casualty *Casualty
	Date     *Date
	Pledge   *Pledge
}

// MarshalJSON writes the flat object: the common fields, then those of the kind.
func (f Fact) MarshalJSON() ([]byte, error) {
	switch {
	case f.Kind == KindCasualty && f.Casualty != nil:
		return json.Marshal(struct {
			Common
			*Casualty
		}{f.Common, f.Casualty})
	case f.Kind == KindDate && f.Date != nil:
		return json.Marshal(struct {
			Common
			*Date
		}{f.Common, f.Date})
	case f.Kind == KindPledge && f.Pledge != nil:
		return json.Marshal(struct {
			Common
			*Pledge
		}{f.Common, f.Pledge})
	}
	return nil, fmt.Errorf("fact %q of kind %q carries no %[2]s", f.ID, f.Kind)
}

// UnmarshalJSON reads the flat object.
func (f *Fact) UnmarshalJSON(data []byte) error {
	*f = Fact{}
	if err := json.Unmarshal(data, &f.Common); err != nil {
		return err
	}
	switch f.Kind {
	case KindCasualty:
		f.Casualty = new(Casualty)
		return json.Unmarshal(data, f.Casualty)
	case KindDate:
		f.Date = new(Date)
		return json.Unmarshal(data, f.Date)
	case KindPledge:
		f.Pledge = new(Pledge)
		return json.Unmarshal(data, f.Pledge)
	}
	return fmt.Errorf("a fact's kind is casualty, date or pledge, not %q", f.Kind)
}

// Identify sets f.ID: a hash of the document, the kind, the evidence's span and what tells two facts on one span apart. The
// same rules on the same bytes give the same id.
func (f *Fact) Identify() {
	parts := []string{f.Document, string(f.Kind), strconv.Itoa(f.Evidence.Start), strconv.Itoa(f.Evidence.End)}
	switch {
	case f.Casualty != nil:
		parts = append(parts, string(f.Casualty.Effect), f.Casualty.Count.Text, f.Casualty.Victims)
	case f.Date != nil:
		parts = append(parts, f.Date.Expression, f.Date.Timex.Value)
	case f.Pledge != nil:
		parts = append(parts, f.Pledge.Donor, string(f.Pledge.Status))
		for _, t := range f.Pledge.Types {
			parts = append(parts, string(t))
		}
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	f.ID = hex.EncodeToString(sum[:10])
}

// Countries lists the countries and organisations under which the fact is found: a casualty's place, a date's participants,
// a pledge's donor.
func (f Fact) Countries() []string {
	switch {
	case f.Casualty != nil && f.Casualty.Place != nil:
		return []string{*f.Casualty.Place}
	case f.Date != nil:
		return f.Date.Participants
	case f.Pledge != nil:
		return []string{f.Pledge.Donor}
	}
	return nil
}

// When is the date that the fact speaks of, or nil when that is not stated.
func (f Fact) When() *EDTF {
	switch {
	case f.Casualty != nil:
		return f.Casualty.Date
	case f.Date != nil:
		return f.Date.Date
	case f.Pledge != nil:
		return f.Pledge.Date
	}
	return nil
}
