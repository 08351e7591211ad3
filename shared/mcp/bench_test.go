package mcp

import (
	"testing"

	"factbox/shared/api"
)

// BenchmarkStart is what a cold start pays for the tools and the routes.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		Handler(api.Deps{Store: fake{}, Log: silent})
	}
}

// BenchmarkCall is a call of a tool that lists 20 tolls, without the store.
func BenchmarkCall(b *testing.B) {
	h := serve(fake{tolls: 20, reports: 2})
	body := toolCall("casualties", `{}`)
	for b.Loop() {
		post(h, body)
	}
}
