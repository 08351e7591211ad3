package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const asJSON = "Content-Type: application/json"

// reviewOf makes the body of a review.
func reviewOf(review, author, more string) string {
	return fmt.Sprintf(`{"review": %q, "author": %q, "reason": "The port office was asked."%s}`, review, author, more)
}

// put is a document of the tests here. It is withdrawn when the test ends.
type put struct {
	t      *testing.T
	id     string
	killed string // the id of its first fact of people killed
}

const (
	tugArticle = "Seven sailors were killed when a tug capsized off Malta on Tuesday, the port office said.\n\nItaly pledged two rescue boats to Malta.\n"
	tugStory   = "e2e-tug"
)

func (p *put) path() string {
	return "/v1/documents?id=" + p.id + "&headline=Tug+capsizes&publisher=Harbour+Post&published=2026-11-20&rights=full&story=" + tugStory
}

func putTug(t *testing.T, id string) *put {
	t.Helper()
	p := &put{t: t, id: id}
	p.version(tugArticle)
	t.Cleanup(func() {
		question{route: "DELETE /v1/documents/{id}", path: "/v1/documents/" + id, status: 204}.ask(t)
	})
	return p
}

// version puts a text as the document's newest version.
func (p *put) version(text string) {
	p.t.Helper()
	r := question{route: "POST /v1/documents", path: p.path(), header: "Content-Type: text/plain", body: text, status: 201}.ask(p.t)
	var a struct {
		Facts []struct{ ID, Kind, Effect string }
	}
	if err := json.Unmarshal([]byte(r.body), &a); err != nil {
		p.t.Fatalf("%v: %s", err, r.body)
	}
	for _, f := range a.Facts {
		if f.Effect == "killed" {
			p.killed = f.ID
			return
		}
	}
	p.t.Fatalf("nobody is killed: %s", r.body)
}

// TestReview corrects a toll, finds the correction in every answer, carries it over a new version, rejects it, and finds all of
// it in the history and in the feed of changes.
func TestReview(t *testing.T) {
	var health struct{ Seq int64 }
	if err := json.Unmarshal([]byte(question{route: "GET /v1/health", status: 200}.ask(t).body), &health); err != nil {
		t.Fatal(err)
	}
	p := putTug(t, "e2e-tug-1")
	fact := "/v1/facts/" + p.killed
	tolls := question{route: "GET /v1/casualties", path: "/v1/casualties?effect=killed&story=" + tugStory, status: 200}
	read := func(q question, has ...string) reply {
		t.Helper()
		q.has = has
		return q.ask(t)
	}
	read(tolls, `"best":7`)
	first := question{route: "GET /v1/facts/{id}", path: fact, status: 200}.ask(t)

	correct := question{route: "PATCH /v1/facts/{id}", path: fact, status: 200,
		body: reviewOf("corrected", "Ana Souza", `, "fact": {"count": {"min": 8, "max": 8, "modifier": "exact"}}`)}
	correct.header = asJSON + "\nIf-Match: " + first.Header.Get("ETag")
	corrected := correct.ask(t)
	if again := correct.ask(t); again.body != corrected.body {
		t.Errorf("the same again answers %s, before %s", again.body, corrected.body)
	}
	read(tolls, `"best":8`, `"review":"corrected"`)
	read(question{route: "GET /v1/stories/{story}", path: "/v1/stories/" + tugStory, status: 200}, `"best":8`)
	read(question{route: "GET /v1/headlines/{document}", path: "/v1/headlines/" + p.id, status: 200}, `"Killed: 8`)
	read(question{route: "GET /v1/facts", path: "/v1/facts?review=corrected&story=" + tugStory, status: 200}, p.killed)

	// The correction goes with its words; the story moves on without it when it is rejected.
	p.version("The harbour was calm on Monday.\n\n" + tugArticle)
	read(tolls, `"best":8`, p.killed)
	reject := question{route: "PATCH /v1/facts/{id}", path: "/v1/facts/" + p.killed, header: asJSON, body: reviewOf("rejected", "Ben Ito", ""), status: 200, has: []string{`"review":"rejected"`}}
	reject.ask(t)
	if r := read(tolls, `"not_stated":["killed"]`); strings.Contains(r.body, p.killed) {
		t.Errorf("what was rejected is told: %s", r.body)
	}
	read(question{route: "GET /v1/facts/{id}/history", path: "/v1/facts/" + p.killed + "/history", status: 200},
		`"author":"Ben Ito"`, `"author":"Ana Souza"`, `"ended_by":"review"`, `"reviewed_at":"`)
	read(question{route: "GET /v1/facts/{id}/history", path: fact + "/history", status: 200}, `"revision":2`, `"revision":1`, `"ended_by":"put"`)

	feed := read(question{route: "GET /v1/changes", path: fmt.Sprintf("/v1/changes?limit=100&since=%d", health.Seq), status: 200})
	var changes struct {
		Items []struct {
			Seq              int64
			Action, Document string
			Review           *string
		}
		Next int64
		More bool
	}
	if err := json.Unmarshal([]byte(feed.body), &changes); err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, c := range changes.Items {
		if c.Seq != health.Seq+int64(i)+1 {
			t.Errorf("change %d follows %d others since %d", c.Seq, i, health.Seq)
		}
		if c.Document == p.id {
			said := c.Action
			if c.Review != nil {
				said += " " + *c.Review
			}
			got = append(got, said)
		}
	}
	if want := "put; review corrected; put; review rejected"; strings.Join(got, "; ") != want || changes.More {
		t.Errorf("the feed tells %q, want %q", got, want)
	}
	rest := question{route: "GET /v1/changes", path: fmt.Sprintf("/v1/changes?since=%d", changes.Next), status: 200}
	read(rest, fmt.Sprintf(`{"items":[],"next":%d,"more":false}`, changes.Next))
}

// TestPast asks what was told before a correction.
func TestPast(t *testing.T) {
	p := putTug(t, "e2e-tug-2")
	var extracted struct {
		Fact struct {
			RecordedAt string `json:"recorded_at"`
		}
	}
	r := question{route: "GET /v1/facts/{id}", path: "/v1/facts/" + p.killed, status: 200}.ask(t)
	if err := json.Unmarshal([]byte(r.body), &extracted); err != nil {
		t.Fatal(err)
	}
	at := url.QueryEscape(extracted.Fact.RecordedAt)
	question{route: "PATCH /v1/facts/{id}", path: "/v1/facts/" + p.killed, header: asJSON, status: 200,
		body: reviewOf("corrected", "Ana Souza", `, "fact": {"effect": "injured"}`)}.ask(t)
	for path, has := range map[string]string{
		"/v1/casualties?story=" + tugStory + "&effect=killed":                 `"not_stated":["killed"]`,
		"/v1/casualties?story=" + tugStory + "&effect=killed&as_of=" + at:     `"best":7`,
		"/v1/casualties?document=" + p.id + "&effect=injured":                 `"best":7`,
		"/v1/casualties?document=" + p.id + "&effect=killed&as_of=" + at:      `"best":7`,
		"/v1/facts/" + p.killed + "?as_of=" + at:                              `"review":"extracted"`,
		"/v1/facts?review=corrected&document=" + p.id + "&as_of=" + at:        `"items":[]`,
		"/v1/stories/" + tugStory + "?as_of=" + at:                            `"effect":"killed"`,
		"/v1/facts?review=corrected&kind=casualty&document=" + p.id:           `"effect":"injured"`,
		"/v1/facts?review=extracted&kind=casualty&document=" + p.id:           `"items":[]`,
		"/v1/facts?review=corrected&kind=casualty&country=MT&from=2026-11-17": p.id,
	} {
		question{route: "GET", path: path, status: 200, has: []string{has}}.ask(t)
	}
}

// TestEditorsAtOnce lets editors who read the same revision correct it at the same time: one of them does.
func TestEditorsAtOnce(t *testing.T) {
	p := putTug(t, "e2e-tug-3")
	path := base + "/v1/facts/" + p.killed
	tag := question{route: "GET /v1/facts/{id}", path: "/v1/facts/" + p.killed, status: 200}.ask(t).Header.Get("ETag")
	const editors = 4
	statuses := make(chan int, editors)
	for i := range editors {
		body := reviewOf("corrected", fmt.Sprint("Editor ", i), fmt.Sprintf(`, "fact": {"event": "tug capsizes, %d"}`, i))
		go func() {
			request, err := http.NewRequest(http.MethodPatch, path, strings.NewReader(body))
			if err != nil {
				statuses <- 0
				return
			}
			request.Header.Set("Content-Type", "application/json")
			request.Header.Set("If-Match", tag)
			answer, err := (&http.Client{Timeout: limit}).Do(request)
			if err != nil {
				statuses <- 0
				return
			}
			answer.Body.Close()
			statuses <- answer.StatusCode
		}()
	}
	count := map[int]int{}
	for range editors {
		count[<-statuses]++
	}
	if count[200] != 1 || count[412] != editors-1 {
		t.Errorf("answered %v, want one 200 and the others 412", count)
	}
	question{route: "GET /v1/facts/{id}", path: "/v1/facts/" + p.killed, status: 200, has: []string{`"revision":2`}}.ask(t)
	for _, c := range []struct{ revision, status int }{{1, 409}, {2, 200}} {
		question{route: "PATCH /v1/facts/{id}", path: "/v1/facts/" + p.killed, header: asJSON, status: c.status,
			body: reviewOf("accepted", "Ana Souza", fmt.Sprintf(`, "revision": %d`, c.revision))}.ask(t)
	}
}

// TestRefusesReviews wants a clear problem for a review that cannot be made, and nothing changed by it.
func TestRefusesReviews(t *testing.T) {
	p := putTug(t, "e2e-tug-4")
	fact := "/v1/facts/" + p.killed
	history := question{route: "GET /v1/facts/{id}/history", path: fact + "/history", status: 200}
	before := history.ask(t).body
	for _, q := range []question{
		{body: "", status: 400, has: []string{"empty"}},
		{body: "accepted", status: 400, has: []string{"JSON object"}},
		{body: reviewOf("extracted", "A", ""), status: 400, has: []string{"accepted", "corrected", "rejected"}},
		{body: reviewOf("accepted", "", ""), status: 400, has: []string{"author"}},
		{body: `{"review": "accepted", "author": "A"}`, status: 400, has: []string{"reason"}},
		{body: reviewOf("accepted", "A", `, "mood": "good"`), status: 400, has: []string{"mood"}},
		{body: reviewOf("corrected", "A", ""), status: 400, has: []string{"fact"}},
		{body: reviewOf("corrected", "A", `, "fact": {"effect": "bored"}`), status: 400, has: []string{"body.fact.effect", "killed"}},
		{body: reviewOf("corrected", "A", `, "fact": {"count": {"min": 9, "max": 8, "modifier": "range"}}`), status: 400, has: []string{"body.fact.count"}},
		{body: reviewOf("corrected", "A", `, "fact": {"evidence": null}`), status: 400, has: []string{"evidence"}},
		{body: reviewOf("corrected", "A", `, "fact": {"place": "Atlantis"}`), status: 400, has: []string{"place"}},
		{body: reviewOf("accepted", "A", ""), header: asJSON + "\nIf-Match: \"0\"", status: 412, has: []string{"revision 1"}},
		{body: reviewOf("accepted", "A", `, "revision": 2`), status: 409, has: []string{"revision 1"}},
		{body: reviewOf("accepted", "A", ""), header: "Content-Type: text/plain", status: 415, has: []string{"application/json"}},
		{body: reviewOf("accepted", "A", ""), path: "/v1/facts/0000", status: 404, has: []string{"0000"}},
		{body: reviewOf("accepted", "A", ""), path: fact + "?force=1", status: 400, has: []string{"force"}},
	} {
		q.route = "PATCH /v1/facts/{id}"
		if q.path == "" {
			q.path = fact
		}
		if q.header == "" {
			q.header = asJSON
		}
		q.ask(t)
	}
	for _, q := range []question{
		{route: "GET /v1/facts/{id}/history", path: "/v1/facts/0000/history", status: 404},
		{route: "PATCH /v1/facts/{id}/history", path: fact + "/history", status: 405, has: []string{"GET"}},
		{route: "GET /v1/facts", path: "/v1/facts?review=doubted", status: 400, has: []string{"orphaned"}},
		{route: "GET /v1/changes", path: "/v1/changes?since=999999999999", status: 400, has: []string{"There is no change"}},
		{route: "GET /v1/changes", path: "/v1/changes?since=yesterday", status: 400, has: []string{"since"}},
		{route: "GET /v1/changes", path: "/v1/changes?cursor=3", status: 400, has: []string{"since"}},
		{route: "POST /v1/changes", status: 405},
	} {
		q.ask(t)
	}
	if after := history.ask(t).body; after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}
