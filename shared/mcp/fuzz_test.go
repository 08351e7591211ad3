package mcp

import (
	"encoding/json"
	"io"
	"testing"
)

// FuzzBody wants of every body a JSON-RPC answer, or none to a notification, and no fault of ours.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{
		toolCall("casualties", `{"country":"FR","limit":3}`), toolCall("casualties", `{"effect":["killed"],"cursor":"e30"}`), toolCall("search", `{"query":"\u0000"}`),
		toolCall("fetch", `{"id":"story:a/../b?c#d"}`), toolCall("casualties", `[]`), toolCall("casualties", `{"from":2015,"to":1e3}`), toolCall("", `null`),
		`[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":1,"method":"tools/list"}]`, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`,
		`{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-11-25"}}`, `{"jsonrpc":"2.0","id":-1.5,"method":"server/discover"}`, `{`, "\xff",
		`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true}}}`,
	} {
		f.Add(seed, "2025-06-18")
		f.Add(seed, "2026-07-28")
		f.Add(seed, "")
	}
	h := serve(everything{fake{tolls: 3, reports: 2}})
	f.Fuzz(func(t *testing.T, body, version string) {
		r := post(h, body, "Mcp-Protocol-Version: "+version)
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case r.StatusCode >= 500:
			t.Fatalf("%d %s", r.StatusCode, b)
		case r.StatusCode == 202 && len(b) == 0:
		case r.Header.Get("Content-Type") == "text/event-stream": // of a client that listens
		case !json.Valid(b):
			t.Fatalf("%d %s", r.StatusCode, b)
		}
	})
}
