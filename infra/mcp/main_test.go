// Package mcp asks Factbox over the Model Context Protocol with the clients that people have, the official SDKs for Go and for Node, wherever it
// runs: FACTBOX_URL is the address of a stack that holds the seed set. Without it the tests run "factbox serve" themselves.
package mcp

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"factbox/infra/factbox/servetest"
	_ "factbox/shared/mcp" // which Go must know for not taking a result from its cache: the tests build a program that it does not see
)

// endpoint is where MCP is served.
var endpoint = strings.TrimSuffix(os.Getenv("FACTBOX_URL"), "/") + "/mcp"

func TestMain(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	if !strings.HasPrefix(endpoint, "http") {
		address, stop, err := servetest.Start()
		if err != nil {
			return 1, err
		}
		endpoint = address + endpoint
		defer func() { err = errors.Join(err, stop()) }()
	}
	return m.Run(), nil
}
