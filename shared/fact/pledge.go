package fact

import "slices"

// SupportType is a kind of support that one state or organisation gives another.
type SupportType string

// The types of support.
const (
	Financial       SupportType = "financial"
	Humanitarian    SupportType = "humanitarian"
	Medical         SupportType = "medical"
	SearchAndRescue SupportType = "search_and_rescue"
	Refugees        SupportType = "refugees"
	Energy          SupportType = "energy"
	Arms            SupportType = "arms"
	Troops          SupportType = "troops"
	Training        SupportType = "training"
	AirStrikes      SupportType = "air_strikes"
	Naval           SupportType = "naval"
	Basing          SupportType = "basing"
	Refuelling      SupportType = "refuelling"
	Reconnaissance  SupportType = "reconnaissance"
	Intelligence    SupportType = "intelligence"
	Peacekeeping    SupportType = "peacekeeping"
	Coordination    SupportType = "coordination"
	Political       SupportType = "political"
	Other           SupportType = "other"
)

// Category groups the types of support.
type Category string

// The categories.
const (
	CategoryMilitary     Category = "military"
	CategoryFinancial    Category = "financial"
	CategoryHumanitarian Category = "humanitarian"
	CategoryPolitical    Category = "political"
)

// SupportTypes lists every type under its category, in the order in which they are shown.
var SupportTypes = []struct {
	Type     SupportType
	Category Category
}{
	{AirStrikes, CategoryMilitary}, {Troops, CategoryMilitary}, {Arms, CategoryMilitary}, {Naval, CategoryMilitary},
	{Basing, CategoryMilitary}, {Refuelling, CategoryMilitary}, {Reconnaissance, CategoryMilitary},
	{Intelligence, CategoryMilitary}, {Training, CategoryMilitary}, {Peacekeeping, CategoryMilitary},
	{Coordination, CategoryMilitary}, {Financial, CategoryFinancial}, {Energy, CategoryFinancial},
	{Humanitarian, CategoryHumanitarian}, {Medical, CategoryHumanitarian}, {SearchAndRescue, CategoryHumanitarian},
	{Refugees, CategoryHumanitarian}, {Political, CategoryPolitical}, {Other, CategoryPolitical},
}

// Category of the type; CategoryPolitical for one that is not listed.
func (t SupportType) Category() Category {
	for _, s := range SupportTypes {
		if s.Type == t {
			return s.Category
		}
	}
	return CategoryPolitical
}

// Status is how firmly support is promised. In brackets the aid world's codes: IATI 2.03 transaction types and OCHA FTS.
type Status string

// The status ladder, weakest first, and then the statuses off the ladder.
const (
	Considered Status = "considered" // under discussion, or waiting for someone's approval
	Pledged    Status = "pledged"    // promised or offered, not binding (IATI 12, FTS pledge)
	Committed  Status = "committed"  // decided, agreed or signed by those competent (IATI 2, FTS commitment)
	Delivered  Status = "delivered"  // given, or in effect (IATI 3)

	Declined  Status = "declined"
	Suspended Status = "suspended"
	Cancelled Status = "cancelled"
)

// Statuses lists the ladder from the weakest up, then what is off it.
var Statuses = []Status{Considered, Pledged, Committed, Delivered, Declined, Suspended, Cancelled}

// Rank orders statuses: 1 to 4 on the ladder, 0 off it.
func (s Status) Rank() int {
	if i := slices.Index(Statuses, s); i >= 0 && i < 4 {
		return i + 1
	}
	return 0
}

// Money is an amount in a currency.
type Money struct {
	Value    float64 `json:"value"`    // in whole units of the currency
	Currency string  `json:"currency"` // ISO 4217
}

// Quantity is a number of things.
type Quantity struct {
	Value float64 `json:"value"`
	Unit  string  `json:"unit"` // the noun as the text has it: "tanks", "tonnes of wheat"
}

// Pledge is support that a donor considers, promises, commits, delivers or refuses.
type Pledge struct {
	Donor     string        `json:"donor"`     // ISO 3166-1 alpha-2, or an organisation: EU, NATO, UN, …
	Recipient *string       `json:"recipient"` // the same, or null
	Place     *string       `json:"place"`     // where it is to be given; ISO 3166-1 alpha-2
	Types     []SupportType `json:"types"`     // at least one
	Category  Category      `json:"category"`  // of the first type
	Status    Status        `json:"status"`
	Condition *string       `json:"condition"` // the words
	Amount    *Money        `json:"amount"`
	Quantity  *Quantity     `json:"quantity"`
	Date      *EDTF         `json:"date"`
}
