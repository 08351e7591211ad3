package api

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// feed says the entries of a page in short.
func feed(l ChangeList) string {
	var s []string
	for _, c := range l.Items {
		s = append(s, strings.TrimSpace(fmt.Sprint(c.Seq, " ", c.Action, " ", c.Document, " ", c.Story, " ", cell(c.MovedFrom), " ", cell(c.Review))))
	}
	return strings.Join(s, "; ")
}

func TestChanges(t *testing.T) {
	d := newDesk(t)
	if r := ask(t, d, "GET", "/v1/changes", ""); text(r) != `{"items":[],"next":0,"more":false}`+"\n" || r.Header.Get("Cache-Control") != cacheRevalidate {
		t.Errorf("of nothing: %s, Cache-Control %s", text(r), r.Header.Get("Cache-Control"))
	}
	path := "/v1/facts/" + killedBy(t, d).ID
	d.put(t, 200, changes{"id": "daily", "story": flood, "rights": "full"})
	for range 2 {
		if r := once(t, d, "PATCH", path, patched(nil), asJSON); r.StatusCode != 200 {
			t.Fatal(text(r))
		}
	}
	d.put(t, 201, changes{"id": "daily", "story": drought})
	last := get[ChangeList](t, d, "/v1/changes?since=2")
	once(t, d, "DELETE", "/v1/documents/daily", "")

	const want = "1 put daily river-flood-2025; 2 review daily river-flood-2025  accepted; 3 put daily drought-2025 river-flood-2025; 4 withdraw daily drought-2025"
	all := get[ChangeList](t, d, "/v1/changes")
	if got := feed(all); got != want || all.Next != 4 || all.More {
		t.Errorf("%s, next %d, more %v\nwant %s", got, all.Next, all.More, want)
	}
	if got := feed(last); got != "3 put daily drought-2025 river-flood-2025" || last.Next != 3 {
		t.Errorf("since 2: %s, next %d", got, last.Next)
	}
	if rest := get[ChangeList](t, d, fmt.Sprint("/v1/changes?since=", last.Next)); feed(rest) != "4 withdraw daily drought-2025" {
		t.Errorf("since 3: %s", feed(rest))
	}

	// Along the links, a page each.
	var got []string
	target := "/v1/changes?limit=1&format=json"
	for n := 0; target != ""; n++ {
		r := ask(t, d, "GET", target, "")
		l := decode[ChangeList](t, r)
		got = append(got, feed(l))
		link := r.Header.Get("Link")
		if l.More != (link != "") || l.More != (r.Header.Get("Cache-Control") == cacheRead) || n > 4 {
			t.Fatalf("more %v, Link %q, Cache-Control %q", l.More, link, r.Header.Get("Cache-Control"))
		}
		if target = ""; link != "" {
			next, err := url.Parse(strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`))
			if err != nil {
				t.Fatal(err)
			}
			target = "/v1/changes" + next.String()
		}
	}
	if strings.Join(got, "; ") != want {
		t.Errorf("along the links: %q", got)
	}

	// Nothing new: the same page, whose tag tells so.
	first := ask(t, d, "GET", "/v1/changes?since=4", "")
	if text(first) != `{"items":[],"next":4,"more":false}`+"\n" {
		t.Errorf("nothing new: %s", text(first))
	}
	if r := ask(t, d, "GET", "/v1/changes?since=4", "", "If-None-Match: "+first.Header.Get("ETag")); r.StatusCode != 304 || r.Header.Get("Cache-Control") == cacheRead {
		t.Errorf("asked again: %d, Cache-Control %s", r.StatusCode, r.Header.Get("Cache-Control"))
	}

	for format, has := range map[string]string{
		"csv":    "seq,recorded_at,action,document,revision,version,story,moved_from,fact,review\r\n1,2025-05-06T12:00:00.000Z,put,daily,1,",
		"ndjson": `{"seq":1,"recorded_at":"2025-05-06T12:00:00.000Z","action":"put","document":"daily",`,
		"text":   "1, 2025-05-06T12:00:00.000Z: daily, of story river-flood-2025, was put\n2, ",
	} {
		if body := text(ask(t, d, "GET", "/v1/changes?format="+format, "")); !strings.HasPrefix(body, has) || strings.Count(strings.TrimSpace(body), "\n") != 3+strings.Count(format, "csv") {
			t.Errorf("%s: %s", format, body)
		}
	}
	lines := strings.Split(text(ask(t, d, "GET", "/v1/changes?format=text", "")), "\n")
	if !strings.HasSuffix(lines[1], " accepted") || !strings.HasSuffix(lines[2], "drought-2025, has a new version, moved from story river-flood-2025") || !strings.HasSuffix(lines[3], "was withdrawn") {
		t.Errorf("as text: %q", lines)
	}
	if body := text(ask(t, d, "GET", "/v1/changes?since=4&format=text", "")); body != "Nothing new.\n" {
		t.Errorf("nothing new, as text: %q", body)
	}

	for query, says := range map[string]string{
		"since=5": "There is no change 5 yet: the last is 4", "since=-1": "0 to 999999999999", "since=x": "whole number", "since=1e3": "whole number",
		"cursor=4": "since", "limit=0": "1 to 100", "story=s": "since",
	} {
		wantProblem(t, ask(t, d, "GET", "/v1/changes?"+query, ""), 400, says)
	}
}
