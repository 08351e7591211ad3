package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"slices"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/source"
)

func code(err error) fact.Code {
	var e *fact.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

func TestSources(t *testing.T) {
	t.Parallel()
	ctx, b := context.Background(), newBench(t)
	world := source.Source{ID: "world", Kind: source.Feed, URL: "https://post.example/world", Publisher: "Harbour Post", Rights: fact.RightsPhrase, Interval: 900}
	home := world
	home.ID, home.Story = "home", "harbour"
	for _, s := range []source.Source{world, home} {
		if err := b.AddSource(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.AddSource(ctx, world); code(err) != fact.Conflict {
		t.Errorf("twice the same id: %v", err)
	}
	if err := b.AddSource(ctx, source.Source{ID: "x"}); code(err) != fact.Invalid {
		t.Errorf("no source: %v", err)
	}
	list, err := b.Sources(ctx)
	if err != nil || len(list) != 2 || list[0].Source != home || list[1].Source != world || !list[0].Due.IsZero() {
		t.Fatalf("%+v, %v", list, err)
	}

	// Of two who claim one source, one has it.
	claimed := list[1]
	claimed.State = claimed.Claimed(noon)
	claimed, err = b.SaveSource(ctx, claimed, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.SaveSource(ctx, list[1], nil); code(err) != fact.Conflict {
		t.Errorf("claimed twice: %v", err)
	}
	watch := source.Watch{Items: []source.Item{{ID: "a", Mark: "1", First: noon, Listed: noon}}}
	claimed.State = claimed.Looked(noon, `"e"`, "", 0)
	if _, err := b.SaveSource(ctx, claimed, &watch); err != nil {
		t.Fatal(err)
	}
	list, err = b.Sources(ctx)
	if err != nil || list[1].ETag != `"e"` || !list[1].Due.Equal(noon.Add(15*time.Minute)) || list[1].Revision != 3 {
		t.Errorf("%+v, %v", list, err)
	}
	if got, err := b.Watch(ctx, "world"); err != nil || !slices.Equal(got.Items, watch.Items) {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := b.Watch(ctx, "home"); err != nil || len(got.Items) != 0 {
		t.Errorf("%+v, %v", got, err)
	}

	// What is too large for an item is shortened to what was listed last.
	large := source.Watch{}
	for i := range source.MaxWatched {
		id := make([]byte, 400)
		rand.Read(id)
		large.Items = append(large.Items, source.Item{ID: hex.EncodeToString(id), Mark: "1", First: noon, Listed: noon.Add(time.Duration(i) * time.Second)})
	}
	newest := large.Items[source.MaxWatched-1].ID
	if list[1], err = b.SaveSource(ctx, list[1], &large); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Watch(ctx, "world"); err != nil || len(got.Items) == 0 || len(got.Items) == source.MaxWatched || got.Items[0].ID != newest {
		t.Errorf("%d items are kept, %v", len(got.Items), err)
	}

	// One who looks at a source that is removed meanwhile does not bring it back.
	if err := b.RemoveSource(ctx, "world"); err != nil {
		t.Fatal(err)
	}
	if _, err := b.SaveSource(ctx, list[1], &watch); code(err) != fact.Conflict {
		t.Errorf("a removed source is kept: %v", err)
	}
	if err := b.RemoveSource(ctx, "world"); code(err) != fact.NotFound {
		t.Errorf("removed twice: %v", err)
	}
	if got, err := b.Watch(ctx, "world"); err != nil || len(got.Items) != 0 {
		t.Errorf("what it listed is kept: %+v, %v", got, err)
	}
}

// TestRefreshed: health tells the age of the job apart from that of the content.
func TestRefreshed(t *testing.T) {
	t.Parallel()
	ctx, b := context.Background(), newBench(t)
	b.put(one())
	h, err := b.Health(ctx)
	if err != nil || h.Refresh != (Refresh{}) || h.LatestRecorded != recordedAt(morning) {
		t.Errorf("%+v, %v", h, err)
	}
	if err := b.Refreshed(ctx, source.Run{At: later, Sources: 3, Failing: 1}); err != nil {
		t.Fatal(err)
	}
	h, err = b.Health(ctx)
	if err != nil || h.Refresh != (Refresh{recordedAt(later), 3, 1}) || h.LatestRecorded != recordedAt(morning) || h.LatestPublished != "2015-11-26" {
		t.Errorf("%+v, %v", h, err)
	}
}
