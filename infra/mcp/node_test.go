package mcp

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/infra/local"
)

// The pinned clients, and the program that uses it.
var (
	//go:embed package.json
	packageJSON []byte
	//go:embed package-lock.json
	packageLock []byte
	//go:embed client.mjs
	program []byte
)

// node is what client.mjs prints.
type node struct {
	Version      string
	Server       sdk.Implementation
	Capabilities map[string]any
	Instructions string
	Tools        []*sdk.Tool
	Results      []json.RawMessage // an sdk.CallToolResult, or what the client threw
	Faults       []string
}

// askFromNode makes the calls with an official client for Node, sdk or client. It installs both on first use.
func askFromNode(t *testing.T, client string, calls []call) (answer node) {
	t.Helper()
	folder, err := local.Packages{
		Name: "mcp-clients", Title: "the MCP clients for Node", JSON: packageJSON, Lock: packageLock,
		Whole: func(dir string) error {
			_, err := os.Stat(filepath.Join(dir, "node_modules/@modelcontextprotocol/client/package.json"))
			_, other := os.Stat(filepath.Join(dir, "node_modules/@modelcontextprotocol/sdk/package.json"))
			return errors.Join(err, other)
		},
	}.Install(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	in, err := json.Marshal(calls)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "--input-type=module", "--eval", string(program), "--", folder, endpoint, client)
	cmd.Stdin = bytes.NewReader(in)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("running the MCP client for Node ("+client+"): %v: %s", err, complaint.String())
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		t.Fatalf("reading what the MCP client for Node prints: %v", err)
	}
	return answer
}
