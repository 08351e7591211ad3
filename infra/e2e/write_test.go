package e2e

import (
	"strings"
	"testing"
)

// TestDocument puts a document, finds its facts in every list that should have them, puts it anew, and withdraws it.
func TestDocument(t *testing.T) {
	const (
		id      = "e2e-ferry"
		path    = "/v1/documents?id=" + id + "&headline=Ferry+sinks+off+Malta&publisher=Harbour+Post&published=2026-11-20&story=e2e-malta&rights=full"
		article = "“It was dark,” said the owner of a café on the quay.\n\n" +
			"At least 45 people were killed after a ferry sank off Malta on Tuesday, the coast guard said.\n\n" +
			"Spain pledged 5 million euros to Malta, provided parliament approves.\n"
		plain = "Content-Type: text/plain"
	)
	withdraw := question{route: "DELETE /v1/documents/{id}", path: "/v1/documents/" + id, status: 204}
	defer func() {
		if t.Failed() { // where a step failed the document may be left, and the next run would find it
			withdraw.ask(t)
		}
	}()
	// lists are asked once the document is there, and again once it is not: then a list of all is without it, and one of the
	// document, or of the story that had no other, is not found.
	lists := []struct {
		question
		gone int
	}{
		{question{route: "GET /v1/casualties", path: "/v1/casualties?country=MT", status: 200, has: []string{`"` + id + `"`, `"min":45,"max":null,"modifier":"at_least"`, `"date":"2026-11-17"`, `"quote":"At least 45 people were killed`}}, 200},
		{question{route: "GET /v1/pledges", path: "/v1/pledges?country=ES&story=e2e-malta", status: 200, has: []string{`"value":5000000`, `"currency":"EUR"`, `"condition":"provided parliament approves"`}}, 404},
		{question{route: "GET /v1/pledges/by-country", path: "/v1/pledges/by-country?story=e2e-malta", status: 200, has: []string{`"country":"ES"`, `"status":"considered"`}}, 404},
		{question{route: "GET /v1/dates", path: "/v1/dates?from=2026-11-17&to=2026-11-17", status: 200, has: []string{`"` + id + `"`}}, 200},
		{question{route: "GET /v1/headlines", path: "/v1/headlines?q=ferry", status: 200, has: []string{`"` + id + `"`}}, 200},
		{question{route: "GET /v1/headlines/{document}", path: "/v1/headlines/" + id, status: 200, has: []string{`"Harbour Post"`}}, 404},
		{question{route: "GET /v1/stories/{story}", path: "/v1/stories/e2e-malta", status: 200, has: []string{`"` + id + `"`}}, 404},
		{question{route: "GET /v1/facts", path: "/v1/facts?document=" + id, status: 200, has: []string{`"kind":"casualty"`, `"kind":"pledge"`}}, 404},
	}
	for _, q := range []question{
		{route: "POST /v1/documents", path: path + "&dry_run=true", header: plain, body: article, status: 200, has: []string{`"kind":"casualty"`}},
		{route: "GET /v1/headlines/{document}", path: "/v1/headlines/" + id, status: 404}, // a dry run stores nothing
		{route: "POST /v1/documents", path: path, header: plain, body: article, status: 201, has: []string{`"known":false`, `"document":"` + id + `"`, `"kind":"pledge"`}},
		{route: "POST /v1/documents", path: path, header: plain, body: article, status: 200, has: []string{`"known":true`}},
	} {
		q.ask(t)
	}
	for _, q := range lists {
		q.ask(t)
	}
	// A new version takes the old one's place.
	question{route: "POST /v1/documents", path: path, header: plain, body: strings.Replace(article, "45", "46", 1), status: 201}.ask(t)
	if r := (question{route: "GET /v1/casualties", path: "/v1/casualties?country=MT", status: 200, has: []string{`"min":46`}}).ask(t); strings.Contains(r.body, `"min":45`) {
		t.Errorf("the old version's toll is still there: %s", r.body)
	}
	if t.Failed() {
		return
	}
	withdraw.ask(t)
	for _, q := range lists {
		q.status, q.has = q.gone, nil
		if r := q.ask(t); r.StatusCode == 200 && strings.Contains(r.body, id) {
			t.Errorf("%s still has the withdrawn document: %s", q.path, r.body)
		}
	}
}
