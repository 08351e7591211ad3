package api

import (
	"context"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/store"
	"factbox/shared/summary"
)

type pledgeQuery struct {
	Filtered
	Type      string `query:"type" enum:"air_strikes,troops,arms,naval,basing,refuelling,reconnaissance,intelligence,training,peacekeeping,coordination,financial,energy,humanitarian,medical,search_and_rescue,refugees,political,other" doc:"Only support of this type."`
	Category  string `query:"category" enum:"military,financial,humanitarian,political" doc:"Only support of this category."`
	Status    string `query:"status" enum:"considered,pledged,committed,delivered,declined,suspended,cancelled" doc:"Only support that stands at this status."`
	Recipient string `query:"recipient" example:"FR" doc:"Only support for this country or organisation; written as country is."`
	Paging
	Formatted
}

func registerPledges(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/pledges", OperationID: "listPledges", Summary: "Support given or promised",
		Description: "What one country or organisation gives or promises another: the type, how firm it is (considered, pledged, committed, delivered), the condition, amount and quantity where stated, and every report with its evidence.",
		Tags:        []string{"pledges"},
	}, allFormats, s.pledges)
	read(s, huma.Operation{
		Path: "/v1/pledges/by-country", OperationID: "listPledgesByCountry", Summary: "Support, by donor",
		Description: "The same support with one item a donor. An item's status is the strongest of its support.",
		Tags:        []string{"pledges"},
	}, allFormats, s.donors)
}

func (s *surface) pledges(ctx context.Context, in *pledgeQuery) (*answer[List[summary.Support]], error) {
	filter, fits, err := s.pledgeFilter(in)
	if err != nil {
		return nil, err
	}
	return list(ctx, in.Paging, supportForm, fits, func(p store.Page) (store.List[summary.Support], error) {
		return s.deps.Store.Supports(ctx, filter, p)
	})
}

func (s *surface) donors(ctx context.Context, in *pledgeQuery) (*answer[List[summary.Donor]], error) {
	filter, fits, err := s.pledgeFilter(in)
	if err != nil {
		return nil, err
	}
	return list(ctx, in.Paging, donorForm, nil, func(p store.Page) (store.List[summary.Donor], error) {
		l, err := s.deps.Store.Donors(ctx, filter, p)
		if fits != nil {
			l.Items = narrow(l.Items, fits)
		}
		return l, err
	})
}

// narrow leaves donors the support that fits, with the status of what is left, and leaves out donors with none.
func narrow(donors []summary.Donor, fits func(summary.Support) bool) []summary.Donor {
	var left []summary.Donor
	for _, d := range donors {
		support := keep(slices.Clone(d.Support), fits)
		for _, again := range summary.Donors(support) { // one, or none
			again.MoreSupport = d.MoreSupport
			left = append(left, again)
		}
	}
	return left
}

// pledgeFilter gives the store's filter and, for what the store does not filter by, a test of support; nil: everything fits.
func (s *surface) pledgeFilter(in *pledgeQuery) (store.Filter, func(summary.Support) bool, error) {
	filter, err := s.filter(&in.Filtered)
	if err != nil {
		return filter, nil, err
	}
	recipient, err := country("query.recipient", in.Recipient)
	if err != nil {
		return filter, nil, err
	}
	if in.Type == "" && in.Category == "" && in.Status == "" && recipient == "" {
		return filter, nil, nil
	}
	return filter, func(p summary.Support) bool {
		return (in.Type == "" || string(p.Type) == in.Type) &&
			(in.Category == "" || string(p.Category) == in.Category) &&
			(in.Status == "" || string(p.Status) == in.Status) &&
			(recipient == "" || cell(p.Recipient) == recipient)
	}, nil
}

var supportForm = &form[summary.Support]{
	header: slices.Concat([]string{"story", "donor", "donor_name", "type", "category", "status", "recipient", "place", "condition",
		"amount", "currency", "quantity", "unit", "report_status", "report_date"}, reportHeader),
	rows: func(p summary.Support, from sources) [][]string {
		group := []string{p.Story, p.Donor, place.Name(p.Donor), string(p.Type), string(p.Category), string(p.Status),
			cell(p.Recipient), cell(p.Place), cell(p.Condition)}
		return groupRows(append(group, amounts(p.Amount, p.Quantity)...), p.Reports, pledgeCells, from)
	},
	lines: func(p summary.Support, from sources) []string {
		return []string{place.Name(p.Donor) + ": " + supportLine(p, from)}
	},
	cited: func(p summary.Support) []string { return documentsOf(p.Reports) },
	none:  "No pledges stated.",
}

var donorForm = &form[summary.Donor]{
	header: slices.Concat([]string{"donor_status"}, supportForm.header),
	rows: func(d summary.Donor, from sources) [][]string {
		var rows [][]string
		for _, p := range d.Support {
			for _, row := range supportForm.rows(p, from) {
				rows = append(rows, append([]string{string(d.Status)}, row...))
			}
		}
		return rows
	},
	lines: func(d summary.Donor, from sources) []string {
		lines := []string{d.Name + ":"}
		for _, p := range d.Support {
			lines = append(lines, "- "+supportLine(p, from))
		}
		return lines
	},
	cited: func(d summary.Donor) []string {
		var ids []string
		for _, p := range d.Support {
			ids = append(ids, documentsOf(p.Reports)...)
		}
		return ids
	},
	none: "No pledges stated.",
}

func pledgeCells(f fact.Fact) []string {
	if f.Pledge == nil {
		return []string{"", ""}
	}
	return []string{string(f.Pledge.Status), cell(f.Pledge.Date)}
}

func amounts(amount *fact.Money, quantity *fact.Quantity) []string {
	cells := make([]string, 4)
	if amount != nil {
		cells[0], cells[1] = decimal(amount.Value), amount.Currency
	}
	if quantity != nil {
		cells[2], cells[3] = decimal(quantity.Value), quantity.Unit
	}
	return cells
}

// supportLine says "air strikes, considered; for France; in Syria; condition: … [Daily, …]."
func supportLine(p summary.Support, from sources) string {
	return terms(fact.Pledge{
		Types: []fact.SupportType{p.Type}, Status: p.Status, Recipient: p.Recipient, Place: p.Place, Condition: p.Condition,
		Amount: p.Amount, Quantity: p.Quantity,
	}) + before(p.History) + from.citeReports(p.Reports) + "."
}

// before says "; before that pledged (2015-11-25)": the statuses that support had, the newest first.
func before(history []summary.Step) string {
	var steps []string
	for i := len(history) - 2; i >= 0; i-- {
		steps = append(steps, plain(history[i].Status)+" ("+string(history[i].Published)+")")
	}
	if len(steps) == 0 {
		return ""
	}
	return "; before that " + strings.Join(steps, ", ")
}

// terms says what is given, how firmly, how much of it, for whom, where and on what condition.
func terms(p fact.Pledge) string {
	types := make([]string, len(p.Types))
	for i, t := range p.Types {
		types[i] = plain(t)
	}
	parts := []string{strings.Join(types, ", ") + ", " + plain(p.Status)}
	if p.Amount != nil {
		parts = append(parts, thousands(p.Amount.Value)+" "+p.Amount.Currency)
	}
	if p.Quantity != nil {
		parts = append(parts, strings.TrimSpace(thousands(p.Quantity.Value)+" "+p.Quantity.Unit))
	}
	if p.Recipient != nil {
		parts = append(parts, "for "+place.Name(*p.Recipient))
	}
	if p.Place != nil {
		parts = append(parts, "in "+place.Name(*p.Place))
	}
	if p.Condition != nil {
		parts = append(parts, "condition: "+*p.Condition)
	}
	return strings.Join(parts, "; ")
}

// thousands writes a number with commas between its thousands.
func thousands(v float64) string {
	whole, fraction, _ := strings.Cut(decimal(v), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole
}
