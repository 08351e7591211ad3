package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// reduced are the operations of the OpenAPI 3.0.0 document: as many as an action group of Amazon Bedrock takes (Amazon Bedrock User Guide, "Quotas
// for Amazon Bedrock": 11 APIs an agent).
var reduced = []string{"answerQuestion", "listHeadlines", "getHeadline", "listStories", "getStory", "listCasualties", "listDates", "listPledgesByCountry",
	"listFacts", "getFact", "getFactHistory"}

// maxDescription is the longest description that GPT Actions read, in characters.
const maxDescription = 300

type object = map[string]any

// reduce makes the OpenAPI 3.0.0 document of the 3.1 one: JSON alone, the reduced operations, and schemas in the words that 3.0.0 has, without
// enumerations. What they allow is said in the descriptions of parameters; a fact is one object that has the properties of all kinds.
func reduce(document []byte) ([]byte, error) {
	var d struct {
		Info       object                       `json:"info"`
		Paths      map[string]map[string]object `json:"paths"`
		Components struct {
			Schemas map[string]object `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(document, &d); err != nil {
		return nil, fmt.Errorf("reading the OpenAPI document: %w", err)
	}
	delete(d.Info["license"].(object), "identifier") // of 3.1
	flatten(d.Components.Schemas)
	paths, schemas := object{}, object{}
	for path, methods := range d.Paths {
		op := methods["get"]
		id, _ := op["operationId"].(string)
		if !slices.Contains(reduced, id) {
			continue
		}
		var parameters []any
		list, _ := op["parameters"].([]any)
		for _, p := range list {
			if p := p.(object); p["name"] != "format" {
				parameters = append(parameters, parameter30(p))
			}
		}
		content := op["responses"].(object)["200"].(object)["content"].(object)["application/json"].(object)
		content["schema"] = schema30(content["schema"])
		paths[path] = object{"get": object{"operationId": id, "summary": op["summary"], "description": op["description"], "parameters": parameters,
			"responses": object{"200": object{"description": "The answer", "content": object{"application/json": content}}}}}
		gather(content["schema"], d.Components.Schemas, schemas)
	}
	return json.Marshal(object{"openapi": "3.0.0", "info": d.Info, "paths": paths, "components": object{"schemas": schemas}})
}

// parameter30 moves what a parameter may be from its schema into its description.
func parameter30(p object) object {
	said, schema := p["description"].(string), p["schema"].(object)
	if words, ok := schema["enum"].([]any); ok {
		said = strings.TrimSpace(said + " One of " + strings.Trim(fmt.Sprint(words), "[]") + ".")
	}
	delete(schema, "description")
	out := object{"name": p["name"], "in": p["in"], "required": p["required"] == true, "description": said, "schema": schema30(schema)}
	if e, ok := p["example"]; ok {
		out["example"] = e
	}
	return out
}

// schema30 writes a schema of 3.1 in the words of 3.0.0, in place.
func schema30(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = schema30(v[i])
		}
	case object:
		for name, part := range v {
			if name != "properties" {
				v[name] = schema30(part)
				continue
			}
			for property, s := range part.(object) {
				part.(object)[property] = schema30(s)
			}
		}
		delete(v, "enum")
		if examples, ok := v["examples"].([]any); ok {
			delete(v, "examples")
			v["example"] = examples[0]
		}
		if types, ok := v["type"].([]any); ok { // of a type and null
			types = slices.DeleteFunc(types, func(t any) bool { return t == "null" })
			v["type"], v["nullable"] = types[0], true
		}
		if either, ok := v["anyOf"].([]any); ok { // of a reference and null
			delete(v, "anyOf")
			v["allOf"], v["nullable"] = either[:1], true
		}
	}
	return v
}

// flatten makes one object of the kinds of fact.
func flatten(schemas map[string]object) {
	one := schemas["Fact"]
	properties, required := object{}, map[any]int{}
	kinds := one["oneOf"].([]any)
	for _, kind := range kinds {
		s := schemas[named(kind.(object))]
		maps.Copy(properties, s["properties"].(object))
		for _, name := range s["required"].([]any) {
			required[name]++
		}
	}
	var always []any
	for name, n := range required {
		if n == len(kinds) {
			always = append(always, name)
		}
	}
	slices.SortFunc(always, func(a, b any) int { return strings.Compare(a.(string), b.(string)) })
	schemas["Fact"] = object{"type": "object", "description": one["description"], "properties": properties, "required": always}
}

// named gives the name of the component that a schema refers to; "" where it refers to none.
func named(schema object) string {
	ref, _ := schema["$ref"].(string)
	return strings.TrimPrefix(ref, schemaPrefix)
}

// gather puts into found, in the words of 3.0.0, the components that a schema refers to, and those that these do.
func gather(v any, components map[string]object, found object) {
	switch v := v.(type) {
	case []any:
		for _, part := range v {
			gather(part, components, found)
		}
	case object:
		if name := named(v); name != "" && found[name] == nil {
			found[name] = schema30(components[name])
			gather(found[name], components, found)
		}
		for _, part := range v {
			gather(part, components, found)
		}
	}
}
