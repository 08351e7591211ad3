package answer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/summary"
)

// say writes the answer of matches of one kind: as many as fit, and the number of the others.
func (q *Query) say(kind fact.Kind, all []match) Answer {
	a := Answer{Status: Stated}
	var lines []string
	sources := make(map[string]fact.Source)
	for _, m := range all {
		for _, src := range m.scene.Sources {
			sources[src.Document] = src
		}
		var line string
		switch {
		case m.toll != nil && kind == fact.KindDate:
			line = summary.DateText(*m.toll.Date) + ": " + tollText(m)
		case m.toll != nil:
			line = tollText(m)
			if len(m.toll.Disputes) > 0 || len(m.rivals()) > 0 {
				a.Status = Disputed
			}
		case m.occurrence != nil:
			line = summary.DateText(m.occurrence.Date) + ": " + m.calm(m.occurrence.Event)
		case m.support != nil && kind == fact.KindDate:
			line = summary.DateText(*pledgeDate(m.group, q.Dates, m.scene)) + ": " + supportText(m.group, len(all) == 1)
		default:
			line = supportText(m.group, len(all) == 1)
		}
		known := kind == fact.KindPledge && !slices.ContainsFunc(m.reports, func(f fact.Fact) bool { return !holdsFact(a.Facts, f) }) // one fact of two types
		if !slices.Contains(lines, line) && !known {
			lines = append(lines, line)
		}
		for _, f := range slices.Concat(m.reports, m.rivals()) {
			if !holdsFact(a.Facts, f) && len(a.Facts) < MaxFacts {
				a.Facts = append(a.Facts, f)
			}
		}
	}
	seen := make(map[string]bool)
	for _, f := range a.Facts {
		if src, ok := sources[f.Document]; ok && !seen[f.Document] {
			seen[f.Document] = true
			a.Sources = append(a.Sources, src)
		}
	}
	for _, e := range q.Effects {
		told := func(m match) bool { return m.toll != nil && m.toll.Effect == e }
		if kind == fact.KindCasualty && !slices.ContainsFunc(all, told) {
			lines = append(lines, "how many were "+string(e)+" is not stated")
		}
	}
	summary.SortSources(a.Sources)
	yes := q.yes(kind, all)
	if kind == fact.KindPledge && yes == "" {
		lines[0] = summary.Capital(lines[0])
	}
	a.Text = fit(yes, lines, cite(a.Sources, a.Facts))
	return a
}

func holdsFact(facts []fact.Fact, f fact.Fact) bool {
	return slices.ContainsFunc(facts, func(o fact.Fact) bool { return o.ID == f.ID })
}

// cite names the newest document, and how many more there are: "Daily, 2025-05-04, and 1 more". Where an editor corrected what is told it
// says so, for the document does not say it.
func cite(sources []fact.Source, facts []fact.Fact) string {
	if len(sources) == 0 {
		return ""
	}
	s := sources[0]
	name := s.Publisher
	if name == "" {
		name = s.Document
	}
	c := "; " + cut(name, 40)
	if s.Published != "" && s.Published != fact.Unknown {
		c += ", " + string(s.Published)
	}
	if slices.ContainsFunc(facts, func(f fact.Fact) bool { return f.Review == fact.Corrected }) {
		c += ", corrected"
	}
	if n := len(sources) - 1; n > 0 {
		c += fmt.Sprintf(", and %d more", n)
	}
	return c + "."
}

// fit joins as many lines as there is room for, at least one, and counts the others.
func fit(before string, lines []string, citation string) string {
	for n := len(lines); n > 1; n-- {
		s := before + strings.Join(lines[:n], "; ")
		if more := len(lines) - n; more > 0 {
			s += fmt.Sprintf("; and %d more", more)
		}
		if s += citation; utf8.RuneCountInString(s) <= MaxText {
			return s
		}
	}
	if more := len(lines) - 1; more > 0 {
		citation = fmt.Sprintf("; and %d more", more) + citation
	}
	return cut(before+lines[0], MaxText-utf8.RuneCountInString(citation)) + citation
}

// cut shortens a text to so many characters, at a word if it can, and marks that.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	kept := string([]rune(s)[:max(0, most-1)])
	if i := strings.LastIndexByte(kept, ' '); i > len(kept)/2 {
		kept = kept[:i]
	}
	return kept + "…"
}

// tollText says "130 people were killed (Paris attacks; France, 13 November 2015)", and where it is disputed what others say.
func tollText(m match) string {
	t := m.toll
	figure, victims, disputed := figureOf(m)
	var where, scene []string
	if label := m.scene.label(t.Event); label != "" {
		where = append(where, cut(m.calm(label), 70))
	}
	if t.Place != nil {
		scene = append(scene, place.Name(*t.Place))
	}
	if date := m.group.dated(); date != nil {
		scene = append(scene, summary.DateText(*date))
	}
	if len(scene) > 0 {
		where = append(where, strings.Join(scene, ", "))
	}
	if len(m.reports) > 1 && disputed == "" && strings.Contains(figure, " and ") {
		where = append(where, "no total is stated")
	}
	were := "were"
	if figure == "1" {
		were = "was"
		if victims == "people" {
			victims = "person"
		}
	}
	s := m.lower(figure) + " " + m.lower(ofThem(victims)) + " " + were + " " + string(t.Effect) + bracketed(where)
	switch claim := m.claim(); {
	case disputed != "":
		s += ", disputed: " + disputed
	case claim != "":
		s += ", " + claim + " said"
	}
	return s
}

func bracketed(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}

// figureOf gives a toll's figure, of whom it is, and what else is claimed.
func figureOf(m match) (figure, victims, disputed string) {
	t := m.toll
	victims = "people"
	switch {
	case t.Best != nil && !m.part:
		figure = summary.Grouped(*t.Best)
		if !slices.ContainsFunc(m.reports, func(f fact.Fact) bool { return everybody(f.Casualty.Victims) }) {
			victims = victimsText(m.reports[0].Casualty)
		}
	default:
		figure, victims = countsText(m.reports)
	}
	var claims []string
	for _, f := range m.rivals() {
		if s := summary.CountText(f.Casualty); s != figure {
			claims = append(claims, s)
		}
	}
	for _, d := range t.Disputes {
		verb := "disputes it"
		if d.Stance == fact.Denies {
			verb = "denies it"
		}
		claims = append(claims, d.Speaker+" "+verb)
	}
	if len(claims) > 0 {
		disputed = "others say " + strings.Join(claims, ", ")
		if len(m.rivals()) == 0 {
			disputed = strings.Join(claims, ", ")
		}
	}
	return figure, victims, disputed
}

// countsText says the figures of reports and of whom they are, each once: "17 protesters and 4", "officers".
func countsText(reports []fact.Fact) (figures, victims string) {
	var said []string
	for i, f := range reports {
		c := f.Casualty
		figure := summary.CountText(c)
		if c.Count.Min == nil && c.Count.Max == nil && strings.HasSuffix(strings.ToLower(figure), "s") { // "dozens of people"
			figure += " of"
		}
		if i > 0 && victims != victimsText(c) {
			said[len(said)-1] += " " + victims
		}
		victims = victimsText(c)
		if !slices.Contains(said, figure) {
			said = append(said, figure)
		}
	}
	return series(said), victims
}

// series joins "a", "b" and "c" to "a, b and c".
func series(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// victimsText says who the victims are: "people" where nothing else is said.
func victimsText(c *fact.Casualty) string {
	v := cut(c.Victims, 40)
	if everybody(v) {
		return "people"
	}
	return v
}

// gives says a status as a verb, and takesIn that of refugees.
var (
	gives = map[fact.Status]string{
		fact.Considered: "is considering", fact.Pledged: "has pledged", fact.Committed: "has committed", fact.Delivered: "has given",
		fact.Declined: "declined", fact.Suspended: "has suspended", fact.Cancelled: "has cancelled",
	}
	takesIn = map[fact.Status]string{
		fact.Considered: "is considering taking in", fact.Pledged: "has pledged to take in", fact.Committed: "has agreed to take in",
		fact.Delivered: "has taken in", fact.Declined: "declined to take in", fact.Suspended: "has suspended taking in", fact.Cancelled: "no longer takes in",
	}
)

// maxQuote is the longest quote, in characters, that tells what support without a quantity consists of.
const maxQuote = 80

// supportText says "Spain has pledged 2 water bombers for Portugal". alone says that no other support is told beside it.
func supportText(g *group, alone bool) string {
	p, declined := g.support, g.refused()
	kind := strings.ReplaceAll(string(p.Type), "_", " ")
	verb, from, what := gives[p.Status], " for ", kind
	switch p.Type {
	case fact.Refugees:
		verb, from = takesIn[p.Status], " from "
	case fact.Financial, fact.Humanitarian, fact.Medical, fact.Naval, fact.Political: // adjectives
		what += " support"
	case fact.Other:
		what = "support"
	}
	switch {
	case p.Quantity != nil && p.Amount != nil:
		what = g.lower(quantity(p.Quantity)) + " worth " + money(p.Amount)
	case p.Quantity != nil:
		what = g.lower(quantity(p.Quantity))
	case p.Amount != nil:
		what = money(p.Amount)
	}
	if (p.Quantity != nil || p.Amount != nil) && p.Type != fact.Refugees && p.Type != fact.Other {
		what += " (" + kind + ")"
	}
	s := name(p.Donor) + " " + verb + " " + what
	if declined {
		s = name(*p.Recipient) + " " + verb + " " + what + " by " + name(p.Donor)
	} else if p.Recipient != nil {
		s += from + name(*p.Recipient)
	}
	if p.Place != nil && *p.Place != p.Donor && (p.Recipient == nil || *p.Place != *p.Recipient) {
		s += " in " + name(*p.Place)
	}
	if p.Condition != nil {
		s += ", " + cut(*p.Condition, 90)
	}
	if alone && p.Quantity == nil && p.Amount == nil {
		for _, f := range p.Reports {
			if quote := text(f.Evidence.Quote); quote != "" && utf8.RuneCountInString(quote) <= maxQuote {
				return s + " (“" + quote + "”)"
			}
		}
	}
	return s
}

// name is a country's or organisation's name as it stands in a sentence: "the Netherlands".
func name(code string) string {
	n := place.Name(code)
	first, _, several := strings.Cut(n, " ")
	switch {
	case several && !place.IsCountry(code) && !strings.Contains(n, ","), first == "United", several && strings.HasSuffix(n, "Islands"), strings.HasSuffix(n, " Republic"),
		n == "Netherlands", n == "Philippines", n == "Bahamas", n == "Maldives", n == "Gambia", n == "Comoros", n == "Seychelles":
		return "the " + n
	}
	return n
}

func quantity(n *fact.Quantity) string {
	return strings.TrimSpace(number(n.Value) + " " + ofThem(n.Unit))
}

// ofThem puts "of" before a noun that tells whose it is: "2 of its planes".
func ofThem(noun string) string {
	first, _, _ := strings.Cut(noun, " ")
	if first != "" && unicode.IsDigit(rune(first[0])) { // none "of 21 sailors"
		return "of " + noun
	}
	switch strings.ToLower(first) {
	case "the", "its", "their", "his", "her", "them", "those", "these":
		return "of " + noun
	}
	return noun
}

// money says "2.5 million USD".
func money(m *fact.Money) string { return number(m.Value) + " " + m.Currency }

// number writes a number with commas between its thousands, millions and billions in words.
func number(v float64) string {
	for _, m := range [...]struct {
		of   float64
		name string
	}{{1e9, " billion"}, {1e6, " million"}} {
		if v >= m.of && v*100/m.of == float64(int64(v*100/m.of)) {
			return strconv.FormatFloat(v/m.of, 'f', -1, 64) + m.name
		}
	}
	if v == float64(int64(v)) {
		return summary.Grouped(int64(v))
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// yes says Yes or No to a question of support that wants it, where the facts are plain: Yes if all stand as firm as asked, No if all
// were declined or taken back.
func (q *Query) yes(kind fact.Kind, all []match) string {
	if !q.yesNo || kind != fact.KindPledge || q.asked["condition"] {
		return ""
	}
	yes, no := true, true
	for _, m := range all {
		s := m.support.Status
		reached := s.Rank() > 0 && s.Rank() >= q.Status.Rank() && q.Status != "" && !q.declining && m.support.Condition == nil && !(q.Status == fact.Pledged && s == fact.Delivered)
		yes = yes && (reached || q.declining && s == q.Status)
		no = no && s.Rank() == 0 && !q.declining
	}
	switch {
	case yes:
		return "Yes: "
	case no:
		return "No: "
	}
	return ""
}
