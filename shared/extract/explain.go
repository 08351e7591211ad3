package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"factbox/shared/article"
	"factbox/shared/fact"
	"factbox/shared/token"
)

// Explanation tells how the facts of a document came about, sentence by sentence. It is made for those who write rules.
type Explanation struct {
	Sentences []Explained
	Facts     []fact.Fact // what Facts gives
}

// Explained is one sentence, with what the rules made of it.
type Explained struct {
	Start, End int // bytes in the document
	Text       string
	Groups     []Group
	Matches    []Match // in the order in which they were tried
	Misses     []Miss  // of the rules that did not match, those that came furthest first
}

// Group is a run of words that rules see as one, with what rules can ask of it.
type Group struct {
	Kind     string // as rules write it: N, V, P …
	Words    string
	Head     string   // what "=word" is compared with
	Features []string // "harm/killed", "passive", then what is no feature but known of it: "9 exact", "@MT"
}

// Rule is a rule by its name, with the place where it is written.
type Rule struct {
	Kind fact.Kind
	Name string // "temporal" for a rule of the package temporal: those have no names
	File string // in the folder rules of its package
	Line int    // the last of the rule's lines, from 1
}

// Element is a part of a rule's pattern with the words that it took.
type Element struct {
	Pattern string
	Group   int // index among the sentence's groups
}

// Match is a rule that matched: with the facts that came of it, or with what they were dropped for.
type Match struct {
	Rule
	Elements []Element
	Facts    []fact.Fact
	Dropped  []string
}

// Miss is a rule that did not match, as far as it came at its best start in the sentence.
type Miss struct {
	Rule
	Elements []Element // what held
	At       int       // index of the group where it stopped; that of no group at the end of the sentence
	Wanted   []string  // the elements that it could have gone on with there
	Lacks    []string  // the features that the group lacks for the first of those, where it is of the right kind

	told int // how many telling elements held
}

// Explain extracts as Facts does and tells how each fact came about, and how far the rules came that made none.
func Explain(a *article.Article, doc fact.Document) Explanation {
	d := Read(a, doc)
	d.trace = new(trace)
	e := Explanation{Facts: d.Facts(), Sentences: make([]Explained, len(d.sentences))}
	for i := range d.sentences {
		s := &d.sentences[i]
		span := token.Span{First: s.chunks[0].First, Last: s.chunks[len(s.chunks)-1].Last}
		x := &e.Sentences[i]
		x.Text = s.text.Slice(span)
		x.Start, x.End = s.source(span)
		x.Groups, x.Misses = s.groups(), s.misses()
	}
	kept := make(map[string]fact.Fact, len(e.Facts)) // those that no match has been found to have made
	for _, f := range e.Facts {
		kept[f.ID] = f
	}
	for _, t := range d.trace.matches {
		m := Match{Rule: t.rule.public(), Elements: elements(t.path), Dropped: t.dropped}
		for _, made := range t.made {
			f, ok := kept[made.ID]
			if !ok {
				m.Dropped = append(m.Dropped, "not kept among the facts of the document")
				continue
			}
			m.Facts = append(m.Facts, f)
			delete(kept, f.ID)
		}
		x := &e.Sentences[t.sentence]
		x.Matches = append(x.Matches, m)
	}
	for _, f := range e.Facts { // what no rule of this package made: the dates
		if _, ok := kept[f.ID]; !ok {
			continue
		}
		i, _ := slices.BinarySearchFunc(e.Sentences, f.Evidence.Start, func(x Explained, at int) int { return cmp.Compare(x.End, at+1) })
		e.Sentences[i].Matches = append(e.Sentences[i].Matches, d.sentences[i].timed(f))
	}
	return e
}

// timed gives the match of a date, which is the work of the package temporal: its one element is the expression.
func (s *sentence) timed(f fact.Fact) Match {
	m := Match{Rule: Rule{Kind: f.Kind}, Facts: []fact.Fact{f}}
	if f.Date == nil {
		return m
	}
	for i := range s.chunks {
		for _, t := range s.chunks[i].times {
			if t.Value == f.Date.Timex.Value && s.text.Slice(t.Span) == f.Date.Expression {
				m.Elements = []Element{{Pattern: string(t.Type), Group: i}}
				file, line, _ := strings.Cut(t.Rule, ":")
				m.Name, m.File = "temporal", file
				m.Line, _ = strconv.Atoi(line)
				return m
			}
		}
	}
	return m
}

// ruleFiles are the files of rules, with the kind of fact that they make.
var ruleFiles = []struct {
	kind  fact.Kind
	name  string
	rules func() []rule
}{{fact.KindCasualty, "casualties.rules", casualtyRules}, {fact.KindPledge, "pledges.rules", pledgeRules}}

// misses gives the rules that match nowhere in the sentence, those that came furthest first: by the telling elements that held,
// then those that found a chunk of the right kind, then by where they stopped.
func (s *sentence) misses() []Miss {
	var list []Miss
	for _, file := range ruleFiles {
		rules := file.rules()
		for i := range rules {
			if m, ok := rules[i].miss(s.chunks); ok {
				list = append(list, m)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Miss) int {
		return cmp.Or(b.told-a.told, min(len(b.Lacks), 1)-min(len(a.Lacks), 1), b.At-a.At)
	})
	return list
}

// miss tries the rule at every chunk and tells how far it came at best. It is false for a rule that matches somewhere, or of
// which no telling element held anywhere.
func (r *rule) miss(chunks []chunk) (Miss, bool) {
	var w watch
	for i := range chunks {
		w.path = w.path[:0]
		if m, _ := r.find(chunks, i, &w); m != nil {
			return Miss{}, false
		}
	}
	m := Miss{Rule: r.public(), Elements: elements(w.best.path), At: w.best.at, told: telling(w.best.path)}
	for _, a := range w.best.wanted {
		m.Wanted = append(m.Wanted, a.text)
	}
	if m.At < len(chunks) && m.told > 0 {
		m.Lacks = w.best.wanted[0].lacks(&chunks[m.At])
	}
	return m, m.told > 0
}

// lacks lists the features that the element asks for and the chunk has not, where it is of the right kind.
func (a *atom) lacks(c *chunk) []string {
	if a.kind != '.' && byte(c.kind) != a.kind {
		return nil
	}
	var list []string
	for _, t := range a.tests {
		if !t.fits(c) {
			list = append(list, t.text)
		}
	}
	return list
}

func (r *rule) public() Rule {
	shown := Rule{Name: r.name, File: r.file, Line: r.line}
	for _, file := range ruleFiles {
		if file.name == r.file {
			shown.Kind = file.kind
		}
	}
	return shown
}

func elements(path []step) []Element {
	list := make([]Element, len(path))
	for i, s := range path {
		list[i] = Element{Pattern: s.atom.text, Group: s.at}
	}
	return list
}
