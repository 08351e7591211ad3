package policy

import (
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Function is a Lambda function with what its role lets it do.
type Function struct {
	ID          string            // its logical id, such as StoriesFunction
	Environment map[string]string // its variables
	Statements  []Statement       // of its role's policies
	Foreign     []string          // the policies of its role that the template does not write
}

// Statement is one of an IAM policy that allows.
type Statement struct {
	Actions   []string
	Resources []string
}

// Grant is one action on one resource.
type Grant struct{ Action, Resource string }

// Grants lists all that a function may do, each once.
func (f Function) Grants() []Grant {
	var all []Grant
	for _, s := range f.Statements {
		for _, a := range s.Actions {
			for _, r := range s.Resources {
				if g := (Grant{a, r}); !slices.Contains(all, g) {
					all = append(all, g)
				}
			}
		}
	}
	return all
}

// Without gives the function as it were if nothing granted it that.
func (f Function) Without(g Grant) Function {
	less := f
	less.Statements = nil
	for _, other := range f.Grants() {
		if other != g {
			less.Statements = append(less.Statements, Statement{[]string{other.Action}, []string{other.Resource}})
		}
	}
	return less
}

// Allows reports whether the function may do that. Actions are compared as IAM does, without regard to case.
func (f Function) Allows(action, resource string) bool {
	for _, g := range f.Grants() {
		if covers(strings.ToLower(g.Action), strings.ToLower(action)) && covers(g.Resource, resource) {
			return true
		}
	}
	return false
}

// covers matches IAM's wildcards, of which * covers slashes too.
func covers(pattern, name string) bool {
	ok, err := path.Match(strings.ReplaceAll(pattern, "/", "\x00"), strings.ReplaceAll(name, "/", "\x00"))
	return err == nil && ok
}

// Functions reads the template's functions, by the folder of functions/ that each is made of.
func (t *Template) Functions() (map[string]Function, error) {
	all := map[string]Function{}
	for _, id := range t.ids() {
		if t.resources[id].Type != "AWS::Lambda::Function" {
			continue
		}
		f, err := t.function(id)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", id, err)
		}
		all[strings.ToLower(strings.TrimSuffix(id, "Function"))] = f
	}
	return all, nil
}

func (t *Template) function(id string) (Function, error) {
	f := Function{ID: id}
	var environment struct{ Variables map[string]string }
	if err := t.decode(id, "Environment", &environment); err != nil {
		return f, err
	}
	f.Environment = environment.Variables
	var role string
	if err := t.decode(id, "Role", &role); err != nil {
		return f, err
	}
	_, roleID, _ := strings.Cut(role, ":role/")
	if t.resources[roleID].Type != "AWS::IAM::Role" {
		return f, fmt.Errorf("its role %q is not the template's", role)
	}
	statements, err := t.statements(roleID)
	if err != nil {
		return f, err
	}
	f.Statements = statements
	var managed []string
	if err := t.decode(roleID, "ManagedPolicyArns", &managed); err != nil {
		return f, err
	}
	for _, m := range managed {
		if t.resources[m].Type != "AWS::IAM::ManagedPolicy" {
			f.Foreign = append(f.Foreign, m)
			continue
		}
		more, err := t.statements(m)
		if err != nil {
			return f, err
		}
		f.Statements = append(f.Statements, more...)
	}
	return f, nil
}

// decode resolves a property into a Go value; one that is not there leaves it as it is.
func (t *Template) decode(id, property string, into any) error {
	v, err := t.property(id, property)
	if err != nil {
		return err
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s.%s: %w", id, property, err)
	}
	return nil
}

// texts is a string or a list of them, as IAM writes both.
type texts []string

// UnmarshalJSON implements json.Unmarshaler.
func (t *texts) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*t = texts{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(t))
}

type document struct {
	Statement []struct {
		Sid       string
		Effect    string
		Action    texts
		Resource  texts
		Principal map[string]texts
		// What is written by these would need another reading.
		NotAction, NotResource texts
		Condition              map[string]any
	}
}

// statements reads the policies that a role or a managed policy writes out.
func (t *Template) statements(id string) ([]Statement, error) {
	var documents []document
	switch t.resources[id].Type {
	case "AWS::IAM::Role":
		var policies []struct{ PolicyDocument document }
		if err := t.decode(id, "Policies", &policies); err != nil {
			return nil, err
		}
		for _, p := range policies {
			documents = append(documents, p.PolicyDocument)
		}
	case "AWS::IAM::ManagedPolicy":
		var d document
		if err := t.decode(id, "PolicyDocument", &d); err != nil {
			return nil, err
		}
		documents = append(documents, d)
	}
	var all []Statement
	for _, d := range documents {
		for _, s := range d.Statement {
			if s.Effect != "Allow" || s.NotAction != nil || s.NotResource != nil || s.Condition != nil || len(s.Action) == 0 || len(s.Resource) == 0 {
				return nil, fmt.Errorf("%s: only statements that allow listed actions on listed resources are understood", id)
			}
			all = append(all, Statement{s.Action, s.Resource})
		}
	}
	return all, nil
}
