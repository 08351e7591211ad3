package seed

import (
	"encoding/json"
	"fmt"

	"factbox/shared/fact"
)

// Compare says in a line each where two seed sets differ: a document's citation or hash, a fact that only one has, or that says
// something else. Labels (event, victims), quotes, rights and the version of the extractor do not count.
func Compare(kept, fresh []Set) []string {
	var differences []string
	index := make(map[string]Set, len(fresh))
	for _, s := range fresh {
		index[s.Document.Source.Document] = s
	}
	for _, k := range kept {
		id := k.Document.Source.Document
		f, ok := index[id]
		if !ok {
			differences = append(differences, fmt.Sprintf("%s: only in the seed set", id))
			continue
		}
		delete(index, id)
		if k.Document.Source != f.Document.Source || k.Document.SHA256 != f.Document.SHA256 {
			differences = append(differences, fmt.Sprintf("%s: its citation or its bytes differ", id))
		}
		differences = append(differences, compareFacts(id, k.Facts, f.Facts)...)
	}
	for _, s := range fresh {
		if id := s.Document.Source.Document; index[id].Document.Source.Document != "" {
			differences = append(differences, fmt.Sprintf("%s: not in the seed set", id))
		}
	}
	return differences
}

func compareFacts(document string, kept, fresh []fact.Fact) []string {
	var differences []string
	said := make(map[string]string, len(fresh))
	for _, f := range fresh {
		said[f.ID] = essence(f)
	}
	for _, k := range kept {
		switch now, ok := said[k.ID]; {
		case !ok:
			differences = append(differences, fmt.Sprintf("%s: bytes %d to %d: a %s only in the seed set", document, k.Evidence.Start, k.Evidence.End, k.Kind))
		case now != essence(k):
			differences = append(differences, fmt.Sprintf("%s: bytes %d to %d: the %s says something else now: %s", document, k.Evidence.Start, k.Evidence.End, k.Kind, now))
		}
		delete(said, k.ID)
	}
	for _, f := range fresh {
		if _, ok := said[f.ID]; ok {
			differences = append(differences, fmt.Sprintf("%s: bytes %d to %d: a %s that is not in the seed set", document, f.Evidence.Start, f.Evidence.End, f.Kind))
		}
	}
	return differences
}

// essence is what a fact says, as JSON, without labels and what depends on rights and time.
func essence(f fact.Fact) string {
	f.Evidence.Quote = nil
	f.Extractor, f.RecordedAt = "", ""
	switch {
	case f.Casualty != nil:
		c := *f.Casualty
		c.Event, c.Victims = "", ""
		f.Casualty = &c
	case f.Date != nil:
		d := *f.Date
		d.Event = ""
		f.Date = &d
	}
	data, err := json.Marshal(f)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

// Relabel gives the facts of fresh the labels that the same facts have in judged. A fact whose words have moved is the same when
// it is of the same kind, on evidence that overlaps, and says the same in its own fields.
func Relabel(fresh, judged []Set) {
	for _, s := range fresh {
		for _, f := range s.Facts {
			if old := counterpart(f, judged); old != nil {
				label(f, *old)
			}
		}
	}
}

func counterpart(f fact.Fact, judged []Set) *fact.Fact {
	for _, s := range judged {
		if s.Document.Source.Document != f.Document {
			continue
		}
		for i := range s.Facts {
			if s.Facts[i].ID == f.ID {
				return &s.Facts[i]
			}
		}
		for i := range s.Facts {
			if o := &s.Facts[i]; o.Kind == f.Kind && o.Evidence.Start < f.Evidence.End && f.Evidence.Start < o.Evidence.End && alike(*o, f) {
				return o
			}
		}
	}
	return nil
}

func alike(a, b fact.Fact) bool {
	switch {
	case a.Casualty != nil && b.Casualty != nil:
		return a.Casualty.Effect == b.Casualty.Effect && a.Casualty.Count.Text == b.Casualty.Count.Text
	case a.Date != nil && b.Date != nil:
		return a.Date.Expression == b.Date.Expression && a.Date.Timex == b.Date.Timex
	}
	return false
}

func label(to, from fact.Fact) {
	switch {
	case to.Casualty != nil && from.Casualty != nil:
		to.Casualty.Event, to.Casualty.Victims = from.Casualty.Event, from.Casualty.Victims
	case to.Date != nil && from.Date != nil:
		to.Date.Event = from.Date.Event
	}
}
