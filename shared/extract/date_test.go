package extract

import (
	"strings"
	"testing"

	"factbox/shared/article"
	"factbox/shared/fact"
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ text, date, event, participants string }{
		{"The bridge over the Rhine opened on Tuesday.", "2031-05-13", "bridge over Rhine opened", ""},
		{"Turkey and Greece signed the treaty on 3 May 2031 in Vienna.", "2031-05-03", "Turkey and Greece signed treaty in Vienna", "TR GR AT"},
		{"Crews cleared the road after Monday's landslide.", "2031-05-12", "landslide", ""},
		{"The leaders, who met in Rome on Friday, agreed on nothing.", "2031-05-09", "leaders met in Rome", "IT"},
		{"A strike was called off on Monday when Kenya raised wages.", "2031-05-12", "Kenya raised wages", "KE"},
		{"The March 2030 floods in Poland are not forgotten.", "2030-03", "floods in Poland", "PL"},
		{"She met the kings: Harald of Norway on Monday, Carl of Sweden on Tuesday.", "2031-05-12", "She met Harald of Norway", "NO"},
	} {
		var got *fact.Date
		for _, f := range facts(t, c.text) {
			if f.Date != nil && got == nil {
				got = f.Date
			}
		}
		if got == nil || got.Date == nil {
			t.Errorf("%q: no date", c.text)
			continue
		}
		if string(*got.Date) != c.date || got.Event != c.event || strings.Join(got.Participants, " ") != c.participants {
			t.Errorf("%q\n got %s %q %v\nwant %s %q %s", c.text, *got.Date, got.Event, got.Participants, c.date, c.event, c.participants)
		}
	}
}

func TestDateRole(t *testing.T) {
	for _, c := range []struct {
		text, expression string
		role             fact.Role
	}{
		{"Harbour reopens\n\n12 May 2031\n\nThe harbour of Split reopened to ships after the long repairs of its quay.", "12 May 2031", fact.RoleDateline},
		{"The war of 1999 ruined the old town and its bridge.", "1999", fact.RoleBackground},
		{"The old bridge fell into the river on Monday.", "Monday", fact.RoleEvent},
		{"KATHMANDU, May 14 - The port of the lake was closed by a strike.", "May 14", fact.RoleDateline},
		{"OSLO, May 14 (Wire) - The port of the lake was closed by a strike.", "May 14", fact.RoleDateline},
		{"QUITO (ECUADOR), 3 MAY 31 (RADIO COLON) -- [TEXT] THE PORT WAS CLOSED BY A STRIKE.", "3 MAY 31", fact.RoleDateline},
		{"Harbour reopens\n\nBy Ana Souza, 12 May 2031\n\nThe harbour of Split reopened to ships after the long repairs of its quay.", "12 May 2031", fact.RoleDateline},
		{"LIMA, 3 MAY 31 (WIRE) -- THE PORT WAS CLOSED BY A STRIKE.", "3 MAY 31", fact.RoleDateline},
	} {
		found := false
		for _, f := range facts(t, c.text) {
			if f.Date != nil && f.Date.Expression == c.expression {
				found = true
				if f.Date.Role != c.role {
					t.Errorf("%q: %s is %s, want %s", c.text, c.expression, f.Date.Role, c.role)
				}
			}
		}
		if !found {
			t.Errorf("%q: no %s", c.text, c.expression)
		}
	}
}

func TestUnknownPublication(t *testing.T) {
	a, err := article.Read([]byte("The bridge opened on Tuesday, and the tunnel on 4 May 2031."), "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range Facts(a, fact.Document{Source: fact.Source{Document: "test", Published: fact.Unknown}}) {
		day := "null"
		if f.Date.Date != nil {
			day = string(*f.Date.Date)
		}
		got = append(got, f.Date.Expression+"="+day)
	}
	if s := strings.Join(got, " "); s != "Tuesday=null 4 May 2031=2031-05-04" {
		t.Error(s)
	}
}

func TestRedact(t *testing.T) {
	for _, c := range []struct {
		rights fact.Rights
		short  bool // quotes of up to 12 words are left
		long   bool
	}{{fact.RightsNone, false, false}, {fact.RightsPhrase, true, false}, {fact.RightsFull, true, true}} {
		short, long := "nine sailors drowned", "nine sailors of the old ferry that had left the port at dawn drowned"
		list := []fact.Fact{{Common: fact.Common{Evidence: fact.Evidence{Quote: &short}}}, {Common: fact.Common{Evidence: fact.Evidence{Quote: &long}}}}
		Redact(list, c.rights)
		if (list[0].Evidence.Quote != nil) != c.short || (list[1].Evidence.Quote != nil) != c.long {
			t.Errorf("%s: short %v, long %v", c.rights, list[0].Evidence.Quote != nil, list[1].Evidence.Quote != nil)
		}
	}
}

func FuzzFacts(f *testing.F) {
	for _, s := range []string{
		"At least 60 people were injured on Monday, police said.", "Norway pledged $50 million to Bangladesh, if parliament agrees.",
		"FIVE SOLDIERS WERE KILLED", "“We will send 20 to 30 tanks,” she said.", "the the of of 's ’ - 20 - 30 of the \xff",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := article.Read([]byte(s), "text/plain")
		if err != nil {
			return
		}
		doc := fact.Document{Source: fact.Source{Document: "fuzz", Published: thursday}}
		found, again := Facts(a, doc), Facts(a, doc)
		if len(found) != len(again) {
			t.Fatalf("%d facts, then %d", len(found), len(again))
		}
		for i, f := range found {
			e := f.Evidence
			if e.Start < 0 || e.End <= e.Start || e.End > len(s) || s[e.Start:e.End] != *e.Quote || f.ID != again[i].ID {
				t.Fatalf("fact %+v of %q", f.Common, s)
			}
			if f.Date != nil && !strings.Contains(*e.Quote, f.Date.Expression) {
				t.Fatalf("%q is not in its evidence %q", f.Date.Expression, *e.Quote)
			}
		}
	})
}
