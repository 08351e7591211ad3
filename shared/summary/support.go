package summary

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// Supports groups the pledges of each story by donor, type and recipient. A pledge of two types is in two groups. Where a
// donor's support of one type has exactly one recipient, reports that name none are taken to mean it. The status is the
// strongest stated, until a newer report takes it off the ladder (declined, suspended, cancelled); History says how it came
// there. A report that its speaker denies or disputes is shown beside others and gives no status; where there is no other it
// makes no support.
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
	steps := history(reports)
	if len(steps) == 0 {
		return s, false
	}
	s.Status = steps[len(steps)-1].Status
	s.History = steps[max(0, len(steps)-MaxReports):]
	s.Place = newestWith(reports, func(f fact.Fact) *string { return f.Pledge.Place })
	if s.Status != fact.Delivered { // what is given depends on nothing any more
		s.Condition = newestWith(reports, func(f fact.Fact) *string { return f.Pledge.Condition })
	}
	s.Amount = newestWith(reports, func(f fact.Fact) *fact.Money { return f.Pledge.Amount })
	s.Quantity = newestWith(reports, func(f fact.Fact) *fact.Quantity { return f.Pledge.Quantity })
	s.Reports, s.MoreReports, s.Publishers = shown(reports)
	return s, true
}

// history gives each change of status, the oldest first. An origin says what it says on the day of its first copy, so that a
// reprint changes nothing; of a day the strongest status counts. A weaker status is no step back: papers call a commitment
// a pledge. Only what is off the ladder takes support back, and what is newer than that puts it on the ladder again.
func history(reports []Report) []Step {
	first := make(map[string]Report)
	for _, r := range reports {
		if denied(r.Fact) {
			continue
		}
		key := strings.ToLower(origin(r.Source)) + "\x00" + string(r.Fact.Pledge.Status)
		if known, ok := first[key]; !ok || olderReport(r, known) < 0 {
			first[key] = r
		}
	}
	steps := []Step{}
	for _, day := range group(slices.SortedFunc(maps.Values(first), olderReport), func(r Report) string { return publishedDay(r.Source) }) {
		var statuses []fact.Status
		for _, r := range day {
			statuses = append(statuses, r.Fact.Pledge.Status)
		}
		status := strongest(statuses)
		if n := len(steps); n > 0 {
			last := steps[n-1].Status
			if status == last || status.Rank() > 0 && last.Rank() > status.Rank() {
				continue
			}
		}
		r := day[slices.Index(statuses, status)]
		steps = append(steps, Step{status, r.Source.Published, r.Fact.ID})
	}
	return steps
}

// olderReport orders reports as they were published, then by id.
func olderReport(a, b Report) int {
	return cmp.Or(cmp.Compare(publishedDay(a.Source), publishedDay(b.Source)), cmp.Compare(a.Fact.ID, b.Fact.ID))
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
