package summary

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"factbox/shared/fact"
)

func ptr[T any](v T) *T { return &v }

// source makes a document "paper-day" of November 2015, with its origin behind a colon: "post-26:Agency".
func source(s string) fact.Source {
	name, origin, _ := strings.Cut(s, ":")
	paper, day, _ := strings.Cut(name, "-")
	src := fact.Source{Document: name, Publisher: paper, Origin: paper, Published: fact.Unknown}
	if day != "" {
		src.Published = fact.EDTF("2015-11-" + day)
	}
	if origin != "" {
		src.Origin = origin
	}
	return src
}

var serial int

func report(src string, f fact.Fact) Report {
	serial++
	s := source(src)
	f.ID, f.Document, f.Story = fmt.Sprintf("f%04d", serial), s.Document, "tale"
	f.Evidence.Start = serial
	return Report{f, s}
}

func optional[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}

type says func(*fact.Fact)

func dead(src, event, place, date, count string, more ...says) Report {
	c := &fact.Casualty{Effect: fact.Killed, Event: event, Place: optional(place), Date: optional(fact.EDTF(date))}
	var n, m int64
	switch {
	case strings.HasPrefix(count, ">"):
		fmt.Sscanf(count, ">%d", &n)
		c.Count = fact.NewCount(fact.AtLeast, n, count)
	case strings.HasPrefix(count, "~"):
		fmt.Sscanf(count, "~%d", &n)
		c.Count = fact.NewCount(fact.About, n, count)
	case strings.Contains(count, "-"):
		fmt.Sscanf(count, "%d-%d", &n, &m)
		c.Count = fact.Count{Min: &n, Max: &m, Modifier: fact.Range, Text: count}
	default:
		if _, err := fmt.Sscanf(count, "%d", &n); err != nil {
			c.Count = fact.Count{Modifier: fact.Vague, Text: count}
		} else {
			c.Count = fact.NewCount(fact.Exact, n, count)
		}
	}
	f := fact.Fact{Common: fact.Common{Kind: fact.KindCasualty}, Casualty: c}
	for _, m := range more {
		m(&f)
	}
	return report(src, f)
}

func stance(s fact.Stance) says {
	return func(f *fact.Fact) { f.Attribution = &fact.Attribution{Speaker: "the ministry", Stance: s} }
}

func scope(s fact.Scope) says { return func(f *fact.Fact) { f.Casualty.Scope = &s } }

func dated(src, date, event string, participants ...string) Report {
	d := &fact.Date{Date: optional(fact.EDTF(date)), Expression: "that day", Event: event, Participants: participants, Role: fact.RoleEvent}
	return report(src, fact.Fact{Common: fact.Common{Kind: fact.KindDate}, Date: d})
}

func pledge(src, donor, recipient string, status fact.Status, types ...fact.SupportType) Report {
	p := &fact.Pledge{Donor: donor, Recipient: optional(recipient), Types: types, Category: types[0].Category(), Status: status}
	return report(src, fact.Fact{Common: fact.Common{Kind: fact.KindPledge}, Pledge: p})
}

// tollText says "low/best/high event place date (reports)".
func tollText(t Toll) string {
	n := func(p *int64) string {
		if p == nil {
			return "-"
		}
		return fmt.Sprint(*p)
	}
	var date string
	if t.Date != nil {
		date = string(*t.Date)
	}
	return fmt.Sprintf("%s/%s/%s %s|%s|%s (%d)", n(t.Low), n(t.Best), n(t.High), t.Event, text(t.Place), date, len(t.Reports))
}

func TestTolls(t *testing.T) {
	for _, c := range []struct {
		name    string
		reports []Report
		want    []string
	}{
		{"two papers", []Report{dead("a-26", "harbour blast", "FR", "2015-11-13", "130"), dead("b-27", "blasts at the harbour", "FR", "2015-11-13", "130")},
			[]string{"130/130/130 blasts at the harbour|FR|2015-11-13 (2)"}},
		{"least and greatest", []Report{dead("a-26", "blast", "FR", "2015-11-13", "120-140"), dead("b-27", "blast", "FR", "2015-11-13", "130"), dead("c-25", "blast", "FR", "2015-11-13", ">100")},
			[]string{"100/130/140 blast|FR|2015-11-13 (3)"}},
		{"newest exact total", []Report{dead("a-26", "blast", "FR", "2015-11-13", "129"), dead("b-27", "blast", "FR", "2015-11-13", "130"), dead("c-28", "blast", "FR", "2015-11-13", "~150")},
			[]string{"129/130/150 blast|FR|2015-11-13 (3)"}},
		{"a reprint does not make it newer", []Report{dead("a-25:Agency", "blast", "FR", "2015-11-13", "120"), dead("b-26", "blast", "FR", "2015-11-13", "130"), dead("c-28:Agency", "blast", "FR", "2015-11-13", "120")},
			[]string{"120/130/130 blast|FR|2015-11-13 (3)"}},
		{"an origin may correct itself", []Report{dead("a-25:Agency", "blast", "FR", "2015-11-13", "130"), dead("b-28:Agency", "blast", "FR", "2015-11-13", "120")},
			[]string{"120/120/130 blast|FR|2015-11-13 (2)"}},
		{"a tie goes to more origins", []Report{dead("a-26", "blast", "FR", "2015-11-13", "120"), dead("b-26", "blast", "FR", "2015-11-13", "120"), dead("c-26", "blast", "FR", "2015-11-13", "130")},
			[]string{"120/120/130 blast|FR|2015-11-13 (3)"}},
		{"vague stays vague", []Report{dead("a-26", "blast", "FR", "2015-11-13", "dozens")}, []string{"-/-/- blast|FR|2015-11-13 (1)"}},
		{"a denied figure counts for nothing", []Report{dead("a-26", "blast", "FR", "2015-11-13", "120"), dead("b-28", "blast", "FR", "2015-11-13", "500", stance(fact.Denies))},
			[]string{"120/120/120 blast|FR|2015-11-13 (2)"}},
		{"parts are not the whole", []Report{dead("a-26", "blast", "FR", "2015-11-13", "120"), dead("b-28", "blast", "FR", "2015-11-13", "5", scope(fact.ScopePart)), dead("c-28", "blast", "FR", "2015-11-13", "7", scope(fact.ScopeIncrement))},
			[]string{"120/120/120 blast|FR|2015-11-13 (3)"}},
		{"parts where nothing else is stated", []Report{dead("a-26", "blast", "FR", "2015-11-13", "5", scope(fact.ScopePart))}, []string{"5/-/5 blast|FR|2015-11-13 (1)"}},
		{"other places are other events", []Report{dead("a-26", "blast", "FR", "2015-11-13", "130"), dead("a-26", "blast", "LB", "2015-11-12", "43")},
			[]string{"130/130/130 blast|FR|2015-11-13 (1)", "43/43/43 blast|LB|2015-11-12 (1)"}},
		{"unlike events of one day and place", []Report{dead("a-26", "market bombing", "IQ", "2015-11-13", "12"), dead("a-26", "shelling of a village", "IQ", "2015-11-13", "5")},
			[]string{"12/12/12 market bombing|IQ|2015-11-13 (1)", "5/5/5 shelling of a village|IQ|2015-11-13 (1)"}},
		{"the same figure of one day and place", []Report{dead("a-26", "market bombing", "IQ", "2015-11-13", "12"), dead("b-26", "carnage", "IQ", "2015-11-13", "12")},
			[]string{"12/12/12 market bombing|IQ|2015-11-13 (2)"}},
		{"without date or place it joins the one event that fits", []Report{dead("a-26", "Paris attacks", "FR", "2015-11-13", "130"), dead("b-27", "Paris attacks", "FR", "", "130"), dead("c-27", "attacks in Paris", "", "", "129"), dead("d-27", "attacks", "FR", "2015-11", "130")},
			[]string{"129/130/130 attacks in Paris|FR|2015-11-13 (4)"}},
		{"what fits two events stands alone", []Report{dead("a-26", "blast", "FR", "2015-11-13", "130"), dead("a-26", "blast", "LB", "2015-11-12", "43"), dead("b-27", "blast", "", "", "90")},
			[]string{"130/130/130 blast|FR|2015-11-13 (1)", "43/43/43 blast|LB|2015-11-12 (1)", "90/90/90 blast|| (1)"}},
		{"without a date it is news, not history", []Report{dead("a-26", "floods", "PL", "1997", "55"), dead("a-26", "floods", "PL", "2015-11-25", "60"), dead("b-27", "floods", "PL", "", "70")},
			[]string{"60/70/70 floods|PL|2015-11-25 (2)", "55/55/55 floods|PL|1997 (1)"}},
		{"an unpublished day is the oldest", []Report{dead("a", "blast", "FR", "2015-11-13", "130"), dead("b-20", "blast", "FR", "2015-11-13", "120")},
			[]string{"120/120/130 blast|FR|2015-11-13 (2)"}},
	} {
		var got []string
		for _, toll := range Tolls(c.reports) {
			got = append(got, tollText(toll))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestTollSaysWhy(t *testing.T) {
	denial := dead("c-28", "blast", "FR", "2015-11-13", "500", stance(fact.Denies))
	two := Tolls([]Report{dead("a-26:Agency", "blast", "FR", "2015-11-13", "130"), dead("b-27:Agency", "blast", "FR", "2015-11-13", "130"), dead("c-27", "blast", "FR", "2015-11-13", "130"), denial})[0]
	if two.BestBecause != "newest exact total, 2 origins" {
		t.Errorf("an agency's copies are one origin: %q", two.BestBecause)
	}
	if want := []Dispute{{"the ministry", fact.Denies, denial.Fact.ID, "500"}}; !slices.Equal(two.Disputes, want) {
		t.Errorf("disputes %v, want %v", two.Disputes, want)
	}
	vague := Tolls([]Report{dead("a-26", "blast", "FR", "", "dozens"), dead("b-27", "blast", "FR", "", "scores")})[0]
	if vague.BestBecause != "no exact total stated" || !slices.Equal(vague.Words, []string{"scores", "dozens"}) {
		t.Errorf("vague: %q %q", vague.BestBecause, vague.Words)
	}
	var many []Report
	for range MaxReports + 5 {
		many = append(many, dead("a-26", "blast", "FR", "2015-11-13", "130"))
	}
	if m := Tolls(many)[0]; len(m.Reports) != MaxReports || m.MoreReports != 5 {
		t.Errorf("%d reports and %d more, want %d and 5", len(m.Reports), m.MoreReports, MaxReports)
	}
}

func TestOccurrences(t *testing.T) {
	background := dated("a-26", "2011", "war in the north")
	background.Fact.Date.Role = fact.RoleBackground
	dateline := dated("a-26", "2015-11-26", "publication")
	dateline.Fact.Date.Role = fact.RoleDateline
	for _, c := range []struct {
		name    string
		reports []Report
		want    []string
	}{
		{"two words", []Report{dated("a-26", "2015-11-24", "Turkey shoots down a warplane", "TR", "RU"), dated("b-27", "2015-11-24", "downing of the Russian warplane by Turkey", "RU")},
			[]string{"2015-11-24 downing of the Russian warplane by Turkey [RU TR] (2)"}},
		{"half of the shorter", []Report{dated("a-26", "2015-11-24", "jet downed"), dated("b-27", "2015-11-24", "downing of a fighter over the border")},
			[]string{"2015-11-24 downing of a fighter over the border [] (2)"}},
		{"same participants and a word", []Report{dated("a-26", "2015-11-24", "leaders meet near coast", "FR", "US"), dated("b-27", "2015-11-24", "talks between leaders on strategy", "US", "FR")},
			[]string{"2015-11-24 talks between leaders on strategy [US FR] (2)"}},
		{"two words of one sense", []Report{dated("a-26", "2015-11-24", "ballot in Reykjavik", "IS"), dated("b-27", "2015-11-24", "island voted on joining", "IS")},
			[]string{"2015-11-24 island voted on joining [IS] (2)"}},
		{"two senses", []Report{dated("a-26", "2015-11-24", "ballot in Reykjavik", "IS"), dated("b-27", "2015-11-24", "volcano erupted", "IS")},
			[]string{"2015-11-24 ballot in Reykjavik [IS] (1)", "2015-11-24 volcano erupted [IS] (1)"}},
		{"unlike", []Report{dated("a-26", "2015-11-24", "leaders meet", "FR"), dated("a-26", "2015-11-24", "warplane crashes", "RU")},
			[]string{"2015-11-24 leaders meet [FR] (1)", "2015-11-24 warplane crashes [RU] (1)"}},
		{"another date", []Report{dated("a-26", "2015-11-24", "leaders meet", "FR"), dated("a-26", "2015-11-25", "leaders meet", "FR")},
			[]string{"2015-11-25 leaders meet [FR] (1)", "2015-11-24 leaders meet [FR] (1)"}},
		{"no date, dateline, background", []Report{dated("a-26", "", "leaders meet"), dateline, background},
			[]string{"2011 war in the north [] (1)"}},
	} {
		var got []string
		for _, o := range Occurrences(c.reports) {
			got = append(got, fmt.Sprintf("%s %s %v (%d)", o.Date, o.Event, o.Participants, len(o.Reports)))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSupports(t *testing.T) {
	denial := pledge("b-27", "DE", "FR", fact.Committed, fact.Naval)
	denial.Fact.Attribution = &fact.Attribution{Speaker: "the minister", Stance: fact.Denies}
	conditional := pledge("a-25", "GB", "FR", fact.Considered, fact.AirStrikes)
	conditional.Fact.Pledge.Condition = ptr("if parliament agrees")
	for _, c := range []struct {
		name    string
		reports []Report
		want    []string
	}{
		{"two types", []Report{pledge("a-26", "DE", "FR", fact.Pledged, fact.Refuelling, fact.Reconnaissance)},
			[]string{"DE refuelling FR pledged (1)", "DE reconnaissance FR pledged (1)"}},
		{"a weaker word is no step back", []Report{pledge("a-26", "DE", "FR", fact.Committed, fact.Naval), pledge("b-27", "DE", "FR", fact.Pledged, fact.Naval)},
			[]string{"DE naval FR committed (2)"}},
		{"what is given has no condition", []Report{conditional, pledge("b-26", "GB", "FR", fact.Delivered, fact.AirStrikes)},
			[]string{"GB air_strikes FR delivered (2)"}},
		{"strongest of a day", []Report{pledge("a-26", "DE", "FR", fact.Declined, fact.Naval), pledge("b-26", "DE", "FR", fact.Committed, fact.Naval), pledge("c-26", "DE", "FR", fact.Considered, fact.Naval)},
			[]string{"DE naval FR committed (3)"}},
		{"the only recipient", []Report{pledge("a-26", "DE", "", fact.Pledged, fact.Naval), pledge("b-26", "DE", "FR", fact.Pledged, fact.Naval)},
			[]string{"DE naval FR pledged (2)"}},
		{"two recipients", []Report{pledge("a-26", "DE", "", fact.Pledged, fact.Naval), pledge("b-26", "DE", "FR", fact.Pledged, fact.Naval), pledge("b-26", "DE", "ML", fact.Pledged, fact.Naval)},
			[]string{"DE naval FR pledged (1)", "DE naval ML pledged (1)", "DE naval  pledged (1)"}},
		{"a denial beside a report", []Report{pledge("a-26", "DE", "FR", fact.Considered, fact.Naval), denial},
			[]string{"DE naval FR considered (2)"}},
		{"a denial alone", []Report{denial}, nil},
		{"condition of an older report", []Report{conditional, pledge("b-26", "GB", "FR", fact.Pledged, fact.AirStrikes)},
			[]string{"GB air_strikes FR pledged (2) if parliament agrees"}},
	} {
		var got []string
		for _, s := range Supports(c.reports) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s (%d) %s", s.Donor, s.Type, text(s.Recipient), s.Status, len(s.Reports), text(s.Condition))))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestSupportHistory(t *testing.T) {
	de := func(src string, s fact.Status) Report { return pledge(src, "DE", "FR", s, fact.Naval) }
	for _, c := range []struct {
		name    string
		reports []Report
		want    string
	}{
		{"up the ladder", []Report{de("a-24", fact.Considered), de("b-26", fact.Delivered), de("c-25", fact.Pledged)}, "considered 2015-11-24, pledged 2015-11-25, delivered 2015-11-26"},
		{"a weaker word", []Report{de("a-24", fact.Committed), de("b-25", fact.Pledged)}, "committed 2015-11-24"},
		{"the same again", []Report{de("a-24", fact.Pledged), de("b-25", fact.Pledged)}, "pledged 2015-11-24"},
		{"taken back", []Report{de("a-24", fact.Committed), de("b-26", fact.Cancelled)}, "committed 2015-11-24, cancelled 2015-11-26"},
		{"taken back, then offered", []Report{de("a-24", fact.Declined), de("b-26", fact.Considered)}, "declined 2015-11-24, considered 2015-11-26"},
		{"a reprint does not renew it", []Report{de("a-24:Wire", fact.Committed), de("b-26", fact.Cancelled), de("c-27:Wire", fact.Committed)}, "committed 2015-11-24, cancelled 2015-11-26"},
		{"the strongest of a day", []Report{de("a-24", fact.Pledged), de("b-24", fact.Committed), de("c-24", fact.Declined)}, "committed 2015-11-24"},
		{"an unknown day comes first", []Report{de("a", fact.Pledged), de("b-24", fact.Committed)}, "pledged unknown, committed 2015-11-24"},
	} {
		s := Supports(c.reports)[0]
		var got []string
		for _, h := range s.History {
			got = append(got, string(h.Status)+" "+string(h.Published))
			if !slices.ContainsFunc(c.reports, func(r Report) bool {
				return r.Fact.ID == h.Fact && r.Source.Published == h.Published && r.Fact.Pledge.Status == h.Status
			}) {
				t.Errorf("%s: no report %s says %s", c.name, h.Fact, h.Status)
			}
		}
		if strings.Join(got, ", ") != c.want || s.Status != s.History[len(s.History)-1].Status {
			t.Errorf("%s: %q, then %s; want %q", c.name, got, s.Status, c.want)
		}
	}
}

func TestDonorStatus(t *testing.T) {
	for _, c := range []struct {
		statuses []fact.Status
		want     fact.Status
	}{
		{[]fact.Status{fact.Considered, fact.Committed, fact.Cancelled}, fact.Committed},
		{[]fact.Status{fact.Declined, fact.Considered}, fact.Considered},
		{[]fact.Status{fact.Cancelled, fact.Declined}, fact.Declined},
	} {
		var supports []Support
		for i, s := range c.statuses {
			supports = append(supports, Supports([]Report{pledge("a-26", "DE", "", s, fact.SupportTypes[i].Type)})...)
		}
		if d := Donors(supports); len(d) != 1 || d[0].Status != c.want || len(d[0].Support) != len(c.statuses) {
			t.Errorf("%v: %+v, want one donor that has %s", c.statuses, d, c.want)
		}
	}
}

func TestHeadlineHasTwoLinesOfTwoFacts(t *testing.T) {
	doc := fact.Document{Source: source("a-26"), Story: "tale"}
	for name, reports := range map[string][]Report{
		"two like deaths":  {dead("a-26", "blast", "FR", "2015-11-13", "130"), dead("a-26", "blast", "FR", "2015-11-13", "130")},
		"undated dates":    {dated("a-26", "", ""), dated("a-26", "", "")},
		"one donor":        {pledge("a-26", "DE", "", fact.Pledged, fact.Naval), pledge("a-26", "DE", "", fact.Committed, fact.Naval)},
		"a denial and one": {dead("a-26", "blast", "FR", "", "5", stance(fact.Denies)), dated("a-26", "2015-11-24", "leaders meet")},
		"long labels":      {dated("a-26", "2015-11-24", strings.Repeat("very long words ", 30)), dead("a-26", strings.Repeat("é", 400), "FR", "2015-11-13", "130")},
	} {
		var facts []fact.Fact
		for _, r := range reports {
			facts = append(facts, r.Fact)
		}
		h := NewHeadline(doc, facts)
		if len(h.Bullets) < minBullets || len(h.Bullets) > maxBullets {
			t.Errorf("%s: bullets %q", name, h.Bullets)
		}
		for _, b := range h.Bullets {
			if utf8.RuneCountInString(b) > maxBullet {
				t.Errorf("%s: %d characters: %q", name, utf8.RuneCountInString(b), b)
			}
		}
	}
	if h := NewHeadline(doc, nil); len(h.Bullets) != 1 || !strings.Contains(h.Bullets[0], "none stated") || len(h.Counts) != len(fact.Kinds) {
		t.Errorf("without facts: %+v", h)
	}
}

// random makes reports that meet and miss each other in many ways.
func random(r *rand.Rand, n int) []Report {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	day := func() string {
		return pick("", fmt.Sprintf("2015-11-%02d", 1+r.IntN(28)), "2015-11", "2015", "2015-11-09/2015-11-15", "../2015-11-20")
	}
	event := func() string {
		return strings.Join([]string{pick("blast", "attack", "storm", ""), pick("in Paris", "near the port", ""), pick(fmt.Sprint("of unit ", r.IntN(n)), "")}, " ")
	}
	paper := func() string {
		return pick("a", "b", "c", "d") + pick("", "-20", "-21", "-22", "-23") + pick("", ":Agency")
	}
	var reports []Report
	for range n {
		switch r.IntN(3) {
		case 0:
			reports = append(reports, dead(paper(), event(), pick("", "FR", "LB"), day(), pick("5", "6", "5-9", ">4", "dozens"), stance(fact.Stance(pick("asserts", "denies")))))
		case 1:
			reports = append(reports, dated(paper(), day(), event(), pick("FR", "TR"), pick("RU", "US")))
		case 2:
			reports = append(reports, pledge(paper(), pick("DE", "GB", "US", fmt.Sprint("X", r.IntN(n))), pick("", "FR", "ML"), fact.Statuses[r.IntN(len(fact.Statuses))],
				fact.SupportTypes[r.IntN(len(fact.SupportTypes))].Type, fact.SupportTypes[r.IntN(len(fact.SupportTypes))].Type))
		}
	}
	return reports
}

func TestOrderDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 50 {
		reports := random(r, 60)
		docs := []fact.Document{{Source: source("a-20")}, {Source: source("b-22")}, {Source: source("c")}}
		want := NewStory("tale", "A tale", docs, reports)
		tolls, dates, supports := Tolls(reports), Occurrences(reports), Supports(reports)
		r.Shuffle(len(reports), func(i, j int) { reports[i], reports[j] = reports[j], reports[i] })
		slices.Reverse(docs)
		if got := NewStory("tale", "A tale", docs, reports); !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: the story changed with the order", round)
		}
		if !reflect.DeepEqual(Tolls(reports), tolls) || !reflect.DeepEqual(Occurrences(reports), dates) || !reflect.DeepEqual(Supports(reports), supports) {
			t.Fatalf("round %d: the groups changed with the order", round)
		}
	}
}

// TestBlocksStandAlone holds Block to its promise: summed up block by block, a story has the same groups.
func TestBlocksStandAlone(t *testing.T) {
	reports := random(rand.New(rand.NewPCG(3, 4)), 300)
	groups := map[string]int{}
	for _, set := range group(reports, func(r Report) string { return Block(r.Fact) }) {
		for _, x := range Tolls(set) {
			groups[fmt.Sprint("toll", x.Reports, x.Low, x.MoreReports)]++
		}
		for _, x := range Occurrences(set) {
			groups[fmt.Sprint("date", x.Reports, x.MoreReports)]++
		}
		for _, x := range Supports(set) {
			groups[fmt.Sprint("support", x.Type, x.Status, x.Reports, x.MoreReports)]++
		}
	}
	n := 0
	for _, x := range Tolls(reports) {
		groups[fmt.Sprint("toll", x.Reports, x.Low, x.MoreReports)]--
		n++
	}
	for _, x := range Occurrences(reports) {
		groups[fmt.Sprint("date", x.Reports, x.MoreReports)]--
		n++
	}
	for _, x := range Supports(reports) {
		groups[fmt.Sprint("support", x.Type, x.Status, x.Reports, x.MoreReports)]--
		n++
	}
	for g, left := range groups {
		if left != 0 {
			t.Errorf("%+d of %s", left, g)
		}
	}
	if n < 50 {
		t.Fatalf("only %d groups: the test shows nothing", n)
	}
}

func TestStoryFits(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	long := []Report{}
	for range 300 {
		f := dated("a-20", fmt.Sprintf("2015-11-%02d", 1+r.IntN(28)), fmt.Sprint("event ", r.IntN(1e6)))
		f.Fact.Evidence.Quote = ptr(strings.Repeat("<\u2028", 40000/300))
		f.Fact.Date.Participants = slices.Repeat([]string{"FR"}, 2000)
		long = append(long, f)
	}
	for name, reports := range map[string][]Report{"none": nil, "few": random(r, 12), "10,000": random(r, 10000), "long": long} {
		s := NewStory("tale", strings.Repeat("&", 1e6), nil, reports)
		data, err := json.Marshal(s)
		if err != nil || len(data) > MaxStory {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
		for _, k := range []struct {
			kind            fact.Kind
			all, have, more int
		}{
			{fact.KindCasualty, len(Tolls(reports)), len(s.Casualties), s.Omitted[fact.KindCasualty]},
			{fact.KindDate, len(Occurrences(reports)), len(s.Dates), s.Omitted[fact.KindDate]},
			{fact.KindPledge, len(Supports(reports)), supportCount(s.Pledges), s.Omitted[fact.KindPledge]},
		} {
			if k.have+k.more != k.all {
				t.Errorf("%s: %s: %d shown and %d omitted of %d", name, k.kind, k.have, k.more, k.all)
			}
			if name == "few" && k.more > 0 {
				t.Errorf("few: %d %s groups omitted without need", k.more, k.kind)
			}
			if name == "10,000" && k.have == 0 {
				t.Errorf("10,000: no %s shown", k.kind)
			}
		}
		if s.Counts[fact.KindCasualty]+s.Counts[fact.KindDate]+s.Counts[fact.KindPledge] != len(reports) {
			t.Errorf("%s: counts %v of %d facts", name, s.Counts, len(reports))
		}
		if name == "10,000" && len(data) < MaxStory/3 {
			t.Errorf("10,000: only %d bytes used", len(data))
		}
	}
	if s := NewStory("tale", "", nil, nil); !slices.Equal(s.NotStated, Looked) {
		t.Errorf("not stated: %v, want %v", s.NotStated, Looked)
	}
}

func supportCount(donors []Donor) int {
	n := 0
	for _, d := range donors {
		n += len(d.Support)
	}
	return n
}

func BenchmarkStory(b *testing.B) {
	for _, n := range []int{100, 1000, 10000} {
		reports := random(rand.New(rand.NewPCG(7, 8)), n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				NewStory("tale", "", nil, reports)
			}
		})
	}
}

func name(code string) string {
	return Donors([]Support{{Donor: code, Reports: []fact.Fact{{}}}})[0].Name
}
