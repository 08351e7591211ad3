package article

import (
	"slices"
	"testing"

	"factbox/shared/fact"
)

func TestDateLine(t *testing.T) {
	for _, c := range []struct {
		line      string
		ok        bool
		published fact.EDTF
	}{
		{"28 November 2015", true, "2015-11-28"},
		{"Thursday, 26 November 2015", true, "2015-11-26"},
		{"November 26, 2015", true, "2015-11-26"},
		{"Sat., Nov. 7th, 2015", true, "2015-11-07"},
		{"3rd of May 2014 at 9.30pm", true, "2014-05-03"},
		{"2015-11-26T23:30:00-05:00", true, "2015-11-26"},
		{"2015/11/26", true, "2015-11-26"},
		{"26-Nov-2015", true, "2015-11-26"},
		{"Published: 26 November 2015 14:05 GMT", true, "2015-11-26"},
		{"POSTED ON NOVEMBER 26, 2015", true, "2015-11-26"},
		{"14:05 GMT, 26 November 2015", true, "2015-11-26"},
		{"Published 26 Nov 2015 | Updated 27 Nov 2015", true, "2015-11-26"},
		{"26 November 2015 • 4 min read", true, "2015-11-26"},
		{"26.11.2015", true, "2015-11-26"},
		{"11/26/2015", true, "2015-11-26"},
		{"11/11/2015", true, "2015-11-11"},
		{"3/4/2015", true, ""},             // March or April
		{"Updated: 27 Nov 2015", true, ""}, // not the day of publication
		{"26 November 2015, 27 November 2015", true, ""},

		{"30 February 2015", false, ""},
		{"August 19, 1998, Wednesday, FINAL EDITION", true, "1998-08-19"},
		{"Tue, June 30, 2020, 11:12 AM GMT+5·2 min read", true, "2020-06-30"},
		{"30 June 2020 11:12 UTC+05:30", true, "2020-06-30"},
		{"Jul 19, 2019, 09:30 ET", true, "2019-07-19"},
		{"07/27/2020July 27, 2020", true, "2020-07-27"},
		{"AP-NY-03-04-94 2133EST", true, "1994-03-04"},
		{"AP-NY-03-04-01 2133EDT<", true, "2001-03-04"},
		{"AP-NY-13-04-01 2133EDT", false, ""},
		{"26 November", false, ""},
		{"November 2015", false, ""},
		{"Talks of 26 November 2015", false, ""},
		{"On 26 November 2015 the talks began.", false, ""},
		{"2015", false, ""},
		{"call 020 7946 0958", false, ""},
	} {
		stamps, ok := dateLine(c.line)
		if ok != c.ok || publication(stamps) != c.published {
			t.Errorf("%q: %v, published %q; want %v, %q", c.line, ok, publication(stamps), c.ok, c.published)
		}
	}
}

func TestByline(t *testing.T) {
	for _, c := range []struct {
		line  string
		names []string
	}{
		{"By Ines Okafor", []string{"Ines Okafor"}},
		{"By Ines Okafor and Per Lund", []string{"Ines Okafor", "Per Lund"}},
		{"by Ines Okafor, Per Lund, and Ana de Souza", []string{"Ines Okafor", "Per Lund", "Ana de Souza"}},
		{"BY INES OKAFOR", []string{"INES OKAFOR"}},
		{"By: Jean-Luc O’Hara", []string{"Jean-Luc O’Hara"}},
		{"By J. P. van der Berg in Port Tarn", []string{"J. P. van der Berg"}},
		{"By Ines Okafor, Political Editor", []string{"Ines Okafor"}},
		{"By Ines Okafor (Reuters)", []string{"Ines Okafor"}},
		{"**By Ines Okafor | Port Tarn**", []string{"Ines Okafor"}},
		{"By INES OKAFOR, Associated Press Writer", []string{"INES OKAFOR"}},
		{"By Ines Okafor for the Strait Herald", []string{"Ines Okafor"}},
		{"Reported by Ines Okafor & Per Lund", []string{"Ines Okafor", "Per Lund"}},

		{"By Friday the river had fallen.", nil},
		{"By Friday", nil},
		{"By the River", nil},
		{"By the Numbers", nil},
		{"By a narrow margin", nil},
		{"Bystanders Speak", nil},
		{"Ines Okafor", nil},
	} {
		if names, _ := byline(c.line); !slices.Equal(names, c.names) {
			t.Errorf("%q: %q, want %q", c.line, names, c.names)
		}
	}
	for _, line := range []string{"By Ines Okafor | Published on Thursday, 4 March 2021", "By Ines Okafor 4 March 2021, 18:20", "Posted on March 4, 2021 by Ines Okafor", "Ines Okafor · March 4, 2021 · 5 min read"} {
		names, stamps, ok := datedByline(line)
		if !ok || !slices.Equal(names, []string{"Ines Okafor"}) || publication(stamps) != "2021-03-04" {
			t.Errorf("%q: %q, %v, %v", line, names, stamps, ok)
		}
	}
	if names, _, ok := datedByline("Killed on 4 March 2021 by Marta Vey"); ok {
		t.Errorf("a heading is a byline of %q", names)
	}
}

func TestCaptions(t *testing.T) {
	for _, c := range []struct {
		line string
		want bool
	}{
		{"The lower town on Wednesday (AFP)", true},
		{"The lower town on Wednesday. AFP/Jo Field", true},
		{"The lower town on Wednesday. Jo Field/AFP/Getty Images", true},
		{"The lower town on Wednesday [AP Photo/Jo Field]", true},
		{"The lower town on Wednesday. Photo: Jo Field", true},
		{"Photographer: Jo Field/Bloomberg", true},
		{"Marta Vey (right) and the mayor in the school", true},
		{"Governor Marta Vey speaks to nurses in the school that serves as a hospital", true},
		{"In this file photo, soldiers guard the bridge", true},
		{"Image source, Getty Images", true},
		{"Image caption, The lower town at dawn", true},
		{"[1/3]A road under water near the dam. Acquire rights", true},

		{"Norway sends field hospital after dam bursts", false},
		{"The dead were named by the army, a spokesman told AFP.", false},
		{"PORT TARN (AFP) - A bridge fell into the river.", false},
		{"She speaks to nurses in the school every day, and goes home at night on foot.", false},
		{"Roads still cut", false},
		{"Images of the dam were shown on Monday.", false},
		{"[1] Statement by the army.", false},
	} {
		b := newBlock(c.line, nil)
		if got := captioned(&b); got != c.want {
			t.Errorf("%q: caption %v, want %v", c.line, got, c.want)
		}
	}
}

func TestEntity(t *testing.T) {
	for _, c := range []struct {
		s, decoded string
		width      int
	}{
		{"&amp;x", "&", 5},
		{"&ampere", "&", 4},
		{"&notit;", "¬", 4},
		{"&notin;", "∉", 7},
		{"&copy2015", "©", 5},
		{"&#65;B", "A", 5},
		{"&#65B", "A", 4},
		{"&#x41;", "A", 6},
		{"&#59;", ";", 5},
		{"&semi;", ";", 6},
		{"&CounterClockwiseContourIntegral;", "∳", 33},
		{"&fjlig;", "fj", 7},
		{"&", "", 0},
		{"& co", "", 0},
		{"&bogus;", "", 0},
		{"&#;", "", 0},
	} {
		if decoded, width := entity(c.s); decoded != c.decoded || width != c.width {
			t.Errorf("%q: %q, %d; want %q, %d", c.s, decoded, width, c.decoded, c.width)
		}
	}
}

func TestMetadata(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       string
	}{
		{"Open Graph", `<meta property="og:title" content="Rain | The Post"><meta property="og:site_name" content="The Post"><meta property="article:published_time" content="2021-03-04T01:00:00+09:00">`,
			"title: Rain\npublisher: The Post\npublished: 2021-03-04\n"},
		{"meta names", `<title>Rain - Post</title><meta name="Author" content="By Ines Okafor"><meta name="date" content="4 March 2021">`,
			"title: Rain - Post\nbyline: Ines Okafor\npublished: 2021-03-04\n"},
		{"an array of types, authors as text", `<script type=application/ld+json>[{"@type":["NewsArticle","Thing"],"headline":"Rain","author":"Ines Okafor","datePublished":"2021-03-04"}]</script>`,
			"title: Rain\nbyline: Ines Okafor\npublished: 2021-03-04\n"},
		{"references by @id", `<script type=application/ld+json>{"@graph":[{"@type":"Organization","@id":"#o","name":"The Post"},{"@type":"Person","@id":"#p","name":"Ines Okafor"},{"@type":"Article","headline":"Rain","author":{"@id":"#p"},"publisher":{"@id":"#o"}}]}</script>`,
			"title: Rain\npublisher: The Post\nbyline: Ines Okafor\n"},
		{"a reference into another script", `<script type=application/ld+json>{"@type":"NewsArticle","headline":"Rain","publisher":{"@id":"https://post.example/#o"}}</script><script type=application/ld+json>{"@type":"Organization","@id":"https://post.example/#o","name":"The Post"}</script>`,
			"title: Rain\npublisher: The Post\n"},
		{"a reference to nothing", `<script type=application/ld+json>{"@type":"NewsArticle","headline":"Rain","publisher":{"@id":"https://post.example/#o"}}</script>`, "title: Rain\n"},
		{"several articles, one of this address", `<link rel=canonical href="https://post.example/rain"><script type=application/ld+json>[{"@type":"NewsArticle","headline":"Snow","url":"https://post.example/snow","datePublished":"2021-03-01"},{"@type":"NewsArticle","headline":"Rain","mainEntityOfPage":{"@id":"https://post.example/rain"},"datePublished":"2021-03-04"}]</script>`,
			"title: Rain\npublished: 2021-03-04\nurl: https://post.example/rain\n"},
		{"CDATA around JSON-LD", "<script type=application/ld+json>\n//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"Rain\"}\n//]]>\n</script>", "title: Rain\n"},
		{"a comment around JSON-LD", `<script type=application/ld+json><!-- {"@type":"NewsArticle","headline":"Rain"} --></script>`, "title: Rain\n"},
		{"a line end in a string, a last comma", "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Rain\nin hills\",\"author\":[{\"name\":\"Ines Okafor\"},],}</script>", "title: Rain in hills\nbyline: Ines Okafor\n"},
		{"entities in JSON-LD", `<script type=application/ld+json>{"@type":"NewsArticle","headline":"Rain &#8211; miners&#8217; fear"}</script>`, "title: Rain – miners’ fear\n"},
		{"UTC, and the same instant with a zone", `<meta property=article:published_time content="2021-03-05T02:12:08Z"><time datetime="2021-03-04T21:12:08-05:00">March 4</time>`, "published: 2021-03-04\n"},
		{"UTC, and the day that is shown", `<meta property=article:published_time content="2021-03-05T02:12:08Z"><p>Published March 4, 2021</p>`, "published: 2021-03-04\n"},
		{"UTC, and the day shown in the east", `<meta property=article:published_time content="2021-03-05T20:12:08Z"><p>Published 6 March 2021</p>`, "published: 2021-03-06\n"},
		{"UTC, and a day that no zone has then", `<meta property=article:published_time content="2021-03-05T20:12:08Z"><p>Published March 4, 2021</p>`, "published: 2021-03-05\n"},
		{"a zone of its own, and another day shown", `<meta property=article:published_time content="2021-03-05T02:12:08-05:00"><p>Published March 4, 2021</p>`, "published: 2021-03-05\n"},
		{"a property of another item", `<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop=datePublished content="2021-03-01"></div><div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop=datePublished content="2021-03-02"></div>`, ""},
		{"a property of the page", `<meta itemprop=datePublished content="2021-03-04">`, "published: 2021-03-04\n"},
		{"microdata", `<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop=headline>Rain</h1><meta itemprop=datePublished content="2021-03-04"><span itemprop=author>Ines Okafor</span><span itemprop=author>Per Lund</span><b itemprop="publisher" itemscope><i itemprop=name>The Post</i></b></div>`,
			"title: Rain\npublisher: The Post\nbyline: Ines Okafor; Per Lund\npublished: 2021-03-04\n"},
		{"an amount of milliseconds", `<script type=application/ld+json>{"@type":"NewsArticle","headline":"Rain","datePublished":1614816000000}</script>`, "title: Rain\n"},
		{"an author with By, another that is the publisher", `<script type=application/ld+json>{"@type":"NewsArticle","headline":"Rain","author":[{"name":"By Ines Okafor"},{"name":"Strait Herald"}],"publisher":{"name":"Strait Herald"}}</script>`,
			"title: Rain\npublisher: Strait Herald\nbyline: Ines Okafor\n"},
		{"JSON-LD of something else", `<script type=application/ld+json>{"@type":"Organization","headline":"Post","datePublished":"2001-01-01"}</script>`, ""},
		{"broken JSON-LD", `<script type=application/ld+json>{"@type":</script><meta name=pubdate content="20210304">`, "published: 2021-03-04\n"},
		{"an impossible day", `<meta name=date content="2021-02-30">`, ""},
		{"mail's form", `<meta name=date content="Thu, 04 Mar 2021 23:59:00 -0800">`, "published: 2021-03-04\n"},
		{"canonical", `<link rel=canonical href="https://post.example/rain">`, "url: https://post.example/rain\n"},
		{"a relative address", `<link rel=canonical href="/rain"><meta property=og:url content="javascript:alert(1)">`, ""},
		{"a time element", `<time datetime="2021-03-04T09:00">Thursday</time>`, "published: 2021-03-04\n"},
		{"two days", `<time datetime="2021-03-04">Thu</time><time datetime="2021-03-05">Fri</time>`, ""},
		{"two days, one marked", `<time class=updated datetime="2021-03-05">Fri</time><time itemprop=datePublished datetime="2021-03-04">Thu</time>`, "published: 2021-03-04\n"},
	} {
		a, err := Read([]byte(c.head+"<p>"+rain), "text/html")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got, _ := summary(a); got != c.want {
			t.Errorf("%s:\n%swant:\n%s", c.name, got, c.want)
		}
	}
}
