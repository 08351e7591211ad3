package fact

// Role says what part a date plays in its document.
type Role string

// The roles of a date.
const (
	RoleEvent      Role = "event"
	RoleDateline   Role = "dateline"   // the day the document gives for itself
	RoleBackground Role = "background" // history that the document recalls
)

// Date is a calendar date or interval that the document states for something that happened or will happen.
type Date struct {
	Date         *EDTF    `json:"date"`       // null when the expression needs a publication date that is unknown
	Expression   string   `json:"expression"` // the words
	Timex        Timex    `json:"timex"`
	Event        string   `json:"event"`        // what happened, from the clause the expression belongs to
	Participants []string `json:"participants"` // ISO 3166-1 alpha-2 or organisation codes, in the order of the clause; never nil
	Role         Role     `json:"role"`
}

// Timex is a time expression's value in TIMEX3 (ISO-TimeML, TimeML annotation guidelines 1.2.1).
type Timex struct {
	Type  TimexType `json:"type"`
	Value string    `json:"value"` // "2015-11-26", "2015-W48", "2015-11-25TNI", "P2M", "PRESENT_REF", "" when it cannot be resolved
	Mod   string    `json:"mod,omitempty"`
}

// TimexType is the type of a TIMEX3.
type TimexType string

// The TIMEX3 types.
const (
	TimexDate     TimexType = "DATE"
	TimexTime     TimexType = "TIME"
	TimexDuration TimexType = "DURATION"
	TimexSet      TimexType = "SET"
)
