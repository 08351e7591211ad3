package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"factbox/shared/capacity"
	"factbox/shared/cluster"
)

// loose makes a document "paper-day" of November 2015 without a story.
func loose(name, headline, text string) Putting {
	p := putting(name, "", headline, morning)
	p.Document.StoryTitle = ""
	p.Body = []byte(headline + "\n\n" + text)
	p.Document.Seal(p.Body)
	mentions := cluster.Read(name, headline, []string{text}, p.Document.Published)
	p.Mentions = &mentions
	return p
}

const (
	sinking = "The ferry Havlys sank off Lavik on Tuesday. Divers from Bergen searched the wreck of the Havlys."
	raising = "A crane from Bergen lifted the bow of the ferry Havlys off Lavik on Thursday."
	opera   = "The opera of Bergen named Ilze Berzina as music director. She will conduct Sibelius."
)

func TestPlacement(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, c := range []struct {
		what    string
		p       Putting
		story   string
		how     How
		because string
	}{
		{"the first starts a story", loose("herald-24", "Ferry Havlys sinks", sinking), "ferry-havlys-sinks-2015-11-24", Started, "no story is like it"},
		{"the like joins it", loose("post-26", "Crane lifts Havlys", raising), "ferry-havlys-sinks-2015-11-24", Joined, "havlys"},
		{"another topic of the town does not", loose("post-25", "Opera names director", opera), "opera-names-director-2015-11-25", Started, ""},
		{"a given story holds", putting("mail-25", "given", "Ferry Havlys sinks", morning), "given", Given, "given"},
		{"the same again stays", loose("post-26", "Crane lifts Havlys", raising), "ferry-havlys-sinks-2015-11-24", Stayed, "before"},
		{"a new version stays, whatever it says", loose("post-26", "Opera names director", opera), "ferry-havlys-sinks-2015-11-24", Stayed, "before"},
		{"an editor moves it", putting("post-26", "opera-names-director-2015-11-25", "Opera names director", noon), "opera-names-director-2015-11-25", Given, "given"},
		{"and there it stays", loose("post-26", "Crane lifts Havlys", raising), "opera-names-director-2015-11-25", Stayed, "before"},
		{"a headline that an old story had", loose("mail-24", "Ferry Havlys sinks", "Nothing of it is known: Zanzibar, Quito and a goose."), "", "", ""},
	} {
		r := b.put(c.p)
		got := r.Placement
		if c.story == "" {
			continue // what becomes of it is the business of cluster
		}
		if got.Story != c.story || got.How != c.how || !strings.Contains(got.Because, c.because) {
			t.Errorf("%s: %+v, want %s in %s because of %q", c.what, got, c.how, c.story, c.because)
		}
		if r.Document.Story != c.story {
			t.Errorf("%s: the document is in %q", c.what, r.Document.Story)
		}
		stored, err := b.Document(context.Background(), c.p.Document.Source.Document)
		if err != nil || stored.Story != c.story || stored.Version != r.Document.Version {
			t.Errorf("%s: stored in %q as %s, %v", c.what, stored.Story, stored.Version, err)
		}
	}
}

func TestPlaceWritesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(loose("herald-24", "Ferry Havlys sinks", sinking))
	before := b.dump()
	p, placement, err := b.Place(context.Background(), loose("post-26", "Crane lifts Havlys", raising))
	if err != nil || placement.How != Joined || p.Document.Story != placement.Story {
		t.Errorf("%+v in %q, %v", placement, p.Document.Story, err)
	}
	sameDump(t, "after Place", b.dump(), before)
}

func TestSameHeadlineIsAnotherStory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i, want := range []string{"storm-2015-11-24", "storm-2015-11-24-2", "storm-2015-11-24-3"} {
		p := loose(fmt.Sprintf("paper%d-24", i), "Storm", "")
		p.Mentions = nil
		if got := b.put(p).Placement.Story; got != want {
			t.Errorf("story %q, want %q", got, want)
		}
	}
}

// placements gives the document's story by document.
func placements(b *bench, names ...string) map[string]string {
	stories := make(map[string]string)
	for _, name := range names {
		d, err := b.Document(context.Background(), name)
		if err != nil {
			b.t.Fatal(err)
		}
		stories[name] = d.Story
	}
	return stories
}

// TestTwoStartOneStory has another writer put a document of the same event before each call of a put in turn.
func TestTwoStartOneStory(t *testing.T) {
	t.Parallel()
	alone := newBench(t)
	alone.wire.calls = 0
	alone.put(loose("herald-24", "Ferry Havlys sinks", sinking))
	calls := alone.wire.calls
	if calls < 10 {
		t.Fatalf("a put takes %d calls", calls)
	}
	for n := 1; n <= calls; n++ {
		b := newBench(t)
		rival := b.over(&wire{})
		w := &wire{between: map[int]func(){n: func() { rival.put(loose("post-26", "Crane lifts Havlys", raising)) }}}
		b.over(w).put(loose("herald-24", "Ferry Havlys sinks", sinking))
		if got := placements(b, "herald-24", "post-26"); got["herald-24"] != got["post-26"] {
			t.Errorf("the other came before call %d: %v", n, got)
		}
	}
}

// TestUnlistedDocumentIsFound puts a document whose like was committed and cut off before any list of it was made.
func TestUnlistedDocumentIsFound(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	commit := 3 // after the blobs of text and facts
	if err := putIt(b.over(&wire{breakAt: commit, answered: true}), loose("herald-24", "Ferry Havlys sinks", sinking)); err == nil {
		t.Fatal("the put was not cut off")
	}
	if p := b.put(loose("post-26", "Crane lifts Havlys", raising)).Placement; p.How != Joined {
		t.Errorf("%+v, want it to join the story of the document that is pending", p)
	}
}

func TestWritersAtOnceStartOneStory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var names []string
	var group sync.WaitGroup
	for i := range 6 {
		name := fmt.Sprintf("paper%d-2%d", i, 4+i%3)
		names = append(names, name)
		group.Go(func() {
			if err := putIt(b.over(&wire{}), loose(name, "Ferry Havlys sinks", sinking)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	stories := slices.Compact(slices.Sorted(maps.Values(placements(b, names...))))
	if len(stories) != 1 {
		t.Errorf("%d stories of one event: %v", len(stories), stories)
	}
}

// TestDigestOfALongStory wants the item that stands for a story to be what its documents make, however many and in whatever
// order they came, and small.
func TestDigestOfALongStory(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var all []cluster.Digest
	for i := range 30 {
		p := loose(fmt.Sprintf("paper%d-%02d", i, 1+(i*7)%28), fmt.Sprintf("Ferry Havlys, report %d", 100+i), sinking)
		p.Document.Story = "ferry"
		p.Document.Seal(p.Body)
		b.put(p)
		all = append(all, *p.Mentions)
	}
	digest := func() cluster.Story {
		var r row
		if _, err := b.get(context.Background(), key{b.tables.Facts, storyKey("ferry"), digestSort}, true, &r); err != nil {
			t.Fatal(err)
		}
		if len(r.Body) > 8<<10 {
			t.Errorf("the digest takes %d bytes", len(r.Body))
		}
		s := cluster.Story{ID: "ferry"}
		if err := unpack(r.Body, &s); err != nil {
			t.Fatal(err)
		}
		return s
	}
	if got, want := digest(), cluster.NewStory("ferry", all); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the digest is %v\nwant %v", got, want)
	}
	for _, d := range all[:3] {
		b.withdraw(d.Document)
	}
	if got, want := digest(), cluster.NewStory("ferry", all[3:]); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("after three withdrawals the digest is %v\nwant %v", got, want)
	}
}

func TestWithdrawnDocumentIsNotJoined(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(loose("herald-24", "Ferry Havlys sinks", sinking))
	b.withdraw("herald-24")
	if p := b.put(loose("post-26", "Crane lifts Havlys", raising)).Placement; p.How != Started {
		t.Errorf("%+v, want a story of its own", p)
	}
	if p := b.put(loose("herald-24", "Ferry Havlys sinks", sinking)).Placement; p.How != Stayed {
		t.Errorf("%+v, want the withdrawn document back in its story", p)
	}
}

func TestDocumentWithoutADay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.put(loose("herald-24", "Ferry Havlys sinks", sinking))
	p := loose("post", "Ferry Havlys sinks", sinking)
	if got := b.put(p).Placement; got.How != Joined || got.Score > 0.51 {
		t.Errorf("%+v, want it to join, with half the likeness", got)
	}
}

// newsroom fills a store with so many stories of five documents.
func newsroom(b *bench, stories int) {
	towns := []string{"Bergen", "Lavik", "Oppedal", "Gulen", "Solund", "Hyllestad"}
	for i := range stories {
		for j := range 5 {
			p := loose(fmt.Sprintf("paper%d.%d-%02d", i, j, 10+j), fmt.Sprintf("Ferry Vessel%d sinks", i),
				fmt.Sprintf("The ferry Vessel%d sank off %s. Owner Firm%d of Bergen mourned %d.", i, towns[i%len(towns)], i, 100+j))
			p.Document.Story = fmt.Sprintf("story%d", i)
			p.Document.Seal(p.Body)
			b.put(p)
		}
	}
}

// TestUnitsOfPlacing holds what the package comment says of the cost of looking for a story.
func TestUnitsOfPlacing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	newsroom(b, 10)
	ctx, counter := capacity.Count(context.Background())
	_, placement, err := b.Place(ctx, loose("post-26", "Ferry Vessel7 raised", "A crane lifted the ferry Vessel7 off Lavik. Firm7 of Bergen paid."))
	if err != nil || placement.Story != "story7" {
		t.Fatalf("%+v, %v", placement, err)
	}
	units := counter.Units()
	t.Logf("%v read units", units.Read)
	if units.Read > 25 || units.Write > 0 {
		t.Errorf("placing takes %+v, want up to 25 read units and nothing written", units)
	}
}

func BenchmarkPlace(b *testing.B) {
	s := newBench(b)
	newsroom(s, 10)
	p := loose("post-26", "Ferry Vessel7 raised", "A crane lifted the ferry Vessel7 off Lavik. Firm7 of Bergen paid.")
	ctx, counter := capacity.Count(context.Background())
	n := 0
	for b.Loop() {
		if _, _, err := s.Place(ctx, p); err != nil {
			b.Fatal(err)
		}
		n++
	}
	b.ReportMetric(counter.Units().Read/float64(n), "RRU/op")
}
