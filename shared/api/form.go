package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"factbox/shared/fact"
)

// form says how items of a type are written otherwise than as JSON.
type form[T any] struct {
	header []string                    // of the csv
	rows   func(T, sources) [][]string // of the csv: one a report, as long as header
	lines  func(T, sources) []string   // of the text
	cited  func(T) []string            // the documents that the item rests on
	none   string                      // the text of an empty list
}

// sources finds the document that a report is of.
type sources map[string]fact.Source

func sourcesOf(list []fact.Source) sources {
	m := make(sources, len(list))
	for _, s := range list {
		m[s.Document] = s
	}
	return m
}

// citeReports cites the documents of reports. Where somebody corrected what one of them says it tells so, for the document
// does not say it.
func (m sources) citeReports(reports []fact.Fact) string {
	var ids, corrected []string
	for _, f := range reports {
		ids = append(ids, f.Document)
		if f.Review == fact.Corrected {
			corrected = append(corrected, f.Document)
		}
	}
	return m.cite(ids, corrected...)
}

// cite lists documents, as "Daily, 2025-05-04; Herald, 2025-05-05, corrected", in brackets.
func (m sources) cite(ids []string, corrected ...string) string {
	var parts []string
	seen := map[string]bool{}
	for _, id := range ids {
		s, ok := m[id]
		if !ok {
			s = fact.Source{Publisher: id}
		}
		part := s.Publisher
		if s.Published != "" && s.Published != fact.Unknown {
			part += ", " + string(s.Published)
		}
		if slices.Contains(corrected, id) {
			part += ", corrected"
		}
		if !seen[part] {
			seen[part] = true
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " [" + strings.Join(parts, "; ") + "]"
}

func (l List[T]) csv(w io.Writer) error {
	from := sourcesOf(l.Sources)
	var rows [][]string
	for _, item := range l.Items {
		rows = append(rows, l.form.rows(item, from)...)
	}
	return writeCSV(w, l.form.header, rows)
}

func (l List[T]) ndjson(w io.Writer) error {
	from := sourcesOf(l.Sources)
	for _, item := range l.Items {
		own := []fact.Source{}
		seen := map[string]bool{}
		for _, id := range l.form.cited(item) {
			if s, ok := from[id]; ok && !seen[id] {
				seen[id] = true
				own = append(own, s)
			}
		}
		if err := writeLine(w, item, own); err != nil {
			return err
		}
	}
	return nil
}

func (l List[T]) text(w io.Writer) error {
	from := sourcesOf(l.Sources)
	var b strings.Builder
	for _, item := range l.Items {
		for _, line := range l.form.lines(item, from) {
			b.WriteString(plainLine(line) + "\n")
		}
	}
	switch {
	case l.Next != nil:
		b.WriteString("There is more: see the next page.\n")
	case len(l.Items) == 0:
		b.WriteString(l.form.none + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeLine writes an item as a line of JSON, with its sources as a last member.
func writeLine(w io.Writer, item any, own []fact.Source) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(item); err != nil {
		return err
	}
	line := bytes.TrimSuffix(b.Bytes(), []byte("}\n")) // an item is an object with at least one member
	tail, err := json.Marshal(own)
	if err != nil {
		return err
	}
	_, err = w.Write(append(append(append(line[:len(line):len(line)], `,"sources":`...), tail...), "}\n"...))
	return err
}

// writeCSV writes RFC 4180: CRLF, quotes where needed, and no cell that a spreadsheet would run.
func writeCSV(w io.Writer, header []string, rows [][]string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(header); err != nil {
		return err
	}
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = inert(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking a cell for a formula (OWASP, "CSV Injection").
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// plainLine makes one line of words that may have line breaks.
func plainLine(s string) string { return strings.Join(strings.Fields(s), " ") }
