package token

import (
	"slices"
	"strings"
	"testing"
)

func words(t Text) []string {
	var list []string
	for _, tok := range t.Tokens {
		list = append(list, tok.Text)
	}
	return list
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ships left on Monday's tide.", "Ships|left|on|Monday|'s|tide|."},
		{"They didn’t sail; we’ll see.", "They|did|n’t|sail|;|we|’ll|see|."},
		{"The U.S. envoy met John F. Kelly at 9:30 p.m.", "The|U.S.|envoy|met|John|F.|Kelly|at|9|:|30|p.m."},
		{"On Nov. 3 Gen. Ortiz spoke.", "On|Nov.|3|Gen.|Ortiz|spoke|."},
		{"He sat. She stood.", "He|sat|.|She|stood|."},
		{"a two-month, 4-1/2-mile 1,250.5 km walk", "a|two|-|month|,|4|-|1|/|2|-|mile|1,250.5|km|walk"},
		{"the 1990s and the 12th", "the|1990|s|and|the|12|th"},
		{"see https://example.org/a?b=1. Then", "see|https://example.org/a?b=1|.|Then"},
		{"I don't; it isn't, can’t, won't.", "I|do|n't|;|it|is|n't|,|ca|n’t|,|wo|n't|."},
		{"O'Neill and d’Estaing", "O'Neill|and|d’Estaing"},
		{"BOGOTA, 3 APR 90 (AGENCY) -- [TEXT]", "BOGOTA|,|3|APR|90|(|AGENCY|)|--|[|TEXT|]"},
		{"1,2,3 and 10,000,000", "1|,|2|,|3|and|10,000,000"},
		{"", ""},
	} {
		got := strings.Join(words(Read(c.text)), "|")
		if got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"François", "francois"}, {"Łódź", "lodz"}, {"NATO", "nato"}, {"Nov.", "nov"}, {"Erdoğan", "erdogan"}, {"’s", "'s"}, {"U.S.", "u.s."},
	} {
		r := Read("a " + c.text)
		if got := r.Tokens[len(r.Tokens)-1].Fold; got != c.want && !(c.text == "’s") {
			t.Errorf("fold of %q is %q, want %q", c.text, got, c.want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Rain fell. Roads closed.", []string{"Rain fell.", "Roads closed."}},
		{`"Stay inside," she said. "It is not over."`, []string{`"Stay inside," she said.`, `"It is not over."`}},
		{"Dr. Lund met Mr. Oyelaran on Dec. 4. They left.", []string{"Dr. Lund met Mr. Oyelaran on Dec. 4.", "They left."}},
		{"He flew to the U.S. The trip was short.", []string{"He flew to the U.S.", "The trip was short."}},
		{"He met U.S. Marines there.", []string{"He met U.S. Marines there."}},
		{"Is it 3.5 metres? Yes! Really...", []string{"Is it 3.5 metres?", "Yes!", "Really..."}},
	} {
		r := Read(c.text)
		var got []string
		for _, s := range r.Sentences {
			got = append(got, r.Slice(s))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		text, words             string
		value                   float64
		vague, ordinal, rounded bool
	}{
		{"some 1,400 homes", "1,400", 1400, false, false, false},
		{"2.45 million birds", "2.45 million", 2.45e6, false, false, false},
		{"a $1.5bn loan", "1.5bn", 1.5e9, false, false, false},
		{"forty-two boats", "forty-two", 42, false, false, false},
		{"three hundred and six boats", "three hundred and six", 306, false, false, false},
		{"six thousand two hundred", "six thousand two hundred", 6200, false, false, false},
		{"dozens of boats", "dozens", 24, true, false, false},
		{"hundreds of thousands of boats", "hundreds of thousands", 200000, true, false, false},
		{"half a million boats", "half a million", 5e5, false, false, true},
		{"a dozen boats", "a dozen", 12, false, false, true},
		{"a hundred and ten boats", "a hundred and ten", 110, false, false, false},
		{"several hundred boats", "several hundred", 200, true, false, true},
		{"the twenty-first boat", "twenty-first", 21, false, true, false},
		{"the 3rd boat", "3rd", 3, false, true, false},
		{"4-1/2 boats", "4-1/2", 4.5, false, false, false},
		{"a couple of boats", "a couple of", 2, false, false, true},
	} {
		r := Read(c.text)
		all := Numerals(r.Tokens)
		if len(all) != 1 {
			t.Errorf("%q: %d numerals, want 1", c.text, len(all))
			continue
		}
		n := all[0]
		if r.Slice(n.Span) != c.words || n.Value != c.value || n.Vague != c.vague || n.Ordinal != c.ordinal || n.Rough != c.rounded {
			t.Errorf("%q: %q %+v", c.text, r.Slice(n.Span), n)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"The U.S. didn't sail on Nov. 3.", "4-1/2 o'clock \xff’s", "a.b.c. http://x 1,000,000.5", "“Yes,” he’d said…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := Read(s)
		end := 0
		for _, tok := range r.Tokens {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) || s[tok.Start:tok.End] != tok.Text {
				t.Fatalf("token %+v behind %d in %q", tok, end, s)
			}
			end = tok.End
		}
		next := 0
		for _, span := range r.Sentences {
			if span.First != next || span.Last <= span.First {
				t.Fatalf("sentence %v behind %d", span, next)
			}
			next = span.Last
		}
		if next != len(r.Tokens) {
			t.Fatalf("sentences cover %d of %d tokens", next, len(r.Tokens))
		}
		last := 0
		for _, n := range Numerals(r.Tokens) {
			if n.First < last || n.Last <= n.First || n.Last > len(r.Tokens) {
				t.Fatalf("numeral %+v behind %d in %q", n, last, s)
			}
			last = n.Last
		}
	})
}

func BenchmarkRead(b *testing.B) {
	s := strings.Repeat("On Nov. 3 the ferry’s 1,250 passengers didn't wait for the U.S. envoy's two-hour speech. ", 100)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Read(s)
	}
}
