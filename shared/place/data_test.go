package place

import (
	"strconv"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// lists are the lists of code, names and flags.
var lists = map[string]string{
	"countries": countryList, "organisations": organisationList, "governments": governmentList, "capitals": capitalList,
	"regions": regionList, "cities": cityList,
}

func TestEveryCodeIsValid(t *testing.T) {
	for name, list := range lists {
		for f := range rows(list) {
			if code, ok := Code(f[0]); !ok || code != f[0] {
				t.Errorf("%s: %q has no code %q", name, f[1], f[0])
			}
			for flag := range strings.FieldsSeq(f[2]) {
				rival, isRival := strings.CutPrefix(flag, "rival:")
				if isRival && !IsCountry(rival) || !isRival && traits[flag] == 0 {
					t.Errorf("%s: %q has the unknown flag %q", name, f[1], flag)
				}
			}
		}
	}
	for f := range rows(demonymList) {
		if !IsCountry(f[0]) || f[3] != "" && !IsCountry(rivalOf(f[3])) {
			t.Errorf("demonyms: %q has no country %q, or the unknown flags %q", f[1], f[0], f[3])
		}
	}
}

func rivalOf(flags string) string { return strings.TrimPrefix(flags, "rival:") }

// Organisations' codes must not be taken for a country's: AU is Australia, NAM is Namibia.
func TestOrganisationCodesAreNoCountrys(t *testing.T) {
	taken := make(map[string]bool)
	for _, list := range []string{territoryList, historicList} {
		for f := range rows(list) {
			taken[f[0]], taken[f[1]] = true, true
		}
	}
	for f := range rows(organisationList) {
		if taken[f[0]] || f[0] != strings.ToUpper(f[0]) {
			t.Errorf("%q is no code for %q", f[0], f[1])
		}
	}
}

func TestMembersOfTheUnitedNationsAreComplete(t *testing.T) {
	have := map[string]map[string]bool{"capital": {}, "adjective": {}}
	for f := range rows(capitalList) {
		have["capital"][f[0]] = true
	}
	for f := range rows(demonymList) {
		have["adjective"][f[0]] = f[1] != ""
		have["adjective"][rivalOf(f[3])] = true // Congolese and Dominicans are of two countries each
	}
	members := 0
	for f := range rows(territoryList) {
		if f[2] != "1" {
			continue
		}
		members++
		if got := tagged(f[3], ""); !strings.HasSuffix(got, "="+f[0]+" country") {
			t.Errorf("the name %q is tagged %q", f[3], got)
		}
		for what, codes := range have {
			if !codes[f[0]] {
				t.Errorf("%s (%s) has no %s", f[3], f[0], what)
			}
		}
	}
	if members != 193 {
		t.Errorf("%d members of the United Nations, want 193", members)
	}
}

// A name of ours that stands in two lists must mean the same in both, for only the first is used.
func TestNoNameHasTwoCodes(t *testing.T) {
	seen := make(map[string]string)
	l := buildLexicon()
	note := func(names, code string) {
		for name := range strings.SplitSeq(names, "|") {
			if name == "" {
				continue
			}
			key, shapes := l.key(name)
			if shapes.capital == 0 {
				t.Errorf("%q has no capital letter: it would be found among common words", name)
			}
			if old := seen[key]; old != "" && old != code {
				t.Errorf("%q is %s and %s", name, old, code)
			}
			seen[key] = code
		}
	}
	for f := range rows(territoryList) {
		note(f[3]+"|"+f[4], f[0])
	}
	for f := range rows(demonymList) {
		note(f[1]+"|"+f[2], f[0])
	}
	for _, list := range lists {
		for f := range rows(list) {
			note(f[1], f[0])
		}
	}
	for line := range strings.Lines(ignoredList) {
		if line[0] != '#' {
			note(strings.TrimSpace(line), "none")
		}
	}
}

func TestLeadersAreInOrder(t *testing.T) {
	count := 0
	for f := range rows(leaderList) {
		count++
		from, err := fact.ParseEDTF(f[2])
		if err != nil || !from.Day() {
			t.Errorf("%s: from %q is no day", f[0], f[2])
		}
		if to, err := fact.ParseEDTF(f[3]); f[3] != "" && (err != nil || !to.Day() || f[3] < f[2]) {
			t.Errorf("%s: to %q is no day after %s", f[0], f[3], f[2])
		}
		if f[4] != "" && f[4] != "full" {
			t.Errorf("%s: unknown flag %q", f[0], f[4])
		}
		if code, ok := Code(f[1]); !ok || code != f[1] {
			t.Errorf("%s: no code %q", f[0], f[1])
		}
		whole, _, _ := strings.Cut(f[0], "|")
		if got, want := tagged(whole, fact.EDTF(f[2])), whole+"="+f[1]+" leader"; got != want {
			t.Errorf("on %s %s is tagged %q", f[2], whole, got)
		}
	}
	if count < 300 {
		t.Errorf("%d leaders, want 300 at least", count)
	}
}

const sample = `French President François Hollande and German Chancellor Angela Merkel met in Berlin before talks with Vladimir Putin at the
Kremlin. The U.S. State Department said that NATO and the European Union would help Turkey and Jordan. Hospitals in Aleppo, Homs
and Deir ez-Zor asked the Red Cross for blood, and the White House promised tents. "We wait," said a doctor from New Mexico.
`

func BenchmarkBuildLexicon(b *testing.B) {
	for b.Loop() {
		buildLexicon()
	}
}

// The speed must not fall with the length of the text.
func BenchmarkTag(b *testing.B) {
	for _, times := range []int{1, 16, 256} {
		b.Run(strconv.Itoa(times)+"x", func(b *testing.B) {
			long := strings.Repeat(sample+"Georgia, Congo and Birmingham. ", times)
			text := token.Read(long)
			b.SetBytes(int64(len(long)))
			for b.Loop() {
				Tag(text, "2015-11-26")
			}
		})
	}
}
