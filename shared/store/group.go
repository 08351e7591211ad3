package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// grouped is a group as a row has it: whole, with the sources of its reports, so that a page of a list is one Query and
// nothing behind it.
type grouped[T any] struct {
	Group   T             `json:"group"`
	Sources []fact.Source `json:"sources"`
}

// groupKind is what tolls, occurrences and supports have in common for the store.
type groupKind[T any] struct {
	kind    fact.Kind
	of      func([]summary.Report) []T
	reports func(T) []fact.Fact
	when    func(T) span
	places  func(T) []string
	id      func(T) string        // tells the groups of a block apart
	heads   func([]T) []ranked[T] // what the summary of the story may show of the block; nil where the board has it
}

// ranked is a group's head with its rank.
type ranked[T any] struct {
	head T
	rank string
}

var tollGroups = groupKind[summary.Toll]{
	kind:    fact.KindCasualty,
	of:      summary.Tolls,
	reports: func(t summary.Toll) []fact.Fact { return t.Reports },
	when:    func(t summary.Toll) span { return spanOf(t.Date) },
	places: func(t summary.Toll) []string {
		if t.Place == nil {
			return nil
		}
		return []string{*t.Place}
	},
	id: func(t summary.Toll) string { return leastID(t.Reports) },
	heads: func(tolls []summary.Toll) (heads []ranked[summary.Toll]) {
		for _, t := range summary.Weightiest(tolls) {
			heads = append(heads, ranked[summary.Toll]{t.Head(), t.Rank()})
		}
		return heads
	},
}

var occurrenceGroups = groupKind[summary.Occurrence]{
	kind:    fact.KindDate,
	of:      summary.Occurrences,
	reports: func(o summary.Occurrence) []fact.Fact { return o.Reports },
	when:    func(o summary.Occurrence) span { return spanOf(&o.Date) },
	places: func(o summary.Occurrence) []string {
		places := slices.Clone(o.Participants)
		slices.Sort(places)
		return slices.DeleteFunc(places, func(c string) bool { return c == "" || len(c) > maxID })
	},
	id: func(o summary.Occurrence) string { return leastID(o.Reports) },
	heads: func(occurrences []summary.Occurrence) (heads []ranked[summary.Occurrence]) {
		for _, o := range summary.Weightiest(occurrences) {
			heads = append(heads, ranked[summary.Occurrence]{o.Head(), o.Rank()})
		}
		return heads
	},
}

var supportGroups = groupKind[summary.Support]{
	kind:    fact.KindPledge,
	of:      summary.Supports,
	reports: func(s summary.Support) []fact.Fact { return s.Reports },
	when:    supportSpan,
	places:  func(s summary.Support) []string { return []string{s.Donor} },
	id: func(s summary.Support) string {
		if s.Recipient == nil {
			return string(s.Type)
		}
		return string(s.Type) + "#" + *s.Recipient
	},
}

// supportSpan reaches from the first to the last day that the reports speak of.
func supportSpan(s summary.Support) span {
	var whole span
	for _, f := range s.Reports {
		if r := spanOf(f.When()); r.first != "" {
			if whole.first == "" || r.first < whole.first {
				whole.first = r.first
			}
			whole.last = max(whole.last, r.last)
		}
	}
	return whole
}

func leastID(facts []fact.Fact) string {
	return slices.MinFunc(facts, func(a, b fact.Fact) int { return cmp.Compare(a.ID, b.ID) }).ID
}

// listed is a group as its block's row remembers it: enough to find the rows it was posted to, and to see whether they changed.
type listed struct {
	ID     string   `json:"i,omitempty"` // "" for the row of a board
	Sort   string   `json:"s,omitempty"` // of a row in the story's partition, and of that alone
	First  string   `json:"f,omitempty"`
	Last   string   `json:"l,omitempty"`
	Places []string `json:"p,omitempty"`
	Hash   string   `json:"h,omitempty"` // of the content; "" while it may not be written yet
}

// place tells where a group is posted, whatever its content.
func (l listed) place() string {
	l.Hash = ""
	data, _ := json.Marshal(l) // strings only: it cannot fail
	return string(data)
}

// keys gives the rows of a group of a block: in the list of its story, of all stories, and of each country.
func (l listed) keys(tables Tables, story string, b block) []key {
	if l.Sort != "" {
		return []key{{tables.Facts, storyKey(story), l.Sort}}
	}
	if l.ID == "" {
		return []key{{tables.Facts, boardOfStory(story), b.rest()}}
	}
	pks := []string{groupsKey(b.kind()), groupsOfStory(story, b.kind())}
	for _, c := range l.Places {
		pks = append(pks, groupsOfCountry(c, b.kind()))
	}
	var keys []key
	for _, pk := range pks {
		for _, sk := range (span{l.First, l.Last}).sorts(story + "#" + string(b) + "#" + l.ID) {
			keys = append(keys, key{tables.Facts, pk, sk})
		}
	}
	return keys
}

// made is a group to be posted.
type made struct {
	listed
	body []byte // JSON
}

// maxGroups bounds the groups of one block, so that their block's row fits into an item. A story where one day has more
// occurrences, or one donor more promises, shows the first of them; its facts are listed all.
const maxGroups = 2000

// make gives the rows of the groups and of the heads of a block's reports, and the number of groups.
func (g groupKind[T]) make(reports []summary.Report) (rows []made, n int, err error) {
	sources := sourcesOf(reports)
	groups := g.of(reports)
	post := func(l listed, group T) error {
		body, err := json.Marshal(grouped[T]{group, cited(g.reports(group), sources)})
		rows = append(rows, newMade(l, body))
		return err
	}
	for _, group := range groups[:min(len(groups), maxGroups)] {
		when := g.when(group)
		if err := post(listed{ID: g.id(group), First: when.first, Last: when.last, Places: g.places(group)}, group); err != nil {
			return nil, 0, err
		}
	}
	if g.heads == nil {
		return rows, len(groups), nil
	}
	for _, h := range g.heads(groups) {
		if err := post(listed{Sort: headSortOf(g.kind, h.rank)}, h.head); err != nil {
			return nil, 0, err
		}
	}
	return rows, len(groups), nil
}

func newMade(l listed, body []byte) made {
	sum := sha256.Sum256(body)
	l.Hash = hex.EncodeToString(sum[:8])
	return made{l, body}
}

// sourcesOf gives the source of each document.
func sourcesOf(reports []summary.Report) map[string]fact.Source {
	sources := make(map[string]fact.Source)
	for _, r := range reports {
		sources[r.Source.Document] = r.Source
	}
	return sources
}

// cited gives the sources of facts, each once, in the order of every answer.
func cited(facts []fact.Fact, sources map[string]fact.Source) []fact.Source {
	found := []fact.Source{}
	seen := make(map[string]bool)
	for _, f := range facts {
		if src, ok := sources[f.Document]; ok && !seen[f.Document] {
			seen[f.Document] = true
			found = append(found, src)
		}
	}
	summary.SortSources(found)
	return found
}

// boardRead is how many supports, the newest, a donor's row over all stories is made of.
const boardRead = 200

// onBoard gives the content of a donor's row: its support, shortened until it fits, with the number of what is left out.
func onBoard(d summary.Donor, sources map[string]fact.Source) ([]byte, error) {
	for n := summary.MaxSupports; ; n /= 2 {
		short := d.Short(n)
		body, err := json.Marshal(grouped[summary.Donor]{short, cited(donorFacts(short), sources)})
		if err != nil || len(body) <= partSize || n == 0 {
			return body, err
		}
	}
}

// donorFacts gives the reports that a donor's row shows.
func donorFacts(d summary.Donor) []fact.Fact {
	var facts []fact.Fact
	for _, s := range d.Support {
		facts = append(facts, s.Reports...)
	}
	return facts
}
