package evaluate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

const pledgeLines = `{"id":"a","root":"AID","source":"Norway","sentence":"Norway pledged tents for Chile."}
{"id":"b","root":"AGREE","source":"the Swedish cabinet","sentence":"Norway agreed to send tents to Chile, the Swedish cabinet said."}
{"id":"c","root":"SUPPORT","source":"Norway","sentence":"Norway and Chile held talks on fish."}
{"id":"d","root":"AGREE","source":"the strikers","sentence":"The strikers agreed to go home."}
{"id":"e","root":"REQUEST","source":"Chile","sentence":"Chile asked Norway for tents."}
{"id":"f","root":"THREATEN","source":"Peru","sentence":"Peru pledged tents for Chile."}`

func TestPledges(t *testing.T) {
	for _, c := range []struct{ name, verdicts, figures, faults string }{
		{"by root", "", "2/4 1/3 1/2 AGREE 1/2 AID 1/1 REQUEST 0/1 SUPPORT 0/1 THREATEN 1/1", "donor b; missed c; missed d; spurious f"},
		{"by verdicts", `{"id":"a","pledge":true,"donors":["NO"]}
{"id":"b","pledge":true,"donors":["SE"]}
{"id":"c","pledge":true,"donors":["NO"]}
{"id":"d","pledge":true,"donors":[]}
{"id":"f","pledge":false}`, "P 1/3 R 1/4", "donor b; missed c; missed d; spurious f"},
		{"whoever gives", `{"id":"b","pledge":true,"donors":[]}`, "P 1/1 R 1/1", ""},
	} {
		var verdicts map[string]Verdict
		if c.verdicts != "" {
			var err error
			if verdicts, err = ReadVerdicts(strings.NewReader(c.verdicts)); err != nil {
				t.Fatal(err)
			}
		}
		r, err := Pledges(strings.NewReader(pledgeLines), verdicts)
		if err != nil {
			t.Fatal(err)
		}
		var got, faults []string
		for _, f := range r.Figures {
			got = append(got, fmt.Sprintf("P %d/%d R %d/%d", f.Precision.N, f.Precision.Of, f.Recall.N, f.Recall.Of))
		}
		for i, s := range r.Shares {
			switch {
			case verdicts != nil:
			case i < 3:
				got = append(got, fmt.Sprintf("%d/%d", s.N, s.Of))
			default:
				got = append(got, fmt.Sprintf("%s %d/%d", strings.TrimSpace(s.Name), s.N, s.Of))
			}
		}
		for _, f := range r.Faults {
			faults = append(faults, f.What+" "+f.Document)
		}
		if want := []string{c.figures, c.faults}; !slices.Equal([]string{strings.Join(got, " "), strings.Join(faults, "; ")}, want) {
			t.Errorf("%s: %q %q, want %q", c.name, got, faults, want)
		}
	}
}
