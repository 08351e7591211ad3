package main

import (
	"bufio"
	"bytes"
	"context"
	"strings"
	"testing"

	"factbox/shared/extract"
	"factbox/shared/fact"
)

// TestExplanation shows how an explanation is laid out.
func TestExplanation(t *testing.T) {
	nine := fact.NewCount(fact.Exact, 9, "Nine")
	toll := fact.Fact{Common: fact.Common{Kind: fact.KindCasualty, Evidence: fact.Evidence{Start: 0, End: 20}},
		Casualty: &fact.Casualty{Effect: fact.Killed, Count: nine, Victims: "sailors", Event: "storm"}}
	passive := extract.Rule{Kind: fact.KindCasualty, Name: "by-wave", File: "a.rules", Line: 7}
	offer := extract.Rule{Kind: fact.KindPledge, Name: "offered", File: "b.rules", Line: 12}
	e := extract.Explanation{
		Facts: []fact.Fact{toll},
		Sentences: []extract.Explained{{
			Start: 0, End: 21, Text: "Nine sailors\ndrowned.",
			Groups: []extract.Group{
				{Kind: "N", Words: "Nine\nsailors", Head: "sailor", Features: []string{"people", "exact 9"}},
				{Kind: "V", Words: "drowned", Head: "drown"}, {Kind: ";", Words: ".", Head: "."},
			},
			Matches: []extract.Match{
				{Rule: passive, Elements: []extract.Element{{Pattern: "N[count]:victims", Group: 0}, {Pattern: "V[perish]", Group: 1}}, Facts: []fact.Fact{toll}},
				{Rule: passive, Elements: []extract.Element{{Pattern: "N[count]", Group: 0}}, Dropped: []string{"an age"}},
			},
			Misses: []extract.Miss{
				{Rule: offer, Elements: []extract.Element{{Pattern: "N", Group: 0}}, At: 1, Wanted: []string{"V[give]:act", "D"}, Lacks: []string{"give"}},
				{Rule: offer, Elements: []extract.Element{{Pattern: "V", Group: 2}}, At: 3, Wanted: []string{"N"}},
				{Rule: passive, Elements: []extract.Element{{Pattern: "N", Group: 0}}, At: 1, Wanted: []string{"A"}},
			},
		}},
	}
	const head = `a.txt: 1 fact in 1 sentence

[0:21] Nine sailors drowned.
  N  Nine sailors  sailor: people, exact 9
  V  drowned       drown
  ;  .             .
`
	const made = `  + casualty: killed exact 9 "Nine", sailors, event storm [0:20]
      by-wave (a.rules:7)
        N[count]:victims  Nine sailors
        V[perish]         drowned
  - casualty: an age
      by-wave (a.rules:7)
        N[count]  Nine sailors
`
	const other = `  ? casualty: nearest of the rules that do not match
      by-wave (a.rules:7)
        N    Nine sailors
        ✗ A  drowned
`
	const first = `  ? pledge: nearest of the rules that do not match
      offered (b.rules:12)
        N              Nine sailors
        ✗ V[give]:act  drowned, which lacks give
          or D
`
	const second = `      offered (b.rules:12)
        V    .
        ✗ N  (the end of the sentence)
`
	for _, c := range []struct {
		kinds  []string
		misses int
		all    bool
		want   string
	}{
		{nil, 3, false, head + made + first + second},
		{nil, 1, false, head + made + first},
		{nil, 0, true, head + made},
		{nil, 1, true, head + made + other + first},
		{[]string{"casualty"}, 3, false, head + made},
		{[]string{"pledge"}, 3, false, head + first + second},
		{[]string{"date"}, 3, true, head},
	} {
		var out bytes.Buffer
		if err := (explanation{bufio.NewWriter(&out), c.kinds, c.misses, c.all}).write("a.txt", e); err != nil {
			t.Fatal(err)
		}
		if out.String() != c.want {
			t.Errorf("%v %d %v:\n%s\nwant\n%s", c.kinds, c.misses, c.all, out.String(), c.want)
		}
	}
}

func TestExplainBatch(t *testing.T) {
	in := `{"id":"a","published":"2031-05-15","text":"Nine sailors drowned off Malta on Monday."}` + "\n" + `{"id":"b","text":""}`
	var out bytes.Buffer
	err := explainBatch(context.Background(), strings.NewReader(in), explanation{Writer: bufio.NewWriter(&out)})
	if err == nil || !strings.Contains(err.Error(), "line 2: b: ") {
		t.Errorf("%v, want line 2 and its document named", err)
	}
	if got := out.String(); !strings.HasPrefix(got, "a: 2 facts in 1 sentence\n") || strings.Count(got, "\n  + ") != 2 {
		t.Errorf("the first line is explained as\n%s", got)
	}
}
