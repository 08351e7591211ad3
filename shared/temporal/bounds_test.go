package temporal

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// prose and worse: runs in which every word could begin or go on an expression.
var runs = map[string]string{
	"prose":    "The envoy said on Tuesday that talks had begun in early October, two weeks after the truce of Nov. 2, 2014.\n",
	"articles": "the early the late the end of the beginning of the ",
	"numbers":  "1 2 2015 10 12 nineteen ninety two hundred and thirty ",
	"hyphens":  "two-two-year-old-mid-year-third-quarter-",
	"units":    "a year a quarter ago the year's last years earlier ",
	"weekdays": "Monday, Tuesday, early Friday night, last Sunday at 10 a.m. and ",
	"capitals": "ON MONDAY NIGHT THE LAST OF MAY MARCH AT 1625 ",
	"series":   "March 3 to 5 and 7 to 9-11 March, May 3-5-7 April ",
}

func TestWorkIsLinear(t *testing.T) {
	g := loadGrammar()
	for name, run := range runs {
		short := g.match(token.Read(strings.Repeat(run, 200))).steps
		long := g.match(token.Read(strings.Repeat(run, 800))).steps
		if ratio := float64(long) / float64(short); ratio > 4.1 {
			t.Errorf("%s: four times the text took %.2f times the work", name, ratio)
		}
	}
}

// The rate is to be the same from a paragraph to a book, in one paragraph or in many.
func BenchmarkTag(b *testing.B) {
	for _, size := range []int{1 << 10, 100 << 10, 10 << 20} {
		whole := strings.Repeat(runs["prose"], size/len(runs["prose"])+1)
		b.Run(fmt.Sprintf("one/%dKB", size>>10), func(b *testing.B) {
			benchmarkTag(b, []token.Text{token.Read(whole)})
		})
		b.Run(fmt.Sprintf("many/%dKB", size>>10), func(b *testing.B) {
			var texts []token.Text
			for line := range strings.Lines(whole) {
				texts = append(texts, token.Read(line))
			}
			benchmarkTag(b, texts)
		})
	}
}

func benchmarkTag(b *testing.B, texts []token.Text) {
	bytes := 0
	for _, t := range texts {
		bytes += len(t.String)
	}
	b.SetBytes(int64(bytes))
	b.ReportAllocs()
	for b.Loop() {
		Tag(texts, thursday)
	}
}

// A cold start reads the rules once.
func BenchmarkReadRules(b *testing.B) {
	for b.Loop() {
		if _, err := readGrammar(); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzTag(f *testing.F) {
	for _, run := range runs {
		f.Add(run, thursday)
	}
	f.Add("It sank on Feb. 29 or 31 April, 900 years ago, in 0001, 9999 decades later, at 25:61 on 99/99/9999.", "9999-12-31")
	f.Add("before 1000, since the 1990s, last winter, next century, the weekend, two thousand millennia ago", "0001-01-01")
	f.Add("last century, a century ago, the first century, next week, 12 Dec., the year before last", "0001")
	f.Add("of May at 0000, at noon and overnight", "0000-01-01")
	f.Add("It burnt overnight.", "0001-01-01")
	f.Add("from 11 to 1 p.m. on 1/1/00, 1999-2000, 2012-13, the last week of February '00", "2100-02-28")
	f.Add("today \xff\xfe yesterday", "unknown")
	f.Fuzz(func(t *testing.T, s, published string) {
		text := token.Read(s)
		got := Tag([]token.Text{text, text}, fact.EDTF(published))
		last := 0
		for _, m := range got[0] {
			if m.First < last || m.Last <= m.First || m.Last > len(text.Tokens) {
				t.Fatalf("span %v behind %d among %d tokens", m.Span, last, len(text.Tokens))
			}
			last = m.Last
			if _, err := fact.ParseEDTF(string(m.Date)); m.Date != "" && err != nil {
				t.Fatalf("%q: %v", text.Slice(m.Span), err)
			}
			if m.Date != "" && m.Value == "" {
				t.Fatalf("%q has the date %q and no value", text.Slice(m.Span), m.Date)
			}
		}
		if again := Tag([]token.Text{text, text}, fact.EDTF(published)); !reflect.DeepEqual(got, again) {
			t.Fatalf("two answers: %v and %v", got, again)
		}
	})
}
