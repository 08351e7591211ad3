package widget

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	long := strings.Repeat("a", 10_000)
	for _, c := range []struct {
		text  string
		limit int
		want  string
	}{
		{"Ferry sinks", 20, "Ferry sinks"},
		{"", 20, ""},
		// one line, single blanks
		{"  Ferry\n\tsinks\u2028off \r\n Gozo\u2029 ", 40, "Ferry sinks off Gozo"},
		{"1\u202f047\u00a0€", 20, "1\u202f047\u00a0€"},
		// what cannot be seen and steers what can
		{"a\x00b\x1b[31mc\x7fd\u0085e", 20, "ab[31mcd e"},
		{"\u202eevil\u202c \u2066x\u2069 \u202ay\u202b", 20, "evil x y"},
		{"\ufeffa\ufff9b\ufffbc", 20, "abc"},
		{"a\xffb\xc3", 20, "a\ufffdb\ufffd"},
		// what is not ours to judge
		{"<b>&amp;</b> {{.}} ]]>", 40, "<b>&amp;</b> {{.}} ]]>"},
		{"انفجار في بيروت", 20, "انفجار في بيروت"},
		{"👩\u200d🚒 می\u200cخواهم \u200f", 20, "👩\u200d🚒 می\u200cخواهم \u200f"},
		// cut before a word, or in one that is more than half of it
		{"Ferry sinks off Gozo", 20, "Ferry sinks off Gozo"},
		{"Ferry sinks off Gozo", 19, "Ferry sinks off…"},
		{"Ferry sinks, off Gozo", 13, "Ferry sinks…"},
		{"Ferry sinks off Gozo", 6, "Ferry…"},
		{long, 10, "aaaaaaaaaa…"},
		{"a " + long, 10, "a aaaaaaaa…"},
		// never inside a character
		{"aaa👩\u200d🚒", 4, "aaa…"},
		{"aaae\u0301\u0301", 5, "aaa…"},
		{"aa👍🏽👍🏽", 5, "aa👍🏽…"},
		{"❤\ufe0f❤\ufe0f", 3, "❤\ufe0f…"},
		{"\u0301\u0301\u0301", 2, "…"},
	} {
		if got := clean(c.text, c.limit); got != c.want {
			t.Errorf("clean(%.40q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Ferry\u202e sinks\x00 off Gozo", 10)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 1 + limit&0xff
		got := clean(text, limit)
		if n := utf8.RuneCountInString(got); n > limit+1 {
			t.Errorf("clean(%q, %d) has %d characters", text, limit, n)
		}
		if !utf8.ValidString(got) || strings.ContainsFunc(got, steers) || strings.ContainsAny(got, "\x00\n\r\t\u2028") {
			t.Errorf("clean(%q, %d) = %q", text, limit, got)
		}
		if !strings.HasSuffix(got, "…") && clean(got, limit) != got {
			t.Errorf("%q is not clean", got)
		}
	})
}
