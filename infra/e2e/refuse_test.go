package e2e

import (
	"strings"
	"testing"
)

// TestRefuses wants a clear problem for everything that cannot be answered.
func TestRefuses(t *testing.T) {
	const notText = "it makes text of every body, though API Gateway encodes what is none"
	put := "/v1/documents?headline=Boat+sinks&publisher=Harbour+Post&published=2026-11-19"
	for _, q := range []question{
		// Routes and methods.
		{route: "GET /v1/nothing", status: 404, has: []string{"/openapi.json"}},
		{route: "GET /v1", status: 404},
		{route: "PUT /v1/casualties", status: 405, has: []string{"GET"}},
		{route: "POST /v1/casualties", status: 405},
		{route: "PATCH /v1/documents", status: 405, has: []string{"POST"}},
		// Parameters.
		{route: "GET /v1/casualties", path: "/v1/casualties?colour=red", status: 400, has: []string{"colour", "country"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?country=FR&country=DE", status: 400, has: []string{"country", "once"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?country=%zz", status: 400, has: []string{"percent-encoded"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?country=Atlantis", status: 400, has: []string{"country"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?country=" + strings.Repeat("FR,", 300), status: 400, has: []string{"country"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?format=xml", status: 400, has: []string{"json", "ndjson"}},
		{route: "GET /v1/casualties", path: "/v1/casualties?effect=bored", status: 400, has: []string{"killed"}},
		{route: "GET /v1/dates", path: "/v1/dates?from=2015-02-30", status: 400, has: []string{"from"}},
		{route: "GET /v1/headlines", path: "/v1/headlines?limit=0", status: 400, has: []string{"limit"}},
		{route: "GET /v1/headlines", path: "/v1/headlines?cursor=bm90IG91cnM", status: 400, has: []string{"cursor"}},
		{route: "GET /v1/facts", path: "/v1/facts?kind=rumour", status: 400, has: []string{"casualty"}},
		{route: "GET /v1/casualties", header: "Accept: image/png", status: 406, has: []string{"text/csv"}},
		// Things that are not there.
		{route: "GET /v1/stories/{story}", path: "/v1/stories/no-such-story", status: 404, has: []string{"no-such-story"}},
		{route: "GET /v1/headlines/{document}", path: "/v1/headlines/no%20such", status: 404},
		{route: "GET /v1/facts/{id}", path: "/v1/facts/0000", status: 404},
		{route: "DELETE /v1/documents/{id}", path: "/v1/documents/no-such-document", status: 404},
		// Documents.
		{route: "POST /v1/documents", status: 400, has: []string{"empty"}},
		{route: "POST /v1/documents", path: put, header: "Content-Type: text/plain", status: 400, has: []string{"empty"}},
		{route: "POST /v1/documents", path: "/v1/documents?headline=Boat+sinks&publisher=Harbour+Post", header: "Content-Type: text/plain", body: "Nine sailors drowned.", status: 400, has: []string{"published"}},
		{route: "POST /v1/documents", path: strings.Replace(put, "2026-11-19", "2015-02-30", 1), header: "Content-Type: text/plain", body: "Nine sailors drowned.", status: 400, has: []string{"published", "no such day"}},
		{route: "POST /v1/documents", path: put + "&colour=red", header: "Content-Type: text/plain", body: "Nine sailors drowned.", status: 400, has: []string{"colour"}},
		{route: "POST /v1/documents", path: put, header: "Content-Type: text/plain", body: strings.Repeat("a", 2<<20), status: 413, has: []string{"1 MiB"}},
		{route: "POST /v1/documents", path: put, header: "Content-Type: text/html", body: "<html><body><img src=boat.png></body></html>", status: 400},
		{route: "POST /v1/documents", header: "Content-Type: application/json", body: `{"headline": `, status: 400},
		{route: "POST /v1/documents", path: put, header: "Content-Type: image/svg+xml", body: "<svg/>", status: 415, has: []string{"text/plain"}},
		{route: "POST /v1/documents", path: put, header: "Content-Type: image/png", body: "\x89PNG\r\n\x1a\n\xff\xfe", status: 415, fault: notText},
		{route: "POST /v1/documents", path: put, header: "Content-Type: text/plain", body: "Nine sailors \xff\xfe drowned.", status: 400, has: []string{"UTF-8"}, fault: notText},
	} {
		q.ask(t)
	}
	// Nothing of what was refused is there.
	if r := (question{route: "GET /v1/headlines", path: "/v1/headlines?q=boat", status: 200}).ask(t); strings.Contains(r.body, "Harbour Post") {
		t.Errorf("a document that was refused is listed: %s", r.body)
	}
}
