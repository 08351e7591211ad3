// Package extract turns an article into facts: casualties, dates and pledges. It has no clock, no network and no state.
package extract

import (
	"factbox/shared/article"
	"factbox/shared/fact"
)

// Version names the rules: facts record which made them.
const Version = "1"

// Facts extracts what the article states. doc gives the document's id, story and day of publication. Quotes are filled in
// whatever the rights; apply fact.Document's Rights before they are shown.
func Facts(a *article.Article, doc fact.Document) []fact.Fact { return nil }
