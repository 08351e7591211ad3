package evaluate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"factbox/shared/fact"
)

func ptr[T any](v T) *T { return &v }

// TestFactMatches shows when a fact says what the gold does, and when strictly.
func TestFactMatches(t *testing.T) {
	nine := fact.NewCount(fact.Exact, 9, "nine")
	day := ptr(fact.EDTF("2031-05-13"))
	toll := factGold{Kind: "casualty", Effect: fact.Killed, Count: nine, Place: ptr("MT"), Date: day}
	date := factGold{Kind: "date", Date: day, Timex: "2031-05-13", Expression: "on Tuesday"}
	aid := factGold{Kind: "pledge", Donor: "NO", Types: []fact.SupportType{fact.Medical}, TypesAlso: []fact.SupportType{fact.Other},
		Status: fact.Pledged, StatusAlso: []fact.Status{fact.Committed}, RecipientAlso: []*string{ptr("MT")}, Condition: ptr("if asked")}
	casualty := func(effect fact.Effect, c fact.Count, place *string, date *fact.EDTF) fact.Fact {
		return fact.Fact{Casualty: &fact.Casualty{Effect: effect, Count: c, Place: place, Date: date}}
	}
	said := func(words, value string, date *fact.EDTF, event string) fact.Fact {
		return fact.Fact{Date: &fact.Date{Date: date, Expression: words, Timex: fact.Timex{Value: value}, Event: event}}
	}
	pledge := func(donor string, recipient, condition *string, status fact.Status, types ...fact.SupportType) fact.Fact {
		return fact.Fact{Pledge: &fact.Pledge{Donor: donor, Recipient: recipient, Types: types, Status: status, Condition: condition}}
	}
	optional := func(g factGold, what ...string) factGold { g.Optional = what; return g }
	for _, c := range []struct {
		name          string
		gold          factGold
		fact          fact.Fact
		found, strict bool
	}{
		{"toll", toll, casualty(fact.Killed, nine, ptr("MT"), day), true, true},
		{"toll without a place", toll, casualty(fact.Killed, nine, nil, day), true, false},
		{"toll without a date", toll, casualty(fact.Killed, nine, ptr("MT"), nil), true, false},
		{"toll whose date may be left out", optional(toll, "date"), casualty(fact.Killed, nine, ptr("MT"), nil), true, true},
		{"other effect", toll, casualty(fact.Injured, nine, ptr("MT"), day), false, true},
		{"other number", toll, casualty(fact.Killed, fact.NewCount(fact.Exact, 8, "eight"), ptr("MT"), day), false, true},
		{"other modifier", toll, casualty(fact.Killed, fact.NewCount(fact.About, 9, "about nine"), ptr("MT"), day), false, true},
		{"date", date, said("Tuesday", "2031-05-13", day, "storm"), true, true},
		{"date of no event", date, said("Tuesday", "2031-05-13", day, ""), true, false},
		{"longer words", date, said("on Tuesday morning", "2031-05-13TMO", nil, "storm"), true, true},
		{"other words", date, said("Monday", "2031-05-13", day, "storm"), false, true},
		{"other day", date, said("Tuesday", "2031-05-20", ptr(fact.EDTF("2031-05-20")), "storm"), false, true},
		{"pledge", aid, pledge("NO", nil, ptr("if asked"), fact.Pledged, fact.Medical), true, true},
		{"pledge, else allowed", aid, pledge("NO", ptr("MT"), ptr("if it is asked"), fact.Committed, fact.Medical, fact.Other), true, true},
		{"other donor", aid, pledge("SE", nil, ptr("if asked"), fact.Pledged, fact.Medical), false, true},
		{"no type in common", aid, pledge("NO", nil, ptr("if asked"), fact.Pledged, fact.Naval), false, false},
		{"a type too many", aid, pledge("NO", nil, ptr("if asked"), fact.Pledged, fact.Medical, fact.Naval), true, false},
		{"other status", aid, pledge("NO", nil, ptr("if asked"), fact.Declined, fact.Medical), true, false},
		{"other recipient", aid, pledge("NO", ptr("IT"), ptr("if asked"), fact.Pledged, fact.Medical), true, false},
		{"no condition", aid, pledge("NO", nil, nil, fact.Pledged, fact.Medical), true, false},
		{"any donor", optional(aid, "donor", "types", "condition"), pledge("SE", nil, nil, fact.Pledged, fact.Naval), true, true},
	} {
		if found, strict := c.gold.matches(c.fact), c.gold.strictly(c.fact); found != c.found || strict != c.strict {
			t.Errorf("%s: found %v, strict %v, want %v and %v", c.name, found, strict, c.found, c.strict)
		}
	}
}

func TestSound(t *testing.T) {
	text := strings.Repeat("Nine sailors drowned. ", 30)
	for _, c := range []struct {
		name       string
		start, end int
		quote      *string
		date       *fact.Date
		want       bool
	}{
		{"no quote", 0, 20, nil, nil, true},
		{"its quote", 0, 12, ptr("Nine sailors"), nil, true},
		{"another quote", 0, 12, ptr("Ten sailors"), nil, false},
		{"empty", 5, 5, nil, nil, false},
		{"behind the end", 650, 661, nil, nil, false},
		{"before the beginning", -1, 4, nil, nil, false},
		{"longest", 0, fact.MaxEvidence, nil, nil, true},
		{"too long", 0, fact.MaxEvidence + 1, nil, nil, false},
		{"expression within", 0, 20, nil, &fact.Date{Expression: "sailors"}, true},
		{"expression without", 0, 12, nil, &fact.Date{Expression: "drowned"}, false},
	} {
		f := fact.Fact{Date: c.date}
		f.Evidence = fact.Evidence{Start: c.start, End: c.end, Quote: c.quote}
		if sound(f, text) != c.want {
			t.Errorf("%s: sound is %v", c.name, !c.want)
		}
	}
}

// TestPaired wants the largest pairing, also where the first choice is in the way.
func TestPaired(t *testing.T) {
	for _, c := range []struct {
		name  string
		edges []string // of each gold, the facts that fit
		want  int
	}{
		{"none", []string{"", ""}, 0}, {"one each", []string{"0", "1"}, 2}, {"both want one", []string{"0", "0"}, 1},
		{"the first gives way", []string{"01", "0"}, 2}, {"a chain gives way", []string{"01", "12", "0"}, 3},
	} {
		got := paired(len(c.edges), 3, func(g, f int) bool { return strings.Contains(c.edges[g], string(rune('0'+f))) })
		if len(got) != c.want {
			t.Errorf("%s: %v, want %d pairs", c.name, got, c.want)
		}
	}
}

// TestFacts scores a document: one fact found strictly, one missed, one beside the gold and one in a trap.
func TestFacts(t *testing.T) {
	folder := t.TempDir()
	text := "Nine sailors drowned off Malta on Tuesday. A year earlier four miners died in Chile. Peru is ready to be praised. Six divers were killed in Spain.\n"
	for name, body := range map[string]string{"a.txt": text, "manifest.json": `{"documents":[{"file":"a.txt","published":"2031-05-15"}]}`} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	gold := `{"document":"a.txt","kind":"casualty","effect":"killed","count":{"min":9,"max":9,"modifier":"exact"},"place":"MT","date":"2031-05-13","start":0,"end":20}
{"document":"a.txt","kind":"pledge","donor":"PE","types":["political"],"status":"pledged","recipient":null,"start":84,"end":112}
{"document":"a.txt","kind":"trap","start":57,"end":74,"why":"history"}`
	r, err := Facts(strings.NewReader(gold), folder)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.Print(&b, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"casualty found   100.00 (1/1)", "casualty strict  100.00 (1/1)", "pledge found       0.00 (0/1)", "traps sprung          1", "unjudged              2", "unsound               0"} {
		if !strings.Contains(b.String(), want+"\n") {
			t.Errorf("it does not say %q:\n%s", want, b.String())
		}
	}
}
