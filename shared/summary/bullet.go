package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"factbox/shared/fact"
	"factbox/shared/place"
)

// Limits of the bullets.
const (
	maxBullets = 5
	minBullets = 2
	maxBullet  = 160 // runes
)

// Bullets says the main facts in up to five lines of at most 160 characters, in the manner of a wire factbox: up to two
// tolls, up to two donors, and then the dates that most reports speak of. Each line ends with the publishers that state
// it, where they are known. Dates whose label cannot be read by itself, and what is recalled as history, are left out where
// there are two lines without them.
func Bullets(tolls []Toll, donors []Donor, occurrences []Occurrence) []string {
	lines := []string{}
	told := make(map[string]bool) // events by their words
	add := func(line, event string) {
		if line != "" && len(lines) < maxBullets && !slices.Contains(lines, line) {
			lines = append(lines, line)
			told[event] = true
		}
	}
	for _, t := range first(2, tolls) {
		add(tollLine(t), sense(t.Event))
	}
	for _, d := range first(2, donors) {
		add(donorLine(d), "")
	}
	occurrences = first(len(occurrences), occurrences)
	slices.SortStableFunc(occurrences, func(a, b Occurrence) int { return cmp.Compare(tellable(a), tellable(b)) })
	for _, o := range occurrences {
		if event := sense(o.Event); !told[event] && (tellable(o) == 0 || len(lines) < minBullets) {
			add(occurrenceLine(o), event)
		}
	}
	return lines
}

// sense names an event by what its label means: equal for "the tremor" and "tremors".
func sense(label string) string { return strings.Join(senses(label), " ") }

// tellable grades an occurrence for a line of its own: 0 is good, 1 is history, 2 cannot be read by itself.
func tellable(o Occurrence) int {
	switch {
	case !readable(o.Event):
		return 2
	case !slices.ContainsFunc(o.Reports, func(f fact.Fact) bool { return f.Date.Role != fact.RoleBackground }):
		return 1
	}
	return 0
}

// atLeastTwo adds lines of single facts, and at last the number of facts found, until there are two lines. Facts that were
// merged into one line, or that no list shows, are seen again that way. n counts all facts, of which reports are some.
func atLeastTwo(lines []string, reports []Report, n map[fact.Kind]int) []string {
	all := 0
	for _, k := range fact.Kinds {
		all += n[k]
	}
	if all == 0 {
		return []string{"Looked for casualties, dates and pledges: none stated."}
	}
	for _, r := range reports {
		if line := factLine(r); all > 1 && len(lines) < minBullets && line != "" && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 || all > 1 && len(lines) < minBullets {
		lines = append(lines, countLine(n))
	}
	return lines
}

func factLine(r Report) string {
	reports := []Report{r}
	for _, t := range Tolls(reports) {
		return tollLine(t)
	}
	for _, s := range Supports(reports) {
		return donorLine(Donors([]Support{s})[0])
	}
	if d := r.Fact.Date; d != nil {
		when := Capital(d.Expression)
		if d.Date != nil {
			when = DateText(*d.Date)
		}
		return line(when+": "+d.Event, publishersOf(reports))
	}
	return ""
}

func publishersOf(reports []Report) []string {
	_, _, publishers := shown(reports)
	return publishers
}

func countLine(n map[fact.Kind]int) string {
	return fmt.Sprintf("Found: casualties %d, dates %d, pledges %d.", n[fact.KindCasualty], n[fact.KindDate], n[fact.KindPledge])
}

// tollLine says "Killed: 130, Paris attacks (France, 13 November 2015)", and who disputes it; empty when no figure and no
// words stand. A label that tells a story rather than names an event, as a headline does, is left out beside place or date.
func tollLine(t Toll) string {
	figure := figureText(t)
	if figure == "" {
		return ""
	}
	s := Capital(string(t.Effect)) + ": " + figure
	var where []string
	if t.Place != nil {
		where = append(where, place.Name(*t.Place))
	}
	if t.Date != nil {
		where = append(where, DateText(*t.Date))
	}
	if t.Event != "" && (len(where) == 0 || utf8.RuneCountInString(t.Event) <= shortLabel) {
		s += ", " + t.Event
	}
	if len(where) > 0 {
		tail := " (" + strings.Join(where, ", ") + ")"
		s = cut(s, maxBullet-utf8.RuneCountInString(tail)) + tail
	}
	if with := s + disputeText(t); utf8.RuneCountInString(with) <= maxBullet*2/3 {
		s = with
	}
	return line(s+correctedText(t.Reports), t.Publishers)
}

// correctedText says that an editor corrected one of the reports, so that it is not what its document says.
func correctedText(reports []fact.Fact) string {
	if slices.ContainsFunc(reports, func(f fact.Fact) bool { return f.Review == fact.Corrected }) {
		return "; corrected"
	}
	return ""
}

// disputeText says "; denied by the mayor" of the first dispute.
func disputeText(t Toll) string {
	if len(t.Disputes) == 0 || t.Disputes[0].Speaker == "" {
		return ""
	}
	d := t.Disputes[0]
	verb := "disputed"
	if d.Stance == fact.Denies {
		verb = "denied"
	}
	if n := firstNumber(t, d.Fact); n != "" && (t.Best == nil || n != Grouped(*t.Best)) {
		return "; " + n + " " + verb + " by " + d.Speaker
	}
	return "; " + verb + " by " + d.Speaker
}

// firstNumber is the figure of a report of the toll, empty where it is not shown or gives none.
func firstNumber(t Toll, id string) string {
	for _, f := range t.Reports {
		if f.ID == id {
			return CountText(f.Casualty)
		}
	}
	return ""
}

// figureText says the toll: the best figure, else what the newest reports bound it by, else their words.
func figureText(t Toll) string {
	if t.Best != nil {
		if *t.Low != *t.High {
			return fmt.Sprintf("%s (reports from %s to %s)", Grouped(*t.Best), Grouped(*t.Low), Grouped(*t.High))
		}
		return Grouped(*t.Best)
	}
	var said []string
	for _, f := range t.Reports {
		if s := CountText(f.Casualty); s != "" && !denied(f) && len(said) < 2 && !slices.Contains(said, s) {
			said = append(said, s)
		}
	}
	return cut(strings.Join(said, "; "), maxBullet/2)
}

// CountText says a count in figures: "at least 7", "20 to 30", "3 more"; a vague one in its own words.
func CountText(c *fact.Casualty) string {
	low, _ := limits(c.Count)
	s := inexact(c.Count)
	switch {
	case s != "":
	case low == nil:
		s = c.Count.Text
	case c.Count.Modifier == fact.About:
		s = "about " + Grouped(*low)
	default:
		s = Grouped(*low)
	}
	if s != "" && c.Scope != nil && *c.Scope == fact.ScopeIncrement {
		s += " more"
	}
	return s
}

// Grouped writes a number with commas between thousands.
func Grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// donorLine says "Germany: reconnaissance, refuelling (pledged); naval (committed, on a condition)".
func donorLine(d Donor) string {
	var parts, publishers []string
	for _, status := range fact.Statuses {
		for _, condition := range []string{"", ", on a condition"} {
			var types []string
			for _, s := range d.Support {
				name := strings.ReplaceAll(string(s.Type), "_", " ")
				if s.Status == status && (s.Condition != nil) == (condition != "") && !slices.Contains(types, name) {
					types = append(types, name)
				}
			}
			if len(types) > 0 {
				parts = append(parts, strings.Join(types, ", ")+" ("+string(status)+condition+")")
			}
		}
	}
	for _, s := range d.Support {
		for _, p := range s.Publishers {
			if !slices.Contains(publishers, p) {
				publishers = append(publishers, p)
			}
		}
	}
	return line(d.Name+": "+strings.Join(parts, "; "), publishers)
}

func occurrenceLine(o Occurrence) string {
	if o.Event == "" {
		return ""
	}
	return line(DateText(o.Date)+": "+o.Event+correctedText(o.Reports), o.Publishers)
}

// line puts publishers behind a statement: all that fit, one at least, and the number of the others. The statement is cut
// where it leaves no room for them.
func line(statement string, publishers []string) string {
	if len(publishers) == 0 {
		return cut(statement, maxBullet)
	}
	for n := len(publishers); ; n-- {
		tail := " — " + cut(strings.Join(publishers[:n], ", "), maxBullet/3)
		if more := len(publishers) - n; more > 0 {
			tail += fmt.Sprintf(" and %d more", more)
		}
		room := maxBullet - utf8.RuneCountInString(tail)
		if n == 1 || utf8.RuneCountInString(statement) <= room && utf8.RuneCountInString(tail) <= maxBullet/3 {
			return cut(statement, room) + tail
		}
	}
}

// Capital writes the first letter of a line large.
func Capital(s string) string {
	r, width := utf8.DecodeRuneInString(s)
	if width == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[width:]
}

// DateText says a date in words: "13 November 2015", "October 2015", "23 to 29 November 2015", "until 2 November 2015".
func DateText(d fact.EDTF) string {
	from, to, interval := strings.Cut(string(d), "/")
	switch {
	case !interval:
		return pointText(from)
	case from == "..":
		return "until " + pointText(to)
	case to == "..":
		return "from " + pointText(from)
	}
	a, b := pointText(from), pointText(to)
	if len(from) == len(to) && len(from) == len("2006-01-02") {
		switch {
		case from[:7] == to[:7]:
			a, _, _ = strings.Cut(a, " ")
		case from[:4] == to[:4]:
			a = a[:len(a)-len(" 2006")]
		}
	}
	return a + " to " + b
}

func pointText(s string) string {
	for _, l := range [...]struct{ read, write string }{{time.DateOnly, "2 January 2006"}, {"2006-01", "January 2006"}} {
		if t, err := time.Parse(l.read, s); err == nil {
			return t.Format(l.write)
		}
	}
	return s
}
