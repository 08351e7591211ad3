package language

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/seed"
	"factbox/shared/summary"
)

// seedStory is the summary that a new Factbox shows.
func seedStory(t *testing.T) summary.Story {
	t.Helper()
	sets, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	var docs []fact.Document
	var reports []summary.Report
	for _, s := range sets {
		docs = append(docs, s.Document)
		for _, f := range s.Facts {
			reports = append(reports, summary.Report{Fact: f, Source: s.Document.Source})
		}
	}
	return summary.NewStory(docs[0].Story, docs[0].StoryTitle, docs, reports)
}

// TestSeed proves that nothing of the seed story but its documents' words stays in English.
func TestSeed(t *testing.T) {
	story := seedStory(t)
	if len(story.Casualties) == 0 || len(story.Dates) == 0 || len(story.Pledges) == 0 {
		t.Fatal("the seed story is empty")
	}
	for _, tag := range Tags() {
		l := get(t, tag)
		places := func(codes ...string) {
			for _, code := range codes {
				if tag != first && l.Names[code] == "" && l.CLDR.Territories[code] == "" {
					t.Errorf("%s has no name for %s", tag, code)
				}
			}
		}
		date := func(d fact.EDTF) {
			if l.Date(d) == string(d) && len(d) > len("2015") || l.ShortDate(d) == "" {
				t.Errorf("%s does not say the date %s", tag, d)
			}
		}
		for _, toll := range story.Casualties {
			l.Text("effect." + string(toll.Effect))
			if tag != first && l.Because(toll.BestBecause) == toll.BestBecause {
				t.Errorf("%s does not say %q", tag, toll.BestBecause)
			}
			for _, r := range toll.Reports {
				places(r.Countries()...)
			}
		}
		for _, e := range story.NotStated {
			l.Text("effect." + string(e))
		}
		for _, o := range story.Dates {
			date(o.Date)
			places(o.Participants...)
		}
		for _, d := range story.Pledges {
			places(d.Country)
			for _, s := range d.Support {
				l.Text("type." + string(s.Type))
				l.Text("category." + string(s.Category))
				for _, step := range s.History {
					l.Text("status." + string(step.Status))
					date(step.Published)
				}
				if s.Recipient != nil {
					places(*s.Recipient)
				}
			}
		}
		for _, s := range story.Sources {
			date(s.Published)
		}
	}
}

var quoted = regexp.MustCompile("[\"'`]([a-z_]+(?:\\.[a-z_]+)*\\.?)[\"'`]")

// TestUsed proves that no label is kept that nothing says: each key stands in the tree between quotes, or its group does with
// the dot behind it, to which a value is added. Facts can have any value of their vocabulary.
func TestUsed(t *testing.T) {
	said := make(map[string]bool)
	err := filepath.WalkDir("../..", func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && len(e.Name()) > 2 && e.Name()[0] == '.' {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, "_test.go") || !slices.Contains([]string{".go", ".html", ".tmpl", ".svg"}, filepath.Ext(path)) {
			return nil
		}
		text, err := os.ReadFile(path)
		for _, m := range quoted.FindAllSubmatch(text, -1) {
			said[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	en := get(t, first)
	keys := slices.Concat(slices.Collect(maps.Keys(en.Labels)), slices.Collect(maps.Keys(en.content.Plurals)))
	slices.Sort(keys)
	for _, key := range slices.Compact(keys) {
		group, _, _ := strings.Cut(key, ".")
		if !said[key] && !said[group+"."] && !slices.Contains(vocabulary(), key) {
			t.Errorf("nothing says the label %s", key)
		}
	}
}
