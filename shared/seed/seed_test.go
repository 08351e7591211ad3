package seed

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"factbox/shared/extract"
	"factbox/shared/fact"
)

func TestLoad(t *testing.T) {
	sets, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(sets) != 5 {
		t.Fatalf("%d documents, want 5", len(sets))
	}
	for _, s := range sets {
		if len(s.Facts) == 0 || s.Document.Version == "" || len(s.Document.SHA256) != 64 || s.Document.Rights != fact.RightsNone {
			t.Errorf("%s: %d facts, version %q, hash %q, rights %s", s.Document.Source.Document, len(s.Facts), s.Document.Version, s.Document.SHA256, s.Document.Rights)
		}
		for _, f := range s.Facts {
			if f.Evidence.Quote != nil {
				t.Errorf("%s: fact %s quotes the document", s.Document.Source.Document, f.ID)
			}
			if f.Extractor != extract.Version {
				t.Errorf("%s: fact %s was made by extractor %s; export the set again and judge it", s.Document.Source.Document, f.ID, f.Extractor)
			}
			label := ""
			switch {
			case f.Casualty != nil:
				label = f.Casualty.Event
			case f.Date != nil:
				label = f.Date.Event
			default:
				continue
			}
			if label == "" || len(strings.Fields(label)) > 9 {
				t.Errorf("%s: fact %s is labelled %q", s.Document.Source.Document, f.ID, label)
			}
		}
	}
}

func TestEncode(t *testing.T) {
	sets, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	documents, facts, err := Encode(sets)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(documents, documentsFile) || !bytes.Equal(facts, factsFile) {
		t.Error("the seed set written again is not the same bytes")
	}
}

func TestDecodeRefuses(t *testing.T) {
	for _, c := range []struct{ documents, facts, wrong string }{
		{`{`, ``, "seed documents"},
		{`[]`, `{"kind":"date","document":"x"}`, "not among the documents"},
		{`[]`, `{"kind":"rumour"}`, "seed facts"},
	} {
		if _, err := Decode([]byte(c.documents), []byte(c.facts)); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%s %s: %v, want %q", c.documents, c.facts, err, c.wrong)
		}
	}
}

// TestCompare changes a set in every way that counts, and in those that do not.
func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*Set)
		differ bool
	}{
		{"nothing", func(*Set) {}, false},
		{"a label", func(s *Set) { relabel(s, "Something else") }, false},
		{"a quote", func(s *Set) { q := "words"; s.Facts[0].Evidence.Quote = &q }, false},
		{"rights", func(s *Set) { s.Document.Rights = fact.RightsFull }, false},
		{"a hash", func(s *Set) { s.Document.SHA256 = "0" }, true},
		{"a headline", func(s *Set) { s.Document.Headline = "Other" }, true},
		{"a fact less", func(s *Set) { s.Facts = s.Facts[1:] }, true},
		{"a fact more", func(s *Set) { f := s.Facts[0]; f.ID = "new"; s.Facts = append(s.Facts, f) }, true},
		{"a date", func(s *Set) { redate(s, "1999-01-01") }, true},
	} {
		kept, err := Load()
		if err != nil {
			t.Fatal(err)
		}
		fresh, err := Load()
		if err != nil {
			t.Fatal(err)
		}
		c.change(&fresh[0])
		if differences := Compare(kept, fresh); (len(differences) > 0) != c.differ {
			t.Errorf("%s: %q", c.name, differences)
		}
	}
}

func TestCompareDocuments(t *testing.T) {
	sets, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if got := Compare(sets[:4], sets[1:]); len(got) != 2 {
		t.Errorf("one document gone and one new: %q", got)
	}
}

func TestRelabel(t *testing.T) {
	judged, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for i := range fresh {
		relabel(&fresh[i], "raw")
		for k := range fresh[i].Facts {
			if k%2 == 0 { // its words have moved a little
				fresh[i].Facts[k].ID += "moved"
				fresh[i].Facts[k].Evidence.End--
			}
		}
	}
	Relabel(fresh, judged)
	for i := range fresh {
		for k, f := range fresh[i].Facts {
			if f.Date != nil && f.Date.Event != judged[i].Facts[k].Date.Event {
				t.Errorf("%s: %q, want %q", f.ID, f.Date.Event, judged[i].Facts[k].Date.Event)
			}
		}
	}
}

func relabel(s *Set, label string) {
	for _, f := range s.Facts {
		if f.Date != nil {
			f.Date.Event = label
		}
	}
}

func redate(s *Set, date fact.EDTF) {
	i := slices.IndexFunc(s.Facts, func(f fact.Fact) bool { return f.Date != nil })
	s.Facts[i].Date.Date = &date
}
