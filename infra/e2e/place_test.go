package e2e

import (
	"crypto/rand"
	"encoding/json"
	"strings"
	"testing"
)

// TestPlace puts two documents of one event without a story, finds them in one, and moves one of them out of it.
func TestPlace(t *testing.T) {
	run := strings.ToLower(rand.Text())[:8] // a document that was withdrawn goes back to its story, so each run has its own
	put := func(id, headline, text, how string) (story string) {
		path := "/v1/documents?id=" + id + "&headline=" + headline + "&publisher=Harbour+Post&published=2026-10-02"
		r := question{route: "POST /v1/documents", path: path, header: "Content-Type: text/plain", body: text, has: []string{`"how":"` + how + `"`}}
		r.status = 201
		if how == "stayed" {
			r.status = 200
		}
		var a struct{ Placement struct{ Story string } }
		if err := json.Unmarshal([]byte(r.ask(t).body), &a); err != nil {
			t.Fatal(err)
		}
		return a.Placement.Story
	}
	gantry, derrick := "e2e-gantry-"+run, "e2e-derrick-"+run
	for _, id := range []string{gantry, derrick} {
		t.Cleanup(func() {
			question{route: "DELETE /v1/documents/{id}", path: "/v1/documents/" + id, status: 204}.ask(t)
		})
	}
	started := put(gantry, "Gantry+crane+topples+in+Koper", "The gantry crane Brontes toppled on the Adria quay in Koper on Friday. Driver Mitja Kranjec was unhurt.", "started")
	if joined := put(derrick, "Brontes+crane+had+been+overloaded", "The crane Brontes that toppled in Koper on Friday was overloaded, the owner of the Adria quay said. Mitja Kranjec drove it.", "joined"); joined != started {
		t.Errorf("the second document is in %q, the first in %q", joined, started)
	}
	story := "/v1/stories/" + started
	question{route: "GET /v1/stories/{story}", path: story, status: 200, has: []string{`"documents":2`}}.ask(t)
	question{route: "PATCH /v1/documents/{id}", path: "/v1/documents/" + derrick, header: asJSON, body: `{"story": "e2e-cranes"}`, status: 200,
		has: []string{`"from":"` + started + `"`, `"story":"e2e-cranes"`}}.ask(t)
	question{route: "GET /v1/stories/{story}", path: story, status: 200, has: []string{`"documents":1`}}.ask(t)
	if stayed := put(derrick, "Brontes+crane+had+been+overloaded", "The crane Brontes that toppled in Koper on Friday was overloaded, the owner of the Adria quay said. Mitja Kranjec drove it.", "stayed"); stayed != "e2e-cranes" {
		t.Errorf("put again it is in %q", stayed)
	}
}
