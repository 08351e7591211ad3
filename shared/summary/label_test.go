package summary

import "testing"

func TestReadable(t *testing.T) {
	for _, c := range []struct {
		label string
		want  bool
	}{
		{"ferry sank off Malta", true},
		{"earthquake", true},
		{"the Genoa bridge collapse", true},
		{"it sank within minutes", false},
		{"was evacuated from the capital", false},
		{"of voters from the city", false},
		{"minister told reporters that", false},
		{"crews searched the wreck of the", false},
		{"released", false},
		{"the", false},
		{"", false},
	} {
		if got := readable(c.label); got != c.want {
			t.Errorf("%q: %v, want %v", c.label, got, c.want)
		}
	}
}

func TestBestLabel(t *testing.T) {
	for _, c := range []struct {
		name   string
		labels []string
		want   string
	}{
		{"most in common", []string{"Genoa bridge collapse", "accident", "collapse of a bridge"}, "Genoa bridge collapse"},
		{"a phrase before a fragment", []string{"he said the bridge collapse in Genoa was", "bridge collapse"}, "bridge collapse"},
		{"a fragment loses its end", []string{"crews searched the wreck of the"}, "crews searched the wreck"},
		{"a name before a headline", []string{"Bridge falls, dozens feared dead", "collapse"}, "collapse"},
		{"a headline alone", []string{"Bridge falls, dozens feared dead"}, "Bridge falls, dozens feared dead"},
		{"none", []string{"", ""}, ""},
	} {
		if got := bestLabel(c.labels, map[string]bool{"Bridge falls, dozens feared dead": true}); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
