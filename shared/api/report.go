package api

import (
	"strconv"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// reportHeader names the columns of a report in the csv of groups. The columns of its kind stand before them.
var reportHeader = []string{"report", "document", "publisher", "published", "url", "speaker", "stance", "paragraph", "start", "end", "quote"}

// reportRow is the cells under reportHeader.
func reportRow(f fact.Fact, from sources) []string {
	s := from[f.Document]
	row := []string{f.ID, f.Document, s.Publisher, string(s.Published), s.URL, "", "",
		strconv.Itoa(f.Evidence.Paragraph), strconv.Itoa(f.Evidence.Start), strconv.Itoa(f.Evidence.End), cell(f.Evidence.Quote)}
	if f.Attribution != nil {
		row[5], row[6] = f.Attribution.Speaker, string(f.Attribution.Stance)
	}
	return row
}

// groupRows makes the rows of a group: its own cells, then a report's; a group without reports is one row.
func groupRows(group []string, reports []fact.Fact, own func(fact.Fact) []string, from sources) [][]string {
	if len(reports) == 0 {
		empty := make([]string, len(own(fact.Fact{}))+len(reportHeader))
		return [][]string{append(group, empty...)}
	}
	var rows [][]string
	for _, f := range reports {
		row := append(group[:len(group):len(group)], own(f)...)
		rows = append(rows, append(row, reportRow(f, from)...))
	}
	return rows
}

// documentsOf lists the documents of reports, in order.
func documentsOf(reports []fact.Fact) []string {
	var ids []string
	for _, f := range reports {
		ids = append(ids, f.Document)
	}
	return ids
}

// cell writes a value that may be null; null is an empty cell.
func cell[T ~string](v *T) string {
	if v == nil {
		return ""
	}
	return string(*v)
}

func number(v *int64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatInt(*v, 10)
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// joined writes several values in one cell.
func joined[T ~string](values []T) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = string(v)
	}
	return strings.Join(parts, "; ")
}

// plain reads a machine's word as a person's: "at_least" is "at least".
func plain[T ~string](v T) string { return strings.ReplaceAll(string(v), "_", " ") }

// names lists countries by name.
func names(codes []string) string {
	parts := make([]string, len(codes))
	for i, c := range codes {
		parts[i] = place.Name(c)
	}
	return strings.Join(parts, ", ")
}

// bracketed joins what is stated in round brackets; nothing when nothing is.
func bracketed(parts ...string) string {
	var stated []string
	for _, p := range parts {
		if p != "" {
			stated = append(stated, p)
		}
	}
	if len(stated) == 0 {
		return ""
	}
	return " (" + strings.Join(stated, ", ") + ")"
}

func placeName(code *string) string {
	if code == nil {
		return ""
	}
	return place.Name(*code)
}
