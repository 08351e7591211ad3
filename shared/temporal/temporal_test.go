package temporal

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// describe writes a mention as the tables have it: words, type, value, mod and date between bars, empty ones at the end cut.
func describe(text token.Text, m Mention) string {
	s := fmt.Sprintf("%s|%s|%s|%s|%s", text.Slice(m.Span), m.Type, m.Value, m.Mod, m.Date)
	return strings.TrimRight(s, "|")
}

func tag(text string, published fact.EDTF) []string {
	read := token.Read(text)
	var all []string
	for _, m := range Tag([]token.Text{read}, published)[0] {
		all = append(all, describe(read, m))
	}
	return all
}

// The day of publication is a Thursday.
const thursday = "2015-11-26"

type tagCase struct {
	text string
	want []string
}

func check(t *testing.T, published fact.EDTF, cases []tagCase) {
	t.Helper()
	for _, c := range cases {
		if got := tag(c.text, published); !slices.Equal(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestCalendarDates(t *testing.T) {
	check(t, thursday, []tagCase{
		{"The law passed on Nov. 13, 2015.", []string{"Nov. 13, 2015|DATE|2015-11-13||2015-11-13"}},
		{"The law passed on 13 November 2015.", []string{"13 November 2015|DATE|2015-11-13||2015-11-13"}},
		{"The law passed on the 11th of September 2001.", []string{"the 11th of September 2001|DATE|2001-09-11||2001-09-11"}},
		{"The law passed on September 11th.", []string{"September 11th|DATE|2015-09-11||2015-09-11"}},
		{"Updated 2015-11-26.", []string{"2015-11-26|DATE|2015-11-26||2015-11-26"}},
		{"Updated 26/11/2015.", []string{"26/11/2015|DATE|2015-11-26||2015-11-26"}},
		{"Updated 11/26/2015.", []string{"11/26/2015|DATE|2015-11-26||2015-11-26"}},
		{"Updated 05/06/2015.", nil}, // 5 June or 6 May
		{"It closed on Friday, Nov. 13.", []string{"Friday, Nov. 13|DATE|2015-11-13||2015-11-13"}},
		{"It closed on Saturday, June 13.", []string{"Saturday, June 13|DATE|2015-06-13||2015-06-13"}},
		{"It opened on Sunday, June 12.", []string{"Sunday, June 12|DATE|2016-06-12||2016-06-12"}}, // as the weekday has it
		{"The rent fell due on February 29, 2016.", []string{"February 29, 2016|DATE|2016-02-29||2016-02-29"}},
		{"The post dates from February 29, 2015.", []string{"February 29, 2015|DATE"}}, // no such day
		{"The post dates from April 31.", []string{"April 31|DATE"}},
		{"He was born on February 29.", []string{"February 29|DATE|2016-02-29||2016-02-29"}},
		{"Exports grew in November 2014.", []string{"November 2014|DATE|2014-11||2014-11"}},
		{"Exports grew in mid-October.", []string{"mid-October|DATE|2015-10|MID|2015-10"}},
		{"Exports may recover in early 2020.", []string{"early 2020|DATE|2020|START|2020"}},
		{"Exports fell late last year.", []string{"late last year|DATE|2014|END|2014"}},
		{"Exports fell in the 1990s.", []string{"the 1990s|DATE|199||1990/1999"}},
		{"Exports fell in the early '80s.", []string{"the early '80s|DATE|198|START|1980/1989"}},
		{"The bridge is of the 19th century.", []string{"the 19th century|DATE|18||1801/1900"}},
		{"He spoke in nineteen ninety-six.", []string{"nineteen ninety-six|DATE|1996||1996"}},
		{"Profit rose in the third quarter.", []string{"the third quarter|DATE|2015-Q3||2015-07/2015-09"}},
		{"Profit rose in the first half of 2015.", []string{"the first half of 2015|DATE|2015-H1||2015-01/2015-06"}},
		{"Sales rose in Q3 2014.", []string{"Q3 2014|DATE|2014-Q3||2014-07/2014-09"}},
		{"Sales rose in fiscal 2014.", []string{"fiscal 2014|DATE|2014||2014"}},
		{"The ferry sank in the winter of 2013.", []string{"the winter of 2013|DATE|2013-WI||2013-12/2014-02"}},
		{"The ferry sank last spring.", []string{"last spring|DATE|2015-SP||2015-03/2015-05"}},
		{"The dam broke on Easter Monday.", []string{"Easter Monday|DATE|2015-04-06||2015-04-06"}},
		{"Shops will close on Christmas Day.", []string{"Christmas Day|DATE|2015-12-25||2015-12-25"}},
		{"The vote was held in June last year.", []string{"June last year|DATE|2014-06||2014-06"}},
		{"The vote was held on Dec. 22, last year.", []string{"Dec. 22, last year|DATE|2014-12-22||2014-12-22"}},
		{"They spent the week of March 2 at sea.", []string{"the week of March 2|DATE|2015-W10||2015-03-02/2015-03-08"}},
	})
}

func TestWeekdays(t *testing.T) {
	check(t, thursday, []tagCase{
		{"A tram hit a bus on Tuesday.", []string{"Tuesday|DATE|2015-11-24||2015-11-24"}},
		{"A tram hit a bus on Thursday.", []string{"Thursday|DATE|2015-11-26||2015-11-26"}},
		{"A tram hit a bus on Friday.", []string{"Friday|DATE|2015-11-20||2015-11-20"}},
		{"The ministry on Monday denied it.", []string{"Monday|DATE|2015-11-23||2015-11-23"}},
		{"The envoys will meet on Friday.", []string{"Friday|DATE|2015-11-27||2015-11-27"}},
		{"The envoys are to meet on Monday.", []string{"Monday|DATE|2015-11-30||2015-11-30"}},
		{"The envoy is set to speak on Monday.", []string{"Monday|DATE|2015-11-30||2015-11-30"}},
		{"On Monday, the envoy will speak.", []string{"Monday|DATE|2015-11-30||2015-11-30"}},
		{"The envoy said on Monday he will speak.", []string{"Monday|DATE|2015-11-23||2015-11-23"}},
		{"The talks will be held on Monday.", []string{"Monday|DATE|2015-11-30||2015-11-30"}},
		{"Next Tuesday he left.", []string{"Next Tuesday|DATE|2015-12-01||2015-12-01"}},
		{"He left last Thursday.", []string{"last Thursday|DATE|2015-11-19||2015-11-19"}},
		{"He left this Tuesday.", []string{"this Tuesday|DATE|2015-11-24||2015-11-24"}},
		{"He leaves on Monday next week.", []string{"Monday next week|DATE|2015-11-30||2015-11-30"}},
		{"It rained Wednesday night.", []string{"Wednesday night|TIME|2015-11-25TNI||2015-11-25"}},
		{"It rained early Wednesday.", []string{"early Wednesday|DATE|2015-11-25|START|2015-11-25"}},
		{"It rained at 9 a.m. on Tuesday.", []string{"9 a.m. on Tuesday|TIME|2015-11-24T09:00||2015-11-24"}},
		{"It rained on Tuesday. At 10:30 p.m. GMT it stopped.", []string{"Tuesday|DATE|2015-11-24||2015-11-24", "10:30 p.m. GMT|TIME|2015-11-24T22:30||2015-11-24"}},
		{"The ferry sails on Sundays.", []string{"Sundays|SET|XXXX-WXX-7"}},
	})
}

func TestRelative(t *testing.T) {
	check(t, thursday, []tagCase{
		{"He spoke today.", []string{"today|DATE|2015-11-26||2015-11-26"}},
		{"He spoke yesterday.", []string{"yesterday|DATE|2015-11-25||2015-11-25"}},
		{"He speaks tonight.", []string{"tonight|TIME|2015-11-26TNI||2015-11-26"}},
		{"He speaks the day after tomorrow.", []string{"the day after tomorrow|DATE|2015-11-28||2015-11-28"}},
		{"It was cold last night.", []string{"last night|TIME|2015-11-25TNI||2015-11-25"}},
		{"It was cold this week.", []string{"this week|DATE|2015-W48||2015-11-23/2015-11-29"}},
		{"It was cold earlier this week.", []string{"earlier this week|DATE|2015-W48|START|2015-11-23/2015-11-29"}},
		{"It was cold earlier in the day.", []string{"earlier in the day|DATE|2015-11-26|START|2015-11-26"}},
		{"It was cold over the weekend.", []string{"the weekend|DATE|2015-W47-WE||2015-11-21/2015-11-22"}},
		{"It was cold last month.", []string{"last month|DATE|2015-10||2015-10"}},
		{"It may be cold next quarter.", []string{"next quarter|DATE|2016-Q1||2016-01/2016-03"}},
		{"It was cold last decade.", []string{"last decade|DATE|200||2000/2009"}},
		{"They met 10 days ago.", []string{"10 days ago|DATE|2015-11-16||2015-11-16"}},
		{"They met six weeks ago.", []string{"six weeks ago|DATE|2015-W42||2015-10-12/2015-10-18"}},
		{"They met nearly two years ago.", []string{"nearly two years ago|DATE|2013|LESS_THAN|2013"}},
		{"They met several years ago.", []string{"several years ago|DATE|PAST_REF"}},
		{"He fell ill on Nov. 2 and died three days later.", []string{"Nov. 2|DATE|2015-11-02||2015-11-02", "three days later|DATE|2015-11-05||2015-11-05"}},
		{"He fell ill on Nov. 2. Some days later he died.", []string{"Nov. 2|DATE|2015-11-02||2015-11-02", "Some days later|DURATION|PXD"}},
		{"He fell ill on Nov. 2 and died the same day.", []string{"Nov. 2|DATE|2015-11-02||2015-11-02", "the same day|DATE|2015-11-02||2015-11-02"}},
		{"He fell ill in May 2014 and died the following month.", []string{"May 2014|DATE|2014-05||2014-05", "the following month|DATE|2014-06||2014-06"}},
		{"Profit rose in the third quarter from a year earlier.", []string{"the third quarter|DATE|2015-Q3||2015-07/2015-09", "a year earlier|DATE|2014-Q3||2014-07/2014-09"}},
		{"He left two days after the vote.", []string{"two days|DURATION|P2D"}},
		{"The work ends by the end of the year.", []string{"the end of the year|DATE|2015|END|2015"}},
		{"He now lives there; he recently moved.", []string{"now|DATE|PRESENT_REF", "recently|DATE|PAST_REF"}},
		{"Prices may fall in the near future.", []string{"the near future|DATE|FUTURE_REF"}},
	})
}

func TestLengthsAndSets(t *testing.T) {
	check(t, thursday, []tagCase{
		{"A two-month siege ended.", []string{"two-month|DURATION|P2M"}},
		{"The 4-1/2 year war ended.", []string{"4-1/2 year|DURATION|P4Y6M"}},
		{"A 27-year-old teacher won.", []string{"27-year-old|DURATION|P27Y"}},
		{"The siege took half an hour.", []string{"half an hour|DURATION|PT30M"}},
		{"The siege took a minute and a half.", []string{"a minute and a half|DURATION|PT1M30S"}},
		{"The siege took at least 30 days.", []string{"at least 30 days|DURATION|P30D|EQUAL_OR_MORE"}},
		{"The siege took up to two to three weeks.", []string{"up to two to three weeks|DURATION|P2W|EQUAL_OR_LESS"}},
		{"The siege lasted for months.", []string{"months|DURATION|PXM"}},
		{"It grew over the past two weeks.", []string{"the past two weeks|DURATION|P2W"}},
		{"It grew in the first nine months.", []string{"the first nine months|DURATION|P9M"}},
		{"It grew for a fortnight and two decades.", []string{"a fortnight|DURATION|P2W", "two decades|DURATION|P20Y"}},
		{"He runs every morning.", []string{"every morning|SET|XXXX-XX-XXTMO"}},
		{"He runs weekly, each Monday and every two days.", []string{"weekly|SET|P1W", "each Monday|SET|XXXX-WXX-1", "every two days|SET|P2D"}},
		{"It costs five euros a day.", []string{"a day|SET|P1D"}},
		{"It was built within a year.", []string{"a year|DURATION|P1Y"}},
		{"The Daily Planet wrote of it.", nil},
	})
}

func TestOpenSidesAndSeries(t *testing.T) {
	check(t, thursday, []tagCase{
		{"The raids began before Nov 2.", []string{"Nov 2|DATE|2015-11-02||../2015-11-02"}},
		{"It struck just before midnight on Tuesday.", []string{"midnight on Tuesday|TIME|2015-11-24T24:00||2015-11-24"}},
		{"No vote is expected before January.", []string{"January|DATE|2016-01||2016-01/.."}},
		{"Mourning was declared, starting on Friday.", []string{"Friday|DATE|2015-11-27||2015-11-27"}},
		{"They waited before Tuesday's vote.", []string{"Tuesday|DATE|2015-11-24||2015-11-24"}},
		{"They have fought since 2011.", []string{"2011|DATE|2011||2011/.."}},
		{"They have fought since the 1990s.", []string{"the 1990s|DATE|199||1990/.."}},
		{"They fought until March 2014.", []string{"March 2014|DATE|2014-03||../2014-03"}},
		{"The figures run up to mid-October.", []string{"mid-October|DATE|2015-10|MID|2015-10"}},
		{"The fair ran from Nov 2 to Nov 5.", []string{"Nov 2|DATE|2015-11-02||2015-11-02", "Nov 5|DATE|2015-11-05||2015-11-05"}},
		{"The fair ran from Monday through Wednesday.", []string{"Monday|DATE|2015-11-23||2015-11-23", "Wednesday|DATE|2015-11-25||2015-11-25"}},
		{"The fair ran from Nov. 2 to 5.", []string{"Nov. 2|DATE|2015-11-02||2015-11-02", "5|DATE|2015-11-05||2015-11-05"}},
		{"The fair ran on 2-5 November 2014.", []string{"2|DATE|2014-11-02||2014-11-02", "5 November 2014|DATE|2014-11-05||2014-11-05"}},
		{"The blast hit on Nov. 2 and 17 people died.", []string{"Nov. 2|DATE|2015-11-02||2015-11-02"}},
	})
}

func TestWordsThatAreNoDates(t *testing.T) {
	check(t, thursday, []tagCase{
		{"They may march in May.", []string{"May|DATE|2016-05||2016-05"}},
		{"May Smith met March Hare.", nil},
		{"An august body fell with the fall of the city.", nil},
		{"The sun set where the cat sat.", nil},
		{"It has 1500 troops, 1,999 tanks and $2015 a head.", nil},
		{"Easter Island is far.", nil},
		{"He left as soon as he could.", nil},
		{"Three quarters of them left.", nil},
		{"The wind blew at 75 miles per hour.", nil},
		{"She ran it in 2:14:04.", nil},
		{"He wrote for the Evening Sun.", nil},
	})
}

func TestCapitals(t *testing.T) {
	check(t, "1990-04-03", []tagCase{
		{"BOGOTA, 3 APR 90 (EFE) -- THE ARMY SAID TODAY THAT TWO MEN DIED ON 31 MARCH.", []string{"3 APR 90|DATE|1990-04-03||1990-04-03", "TODAY|DATE|1990-04-03||1990-04-03", "31 MARCH|DATE|1990-03-31||1990-03-31"}},
		{"THEY MAY MARCH ON MONDAY.", []string{"MONDAY|DATE|1990-04-09||1990-04-09"}},
		{"IT WAS SEEN LAST WEEK AT 1625.", []string{"LAST WEEK|DATE|1990-W13||1990-03-26/1990-04-01", "1625|TIME|1990-04-03T16:25||1990-04-03"}},
	})
}

func TestPublicationUnknown(t *testing.T) {
	cases := []tagCase{
		{"It sank on Tuesday.", []string{"Tuesday|DATE"}},
		{"It sank yesterday at 9 a.m.", []string{"yesterday at 9 a.m.|TIME"}},
		{"It sank last month, on May 3.", []string{"last month|DATE", "May 3|DATE"}},
		{"It sank in the third quarter, two years ago.", []string{"the third quarter|DATE", "two years ago|DATE"}},
		{"It sank on May 3, 2014, and two days later it was found.", []string{"May 3, 2014|DATE|2014-05-03||2014-05-03", "two days later|DATE|2014-05-05||2014-05-05"}},
		{"It sank on Christmas Day, and is now lost for two years.", []string{"Christmas Day|DATE", "now|DATE|PRESENT_REF", "two years|DURATION|P2Y"}},
	}
	check(t, fact.Unknown, cases)
	check(t, "", cases)
}

func TestPublicationCoarse(t *testing.T) {
	check(t, "2015-11", []tagCase{
		{"It sank on Tuesday, or last month.", []string{"Tuesday|DATE", "last month|DATE|2015-10||2015-10"}},
		{"It sank in October.", []string{"October|DATE|2015-10||2015-10"}},
	})
	check(t, "2015", []tagCase{
		{"It sank on Tuesday, or last month, or last year.", []string{"Tuesday|DATE", "last month|DATE", "last year|DATE|2014||2014"}},
		{"It sank in October.", []string{"October|DATE"}},
	})
}

// A time of day belongs to the day spoken of, but not to one of long ago that another paragraph recalled.
func TestTimesWithoutDay(t *testing.T) {
	for _, c := range []struct{ before, want string }{
		{"A tram hit a bus on Monday.", "2015-11-23T09:00"},
		{"The line was opened on May 3, 1990.", "2015-11-26T09:00"},
		{"Nothing here.", "2015-11-26T09:00"},
	} {
		got := Tag([]token.Text{token.Read(c.before), token.Read("The work began at 9 a.m.")}, thursday)[1]
		if len(got) != 1 || got[0].Value != c.want {
			t.Errorf("%s: got %v, want %s", c.before, got, c.want)
		}
	}
	check(t, thursday, []tagCase{
		{"The line was opened on May 3, 1990. The first tram left at 9 a.m.", []string{"May 3, 1990|DATE|1990-05-03||1990-05-03", "9 a.m.|TIME|1990-05-03T09:00||1990-05-03"}},
	})
}

// The date that "the same day" looks back to may stand in a paragraph before.
func TestParagraphs(t *testing.T) {
	paragraphs := []token.Text{token.Read("He fell ill on Nov. 2."), token.Read("Nothing here."), token.Read("He died the same day.")}
	got := Tag(paragraphs, thursday)
	if len(got) != 3 || len(got[0]) != 1 || got[1] != nil || len(got[2]) != 1 {
		t.Fatalf("got %v", got)
	}
	if got[2][0].Value != "2015-11-02" {
		t.Errorf("the same day: got %q", got[2][0].Value)
	}
}
