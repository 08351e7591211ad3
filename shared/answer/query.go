package answer

import (
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/summary"
	"factbox/shared/temporal"
	"factbox/shared/token"
)

// Query is what was understood of a question.
type Query struct {
	Kinds   []fact.Kind        // what may be asked for, the likeliest first; none: nothing that is kept here
	Effects []fact.Effect      // what happened to the people asked for
	Types   []fact.SupportType // what support is asked for, where it names a type or things of one
	Status  fact.Status        // how firm it is to be; "" where any will do
	Dates   []fact.EDTF        // days and periods that it names
	Refused string             // why it cannot be answered out of facts: "asks for a reason"; "" where it may be

	question  string
	today     fact.EDTF
	asked     map[string]bool // count, amount, condition, when, happened, who
	receiving bool            // the donor stands behind the verb
	declining bool            // it asks for what is refused
	how       bool            // "how did …": only of support, of which it asks what it is
	yesNo     bool            // it wants yes or no
	places    []named
	numbers   []numeral
	terms     []term
	victims   span // the words behind "how many"
	agent     span // who is said to have done it: "how many did the rebels kill"
	tokens    []token.Token
}

// span is tokens from First up to Last, which is not of it.
type span = token.Span

// term is a word or a phrase of the question, but for places, dates and numbers.
type term struct {
	span
	words    []string
	meanings []meaning // none: the word must stand in the facts
	victims  bool      // and be said of the victims: "how many of the hostages were killed"
}

// numeral is a number of the question. bound says on which side of it the figure is to be: "" where it is to be the number.
type numeral struct {
	value float64
	bound fact.Modifier
}

// bound reads the words before a number: "more than", "only".
func bound(tokens []token.Token, at int) fact.Modifier {
	var one, two string
	if at > 0 {
		one = tokens[at-1].Fold
	}
	if at > 1 {
		two = tokens[at-2].Fold
	}
	switch {
	case one == "over", one == "above", one == "least", one == "than" && (two == "more" || two == "greater"):
		return fact.AtLeast
	case one == "under", one == "below", one == "most", one == "than", one == "to" && two == "up":
		return fact.AtMost
	case one == "only", one == "just", one == "exactly":
		return fact.Exact
	}
	return ""
}

// named is a country, organisation or town of the question.
type named struct {
	span
	code   string
	words  []string
	town   bool // not the country itself: its words must stand in the facts, unless it stands for its government
	person bool // who leads it
	role   role
}

func (t term) is(c class) bool {
	return slices.ContainsFunc(t.meanings, func(m meaning) bool { return m.class == c })
}

func (t term) means(c class, value string) bool {
	return slices.Contains(t.meanings, meaning{c, value})
}

// Read understands a question asked on a day, or as much of it as can be.
func Read(question string, today fact.EDTF) Query { return read(question, today, today) }

// of is the question as it is understood of a story, where the names of those in office then stand for their countries.
func (q *Query) of(s *summary.Story) *Query {
	again := read(q.question, q.today, s.LatestPublished)
	return &again
}

// read understands a question asked on a day of those who were in office on another.
func read(question string, today, office fact.EDTF) Query {
	q := Query{question: question, today: today, asked: make(map[string]bool)}
	text := token.Read(question)
	taken := make([]bool, len(text.Tokens))
	take := func(s span) {
		for i := s.First; i < s.Last; i++ {
			taken[i] = true
		}
	}
	then := temporal.Tag([]token.Text{text}, office)[0]
	for i, m := range temporal.Tag([]token.Text{text}, today)[0] {
		if m.Date != "" {
			if i < len(then) && then[i].Span == m.Span && yearless(text.Tokens[m.First:m.Last]) {
				m.Date = then[i].Date
			}
			q.Dates = append(q.Dates, m.Date)
			take(m.Span)
		}
	}
	for _, m := range places(text, office) {
		if taken[m.First] || taken[m.Last-1] {
			continue
		}
		n := named{span: m.Span, code: m.Code, town: m.Kind == place.Capital || m.Kind == place.City, person: m.Kind == place.Leader}
		for i := m.First; i < m.Last; i++ {
			if text.Tokens[i].Kind == token.Word {
				n.words = append(n.words, text.Tokens[i].Fold)
			}
		}
		q.places = append(q.places, n)
		take(m.Span)
	}
	q.tokens = text.Tokens
	q.read(text.Tokens, taken)
	q.findRoles(text.Tokens)
	q.judge(text.Tokens)
	q.agent = q.findAgent()
	return q
}

// yearless reports whether a date is of a month without a year: of a story, it is the one that the story was told after.
func yearless(date []token.Token) bool {
	month := false
	for _, t := range date {
		month = month || slices.Contains(months, strings.TrimSuffix(t.Fold, "."))
		switch t.Fold {
		case "last", "this", "next", "past", "ago", "today", "yesterday":
			return false
		}
		if t.Kind == token.Number && len(t.Fold) == len("2006") {
			return false
		}
	}
	return month
}

var months = []string{"january", "jan", "february", "feb", "march", "mar", "april", "apr", "may", "june", "jun", "july", "jul", "august", "aug", "september", "sept", "sep",
	"october", "oct", "november", "nov", "december", "dec"}

// places finds countries however they are written: small letters are read once more as capitals, but for words that are no
// names in small letters.
func places(text token.Text, office fact.EDTF) []place.Mention {
	found := place.Tag(text, office)
	raised := token.Read(strings.ToUpper(text.String))
	if len(raised.Tokens) != len(text.Tokens) {
		return found
	}
	for _, m := range place.Tag(raised, office) {
		overlaps := slices.ContainsFunc(found, func(o place.Mention) bool { return m.First < o.Last && o.First < m.Last })
		_, n := load().at(text.Tokens, m.First)
		if m.Kind != place.Leader && !overlaps && (n == 0 || m.Last-m.First > n) {
			found = append(found, m)
		}
	}
	slices.SortFunc(found, func(a, b place.Mention) int { return a.First - b.First })
	return found
}

// read makes terms of the tokens that are no dates and places, and numbers of those that are numbers.
func (q *Query) read(tokens []token.Token, taken []bool) {
	numbers := make(map[int]token.Numeral)
	for _, n := range token.Numerals(tokens) {
		if !n.Ordinal && !n.Vague && tokens[n.First].Fold != "one" && !slices.Contains(taken[n.First:n.Last], true) {
			numbers[n.First] = n
		}
	}
	for i := 0; i < len(tokens); {
		if n, ok := numbers[i]; ok {
			q.numbers = append(q.numbers, numeral{n.Value, bound(tokens, i)})
			i = n.Last
			continue
		}
		if taken[i] || tokens[i].Kind == token.Mark || tokens[i].Fold[0] == '\'' {
			i++
			continue
		}
		t := term{span: span{First: i, Last: i + 1}}
		var n int
		if t.meanings, n = load().at(tokens, i); n > 0 && !slices.Contains(taken[i:i+n], true) {
			t.Last = i + n
		} else {
			t.meanings = nil
		}
		for _, tok := range tokens[t.First:t.Last] {
			t.words = append(t.words, tok.Fold)
		}
		q.terms = append(q.terms, t)
		i = t.Last
	}
}

// judge gathers what the terms ask for.
func (q *Query) judge(tokens []token.Token) {
	var casualty, suffering, pledge, firm bool
	q.chooseEffects(tokens)
	for i, t := range q.terms {
		for _, m := range t.meanings {
			switch m.class {
			case refused:
				// "More than 20" bounds a number and compares nothing.
				if q.Refused == "" && !q.allowed(m.value) && !(t.words[len(t.words)-1] == "than" && t.Last < len(tokens) && tokens[t.Last].Kind == token.Number) {
					q.Refused = m.value
				}
			case asks:
				q.asked[m.value] = true
			case effects:
				casualty = casualty || !t.within(q.victims)
				suffering = true
				if e := fact.Effect(m.value); !slices.Contains(q.Effects, e) {
					q.Effects = append(q.Effects, e)
				}
			case support:
				pledge = true
				q.narrow(m.value)
			case status:
				pledge, firm = true, true
				if !strings.HasSuffix(t.words[0], "ing") { // who "is giving" may yet have to
					q.firm(m.value)
				}
			}
		}
		if t.words[0] == "how" && !t.is(asks) && !t.is(effects) {
			q.how = true
		}
		if i == 0 || i == 1 && q.terms[0].is(passed) && !interrogative[q.terms[0].words[0]] {
			q.yesNo = q.yesNo || auxiliary[t.words[0]]
		}
	}
	donor := slices.ContainsFunc(q.places, func(n named) bool { return n.role == donates })
	if len(q.terms) > 0 && (q.terms[0].words[0] == "will" || q.terms[0].words[0] == "shall") && q.Refused == "" && !(donor && firm) {
		q.Refused = "asks for a prediction"
	}
	casualty = casualty || suffering && !(firm && donor) // "how many refugees has Peru taken in"
	add := func(k fact.Kind, asked bool) {
		if asked && !slices.Contains(q.Kinds, k) {
			q.Kinds = append(q.Kinds, k)
		}
	}
	if q.asksDate() {
		q.Kinds = []fact.Kind{fact.KindDate}
		return
	}
	if q.how && !(firm && donor) && q.Refused == "" {
		q.Refused = "asks how it came about"
	}
	if q.asked["amount"] && pledge || q.asked["condition"] || firm && donor && !q.asked["count"] {
		q.Kinds = []fact.Kind{fact.KindPledge}
		return
	}
	add(fact.KindPledge, firm && donor || q.asked["who"] && pledge)
	add(fact.KindCasualty, casualty && !q.ofDoing(tokens))
	add(fact.KindPledge, pledge)
}

// allowed reports whether a question with a donor may ask what would else be refused: what a donor is going to give, the facts say as
// far as it is decided.
func (q *Query) allowed(reason string) bool {
	return reason == "asks for a prediction" && len(q.codes(donates)) > 0
}

// ofDoing reports whether a question for yes or no has a country for its subject and does not ask for any victims: "did Norway free
// the hostages".
func (q *Query) ofDoing(tokens []token.Token) bool {
	subject := slices.ContainsFunc(q.places, func(n named) bool { return n.First > 0 && auxiliary[tokens[n.First-1].Fold] })
	some := slices.ContainsFunc(q.terms, func(t term) bool { return t.words[0] == "any" || t.words[0] == "anyone" || t.words[0] == "anybody" })
	return q.yesNo && subject && !some && !q.asked["count"]
}

// asksDate reports whether the question is for a day, or for what happened on one. "When" within it, behind what is asked, is none.
func (q *Query) asksDate() bool {
	for i, t := range q.terms {
		switch {
		case t.means(asks, "when"), t.means(asks, "happened") && len(q.Dates) > 0:
			return true
		case t.is(asks), t.is(effects) || t.is(status):
			return i < len(q.terms) && q.terms[len(q.terms)-1].means(asks, "when")
		}
	}
	return false
}

// chooseEffects tells what is asked for from the victims ("how many hostages were killed") and the event ("dead in the kidnapping"),
// whose words must then stand in the facts.
func (q *Query) chooseEffects(tokens []token.Token) {
	for _, t := range q.terms {
		if t.means(asks, "count") && t.words[0] == "how" && q.victims.Last == 0 {
			q.victims = span{First: t.Last, Last: q.nounsEnd(tokens, t.Last)}
		}
	}
	var of, asked []int // terms of victims, and others
	for i, t := range q.terms {
		switch {
		case !t.is(effects):
		case t.within(q.victims), i > 1 && q.terms[i-1].words[0] == "the" && q.terms[i-2].words[0] == "of":
			of = append(of, i)
		default:
			asked = append(asked, i)
		}
	}
	if len(asked) == 0 {
		return
	}
	var others []int
	for _, i := range of {
		if !joined(tokens, q.terms[i].Last, q.terms[asked[0]].First) {
			others = append(others, i)
		}
	}
	for k, i := range asked[1:] {
		if !joined(tokens, q.terms[asked[k]].Last, q.terms[i].First) {
			others = append(others, asked[k+1:]...)
			break
		}
	}
	for _, i := range others {
		t := &q.terms[i]
		t.victims = slices.Contains(of, i)
		t.meanings = slices.DeleteFunc(slices.Clone(t.meanings), func(m meaning) bool { return m.class == effects })
	}
}

// joined reports whether nothing but "and", "or" and commas, and little words, stand between two words.
func joined(tokens []token.Token, from, to int) bool {
	conjunction := false
	for _, t := range tokens[min(from, to):to] {
		switch t.Fold {
		case "and", "or", ",", "/", "&", "nor":
			conjunction = true
		case "how", "many", "were", "are", "the", "number", "of":
		default:
			return false
		}
	}
	return conjunction
}

// auxiliary begins a question that wants yes or no.
var auxiliary = map[string]bool{"did": true, "does": true, "do": true, "has": true, "have": true, "had": true, "is": true, "are": true, "was": true,
	"were": true, "will": true, "shall": true, "can": true, "whether": true}

var interrogative = map[string]bool{"what": true, "which": true, "who": true, "whose": true, "how": true, "when": true}

// narrow takes a type, a category or things.
func (q *Query) narrow(value string) {
	value = strings.TrimPrefix(value, "things ")
	for _, s := range fact.SupportTypes {
		if (string(s.Type) == value || string(s.Category) == value) && !slices.Contains(q.Types, s.Type) {
			q.Types = append(q.Types, s.Type)
		}
	}
}

func (q *Query) firm(value string) {
	switch s := fact.Status(value); {
	case value == "receive":
		q.receiving = true
	case value == "any":
	case q.Status == "" || s.Rank() == 0 || s.Rank() > q.Status.Rank() && q.Status.Rank() > 0:
		q.Status = s
	}
	q.declining = q.Status != "" && q.Status.Rank() == 0
}

// nounsEnd gives where the nouns behind "how many" end: before a verb or a preposition.
func (q *Query) nounsEnd(tokens []token.Token, from int) int {
	for i := from; i < len(tokens); i++ {
		if clauseWords[tokens[i].Fold] || tokens[i].Kind == token.Mark {
			return i
		}
		if found, _ := load().at(tokens, i); slices.ContainsFunc(found, func(m meaning) bool { return m.class == effects || m.class == status }) && !load().people[tokens[i].Fold] && i > from {
			return i
		}
	}
	return len(tokens)
}

var clauseWords = map[string]bool{"is": true, "are": true, "was": true, "were": true, "have": true, "has": true, "had": true, "did": true, "do": true, "does": true,
	"in": true, "on": true, "at": true, "by": true, "from": true, "to": true, "for": true, "of": true, "when": true, "after": true, "during": true, "will": true, "would": true,
	"who": true, "that": true, "been": true, "be": true, "got": true, "went": true, "still": true, "as": true, "because": true, "near": true}

// Countries are the countries and organisations that the question names, each once.
func (q *Query) Countries() []string { return q.codes(donates, receives, located, anyRole) }

// Donors are those of them that give.
func (q *Query) Donors() []string { return q.codes(donates) }

func (q *Query) codes(roles ...role) []string {
	codes := []string{}
	for _, n := range q.places {
		if slices.Contains(roles, n.role) && !slices.Contains(codes, n.code) {
			codes = append(codes, n.code)
		}
	}
	return codes
}

// Words are those that must stand in a story, the longest first, each once: they look rarest.
func (q *Query) Words() []string {
	words := []string{}
	add := func(list []string) {
		for _, w := range list {
			if !slices.Contains(words, w) && !load().passes(w) {
				words = append(words, w)
			}
		}
	}
	for _, t := range q.terms {
		if len(t.meanings) == 0 || t.things() {
			add(t.words)
		} else if slices.Contains(q.Kinds, fact.KindDate) {
			add(q.content(t, fact.KindDate))
		}
	}
	for _, n := range q.places {
		if n.town {
			add(n.words)
		}
	}
	slices.SortStableFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}

// Likeness is how many of the question's words and countries stand in a text.
func (q *Query) Likeness(text string) int {
	v := newVocabulary("")
	v.add(text)
	n := 0
	for _, w := range q.Words() {
		if v.holds(w) {
			n++
		}
	}
	for _, c := range q.Countries() {
		if v.codes[c] {
			n++
		}
	}
	return n
}
