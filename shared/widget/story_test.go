package widget

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/summary"
)

const site = "https://facts.example"

// input is a story before it is summed up: testdata/quake.json, which nobody but us ever reported.
type input struct {
	Story     string          `json:"story"`
	Title     string          `json:"title"`
	Documents []fact.Document `json:"documents"`
	Facts     []fact.Fact     `json:"facts"`
}

func quake(t testing.TB) input {
	t.Helper()
	data, err := os.ReadFile("testdata/quake.json")
	if err != nil {
		t.Fatal(err)
	}
	var in input
	if err := json.Unmarshal(data, &in); err != nil {
		t.Fatal(err)
	}
	for i := range in.Documents {
		in.Documents[i].Story = in.Story
	}
	for i := range in.Facts {
		f := &in.Facts[i]
		f.Story, f.Revision, f.Review = in.Story, 1, cmp.Or(f.Review, fact.Extracted)
		f.Evidence.Start, f.Evidence.End = 10*i, 10*i+5
		if f.Pledge != nil {
			f.Pledge.Category = f.Pledge.Types[0].Category()
		}
		if f.Date != nil && f.Date.Role == "" {
			f.Date.Role = fact.RoleEvent
		}
		f.Identify()
	}
	return in
}

func (in input) sum() summary.Story {
	sources := make(map[string]fact.Source)
	for _, d := range in.Documents {
		sources[d.Source.Document] = d.Source
	}
	var reports []summary.Report
	for _, f := range in.Facts {
		reports = append(reports, summary.Report{Fact: f, Source: sources[f.Document]})
	}
	return summary.NewStory(in.Story, in.Title, in.Documents, reports)
}

// filled is the story with every text that a document words replaced by one.
func filled(t testing.TB, text string) summary.Story {
	t.Helper()
	s := quake(t).sum()
	s.Title = text
	reports := func(facts []fact.Fact) {
		for i := range facts {
			f := &facts[i]
			if f.Attribution != nil {
				f.Attribution.Speaker = text
			}
			if f.Evidence.Quote != nil {
				f.Evidence.Quote = &text
			}
			switch {
			case f.Casualty != nil:
				f.Casualty.Event, f.Casualty.Victims, f.Casualty.Count.Text = text, text, text
			case f.Date != nil:
				f.Date.Event, f.Date.Expression = text, text
			}
		}
	}
	for i := range s.Casualties {
		c := &s.Casualties[i]
		c.Event = text
		reports(c.Reports)
		for j := range c.Disputes {
			c.Disputes[j].Speaker, c.Disputes[j].Count = text, text
		}
	}
	for i := range s.Dates {
		s.Dates[i].Event = text
		reports(s.Dates[i].Reports)
	}
	for i := range s.Pledges {
		for j := range s.Pledges[i].Support {
			p := &s.Pledges[i].Support[j]
			reports(p.Reports)
			if p.Condition != nil {
				p.Condition = &text
			}
			if p.Quantity != nil {
				p.Quantity.Unit = text
			}
		}
	}
	for i := range s.Sources {
		d := &s.Sources[i]
		d.Headline, d.Publisher, d.Origin, d.URL = text, text, text+"!", text
	}
	return s
}

func tongue(t testing.TB, tag string) *language.Language {
	t.Helper()
	l, err := language.Get(tag)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func page(t testing.TB, story summary.Story, o Options) []byte {
	t.Helper()
	d, err := Drawer{}.Page(story, o)
	if err != nil {
		t.Fatal(err)
	}
	return d.HTML
}

func element(t testing.TB, story summary.Story, o Options) []byte {
	t.Helper()
	e, err := Drawer{}.Element(story, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// each calls f for every view in every language.
func each(t *testing.T, f func(t *testing.T, o Options)) {
	for _, tag := range language.Tags() {
		for _, show := range Shows {
			t.Run(string(show)+" "+tag, func(t *testing.T) {
				f(t, Options{Show: show, Language: tongue(t, tag), Site: site})
			})
		}
	}
}

// longest makes a story as large as a summary can be: words at random, as names and labels are, so that they do not compress.
func longest(seed uint64) summary.Story {
	r := rand.New(rand.NewPCG(seed, seed))
	words := func(n int) string {
		var b strings.Builder
		for range n {
			for range 3 + r.IntN(8) {
				b.WriteByte(byte('a' + r.IntN(26)))
			}
			b.WriteByte(' ')
		}
		return strings.TrimSpace(b.String())
	}
	countries := []string{"AU", "CA", "CN", "DE", "EU", "FJ", "FR", "GB", "JP", "NZ", "TR", "UN", "US", "VU"}
	country := func() *string { return &countries[r.IntN(len(countries))] }
	day := func() fact.EDTF { return fact.EDTF(fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))) }
	in := input{Story: "longest", Title: words(12)}
	for i := range 200 {
		id := fmt.Sprintf("d%d-%s", i, words(1))
		in.Documents = append(in.Documents, fact.Document{Source: fact.Source{
			Document: id, Headline: words(10), Publisher: words(2), Origin: words(2), Published: day(), URL: "https://" + words(1) + ".example/" + words(1),
		}})
		for range 3 {
			when := day()
			common := fact.Common{Document: id, Story: in.Story, Evidence: fact.Evidence{Start: len(in.Facts)},
				Attribution: &fact.Attribution{Speaker: words(3), Stance: fact.Asserts}}
			condition := words(10)
			in.Facts = append(in.Facts,
				fact.Fact{Common: with(common, fact.KindCasualty), Casualty: &fact.Casualty{Effect: fact.Effects[r.IntN(len(fact.Effects))],
					Count: fact.NewCount(fact.Exact, r.Int64N(5000), ""), Victims: words(3), Event: words(4), Place: country(), Date: &when}},
				fact.Fact{Common: with(common, fact.KindDate), Date: &fact.Date{Date: &when, Event: words(8), Participants: []string{*country()}, Role: fact.RoleEvent}},
				fact.Fact{Common: with(common, fact.KindPledge), Pledge: &fact.Pledge{Donor: *country(), Recipient: country(),
					Types:  []fact.SupportType{fact.SupportTypes[r.IntN(len(fact.SupportTypes))].Type},
					Status: fact.Statuses[r.IntN(len(fact.Statuses))], Condition: &condition}})
		}
	}
	for i := range in.Facts {
		in.Facts[i].Identify()
	}
	return in.sum()
}

func with(c fact.Common, k fact.Kind) fact.Common {
	c.Kind = k
	return c
}
