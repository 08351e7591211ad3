package fact

import (
	"encoding/json"
	"strings"
	"testing"
)

func pointer[T any](v T) *T { return &v }

func TestFactIsFlat(t *testing.T) {
	quote := "four sailors were hurt"
	for _, c := range []struct {
		fact Fact
		has  []string
	}{
		{Fact{Common: Common{ID: "a", Kind: KindCasualty, Evidence: Evidence{Start: 1, End: 9, Quote: &quote}},
			Casualty: &Casualty{Effect: Injured, Count: NewCount(Exact, 4, "four"), Victims: "sailors"}},
			[]string{`"effect":"injured"`, `"count":{"min":4,"max":4,"modifier":"exact","text":"four"}`, `"place":null`, `"attribution":null`, `"quote":"four sailors were hurt"`}},
		{Fact{Common: Common{ID: "b", Kind: KindDate}, Date: &Date{Date: pointer(EDTF("2031-05")), Expression: "May", Timex: Timex{Type: TimexDate, Value: "2031-05"}, Participants: []string{}, Role: RoleEvent}},
			[]string{`"date":"2031-05"`, `"timex":{"type":"DATE","value":"2031-05"}`, `"participants":[]`, `"quote":null`}},
		{Fact{Common: Common{ID: "c", Kind: KindPledge}, Pledge: &Pledge{Donor: "NO", Types: []SupportType{Naval}, Category: Naval.Category(), Status: Committed, Amount: &Money{5e6, "NOK"}}},
			[]string{`"donor":"NO"`, `"recipient":null`, `"types":["naval"]`, `"category":"military"`, `"amount":{"value":5000000,"currency":"NOK"}`}},
	} {
		data, err := json.Marshal(c.fact)
		if err != nil {
			t.Fatal(err)
		}
		for _, has := range c.has {
			if !strings.Contains(string(data), has) {
				t.Errorf("%s has no %s", data, has)
			}
		}
		var back Fact
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(data) {
			t.Errorf("read back and written: %s, %v\nwant %s", again, err, data)
		}
	}
}

func TestFactOfNoKind(t *testing.T) {
	if _, err := json.Marshal(Fact{Common: Common{Kind: KindDate}}); err == nil {
		t.Error("a date fact without a date was written")
	}
	var f Fact
	if err := json.Unmarshal([]byte(`{"kind":"rumour"}`), &f); err == nil {
		t.Error("a fact of kind rumour was read")
	}
}

func TestIdentify(t *testing.T) {
	pledge := func(donor string, start int, types ...SupportType) Fact {
		f := Fact{Common: Common{Kind: KindPledge, Document: "d", Evidence: Evidence{Start: start, End: 50}}, Pledge: &Pledge{Donor: donor, Types: types}}
		f.Identify()
		return f
	}
	same := pledge("NO", 3, Naval)
	if got := pledge("NO", 3, Naval); got.ID != same.ID {
		t.Error("the same fact has two ids")
	}
	for _, other := range []Fact{pledge("SE", 3, Naval), pledge("NO", 4, Naval), pledge("NO", 3, Arms)} {
		if other.ID == same.ID {
			t.Errorf("%+v has the id of another fact", other.Pledge)
		}
	}
}

func TestNewCount(t *testing.T) {
	for _, c := range []struct{ modifier, want string }{
		{"exact", `{"min":7,"max":7,"modifier":"exact","text":"seven"}`},
		{"about", `{"min":7,"max":7,"modifier":"about","text":"seven"}`},
		{"at_least", `{"min":7,"max":null,"modifier":"at_least","text":"seven"}`},
		{"at_most", `{"min":null,"max":7,"modifier":"at_most","text":"seven"}`},
	} {
		got, _ := json.Marshal(NewCount(Modifier(c.modifier), 7, "seven"))
		if string(got) != c.want {
			t.Errorf("%s: %s, want %s", c.modifier, got, c.want)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct{ date, first, last string }{
		{"2024-02-29", "2024-02-29", "2024-02-29"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2023-12", "2023-12-01", "2023-12-31"},
		{"2023", "2023-01-01", "2023-12-31"},
		{"2023-03-06/2023-03-12", "2023-03-06", "2023-03-12"},
		{"../2023-03-06", MinDay, "2023-03-06"},
		{"2011/..", "2011-01-01", MaxDay},
		{"2023-02-30", "", ""}, {"2023-13", "", ""}, {"0000-01-01", "", ""}, {"../..", "", ""}, {"2023-03-06/2022", "", ""},
		{"unknown", "", ""}, {"", "", ""}, {"23-03-06", "", ""}, {"2023-3-6", "", ""}, {"2023-03-06T10:00", "", ""}, {"2023/2024/2025", "", ""},
	} {
		first, last, ok := EDTF(c.date).Bounds()
		if first != c.first || last != c.last || ok != (c.first != "") {
			t.Errorf("%q: %s to %s, %v; want %s to %s", c.date, first, last, ok, c.first, c.last)
		}
	}
}

func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		date, first, last string
		want              bool
	}{
		{"2023-03-06/2023-03-12", "2023-03-12", "2023-03-20", true},
		{"2023-03-06/2023-03-12", "2023-03-13", "2023-03-20", false},
		{"2023", "", "2023-01-01", true},
		{"2023", "2024-01-01", "", false},
		{"../2023-03-06", "1950-01-01", "1950-01-01", true},
		{"unknown", "", "", false},
	} {
		if got := EDTF(c.date).Overlaps(c.first, c.last); got != c.want {
			t.Errorf("%s overlaps %q to %q: %v", c.date, c.first, c.last, got)
		}
	}
}

func TestSeal(t *testing.T) {
	doc := Document{Source: Source{Document: "d", Headline: "Ferry runs aground"}}
	one := doc
	one.Seal([]byte("text"))
	two := doc
	two.Seal([]byte("text."))
	three := doc
	three.Headline = "Ferry refloated"
	three.Seal([]byte("text"))
	again := one
	again.Seal([]byte("text"))
	if one.Version == two.Version || one.Version == three.Version || again.Version != one.Version {
		t.Errorf("versions %s, %s, %s, sealed again %s", one.Version, two.Version, three.Version, again.Version)
	}
	if one.SHA256 != three.SHA256 {
		t.Error("the same bytes have two hashes")
	}
}

func FuzzBounds(f *testing.F) {
	for _, s := range []string{"2023-03-06", "2023", "../2023-03", "2023/..", "x/y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first, last, ok := EDTF(s).Bounds()
		if ok && (len(first) != 10 || len(last) != 10 || first > last) {
			t.Fatalf("%q: %q to %q", s, first, last)
		}
		if _, err := ParseEDTF(s); (err == nil) != ok {
			t.Fatalf("%q: parsed %v, bounded %v", s, err, ok)
		}
	})
}
