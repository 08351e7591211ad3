package summary

import (
	"cmp"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// Supports groups the pledges of each story by donor, type and recipient. A pledge of two types is in two groups. Where a
// donor's support of one type has exactly one recipient, reports that name none are taken to mean it. The status is that
// of the newest publication; of several on that day, the strongest on the ladder. A report that its speaker denies or disputes
// is shown beside others and gives no status; where there is no other it makes no support.
func Supports(reports []Report) []Support {
	type typed struct {
		Report
		kind fact.SupportType
	}
	var all []typed
	for _, r := range of(reports, fact.KindPledge) {
		for i, t := range r.Fact.Pledge.Types {
			if !slices.Contains(r.Fact.Pledge.Types[:i], t) {
				all = append(all, typed{r, t})
			}
		}
	}
	var found []Support
	for _, set := range group(all, func(t typed) string { return t.Fact.Story + "\x00" + t.Fact.Pledge.Donor + "\x00" + string(t.kind) }) {
		recipients := make(map[string][]Report)
		for _, t := range set {
			r := text(t.Fact.Pledge.Recipient)
			recipients[r] = append(recipients[r], t.Report)
		}
		if unnamed := recipients[""]; unnamed != nil && len(recipients) == 2 {
			delete(recipients, "")
			for r := range recipients {
				recipients[r] = append(recipients[r], unnamed...)
			}
		}
		for recipient, rs := range recipients {
			if s, stands := support(set[0].kind, recipient, rs); stands {
				found = append(found, s)
			}
		}
	}
	slices.SortFunc(found, func(a, b Support) int {
		return cmp.Or(cmp.Compare(a.Story, b.Story), cmp.Compare(a.Donor, b.Donor), byType(a, b))
	})
	return found
}

// byType orders support as it is shown under its donor: by type, then recipient, the unnamed one last.
func byType(a, b Support) int {
	return cmp.Or(
		cmp.Compare(typeOrder(a.Type), typeOrder(b.Type)),
		cmp.Compare(cmp.Or(text(a.Recipient), "~"), cmp.Or(text(b.Recipient), "~")),
		cmp.Compare(a.Type, b.Type),
		cmp.Compare(a.Story, b.Story),
	)
}

func typeOrder(t fact.SupportType) int {
	for i, s := range fact.SupportTypes {
		if s.Type == t {
			return i
		}
	}
	return len(fact.SupportTypes)
}

// support makes a group; stands is false where every report of it is denied.
func support(t fact.SupportType, recipient string, reports []Report) (s Support, stands bool) {
	slices.SortFunc(reports, byReport)
	s = Support{Story: reports[0].Fact.Story, Donor: reports[0].Fact.Pledge.Donor, Type: t, Category: t.Category()}
	if recipient != "" {
		s.Recipient = &recipient
	}
	if s.Status, stands = newestStatus(reports); !stands {
		return s, false
	}
	s.Place = newestWith(reports, func(f fact.Fact) *string { return f.Pledge.Place })
	s.Condition = newestWith(reports, func(f fact.Fact) *string { return f.Pledge.Condition })
	s.Amount = newestWith(reports, func(f fact.Fact) *fact.Money { return f.Pledge.Amount })
	s.Quantity = newestWith(reports, func(f fact.Fact) *fact.Quantity { return f.Pledge.Quantity })
	s.Reports, s.MoreReports, s.Publishers = shown(reports)
	return s, true
}

func newestStatus(reports []Report) (status fact.Status, stands bool) {
	reports = slices.DeleteFunc(slices.Clone(reports), func(r Report) bool { return denied(r.Fact) })
	if len(reports) == 0 {
		return "", false
	}
	newest := publishedDay(reports[0].Source)
	var statuses []fact.Status
	for _, r := range reports {
		if publishedDay(r.Source) == newest {
			statuses = append(statuses, r.Fact.Pledge.Status)
		}
	}
	return strongest(statuses), true
}

// strongest gives the status highest on the ladder; of those off the ladder, the one listed first in fact.Statuses.
func strongest(statuses []fact.Status) fact.Status {
	return slices.MinFunc(statuses, func(a, b fact.Status) int {
		return cmp.Or(cmp.Compare(b.Rank(), a.Rank()), cmp.Compare(slices.Index(fact.Statuses, a), slices.Index(fact.Statuses, b)))
	})
}

// Donors makes one row a donor, in the order of their names. The status is the strongest of its support: one off the
// ladder (declined, suspended, cancelled) only if nothing is on it.
func Donors(supports []Support) []Donor {
	found := []Donor{}
	for _, set := range group(supports, func(s Support) string { return s.Donor }) {
		slices.SortFunc(set, byType)
		var statuses []fact.Status
		for _, s := range set {
			statuses = append(statuses, s.Status)
		}
		found = append(found, Donor{Country: set[0].Donor, Name: place.Name(set[0].Donor), Status: strongest(statuses), Support: set})
	}
	sortDonors(found)
	return found
}

func sortDonors(donors []Donor) {
	slices.SortFunc(donors, func(a, b Donor) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Country, b.Country)) })
}
