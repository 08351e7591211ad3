package extract

import (
	"strings"
	"testing"

	"factbox/shared/token"
)

// parsed reads rules from a text.
func parsed(t *testing.T, text string) ([]rule, error) {
	t.Helper()
	p := parser{let: make(map[string]fragment)}
	for line := range strings.Lines(text) {
		if err := p.statement(strings.TrimSpace(line)); err != nil {
			return nil, err
		}
	}
	return p.parsed, nil
}

func grouped(text string) []chunk {
	read := token.Read(text)
	return new(chunker).group(read, token.Span{First: 0, Last: len(read.Tokens)}, token.Numerals(read.Tokens), nil, nil)
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, text, kept string // the words kept as x; "-" when the rule does not match
	}{
		{"N[count people]:x V[harm passive]", "Nine sailors were killed", "Nine sailors"},
		{"N[count !people]:x V[harm passive]", "Nine sailors were killed", "-"},
		{"V[harm active]:x N", "The wave killed nine sailors", "killed"},
		{"V[give|harm]:x", "The wave killed nine sailors", "killed"},
		{"V[harm/injured]:x", "The wave killed nine sailors", "-"},
		{"N:x P[=of] N P[=in]", "The mayor of the town in Spain", "The mayor"},
		{"N P[=of|=from]:x N", "A letter from the town", "from"},
		{"N ( P N )* V:x", "The mayor of the town of tents spoke", "spoke"},
		{"N ( P N )+ V:x", "The mayor spoke", "-"},
		{"N ( D | T )? V:x", "The mayor also spoke", "spoke"},
		{"let PP = P N\nrule r: N PP PP V:x", "The mayor of the town of tents spoke", "spoke"},
		{"V[negated]:x", "They did not agree", "did not agree"},
		{"V[infinitive]:x", "They agreed to send tents", "to send"},
	} {
		text := c.pattern
		if !strings.Contains(text, "rule ") {
			text = "rule r: " + text
		}
		list, err := parsed(t, text)
		if err != nil {
			t.Errorf("%q: %v", c.pattern, err)
			continue
		}
		read := token.Read(c.text)
		groups := grouped(c.text)
		got := "-"
		for i := range groups {
			if m, _ := list[0].find(groups, i, nil); m != nil && got == "-" {
				got = read.Slice(m.get("x").Span)
			}
		}
		if got != c.kept {
			t.Errorf("%q in %q: %q, want %q", c.pattern, c.text, got, c.kept)
		}
	}
}

func TestPatternRefuses(t *testing.T) {
	for _, c := range []struct{ text, wrong string }{
		{"rule r: ", "empty pattern"},
		{"rule r: ( N", "not closed"},
		{"rule r: N )", "left over"},
		{"rule r: NOUN", "no kind of chunk"},
		{"rule r: Z[a]", "no kind of chunk"},
		{"let X N", "no ="},
		{"law r: N", "let or a rule"},
	} {
		if _, err := parsed(t, c.text); err == nil || !strings.Contains(err.Error(), c.wrong) {
			t.Errorf("%q: %v, want %q", c.text, err, c.wrong)
		}
	}
}

func TestRuleFiles(t *testing.T) {
	for _, file := range []string{"casualties.rules", "pledges.rules"} {
		list, err := parseRules(file)
		if err != nil || len(list) == 0 {
			t.Errorf("%s: %d rules, %v", file, len(list), err)
		}
		names := make(map[string]bool)
		for _, r := range list {
			if names[r.name] {
				t.Errorf("%s: two rules are called %s", file, r.name)
			}
			names[r.name] = true
		}
	}
}

func TestLexiconRefuses(t *testing.T) {
	root := &lexeme{next: make(map[string]*lexeme)}
	if err := root.load("[gerundive]\nword", "list.txt"); err == nil || !strings.Contains(err.Error(), "list.txt:1") {
		t.Errorf("%v, want file and line", err)
	}
}

// TestInflection holds the forms that the word lists leave to rules against the language.
func TestInflection(t *testing.T) {
	for _, c := range []struct{ lemma, third, past, gerund string }{
		{"kill", "kills", "killed", "killing"}, {"die", "dies", "died", "dying"}, {"supply", "supplies", "supplied", "supplying"},
		{"plan", "plans", "planned", "planning"}, {"pass", "passes", "passed", "passing"}, {"agree", "agrees", "agreed", "agreeing"},
		{"help", "helps", "helped", "helping"}, {"ship", "ships", "shipped", "shipping"}, {"play", "plays", "played", "playing"},
	} {
		if thirdOf(c.lemma) != c.third || pastOf(c.lemma) != c.past || gerundOf(c.lemma) != c.gerund {
			t.Errorf("%s: %s, %s, %s", c.lemma, thirdOf(c.lemma), pastOf(c.lemma), gerundOf(c.lemma))
		}
	}
}

// TestGroups shows how a sentence is cut into groups.
func TestGroups(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"At least nine sailors were killed", "N:At least nine sailors V:were killed"},
		{"The downed jet had been hit by two rockets", "N:The downed jet V:had been hit P:by N:two rockets"},
		{"They will not send tents to the town", "N:They V:will not send N:tents P:to N:the town"},
		{"The start of talks was delayed", "N:The start P:of N:talks V:was delayed"},
		{"He left since the mayor resigned", "N:He V:left S:since N:the mayor V:resigned"},
		{"dozens of rebel-held villages", "N:dozens of rebel-held villages"},
	} {
		read := token.Read(c.text)
		var got []string
		for _, g := range grouped(c.text) {
			got = append(got, string(g.kind)+":"+read.Slice(g.Span))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}
