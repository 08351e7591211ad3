package widget

import (
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// pledgeTable shows support, by donor.
type pledgeTable struct {
	Matrix *matrix
	Legend []status // those that are shown, weakest first
	Donors []donor
	More   *more
}

// donor shows all the support of one country or organisation.
type donor struct {
	Name string
	Rows []support
	More *more
}

// support shows one type of support to one recipient.
type support struct {
	Type      string
	Status    status
	Recipient string
	For       string // the recipient in a line of words
	Place     string // where it is to be given, if that is not the recipient
	Condition *phrase
	Amount    string
	Quantity  string // the number
	Unit      string // in the document's words
	Before    []string
	Cited     cited       // those that state the status
	Others    []statement // of other statuses
	More      *more
}

// Much reports whether it is stated how much it is.
func (s support) Much() bool { return s.Amount != "" || s.Quantity != "" }

// Glance are the sources that a short list names: those that state the status, or where none of these is shown, the others.
func (s support) Glance() cited {
	if len(s.Cited.List) > 0 || len(s.Others) == 0 {
		return s.Cited
	}
	return s.Others[0].Cited
}

// status is how firm support is, with its shape and its label.
type status struct {
	Shape fact.Status // empty for a status without one
	Label string
	Means string
}

// matrix shows who gives what: a row a donor, a column a type.
type matrix struct {
	Types []string
	Rows  []matrixRow
}

type matrixRow struct {
	Name  string
	Cells [][]status
}

func (w *writer) status(s fact.Status) status {
	if !slices.Contains(fact.Statuses, s) {
		return status{Label: term(w, "status.", s, fact.Statuses)}
	}
	return status{s, w.L.Text("status." + string(s)), w.L.Text("status." + string(s) + ".explained")}
}

func (w *writer) supportType(t fact.SupportType) string { return term(w, "type.", t, supportTypes) }

var supportTypes = func() []fact.SupportType {
	var types []fact.SupportType
	for _, t := range fact.SupportTypes {
		types = append(types, t.Type)
	}
	return types
}()

func (w *writer) pledgeTable(story summary.Story, rows int, elsewhere string) *pledgeTable {
	kept, _ := heaviest(story.Pledges, rows, reportsOf)
	t := &pledgeTable{Matrix: w.matrix(kept), Legend: w.legend(kept)}
	hidden := story.Omitted[fact.KindPledge] // which counts what donors leave out, too
	for _, d := range story.Pledges {
		hidden += len(d.Support)
	}
	for _, d := range kept {
		hidden -= len(d.Support) + d.MoreSupport
		t.Donors = append(t.Donors, w.donor(d, rows, elsewhere))
	}
	t.More = w.more(hidden, elsewhere)
	return t
}

func reportsOf(d summary.Donor) int {
	n := 0
	for _, s := range d.Support {
		n += len(s.Reports) + s.MoreReports
	}
	return n
}

func (w *writer) donor(d summary.Donor, rows int, elsewhere string) donor {
	shown := donor{Name: w.place(&d.Country)}
	kept := d.Support[:min(len(d.Support), rows)]
	for _, s := range kept {
		shown.Rows = append(shown.Rows, w.support(s))
	}
	shown.More = w.more(len(d.Support)-len(kept)+d.MoreSupport, elsewhere)
	return shown
}

func (w *writer) support(s summary.Support) support {
	shown := support{
		Type: w.supportType(s.Type), Status: w.status(s.Status), Recipient: w.place(s.Recipient),
	}
	if shown.Recipient != "" {
		shown.For = w.L.Text("support.for", "x", shown.Recipient)
	}
	if p := w.place(s.Place); p != "" && p != shown.Recipient {
		shown.Place = w.L.Text("support.in", "x", p)
	}
	if s.Condition != nil {
		condition := w.phrase("support.condition", "x", *s.Condition, maxClause)
		shown.Condition = &condition
	}
	if s.Amount != nil {
		shown.Amount = clean(w.L.Money(*s.Amount), maxName)
	}
	if s.Quantity != nil {
		shown.Quantity, shown.Unit = w.L.Decimal(s.Quantity.Value), clean(s.Quantity.Unit, maxName)
	}
	for _, h := range s.History[:max(0, len(s.History)-1)] {
		shown.Before = append(shown.Before, w.L.Text("status.before", "status", w.status(h.Status).Label, "date", w.when(h.Published).Text))
	}
	list := w.list("pledges")
	var same, others []fact.Fact
	for _, f := range s.Reports {
		if f.Pledge.Status == s.Status {
			same = append(same, f)
		} else {
			others = append(others, f)
		}
	}
	shown.Cited = w.cites(same, 0, list)
	shown.Others, shown.More = w.statements(others, s.MoreReports, list, func(f fact.Fact, st *statement) {
		status := w.status(f.Pledge.Status)
		st.Status = &status
	})
	return shown
}

// matrix puts donors against the types of support, in the order in which they are shown everywhere.
func (w *writer) matrix(donors []summary.Donor) *matrix {
	given := make(map[fact.SupportType]bool)
	for _, d := range donors {
		for _, s := range d.Support {
			given[s.Type] = true
		}
	}
	m := &matrix{}
	var types []fact.SupportType
	for _, t := range supportTypes {
		if given[t] {
			types = append(types, t)
			m.Types = append(m.Types, w.supportType(t))
		}
	}
	for _, d := range donors {
		row := matrixRow{Name: w.place(&d.Country)}
		for _, t := range types {
			var cell []status
			for _, s := range d.Support {
				if one := w.status(s.Status); s.Type == t && !slices.Contains(cell, one) {
					cell = append(cell, one)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		m.Rows = append(m.Rows, row)
	}
	if len(m.Rows) == 0 || len(m.Types) == 0 {
		return nil
	}
	return m
}

func (w *writer) legend(donors []summary.Donor) []status {
	var used []status
	for _, s := range fact.Statuses {
		if slices.ContainsFunc(donors, func(d summary.Donor) bool {
			return slices.ContainsFunc(d.Support, func(one summary.Support) bool { return one.Status == s })
		}) {
			used = append(used, w.status(s))
		}
	}
	return used
}
