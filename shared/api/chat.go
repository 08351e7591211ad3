package api

import (
	"context"
	_ "embed"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/summary"
)

// MCPPath is where package mcp serves the Model Context Protocol.
const MCPPath = "/mcp"

// Citing tells a bot how to cite what it is answered, and when to abstain.
//
//go:embed citing.txt
var Citing string

func registerChat(s *surface) {
	registerAnswers(s)
	read(s, huma.Operation{
		Path: "/openapi-3.0.json", OperationID: "getOpenAPI30", Summary: "The reads, for Amazon Bedrock",
		Description: "The OpenAPI 3.0.0 document of eleven reads, without enumerations: what an action group of Amazon Bedrock takes. Others are better served by /openapi.json.",
		Tags:        []string{"service"},
	}, jsonOnly, s.openAPI30)
	pages(s, huma.Operation{
		Path: "/llms.txt", OperationID: "getLLMs", Summary: "What bots should know of the service",
		Description: "A guide for language models in the form of llmstxt.org: what there is to ask, how to cite it, and when to abstain.",
		Tags:        []string{"service"},
	}, []string{formatText.mediaType}, s.llms)
}

// optional are the tags whose reads a bot can do without: llmstxt.org gives a section of that name this meaning.
var optional = []string{"service", "widgets"}

// llms writes the guide out of the routes, so that it cannot tell of others.
func (s *surface) llms(ctx context.Context, _ *struct{}) (*page, error) {
	all, site := s.whole(), requestOf(ctx).site
	o := all.huma.OpenAPI()
	var b strings.Builder
	b.WriteString("# Factbox\n\n> " + o.Info.Description + "\n\n" +
		"Every read is a GET without a key. What is read of documents comes as JSON or, with `format=text`, in lines that can be read out, each with its source in brackets.\n\n" + Citing)
	link := func(title, address, note string) {
		b.WriteString("- [" + title + "](" + site + address + "): " + note + "\n")
	}
	reads := func(tag string) {
		for _, r := range all.routes {
			op := all.documented(huma.Operation{Method: r.Method, Path: r.Path})
			if r.Method != http.MethodGet || !slices.Contains(op.Tags, tag) {
				continue
			}
			address := r.Path
			switch {
			case strings.Contains(address, "{"), slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Required }):
				address = "/openapi.json" // which says what has to be given
			case len(all.operations[r.Method+" "+r.Path].formats) > 1:
				address += "?format=text"
			}
			note := op.Summary + ". " + op.Description
			if names := all.operations[r.Method+" "+r.Path].names(); len(names) > 0 {
				note += " Parameters: " + strings.Join(names, ", ") + "."
			}
			link("GET "+r.Path, address, note)
		}
	}
	b.WriteString("\n## Tools\n\n")
	link("MCP", MCPPath, "The Model Context Protocol, streamable HTTP: the same reads as tools, with search and fetch.")
	link("OpenAPI 3.1", "/openapi.json", "Every operation with its parameters, for GPT Actions and others.")
	for _, tag := range o.Tags {
		if !slices.Contains(optional, tag.Name) && tag.Name != "documents" { // which are put, not read
			b.WriteString("\n## " + summary.Capital(tag.Name) + "\n\n" + tag.Description + "\n\n")
			reads(tag.Name)
		}
	}
	b.WriteString("\n## Optional\n\n")
	for _, tag := range optional {
		reads(tag)
	}
	return &page{ContentType: formatText.mediaType, Body: []byte(b.String())}, nil
}

// openAPI30 gives the cut of the document.
func (s *surface) openAPI30(ctx context.Context, _ *struct{}) (*answer[json.RawMessage], error) {
	b, err := s.openapi30()
	if err != nil {
		return nil, err
	}
	return &answer[json.RawMessage]{Body: withServer(b, requestOf(ctx).site)}, nil
}
