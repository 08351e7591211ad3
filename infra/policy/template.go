// Package policy reads what CloudFormation makes of template.yaml and tells what of it is unsafe, and what each function may
// do: it judges routes and policies, and stands between a store and its engine as AWS IAM does. It serves the tests that
// hold template.yaml to its promises.
//
// It understands as much of CloudFormation and of IAM as the template uses, and answers with an error, or a finding, to what
// it does not: nothing is taken for safe because it was not understood.
package policy

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Template is a CloudFormation template as it stands for given parameters.
type Template struct {
	// Source is the SHA-256, in hexadecimal, of the template.yaml that it was made of.
	Source string

	parameters map[string]string
	conditions map[string]any
	resources  map[string]resource
}

type resource struct {
	Type                string
	Condition           string
	DeletionPolicy      string
	UpdateReplacePolicy string
	Properties          map[string]any
}

// Parse reads a transformed template, in JSON. Parameters that are not given have their defaults; resources whose condition
// does not hold are not there.
func Parse(text []byte, parameters map[string]string) (*Template, error) {
	var raw struct {
		Metadata   struct{ Source string }
		Parameters map[string]struct{ Default any }
		Conditions map[string]any
		Resources  map[string]resource
	}
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, fmt.Errorf("reading the transformed template: %w", err)
	}
	t := &Template{Source: raw.Metadata.Source, parameters: map[string]string{}, conditions: raw.Conditions, resources: raw.Resources}
	for name, p := range raw.Parameters {
		t.parameters[name] = fmt.Sprint(p.Default)
	}
	for name, value := range parameters {
		if _, known := t.parameters[name]; !known {
			return nil, fmt.Errorf("the template has no parameter %s", name)
		}
		t.parameters[name] = value
	}
	for _, id := range t.ids() {
		if c := t.resources[id].Condition; c != "" {
			holds, err := t.holds(c)
			if err != nil {
				return nil, fmt.Errorf("the condition of %s: %w", id, err)
			}
			if !holds {
				delete(t.resources, id)
			}
		}
	}
	return t, nil
}

func (t *Template) ids() []string { return slices.Sorted(maps.Keys(t.resources)) }

// property resolves a property of a resource.
func (t *Template) property(id, name string) (any, error) {
	v, err := t.resolve(t.resources[id].Properties[name])
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", id, name, err)
	}
	return v, nil
}

// holds evaluates a named condition.
func (t *Template) holds(name string) (bool, error) {
	c, known := t.conditions[name]
	if !known {
		return false, fmt.Errorf("there is no condition %q", name)
	}
	return t.truth(c)
}

func (t *Template) truth(node any) (bool, error) {
	name, argument, ok := intrinsic(node)
	if !ok {
		return false, fmt.Errorf("%v is no condition", node)
	}
	if name == "Condition" {
		other, _ := argument.(string)
		return t.holds(other)
	}
	arguments, _ := argument.([]any)
	switch {
	case name == "Fn::Equals" && len(arguments) == 2:
		a, err := t.resolve(arguments[0])
		if err != nil {
			return false, err
		}
		b, err := t.resolve(arguments[1])
		return a == b, err
	case name == "Fn::Not" && len(arguments) == 1:
		holds, err := t.truth(arguments[0])
		return !holds, err
	case name == "Fn::And":
		for _, a := range arguments {
			if holds, err := t.truth(a); err != nil || !holds {
				return false, err
			}
		}
		return true, nil
	}
	return false, fmt.Errorf("the condition %s is not understood", name)
}

// intrinsic takes a call of an intrinsic function apart.
func intrinsic(node any) (name string, argument any, ok bool) {
	m, isMap := node.(map[string]any)
	if !isMap || len(m) != 1 {
		return "", nil, false
	}
	for name, argument = range m {
	}
	return name, argument, name == "Ref" || name == "Condition" || strings.HasPrefix(name, "Fn::")
}

// Where the stack of a test stands.
const (
	account   = "123456789012"
	region    = "eu-west-1"
	stackName = "factbox"
)

// nothing is what Ref AWS::NoValue gives: the property or element is left out.
type nothing struct{}

// resolve replaces the intrinsic functions in a value by what CloudFormation would give. A resource that has no name of its
// own is named by its logical id.
func (t *Template) resolve(node any) (any, error) {
	if name, argument, ok := intrinsic(node); ok {
		return t.call(name, argument)
	}
	switch v := node.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, item := range v {
			r, err := t.resolve(item)
			if err != nil {
				return nil, err
			}
			if r != (nothing{}) {
				out[k] = r
			}
		}
		return out, nil
	case []any:
		out := make([]any, 0, len(v))
		for _, item := range v {
			r, err := t.resolve(item)
			if err != nil {
				return nil, err
			}
			if r != (nothing{}) {
				out = append(out, r)
			}
		}
		return out, nil
	}
	return node, nil
}

func (t *Template) call(name string, argument any) (any, error) {
	text, _ := argument.(string)
	list, _ := argument.([]any)
	switch {
	case name == "Ref":
		return t.ref(text)
	case name == "Fn::GetAtt" && len(list) == 2 && list[1] == "Arn":
		id, _ := list[0].(string)
		return t.arn(id)
	case name == "Fn::If" && len(list) == 3:
		condition, _ := list[0].(string)
		holds, err := t.holds(condition)
		if err != nil {
			return nil, err
		}
		if holds {
			return t.resolve(list[1])
		}
		return t.resolve(list[2])
	case name == "Fn::Sub" && text != "":
		return t.substitute(text, nil)
	case name == "Fn::Sub" && len(list) == 2:
		text, _ = list[0].(string)
		variables, _ := list[1].(map[string]any)
		return t.substitute(text, variables)
	}
	return nil, fmt.Errorf("%s of %v is not understood", name, argument)
}

func (t *Template) ref(name string) (any, error) {
	switch name {
	case "AWS::NoValue":
		return nothing{}, nil
	case "AWS::Region":
		return region, nil
	case "AWS::AccountId":
		return account, nil
	case "AWS::Partition":
		return "aws", nil
	case "AWS::StackName":
		return stackName, nil
	}
	if value, ok := t.parameters[name]; ok {
		return value, nil
	}
	r, ok := t.resources[name]
	if !ok {
		return nil, fmt.Errorf("there is no parameter or resource %q", name)
	}
	for _, property := range []string{"TableName", "LogGroupName"} {
		if given, named := r.Properties[property]; named {
			v, err := t.resolve(given)
			if err != nil || v != (nothing{}) {
				return v, err
			}
		}
	}
	return name, nil
}

// arn names a resource as a policy does.
func (t *Template) arn(id string) (any, error) {
	name, err := t.ref(id)
	if err != nil {
		return nil, err
	}
	switch kind := t.resources[id].Type; kind {
	case "AWS::DynamoDB::Table":
		return fmt.Sprintf("arn:aws:dynamodb:%s:%s:table/%s", region, account, name), nil
	case "AWS::Logs::LogGroup":
		return fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s:*", region, account, name), nil
	case "AWS::IAM::Role":
		return fmt.Sprintf("arn:aws:iam::%s:role/%s", account, name), nil
	case "AWS::SQS::Queue":
		return fmt.Sprintf("arn:aws:sqs:%s:%s:%s", region, account, name), nil
	case "AWS::Events::Rule":
		return fmt.Sprintf("arn:aws:events:%s:%s:rule/%s", region, account, name), nil
	default:
		return nil, fmt.Errorf("the ARN of an %s is not understood", kind)
	}
}

// substitute fills the ${names} of Fn::Sub.
func (t *Template) substitute(text string, variables map[string]any) (any, error) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "${")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			return nil, fmt.Errorf("a ${ is not closed in %q", text)
		}
		var v any
		var err error
		switch given, ok := variables[name]; {
		case ok:
			v, err = t.resolve(given)
		case strings.HasSuffix(name, ".Arn"):
			v, err = t.arn(strings.TrimSuffix(name, ".Arn"))
		default:
			v, err = t.ref(name)
		}
		if err != nil {
			return nil, err
		}
		fmt.Fprint(&out, v)
		text = after
	}
}
