package summary

import (
	"slices"
	"testing"

	"factbox/shared/fact"
)

func TestDateText(t *testing.T) {
	for in, want := range map[fact.EDTF]string{
		"2015-11-13":            "13 November 2015",
		"2015-10":               "October 2015",
		"2011":                  "2011",
		"2015-11-23/2015-11-29": "23 to 29 November 2015",
		"2015-11-30/2015-12-06": "30 November to 6 December 2015",
		"2015-12-28/2016-01-03": "28 December 2015 to 3 January 2016",
		"../2015-11-02":         "until 2 November 2015",
		"2015-11-02/..":         "from 2 November 2015",
		"2015-10/2015-11":       "October 2015 to November 2015",
	} {
		if got := DateText(in); got != want {
			t.Errorf("%s: %q, want %q", in, got, want)
		}
	}
}

func TestBulletsReadLikeAFactbox(t *testing.T) {
	conditional := pledge("Post-27", "XN", "FR", fact.Pledged, fact.Arms)
	conditional.Fact.Pledge.Condition = ptr("if parliament agrees")
	reports := []Report{
		dead("Herald-26", "Paris attacks", "FR", "2015-11-13", "130"), dead("Post-27", "attacks in Paris", "FR", "2015-11-13", "129"),
		dead("Post-27", "storm", "", "", "dozens"),
		pledge("Post-27", "XN", "FR", fact.Pledged, fact.Refuelling, fact.SearchAndRescue), pledge("Post-27", "XN", "FR", fact.Committed, fact.Naval), conditional,
		dated("Herald-26", "2015-11-24", "warplane shot down"),
	}
	s := NewStory("tale", "A tale", nil, reports)
	want := []string{
		"Killed: 129 (reports from 129 to 130), attacks in Paris (" + name("FR") + ", 13 November 2015) — Post, Herald",
		"Killed: dozens, storm — Post",
		"XN: refuelling, search and rescue (pledged); arms (pledged, on a condition); naval (committed) — Post",
		"24 November 2015: warplane shot down — Herald",
	}
	if !slices.Equal(s.Bullets, want) {
		t.Errorf("got %q\nwant %q", s.Bullets, want)
	}
}

func TestLinesOfTolls(t *testing.T) {
	told := func(src, event, count string, more ...says) Report {
		return dead(src, event, "PE", "2015-11-13", count, more...)
	}
	for _, c := range []struct {
		name    string
		reports []Report
		want    string
	}{
		{"numbers in figures", []Report{told("Post-14", "landslide", ">7")}, "Killed: at least 7, landslide (Peru, 13 November 2015) — Post"},
		{"two bounds", []Report{told("Post-14", "landslide", "7000-9000"), told("Echo-15", "landslide", "~8000")}, "Killed: about 8,000; 7,000 to 9,000, landslide (Peru, 13 November 2015) — Echo, Post"},
		{"words", []Report{told("Post-14", "landslide", "scores")}, "Killed: scores, landslide (Peru, 13 November 2015) — Post"},
		{"only an increment", []Report{told("Post-14", "landslide", "3", scope(fact.ScopeIncrement))}, "Killed: 3 more, landslide (Peru, 13 November 2015) — Post"},
		{"disputed", []Report{told("Post-14", "landslide", "40"), told("Echo-15", "landslide", "90", stance(fact.Disputes))}, "Killed: 40, landslide (Peru, 13 November 2015); 90 disputed by the ministry — Echo, Post"},
		{"denied", []Report{told("Post-14", "landslide", "40"), told("Echo-15", "landslide", "40", stance(fact.Denies))}, "Killed: 40, landslide (Peru, 13 November 2015); denied by the ministry — Echo, Post"},
		{"corrected", []Report{told("Post-14", "landslide", "40", func(f *fact.Fact) { f.Review = fact.Corrected })}, "Killed: 40, landslide (Peru, 13 November 2015); corrected — Post"},
		{"a whole headline", []Report{told("Post-14", "Landslide buries a mountain village and cuts the only road to the coast", "40")}, "Killed: 40 (Peru, 13 November 2015) — Post"},
	} {
		if got := NewStory("tale", "A tale", nil, c.reports).Bullets[0]; got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestLinesOfDates(t *testing.T) {
	history := dated("Post-26", "2011", "the dam was built")
	history.Fact.Date.Role = fact.RoleBackground
	reports := []Report{
		dated("Post-26", "2015-11-24", "engineers open the sluices"), dated("Post-26", "2015-11-23", "engineer opened sluices"),
		dated("Post-26", "2015-11-22", "it was finished"), dated("Post-26", "2015-11-21", "villagers leave the valley"), history,
	}
	want := []string{"24 November 2015: engineers open the sluices — Post", "21 November 2015: villagers leave the valley — Post"}
	if got := NewStory("tale", "A tale", nil, reports).Bullets; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q: once each, neither fragments nor history", got, want)
	}
	want = []string{"2011: the dam was built — Post", "22 November 2015: it was finished — Post"}
	if got := NewStory("tale", "A tale", nil, []Report{reports[2], history}).Bullets; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q where there is nothing else", got, want)
	}
}
