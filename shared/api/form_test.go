package api

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// sampled gives the sample of an operation, whose type the caller knows.
func sampled[T any](operation string) T { return samples()[operation].(T) }

// everything is a store with one item in each list.
func everything() fake {
	f := empty
	f.tolls = paged(sampled[CasualtyList]("listCasualties").Items, dailySource)
	f.supports = paged(sampled[List[summary.Support]]("listPledges").Items, dailySource)
	f.donors = paged(sampled[List[summary.Donor]]("listPledgesByCountry").Items, dailySource)
	f.facts = paged(sampled[List[fact.Fact]]("listFacts").Items, dailySource)
	return f
}

// records reads a csv strictly, as rows by column.
func records(t *testing.T, body string) []map[string]string {
	t.Helper()
	if !strings.HasSuffix(body, "\r\n") {
		t.Errorf("lines do not end in CRLF (RFC 4180): %q", body)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := map[string]string{}
		for i, name := range rows[0] {
			if _, twice := m[name]; twice {
				t.Errorf("two columns are called %s", name)
			}
			m[name] = row[i]
		}
		list = append(list, m)
	}
	return list
}

func TestCSV(t *testing.T) {
	h := All(deps(everything()))
	tests := []struct {
		target string
		rows   int
		last   string // column=value pairs of the last row
	}{
		{"/v1/casualties", 2, "effect=injured|best=|best_because=not stated|report="},
		{"/v1/casualties?effect=killed", 1, "effect=killed|best=3|count=Three|document=daily-2025-05-04|publisher=The Daily|start=0|end=34|quote=Three people were killed on Sunday"},
		{"/v1/casualties?effect=missing", 1, "effect=missing|best_because=not stated"},
		{"/v1/pledges", 1, "donor=BE|type=humanitarian|status=pledged|quantity=20|unit=pumps|amount=|report=c55d02fe7a9341e8a6d4"},
		{"/v1/pledges/by-country", 1, "donor_status=pledged|donor=BE|type=humanitarian|published=2025-05-04"},
		{"/v1/facts?story=s", 3, "kind=pledge|donor=BE|types=humanitarian|effect=|date=2025-05-04|quote=Belgium will send 20 pumps|headline=River floods three towns"},
	}
	for _, tt := range tests {
		t.Run(tt.target, func(t *testing.T) {
			rows := records(t, text(ask(t, h, "GET", tt.target, "", "Accept: text/csv")))
			if len(rows) != tt.rows {
				t.Fatalf("%d rows, want %d", len(rows), tt.rows)
			}
			for pair := range strings.SplitSeq(tt.last, "|") {
				name, want, _ := strings.Cut(pair, "=")
				if got, ok := rows[len(rows)-1][name]; !ok || got != want {
					t.Errorf("%s is %q (there: %v), want %q", name, got, ok, want)
				}
			}
		})
	}
}

func TestFormHeadersFitTheirRows(t *testing.T) {
	from := sourcesOf([]fact.Source{dailySource})
	check := func(name string, header []string, rows [][]string) {
		t.Helper()
		for _, row := range rows {
			if len(row) != len(header) {
				t.Errorf("%s: %d cells under %d columns", name, len(row), len(header))
			}
		}
	}
	toll := sampled[CasualtyList]("listCasualties").Items[0]
	check("toll", tollForm.header, append(tollForm.rows(toll, from), tollForm.rows(summary.Toll{}, from)...))
	occurrence := sampled[List[summary.Occurrence]]("listDates").Items[0]
	check("occurrence", occurrenceForm.header, append(occurrenceForm.rows(occurrence, from), occurrenceForm.rows(summary.Occurrence{}, from)...))
	donor := sampled[List[summary.Donor]]("listPledgesByCountry").Items[0]
	check("donor", donorForm.header, donorForm.rows(donor, from))
	check("support", supportForm.header, supportForm.rows(donor.Support[0], from))
	for _, f := range sampled[List[fact.Fact]]("listFacts").Items {
		check("fact", factForm.header, factForm.rows(f, from))
	}
	check("headline", headlineForm.header, headlineForm.rows(sampled[List[summary.Headline]]("listHeadlines").Items[0], from))
}

func TestCellsAreInert(t *testing.T) {
	tests := []struct{ cell, want string }{
		{"=1+1", "'=1+1"}, {"+49", "'+49"}, {"-3", "'-3"}, {"@cmd", "'@cmd"}, {"\tx", "'\tx"}, {"\rx", "'\rx"},
		{"a=1", "a=1"}, {"", ""}, {"'quoted'", "'quoted'"}, {"../2025", "../2025"},
	}
	for _, tt := range tests {
		if got := inert(tt.cell); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.cell, got, tt.want)
		}
	}
	evil := sampled[CasualtyList]("listCasualties").Items
	evil[0].Event = "=HYPERLINK(\"x\"),\r\n\"a\""
	f := everything()
	f.tolls = paged(evil, dailySource)
	rows := records(t, text(ask(t, All(deps(f)), "GET", "/v1/casualties?format=csv", "")))
	if got := rows[0]["event"]; !strings.HasPrefix(got, "'=HYPERLINK") || !strings.HasSuffix(got, `"a"`) {
		t.Errorf("event %q", got)
	}
}

func TestNDJSON(t *testing.T) {
	body := text(ask(t, All(deps(everything())), "GET", "/v1/casualties?format=ndjson", ""))
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %s", len(lines), body)
	}
	for i, line := range lines {
		var item struct {
			summary.Toll
			Sources []fact.Source `json:"sources"`
		}
		if err := json.Unmarshal([]byte(line), &item); err != nil {
			t.Fatal(err)
		}
		if len(item.Sources) != len(item.Reports) || item.Sources == nil || item.Effect != summary.Looked[i] {
			t.Errorf("line %d: %s with sources %v", i, item.Effect, item.Sources)
		}
	}
	if got := text(ask(t, All(deps(empty)), "GET", "/v1/facts?country=FR&format=ndjson", "")); got != "" {
		t.Errorf("an empty list is %q", got)
	}
}

func TestText(t *testing.T) {
	full, none := All(deps(everything())), All(deps(empty))
	tests := []struct {
		name, target string
		empty        bool
		want         string
	}{
		{"toll", "/v1/casualties", false, "Killed: 3, River flood (France, 2025-05-04); newest exact total, 1 origin [The Daily, 2025-05-04].\nInjured: not stated.\n"},
		{"no toll", "/v1/casualties", true, "No casualties stated.\nKilled: not stated.\nInjured: not stated.\n"},
		{"support", "/v1/pledges", false, "Belgium: humanitarian, pledged; 20 pumps; for France [The Daily, 2025-05-04].\n"},
		{"donor", "/v1/pledges/by-country", false, "Belgium:\n- humanitarian, pledged; 20 pumps; for France [The Daily, 2025-05-04].\n"},
		{"facts", "/v1/facts?story=s", false, "Killed: Three people, River flood (France, 2025-05-04) [The Daily, 2025-05-04].\n" +
			"2025-05-04: the river burst its banks (France) [The Daily, 2025-05-04].\n" +
			"Belgium: humanitarian, pledged; 20 pumps; for France [The Daily, 2025-05-04].\n"},
		{"a page of more", "/v1/facts?story=s&limit=1", false, "Killed: Three people, River flood (France, 2025-05-04) [The Daily, 2025-05-04].\nThere is more: see the next page.\n"},
		{"no facts", "/v1/facts?story=s", true, "No facts.\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := full
			if tt.empty {
				h = none
			}
			if got := text(ask(t, h, "GET", tt.target, "", "Accept: text/plain")); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

// TestLines has what the lines of tolls and support say beside the figures.
func TestLines(t *testing.T) {
	disputed := summary.Toll{Effect: fact.Killed, Disputes: []summary.Dispute{{Speaker: "the mayor", Stance: fact.Denies, Count: "40 people"}}}
	if got, want := tollLine(disputed, nil), "Killed: no figure stated; the mayor denies a report of 40 people."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	risen := summary.Support{Type: fact.Naval, Status: fact.Delivered, History: []summary.Step{
		{Status: fact.Considered, Published: "2025-05-01"}, {Status: fact.Pledged, Published: "2025-05-03"}, {Status: fact.Delivered, Published: "2025-05-04"},
	}}
	if got, want := supportLine(risen, nil), "naval, delivered; before that pledged (2025-05-03), considered (2025-05-01)."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFigure(t *testing.T) {
	n := func(v int64) *int64 { return &v }
	tests := []struct {
		toll summary.Toll
		want string
	}{
		{summary.Toll{Low: n(3), Best: n(3), High: n(3)}, "3"},
		{summary.Toll{Low: n(3), Best: n(4), High: n(9)}, "4 (reports from 3 to 9)"},
		{summary.Toll{Low: n(3), High: n(9)}, "from 3 to 9"},
		{summary.Toll{Low: n(100), High: n(100)}, "reported as 100"},
		{summary.Toll{Words: []string{"dozens"}}, "dozens"},
		{summary.Toll{Low: n(100), High: n(100), Words: []string{"at least 100"}}, "at least 100"},
		{summary.Toll{Low: n(0), Best: n(0), High: n(0)}, "0"},
		{summary.Toll{}, "no figure stated"},
	}
	for _, tt := range tests {
		if got := figure(tt.toll); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
