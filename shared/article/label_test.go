package article

import (
	"strings"
	"testing"
)

func TestIsDeskMark(t *testing.T) {
	for _, c := range []struct {
		line string
		want bool
	}{
		{"BC-Tarn-Flood, 2nd Ld-Writethru,0410", true},
		{"(Adds mayor's words, paragraphs 3-5)", true},
		{"(UPDATES toll)", false}, // as it may stand in a report in capitals
		{"(Recasts; new throughout)", true},
		{"Eds: UPDATES with toll.", true},
		{"Attention - ADDS quotes ///", true},
		{"((ines.okafor@wire.example; +56 2 555 0100))", true},
		{"TARN FLOOD: 2-2-2", true},
		{"jf/mv/pl", true},
		{"rs/kb (AFP, dpa, Reuters)", true},
		{"-30-", true},
		{"- 2 -", true},
		{"NNNN", true},
		{"End Adv for Sunday, March 6", true},

		{"US-China talks resume in Geneva", false},
		{"BC", false},
		{"(The mayor adds that the water has fallen.)", false},
		{"He adds (as before) that the water has fallen.", false},
		{"Editors of two papers were held, the ministry said.", false},
		{"Attention turned to the dam on Monday.", false},
		{"Tarn won 2-2-2", false},
		{"and/or", true}, // never a paragraph
		{"30 people were hurt", false},
		{"The end", false},
		{"End of the road for the ferry", false},
	} {
		if got := isDeskMark(c.line); got != c.want {
			t.Errorf("%q: %v, want %v", c.line, got, c.want)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, c := range []struct{ name, text, want, paragraphs string }{
		{"a mail", "From: a@post.example\nDate: Thu, 4 Mar 2021 09:00:00 +0100\nSubject: Rain in the hills\n\n" + rain,
			"title: Rain in the hills\npublished: 2021-03-04\n", "dated: Thu, 4 Mar 2021 09:00:00 +0100\nheadline: Rain in the hills\nbody: " + rain + "\n"},
		{"a library's head", "HEADLINE: Rain in the hills\n\nBYLINE: Ines Okafor, Staff Writer\n\nDATELINE: TARN, March 3\n\nLENGTH: 90 words\n\nDATE: March 4, 2021\n\nBODY:\n" + rain + "\n\nLOAD-DATE: March 9, 2021",
			"title: Rain in the hills\nbyline: Ines Okafor\npublished: 2021-03-04\ndateline: TARN | 2021-03-03\n",
			"headline: Rain in the hills\nbyline: Ines Okafor, Staff Writer\nheading: TARN, March 3\ndated: March 4, 2021\nbody: " + rain + "\n"},
		{"a label alone", "Title: unknown\n\n" + rain, "title: Title: unknown\n", "headline: Title: unknown\nbody: " + rain + "\n"},
		{"a colon in prose", rain + "\n\nFrom: the north it came, and it went to the south, the shepherds of the upper valley said.", "",
			"body: " + rain + "\nbody: From: the north it came, and it went to the south, the shepherds of the upper valley said.\n"},
	} {
		a, err := Read([]byte(c.text), "text/plain")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if want, paragraphs := summary(a); want != c.want || paragraphs != c.paragraphs {
			t.Errorf("%s:\n%s%s\nwant:\n%s%s", c.name, want, paragraphs, c.want, c.paragraphs)
		}
		checkOffsets(t, []byte(c.text), "text/plain", a)
	}
}

// What stands in a widget that many sites have, or in an element that HTML does not know, is told from the article.
func TestParts(t *testing.T) {
	const other = "<p>In the great flood of the year before the war, ninety people died in the valley, and nobody wrote their names down.</p>"
	for _, c := range []struct{ name, page, want string }{
		{"comments", "<main><h1>Rain</h1><p>" + rain + "</p><div class='x comments-area'>" + other + "</div></main>", rain},
		{"a consent dialog", "<div id=onetrust-consent-sdk>" + other + "</div><h1>Rain</h1><p>" + rain, rain},
		{"an element of AMP", "<amp-sidebar><div>" + other + "</div></amp-sidebar><article><h1>Rain</h1><p>" + rain + "</article>", rain},
		{"paragraphs in elements of the site", "<x-app><h1>Rain</h1><x-p><span>" + rain + "</span></x-p><x-p><span>" + rain + "</span></x-p></x-app>", rain + "|" + rain},
		{"an element of the site in a line", "<h1>Rain</h1><p>Rain fell on <x-link>the hills</x-link> all night, and the river rose by two metres before dawn.", rain},
		{"an element of the site", "<x-top><b>Post</b></x-top><x-story><h1>Rain</h1><p>" + rain + "</x-story>", rain},
		{"unbalanced elements of the site", "</x-a><x-b><x-a><h1>Rain</h1></x-b></x-b><p>" + rain, rain},
		{"a body that names its comments", "<body class='single comments-open'><h1>Rain</h1><p>" + rain, rain},
		{"other stories in the middle", "<main><h1>Rain</h1><p>" + rain + "</p><div><h3>Related stories</h3><ul><li><a href=/1>Ferry sinks in fog</a></li></ul></div><p>Two villages have no light.</p></main>", rain + "|Two villages have no light."},
		{"more prose behind other stories", "<main><h1>Rain</h1><p>" + rain + "</p><div><h3>Related stories</h3><ul><li><a href=/1>Ferry sinks in fog</a></li></ul></div><p>" + rain + "</p></main>", rain + "|" + rain},
		{"other stories with their first lines", "<main><h1>Rain</h1><p>" + rain + "</p><h3>Related stories</h3><div><h4><a href=/1>Ferry sinks in fog</a></h4>" + other + "</div></main>", rain},
		{"a wiki's marks", "<h1>Rain</h1><div id=siteSub>" + other + "</div><p>" + rain + "</p><h2>Sources<span class=mw-editsection>[edit]</span></h2>" + other, rain},
		{"nothing else on the page", "<div class=comments-area><p>" + rain + "</div>", rain},
	} {
		a, err := Read([]byte(c.page), "text/html")
		if err != nil {
			t.Fatal(c.name, err)
		}
		if got := strings.Join(withRole(a, Body), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		checkOffsets(t, []byte(c.page), "text/html", a)
	}
}

// A byline or a date between line breaks is a line of its own; other lines are joined.
func TestBreaks(t *testing.T) {
	page := "<h2>Rain falls on the hills</h2><p>By Ines Okafor<br>Post Staff Writer<br/>March 4, 2021<br></p><p>Rain fell<br>on the hills all night, and the<br>river rose by two metres before dawn."
	a, err := Read([]byte(page), "text/html")
	if err != nil {
		t.Fatal(err)
	}
	const want = "headline: Rain falls on the hills\nbyline: By Ines Okafor\nbyline: Post Staff Writer\ndated: March 4, 2021\nbody: " + rain + "\n"
	if _, got := summary(a); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	checkOffsets(t, []byte(page), "text/html", a)
}

func TestIsMenu(t *testing.T) {
	for _, c := range []struct {
		line string
		want bool
	}{
		{"[ Home | World | Business | Sport ]", true},
		{"News | Weather | Traffic and Roads", true},

		{"Ana Souza | 3 May 2014 | 5 min read", false},
		{"By Ana Souza | Lima | Wire", false},
		{"Home | World", false},
		{"The minister | who was ill | did not come to the talks", false},
	} {
		if got := isMenu(c.line); got != c.want {
			t.Errorf("%q: %v, want %v", c.line, got, c.want)
		}
	}
}

// The name of the paper, which it gives where it claims its copyright, is not the headline.
func TestMasthead(t *testing.T) {
	for _, c := range []struct{ text, headline string }{
		{"The Straits Courier - World News\n\nRain in the hills\n\nBy Ana Souza\n\n" + rain + "\n\nCopyright (c) 2001 The Straits Courier. All rights reserved.", "Rain in the hills"},
		{"© 2001 The Straits Courier\n\nThe Straits Courier\n\nRain in the hills\n\n" + rain, "Rain in the hills"},
		{"The Straits Courier wins prize\n\nBy Ana Souza\n\n" + rain, "The Straits Courier wins prize"},
	} {
		a, err := Read([]byte(c.text), "text/plain")
		if err != nil {
			t.Fatal(err)
		}
		if a.Headline != c.headline {
			t.Errorf("%q: headline %q, want %q", c.text, a.Headline, c.headline)
		}
	}
}
