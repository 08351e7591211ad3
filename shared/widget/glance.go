package widget

import "factbox/shared/summary"

// How much of each kind the summary shows. The rest is counted, and linked to the view that has it.
const (
	glanceTolls  = 6
	glanceDates  = 5
	glanceDonors = 6
)

// glance shows the most important of each kind.
type glance struct {
	Tolls  *tollTable
	Dates  *timeline
	Donors *pledgeTable
}

func (f *frame) glance(story summary.Story, rows int) *glance {
	return &glance{
		Tolls:  f.tollTable(story, min(rows, glanceTolls), f.Embed(ShowCasualties)),
		Dates:  f.timeline(story, min(rows, glanceDates), f.Embed(ShowTimeline)),
		Donors: f.pledgeTable(story, min(rows, glanceDonors), f.Embed(ShowPledges)),
	}
}
