package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
)

// tool is a read of the API as a model is to see it.
type tool struct {
	name        string
	title       string
	description string
	path        string   // of the read whose parameters it takes; "" for a tool that takes a string of its own
	parameters  []string // those of the read's that it has
	required    string   // the one that must be given; "": none
	output      *jsonschema.Schema
	call        func(context.Context, api.Reader, url.Values) (*sdk.CallToolResult, error)
}

// declare says what the tool is and takes.
func (t *tool) declare(reads api.Reader) *sdk.Tool {
	properties := map[string]json.RawMessage{}
	for _, p := range reads.Parameters(t.path) {
		if slices.Contains(t.parameters, p.Name) {
			properties[p.Name] = p.Schema
		}
	}
	if own, ok := ownParameters[t.required]; ok {
		properties[t.required] = own
	}
	input := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if t.required != "" {
		input["required"] = []string{t.required}
	}
	no := false
	return &sdk.Tool{Name: t.name, Title: t.title, Description: t.description, InputSchema: input, OutputSchema: t.output,
		Annotations: &sdk.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no}}
}

// ownParameters are those that no read has.
var ownParameters = map[string]json.RawMessage{
	"query": json.RawMessage(`{"type":"string","description":"Words of the headlines that are looked for, such as names and places. Documents with all of them come first."}`),
	"id":    json.RawMessage(`{"type":"string","description":"The id of a result of search."}`),
}

// handler runs the tool. What is wrong with a call is a result that says so, for the model to read.
func (t *tool) handler(reads api.Reader) sdk.ToolHandler {
	return func(ctx context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		arguments, err := t.arguments(req.Params.Arguments)
		if err != nil {
			return failed(err), nil
		}
		result, err := t.call(ctx, reads, arguments)
		var p *api.Problem
		switch {
		case errors.As(err, &p) && p.Instance != "":
			return failed(fmt.Errorf("%s (%s)", p.Detail, p.Instance)), nil
		case errors.As(err, &p):
			return failed(err), nil
		}
		return result, err
	}
}

func failed(err error) *sdk.CallToolResult {
	return &sdk.CallToolResult{IsError: true, Content: []sdk.Content{&sdk.TextContent{Text: err.Error()}}}
}

// names lists the parameters of the tool.
func (t *tool) names() []string {
	if t.required == "" || slices.Contains(t.parameters, t.required) {
		return t.parameters
	}
	return append([]string{t.required}, t.parameters...)
}

// arguments makes a query of the arguments. What the values may be is the read's to say.
func (t *tool) arguments(raw json.RawMessage) (url.Values, error) {
	given := map[string]any{}
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&given); err != nil {
			return nil, errors.New("the arguments are no object; allowed: " + strings.Join(t.names(), ", "))
		}
	}
	query := url.Values{}
	for name, value := range given {
		if !slices.Contains(t.names(), name) {
			return nil, fmt.Errorf("%s: unknown parameter; allowed: %s", brief(name), strings.Join(t.names(), ", "))
		}
		switch v := value.(type) {
		case nil: // as some models write what they leave out
		case string:
			query.Set(name, v)
		case json.Number:
			query.Set(name, v.String())
		default:
			return nil, fmt.Errorf("%s: is neither a string nor a number", name)
		}
	}
	if t.required != "" && strings.TrimSpace(query.Get(t.required)) == "" {
		return nil, fmt.Errorf("%s: is missing; this tool needs it", t.required)
	}
	return query, nil
}

// brief shortens what a client sent for being told back.
func brief(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// read runs a read for the request that the method was called by.
func read[T any](ctx context.Context, reads api.Reader, path string, query url.Values) (answer T, text string, err error) {
	data, text, err := reads.Read(requestOf(ctx), path, query)
	if err != nil {
		return answer, "", err
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return answer, "", fmt.Errorf("reading the answer to GET %s: %w", path, err)
	}
	return answer, text, nil
}

// missing reports whether an error says that there is no such thing.
func missing(err error) bool {
	var p *api.Problem
	return errors.As(err, &p) && p.Status == http.StatusNotFound
}

// schemaOf makes the schema of a result.
func schemaOf[T any]() *jsonschema.Schema {
	s, err := jsonschema.For[T](nil)
	if err != nil {
		panic(fmt.Sprintf("the schema of %T: %v", *new(T), err)) // of our own types: it cannot fail once it did not
	}
	return s
}

// shortened cuts text after its last line within so many bytes, and says how many lines are left out and where they are.
func shortened(text string, most int, hint string) string {
	if len(text) <= most {
		return text
	}
	kept := text[:strings.LastIndexByte(text[:most], '\n')+1]
	return fmt.Sprintf("%s… and %d more lines: %s.\n", kept, strings.Count(text[len(kept):], "\n"), hint)
}
