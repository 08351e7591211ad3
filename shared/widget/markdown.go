package widget

import (
	"strings"
	"unicode"

	"factbox/shared/summary"
)

// Markdown says a view of a story in Markdown (CommonMark), to paste into an editor or a chat: a line a fact, each with its
// sources. What documents say is escaped, so that it makes no markup and no link.
func Markdown(story summary.Story, o Options) ([]byte, error) {
	f, err := newFrame(story, o)
	if err != nil {
		return nil, err
	}
	f.fill(story, linkedGroups)
	m := markdown{writer: f.writer}
	m.line("**", m.own(f.L.Text("view.factbox")), " – ", m.said(f.Title), "**")
	m.line(m.own(f.AsOf.Text), " · ", m.own(f.Documents))
	switch f.Show {
	case ShowCasualties:
		m.tolls(f.Tolls, true)
	case ShowTimeline:
		m.dates(f.Timeline)
	case ShowPledges:
		m.pledges(f.Pledges)
	default:
		m.section("view.casualties")
		m.tolls(f.Glance.Tolls, false)
		m.section("view.timeline")
		m.dates(f.Glance.Dates)
		m.section("view.pledges")
		m.pledges(f.Glance.Donors)
	}
	m.line("", m.link(m.own(f.L.Text("open")), f.Full()))
	return []byte(m.b.String()), nil
}

// markdown writes lines.
type markdown struct {
	*writer
	b strings.Builder
}

// line writes a paragraph.
func (m *markdown) line(parts ...string) {
	m.b.WriteString(strings.Join(parts, "") + "\n\n")
}

// item writes an item of a list: what it is about in bold, and what there is to say of it, as far as there is.
func (m *markdown) item(head string, parts ...string) {
	m.b.WriteString("- **" + head + "**")
	for _, p := range parts {
		if p != "" {
			m.b.WriteString(" · " + p)
		}
	}
	m.b.WriteString("\n")
}

func (m *markdown) section(key string) { m.line("**", m.own(m.L.Text(key)), "**") }

// end closes a list, or says that there is nothing in it.
func (m *markdown) end(empty bool, none string, rest *more) {
	if empty {
		m.b.WriteString(m.own(m.L.Text(none)) + "\n")
	}
	if rest != nil {
		m.item(m.rest(rest))
	}
	m.b.WriteString("\n")
}

func (m *markdown) tolls(t *tollTable, whole bool) {
	for _, r := range t.Rows {
		parts := []string{m.own(r.Scope), m.said(r.Event), m.own(r.Place), m.when(r.Date), m.own(r.Range), m.own(r.Because)}
		for _, d := range r.Disputes {
			parts = append(parts, strings.TrimSpace(m.said(d.Count)+" "+m.phrase(&d.By)), m.cited(d.Cited))
		}
		if whole {
			for _, s := range r.Statements {
				parts = append(parts, m.statement(s), m.cited(s.Cited))
			}
		} else {
			parts = append(parts, m.cited(r.Cited))
		}
		m.item(m.own(r.Effect)+": "+m.figures(r.Figures), parts...)
	}
	for _, e := range t.NotStated {
		m.item(m.own(e), m.own(m.L.Text("not_stated")))
	}
	m.end(len(t.Rows)+len(t.NotStated) == 0, "none.casualties", t.More)
}

func (m *markdown) dates(t *timeline) {
	for _, d := range t.Days {
		for _, e := range d.Events {
			m.item(m.own(d.Date.Text), m.said(e.Event), m.own(e.Participants), m.own(e.Background), m.cited(e.Cited))
		}
	}
	m.end(len(t.Days) == 0, "none.dates", t.More)
}

func (m *markdown) pledges(t *pledgeTable) {
	for _, d := range t.Donors {
		for _, s := range d.Rows {
			parts := []string{
				m.own(s.Type), m.own(s.Amount), strings.TrimSpace(m.own(s.Quantity) + " " + m.said(s.Unit)), m.own(s.Status.Label),
				m.own(s.For), m.own(s.Place), m.phrase(s.Condition), m.cited(s.Cited),
			}
			for _, o := range s.Others {
				parts = append(parts, m.statement(o), m.cited(o.Cited))
			}
			m.item(m.own(d.Name), parts...)
		}
	}
	m.end(len(t.Donors) == 0, "none.pledges", t.More)
}

func (m *markdown) statement(s statement) string {
	var parts []string
	if s.Figure != nil {
		parts = append(parts, m.figures([]figure{*s.Figure}))
	}
	if s.Status != nil {
		parts = append(parts, m.own(s.Status.Label))
	}
	for _, p := range []string{m.said(s.Victims), m.own(s.Scope)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// rest links to what is left out.
func (m *markdown) rest(r *more) string { return m.link(m.own(r.Text), r.Href) }

// cited names sources with their links.
func (m *markdown) cited(c cited) string {
	var list []string
	for _, s := range c.List {
		one := m.link(m.said(s.Name), s.Href) + " " + m.own(s.Published.Text)
		for _, p := range s.Speakers {
			one += " (" + m.phrase(&p) + ")"
		}
		if s.Corrected != "" {
			one += " (" + m.own(s.Corrected) + ")"
		}
		list = append(list, one)
	}
	if c.More != nil {
		list = append(list, m.rest(c.More))
	}
	return strings.Join(list, "; ")
}

func (m *markdown) figures(figures []figure) string {
	var said []string
	for _, f := range figures {
		said = append(said, m.own(f.Text)+m.said(f.Said))
	}
	if len(said) == 0 {
		return "–"
	}
	return strings.Join(said, "; ")
}

func (m *markdown) when(d *when) string {
	if d == nil {
		return ""
	}
	return m.own(d.Text)
}

func (m *markdown) phrase(p *phrase) string {
	if p == nil {
		return ""
	}
	return m.own(p.Before) + m.said(p.Said) + m.own(p.After)
}

// link makes a link of a text that is escaped already.
func (m *markdown) link(text, href string) string {
	return "[" + text + "](" + escapeURL(href) + ")"
}

// said escapes what a document says. Where it runs, or might run, against the direction of the line it is isolated (UAX #9, FSI).
func (m *markdown) said(s string) string {
	if s == "" || m.L.Direction() == "ltr" && !strings.ContainsFunc(s, rightToLeft) {
		return m.own(s)
	}
	return "\u2068" + m.own(s) + "\u2069"
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) || r == '\u200f' || r == '\u061c'
}

// own escapes a text for the middle of a line: all that could begin markup, an HTML tag or an entity, and the beginnings of
// the links that GFM and chats find in plain text.
func (m *markdown) own(s string) string {
	var b strings.Builder
	for i, r := range s {
		rest := s[i:]
		if strings.ContainsRune("\\`*_[]<>|~&@#$^={}!", r) || r == ':' && !strings.HasPrefix(rest, ": ") && len(rest) > 1 ||
			r == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www") {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
