package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"factbox/shared/api"
	"factbox/shared/fact"
)

// tool is a read of the API as a model is to see it.
type tool struct {
	name        string
	title       string
	description string
	path        string // of the read whose parameters it takes; "" for one that takes a string of its own
	required    string // the parameter that must be given; "": none
	output      func() *jsonschema.Schema
	call        func(context.Context, api.Reader, url.Values) (*sdk.CallToolResult, error)
}

// ownParameters are those that no read has.
var ownParameters = map[string]string{
	"query": `{"type":"string","description":"What is looked for, in a few words: names, places, what happened."}`,
	"id":    `{"type":"string","description":"The id of a result of search."}`,
}

// parameters are those of the tool's read, but for the format: a tool has both that a model can use.
func (t tool) parameters(reads api.Reader) []api.Parameter {
	if own := ownParameters[t.required]; own != "" {
		return []api.Parameter{{Name: t.required, Schema: json.RawMessage(own)}}
	}
	return slices.DeleteFunc(reads.Parameters(t.path), func(p api.Parameter) bool { return p.Name == "format" })
}

// add adds the tool to a server.
func (t tool) add(server *sdk.Server, reads api.Reader) {
	var names []string
	properties := map[string]json.RawMessage{}
	for _, p := range t.parameters(reads) {
		names = append(names, p.Name)
		properties[p.Name] = p.Schema
	}
	input := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if t.required != "" {
		input["required"] = []string{t.required}
	}
	no := false
	server.AddTool(&sdk.Tool{Name: t.name, Title: t.title, Description: t.description, InputSchema: input, OutputSchema: t.output(),
		Annotations: &sdk.ToolAnnotations{Title: t.title, ReadOnlyHint: true, IdempotentHint: true, DestructiveHint: &no, OpenWorldHint: &no}}, t.handler(names, reads))
}

// handler runs the tool. What is wrong with a call is a result that says so, for the model to read.
func (t tool) handler(names []string, reads api.Reader) sdk.ToolHandler {
	return func(ctx context.Context, req *sdk.CallToolRequest) (*sdk.CallToolResult, error) {
		arguments, err := arguments(req.Params.Arguments, names, t.required)
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

// arguments makes a query of the arguments. What the values may be is the read's to say.
func arguments(raw json.RawMessage, names []string, required string) (url.Values, error) {
	given := map[string]any{}
	if len(raw) > 0 {
		d := json.NewDecoder(bytes.NewReader(raw))
		d.UseNumber()
		if err := d.Decode(&given); err != nil {
			return nil, errors.New("the arguments are no object; allowed: " + strings.Join(names, ", "))
		}
	}
	query := url.Values{}
	for name, value := range given {
		if !slices.Contains(names, name) {
			return nil, fmt.Errorf("%s: unknown parameter; allowed: %s", brief(name), strings.Join(names, ", "))
		}
		switch v := value.(type) {
		case nil: // as some models write what they leave out
		case string:
			if name == "story" {
				v = strings.TrimPrefix(v, storyPrefix) // as search names it
			}
			query.Set(name, v)
		case json.Number:
			query.Set(name, v.String())
		default:
			return nil, fmt.Errorf("%s: is neither a string nor a number", name)
		}
	}
	if required != "" && strings.TrimSpace(query.Get(required)) == "" {
		return nil, fmt.Errorf("%s: is missing; this tool needs it", required)
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

// anyFact is the schema of a fact, which is flat and has other fields for each kind: its Go type does not show how it is written.
var anyFact = &jsonschema.Schema{Type: "object", Required: []string{"id", "kind", "document", "evidence"},
	Description: "A fact whole, as the API's schema Fact in /openapi.json describes it.", Properties: map[string]*jsonschema.Schema{
		"id": {Type: "string"}, "document": {Type: "string"}, "kind": {Type: "string", Enum: []any{fact.KindCasualty, fact.KindDate, fact.KindPledge}},
		"evidence": {Type: "object", Description: "The bytes of the document that state it, and the quote where it may be shown."},
	}}

// schemaOf makes the schema of a result.
func schemaOf[T any]() *jsonschema.Schema {
	s, err := jsonschema.For[T](&jsonschema.ForOptions{TypeSchemas: map[reflect.Type]*jsonschema.Schema{reflect.TypeFor[fact.Fact](): anyFact}})
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
