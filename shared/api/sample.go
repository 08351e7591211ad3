package api

import (
	answers "factbox/shared/answer"
	"factbox/shared/fact"
	"factbox/shared/oembed"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// samples are example answers by operation id: a story made up for the purpose, in the types that the API answers with, so
// that an example cannot have another shape than an answer.
func samples() map[string]any {
	const (
		document = "daily-2025-05-04"
		story    = "river-flood-2025"
	)
	source := fact.Source{Document: document, Headline: "River floods three towns", Publisher: "The Daily", Origin: "The Daily",
		Published: "2025-05-04", URL: "https://daily.example/2025/05/04/flood"}
	of := func(id string, kind fact.Kind, start int, quote string) fact.Common {
		return fact.Common{ID: id, Kind: kind, Document: document, Story: story, Revision: 1, Review: fact.Extracted,
			RecordedAt: "2025-05-04T18:20:00Z", Extractor: "1",
			Evidence: fact.Evidence{Paragraph: start / 100, Start: start, End: start + len(quote), Quote: &quote}}
	}
	day := fact.EDTF("2025-05-04")
	total := fact.ScopeTotal
	killed := fact.Fact{Common: of("3f1c8a90d2b7465e8f10", fact.KindCasualty, 0, "Three people were killed on Sunday"),
		Casualty: &fact.Casualty{Effect: fact.Killed, Count: fact.NewCount(fact.Exact, 3, "Three"), Victims: "people", Event: "River flood",
			Place: ptr("FR"), Date: &day, Scope: &total}}
	burst := fact.Fact{Common: of("a07be4d15c6f4f0c9b21", fact.KindDate, 40, "on Sunday when the river burst its banks"),
		Date: &fact.Date{Date: &day, Expression: "Sunday", Timex: fact.Timex{Type: fact.TimexDate, Value: "2025-05-04"},
			Event: "the river burst its banks", Participants: []string{"FR"}, Role: fact.RoleEvent}}
	pumps := fact.Fact{Common: of("c55d02fe7a9341e8a6d4", fact.KindPledge, 210, "Belgium will send 20 pumps"),
		Pledge: &fact.Pledge{Donor: "BE", Recipient: ptr("FR"), Types: []fact.SupportType{fact.Humanitarian}, Category: fact.CategoryHumanitarian,
			Status: fact.Pledged, Quantity: &fact.Quantity{Value: 20, Unit: "pumps"}, Date: &day}}

	recount := fact.Fact{Common: killed.Common, Casualty: &fact.Casualty{Effect: fact.Killed, Count: fact.NewCount(fact.Exact, 4, "4"), Victims: "people",
		Event: "River flood", Place: ptr("FR"), Date: &day, Scope: &total}}
	recount.Revision, recount.Review, recount.RecordedAt = 2, fact.Corrected, "2025-05-05T09:00:00Z"
	corrected := store.Revision{Revision: 2, RecordedAt: recount.RecordedAt, Review: recount.Review, Author: ptr("Ana Souza"),
		Reason: ptr("The prefecture revised its count."), ReviewedAt: &recount.RecordedAt, Fact: recount}
	extracted := store.Revision{Revision: 1, RecordedAt: killed.RecordedAt, Review: killed.Review, EndedAt: &recount.RecordedAt, EndedBy: ptr("review"), Fact: killed}

	publishers := []string{source.Publisher}
	toll := summary.Toll{Story: story, Event: "River flood", Place: ptr("FR"), Date: &day, Effect: fact.Killed, Low: ptr(int64(3)),
		Best: ptr(int64(3)), High: ptr(int64(3)), BestBecause: "newest exact total, 1 origin", Words: []string{},
		Disputes: []summary.Dispute{}, Publishers: publishers, Reports: []fact.Fact{killed}}
	occurrence := summary.Occurrence{Story: story, Date: day, Event: "the river burst its banks", Participants: []string{"FR"},
		Publishers: publishers, Reports: []fact.Fact{burst}}
	support := summary.Support{Story: story, Donor: "BE", Type: fact.Humanitarian, Category: fact.CategoryHumanitarian, Status: fact.Pledged,
		History: []summary.Step{{Status: fact.Pledged, Published: source.Published, Fact: pumps.ID}}, Recipient: ptr("FR"), Quantity: pumps.Pledge.Quantity, Publishers: publishers, Reports: []fact.Fact{pumps}}
	donor := summary.Donor{Country: "BE", Name: "Belgium", Status: fact.Pledged, Support: []summary.Support{support}}
	counts := map[fact.Kind]int{fact.KindCasualty: 1, fact.KindDate: 1, fact.KindPledge: 1}
	bullets := []string{"Killed: 3, River flood (France, 4 May 2025) — The Daily", "Belgium: humanitarian (pledged)"}
	headline := summary.Headline{Source: source, Story: story, Bullets: bullets, Counts: counts}
	doc := fact.Document{Source: source, Byline: []string{"Ana Souza"}, Story: story, StoryTitle: "River flood 2025", Rights: fact.RightsFull, MediaType: "text/plain"}
	doc.Seal([]byte("Three people were killed on Sunday when the river burst its banks.\n"))
	facts := []fact.Fact{killed, burst, pumps}
	embedded := oembed.Embed{Site: "https://facts.example", Address: "https://facts.example/embed/" + story, Title: "River flood 2025", Line: bullets[0],
		Width: embedWidth, Height: embedHeights[""]}.Answer(0, 0)

	said := "3 people were killed (River flood; France, 4 May 2025); The Daily, 2025-05-04."

	return map[string]any{
		"answerQuestion": AnswerBody{Answer: &said, Status: answers.Stated, Facts: facts[:1], Sources: []fact.Source{source}, LatestPublished: &source.Published,
			Looked: Looked{Kinds: []fact.Kind{fact.KindCasualty}, Effects: []fact.Effect{fact.Killed}, Countries: []string{}, Donors: []string{},
				Types: []fact.SupportType{}, Dates: []fact.EDTF{}, Words: []string{"river", "flood"}, Stories: []StoryName{{story, "River flood 2025"}}}},
		"listHeadlines":        sampleList(source, headline),
		"getHeadline":          HeadlinePage{Headline: headline, Facts: facts, Sources: []fact.Source{source}},
		"listCasualties":       CasualtyList{sampleList(source, toll), []fact.Effect{fact.Injured}},
		"listDates":            sampleList(source, occurrence),
		"listPledges":          sampleList(source, support),
		"listPledgesByCountry": sampleList(source, donor),
		"listFacts":            sampleList(source, facts...),
		"getFact":              FactAnswer{killed, source},
		"moveDocument":         MoveAnswer{doc, "garonne-2025"},
		"reviewFact":           FactAnswer{recount, source},
		"getFactHistory":       sampleList(source, corrected, extracted),
		"listChanges": ChangeList{Items: []store.Change{
			{Seq: 1, RecordedAt: killed.RecordedAt, Action: "put", Document: document, Revision: 1, Version: doc.Version, Story: story},
			{Seq: 2, RecordedAt: recount.RecordedAt, Action: "review", Document: document, Revision: 2, Version: doc.Version, Story: story,
				Fact: &recount.ID, Review: &recount.Review},
		}, Next: 2},
		"listStories": sampleList(source, store.StoryLine{Story: story, Title: "River flood 2025", Documents: 1,
			FirstPublished: day, LatestPublished: day, Counts: counts, Bullets: bullets}),
		"getStory": StoryAnswer{Story: summary.Story{Story: story, Title: "River flood 2025", Bullets: bullets, Casualties: []summary.Toll{toll},
			Dates: []summary.Occurrence{occurrence}, Pledges: []summary.Donor{donor}, NotStated: []fact.Effect{fact.Injured}, Counts: counts,
			Omitted: map[fact.Kind]int{}, Documents: 1, Sources: []fact.Source{source}, FirstPublished: day, LatestPublished: day}},
		"getHealth": HealthAnswer{"ok", "1.0.0", "1", store.Health{Seq: 1, LatestPublished: day, LatestRecorded: "2025-05-04T18:20:00Z"}},
		"getOEmbed": embedded,
		"putDocument": DocumentAnswer{Document: doc, Placement: store.Placement{Story: story, How: store.Joined, Score: 0.43,
			Because: "same country FR, kind of event flood, 2 names (garonne, agen)", Alike: []store.Like{}}, Counts: counts, Facts: facts, Sources: []fact.Source{source}},
	}
}

func sampleList[T any](source fact.Source, items ...T) List[T] {
	return List[T]{Items: items, Sources: []fact.Source{source}, LatestPublished: &source.Published}
}
