package article

import (
	"strings"
	"testing"
)

func TestFurniture(t *testing.T) {
	for _, c := range []struct {
		line           string
		found, closing bool
	}{
		{"Skip to main content", true, false},
		{"SKIP TO CONTENT", true, false},
		{"Sign up for our newsletter", true, false},
		{"Weekly digestGet the best stories every weekday", true, false}, // two lines run together
		{"Get essential news every morning", true, false},
		{"Read more: The history of the dam", true, false},
		{"ALSO READ: Ferry sinks off the coast", true, false},
		{"12 Comments", true, false},
		{"Leave a comment", true, false},
		{"Comments are closed.", true, false},
		{"Share this", true, false},
		{"Follow us on Facebook", true, false},
		{"We use cookies to improve this site.", true, false},
		{"© 2021 The Harbour Post", true, false},
		{"Copyright 2021 The Harbour Post. All rights reserved.", true, false},
		{"To contact the reporter on this story: Ana Souza in Port Tarn", true, false},
		{"To contact the Harbour Post and its friends visit:", true, false},
		{"Tags: dams, Tarn, floods", true, false},
		{"4 min read", true, false},
		{"Photos", true, false},
		{"The page you were looking for could not be found.", true, false},
		{"Page not found", true, true},
		{"404 – Not found", true, true},
		{"FOR IMMEDIATE RELEASE", true, false},
		{"Press Release No. 31", true, false},
		{"EMBARGOED UNTIL 00:01 GMT, 12 June 2014", true, false},
		{"Page 2 of 3", true, false},
		{"(c) 1996 The Hill Wire", true, false},
		{"Media contact: Jay Roy, +91 361 555 0100", true, false},
		{"For further information please contact the press office", true, false},
		{"Staff writer Fay Hill contributed to this report.", true, false},
		{"Follow our coverage of the drought here.", true, false},
		{"Our Standards: The Principles of Trust", true, false},
		{"The Post is not responsible for the content of external sites.", true, false},
		{"Updated 3 hours ago", true, false},
		{"2 hours ago", true, false},
		{"This live page is now closed.", true, false},
		{"Have you been there? Tell us by emailing news@post.example.", true, false},
		{"Advertisement · Scroll to continue", true, false},
		{"By clicking “Accept all”, you agree to the storing of cookies on your device, so that the site can be made better, its use be counted, and advertisements be shown to you.", true, false},
		{"When you visit any website, it may store information on your browser, mostly in the form of cookies, which may be about you, what you like, or the device that you use.", true, false},
		{"Since you’re here, we have a favour to ask: more people than ever read us, and unlike many papers we have no paywall, because we think that everybody should read the news.", true, false},
		{"A version of this article appears in print on July 18, 2023, Section A, Page 8 of the Western edition with the headline: Rain Falls on the Hills, and Rivers Rise.", true, false},
		{"— Harbour Board (@harbour) 5 October 2018", true, false},
		{"ENDS", true, true},
		{"Notes to editors:", true, true},
		{"Media enquiries", true, true},
		{"2 thoughts on “Rain in the hills”", true, true},
		{"Related Posts", true, true},
		{"RELATED STORIES:", true, true},
		{"More from World", true, true},
		{"Most read", true, true},
		{"You may also like", true, true},
		{"Editors’ picks", true, true},
		{"Don’t miss", true, true},
		{"Leave a Reply", true, true},

		{"For immediate release of the hostages the envoy offered grain.", false, false},
		{"Press releases were late on Monday, the mayor said.", false, false},
		{"Finland votes to become a member of the alliance", false, false},
		{"Ministers hope that the country can become a full member next year.", false, false},
		{"Page 2 of the report names the dead.", false, false},
		{"The embargo ended on Monday.", false, false},
		{"Three villages contributed to this flood fund of the district.", false, false},
		{"Follow the river for two days and you come to the dam.", false, false},
		{"Two hours ago the dam broke, she said.", false, false},
		{"When you visit any village in the valley, you hear the same story of the night on which the dam broke and of the families who ran up the hill in the dark.", false, false},
		{"Ends and means are not the same, he said.", false, false},
		{"The mayor (left) wrote that the water would fall.", false, false},
		{"The comments are closed to interpretation, the court said, and it will read more of them on Monday.", false, false},
		{"They get news from the front every day, she said.", false, false},
		{"The results may not be published before Monday, he said.", false, false},
		{"Copyright law is to be changed, the minister said.", false, false},
		{"Share prices fell on Thursday.", false, false},
		{"Share on Monday fell by two per cent, traders said.", false, false},
		{"More from the valley were taken to the school, the army said, and more will follow.", false, false},
		{"Related posts were removed by the company after the vote.", false, false},
		{"To contact the rebels, the envoy had to cross the river by night.", false, false},
		{"Photos show soldiers carrying sandbags.", false, false},
		{"Latest figures show 61 dead.", false, false},
		{"Follow-up talks are to be held on Friday", false, false},
		{"Top officials in Oslo said nothing", false, false},
		{"The governor said she had signed up for the mission herself.", false, false},
		{"Roads still cut", false, false},
		{"", false, false},
	} {
		found, closing := furniture(c.line, shapeOf(c.line))
		found = found || isPostSignature(c.line)
		if found != c.found || closing != c.closing {
			t.Errorf("%q: furniture %v, closing %v; want %v, %v", c.line, found, closing, c.found, c.closing)
		}
	}
}

// Every pattern of furniture.txt has a known kind and a word that must be there.
func TestFurnitureFile(t *testing.T) {
	kinds := map[string]bool{"line": true, "start": true, "in": true, "label": true, "close": true, "open": true}
	patterns := 0
	for line := range strings.Lines(furnitureList) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		patterns++
		fixed := false
		for _, f := range fields[1:] {
			pt := newPart(f)
			fixed = fixed || !pt.optional && !pt.any
		}
		if !kinds[fields[0]] || !fixed {
			t.Errorf("%q: no such kind, or no word that must be there", strings.TrimSpace(line))
		}
	}
	if patterns < 100 {
		t.Errorf("%d patterns: the file was not read", patterns)
	}
}

func TestClosing(t *testing.T) {
	prose := "The governor said that " + strings.Repeat("the river and ", 8) + "the rain went on."
	for _, c := range []struct{ name, text, want string }{
		{"ends the article", rain + "\n\nRelated posts\n\nFerry sinks\n\nMinisters meet in Lagos\n\n" + prose, rain},
		{"not before two paragraphs", rain + "\n\nMost read\n\nFerry sinks\n\n" + prose + "\n\n" + prose, rain + "|" + prose + "|" + prose},
		{"not before the prose", "Latest news\n\n" + rain, rain},
	} {
		a, err := Read([]byte(strings.ReplaceAll(c.text, rain, rain+" "+prose)), "text/plain")
		if err != nil {
			t.Fatal(c.name, err)
		}
		want := strings.ReplaceAll(c.want, rain, rain+" "+prose)
		if got := strings.Join(withRole(a, Body), "|"); got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
		for _, p := range a.Paragraphs {
			if strings.Contains(p.Text, "Ferry") {
				t.Errorf("%s: %q is kept", c.name, p.Text)
			}
		}
	}
}
