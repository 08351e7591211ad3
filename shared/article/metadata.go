package article

import (
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"

	"factbox/shared/fact"
)

// article makes an article of what the page says of itself, each from the first that states it: JSON-LD (schema.org), Open
// Graph and article: properties, other meta names in use. Its headline is JSON-LD's alone: see shareTitle.
func (p *page) article() *Article {
	a := new(Article)
	linked := readLinked(p.jsonLD)
	if object := linked.news(p.canonical); object != nil {
		p.schema(a, linked, object)
	}
	if p.microdata != nil {
		p.schema(a, linked, p.microdata)
	}
	fill(&a.Publisher, p.meta["og:site_name"], p.meta["dc.publisher"], p.meta["publisher"], p.meta["application-name"])
	fill(&a.URL, webAddress(p.canonical), webAddress(p.meta["og:url"]))
	if len(a.Byline) == 0 {
		for _, author := range [...]string{p.meta["author"], p.meta["article:author"], p.meta["parsely-author"], p.meta["dc.creator"], p.meta["byl"]} {
			if names, ok := byline(author); ok {
				a.Byline = names
				break
			}
			if names, ok := namesIn(author); ok {
				a.Byline = names
				break
			}
		}
	}
	a.Byline = slices.DeleteFunc(a.Byline, func(name string) bool { return plainWords(name) == plainWords(a.Publisher) })
	for _, name := range [...]string{"article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "pubdate", "publishdate",
		"publish-date", "publish_date", "publication_date", "publication-date", "og:published_time", "article:published", "published_time", "iso-8601-publish-date",
		"cxenseparse:recs:publishtime", "citation_publication_date", "date", "dc.date.issued", "dc.date", "dc.date.created", "dcterms.date", "dcterms.issued",
		"dcterms.created", "sailthru.date", "article.published", "displaydate"} {
		p.stated(a, p.meta[name])
	}
	return a
}

// shareTitle is the title under which the page wants to be shared or listed, without the publisher's name at its end. It is
// often shorter than the headline, or another one, and so stands back behind it. A title that only names the site is none.
// shared tells that the page made it for sharing: the title of the window often says something of the site as well.
func (p *page) shareTitle(publisher string) (title string, shared bool) {
	for i, title := range [...]string{p.meta["og:title"], p.meta["twitter:title"], p.meta["headline"], p.meta["dc.title"], p.title} {
		for _, separator := range [...]string{" | ", " - ", " – ", " — ", " :: "} {
			if i := strings.LastIndex(title, separator); i > 0 && publisher != "" && plainWords(title[i:]) == plainWords(publisher) {
				title = strings.TrimSpace(title[:i])
			}
		}
		if title != "" && plainWords(title) != plainWords(publisher) {
			return title, i < 4
		}
	}
	return "", false
}

func fill(field *string, values ...string) {
	for _, v := range values {
		if *field == "" {
			*field = foldSpace(v)
		}
	}
}

// webAddress gives an absolute http or https URL, or nothing.
func webAddress(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// stated takes the day of a date that the page states, unless it has one.
func (p *page) stated(a *Article, s string) {
	if a.Published != "" {
		return
	}
	if a.Published = Day(s); a.Published == "" {
		return
	}
	if t, err := time.Parse(time.RFC3339, strings.TrimSpace(s)); err == nil {
		if _, offset := t.Zone(); offset == 0 {
			p.instant = t
		}
	}
}

// local gives the day of publication where the publisher is. A page that states an instant in UTC, as many content systems do,
// may show readers another day: that of a time element with the same instant and a zone, or a date line that some zone of the
// world, from 12 hours behind UTC to 14 before it, has at the instant.
func (p *page) local(shown fact.EDTF) fact.EDTF {
	if p.instant.IsZero() {
		return ""
	}
	const behind, ahead = -12 * time.Hour, 14 * time.Hour
	for _, t := range p.times {
		at, err := time.Parse(time.RFC3339, t.datetime)
		if err != nil || at.Sub(p.instant).Abs() >= time.Minute {
			continue
		}
		if _, offset := at.Zone(); offset != 0 {
			return fact.EDTF(at.Format(time.DateOnly))
		}
	}
	for _, zone := range [...]time.Duration{behind, ahead} {
		if shown != "" && p.instant.Add(zone).Format(time.DateOnly) == string(shown) {
			return shown
		}
	}
	return ""
}

// Day gives the day of a date or time as pages and feeds state it (ISO 8601, RFC 5322, an English date line), in its own zone, or
// nothing when it is not clear.
func Day(s string) fact.EDTF {
	s = strings.TrimSpace(s)
	if len(s) >= len("2006-01-02") && (len(s) == 10 || strings.ContainsAny(s[10:11], "T ")) {
		if day, err := fact.ParseEDTF(s[:10]); err == nil && day.Day() {
			return day
		}
	}
	if len(s) == len("20060102") || len(s) > 8 && s[8] == 'T' {
		if day, ok := calendarDay(s[:4], s[4:6], s[6:8]); ok {
			return day
		}
	}
	if t, err := mail.ParseDate(s); err == nil {
		return fact.EDTF(t.Format("2006-01-02"))
	}
	if stamps, ok := dateLine(s); ok && len(stamps) == 1 {
		return stamps[0].day
	}
	return ""
}

// timeOf gives the day of the time element between the headline and the prose, of the one marked as the publication, or of
// the only one there is.
func (p *page) timeOf(blocks []htmlBlock) fact.EDTF {
	from, to := -1, -1
	for i := range blocks {
		b := &blocks[i]
		if b.block.role == Headline && from < 0 {
			from = b.first
		}
		if b.prose() && to < 0 && b.block.role == "" {
			to = b.first
		}
	}
	for _, in := range [...]func(timed) bool{
		func(t timed) bool { return t.published && t.run <= to },
		func(t timed) bool { return t.run >= from && t.run <= to },
		func(t timed) bool { return t.published },
		func(timed) bool { return true },
	} {
		var day fact.EDTF
		several := false
		for _, t := range p.times {
			if d := Day(t.datetime); in(t) && d != "" {
				several = several || day != "" && d != day
				day = d
			}
		}
		if several {
			return ""
		}
		if day != "" {
			return day
		}
	}
	return ""
}
