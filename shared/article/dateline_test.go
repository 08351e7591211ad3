package article

import (
	"strings"
	"testing"

	"factbox/shared/fact"
)

func TestReadDateline(t *testing.T) {
	const none = "-"
	for _, c := range []struct {
		text                string
		place, date, agency string // place is none where there is no dateline
		report              string // the words behind it
	}{
		{"BOGOTA, 3 APR 90 (REUTERS) -- THE POLICE SAID", "BOGOTA", "1990-04-03", "REUTERS", "THE POLICE SAID"},
		{"QUITO (ECUADOR), 5 MAR 07 (RADIO COLON) -- [TEXT] THE", "QUITO (ECUADOR)", "2007-03-05", "RADIO COLON", "[TEXT] THE"},
		{"SAN JOSE, 12 Jan 90 (ACAN-EFE) -- The", "SAN JOSE", "1990-01-12", "ACAN-EFE", "The"},
		{"RIO DE JANEIRO, 30 NOV 89 -- THE", "RIO DE JANEIRO", "1989-11-30", "", "THE"},
		{"SOFIA (BULGARIA), NO DATE -- THE", "SOFIA (BULGARIA)", "", "", "THE"},
		{"MOSCOW (AP) — The", "MOSCOW", "", "AP", "The"},
		{"KABUL, Afghanistan —The", "KABUL, Afghanistan", "", "", "The"},
		{"KABUL, Afghanistan (AP) _ The", "KABUL, Afghanistan", "", "AP", "The"},
		{"OLMO, Nev. — The", "OLMO, Nev.", "", "", "The"},
		{"WASHINGTON — Two senators", "WASHINGTON", "", "", "Two senators"},
		{"ST. JOHN’S, Antigua, May 3, 2014 (CMC) – The", "ST. JOHN’S, Antigua", "2014-05-03", "CMC", "The"},
		{"N'DJAMENA, March 4, 2012 (AFP) - Two", "N'DJAMENA", "2012-03-04", "AFP", "Two"},
		{"TEL AVIV/GAZA, March 4 (Reuters) - The", "TEL AVIV/GAZA", "", "Reuters", "The"},
		{"PORT-AU-PRINCE, Haiti, Tuesday, March 4, 2014 – The", "PORT-AU-PRINCE, Haiti", "2014-03-04", "", "The"},
		{"McALLEN, Texas (AP) — The", "McALLEN, Texas", "", "AP", "The"},
		{"DHAKA, Jan. 5 (Xinhua) -- Six", "DHAKA", "", "Xinhua", "Six"},
		{"MAKHACHKALA, February 9. /TASS/. Three", "MAKHACHKALA", "", "TASS", "Three"},
		{"MOSCOW. March 4 (Interfax) - Three", "MOSCOW", "", "Interfax", "Three"},
		{"GUWAHATI, India, July 19, 2019 /WireService/ -- The", "GUWAHATI, India", "2019-07-19", "WireService", "The"},
		{"Shimla, Jul 12 (PTI) Two", "Shimla", "", "PTI", "Two"},
		{"New Delhi [India], March 4 (ANI): Two", "New Delhi [India]", "", "ANI", "Two"},
		{"Geneva, 4 March 2021 – The", "Geneva", "2021-03-04", "", "The"},
		{"Geneva/Kabul (ICRC) – The", "Geneva/Kabul", "", "ICRC", "The"},
		{"GENEVA (21 September 2015) – The", "GENEVA", "2015-09-21", "", "The"},
		{"Rio de Janeiro (dpa) - Two", "Rio de Janeiro", "", "dpa", "Two"},
		{"Hong Kong CNN  — Two", "Hong Kong", "", "CNN", "Two"},
		{"(CNN) — Two", "", "", "CNN", "Two"},
		{"(CNN)Two", "", "", "CNN", "Two"},
		{"March 4 (UPI) -- Two", "", "", "UPI", "Two"},
		{"AFP - Two", "", "", "AFP", "Two"},
		{"PORT TARN (NA) --", "PORT TARN", "", "NA", ""},
		{"PORT TARN _", "PORT TARN", "", "", ""},
		{"LIMA, 2014-05-03 (EFE) -- Two", "LIMA", "2014-05-03", "EFE", "Two"},

		{"NATO -- THE ALLIANCE -- SAID THAT IT WAS READY", none, "", "", ""},
		{"THE ARMY -- WHICH HOLDS THE TOWN -- SAID", none, "", "", ""},
		{"THE HAGUE, Netherlands (AP) — The court", "THE HAGUE, Netherlands", "", "AP", "The court"},
		{"THE ARMY, 3 MAY 1990 -- TWO MEN", none, "", "", ""},
		{"STATEMENT/19/2210", none, "", "", ""},
		{"The People’s Army (GNA) captured three towns", none, "", "", ""},
		{"People’s Government (GNA) Forces captured three towns", none, "", "", ""},
		{"NATIONAL ARMY (ANP) forces captured three towns", none, "", "", ""},
		{"UPDATE - The minister said", none, "", "", ""},
		{"EXCLUSIVE — The minister said", none, "", "", ""},
		{"The talks (in Geneva) - the first since May - failed", none, "", "", ""},
		{"The minister (NDP) - a farmer - said", none, "", "", ""},
		{"On March 4 — a Thursday — the dam broke", none, "", "", ""},
		{"March 4 — a Thursday — was dry", none, "", "", ""},
		{"Marta Vey, 61, said", none, "", "", ""},
		{"Marta Vey, March 4, said nothing", none, "", "", ""},
		{"Paris, London and Rome (but not Madrid) agreed", none, "", "", ""},
		{"U.S. and Chinese officials - five of them - met", none, "", "", ""},
		{"LIMA, 31 FEB 90 (EFE) -- THE", none, "", "", ""},
		{"In 1990 (the year of the vote) - he said -", none, "", "", ""},
		{"“KABUL — the city”", none, "", "", ""},
		{"", none, "", "", ""},
	} {
		d, _, _, ok := readDateline(c.text)
		if !ok {
			if c.place != none {
				t.Errorf("%q: no dateline", c.text)
			}
			continue
		}
		if d.Place != c.place || d.Date != fact.EDTF(c.date) || d.Agency != c.agency || c.text[d.End:] != c.report {
			t.Errorf("%q: place %q, date %q, agency %q, then %q", c.text, d.Place, d.Date, d.Agency, c.text[d.End:])
		}
	}
}

// The day of a dateline is the document's own where nothing else is stated, and takes its year from it elsewhere.
func TestDatelines(t *testing.T) {
	const text = " Rain fell on the hills all night, and the river rose by two metres before dawn."
	for _, c := range []struct{ name, text, published, date string }{
		{"a full date", "LIMA, 9 JAN 1990 (EFE) --" + text, "1990-01-09", "1990-01-09"},
		{"no year", "LIMA, Jan 9 (EFE) --" + text, "", ""},
		{"the page's day", "Published: 2 January 2012\n\nLIMA, Dec 31 (EFE) --" + text, "2012-01-02", "2011-12-31"},
		{"too far from it", "Published: 2 January 2012\n\nLIMA, Aug 31 (EFE) --" + text, "2012-01-02", ""},
		{"a leap day in another year", "Published: 2 March 2013\n\nLIMA, Feb 29 (EFE) --" + text, "2013-03-02", ""},
		{"the page's day outranks it", "10 January 1990\n\nLIMA, 9 JAN 1990 (EFE) --" + text, "1990-01-10", "1990-01-09"},
		{"two reports of one day", "LIMA, 9 JAN 1990 (EFE) --" + text + "\n\nQUITO, 9 JAN 1990 (EFE) --" + text, "1990-01-09", "1990-01-09"},
		{"of two days", "LIMA, 9 JAN 1990 (EFE) --" + text + "\n\nQUITO, 10 JAN 1990 (EFE) --" + text, "", "1990-01-09"},
		{"a signature's date", "LIMA, 9 JAN 1990 (EFE) --" + text + "\n\n[DATED] 7 JANUARY 1990", "1990-01-09", "1990-01-09"},
		{"behind a headline", "River rises in Lima after rain\n\nBy Ana Souza\n\nLIMA, 9 Jan 1990 (EFE) --" + text, "1990-01-09", "1990-01-09"},
		{"in the middle", strings.Repeat(text+"\n\n", 4) + "LIMA, 9 Jan 1990 (EFE) --" + text, "1990-01-09", "none"},
	} {
		a, err := Read([]byte(c.text), "text/plain")
		if err != nil {
			t.Fatal(c.name, err)
		}
		date := "none"
		if a.Dateline != nil {
			date = string(a.Dateline.Date)
			if p := a.Paragraphs[a.Dateline.Paragraph].Text; !strings.HasPrefix(p[a.Dateline.End:], "Rain fell") {
				t.Errorf("%s: the report begins %q", c.name, p[a.Dateline.End:])
			}
		}
		if string(a.Published) != c.published || date != c.date {
			t.Errorf("%s: published %q, dateline %q; want %q, %q", c.name, a.Published, date, c.published, c.date)
		}
	}
}

func TestPlacedDate(t *testing.T) {
	for _, c := range []struct{ line, day string }{
		{"Brussels, 18 March 2019", "2019-03-18"},
		{"GENEVA, March 18, 2019", "2019-03-18"},
		{"Port-au-Prince, Haiti, 18 March 2019.", "2019-03-18"},
		{"Addis Ababa (18 March 2019)", "2019-03-18"},

		{"Brussels, 18 March", ""},
		{"18 March 2019", ""},
		{"Brussels, 31 February 2019", ""},
		{"Brussels, 18 March 2019 – The Union releases funds", ""},
		{"The Hague, 18 March 2019", "2019-03-18"},
		{"THE GENERAL COMMAND, 18 March 2019", ""},
		{"Talks in Brussels, 18 March 2019", ""},
		{"The cyclone, 18 March 2019", ""},
	} {
		stamps, ok := placedDate(c.line)
		if ok != (c.day != "") || ok && string(stamps[0].day) != c.day {
			t.Errorf("%q: %v, %v, want %q", c.line, stamps, ok, c.day)
		}
	}
}
