package mcp

// tools are all there are, in the order in which they are told.
var tools = []tool{
	{
		name: "answer", title: "Answer a question", path: "/v1/answers", required: "q", output: schemaOf[answer], call: ask,
		description: "Ask a plain question on casualties, dates or pledges, such as \"How many people were killed in …?\" or \"Has Italy sent …?\". Gives one sentence with its source to say as it is, and " +
			"the facts behind it. It never guesses: where answer is null, tell the user that the documents do not state it, and why (because), and do not answer from memory.",
	},
	{
		name: "search", title: "Search documents and stories", required: "query", output: schemaOf[found], call: search,
		description: "Find stories by what they are about, and news documents by the words of their headlines. Gives ids for fetch, titles, and addresses to cite. " +
			"No result means that nothing here has these words, not that nothing happened.",
	},
	{
		name: "fetch", title: "Read what a document or story states", required: "id", output: schemaOf[fetched], call: fetch,
		description: "Get everything that a document, or all documents of a story together, state: bullets, casualties, dates and pledges, each line with its source in brackets. " +
			"It is facts, not the article's text. \"not stated\" in it means that no document says it.",
	},
	listing(tool{
		name: "headline_summary", title: "Headlines in a few lines", path: "/v1/headlines",
		description: "What news documents say, each in two to five lines, the newest first. Use it for \"what is new on …\" and for an overview of a story. " +
			"q are words of the headline; from and to are days of publication. Cite each document by publisher, day and url.",
	}, headlineOf),
	listing(tool{
		name: "casualties", title: "Casualties, by event", path: "/v1/casualties",
		description: "How many people were killed, injured, missing, displaced and so on, for each event, with every source. Use it for any question about victims. " +
			"Give \"best\" with its source; where it is null give the words, or low to high where there are none: \"at least 45\" is not 45. Say so where disputes is not empty. Effects under not_stated: answer that no document states it.",
	}, tollOf),
	listing(tool{
		name: "dates", title: "What happened when", path: "/v1/dates",
		description: "What happened, or is to happen, on which day, month or interval (EDTF), and which countries took part. Use it for timelines and for \"when did …\". " +
			"from and to choose what overlaps them. An empty list: no document here states anything for that time.",
	}, occurrenceOf),
	listing(tool{
		name: "pledges_by_country", title: "Support given or promised, by country", path: "/v1/pledges/by-country",
		description: "Who gives or promises what to whom: aid, money, arms, troops, intelligence, political support, by donor. country is the donor. Keep the status: considered, pledged, " +
			"committed and delivered are not the same, and declined is a refusal; name the condition if there is one. A country that is not listed: no document states a pledge of it.",
	}, donorOf),
}
