package fact

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
)

// Three facts of made-up stories, one of each kind.
var (
	avalanche = Fact{Common: Common{ID: "a", Kind: KindCasualty}, Casualty: &Casualty{Effect: Killed, Count: NewCount(AtLeast, 4, "four or more"), Victims: "skiers", Event: "avalanche"}}
	opening   = Fact{Common: Common{ID: "b", Kind: KindDate}, Date: &Date{Date: pointer(EDTF("2031-05-02")), Expression: "Friday", Timex: Timex{Type: TimexTime, Value: "2031-05-02TMO"}, Event: "tunnel opens", Participants: []string{"NO"}, Role: RoleEvent}}
	tents     = Fact{Common: Common{ID: "c", Kind: KindPledge}, Pledge: &Pledge{Donor: "NO", Types: []SupportType{Humanitarian}, Category: CategoryHumanitarian, Status: Pledged, Condition: pointer("if the road opens")}}
)

func changesOf(t *testing.T, text string) Changes {
	t.Helper()
	var c Changes
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCorrect(t *testing.T) {
	for _, c := range []struct {
		name    string
		fact    Fact
		changes string
		want    func(Fact) bool
	}{
		{"effect", avalanche, `{"effect":"injured"}`, func(f Fact) bool { return f.Casualty.Effect == Injured && f.Casualty.Victims == "skiers" }},
		{"count with its words", avalanche, `{"count":{"min":5,"max":5,"modifier":"exact","text":"five"}}`, func(f Fact) bool { return f.Casualty.Count.String() == "exact 5" && f.Casualty.Count.Text == "five" }},
		{"exact count", avalanche, `{"count":{"min":5,"max":5,"modifier":"exact"}}`, func(f Fact) bool { return f.Casualty.Count.Text == "5" }},
		{"at most", avalanche, `{"count":{"min":null,"max":5,"modifier":"at_most"}}`, func(f Fact) bool { return f.Casualty.Count.Text == "at most 5" && f.Casualty.Count.Min == nil }},
		{"at least", avalanche, `{"count":{"min":5,"modifier":"at_least"}}`, func(f Fact) bool { return f.Casualty.Count.Text == "at least 5" && f.Casualty.Count.Max == nil }},
		{"about", avalanche, `{"count":{"min":5,"max":5,"modifier":"about"}}`, func(f Fact) bool { return f.Casualty.Count.Text == "about 5" }},
		{"range", avalanche, `{"count":{"min":5,"max":7,"modifier":"range"}}`, func(f Fact) bool { return f.Casualty.Count.Text == "5 to 7" }},
		{"vague", avalanche, `{"count":{"modifier":"vague","text":"dozens"}}`, func(f Fact) bool { return f.Casualty.Count.Min == nil && f.Casualty.Count.Text == "dozens" }},
		{"place and date", avalanche, `{"place":"CH","date":"2031-02"}`, func(f Fact) bool { return *f.Casualty.Place == "CH" && *f.Casualty.Date == "2031-02" }},
		{"not stated", tents, `{"condition":null}`, func(f Fact) bool { return f.Pledge.Condition == nil && f.Pledge.Status == Pledged }},
		{"empty victims", avalanche, `{"victims":""}`, func(f Fact) bool { return f.Casualty.Victims == "" }},
		{"scope", avalanche, `{"scope":"part_of_total"}`, func(f Fact) bool { return *f.Casualty.Scope == ScopePart }},
		{"attribution", avalanche, `{"attribution":{"speaker":"the valley's mayor","stance":"denies"}}`, func(f Fact) bool { return f.Attribution.Stance == Denies }},
		{"day", opening, `{"date":"2031-05-09"}`, func(f Fact) bool {
			return *f.Date.Date == "2031-05-09" && f.Date.Timex == Timex{Type: TimexDate, Value: "2031-05-09"} && f.Date.Expression == "Friday"
		}},
		{"interval", opening, `{"date":"2031-05-09/2031-05-11"}`, func(f Fact) bool { return f.Date.Timex.Value == "" }},
		{"no date", opening, `{"date":null}`, func(f Fact) bool { return f.Date.Date == nil && f.Date.Timex.Value == "" }},
		{"participants", opening, `{"participants":["SE","EU"],"role":"background"}`, func(f Fact) bool {
			return slices.Equal(f.Date.Participants, []string{"SE", "EU"}) && f.Date.Role == RoleBackground
		}},
		{"types bring their category", tents, `{"types":["energy","humanitarian"]}`, func(f Fact) bool { return f.Pledge.Category == CategoryFinancial && len(f.Pledge.Types) == 2 }},
		{"amount", tents, `{"amount":{"value":5e6,"currency":"NOK"},"quantity":{"value":20,"unit":"tents"},"status":"delivered"}`, func(f Fact) bool {
			return f.Pledge.Amount.Value == 5e6 && f.Pledge.Quantity.Unit == "tents" && f.Pledge.Status == Delivered
		}},
		{"nothing", tents, `{}`, func(f Fact) bool { return f.Pledge.Donor == "NO" }},
	} {
		before, _ := json.Marshal(c.fact)
		got, err := c.fact.Correct(changesOf(t, c.changes))
		if err != nil || !c.want(got) || got.ID != c.fact.ID {
			data, _ := json.Marshal(got)
			t.Errorf("%s: %s, %v", c.name, data, err)
		}
		if after, _ := json.Marshal(c.fact); string(after) != string(before) {
			t.Errorf("%s: the fact itself was changed: %s", c.name, after)
		}
	}
}

func TestCorrectRefuses(t *testing.T) {
	for _, c := range []struct {
		fact           Fact
		changes, field string
	}{
		{avalanche, `{"effect":"dead"}`, "effect"},
		{avalanche, `{"effect":null}`, "effect"},
		{avalanche, `{"effect":7}`, "effect"},
		{avalanche, `{"count":5}`, "count"},
		{avalanche, `{"count":{"min":5,"max":6,"modifier":"exact"}}`, "count"},
		{avalanche, `{"count":{"min":5,"modifier":"exact"}}`, "count"},
		{avalanche, `{"count":{"min":5,"max":5,"modifier":"at_least"}}`, "count"},
		{avalanche, `{"count":{"min":5,"max":5,"modifier":"at_most"}}`, "count"},
		{avalanche, `{"count":{"min":7,"max":5,"modifier":"range"}}`, "count"},
		{avalanche, `{"count":{"min":7,"modifier":"vague","text":"dozens"}}`, "count"},
		{avalanche, `{"count":{"modifier":"vague"}}`, "count.text"},
		{avalanche, `{"count":{"min":-1,"max":-1,"modifier":"exact"}}`, "count.min"},
		{avalanche, `{"count":{"max":-1,"modifier":"at_most"}}`, "count.max"},
		{avalanche, `{"count":{"min":5,"max":5,"modifier":"roughly"}}`, "count.modifier"},
		{avalanche, `{"count":{"min":5.5,"max":5.5,"modifier":"exact"}}`, "count"},
		{avalanche, `{"count":{"min":5,"max":5,"modifier":"exact","most":9}}`, "count"},
		{avalanche, `{"place":""}`, "place"},
		{avalanche, `{"place":"C#H"}`, "place"},
		{avalanche, `{"date":"May 2"}`, "date"},
		{avalanche, `{"scope":"some"}`, "scope"},
		{avalanche, `{"event":"a\nb"}`, "event"},
		{avalanche, `{"attribution":{"speaker":" ","stance":"denies"}}`, "attribution.speaker"},
		{avalanche, `{"attribution":{"speaker":"mayor","stance":"doubts"}}`, "attribution.stance"},
		{avalanche, `{"evidence":{"start":0}}`, "evidence"},
		{avalanche, `{"donor":"NO"}`, "donor"},
		{opening, `{"expression":"Monday"}`, "expression"},
		{opening, `{"event":""}`, "event"},
		{opening, `{"participants":["NO","NO"]}`, "participants"},
		{opening, `{"participants":null}`, "participants"},
		{opening, `{"role":"party"}`, "role"},
		{tents, `{"victims":"hikers","colour":"red","effect":"killed"}`, "colour"},
		{tents, `{"types":[]}`, "types"},
		{tents, `{"types":["naval","naval"]}`, "types"},
		{tents, `{"types":["boats"]}`, "types"},
		{tents, `{"category":"military"}`, "category"},
		{tents, `{"status":"sure"}`, "status"},
		{tents, `{"amount":{"value":0,"currency":"NOK"}}`, "amount.value"},
		{tents, `{"amount":{"value":5,"currency":"kr"}}`, "amount.currency"},
		{tents, `{"quantity":{"value":5,"unit":""}}`, "quantity.unit"},
	} {
		_, err := c.fact.Correct(changesOf(t, c.changes))
		var wrong *FieldError
		if !errors.As(err, &wrong) || wrong.Field != c.field || wrong.Message == "" {
			t.Errorf("%s: %v, want it refused for %s", c.changes, err, c.field)
		}
	}
}

// What can be corrected are fields that the kind has.
func TestCorrectableFieldsAreThere(t *testing.T) {
	for _, f := range []Fact{avalanche, opening, tents} {
		data, _ := json.Marshal(f)
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(data, &fields); err != nil {
			t.Fatal(err)
		}
		for _, name := range Correctable(f.Kind) {
			value, ok := fields[name]
			if !ok {
				t.Errorf("a %s has no %s", f.Kind, name)
			} else if _, err := f.Correct(Changes{name: value}); err != nil {
				t.Errorf("%s %s: its own value is refused: %v", f.Kind, name, err)
			}
		}
	}
}
