package local

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Route is one route of the HTTP API that a template defines.
type Route struct {
	Method   string // such as GET; ANY on $default
	Path     string // such as /v1/facts/{id}, or $default
	Function string // the folder of functions/ that answers it, such as stories
	IAM      bool   // whether callers have to sign as an AWS identity
}

// Routes reads the routes of a SAM template: the HttpApi events of its functions, sorted by path and method.
func Routes(template []byte) ([]Route, error) {
	resources, err := readResources(template)
	if err != nil {
		return nil, err
	}
	var routes []Route
	for _, id := range sortedKeys(resources) {
		r := resources[id]
		if r.Type != "AWS::Serverless::Function" {
			continue
		}
		var f struct {
			Events map[string]struct {
				Type       string `yaml:"Type"`
				Properties struct {
					Method string `yaml:"Method"`
					Path   string `yaml:"Path"`
					Auth   struct {
						Authorizer string `yaml:"Authorizer"`
					} `yaml:"Auth"`
				} `yaml:"Properties"`
			} `yaml:"Events"`
		}
		if err := r.Properties.Decode(&f); err != nil {
			return nil, fmt.Errorf("reading the events of %s: %w", id, err)
		}
		for name, e := range f.Events {
			if e.Type != "HttpApi" {
				continue
			}
			p := e.Properties
			switch {
			case p.Method == "" && p.Path == "": // SAM: neither is the default route
				p.Method, p.Path = "ANY", "$default"
			case p.Method == "" || p.Path == "":
				return nil, fmt.Errorf("the event %s of %s needs both a method and a path, or neither", name, id)
			}
			routes = append(routes, Route{strings.ToUpper(p.Method), p.Path, folder(id), p.Auth.Authorizer == "AWS_IAM"})
		}
	}
	slices.SortFunc(routes, func(a, b Route) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	return routes, nil
}

// folder is the folder of functions/ whose binary a function runs: HeadlinesFunction is that of functions/headlines.
func folder(logicalID string) string {
	return strings.ToLower(strings.TrimSuffix(logicalID, "Function"))
}

// resource is a resource of a template. Its properties are read by who knows their type; an intrinsic function in its
// short form (!Ref) reads as its argument.
type resource struct {
	Type       string    `yaml:"Type"`
	Properties yaml.Node `yaml:"Properties"`
}

func readResources(template []byte) (map[string]resource, error) {
	var t struct {
		Resources map[string]resource `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(template, &t); err != nil {
		return nil, fmt.Errorf("reading the template: %w", err)
	}
	return t.Resources, nil
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
