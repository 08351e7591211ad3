package summary

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"factbox/shared/fact"
)

// randomDocument makes the reports of one document whose facts meet those of others in many ways.
func randomDocument(r *rand.Rand, n int) []Report {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	paper := pick("Herald", "Post", "Courier", "Mail")
	src := fact.Source{Document: fmt.Sprintf("doc-%03d", n), Publisher: paper, Origin: pick(paper, paper, "Northwire"), Published: fact.Unknown}
	if day := r.IntN(12); day > 0 {
		src.Published = fact.EDTF(fmt.Sprintf("2015-11-%02d", 10+day))
	}
	var reports []Report
	for i := range 1 + r.IntN(5) {
		var made Report
		switch r.IntN(4) {
		case 0, 1:
			event := pick("", pick("quake", "tremor", "floods", "train crash", "bus crash", "bombing", "attack", "disaster")+pick("", " in Lyon", " near the port", " at a school"))
			date := pick("", fmt.Sprintf("2015-11-%02d", 9+r.IntN(4)), "2015-11", "2015", "1999", "2015-11-09/2015-11-11")
			count := pick("0", "1", "5", "6", "6", "12", "40", "40", "900", ">4", ">30", "~10", "5-9", "9-5", "dozens")
			made = dead("x", event, pick("", "FR", "FR", "LB"), date, count)
			c := made.Fact.Casualty
			c.Victims = pick("", "people", "children", "soldiers", "Anna Weiss, a teacher")
			c.Scope = optional(fact.Scope(pick("", "", "", "total", "part_of_total", "increment")))
			if stance := pick("", "", "", "asserts", "denies", "disputes"); stance != "" {
				made.Fact.Attribution = &fact.Attribution{Speaker: pick("the army", "the mayor"), Stance: fact.Stance(stance)}
			}
		case 2:
			made = dated("x", pick("", "2015-11-10", "2015-11-11", "2015-11"), pick("leaders meet", "talks of leaders", "quake", "vote in parliament"), pick("FR", "TR"))
		case 3:
			made = pledge("x", pick("DE", "GB"), pick("", "FR", "LB"), fact.Statuses[r.IntN(len(fact.Statuses))], fact.SupportTypes[r.IntN(3)].Type)
		}
		made.Source = src
		made.Fact.Document, made.Fact.ID = src.Document, fmt.Sprintf("%s#%d", src.Document, i)
		reports = append(reports, made)
	}
	return reports
}

// reprint gives the document again as another paper has it days later.
func reprint(r *rand.Rand, document []Report, n int) []Report {
	again := slices.Clone(document)
	src := again[0].Source
	src.Origin = origin(src)
	src.Document, src.Publisher = fmt.Sprintf("doc-%03d", n), "Gazette"
	if src.Published != fact.Unknown || r.IntN(2) == 0 {
		src.Published = fact.EDTF(fmt.Sprintf("2015-12-%02d", 1+r.IntN(28)))
	}
	for i := range again {
		again[i].Source = src
		again[i].Fact.Document, again[i].Fact.ID = src.Document, fmt.Sprintf("%s#%d", src.Document, i)
	}
	return again
}

// stand is what tolls and support come to, without their reports.
func stand(reports []Report) (lines []string) {
	for _, t := range Tolls(reports) {
		lines = append(lines, fmt.Sprint("toll ", text(t.Place), firstDay(t.Date), " ", bounds(t.Low, t.Best, t.High), t.BestBecause))
	}
	for _, s := range Supports(reports) {
		lines = append(lines, fmt.Sprint("support ", s.Donor, s.Type, text(s.Recipient), s.History))
	}
	slices.Sort(lines)
	return lines
}

const rounds = 400

func randomDocuments(r *rand.Rand) [][]Report {
	documents := make([][]Report, 2+r.IntN(8))
	for i := range documents {
		documents[i] = randomDocument(r, i)
	}
	return documents
}

func TestReprintChangesNoFigure(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for round := range rounds {
		documents := randomDocuments(r)
		reports := slices.Concat(documents...)
		again := reprint(r, documents[r.IntN(len(documents))], len(documents))
		if before, after := stand(reports), stand(append(again, reports...)); !slices.Equal(before, after) {
			t.Fatalf("round %d: a reprint of %s changed\n%q to\n%q", round, again[0].Fact.Document, before, after)
		}
	}
}

func TestFiguresAreInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	with := 0
	for round := range rounds {
		reports := slices.Concat(randomDocuments(r)...)
		seen := 0
		for _, x := range Tolls(reports) {
			seen += len(x.Reports) + x.MoreReports
			if (x.Low == nil) != (x.High == nil) || x.Best != nil && x.Low == nil {
				t.Fatalf("round %d: %s: a bound is missing", round, bounds(x.Low, x.Best, x.High))
			}
			if x.Best == nil {
				continue
			}
			with++
			if *x.Low > *x.Best || *x.Best > *x.High {
				t.Fatalf("round %d: low, best and high are %s", round, bounds(x.Low, x.Best, x.High))
			}
			if !slices.ContainsFunc(x.Reports, func(f fact.Fact) bool {
				c := f.Casualty.Count
				return !denied(f) && c.Modifier == fact.Exact && *c.Min == *x.Best
			}) {
				t.Fatalf("round %d: no report states %d", round, *x.Best)
			}
		}
		if stated := len(of(reports, fact.KindCasualty)); seen != stated {
			t.Fatalf("round %d: %d of %d reports are in tolls", round, seen, stated)
		}
	}
	if with < rounds {
		t.Fatalf("only %d tolls had a best figure: the test shows nothing", with)
	}
}

// TestRemovingUndoes: a summary keeps nothing of what it was made of before, nor changes it.
func TestRemovingUndoes(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for round := range rounds {
		documents := randomDocuments(r)
		rest := slices.Concat(documents[1:]...)
		before, err := json.Marshal(rest)
		if err != nil {
			t.Fatal(err)
		}
		want := NewStory("tale", "", nil, rest)
		if with := NewStory("tale", "", nil, slices.Concat(documents...)); reflect.DeepEqual(with, want) {
			t.Fatalf("round %d: a document changed nothing", round)
		}
		if got := NewStory("tale", "", nil, rest); !reflect.DeepEqual(got, want) {
			t.Fatalf("round %d: the story is not what it was without the document", round)
		}
		if after, _ := json.Marshal(rest); string(after) != string(before) {
			t.Fatalf("round %d: the reports were changed", round)
		}
	}
}
