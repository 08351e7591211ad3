package mcp

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
)

// answer is the API's, with sources that have an address.
type answer struct {
	api.AnswerBody
	Sources []source `json:"sources" jsonschema:"The documents of the facts, each once: cite these."`
}

func ask(ctx context.Context, reads api.Reader, query url.Values) (*sdk.CallToolResult, error) {
	body, text, err := read[api.AnswerBody](ctx, reads, "/v1/answers", query)
	if err != nil {
		return nil, err
	}
	out := answer{body, []source{}}
	for _, s := range body.Sources {
		out.Sources = append(out.Sources, sourceOf(s, siteOf(ctx)))
	}
	structured, err := json.Marshal(out)
	if err != nil {
		return nil, fmt.Errorf("writing an answer: %w", err)
	}
	return answered(structured, text, out.Sources), nil
}
