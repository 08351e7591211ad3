package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// The tests' own news.
const (
	floodText = "Three people were killed on Sunday when the river Alder burst its banks in northern France, officials said.\n\n" +
		"Belgium pledged $2 million to France, if parliament agrees. Rain is expected until Wednesday, and a further seven people were injured in the town.\n"
	floodPage = `<!doctype html><html><head><title>River floods three towns - The Daily</title></head><body><article>` +
		`<h1>River floods three towns</h1><p>Three people were killed on Sunday when the river Alder burst its banks in northern France, officials said.</p>` +
		`<p>Belgium pledged $2 million to France, if parliament agrees. Rain is expected until Wednesday, and a further seven people were injured in the town.</p></article></body></html>`
)

// posted makes a JSON body of properties; a nil value leaves one out.
func posted(changes map[string]any) string {
	doc := map[string]any{"headline": "River floods three towns", "publisher": "The Daily", "published": "2025-05-04", "text": floodText}
	for name, v := range changes {
		if v == nil {
			delete(doc, name)
		} else {
			doc[name] = v
		}
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(b)
}

type changes = map[string]any

const asJSON, asText, asHTML = "Content-Type: application/json", "Content-Type: text/plain", "Content-Type: text/html"

func TestBadDocuments(t *testing.T) {
	h := Documents(deps(empty)) // a put would panic, and be a 500
	const query = "?headline=River+floods&publisher=The+Daily&published=2025-05-04"
	tests := []struct {
		name, query, contentType, body string
		status                         int
		says                           []string
	}{
		{"empty body", query, asText, "", 400, []string{"empty"}},
		{"blank body", query, asText, " \n\t ", 400, []string{"empty"}},
		{"empty JSON body", "", asJSON, "", 400, []string{"empty"}},
		{"2 MiB", query, asText, strings.Repeat("word ", 2<<20/5), 413, []string{"1 MiB"}},
		{"one byte over 1 MiB", query, asText, strings.Repeat("a", MaxBody+1), 413, []string{"1 MiB"}},
		{"invalid UTF-8", query, asText, "Three people \xff\xfe were killed.", 400, []string{"UTF-8"}},
		{"invalid UTF-8 in JSON", "", asJSON, "{\"text\":\"a\xff\"}", 400, []string{"UTF-8"}},
		{"half a character of UTF-16", query, asText, "\xff\xfeT\x00h\x00r", 400, []string{"UTF-16"}},
		{"NUL", query, asText, "Three people\x00 were killed.", 400, []string{"binary"}},
		{"NUL in JSON", "", asJSON, posted(changes{"text": "Three people\x00 were killed."}), 400, []string{"binary"}},
		{"HTML without text", query, asHTML, "<html><body><script>let x = 1</script><img src=a.png></body></html>", 400, []string{"text"}},
		{"image", query, "Content-Type: image/png", "\x89PNG\r\n\x1a\n", 415, []string{"text/html", "application/json"}},
		{"form", query, "Content-Type: application/x-www-form-urlencoded", "a=b", 415, []string{"text/plain"}},
		{"no media type", query, "X: y", floodText, 415, []string{"Content-Type"}},
		{"malformed media type", query, "Content-Type: text/;;", floodText, 415, []string{"malformed"}},
		{"unknown charset", query, "Content-Type: text/plain; charset=utf-7", floodText, 415, []string{"UTF-8"}},
		{"missing headline", "?publisher=The+Daily&published=2025-05-04", asText, floodText, 400, []string{"headline"}},
		{"missing publisher", "?headline=River+floods&published=2025-05-04", asText, floodText, 400, []string{"publisher"}},
		{"missing published", "?headline=River+floods&publisher=The+Daily", asText, floodText, 400, []string{"published", "unknown"}},
		{"missing published in JSON", "", asJSON, posted(changes{"published": nil}), 400, []string{"published", "unknown"}},
		{"impossible published", "", asJSON, posted(changes{"published": "2015-02-30"}), 400, []string{"published", "YYYY-MM-DD"}},
		{"interval as published", "", asJSON, posted(changes{"published": "2025-05-01/2025-05-04"}), 400, []string{"published"}},
		{"published as a time", "", asJSON, posted(changes{"published": "2025-05-04T10:00:00Z"}), 400, []string{"published"}},
		{"published far in the future", "", asJSON, posted(changes{"published": "2025-05-09"}), 400, []string{"published", "future"}},
		{"published next year", "", asJSON, posted(changes{"published": "2026"}), 400, []string{"published", "future"}},
		{"neither text nor html", "", asJSON, posted(changes{"text": nil}), 400, []string{"text", "html"}},
		{"text and html", "", asJSON, posted(changes{"html": floodPage}), 400, []string{"html"}},
		{"empty text", "", asJSON, posted(changes{"text": ""}), 400, []string{"empty"}},
		{"null text", "", asJSON, `{"headline":"a","publisher":"b","published":"2025","text":null}`, 400, []string{"empty"}},
		{"unknown property", "", asJSON, posted(changes{"colour": "red"}), 400, []string{"colour", "headline"}},
		{"property of another case", "", asJSON, posted(changes{"Headline": "x"}), 400, []string{"Headline"}},
		{"wrong type", "", asJSON, posted(changes{"headline": 5}), 400, []string{"headline", "string"}},
		{"wrong type of a list", "", asJSON, posted(changes{"byline": "A. Writer"}), 400, []string{"byline", "list"}},
		{"wrong type in a list", "", asJSON, posted(changes{"byline": []any{"A. Writer", 7}}), 400, []string{"byline", "list"}},
		{"object for a string", "", asJSON, posted(changes{"text": changes{"a": 1}}), 400, []string{"text", "string"}},
		{"property twice", "", asJSON, `{"text":"a","text":"b"}`, 400, []string{"text", "once"}},
		{"something behind", "", asJSON, posted(nil) + "{}", 400, []string{"behind"}},
		{"garbage behind", "", asJSON, posted(nil) + "x", 400, []string{"behind"}},
		{"cut off", "", asJSON, posted(nil)[:40], 400, []string{"JSON"}},
		{"an array", "", asJSON, "[" + posted(nil) + "]", 400, []string{"object"}},
		{"null", "", asJSON, "null", 400, []string{"object"}},
		{"deep nesting", "", asJSON, `{"text":` + strings.Repeat("[", 100_000), 400, []string{"JSON"}},
		{"deep nesting under an unknown name", "", asJSON, `{"a":` + strings.Repeat(`{"a":`, 100_000), 400, []string{"a"}},
		{"parameters beside JSON", "?headline=x", asJSON, posted(nil), 400, []string{"headline"}},
		{"no such rights", "", asJSON, posted(changes{"rights": "some"}), 400, []string{"rights", "phrase"}},
		{"no such rights in the query", query + "&rights=some", asText, floodText, 400, []string{"rights", "phrase"}},
		{"id with a slash", "", asJSON, posted(changes{"id": "a/b"}), 400, []string{"id"}},
		{"id with a hash sign", query + "&id=a%23b", asText, floodText, 400, []string{"id"}},
		{"id too long", "", asJSON, posted(changes{"id": strings.Repeat("a", 129)}), 400, []string{"id", "128"}},
		{"story with a space", "", asJSON, posted(changes{"story": "a b"}), 400, []string{"story"}},
		{"url without a scheme", "", asJSON, posted(changes{"url": "daily.example/flood"}), 400, []string{"url"}},
		{"url that runs", "", asJSON, posted(changes{"url": "javascript:alert(1)"}), 400, []string{"url"}},
		{"headline too long", "", asJSON, posted(changes{"headline": strings.Repeat("a", 501)}), 400, []string{"headline", "500"}},
		{"headline of two lines", "", asJSON, posted(changes{"headline": "a\nb"}), 400, []string{"headline"}},
		{"too many names", "", asJSON, posted(changes{"byline": strings.Split(strings.Repeat("A,", 20)+"A", ",")}), 400, []string{"byline"}},
		{"unknown parameter", query + "&colour=red", asText, floodText, 400, []string{"colour", "rights"}},
		{"dry run maybe", "?dry_run=maybe", asJSON, posted(nil), 400, []string{"dry_run", "true"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, h, "POST", "/v1/documents"+tt.query, tt.body, tt.contentType, "Accept: text/csv")
			wantProblem(t, r, tt.status, tt.says...)
			if r.Header.Get("Cache-Control") != cacheNone {
				t.Errorf("it is cached: %s", r.Header.Get("Cache-Control"))
			}
			if len(tt.body) > 30 && strings.Contains(text(r), tt.body[len(tt.body)-30:]) {
				t.Errorf("the problem tells the body back: %s", text(r))
			}
		})
	}
}

func TestOneMebibyteIsRead(t *testing.T) {
	body := floodText + strings.Repeat(" ", MaxBody-len(floodText))
	r := ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true&headline=River&publisher=The+Daily&published=2025-05-04", body, asText)
	if len(body) != MaxBody || r.StatusCode != 200 {
		t.Errorf("%d bytes: %d %s", len(body), r.StatusCode, text(r))
	}
}

func TestDryRun(t *testing.T) {
	h := Documents(deps(empty)) // a put would panic
	tests := []struct{ name, query, contentType, body string }{
		{"JSON", "?dry_run=true", asJSON, posted(changes{"id": "d", "story": "s", "rights": "full"})},
		{"JSON with a charset", "?dry_run=true", "Content-Type: application/json; charset=utf-8", posted(changes{"id": "d", "story": "s", "rights": "full"})},
		{"plain text", "?dry_run=true&id=d&story=s&rights=full&headline=River+floods+three+towns&publisher=The+Daily&published=2025-05-04", asText, floodText},
		{"HTML", "?dry_run=true&id=d&story=s&rights=full&publisher=The+Daily&published=2025-05-04", asHTML, floodPage},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, h, "POST", "/v1/documents"+tt.query, tt.body, tt.contentType)
			if r.StatusCode != 200 || r.Header.Get("Location") != "" {
				t.Fatalf("%d, Location %q, %s", r.StatusCode, r.Header.Get("Location"), text(r))
			}
			a := decode[DocumentAnswer](t, r)
			d := a.Document
			got := fmt.Sprint(d.Document, d.Headline, d.Publisher, d.Origin, d.Published, d.Story, d.Rights, a.Known, a.Next == nil, len(a.Sources))
			if want := fmt.Sprint("d", "River floods three towns", "The Daily", "The Daily", "2025-05-04", "s", "full", false, true, 1); got != want {
				t.Errorf("%s, want %s", got, want)
			}
			total := 0
			for _, k := range fact.Kinds {
				if _, ok := a.Counts[k]; !ok {
					t.Errorf("no count of %s", k)
				}
				total += a.Counts[k]
			}
			if total != len(a.Facts) || a.Counts[fact.KindCasualty] == 0 {
				t.Errorf("counts %v, %d facts", a.Counts, len(a.Facts))
			}
		})
	}
}

func TestKnownInADryRun(t *testing.T) {
	first := decode[DocumentAnswer](t, ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true", posted(nil), asJSON))
	stored := empty
	stored.document = func(string) (fact.Document, error) { return first.Document, nil }
	h := Documents(deps(stored))
	if again := decode[DocumentAnswer](t, ask(t, h, "POST", "/v1/documents?dry_run=true", posted(nil), asJSON)); !again.Known {
		t.Error("the version is not known")
	}
	if other := decode[DocumentAnswer](t, ask(t, h, "POST", "/v1/documents?dry_run=true", posted(changes{"headline": "Another"}), asJSON)); other.Known {
		t.Error("another version is known")
	}
}

func TestRights(t *testing.T) {
	tests := []struct {
		rights  any
		allowed int // the longest quote, in words
	}{
		{"none", 0}, {"phrase", fact.PhraseWords}, {nil, fact.PhraseWords}, {"full", 1 << 20},
	}
	full := decode[DocumentAnswer](t, ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true", posted(changes{"rights": "full"}), asJSON))
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.rights), func(t *testing.T) {
			var put []fact.Fact
			s := empty
			s.put = func(p store.Putting) (store.Result, error) {
				put = p.Facts
				return store.Result{Facts: p.Facts}, nil
			}
			a := decode[DocumentAnswer](t, ask(t, Documents(deps(s)), "POST", "/v1/documents?dry_run=true", posted(changes{"rights": tt.rights}), asJSON))
			once(t, Documents(deps(s)), "POST", "/v1/documents", posted(changes{"rights": tt.rights}), asJSON)
			for name, facts := range map[string][]fact.Fact{"answered": a.Facts, "stored": put} {
				if len(facts) != len(full.Facts) || len(facts) == 0 {
					t.Fatalf("%s: %d facts, want %d", name, len(facts), len(full.Facts))
				}
				for i, f := range facts {
					words := len(strings.Fields(*full.Facts[i].Evidence.Quote))
					if (f.Evidence.Quote != nil) != (words <= tt.allowed) {
						t.Errorf("%s: a quote of %d words is shown: %v", name, words, f.Evidence.Quote != nil)
					}
				}
			}
		})
	}
}

func TestIdentity(t *testing.T) {
	id := func(c changes) string {
		a := decode[DocumentAnswer](t, ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true", posted(c), asJSON))
		return a.Document.Document
	}
	const page = "https://daily.example/flood?id=1"
	byURL := id(changes{"url": page})
	tests := []struct {
		name string
		c    changes
		same bool // as byURL
	}{
		{"other text", changes{"url": page, "text": floodText + "More follows, said the agency on Monday."}, true},
		{"fragment", changes{"url": page + "#top"}, true},
		{"host in capitals, own port", changes{"url": "HTTPS://Daily.Example:443/flood?id=1"}, true},
		{"visitors' parameters", changes{"url": page + "&utm_source=x&fbclid=1"}, true},
		{"another page", changes{"url": "https://daily.example/flood?id=2"}, false},
		{"path of another case", changes{"url": "https://daily.example/Flood?id=1"}, false},
		{"no url", changes{}, false},
	}
	for _, tt := range tests {
		if got := id(tt.c); (got == byURL) != tt.same {
			t.Errorf("%s: %s, by URL %s", tt.name, got, byURL)
		}
	}
	if !strings.HasPrefix(byURL, "u-") || !strings.HasPrefix(id(nil), "b-") || id(nil) != id(changes{"headline": "Other"}) {
		t.Errorf("%s, %s", byURL, id(nil))
	}
	if got := id(changes{"id": "mine", "url": page}); got != "mine" {
		t.Errorf("the client's id became %s", got)
	}
}

func TestPublishedForms(t *testing.T) {
	for _, published := range []string{"2025-05-04", "2025-05", "2025", "unknown", "2025-05-08", "1999-12-31"} {
		a := decode[DocumentAnswer](t, ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true", posted(changes{"published": published}), asJSON))
		if string(a.Document.Published) != published {
			t.Errorf("%s is read as %q", published, a.Document.Published)
		}
	}
}

func TestPut(t *testing.T) {
	var got store.Putting
	s := empty
	s.put = func(p store.Putting) (store.Result, error) {
		known := bytes.Equal(got.Body, p.Body) && got.Document.Version == p.Document.Version
		got = p
		return store.Result{Known: known, Facts: p.Facts, Document: p.Document}, nil
	}
	s.facts = paged(make60(), dailySource)
	h := Documents(deps(s))
	r := once(t, h, "POST", "/v1/documents", posted(changes{"id": "d"}), asJSON, "Accept: image/png")
	if r.StatusCode != 201 || r.Header.Get("Location") != "/v1/headlines/d" {
		t.Fatalf("%d, Location %q: %s", r.StatusCode, r.Header.Get("Location"), text(r))
	}
	if string(got.Body) != floodText || got.Document.MediaType != "text/plain" || got.Document.Version == "" || !got.At.Equal(noon) {
		t.Errorf("put %+v", got.Document)
	}
	a := decode[DocumentAnswer](t, r)
	if len(a.Facts) != factsShown || a.Next == nil {
		t.Fatalf("%d facts, next %v", len(a.Facts), a.Next)
	}
	rest := decode[List[fact.Fact]](t, ask(t, All(deps(s)), "GET", "/v1/facts?document=d&cursor="+*a.Next, ""))
	if len(rest.Items) != 10 {
		t.Errorf("%d facts behind the first page", len(rest.Items))
	}
	if again := once(t, h, "POST", "/v1/documents", posted(changes{"id": "d"}), asJSON); again.StatusCode != http.StatusOK || !decode[DocumentAnswer](t, again).Known {
		t.Errorf("the same again is %d", again.StatusCode)
	}
}

func TestHeadlineLeadsToItsOtherFacts(t *testing.T) {
	var asked []time.Time
	s := empty
	s.headline = func(id string, asOf time.Time) (summary.Headline, error) {
		asked = append(asked, asOf)
		return summary.Headline{Source: fact.Source{Document: id}}, nil
	}
	list := paged(make60(), dailySource)
	s.facts = func(f store.Filter, p store.Page) (store.List[fact.Fact], error) {
		asked = append(asked, f.AsOf)
		return list(f, p)
	}
	h := All(deps(s))
	for _, query := range []string{"", "as_of=2025-05-05T10:00:00Z"} {
		asked = nil
		page := decode[HeadlinePage](t, ask(t, h, "GET", "/v1/headlines/d?"+query, ""))
		if len(page.Facts) != factsShown || page.Next == nil {
			t.Fatalf("%d facts, next %v", len(page.Facts), page.Next)
		}
		rest := decode[List[fact.Fact]](t, ask(t, h, "GET", "/v1/facts?document=d&"+query+strings.Repeat("&", min(1, len(query)))+"cursor="+*page.Next, ""))
		if len(rest.Items) != 10 || rest.Next != nil {
			t.Errorf("%q: %d facts behind the first page", query, len(rest.Items))
		}
		for _, at := range asked {
			if at.IsZero() != (query == "") {
				t.Errorf("%q: the store is asked for %v", query, at)
			}
		}
	}
}

func TestPageStatesItself(t *testing.T) {
	page := strings.Replace(floodPage, "</head>", `<meta property="og:site_name" content="The Daily"><meta property="og:url" content="https://daily.example/flood">`+
		`<meta property="article:published_time" content="2025-05-04T09:30:00+02:00"><meta name="author" content="Ana Souza"></head>`, 1)
	r := ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true", page, asHTML)
	if r.StatusCode != 200 {
		t.Fatalf("%d %s", r.StatusCode, text(r))
	}
	d := decode[DocumentAnswer](t, r).Document
	got := strings.Join(append(d.Byline, d.Headline, d.Publisher, string(d.Published), d.URL, string(d.Rights), d.Document[:2]), "|")
	if want := "Ana Souza|River floods three towns|The Daily|2025-05-04|https://daily.example/flood|phrase|u-"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	over := decode[DocumentAnswer](t, ask(t, Documents(deps(empty)), "POST", "/v1/documents?dry_run=true&headline=Ours&published=unknown", page, asHTML)).Document
	if over.Headline != "Ours" || over.Published != fact.Unknown || over.Publisher != "The Daily" {
		t.Errorf("what the client says does not go before the page: %+v", over)
	}
}

// make60 makes 60 facts of document d.
func make60() []fact.Fact {
	var facts []fact.Fact
	for i := range 60 {
		f := sampled[FactAnswer]("getFact").Fact
		f.ID, f.Document = fmt.Sprintf("f%02d", i), "d"
		facts = append(facts, f)
	}
	return facts
}
