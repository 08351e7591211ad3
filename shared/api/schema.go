package api

import (
	"reflect"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/store"
)

// A fact is one flat object whose kind says which fields it has. Its Go type writes itself so, which huma cannot see: these
// types show it.
type (
	casualtyFact struct {
		fact.Common
		fact.Casualty
	}
	dateFact struct {
		fact.Common
		fact.Date
	}
	pledgeFact struct {
		fact.Common
		fact.Pledge
	}
	anyFact struct{}
)

const schemaPrefix = "#/components/schemas/"

// Schema makes the component Fact: one of the three kinds, told apart by kind.
func (anyFact) Schema(r huma.Registry) *huma.Schema {
	const name = "Fact"
	if _, done := r.Map()[name]; !done {
		s := &huma.Schema{
			Description:   "One thing that one document states, with the bytes that state it.",
			Discriminator: &huma.Discriminator{PropertyName: "kind", Mapping: map[string]string{}},
		}
		r.Map()[name] = s
		for kind, t := range map[fact.Kind]reflect.Type{
			fact.KindCasualty: reflect.TypeFor[casualtyFact](), fact.KindDate: reflect.TypeFor[dateFact](), fact.KindPledge: reflect.TypeFor[pledgeFact](),
		} {
			ref := r.Schema(t, true, "")
			s.Discriminator.Mapping[string(kind)] = ref.Ref
			r.SchemaFromRef(ref.Ref).Properties["kind"].Enum = []any{string(kind)}
		}
		for _, kind := range fact.Kinds {
			s.OneOf = append(s.OneOf, &huma.Schema{Ref: s.Discriminator.Mapping[string(kind)]})
		}
	}
	return &huma.Schema{Ref: schemaPrefix + name}
}

// notes describe the properties whose names do not say enough, by schema and property or by property alone.
var notes = map[string]string{
	"id":                           "A hash of the document's id, the kind, the evidence's span and what tells two facts on one span apart.",
	"story":                        "The story's id.",
	"document":                     "The document's id.",
	"headline":                     "The document's headline.",
	"publisher":                    "Who published the document.",
	"origin":                       "The agency whose copy it is; the publisher when it is its own.",
	"published":                    "The day of publication (EDTF), or unknown.",
	"url":                          "Where the document stands, when that is known.",
	"revision":                     "1 for the first; a correction makes a new one and keeps the old.",
	"review":                       "How far people have looked at the fact.",
	"recorded_at":                  "When the fact was stored (RFC 3339, UTC).",
	"extractor":                    "The version of the rules that made the fact.",
	"author":                       "Who reviewed the fact; null where nobody did, and the extractor alone speaks.",
	"reason":                       "Why, in the reviewer's words.",
	"reviewed_at":                  "When the review was made; before recorded_at where a new version of the document carried it over.",
	"ended_at":                     "When the revision ceased to stand; null while it stands.",
	"ended_by":                     "What it gave way to: a new version (put), a review, or the document's withdrawal.",
	"Revision.fact":                "The fact as this revision has it.",
	"Change.seq":                   "The number of the change: 1, 2 and so on over all documents, without a gap.",
	"Change.recorded_at":           "When the change was recorded (RFC 3339, UTC).",
	"Change.action":                "What happened: a version of the document was put, it was withdrawn, or a fact of it was reviewed.",
	"Change.revision":              "The document's: 1 for its first version; withdrawals and reviews count too.",
	"Change.version":               "SHA-256 of the bytes and the metadata of the document's version.",
	"Change.moved_from":            "The story in which the document was before, where this version moved it; else null.",
	"Change.fact":                  "The id of the fact that was reviewed; null for other changes.",
	"Change.review":                "What became of the fact; null for other changes.",
	"Evidence.paragraph":           "Which paragraph, counted from 0.",
	"Evidence.start":               "The byte of the document with which the words begin, counted from 0.",
	"Evidence.end":                 "The byte behind the words.",
	"Evidence.quote":               "The words; null where the document's rights do not allow them.",
	"Attribution.speaker":          "Who is said to have stated it.",
	"Attribution.stance":           "What the speaker does with the statement.",
	"Count.min":                    "The least number that the words allow; null when they have no lower bound.",
	"Count.max":                    "The greatest number that the words allow; null when they have no upper bound.",
	"Count.modifier":               "How the words bound the number.",
	"Count.text":                   "The number in the document's words.",
	"CasualtyFact.victims":         "Who the people are, as a noun phrase.",
	"scope":                        "Whether the count is the whole toll, a part of it or what came on top; null when the text does not say.",
	"effect":                       "What happened to the people counted.",
	"DateFact.expression":          "The words of the date.",
	"participants":                 "Countries (ISO 3166-1 alpha-2) and organisations that take part.",
	"role":                         "Whether the date is of an event, of the document itself or of history that it recalls.",
	"PledgeFact.types":             "What kinds of support; at least one.",
	"donor":                        "ISO 3166-1 alpha-2, or an organisation's code.",
	"recipient":                    "ISO 3166-1 alpha-2, or an organisation's code; null when not stated.",
	"place":                        "ISO 3166-1 alpha-2; null when not stated.",
	"condition":                    "What the support depends on, in the document's words; null when nothing is stated.",
	"status":                       "How firm: considered, pledged (IATI 12), committed (IATI 2), delivered (IATI 3), or off that ladder.",
	"Toll.low":                     "The least number reported; null when there is no number.",
	"Toll.best":                    "The newest exact total by publication; null when no exact total is stated.",
	"Toll.high":                    "The greatest number reported; null when there is no number.",
	"Toll.best_because":            "The rule that chose best, in words, and a newer bound that speaks against it.",
	"Toll.words":                   "Counts that no number can stand for, in the documents' words.",
	"reports":                      "The facts behind it, the newest publication first; at most 20.",
	"publishers":                   "Of all its reports, each once.",
	"more_reports":                 "How many reports are left out.",
	"more_support":                 "How much support is left out.",
	"Placement.how":                "Given: it was sent with the story. Stayed: it was there before. Joined: it is like a document of the story. Started: it is like none enough.",
	"Placement.because":            "The reason in words; of joined what the document has in common with the one that it is most like.",
	"Placement.alike":              "Other stories that the document is like enough to join: perhaps they are one.",
	"score":                        "How like the document is to the story, from 0 to 1, less with every day between them; from 0.2 on it joins. 0 where nothing was compared.",
	"Donor.status":                 "The strongest of its support.",
	"bullets":                      "What is stated, in two to five lines.",
	"counts":                       "How many facts there are of each kind.",
	"Money.value":                  "In whole units of the currency.",
	"Money.currency":               "ISO 4217.",
	"Timex.value":                  "The value in TIMEX3.",
	"Document.sha256":              "SHA-256 of the bytes alone, for finding the file that evidence offsets count in.",
	"Document.version":             "SHA-256 of the bytes and the metadata.",
	"HealthAnswer.seq":             "The number of the last change.",
	"HealthAnswer.pending":         "How many documents are stored but not in every list yet.",
	"StoryAnswer.omitted":          "How many groups of each kind did not fit; the lists have them.",
	"StoryAnswer.not_stated":       "The effects that were looked for and not found.",
	"StoryAnswer.documents":        "How many documents the story has.",
	"StoryLine.documents":          "How many documents the story has.",
	"Support.history":              "Each change of status, the oldest first; at most 20.",
	"Step.published":               "When the first report of it appeared (EDTF).",
	"Step.fact":                    "The id of that report.",
	"Dispute.fact":                 "The id of the report that is disputed.",
	"Dispute.count":                "The figure that is denied or disputed, in the document's words.",
	"Occurrence.date":              "EDTF level 1: a day, a month, a year or an interval.",
	"StoryAnswer.latest_published": "When the newest of the documents appeared.",
}

// words that a property may hold, by schema and property or by property alone.
var enums = map[string][]any{
	"effect":         anys(fact.Effects),
	"not_stated":     anys(fact.Effects),
	"modifier":       anys([]fact.Modifier{fact.Exact, fact.About, fact.AtLeast, fact.AtMost, fact.Range, fact.Vague}),
	"scope":          anys([]fact.Scope{fact.ScopeTotal, fact.ScopePart, fact.ScopeIncrement}),
	"stance":         anys([]fact.Stance{fact.Asserts, fact.Confirms, fact.Denies, fact.Disputes}),
	"review":         anys([]fact.Review{fact.Extracted, fact.Accepted, fact.Corrected, fact.Rejected, fact.Orphaned}),
	"Change.action":  {"put", "withdraw", "review"},
	"ended_by":       {"put", "review", "withdraw"},
	"role":           anys([]fact.Role{fact.RoleEvent, fact.RoleDateline, fact.RoleBackground}),
	"category":       anys([]fact.Category{fact.CategoryMilitary, fact.CategoryFinancial, fact.CategoryHumanitarian, fact.CategoryPolitical}),
	"types":          supportTypes(),
	"Support.type":   supportTypes(),
	"how":            anys([]store.How{store.Given, store.Stayed, store.Joined, store.Started}),
	"Timex.type":     anys([]fact.TimexType{fact.TimexDate, fact.TimexTime, fact.TimexDuration, fact.TimexSet}),
	"Support.status": anys(fact.Statuses), "Step.status": anys(fact.Statuses), "Donor.status": anys(fact.Statuses), "PledgeFact.status": anys(fact.Statuses),
	"rights": anys([]fact.Rights{fact.RightsNone, fact.RightsPhrase, fact.RightsFull}),
}

func anys[T ~string](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

func supportTypes() []any {
	var out []any
	for _, t := range fact.SupportTypes {
		out = append(out, string(t.Type))
	}
	return out
}

// nullableObjects are the properties that hold an object or null. huma writes null for plain values only.
var nullableObjects = []string{"attribution", "amount", "quantity"}

// annotate completes the schemas that huma makes of Go types: descriptions, lists of words, and objects that may be null.
func annotate(schemas map[string]*huma.Schema) {
	for name, s := range schemas {
		if s.AdditionalProperties == false && name != "PostedDocument" && name != "PostedReview" {
			s.AdditionalProperties = nil // an answer may get more properties one day
		}
		for property, p := range s.Properties {
			for _, key := range []string{name + "." + property, property} {
				if p.Description == "" {
					p.Description = notes[key]
				}
				target := p
				if p.Items != nil {
					target = p.Items
				}
				if words := enums[key]; words != nil && target.Type == "string" && target.Enum == nil {
					target.Enum = slices.Clone(words)
					if target.Nullable {
						target.Enum = append(target.Enum, nil)
					}
				}
			}
			if p.Ref != "" && slices.Contains(nullableObjects, property) {
				s.Properties[property] = &huma.Schema{
					Description: p.Description, AnyOf: []*huma.Schema{{Ref: p.Ref}, {Type: "null"}},
				}
			} else if p.Ref != "" {
				p.Description = "" // what stands beside a reference is not read everywhere
			}
		}
	}
}
