package extract

import "testing"

// TestCandidates shows which sentences a rule is tried on: those that have what every element of it must have.
func TestCandidates(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"N V[harm]", "Nine sailors were killed", true},
		{"N V[harm]", "Nine towns slept", false},
		{"N V[harm|give]", "Nine towns sent tents", true},
		{"N V[harm give]", "Nine towns sent tents", false},
		{"N ( V[harm] )? N", "Nine towns slept", true},
		{"N ( V[harm] )* N", "Nine towns slept", true},
		{"N ( V[harm] )+ N", "Nine towns slept", false},
		{"N ( V[harm] | V[give] )", "Nine towns sent tents", true},
		{"N ( V[harm] | V[give] )", "Nine towns slept", false},
		{"N ( V[harm] | V )", "Nine towns slept", true},
		{"let X = V[harm]\nrule r: N X", "Nine towns slept", false},
		// what holds without a class
		{"N V[!harm]", "Nine towns slept", true},
		{"N V[=sleep|harm]", "Nine towns slept", true},
		{"N V[passive|harm]", "Nine towns slept", true},
		{"N V[harm/killed]", "Nine sailors were injured", true},
	} {
		text := c.pattern
		if text[:3] != "let" {
			text = "rule r: " + text
		}
		list, err := parsed(t, text)
		if err != nil {
			t.Fatal(err)
		}
		s := &sentence{chunks: grouped(c.text)}
		got := false
		for range s.candidates(list) {
			got = true
		}
		if got != c.want {
			t.Errorf("%q in %q: tried is %v", c.pattern, c.text, got)
		}
	}
}

// TestMarks wants every class that was put in, and few others.
func TestMarks(t *testing.T) {
	names := make(map[string]bool)
	for _, list := range [][]rule{casualtyRules(), pledgeRules()} {
		for _, r := range list {
			for _, a := range r.begins {
				for _, f := range a.tests {
					names[f.text] = true
				}
			}
		}
	}
	alike := 0
	for a := range names {
		var one marks
		one.add(a)
		for b := range names {
			var other marks
			other.add(b)
			if a == b && !one.meets(&other) {
				t.Errorf("%s is not found again", a)
			}
			if a != b && one.meets(&other) {
				alike++
			}
		}
	}
	if pairs := len(names) * (len(names) - 1); pairs == 0 || alike*50 > pairs {
		t.Errorf("%d of %d pairs of names are taken for each other", alike, pairs)
	}
}
