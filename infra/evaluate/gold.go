package evaluate

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"factbox/shared/article"
	"factbox/shared/extract"
	"factbox/shared/fact"
)

// eachGold reads gold of a kind, a JSON object a line, and calls score with each. An error names the line.
func eachGold[T interface{ check() error }](r io.Reader, kind string, score func(T) error) error {
	lines := bufio.NewReaderSize(r, 1<<20)
	some := false
	for number := 1; ; number++ {
		line, end := lines.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			some = true
			var gold T
			err := json.Unmarshal(line, &gold)
			if err == nil {
				err = gold.check()
			}
			if err != nil {
				return fmt.Errorf("line %d: no gold for %s: %w%s", number, kind, err, otherKind(line, kind))
			}
			if err := score(gold); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		if end == io.EOF {
			if !some {
				return fmt.Errorf("the gold is empty")
			}
			return nil
		}
		if end != nil {
			return fmt.Errorf("reading the gold: %w", end)
		}
	}
}

// marks are fields by which gold of each kind is known.
var marks = []struct{ field, kind string }{{"timex", "timex"}, {"incidents", "casualties"}, {"root", "pledges"}, {"document", "facts"}}

// otherKind tells of which other kind the line seems to be gold, for an error about what it lacks.
func otherKind(line []byte, kind string) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(line, &fields) != nil {
		return ""
	}
	for _, m := range marks {
		if fields[m.field] != nil && m.kind != kind {
			return fmt.Sprintf("; with %q it looks like gold for %s", m.field, m.kind)
		}
	}
	return ""
}

// day gives the day of a date that may have a time behind it ("1990-08-15T13:37").
func day(date string) (fact.EDTF, error) {
	date, _, _ = strings.Cut(date, "T")
	return fact.ParseEDTF(date)
}

// read takes a text through the extractor up to the groups. It is nil for a text without prose: that has no facts.
func read(id, text string, published fact.EDTF) *extract.Reading {
	return readTitled(id, "", text, published)
}

// readTitled does so with a text whose headline stands beside it.
func readTitled(id, headline, text string, published fact.EDTF) *extract.Reading {
	a, err := article.Read([]byte(text), "text/plain")
	if err != nil {
		return nil
	}
	return extract.Read(a, fact.Document{Source: fact.Source{Document: id, Headline: cmp.Or(headline, a.Headline), Published: published}})
}

func facts(r *extract.Reading) []fact.Fact {
	if r == nil {
		return nil
	}
	return r.Facts()
}
