package api

import "testing"

// BenchmarkStart is what a cold start pays for the routes.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		Stories(deps(empty))
	}
}

// BenchmarkRead is a read of a list of 20 tolls, without the store.
func BenchmarkRead(b *testing.B) {
	f := everything()
	items := sampled[CasualtyList]("listCasualties").Items
	for len(items) < 20 {
		items = append(items, items[0])
	}
	f.tolls = paged(items, dailySource)
	h := Casualties(deps(f))
	for b.Loop() {
		once(b, h, "GET", "/v1/casualties", "")
	}
}

// BenchmarkDocument is what the OpenAPI document costs, once a process.
func BenchmarkDocument(b *testing.B) {
	for b.Loop() {
		if _, err := newSurface(deps(empty), allRoutes()...).document(); err != nil {
			b.Fatal(err)
		}
	}
}
