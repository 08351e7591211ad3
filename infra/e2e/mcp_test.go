package e2e

import "testing"

// TestMCP calls a tool in each era of the protocol: with the version in a header only, and with all that a request has to say of itself.
func TestMCP(t *testing.T) {
	const header = "Content-Type: application/json\nAccept: application/json, text/event-stream\n"
	for _, q := range []question{
		{route: "POST /mcp", header: header + "MCP-Protocol-Version: 2025-06-18", status: 200,
			body: `{"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "casualties", "arguments": {"country": "FR"}}}`,
			has:  []string{`"best":130`, `"type":"resource_link"`, `"not_stated":["injured"]`}},
		{route: "POST /mcp", header: header + "MCP-Protocol-Version: 2026-07-28\nMcp-Method: tools/call\nMcp-Name: answer", status: 200,
			body: `{"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "answer", "arguments": {"q": "How many people were killed in the Paris attacks?"},
				"_meta": {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientInfo": {"name": "e2e", "version": "1"}, "io.modelcontextprotocol/clientCapabilities": {}}}}`,
			has: []string{"130 people were killed"}},
	} {
		q.ask(t)
	}
}
