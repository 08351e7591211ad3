package feed

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"factbox/shared/fact"
)

const (
	rain = "Rain fell on the hills all night, and 12 people were hurt, the mayor of Olmo said on Tuesday."

	rss = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Hill Post &amp;#8211; News</title><link>https://post.example/</link><description>News of the hills</description>
<item><title>Rain &lt;i&gt;hurts&lt;/i&gt; 12 in Olmo</title><link>https://post.example/rain?utm_source=rss</link><guid isPermaLink="false">post-17</guid>
<dc:creator><![CDATA[Ines Okafor]]></dc:creator><pubDate>Tue, 04 Mar 2014 23:30:00 -0500</pubDate><atom:updated>2014-03-05T08:00:00-05:00</atom:updated>
<description><![CDATA[<p>Rain fell on the hills.</p>]]></description>
<content:encoded><![CDATA[<p>OLMO, Chile (AP) &#8212; ` + rain + `</p><p>Read more: The rain of 1999</p>]]></content:encoded></item>
<item><title>Wind</title><guid>https://post.example/wind</guid><description>A roof was lifted off a school.</description></item>
</channel></rss>`

	atomFeed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Hill &amp;amp; Dale</title><link rel="self" href="https://dale.example/feed"/><link href="https://dale.example/"/>
<entry><id>tag:dale.example,2014:1</id><title type="html">Rain &amp;#8216;hurts&amp;#8217; 12</title><link rel="alternate" href="/2014/rain"/><published>2014-03-04T23:30:00Z</published><updated>2014-03-05T08:00:00Z</updated>
<author><name>Ines Okafor</name></author><author><name>Per Lund</name></author><summary>Rain.</summary><content type="html">&lt;p&gt;` + rain + `&lt;/p&gt;</content></entry>
<entry><id>tag:dale.example,2014:2</id><title>Wind</title><link href="https://dale.example/2014/wind"/><updated>2014-03-05T08:00:00Z</updated></entry></feed>`

	jsonFeed = `{"version":"https://jsonfeed.org/version/1.1","title":"Hill Post","home_page_url":"https://post.example/","items":[
{"id":"17","url":"https://post.example/rain","title":"Rain hurts 12","content_html":"<p>` + rain + `</p>","date_published":"2014-03-04T23:30:00-05:00","date_modified":"2014-03-05T08:00:00-05:00","authors":[{"name":"Ines Okafor"}]}]}`
)

// line writes an item for comparison.
func line(it Item) string {
	updated := "-"
	if !it.Updated.IsZero() {
		updated = it.Updated.Format(time.RFC3339)
	}
	return fmt.Sprintf("%s|%s|%s|%s|%s|%s|%d|%d", it.ID, it.Title, it.Link, strings.Join(it.Authors, ";"), it.Published, updated, len(it.Content), len(it.Summary))
}

func TestRead(t *testing.T) {
	base, err := url.Parse("https://dale.example/feed")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, body, mediaType string
		title, link           string
		items                 []string
	}{
		{"RSS 2.0", rss, "application/rss+xml; charset=utf-8", "Hill Post – News", "https://post.example/", []string{
			"post-17|Rain hurts 12 in Olmo|https://post.example/rain?utm_source=rss|Ines Okafor|2014-03-04|2014-03-05T13:00:00Z|159|30",
			"https://post.example/wind|Wind|https://post.example/wind|||-|0|31"}},
		{"Atom", atomFeed, "application/atom+xml", "Hill & Dale", "https://dale.example/", []string{
			"tag:dale.example,2014:1|Rain ‘hurts’ 12|https://dale.example/2014/rain|Ines Okafor;Per Lund|2014-03-04|2014-03-05T08:00:00Z|100|5",
			"tag:dale.example,2014:2|Wind|https://dale.example/2014/wind|||2014-03-05T08:00:00Z|0|0"}},
		{"JSON Feed", jsonFeed, "application/feed+json", "Hill Post", "https://post.example/", []string{
			"17|Rain hurts 12|https://post.example/rain|Ines Okafor|2014-03-04|2014-03-05T13:00:00Z|100|0"}},
		{"a long JSON Feed", strings.Replace(jsonFeed, rain, strings.Repeat(rain+" ", 60), 1), "", "Hill Post", "https://post.example/", []string{
			"17|Rain hurts 12|https://post.example/rain|Ines Okafor|2014-03-04|2014-03-05T13:00:00Z|5647|0"}},
		{"RDF", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Hill Post</title><link>https://post.example/</link></channel><item rdf:about="https://post.example/rain"><title>Rain</title><link>https://post.example/rain</link><dc:date>2014-03-04T23:30:00-05:00</dc:date></item></rdf:RDF>`,
			"", "Hill Post", "https://post.example/", []string{"https://post.example/rain|Rain|https://post.example/rain||2014-03-04|2014-03-05T04:30:00Z|0|0"}},
		{"no items", `<rss version="2.0"><channel><title>Hill Post</title></channel></rss>`, "", "Hill Post", "", nil},
		{"a link that is none", `<rss version="2.0"><channel><item><title>Rain</title><link>javascript:alert(1)</link><guid>x</guid></item></channel></rss>`, "", "", "", []string{"x|Rain||||-|0|0"}},
		{"dates as they come", `<rss version="2.0"><channel><item><guid>1</guid><pubDate>Tue, 4 Mar 14 23:30 EST</pubDate></item><item><guid>2</guid><pubDate>2014-03-04 23:30:00</pubDate></item><item><guid>3</guid><pubDate>4 March 2014</pubDate></item><item><guid>4</guid><pubDate>yesterday</pubDate></item><item><guid>5</guid><pubDate>3/4/2014</pubDate></item></channel></rss>`,
			"", "", "", []string{"1||||2014-03-04|-|0|0", "2||||2014-03-04|-|0|0", "3||||2014-03-04|-|0|0", "4|||||-|0|0", "5|||||-|0|0"}},
		{"entities of HTML, a control character", "<rss version=\"2.0\"><channel><title>Hill\x0bPost&nbsp;&eacute;</title></channel></rss>", "", "Hill Post é", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Read([]byte(c.body), c.mediaType, base)
			if err != nil {
				t.Fatal(err)
			}
			if f.Title != c.title || f.Link != c.link || len(f.Items) != len(c.items) {
				t.Errorf("title %q, link %q, %d items", f.Title, f.Link, len(f.Items))
			}
			for i, it := range f.Items {
				if i < len(c.items) && line(it) != c.items[i] {
					t.Errorf("item %d: %s\nwant %s", i, line(it), c.items[i])
				}
			}
		})
	}
}

func TestCharsets(t *testing.T) {
	const feed = `<?xml version="1.0" encoding="%"?><rss version="2.0"><channel><title>Olmo – José’s Post</title></channel></rss>`
	encoded := func(declared, label string) string {
		enc, err := htmlindex.Get(label)
		if err != nil {
			t.Fatal(err)
		}
		s, err := enc.NewEncoder().String(strings.Replace(feed, "%", declared, 1))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	const title = "Olmo – José’s Post"
	for _, c := range []struct{ name, body, mediaType, title string }{
		{"UTF-8", encoded("UTF-8", "utf-8"), "text/xml", title},
		{"a mark", "\ufeff" + encoded("iso-8859-1", "utf-8"), "text/xml; charset=iso-8859-1", title},
		{"declared", encoded("ISO-8859-1", "windows-1252"), "application/xml", title},
		{"the media type outranks it", encoded("UTF-8", "windows-1252"), "text/xml; charset=windows-1252", title},
		{"UTF-16", "\xff\xfe" + encoded("utf-16", "utf-16le"), "text/xml", title},
		{"UTF-16, big end first", "\xfe\xff" + encoded("utf-16", "utf-16be"), "", title},
		{"only called UTF-16", encoded("UTF-16", "utf-8"), "", title},
		{"wrong", encoded("UTF-8", "windows-1252"), "", "Olmo \uFFFD Jos\uFFFDs Post"},
	} {
		f, err := Read([]byte(c.body), c.mediaType, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if f.Title != c.title {
			t.Errorf("%s: %q, want %q", c.name, f.Title, c.title)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, body, mediaType string
		code                  fact.Code
	}{
		{"nothing", "", "", fact.Invalid},
		{"a page", "<!DOCTYPE html><html><body><p>Rain</p></body></html>", "text/html", fact.Invalid},
		{"text", rain, "", fact.Invalid},
		{"cut off", rss[:len(rss)/2], "", fact.Invalid},
		{"other JSON", `["Rain"]`, "", fact.Invalid},
		{"broken JSON", `{"version":`, "", fact.Invalid},
		{"too deep", `<rss version="2.0"><channel>` + strings.Repeat("<a:b>", 200_000), "", fact.Invalid},
		{"deep JSON", `{"a":` + strings.Repeat("[", 200_000), "", fact.Invalid},
		{"an entity of its own", `<!DOCTYPE rss [<!ENTITY a "Rain"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title>`, "", fact.Invalid},
		{"an unknown charset", rss, "text/xml; charset=utf-7", fact.Unsupported},
	} {
		_, err := Read([]byte(c.body), c.mediaType, nil)
		var e *fact.Error
		if !errors.As(err, &e) || e.Code != c.code || e.Message == "" {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestArticle(t *testing.T) {
	f, err := Read([]byte(rss), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	it := f.Items[0]
	a, err := it.Article()
	if err != nil {
		t.Fatal(err)
	}
	if a.Headline != "Rain hurts 12 in Olmo" || a.Published != "2014-03-04" || a.URL != it.Link || strings.Join(a.Byline, ";") != "Ines Okafor" ||
		a.Dateline == nil || a.Dateline.Place != "OLMO, Chile" || len(a.Paragraphs) != 1 {
		t.Errorf("%+v", a)
	}
	p := a.Paragraphs[0]
	at := strings.Index(p.Text, "12 people were hurt")
	from, to := p.Source(at, at+len("12 people were hurt"))
	if got := it.Content[from:to]; got != "12 people were hurt" {
		t.Errorf("the source is %q", got)
	}
	if _, err := (Item{Title: "Wind"}).Article(); err == nil {
		t.Error("an item without text makes an article")
	}
}

// FuzzRead checks that no bytes make the reader fail in another way than by a *fact.Error, and that links are web addresses.
func FuzzRead(f *testing.F) {
	for _, s := range []string{rss, atomFeed, jsonFeed} {
		f.Add([]byte(s), "text/xml")
		f.Add([]byte(s[:len(s)/2]), "text/xml; charset=windows-1252")
	}
	f.Fuzz(func(t *testing.T, body []byte, mediaType string) {
		feed, err := Read(body, mediaType, nil)
		if err != nil {
			var e *fact.Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v", err)
			}
			return
		}
		for _, it := range feed.Items {
			if it.Link != "" && !strings.HasPrefix(it.Link, "http://") && !strings.HasPrefix(it.Link, "https://") {
				t.Fatalf("link %q", it.Link)
			}
			if _, _, ok := it.Published.Bounds(); it.Published != "" && !ok {
				t.Fatalf("published %q", it.Published)
			}
			if _, err := it.Article(); err != nil {
				var e *fact.Error
				if !errors.As(err, &e) {
					t.Fatalf("error %v", err)
				}
			}
		}
	})
}

// BenchmarkRead reads feeds of up to 4 MiB: the time for a byte must not grow.
func BenchmarkRead(b *testing.B) {
	head, item, _ := strings.Cut(rss, "<item>")
	item, tail, _ := strings.Cut(item, "</channel>")
	for _, n := range []int{16 << 10, 256 << 10, 4 << 20} {
		body := []byte(head + strings.Repeat("<item>"+item, 1+n/len(item)) + "</channel>" + tail)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			for b.Loop() {
				if _, err := Read(body, "", nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestDeleted(t *testing.T) {
	for _, c := range []struct {
		body string
		want []string
	}{
		{`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>w</id><at:deleted-entry ref=" a " when="2026-11-19T08:00:00Z"/><entry><id>b</id></entry><at:deleted-entry ref=""/></feed>`, []string{"a"}},
		{`<rss version="2.0" xmlns:x="http://purl.org/atompub/tombstones/1.0"><channel><x:deleted-entry ref="a"><x:by>Desk</x:by></x:deleted-entry><x:deleted-entry ref="c"/></channel></rss>`, []string{"a", "c"}},
		{`<rss version="2.0"><channel><item><guid>a</guid></item></channel></rss>`, nil},
	} {
		f, err := Read([]byte(c.body), "", nil)
		if err != nil || !slices.Equal(f.Deleted, c.want) {
			t.Errorf("%s: %q, %v, want %q", c.body, f.Deleted, err, c.want)
		}
	}
}
