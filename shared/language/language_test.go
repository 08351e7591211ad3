package language

import (
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/place"
)

func get(t testing.TB, tag string) *Language {
	t.Helper()
	l, err := Get(tag)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestGet(t *testing.T) {
	if got := Tags(); !slices.Equal(got, []string{"en", "ar", "fr"}) {
		t.Errorf("Tags() = %q", got)
	}
	for _, c := range []struct{ tag, want, name, direction string }{
		{"en", "en", "English", "ltr"},
		{"FR", "fr", "français", "ltr"},
		{"fr-CA", "fr", "français", "ltr"},
		{"ar-Arab-EG-u-nu-arab", "ar", "العربية", "rtl"},
	} {
		l := get(t, c.tag)
		if l.Tag() != c.want || l.Name() != c.name || l.Direction() != c.direction {
			t.Errorf("%s: %s %s %s", c.tag, l.Tag(), l.Name(), l.Direction())
		}
		if again := get(t, c.tag); again != l {
			t.Errorf("%s was read twice", c.tag)
		}
	}
	for _, tag := range []string{"", "-", "de", "fre", "../data/fr", "fr.json"} {
		_, err := Get(tag)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != fact.Invalid || !strings.HasSuffix(e.Message, "choose from en, ar, fr") {
			t.Errorf("Get(%q): %v", tag, err)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ tag, got, want string }{
		{"en", get(t, "en").Text("source", "x", "Reuters"), "Source: Reuters"},
		{"fr", get(t, "fr").Text("source", "x", "AFP"), "Source\u00a0: AFP"},
		{"ar", get(t, "ar").Text("source", "x", "AFP"), "المصدر: AFP"},
		{"a value is no template", get(t, "en").Text("status.before", "status", "{date}", "date", "{status}"), "before that {date} ({status})"},
		{"what is not named stays", get(t, "en").Text("stance.denies"), "{speaker} denies this"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, c.got, c.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("an unknown key passes under go test")
		}
	}()
	get(t, "en").Text("no.such.key")
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// TestKeys holds every language to the keys and placeholders of English. A language may add ".day", ".month" and ".year".
func TestKeys(t *testing.T) {
	en := get(t, "en")
	for _, tag := range Tags() {
		l := get(t, tag)
		for key, text := range en.Labels {
			if got := l.Labels[key]; got == "" || !slices.Equal(placeholders(got), placeholders(text)) {
				t.Errorf("%s: %s is %q, in English %q", tag, key, got, text)
			}
		}
		for key, text := range l.Labels {
			base := key
			for _, unit := range []string{".day", ".month", ".year"} {
				base = strings.TrimSuffix(base, unit)
			}
			if text != strings.TrimSpace(text) || !slices.Equal(placeholders(text), placeholders(en.Labels[base])) || en.Labels[base] == "" {
				t.Errorf("%s: %s is %q, in English %q", tag, key, text, en.Labels[base])
			}
		}
		want := slices.Sorted(maps.Keys(l.CLDR.Plurals))
		for key := range en.content.Plurals {
			if got := slices.Sorted(maps.Keys(l.content.Plurals[key])); !slices.Equal(got, want) {
				t.Errorf("%s: the plural %s has %q, the language %q", tag, key, got, want)
			}
		}
		for key, forms := range l.content.Plurals {
			if en.content.Plurals[key] == nil || !strings.Contains(forms[other], "{n}") {
				t.Errorf("%s: the plural %s: %q", tag, key, forms)
			}
		}
	}
}

// vocabulary lists the keys of every value that a fact can have.
func vocabulary() []string {
	var keys []string
	for _, e := range fact.Effects {
		keys = append(keys, "effect."+string(e))
	}
	for _, s := range fact.SupportTypes {
		keys = append(keys, "type."+string(s.Type), "category."+string(s.Category))
	}
	for _, s := range fact.Statuses {
		keys = append(keys, "status."+string(s), "status."+string(s)+".explained")
	}
	for _, s := range []fact.Stance{fact.Asserts, fact.Confirms, fact.Denies, fact.Disputes} {
		keys = append(keys, "stance."+string(s))
	}
	for _, m := range []fact.Modifier{fact.Exact, fact.About, fact.AtLeast, fact.AtMost, fact.Range} {
		keys = append(keys, "count."+string(m))
	}
	return keys
}

// TestVocabulary proves that every value that a fact can have is said in every language.
func TestVocabulary(t *testing.T) {
	for _, tag := range Tags() {
		l := get(t, tag)
		for _, key := range vocabulary() {
			if l.Labels[key] == "" {
				t.Errorf("%s has no label %s", tag, key)
			}
		}
		for _, e := range fact.Effects {
			if l.content.Plurals["effect."+string(e)] == nil {
				t.Errorf("%s does not count %s", tag, e)
			}
		}
	}
}

func TestPlace(t *testing.T) {
	for _, c := range []struct{ code, en, fr, ar string }{
		{"FR", "France", "France", "فرنسا"},
		{"US", "United States", "États-Unis", "الولايات المتحدة"},
		{"TR", "Türkiye", "Turquie", "تركيا"},
		{"XK", "Kosovo", "Kosovo", "كوسوفو"},
		{"SU", "Soviet Union", "Union soviétique", "الاتحاد السوفيتي"},
		{"EU", "European Union", "UE", "الاتحاد الأوروبي"},
		{"NATO", "NATO", "OTAN", "حلف شمال الأطلسي"},
		{"UN", "United Nations", "ONU", "الأمم المتحدة"},
		{"IS-GROUP", "IS-GROUP", "IS-GROUP", "IS-GROUP"},
	} {
		for tag, want := range map[string]string{"en": c.en, "fr": c.fr, "ar": c.ar} {
			if got := get(t, tag).Place(c.code); got != want {
				t.Errorf("%s: Place(%s) = %q, want %q", tag, c.code, got, want)
			}
		}
	}
}

// TestPlaceNames proves that every code that a fact can have is named in every language.
func TestPlaceNames(t *testing.T) {
	known := make(map[string]bool)
	for _, list := range []string{"territories", "historic", "organisations"} {
		text, err := os.ReadFile("../place/data/" + list + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if code, _, ok := strings.Cut(line, "\t"); ok && line[0] != '#' {
				known[code] = true
			}
		}
	}
	for _, tag := range Tags() {
		l := get(t, tag)
		for code := range known {
			if tag != first && l.Names[code] == "" && l.CLDR.Territories[code] == "" || l.Place(code) == "" {
				t.Errorf("%s has no name for %s (%s)", tag, code, place.Name(code))
			}
		}
		for code := range l.Names {
			if !known[code] {
				t.Errorf("%s names %s, which is no code", tag, code)
			}
		}
	}
}

// The sentences of UTS #35 part 2, "List patterns", and what the two other languages make of them.
func TestList(t *testing.T) {
	items := []string{"Monday", "Tuesday", "{0}", "Thursday"}
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, ""},
		{"en", 1, "Monday"},
		{"en", 2, "Monday and Tuesday"},
		{"en", 3, "Monday, Tuesday and {0}"},
		{"en", 4, "Monday, Tuesday, {0} and Thursday"},
		{"fr", 4, "Monday, Tuesday, {0} et Thursday"},
		{"ar", 2, "Monday وTuesday"},
		{"ar", 4, "Monday وTuesday و{0} وThursday"},
	} {
		if got := get(t, c.tag).List(items[:c.n]); got != c.want {
			t.Errorf("%s, %d items: %q, want %q", c.tag, c.n, got, c.want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for _, tag := range Tags() {
		b.Run(tag, func(b *testing.B) {
			for b.Loop() {
				if _, err := load(tag); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
