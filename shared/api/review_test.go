package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/store"
)

// patched makes the body of a review: one that accepts, with what is changed of it.
func patched(c changes) string {
	body := map[string]any{"review": "accepted", "author": "Ana Souza", "reason": "The prefecture was asked."}
	for name, v := range c {
		if v == nil {
			delete(body, name)
		} else {
			body[name] = v
		}
	}
	b, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func correction(fields string) string {
	return patched(changes{"review": "corrected", "fact": json.RawMessage(fields)})
}

// killedBy puts the flood and gives its fact of those killed.
func killedBy(t *testing.T, d *desk) fact.Fact {
	t.Helper()
	for _, f := range d.put(t, 201, changes{"id": "daily", "story": flood, "rights": "full"}).Facts {
		if f.Casualty != nil && f.Casualty.Effect == fact.Killed {
			return f
		}
	}
	t.Fatal("nobody is killed")
	return fact.Fact{}
}

func TestReview(t *testing.T) {
	d := newDesk(t)
	killed := killedBy(t, d)
	path := "/v1/facts/" + killed.ID
	before := d.now
	d.now = d.now.Add(time.Hour)

	r := once(t, d, "PATCH", path, correction(`{"count":{"min":4,"max":4,"modifier":"exact"},"place":"bel"}`), asJSON)
	if r.StatusCode != 200 || r.Header.Get("Cache-Control") != cacheNone {
		t.Fatalf("%d %s", r.StatusCode, text(r))
	}
	a := decode[FactAnswer](t, r)
	if f := a.Fact; *f.Casualty.Count.Min != 4 || f.Casualty.Count.Text != "4" || *f.Casualty.Place != "BE" || f.Review != fact.Corrected || f.Revision != 2 ||
		f.Evidence.Start != killed.Evidence.Start || *f.Evidence.Quote != *killed.Evidence.Quote {
		t.Errorf("%s", text(r))
	}
	if read := ask(t, d, "GET", path, ""); text(read) != text(r) || read.Header.Get("ETag") != r.Header.Get("ETag") {
		t.Errorf("PATCH answers %s %s\nGET answers %s %s", r.Header.Get("ETag"), text(r), read.Header.Get("ETag"), text(read))
	}
	if l := get[CasualtyList](t, d, "/v1/casualties?country=BE&effect=killed"); len(l.Items) != 1 || *l.Items[0].Best != 4 {
		t.Errorf("casualties %+v", l.Items)
	}
	then := before.Add(time.Minute).Format(time.RFC3339)
	if l := get[CasualtyList](t, d, "/v1/casualties?effect=killed&story="+flood+"&as_of="+then); len(l.Items) != 1 || *l.Items[0].Best != 3 {
		t.Errorf("before the correction: casualties %+v", l.Items)
	}
	if line := text(ask(t, d, "GET", path+"?format=text", "")); !strings.Contains(line, "Killed: 4 people") || !strings.Contains(line, "; corrected [") {
		t.Errorf("as text: %s", line)
	}

	if l := text(ask(t, d, "GET", "/v1/casualties?effect=killed&format=text", "")); !strings.HasSuffix(l, "[The Daily, 2025-05-04, corrected].\n") {
		t.Errorf("as text: %s", l)
	}

	d.now = d.now.Add(time.Hour)
	if r := once(t, d, "PATCH", path, patched(changes{"review": "rejected", "author": "Ben Ito", "reason": "Another flood."}), asJSON); r.StatusCode != 200 {
		t.Fatalf("%d %s", r.StatusCode, text(r))
	}
	if l := get[CasualtyList](t, d, "/v1/casualties?effect=killed&story="+flood); len(l.Items) != 0 || len(l.NotStated) != 1 {
		t.Errorf("rejected, and casualties %+v, not stated %v", l.Items, l.NotStated)
	}
	for query, want := range map[string]int{"": 0, "&review=rejected": 1, "&review=corrected": 0, "&review=orphaned": 0} {
		n := 0
		for _, f := range get[List[fact.Fact]](t, d, "/v1/facts?story="+flood+query).Items {
			if f.ID == killed.ID {
				n++
			}
		}
		if n != want {
			t.Errorf("facts%s: listed %d times, want %d", query, n, want)
		}
	}
	h := get[List[store.Revision]](t, d, path+"/history")
	var said []string
	for _, r := range h.Items {
		said = append(said, fmt.Sprint(r.Revision, " ", r.Review, " ", cell(r.Author), " ", cell(r.EndedBy)))
	}
	if got, want := strings.Join(said, "; "), "3 rejected Ben Ito ; 2 corrected Ana Souza review; 1 extracted  review"; got != want || len(h.Sources) != 1 {
		t.Errorf("history %q, want %q", got, want)
	}
	lines := strings.Split(text(ask(t, d, "GET", path+"/history?format=text", "")), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "3, rejected by Ben Ito, 2025-05-06T14:00:00.000Z (Another flood.): Killed: 4 people") ||
		!strings.HasPrefix(lines[2], "1, extracted, 2025-05-06T12:00:00.000Z, until 2025-05-06T13:00:00.000Z: Killed: Three people") {
		t.Errorf("history as text: %q", lines)
	}
	page := get[List[store.Revision]](t, d, path+"/history?limit=2")
	if rest := get[List[store.Revision]](t, d, path+"/history?limit=2&cursor="+*page.Next); len(page.Items) != 2 || len(rest.Items) != 1 || rest.Items[0].Revision != 1 || rest.Next != nil {
		t.Errorf("pages of two: %d and %d", len(page.Items), len(rest.Items))
	}
	if r := once(t, d, "DELETE", "/v1/documents/daily", ""); r.StatusCode != 204 {
		t.Fatal(text(r))
	}
	wantProblem(t, ask(t, d, "GET", path, ""), 404)
	if h := get[List[store.Revision]](t, d, path+"/history"); len(h.Items) != 3 || *h.Items[0].EndedBy != "withdraw" {
		t.Errorf("history of a withdrawn document: %+v", h.Items)
	}
}

func TestReviewGuards(t *testing.T) {
	d := newDesk(t)
	path := "/v1/facts/" + killedBy(t, d).ID
	old := map[string]string{}
	for _, f := range allFormats {
		old[f.name] = ask(t, d, "GET", path+"?format="+f.name, "").Header.Get("ETag")
	}
	first := once(t, d, "PATCH", path, correction(`{"event":"Alder flood"}`), asJSON, "If-Match: "+old["json"])
	if first.StatusCode != 200 {
		t.Fatalf("%d %s", first.StatusCode, text(first))
	}
	now := first.Header.Get("ETag")
	another := correction(`{"event":"Flood of the Alder"}`)
	for _, tt := range []struct {
		name, body, ifMatch string
		status              int
	}{
		{"the tag from before", another, old["json"], 412},
		{"the tag of the text from before", another, old["text"], 412},
		{"a weak tag", another, "W/" + now, 412},
		{"other tags", another, `"other", ` + old["json"] + `, W/` + now, 412},
		{"no tag at all", another, "yesterday's", 412},
		{"the revision from before", patched(changes{"review": "rejected", "revision": 1}), "", 409},
		{"a revision to come", patched(changes{"review": "rejected", "revision": 3}), "", 409},
		{"the tag from before, with what is there already", correction(`{"event":"Alder flood"}`), old["json"], 200},
		{"the revision from before, with what is there already", patched(changes{"review": "corrected", "fact": map[string]string{"event": "Alder flood"}, "revision": 1}), "", 200},
		{"one of several tags", another, `"other", ` + now, 200},
		{"any", correction(`{"event":"Spring flood"}`), "*", 200},
		{"the revision", patched(changes{"revision": 4}), "", 200},
	} {
		header := []string{asJSON}
		if tt.ifMatch != "" {
			header = append(header, "If-Match: "+tt.ifMatch)
		}
		before := text(ask(t, d, "GET", path, ""))
		var r *http.Response
		if tt.status >= 400 {
			r = ask(t, d, "PATCH", path, tt.body, header...)
		} else {
			r = once(t, d, "PATCH", path, tt.body, header...)
		}
		if r.StatusCode != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, r.StatusCode, text(r), tt.status)
		}
		if tt.status >= 400 {
			wantProblem(t, r, tt.status, "read it again", "revision 2")
			if after := text(ask(t, d, "GET", path, "")); after != before {
				t.Errorf("%s: the fact changed", tt.name)
			}
		}
	}
	for _, f := range allFormats {
		tag := ask(t, d, "GET", path+"?format="+f.name, "").Header.Get("ETag")
		if r := once(t, d, "PATCH", path, patched(changes{"reason": "Read as " + f.name}), asJSON, "If-Match: "+tag); r.StatusCode != 200 {
			t.Errorf("with the tag of %s: %d %s", f.name, r.StatusCode, text(r))
		}
	}
}

func TestBadReviews(t *testing.T) {
	d := newDesk(t)
	path := "/v1/facts/" + killedBy(t, d).ID
	before := text(ask(t, d, "GET", path+"/history", ""))
	for _, tt := range []struct {
		name, target, body, header string
		status                     int
		says                       []string
	}{
		{"no body", path, "", asJSON, 400, []string{"empty"}},
		{"no JSON", path, "accepted", asJSON, 400, []string{"JSON object"}},
		{"cut off", path, `{"review":"accepted"`, asJSON, 400, []string{"well-formed"}},
		{"a list", path, `[]`, asJSON, 400, []string{"JSON object"}},
		{"another media type", path, patched(nil), asText, 415, []string{"application/json"}},
		{"no media type", path, patched(nil), "X: y", 415, []string{"Content-Type"}},
		{"no review", path, patched(changes{"review": nil}), asJSON, 400, []string{"review", "corrected"}},
		{"no such review", path, patched(changes{"review": "orphaned"}), asJSON, 400, []string{"review", "accepted, corrected, rejected"}},
		{"review twice", path, `{"review":"accepted","review":"rejected"}`, asJSON, 400, []string{"review", "once"}},
		{"no author", path, patched(changes{"author": nil}), asJSON, 400, []string{"author"}},
		{"blank author", path, patched(changes{"author": "  "}), asJSON, 400, []string{"author"}},
		{"author too long", path, patched(changes{"author": strings.Repeat("a", 201)}), asJSON, 400, []string{"author", "200"}},
		{"no reason", path, patched(changes{"reason": ""}), asJSON, 400, []string{"reason"}},
		{"reason of two lines", path, patched(changes{"reason": "a\nb"}), asJSON, 400, []string{"reason"}},
		{"unknown property", path, patched(changes{"status": "ok"}), asJSON, 400, []string{"status", "author"}},
		{"revision 0", path, patched(changes{"revision": 0}), asJSON, 400, []string{"revision"}},
		{"revision no number", path, patched(changes{"revision": "1"}), asJSON, 400, []string{"revision", "whole number"}},
		{"accepted with a change", path, patched(changes{"fact": map[string]any{"event": "x"}}), asJSON, 400, []string{"fact", "correction"}},
		{"corrected without", path, patched(changes{"review": "corrected"}), asJSON, 400, []string{"fact", "fields"}},
		{"corrected with nothing", path, correction(`{}`), asJSON, 400, []string{"fact", "empty"}},
		{"corrected with null", path, correction(`null`), asJSON, 400, []string{"fact", "missing"}},
		{"fact no object", path, correction(`["event"]`), asJSON, 400, []string{"fact", "JSON object"}},
		{"a field twice", path, correction(`{"event":"a","event":"b"}`), asJSON, 400, []string{"event", "once"}},
		{"no such field", path, correction(`{"colour":"red"}`), asJSON, 400, []string{"colour", "effect"}},
		{"its id", path, correction(`{"id":"x"}`), asJSON, 400, []string{"id"}},
		{"its evidence", path, correction(`{"evidence":{"start":0}}`), asJSON, 400, []string{"evidence"}},
		{"a field of another kind", path, correction(`{"donor":"FR"}`), asJSON, 400, []string{"donor", "effect"}},
		{"no such effect", path, correction(`{"effect":"dead"}`), asJSON, 400, []string{"effect", "killed"}},
		{"count against its modifier", path, correction(`{"count":{"min":3,"max":4,"modifier":"exact"}}`), asJSON, 400, []string{"count", "exact"}},
		{"half a person", path, correction(`{"count":{"min":3.5,"max":3.5,"modifier":"exact"}}`), asJSON, 400, []string{"count"}},
		{"impossible date", path, correction(`{"date":"2025-02-30"}`), asJSON, 400, []string{"date", "YYYY-MM-DD"}},
		{"no such country", path, correction(`{"place":"Atlantis"}`), asJSON, 400, []string{"place", "alpha-2"}},
		{"an organisation as a place", path, correction(`{"place":"NATO"}`), asJSON, 400, []string{"place", "country"}},
		{"place no code", path, correction(`{"place":7}`), asJSON, 400, []string{"place"}},
		{"unknown parameter", path + "?force=true", patched(nil), asJSON, 400, []string{"force"}},
		{"no such fact", "/v1/facts/0000", patched(nil), asJSON, 404, []string{"0000"}},
		{"no id", "/v1/facts/%20", patched(nil), asJSON, 404, nil},
		{"no such fact, with a tag", "/v1/facts/0000", patched(nil), asJSON + "\nIf-Match: \"a\"", 404, []string{"0000"}},
		{"POST", path, patched(nil), asJSON, 405, []string{"PATCH"}},
	} {
		method := "PATCH"
		if tt.name == "POST" {
			method = "POST"
		}
		r := ask(t, d, method, tt.target, tt.body, strings.Split(tt.header, "\n")...)
		if r.StatusCode != tt.status {
			t.Errorf("%s: %d %s, want %d", tt.name, r.StatusCode, text(r), tt.status)
			continue
		}
		wantProblem(t, r, tt.status, tt.says...)
	}
	if after := text(ask(t, d, "GET", path+"/history", "")); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
	wantProblem(t, ask(t, d, "GET", "/v1/facts/0000/history", ""), 404, "0000")
	wantProblem(t, ask(t, d, "GET", "/v1/facts?review=doubted", ""), 400, "review", "orphaned")
}

// The correction of a pledge takes codes as parameters do, and what it changes moves the fact in the lists.
func TestReviewOfAPledge(t *testing.T) {
	d := newDesk(t)
	killedBy(t, d)
	pledges := get[List[fact.Fact]](t, d, "/v1/facts?kind=pledge&story="+flood)
	path := "/v1/facts/" + pledges.Items[0].ID
	r := once(t, d, "PATCH", path, correction(`{"donor":"nld","recipient":null,"types":["arms"],"status":"committed","amount":{"value":3000000,"currency":"EUR"},"condition":null}`), asJSON)
	if r.StatusCode != 200 {
		t.Fatalf("%d %s", r.StatusCode, text(r))
	}
	l := text(ask(t, d, "GET", "/v1/pledges/by-country?format=text", ""))
	if !strings.HasPrefix(l, "Netherlands:\n- arms, committed; 3,000,000 EUR [") {
		t.Errorf("by country: %s", l)
	}
}

// A new version without the corrected words leaves the correction to be looked at.
func TestOrphansAreListed(t *testing.T) {
	d := newDesk(t)
	killed := killedBy(t, d)
	if r := once(t, d, "PATCH", "/v1/facts/"+killed.ID, correction(`{"place":"BE"}`), asJSON); r.StatusCode != 200 {
		t.Fatal(text(r))
	}
	d.now = d.now.Add(time.Hour)
	moved := "Rain fell all week.\n\n" + floodText
	d.put(t, 201, changes{"id": "daily", "story": flood, "rights": "full", "text": moved})
	l := get[List[fact.Fact]](t, d, "/v1/facts?review=corrected")
	if len(l.Items) != 1 || moved[l.Items[0].Evidence.Start:l.Items[0].Evidence.End] != *killed.Evidence.Quote || *l.Items[0].Casualty.Place != "BE" {
		t.Errorf("the words moved, and corrected are %+v", l.Items)
	}
	d.now = d.now.Add(time.Hour)
	d.put(t, 201, changes{"id": "daily", "story": flood, "rights": "full", "text": strings.Replace(moved, "Three people were killed", "Nobody was hurt", 1)})
	l = get[List[fact.Fact]](t, d, "/v1/facts?review=orphaned")
	if len(l.Items) != 1 || l.Items[0].Review != fact.Orphaned || *l.Items[0].Casualty.Place != "BE" {
		t.Fatalf("orphaned are %+v", l.Items)
	}
	if left := get[CasualtyList](t, d, "/v1/casualties?effect=killed&story="+flood); len(left.Items) != 0 {
		t.Errorf("an orphan is told: %+v", left.Items)
	}
	orphan := "/v1/facts/" + l.Items[0].ID
	wantProblem(t, once(t, d, "PATCH", orphan, patched(nil), asJSON), http.StatusConflict, "rejected")
	if r := once(t, d, "PATCH", orphan, patched(changes{"review": "rejected"}), asJSON); r.StatusCode != 200 {
		t.Errorf("%d %s", r.StatusCode, text(r))
	}
	if l := get[List[fact.Fact]](t, d, "/v1/facts?review=orphaned"); len(l.Items) != 0 {
		t.Errorf("rejected, and orphaned are %+v", l.Items)
	}
}
