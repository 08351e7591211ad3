package api

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/store"
)

// Paging is the parameters that every list has.
type Paging struct {
	Limit  int    `query:"limit" default:"20" minimum:"1" maximum:"100" doc:"The most items of a page. A page may hold fewer before the end of the list: only \"next\": null ends it."`
	Cursor string `query:"cursor" doc:"Where the page begins: the \"next\" of the page before it, with the same other parameters."`
}

// Formatted is the parameter of every read that has more formats than JSON.
type Formatted struct {
	Format string `query:"format" enum:"json,text,csv,ndjson" doc:"The format of the answer; it goes before the Accept header."`
}

// Filtered is the parameters by which every list can be narrowed.
type Filtered struct {
	Story    string `query:"story" example:"river-flood-2025" doc:"Only of this story."`
	Document string `query:"document" example:"daily-2025-05-04" doc:"Only of this document; with a story, it must be of that story."`
	Country  string `query:"country" example:"FR" doc:"Only with this country: ISO 3166-1 alpha-2 or alpha-3 in any case, or an organisation's code such as EU, NATO or UN."`
	From     string `query:"from" example:"2025-05" doc:"Only with a day on or after this one: YYYY-MM-DD, or the first day of YYYY-MM or YYYY."`
	To       string `query:"to" example:"2025-05-04" doc:"Only with a day on or before this one: YYYY-MM-DD, or the last day of YYYY-MM or YYYY."`
	AsOf     string `query:"as_of" example:"2025-05-05T12:00:00Z" doc:"What was recorded by then: an RFC 3339 time, or a date, which means its end (UTC). Needs a story or a document."`
}

// filter makes the store's filter of the parameters.
func (s *surface) filter(in *Filtered) (store.Filter, error) {
	f := store.Filter{Story: in.Story, Document: in.Document}
	var err error
	if f.Country, err = country("query.country", in.Country); err != nil {
		return f, err
	}
	if f.From, f.To, err = days(in.From, in.To); err != nil {
		return f, err
	}
	if f.AsOf, err = asOf(in.AsOf, s.deps.Now()); err != nil {
		return f, err
	}
	if !f.AsOf.IsZero() && f.Story == "" && f.Document == "" {
		return f, invalid("query.as_of", "needs a story or a document: only their past is kept whole")
	}
	if f.Story != "" && !plainIdentifier(f.Story) {
		return f, fact.Errorf(fact.NotFound, "there is no story %q", clip(f.Story))
	}
	if f.Document != "" && !plainIdentifier(f.Document) {
		return f, fact.Errorf(fact.NotFound, "there is no document %q", clip(f.Document))
	}
	return f, nil
}

// country reads one country's or organisation's code.
func country(location, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	code, ok := place.Code(value)
	if !ok {
		return "", invalid(location, brief(value)+" is not a code that is known: give one code, alpha-2 or alpha-3 of ISO 3166-1, or an organisation's such as EU, NATO or UN")
	}
	return code, nil
}

// days reads a window of days, each side of which may be missing.
func days(from, to string) (first, last string, err error) {
	if from != "" {
		if first, _, err = point("query.from", from); err != nil {
			return "", "", err
		}
	}
	if to != "" {
		if _, last, err = point("query.to", to); err != nil {
			return "", "", err
		}
	}
	if first != "" && last != "" && first > last {
		return "", "", invalid("query.from", "is after to")
	}
	return first, last, nil
}

// point gives the first and last day of a day, a month or a year.
func point(location, value string) (first, last string, err error) {
	date, err := fact.ParseEDTF(value)
	if err != nil || strings.Contains(value, "/") {
		return "", "", invalid(location, noDate(value, err), "YYYY-MM-DD", "YYYY-MM", "YYYY")
	}
	first, last, _ = date.Bounds()
	return first, last, nil
}

// asOf reads a moment that has been. A date is its last instant; today's is now.
func asOf(value string, now time.Time) (time.Time, error) {
	const location = "query.as_of"
	if value == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		day, err := time.Parse(time.DateOnly, value)
		if err != nil {
			return time.Time{}, invalid(location, "is no time that there is", "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ")
		}
		at = day.AddDate(0, 0, 1).Add(-time.Nanosecond)
		if !day.After(now) && at.After(now) {
			at = now
		}
	}
	if at.After(now) {
		return time.Time{}, invalid(location, "is in the future")
	}
	return at.UTC(), nil
}

var identifier = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~-]{0,127}$`)

const identifierRule = "is at most 128 letters, digits, dots, underscores, tildes and hyphens, the first a letter or digit"

// plainIdentifier reports whether a string can be the id of a document, a story or a fact.
func plainIdentifier(s string) bool { return identifier.MatchString(s) }

// noDate says what is wrong with a date.
func noDate(value string, err error) string {
	if err == nil || len(value) > maxBrief {
		return brief(value) + " is not a date"
	}
	return err.Error()
}

// maxBrief is how many bytes of a wrong value are told back.
const maxBrief = 40

// brief quotes a wrong value, or its beginning.
func brief(value string) string {
	if len(value) > maxBrief {
		return strconv.Quote(strings.ToValidUTF8(value[:maxBrief], "")) + "…"
	}
	return strconv.Quote(value)
}
