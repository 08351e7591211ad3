package language

import (
	"testing"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// TestBecause asks for what package summary says of tolls, so that a change of its words shows here.
func TestBecause(t *testing.T) {
	count := func(m fact.Modifier, n int64, day fact.EDTF, origin string) summary.Report {
		return summary.Report{
			Fact: fact.Fact{
				Common:   fact.Common{ID: string(day) + origin, Kind: fact.KindCasualty, Document: string(day) + origin, Story: "ferry-2019"},
				Casualty: &fact.Casualty{Effect: fact.Killed, Count: fact.NewCount(m, n, "text"), Event: "Ferry sinks"},
			},
			Source: fact.Source{Document: string(day) + origin, Publisher: origin, Origin: origin, Published: day},
		}
	}
	between := count(fact.Range, 0, "2019-03-23", "C")
	low, high := int64(1300), int64(1400)
	between.Fact.Casualty.Count.Min, between.Fact.Casualty.Count.Max = &low, &high
	exact := count(fact.Exact, 40, "2019-03-21", "A")
	for _, c := range []struct {
		reports    []summary.Report
		en, fr, ar string
	}{
		{[]summary.Report{exact}, "newest exact total, 1 origin", "total exact le plus récent, 1 origine", "أحدث حصيلة دقيقة، مصدر أصلي واحد"},
		{[]summary.Report{exact, count(fact.Exact, 40, "2019-03-21", "B")}, "newest exact total, 2 origins", "total exact le plus récent, 2 origines", "أحدث حصيلة دقيقة، مصدران أصليان"},
		{[]summary.Report{count(fact.AtLeast, 40, "2019-03-21", "A")}, "no exact total stated", "aucun total exact n’est donné", "لم تُذكر حصيلة دقيقة"},
		{[]summary.Report{exact, count(fact.AtLeast, 45, "2019-03-22", "B")}, "newest exact total, 1 origin; a newer report says at least 45",
			"total exact le plus récent, 1 origine ; une source plus récente indique au moins 45", "أحدث حصيلة دقيقة، مصدر أصلي واحد؛ مصدر أحدث يذكر 45 على الأقل"},
		{[]summary.Report{exact, count(fact.AtMost, 30, "2019-03-22", "B")}, "newest exact total, 1 origin; a newer report says at most 30",
			"total exact le plus récent, 1 origine ; une source plus récente indique au plus 30", "أحدث حصيلة دقيقة، مصدر أصلي واحد؛ مصدر أحدث يذكر 30 على الأكثر"},
		{[]summary.Report{exact, between}, "newest exact total, 1 origin; a newer report says 1,300 to 1,400",
			"total exact le plus récent, 1 origine ; une source plus récente indique de 1 300 à 1 400", "أحدث حصيلة دقيقة، مصدر أصلي واحد؛ مصدر أحدث يذكر من 1,300 إلى 1,400"},
	} {
		tolls := summary.Tolls(c.reports)
		if len(tolls) != 1 {
			t.Fatalf("%d tolls for %s", len(tolls), c.en)
		}
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := plainSpaces(get(t, tag).Because(tolls[0].BestBecause)); got != want {
				t.Errorf("%s: %s: %q, want %q", tag, tolls[0].BestBecause, got, want)
			}
		}
	}
	for _, c := range []struct{ words, fr string }{
		{"not stated", "non précisé"},
		{"an editor chose it", "an editor chose it"},
		{"newest exact total, many origins", "newest exact total, many origins"},
		{"no exact total stated; a newer report says hundreds", "no exact total stated; a newer report says hundreds"},
		{"", ""},
	} {
		if got := get(t, "fr").Because(c.words); got != c.fr {
			t.Errorf("%q: %q, want %q", c.words, got, c.fr)
		}
	}
}
