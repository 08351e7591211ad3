// Package mcp serves Factbox to chatbots over the Model Context Protocol: POST /mcp, streamable HTTP without sessions or streams, each answer
// one JSON message. It speaks what the SDK does: 2024-11-05 to 2025-11-25, which begin with initialize, and 2026-07-28, which does not.
//
// # Tools
//
// A tool runs a read of the API in this process (api.Reader), so that parameters, validation, words and problems are the API's and stand in one
// place; asking the store itself would be no shorter, and would need all of that again. Its input schema is made of the API's parameters. Its
// output is the API's answer cut for a model: the groups with their figures whole, at most three reports of each with what a citation needs, and
// fewer items a page where that is still too long. As text come the lines of format=text; then a link to each document.
//
// search and fetch have the shape that ChatGPT's connectors and deep research ask for. What is wrong with a tool's arguments is a result with isError
// and the words of the API's problem, so that the model can mend it; a fault of ours says no more than the id that the log has.
//
// # Who may ask
//
// Everybody: there is nothing but what the API tells anybody. As the transport asks of a server, pages of other origins are refused (they have the API,
// with CORS), and on a loopback address every Host that is none, against DNS rebinding.
package mcp

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
)

// instructions tell a model how to use the tools; api.Citing, how to cite and to abstain.
//
//go:embed instructions.txt
var instructions string

// Handler serves the function chat: MCP, and api.Chat.
func Handler(d api.Deps) http.Handler { return Before(api.Chat(d), d) }

// Before serves MCP, and passes requests for every other path on to next.
func Before(next http.Handler, d api.Deps) http.Handler {
	if d.Log == nil {
		d.Log = slog.Default()
	}
	if d.Version == "" {
		d.Version = "dev"
	}
	server := newServer(d)
	h := &handler{site: d.SiteOf, transport: sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server },
		&sdk.StreamableHTTPOptions{Stateless: true, JSONResponse: true, MaxRequestBodyBytes: -1, PropagateRequestCancellation: true})}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == api.MCPPath {
			h.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// listTime is how long a client may keep what the server says of itself: until its next deployment, about.
const listTime = time.Hour

func newServer(d api.Deps) *sdk.Server {
	about := &sdk.Implementation{Name: "factbox", Title: "Factbox", Version: d.Version, WebsiteURL: d.Site,
		Description: "Casualties, dates and pledges out of news documents, each figure with its source."}
	server := sdk.NewServer(about, &sdk.ServerOptions{
		Instructions: instructions + api.Citing,
		Capabilities: &sdk.ServerCapabilities{Tools: &sdk.ToolCapabilities{}}, // no logging and no news of changes, for which a request would have to stay open
		SetCacheable: func(_ context.Context, _ sdk.Request, c *sdk.Cacheable) { c.TTLMs = int(listTime.Milliseconds()) },
	})
	server.AddReceivingMiddleware(contain(d.Log))
	reads := api.NewReader(d)
	for _, t := range tools {
		t.add(server, reads)
	}
	return server
}

// contain turns a panic into an error. The SDK calls methods in goroutines of its own, where one would end the process.
func contain(log *slog.Logger) sdk.Middleware {
	return func(next sdk.MethodHandler) sdk.MethodHandler {
		return func(ctx context.Context, method string, req sdk.Request) (result sdk.Result, err error) {
			defer func() {
				if v := recover(); v != nil {
					log.ErrorContext(ctx, "MCP method panicked", "request_id", requestOf(ctx).Header.Get("X-Request-Id"), "method", method,
						"error", fmt.Sprint(v), "stack", string(debug.Stack()))
					result, err = nil, &jsonrpc.Error{Code: jsonrpc.CodeInternalError, Message: "the service failed to answer"}
				}
			}()
			return next(ctx, method, req)
		}
	}
}
