package evaluate

import (
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/token"
)

// pledgeGold is a sentence with the event that it tells of, coded by PLOVER.
type pledgeGold struct {
	ID, Sentence, Root string
	Source             *string // who acts, as the sentence has it
}

func (g pledgeGold) check() error {
	if g.ID == "" || g.Sentence == "" || g.Root == "" || g.Source == nil {
		return errors.New(`a sentence coded by PLOVER has "id", "sentence", "root" and "source"`)
	}
	return nil
}

// Verdict is what a reader says of a sentence: whether it promises or gives something to a country or people, and who does.
type Verdict struct {
	ID     string
	Pledge *bool
	Donors []string // ISO 3166-1 alpha-2 or organisations' codes; empty where they are none of these
}

func (v Verdict) check() error {
	if v.ID == "" || v.Pledge == nil {
		return errors.New(`a verdict has "id", "pledge" and perhaps "donors"`)
	}
	return nil
}

// ReadVerdicts reads verdicts, one a line.
func ReadVerdicts(r io.Reader) (map[string]Verdict, error) {
	all := make(map[string]Verdict)
	err := eachGold(r, "verdicts", func(v Verdict) error {
		all[v.ID] = v
		return nil
	})
	return all, err
}

// nearRoots are the PLOVER roots whose sentences may be pledges.
var nearRoots = map[string]bool{"AGREE": true, "AID": true, "SUPPORT": true}

// Pledges scores pledges on PLOVER-coded sentences. Of those of the roots AGREE, AID and SUPPORT it gives the share that yields a
// pledge, and the share in which the donor of one is a country or organisation that the source names, among the sentences whose
// source names any. Of all other roots it gives the share that yields one, together and each. Agreeing is often no promise to
// anybody, so the first two are far below 100 for a perfect extractor: with the verdicts of a reader, recall is over what is
// judged to be a pledge, with the donor judged to be right, and precision over what is judged.
func Pledges(gold io.Reader, verdicts map[string]Verdict) (Report, error) {
	var r Report
	var yield, donor, others Ratio
	judged := Figure{Name: "judged"}
	byRoot := make(map[string]*Ratio)
	err := eachGold(gold, "pledges", func(g pledgeGold) error {
		said, evidence := donors(facts(read(g.ID, g.Sentence, fact.Unknown)))
		fault := func(what string) {
			r.Faults = append(r.Faults, Fault{what, g.ID, evidence.Start, strings.Join(append([]string{g.Root}, said...), " "), inContext(g.Sentence, evidence.Start, evidence.End)})
		}
		root := byRoot[g.Root]
		if root == nil {
			root = new(Ratio)
			byRoot[g.Root] = root
		}
		root.add(len(said) > 0)
		if v, ok := verdicts[g.ID]; ok {
			right := *v.Pledge && len(said) > 0 && (len(v.Donors) == 0 || slices.ContainsFunc(said, func(d string) bool { return slices.Contains(v.Donors, d) }))
			if len(said) > 0 {
				judged.Precision.add(right)
			}
			if *v.Pledge {
				judged.Recall.add(right)
			}
			switch {
			case *v.Pledge && len(said) == 0:
				fault("missed")
			case *v.Pledge && !right:
				fault("donor")
			case !*v.Pledge && len(said) > 0:
				fault("spurious")
			}
		}
		if !nearRoots[g.Root] {
			others.add(len(said) > 0)
			if len(said) > 0 && verdicts == nil {
				fault("spurious")
			}
			return nil
		}
		yield.add(len(said) > 0)
		codes := codesIn(*g.Source)
		right := slices.ContainsFunc(said, func(d string) bool { return slices.Contains(codes, d) })
		if len(codes) > 0 {
			donor.add(right)
		}
		switch {
		case verdicts != nil:
		case len(said) == 0:
			fault("missed")
		case len(codes) > 0 && !right:
			fault("donor")
		}
		return nil
	})
	if verdicts != nil {
		r.Figures = append(r.Figures, judged)
	}
	r.Shares = []Share{{"near roots with a pledge", yield}, {"near roots with the source as donor", donor}, {"other roots with a pledge", others}}
	for _, name := range slices.Sorted(maps.Keys(byRoot)) {
		r.Shares = append(r.Shares, Share{"  " + name, *byRoot[name]})
	}
	return r, err
}

func (r *Ratio) add(yes bool) {
	r.Of++
	if yes {
		r.N++
	}
}

// donors gives the donors of the pledges, and the evidence of the first.
func donors(list []fact.Fact) (codes []string, first fact.Evidence) {
	for _, f := range list {
		if f.Pledge == nil {
			continue
		}
		if codes = append(codes, f.Pledge.Donor); len(codes) == 1 {
			first = f.Evidence
		}
	}
	return codes, first
}

// codesIn gives the countries and organisations that words name.
func codesIn(words string) []string {
	var codes []string
	for _, m := range place.Tag(token.Read(words), fact.Unknown) {
		codes = append(codes, m.Code)
	}
	return codes
}
