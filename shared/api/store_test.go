package api

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/infra/local/localtest"
	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

func TestMain(m *testing.M) { localtest.Main(m) }

// newStore makes a store with two tables of its own.
func newStore(t *testing.T) *store.Store {
	t.Helper()
	client, documents, facts := localtest.Tables(t)
	return store.New(client, store.Tables{Documents: documents, Facts: facts})
}

// desk is every route on a store of its own, at a time of day that the test sets.
type desk struct {
	http.Handler
	now time.Time
}

func newDesk(t *testing.T) *desk {
	d := &desk{now: noon}
	with := deps(newStore(t))
	with.Now = func() time.Time { return d.now }
	d.Handler = All(with)
	return d
}

// put puts a document and fails the test unless the answer has that status.
func (d *desk) put(t *testing.T, status int, c changes) DocumentAnswer {
	t.Helper()
	r := once(t, d, "POST", "/v1/documents", posted(c), asJSON)
	if r.StatusCode != status {
		t.Fatalf("%d %s, want %d", r.StatusCode, text(r), status)
	}
	return decode[DocumentAnswer](t, r)
}

// get reads, and fails the test unless it is answered.
func get[T any](t *testing.T, d *desk, target string) T {
	t.Helper()
	r := ask(t, d, "GET", target, "")
	if r.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %d %s", target, r.StatusCode, text(r))
	}
	return decode[T](t, r)
}

const flood, drought = "river-flood-2025", "drought-2025"

func TestMainJob(t *testing.T) {
	d := newDesk(t)
	first := d.put(t, 201, changes{"id": "daily", "story": flood, "story_title": "River flood", "rights": "full"})
	d.put(t, 201, changes{"id": "herald", "story": flood, "publisher": "The Herald", "published": "2025-05-05", "rights": "full"})
	d.put(t, 201, changes{"id": "calm", "story": drought, "headline": "No rain in May", "published": "2025-05-06",
		"text": "Farmers in Portugal wait for rain. The wells of the valley are low, and the mayor asked everyone to save water.\n"})
	if len(first.Facts) == 0 || first.Known || first.Facts[0].RecordedAt == "" {
		t.Fatalf("%+v", first)
	}
	if again := d.put(t, 200, changes{"id": "daily", "story": flood, "story_title": "River flood", "rights": "full"}); !again.Known {
		t.Error("the same again is not known")
	}

	t.Run("casualties", func(t *testing.T) {
		l := get[CasualtyList](t, d, "/v1/casualties?story="+flood+"&effect=killed")
		if len(l.Items) == 0 || l.Items[0].Best == nil || *l.Items[0].Best != 3 || len(l.Items[0].Reports) != 2 || len(l.Sources) != 2 {
			t.Fatalf("%+v", l)
		}
		for _, f := range l.Items[0].Reports {
			if q := f.Evidence.Quote; q == nil || floodText[f.Evidence.Start:f.Evidence.End] != *q {
				t.Errorf("evidence %+v is not in the text", f.Evidence)
			}
		}
		if *l.LatestPublished != "2025-05-05" {
			t.Errorf("latest published %s", *l.LatestPublished)
		}
	})
	t.Run("nothing stated is an answer", func(t *testing.T) {
		l := get[CasualtyList](t, d, "/v1/casualties?story="+drought)
		if l.Items == nil || len(l.Items) != 0 || !slices.Equal(l.NotStated, summary.Looked) {
			t.Errorf("%+v", l)
		}
	})
	t.Run("pledges by country", func(t *testing.T) {
		l := get[List[summary.Donor]](t, d, "/v1/pledges/by-country?story="+flood)
		if len(l.Items) != 1 || l.Items[0].Country != "BE" || l.Items[0].Name != "Belgium" {
			t.Errorf("%+v", l.Items)
		}
	})
	t.Run("dates", func(t *testing.T) {
		l := get[List[summary.Occurrence]](t, d, "/v1/dates?from=2025-05-04&to=2025-05-04")
		if len(l.Items) == 0 || l.Items[0].Date != "2025-05-04" {
			t.Errorf("%+v", l.Items)
		}
	})
	t.Run("headlines", func(t *testing.T) {
		for _, tt := range []struct {
			query string
			want  int
		}{{"", 3}, {"?q=RIVER", 2}, {"?q=river+towns", 2}, {"?q=riv", 0}, {"?q=river+rain", 0}, {"?from=2025-05-05", 2}, {"?story=" + drought, 1}} {
			if l := get[List[summary.Headline]](t, d, "/v1/headlines"+tt.query); len(l.Items) != tt.want {
				t.Errorf("%q: %d headlines, want %d", tt.query, len(l.Items), tt.want)
			}
		}
		h := get[HeadlinePage](t, d, "/v1/headlines/daily")
		if h.Document != "daily" || len(h.Facts) != len(first.Facts) || len(h.Bullets) < 2 || h.Next != nil {
			t.Errorf("%+v", h)
		}
	})
	t.Run("stories", func(t *testing.T) {
		l := get[List[store.StoryLine]](t, d, "/v1/stories")
		if len(l.Items) != 2 || l.Items[0].Story != drought || l.Items[1].Documents != 2 || *l.LatestPublished != "2025-05-06" {
			t.Errorf("%+v", l)
		}
		if s := get[summary.Story](t, d, "/v1/stories/"+flood); s.Title != "River flood" || s.Documents != 2 || len(s.Sources) != 2 {
			t.Errorf("%+v", s)
		}
	})
	t.Run("a fact", func(t *testing.T) {
		want := first.Facts[0]
		if a := get[FactAnswer](t, d, "/v1/facts/"+want.ID); a.Fact.ID != want.ID || a.Source.Document != "daily" {
			t.Errorf("%+v", a)
		}
	})
	t.Run("health", func(t *testing.T) {
		if h := get[HealthAnswer](t, d, "/v1/health"); h.Status != "ok" || h.Seq != 3 || h.LatestPublished != "2025-05-06" {
			t.Errorf("%+v", h)
		}
	})
	t.Run("every page is the whole list", func(t *testing.T) {
		walkAll(t, d)
	})
	t.Run("every format", func(t *testing.T) {
		everyFormat(t, d)
	})
	t.Run("unknown", func(t *testing.T) {
		for _, target := range []string{"/v1/stories/nowhere", "/v1/headlines/nothing", "/v1/facts/00000000000000000000",
			"/v1/casualties?document=nothing", "/v1/dates?document=nothing", "/v1/pledges?document=nothing", "/v1/facts?document=nothing",
			"/v1/casualties?story=nowhere", "/v1/dates?story=nowhere", "/v1/pledges?story=nowhere", "/v1/pledges/by-country?story=nowhere",
			"/v1/facts?story=nowhere", "/v1/headlines?story=nowhere", "/v1/stories?story=nowhere",
			"/v1/casualties?document=daily&story=" + drought, "/v1/stories/" + flood + "?as_of=2025-05-01"} {
			wantProblem(t, ask(t, d, "GET", target, ""), 404)
		}
		wantProblem(t, once(t, d, "DELETE", "/v1/documents/nothing", ""), 404)
	})
	t.Run("forged positions", func(t *testing.T) {
		for _, after := range []string{"x", "9:x", "-1:x", "0:", "0:\x00", "0:" + strings.Repeat("z", 2000), "18446744073709551616"} {
			for _, path := range []string{"/v1/casualties", "/v1/dates", "/v1/pledges", "/v1/pledges/by-country", "/v1/facts", "/v1/headlines", "/v1/stories"} {
				for _, query := range []url.Values{{}, {"story": {flood}}, {"document": {"daily"}}} {
					c := cursor(path, query, position{After: after})
					with := url.Values{"cursor": {c}}
					for name, v := range query {
						with[name] = v
					}
					if r := ask(t, d, "GET", path+"?"+with.Encode(), ""); r.StatusCode >= 500 {
						t.Errorf("%s?%s after %q: %d %s", path, query.Encode(), after, r.StatusCode, text(r))
					}
				}
			}
		}
	})
}

// walkAll reads each list with pages of one item and at once, and wants the same items.
func walkAll(t *testing.T, d *desk) {
	for _, path := range []string{"/v1/casualties", "/v1/dates", "/v1/pledges", "/v1/pledges/by-country", "/v1/facts?country=FR", "/v1/facts",
		"/v1/facts?document=daily", "/v1/facts?story=" + flood, "/v1/headlines", "/v1/headlines?q=river", "/v1/stories"} {
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		whole := get[List[any]](t, d, path+separator+"limit=100")
		var items []any
		for next, pages := "", 0; ; pages++ {
			l := get[List[any]](t, d, path+separator+"limit=1"+next)
			items = append(items, l.Items...)
			if l.Next == nil {
				break
			}
			next = "&cursor=" + *l.Next
			if pages > 200 {
				t.Fatalf("%s does not end", path)
			}
		}
		if whole.Next != nil || len(whole.Items) == 0 || fmt.Sprint(items) != fmt.Sprint(whole.Items) {
			t.Errorf("%s: %d items one by one, %d at once", path, len(items), len(whole.Items))
		}
	}
}

// everyFormat reads every route in every format, and wants the document that it rests on in each.
func everyFormat(t *testing.T, d *desk) {
	id := get[List[fact.Fact]](t, d, "/v1/facts?document=daily").Items[0].ID
	for _, path := range []string{"/v1/casualties", "/v1/dates", "/v1/pledges", "/v1/pledges/by-country", "/v1/facts?country=FR",
		"/v1/headlines", "/v1/headlines/daily", "/v1/stories/" + flood, "/v1/facts/" + id} {
		separator := "?"
		if strings.Contains(path, "?") {
			separator = "&"
		}
		tags := map[string]string{}
		for _, f := range allFormats {
			r := ask(t, d, "GET", path+separator+"format="+f.name, "")
			if r.StatusCode != 200 || !strings.HasPrefix(r.Header.Get("Content-Type"), f.mediaType) || !strings.Contains(text(r), "The Daily") {
				t.Errorf("%s as %s: %d %s %s", path, f.name, r.StatusCode, r.Header.Get("Content-Type"), text(r))
			}
			tag := r.Header.Get("ETag")
			if other := tags[tag]; other != "" {
				t.Errorf("%s: %s and %s have one ETag", path, f.name, other)
			}
			tags[tag] = f.name
			if again := ask(t, d, "GET", path+separator+"format="+f.name, "", "If-None-Match: "+tag); again.StatusCode != 304 {
				t.Errorf("%s as %s does not hold still", path, f.name)
			}
			if f.name == "csv" {
				records(t, text(r))
			}
		}
	}
}

func TestPast(t *testing.T) {
	d := newDesk(t)
	at := func(hours int) string { return noon.Add(time.Duration(hours) * time.Hour).Format(time.RFC3339) }
	d.put(t, 201, changes{"id": "daily", "story": flood})
	d.now = noon.Add(2 * time.Hour)
	d.put(t, 201, changes{"id": "daily", "story": flood, "text": strings.Replace(floodText, "Three people", "Five people", 1)})
	d.now = noon.Add(4 * time.Hour)
	if r := once(t, d, "DELETE", "/v1/documents/daily", ""); r.StatusCode != 204 || text(r) != "" {
		t.Fatalf("%d %s", r.StatusCode, text(r))
	}
	d.now = noon.Add(6 * time.Hour)

	tests := []struct {
		as_of string
		best  int64 // 0: nothing is known
	}{
		{at(-1), 0}, {at(0), 3}, {at(1), 3}, {at(2), 5}, {at(3), 5}, {at(5), 0},
	}
	for _, tt := range tests {
		t.Run(tt.as_of, func(t *testing.T) {
			for _, path := range []string{"/v1/casualties?effect=killed&story=" + flood + "&", "/v1/casualties?effect=killed&document=daily&", "/v1/stories/" + flood + "?"} {
				target := path + "as_of=" + url.QueryEscape(tt.as_of)
				if tt.best == 0 {
					wantProblem(t, ask(t, d, "GET", target, ""), 404)
					continue
				}
				a := get[struct {
					Items      []summary.Toll
					Casualties []summary.Toll
				}](t, d, target)
				if all := append(a.Items, a.Casualties...); len(all) == 0 || all[0].Best == nil || *all[0].Best != tt.best {
					t.Errorf("%s: %+v", path, all)
				}
			}
		})
	}
	wantProblem(t, ask(t, d, "GET", "/v1/headlines/daily", ""), 404, "withdrawn")
	wantProblem(t, ask(t, d, "GET", "/v1/casualties?story="+flood, ""), 404)
	if l := get[List[summary.Headline]](t, d, "/v1/headlines"); len(l.Items) != 0 {
		t.Errorf("a withdrawn headline is listed: %+v", l.Items)
	}
	if r := once(t, d, "DELETE", "/v1/documents/daily", ""); r.StatusCode != 204 {
		t.Errorf("withdrawn again: %d %s", r.StatusCode, text(r))
	}
}

func TestRightsHoldInTheStore(t *testing.T) {
	d := newDesk(t)
	d.put(t, 201, changes{"id": "daily", "story": flood, "rights": "none"})
	for _, f := range get[List[fact.Fact]](t, d, "/v1/facts?story="+flood).Items {
		if f.Evidence.Quote != nil || f.Evidence.End == 0 {
			t.Errorf("evidence %+v", f.Evidence)
		}
	}
	for _, target := range []string{"/v1/stories/" + flood, "/v1/headlines/daily", "/v1/casualties"} {
		if body := text(ask(t, d, "GET", target, "")); strings.Contains(body, `"quote":"`) {
			t.Errorf("%s quotes: %s", target, body)
		}
	}
}

func TestBadDocumentsLeaveNothing(t *testing.T) {
	d := newDesk(t)
	d.put(t, 201, changes{"id": "daily", "story": flood})
	before := text(ask(t, d, "GET", "/v1/health", "")) + text(ask(t, d, "GET", "/v1/facts?story="+flood, ""))
	for _, c := range []changes{
		{"published": "2015-02-30"}, {"published": nil}, {"text": ""}, {"text": "\x00"}, {"rights": "some"}, {"colour": "red"}, {"id": "a/b"},
	} {
		c2 := changes{"id": "daily", "story": flood}
		for name, v := range c {
			c2[name] = v
		}
		wantProblem(t, once(t, d, "POST", "/v1/documents", posted(c2), asJSON), 400)
	}
	once(t, d, "POST", "/v1/documents?dry_run=true", posted(changes{"id": "other", "story": flood}), asJSON)
	if after := text(ask(t, d, "GET", "/v1/health", "")) + text(ask(t, d, "GET", "/v1/facts?story="+flood, "")); after != before {
		t.Errorf("before %s\nafter %s", before, after)
	}
}

func TestTagFollowsTheStore(t *testing.T) {
	d := newDesk(t)
	d.put(t, 201, changes{"id": "daily", "story": flood})
	tag := ask(t, d, "GET", "/v1/stories/"+flood, "").Header.Get("ETag")
	d.now = d.now.Add(time.Hour)
	if r := ask(t, d, "GET", "/v1/stories/"+flood, "", "If-None-Match: "+tag); r.StatusCode != 304 {
		t.Errorf("the passing of time changed the answer: %d", r.StatusCode)
	}
	d.put(t, 201, changes{"id": "herald", "story": flood, "publisher": "The Herald"})
	if r := ask(t, d, "GET", "/v1/stories/"+flood, "", "If-None-Match: "+tag); r.StatusCode != 200 {
		t.Errorf("a new document did not change the answer: %d", r.StatusCode)
	}
}

// TestStoriesFoundByThemselves sends documents without a story.
func TestStoriesFoundByThemselves(t *testing.T) {
	d := newDesk(t)
	report := func(id, headline, text string) changes {
		return changes{"id": id, "headline": headline, "published": "2025-05-05", "text": text}
	}
	fire := report("fire", "Fire guts Tallinn museum", "A fire gutted the Seaplane museum in Tallinn on Sunday. Director Urmas Dresen said 12 boats had burned.")
	second := report("fire-2", "Boats burned in Tallinn", "Twelve boats were lost when the Seaplane museum in Tallinn caught fire, Urmas Dresen said on Monday.")
	chess := report("chess", "Estonian teenager wins chess title", "Kadri Leis, 15, won the national chess title in Tallinn on Sunday. She beat Toomas Valk in 31 moves.")
	for _, c := range []struct {
		what    string
		sent    changes
		status  int
		how     store.How
		story   string
		because string
	}{
		{"the first", fire, 201, store.Started, "fire-guts-tallinn-museum-2025-05-05", "no story is like it"},
		{"the second of the same", second, 201, store.Joined, "fire-guts-tallinn-museum-2025-05-05", "urmas"},
		{"of another topic in the town", chess, 201, store.Started, "estonian-teenager-wins-chess-title-2025-05-05", ""},
		{"the same again", second, 200, store.Stayed, "fire-guts-tallinn-museum-2025-05-05", "before"},
	} {
		dry := decode[DocumentAnswer](t, once(t, d, "POST", "/v1/documents?dry_run=true", posted(c.sent), asJSON)).Placement
		a := d.put(t, c.status, c.sent)
		if p := a.Placement; p.How != c.how || p.Story != c.story || a.Document.Story != c.story || !strings.Contains(p.Because, c.because) {
			t.Errorf("%s: %+v, in %q; want %s in %s because of %q", c.what, p, a.Document.Story, c.how, c.story, c.because)
		}
		if fmt.Sprint(dry) != fmt.Sprint(a.Placement) {
			t.Errorf("%s: a dry run says %+v, and the run %+v", c.what, dry, a.Placement)
		}
		for _, f := range a.Facts {
			if f.Story != c.story {
				t.Errorf("%s: the fact %s is in %q", c.what, f.ID, f.Story)
			}
		}
	}
	if s := get[summary.Story](t, d, "/v1/stories/fire-guts-tallinn-museum-2025-05-05"); s.Documents != 2 || s.Title != "Fire guts Tallinn museum" {
		t.Errorf("the story has %d documents and is called %q", s.Documents, s.Title)
	}
}

// TestMove takes a document to another story and back.
func TestMove(t *testing.T) {
	d := newDesk(t)
	d.put(t, 201, changes{"id": "daily", "story": flood, "story_title": "River flood"})
	d.put(t, 201, changes{"id": "herald", "story": flood, "publisher": "The Herald"})
	move := func(id, body string) *http.Response {
		return once(t, d, "PATCH", "/v1/documents/"+id, body, asJSON)
	}
	for _, c := range []struct {
		what, id, body string
		status         int
		from           string
	}{
		{"to another story", "daily", `{"story": "garonne", "story_title": " The Garonne "}`, 200, flood},
		{"to where it is", "daily", `{"story": "garonne"}`, 200, "garonne"},
		{"nowhere", "daily", `{}`, 400, ""},
		{"to what is no id", "daily", `{"story": "a b"}`, 400, ""},
		{"with a title that is no line", "daily", `{"story": "a", "story_title": "a\u0000"}`, 400, ""},
		{"with something else", "daily", `{"story": "a", "headline": "b"}`, 400, ""},
		{"what there is not", "weekly", `{"story": "garonne"}`, 404, ""},
		{"what cannot be", "a%23b", `{"story": "garonne"}`, 404, ""},
	} {
		r := move(c.id, c.body)
		if r.StatusCode != c.status {
			t.Fatalf("%s: %d %s", c.what, r.StatusCode, text(r))
		}
		if c.status == 200 {
			if a := decode[MoveAnswer](t, r); a.From != c.from || a.Document.Story != "garonne" || a.Document.StoryTitle != "The Garonne" {
				t.Errorf("%s: %+v", c.what, a)
			}
		}
	}
	if r := once(t, d, "PATCH", "/v1/documents/daily", `{"story": "garonne"}`, asText); r.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("a move as text is %d", r.StatusCode)
	}
	if s := get[summary.Story](t, d, "/v1/stories/garonne"); s.Documents != 1 || s.Title != "The Garonne" {
		t.Errorf("%d documents in %q", s.Documents, s.Title)
	}
	if s := get[summary.Story](t, d, "/v1/stories/"+flood); s.Documents != 1 {
		t.Errorf("%d documents are left", s.Documents)
	}
	if a := d.put(t, 200, changes{"id": "daily"}); a.Placement.How != store.Stayed || a.Document.Story != "garonne" {
		t.Errorf("put again: %+v", a.Placement)
	}
}
