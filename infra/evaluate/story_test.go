package evaluate

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"factbox/shared/fact"
)

// TestStory scores one story: gold and what is said are written as casualties "effect number@start-end", "?" is doubtful.
func TestStory(t *testing.T) {
	for _, c := range []struct {
		name, gold, said string
		precision        string
		recall, faults   string
	}{
		{"right", "killed 9@0-9", "killed 9@5-12", "1/1", "1/1", ""},
		{"elsewhere", "killed 9@0-9", "killed 9@20-29", "0/1", "0/1", "missed 0; spurious 20"},
		{"another number", "killed 9@0-9", "killed 8@0-9", "0/1", "0/1", "missed 0; spurious 0"},
		{"another effect", "killed 9@0-9", "injured 9@0-9", "0/1", "0/1", "missed 0; spurious 0"},
		{"said again", "killed 9@0-9", "killed 9@0-9 killed 9@20-29", "1/1", "1/1", ""},
		{"two on one span", "killed 9@0-9 injured 3@0-9", "injured 3@0-9 killed 9@0-9", "2/2", "2/2", ""},
		{"doubtful, found", "?killed 9@0-9", "killed 9@0-9", "0/0", "0/0", ""},
		{"doubtful, missed", "?killed 9@0-9", "", "0/0", "0/0", ""},
		{"doubtful, wrong", "?killed 9@0-9", "killed 8@0-9", "0/1", "0/0", "spurious 0"},
		{"the sure one first", "?killed 9@0-9 killed 9@0-9", "killed 9@0-9", "1/1", "1/1", ""},
	} {
		s := story{ID: "a", Text: strings.Repeat("0123456789", 5)}
		for _, g := range tolls(c.gold) {
			s.Facts = append(s.Facts, storyFact{Kind: fact.KindCasualty, Optional: g.doubtful, Effect: g.effect, Count: g.count, start: g.start, end: g.end})
		}
		var said []fact.Fact
		for _, p := range tolls(c.said) {
			said = append(said, fact.Fact{
				Common:   fact.Common{Kind: fact.KindCasualty, Evidence: fact.Evidence{Start: p.start, End: p.end}},
				Casualty: &fact.Casualty{Effect: p.effect, Count: p.count},
			})
		}
		figures := make([]Figure, 2)
		var faults []string
		for _, f := range s.score(fact.KindCasualty, said, figures) {
			faults = append(faults, fmt.Sprintf("%s %d", f.What, f.At))
		}
		for level, f := range figures { // without places and dates, what is right is strictly right
			got := fmt.Sprintf("%d/%d %d/%d %s", f.Precision.N, f.Precision.Of, f.Recall.N, f.Recall.Of, strings.Join(faults, "; "))
			if want := c.precision + " " + c.recall + " " + c.faults; got != want {
				t.Errorf("%s, level %d: %q, want %q", c.name, level, got, want)
			}
		}
	}
}

type saidToll struct {
	doubtful   bool
	effect     fact.Effect
	count      fact.Count
	start, end int
}

func tolls(s string) []saidToll {
	var list []saidToll
	words := strings.Fields(s)
	for i := 0; i+1 < len(words); i += 2 {
		effect, doubtful := strings.CutPrefix(words[i], "?")
		t := saidToll{doubtful: doubtful, effect: fact.Effect(effect)}
		var n int64
		fmt.Sscanf(words[i+1], "%d@%d-%d", &n, &t.start, &t.end)
		t.count = fact.NewCount(fact.Exact, n, "")
		list = append(list, t)
	}
	return list
}

// TestStoryDifferences shows what a right fact may have wrong all the same.
func TestStoryDifferences(t *testing.T) {
	nine := fact.NewCount(fact.Exact, 9, "nine")
	toll := storyFact{Effect: fact.Killed, EffectAlso: []fact.Effect{fact.Missing}, Count: nine, Place: ptr("MT"), Date: ptr(fact.EDTF("2031-05"))}
	aid := storyFact{Donor: "NO", Recipient: ptr("MT"), RecipientAlso: []*string{nil}, Types: []fact.SupportType{fact.Naval}, TypesAlso: []fact.SupportType{fact.Other},
		Status: fact.Pledged, StatusAlso: []fact.Status{fact.Committed}, Amount: &fact.Money{Value: 5, Currency: "EUR"}, Quantity: &fact.Quantity{Value: 2, Unit: "ships"}}
	casualty := func(effect fact.Effect, place *string, date *fact.EDTF) fact.Fact {
		return fact.Fact{Casualty: &fact.Casualty{Effect: effect, Count: nine, Place: place, Date: date}}
	}
	pledge := func(status fact.Status, to *string, t fact.SupportType, amount *fact.Money, n float64) fact.Fact {
		return fact.Fact{Pledge: &fact.Pledge{Donor: "NO", Recipient: to, Types: []fact.SupportType{t}, Status: status, Amount: amount, Quantity: &fact.Quantity{Value: n}}}
	}
	five := &fact.Money{Value: 5, Currency: "EUR"}
	for _, c := range []struct {
		name  string
		gold  storyFact
		fact  fact.Fact
		right bool
		want  string
	}{
		{"toll", toll, casualty(fact.Killed, ptr("MT"), ptr(fact.EDTF("2031-05-13"))), true, ""},
		{"another effect that will do", toll, casualty(fact.Missing, ptr("MT"), ptr(fact.EDTF("2031-05-13"))), true, ""},
		{"another effect", toll, casualty(fact.Injured, ptr("MT"), ptr(fact.EDTF("2031-05-13"))), false, ""},
		{"no place", toll, casualty(fact.Killed, nil, ptr(fact.EDTF("2031"))), true, "place null, not MT"},
		{"other place and month", toll, casualty(fact.Killed, ptr("IT"), ptr(fact.EDTF("2031-04"))), true, "place IT, not MT; date 2031-04, not 2031-05"},
		{"no date", toll, casualty(fact.Killed, ptr("MT"), nil), true, "date null, not 2031-05"},
		{"pledge", aid, pledge(fact.Pledged, ptr("MT"), fact.Naval, five, 2), true, ""},
		{"what will do as well", aid, pledge(fact.Committed, nil, fact.Other, five, 2), true, ""},
		{"another status", aid, pledge(fact.Declined, nil, fact.Naval, five, 2), false, ""},
		{"another type", aid, pledge(fact.Pledged, nil, fact.Arms, five, 2), false, ""},
		{"recipient and number", aid, pledge(fact.Pledged, ptr("IT"), fact.Naval, five, 3), true, "recipient IT, not MT; quantity {3 }, not {2 ships}"},
		{"no amount", aid, pledge(fact.Pledged, nil, fact.Naval, nil, 2), true, "amount null, not {5 EUR}"},
	} {
		if right := c.gold.right(c.fact); right != c.right {
			t.Errorf("%s: right is %v", c.name, right)
		}
		if got := strings.Join(c.gold.differences(c.fact), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestStoryDates shows when a date is right: by its day or its value, for words that hold the gold's or are held by them.
func TestStoryDates(t *testing.T) {
	gold := storyFact{Kind: fact.KindDate, Date: ptr(fact.EDTF("2031-05/..")), Timex: fact.Timex{Value: "2031-05"}, Expression: "since May", Alternatives: []string{"2031-05-01"}}
	for _, c := range []struct {
		expression, date, value string
		want                    bool
	}{
		{"since May", "2031-05/..", "", true}, {"May", "", "2031-05", true}, {"May", "2031-05-01", "x", true}, {"since May 2031", "", "2031-05", true},
		{"May", "2031", "2031", false}, {"last May", "2031-05/..", "2031-05", false}, {"April", "", "2031-05", false},
	} {
		date := fact.EDTF(c.date)
		f := fact.Fact{Date: &fact.Date{Date: &date, Expression: c.expression, Timex: fact.Timex{Value: c.value}}}
		if got := gold.right(f); got != c.want {
			t.Errorf("%s %s %s: right is %v", c.expression, c.date, c.value, got)
		}
	}
}

func TestStoriesRefused(t *testing.T) {
	for _, c := range []struct{ name, file, wrong string }{
		{"a.txt", "", "no stories"},
		{"a.json", "[", "a.json: no story"},
		{"a.json", `{"id":"a"}`, "a.json: a story has"},
		{"a.json", `{"id":"a","published":"May","text":"It rained.","facts":[]}`, "a.json: published"},
		{"a.json", `{"id":"a","text":"It rained.","facts":[{"kind":"flood"}]}`, `not "flood"`},
		{"a.json", `{"id":"a","text":"It rained.","facts":[{"kind":"date","words":"snow"}]}`, `"snow" do not stand`},
		{"a.json", `{"id":"a","text":"It is his.","facts":[{"kind":"date","words":"is"}]}`, `"is" do not stand`},
	} {
		if _, err := Stories(fstest.MapFS{c.name: {Data: []byte(c.file)}}); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s: %v, want %q", c.file, err, c.wrong)
		}
	}
}
