package language

import (
	"strings"
	"testing"
	"unicode/utf8"

	"factbox/shared/fact"
)

// plainSpaces makes expectations readable: CLDR parts the ends of an interval by thin spaces, numbers and units by no-break ones.
func plainSpaces(s string) string {
	return strings.NewReplacer("\u2009", " ", "\u00a0", " ", "\u202f", " ").Replace(s)
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		date       fact.EDTF
		en, fr, ar string
	}{
		{"2015-11-24", "24 November 2015", "24 novembre 2015", "24 نوفمبر 2015"},
		{"2015-12-01", "1 December 2015", "1er décembre 2015", "1 ديسمبر 2015"},
		{"2015-10", "October 2015", "octobre 2015", "أكتوبر 2015"},
		{"2015", "2015", "2015", "2015"},
		{"0800", "800", "800", "800"},
		{"2015-11-23/2015-11-29", "23–29 November 2015", "23–29 novembre 2015", "23–29 نوفمبر 2015"},
		{"2015-11-23/2015-11-23", "23 November 2015", "23 novembre 2015", "23 نوفمبر 2015"},
		{"2015-11-30/2015-12-12", "30 November – 12 December 2015", "30 novembre – 12 décembre 2015", "30 نوفمبر – 12 ديسمبر 2015"},
		{"2015-12-30/2016-01-02", "30 December 2015 – 2 January 2016", "30 décembre 2015 – 2 janvier 2016", "30 ديسمبر 2015 – 2 يناير 2016"},
		{"2015-10/2015-11", "October – November 2015", "octobre – novembre 2015", "أكتوبر – نوفمبر 2015"},
		{"2015-12/2016-01", "December 2015 – January 2016", "décembre 2015 – janvier 2016", "ديسمبر 2015 – يناير 2016"},
		{"2014/2016", "2014–2016", "2014–2016", "2014–2016"},
		{"2015-10/2015-11-02", "October 2015 – 2 November 2015", "octobre 2015 – 2 novembre 2015", "أكتوبر 2015 – 2 نوفمبر 2015"},
		{"../2015-11-02", "until 2 November 2015", "jusqu’au 2 novembre 2015", "حتى 2 نوفمبر 2015"},
		{"../2015-11", "until November 2015", "jusqu’en novembre 2015", "حتى نوفمبر 2015"},
		{"../2015", "until 2015", "jusqu’en 2015", "حتى 2015"},
		{"2015-11-02/..", "from 2 November 2015", "à partir du 2 novembre 2015", "ابتداءً من 2 نوفمبر 2015"},
		{"2015-10/..", "from October 2015", "dès octobre 2015", "ابتداءً من أكتوبر 2015"},
		{"2015/..", "from 2015", "à partir de 2015", "ابتداءً من 2015"},
		{"unknown", "date not stated", "date non précisée", "تاريخ غير مذكور"},
		{"", "date not stated", "date non précisée", "تاريخ غير مذكور"},
		{"2015-02-30", "2015-02-30", "2015-02-30", "2015-02-30"},
		{"soon", "soon", "soon", "soon"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := plainSpaces(get(t, tag).Date(c.date)); got != want {
				t.Errorf("%s: Date(%s) = %q, want %q", tag, c.date, got, want)
			}
		}
	}
}

func TestShortDate(t *testing.T) {
	for _, c := range []struct {
		date       fact.EDTF
		en, fr, ar string
	}{
		{"2015-11-24", "24 Nov", "24 nov.", "24 نوفمبر"},
		{"2015-10", "Oct 2015", "oct. 2015", "أكتوبر 2015"},
		{"2015", "2015", "2015", "2015"},
		{"2015-11-23/2015-11-29", "23–29 Nov", "23–29 nov.", "23–29 نوفمبر"},
		{"2015-11-30/2015-12-12", "30 Nov – 12 Dec", "30 nov. – 12 déc.", "30 نوفمبر – 12 ديسمبر"},
		{"2015-12-30/2016-01-02", "30 Dec 2015 – 2 Jan 2016", "30 déc. 2015 – 2 janv. 2016", "30 ديسمبر 2015 – 2 يناير 2016"},
		{"2015-10/2015-11", "Oct – Nov 2015", "oct.–nov. 2015", "أكتوبر – نوفمبر 2015"},
		{"2014/2015-11-02", "2014 – 2 Nov 2015", "2014 – 2 nov. 2015", "2014 – 2 نوفمبر 2015"},
		{"../2015-11-02", "until 2 Nov", "jusqu’au 2 nov.", "حتى 2 نوفمبر"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := plainSpaces(get(t, tag).ShortDate(c.date)); got != want {
				t.Errorf("%s: ShortDate(%s) = %q, want %q", tag, c.date, got, want)
			}
		}
	}
}

// TestDistinct finds slips in CLDR's patterns: Swahili's for days of two months names only one of them.
func TestDistinct(t *testing.T) {
	for _, tag := range Tags() {
		read := make(map[string]fact.EDTF)
		for _, date := range []fact.EDTF{
			"2015", "2016", "2015/2016", "2015/2017", "2014/2016", "2015-10", "2015-11", "2016-10", "2015-10/2015-11", "2015-09/2015-11",
			"2014-10/2015-11", "2015-10-23", "2015-11-23", "2015-11-23/2015-11-29", "2015-11-24/2015-11-29", "2015-10-23/2015-11-29",
			"2014-10-23/2015-11-29", "2014-11-23/2015-11-29", "../2015", "2015/..", "../2015-11", "2015-11/..", "unknown",
		} {
			text := get(t, tag).Date(date)
			if read[text] != "" {
				t.Errorf("%s: %s and %s read the same: %q", tag, read[text], date, text)
			}
			read[text] = date
		}
	}
}

func TestDated(t *testing.T) {
	for _, c := range []struct {
		tag  string
		date fact.EDTF
		want string
	}{
		{"en", "2015-11-24", "published 24 November 2015"},
		{"fr", "2015-11-24", "publié le 24 novembre 2015"},
		{"fr", "2015-11", "publié en novembre 2015"},
		{"fr", "2015", "publié en 2015"},
		{"fr", "2015-11-23/2015-11-29", "publication : 23–29 novembre 2015"},
		{"fr", "unknown", "publication : date non précisée"},
		{"ar", "2015-11-24", "نُشر في 24 نوفمبر 2015"},
	} {
		if got := plainSpaces(get(t, c.tag).Dated("published", c.date)); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.tag, c.date, got, c.want)
		}
	}
}

// TestFormat has the parts of patterns that none of the languages needs yet.
func TestFormat(t *testing.T) {
	day, later := point{2015, 3, 4}, point{2016, 11, 25}
	for _, c := range []struct{ name, pattern, want string }{
		{"quoted words", "d 'de' MMMM 'de' y", "4 de March de 2015"},
		{"an apostrophe", "d ''y", "4 '2015"},
		{"a quote left open", "d 'de", "4 de"},
		{"padded numbers", "dd.MM.y", "04.03.2015"},
		{"numbers of months", "y年M月d日", "2015年3月4日"},
		{"two dates, month first", "MMM d, y – MMM d, y", "Mar 4, 2015 – Nov 25, 2016"},
		{"two dates, standing alone", "LL/y – LL/y", "03/2015 – 11/2016"},
	} {
		if got := get(t, "en").format(c.pattern, day, later); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2015-11-24", "2015-10/2015-11-02", "../2015", "2015/..", "unknown", "9999-12-31", "/", "..", "2015/2015-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, date string) {
		for _, tag := range Tags() {
			l := get(t, tag)
			for _, got := range []string{l.Date(fact.EDTF(date)), l.ShortDate(fact.EDTF(date)), l.Dated("published", fact.EDTF(date))} {
				if got == "" || utf8.ValidString(date) && (!utf8.ValidString(got) || strings.ContainsAny(got, "{}") != strings.ContainsAny(date, "{}")) {
					t.Errorf("%s: %q of %q", tag, got, date)
				}
			}
		}
	})
}
