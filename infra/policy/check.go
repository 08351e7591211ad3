package policy

import (
	"fmt"
	"slices"
	"strings"
)

// Route is a route of the HTTP API as it is deployed.
type Route struct {
	Method   string // such as GET; ANY for the default route
	Path     string
	Function string // the logical id of the function that answers
	IAM      bool   // whether the caller has to be an AWS identity that is allowed to
}

// Routes reads the routes that the HTTP API is made with, sorted by path and method.
func (t *Template) Routes() ([]Route, error) {
	var routes []Route
	for _, id := range t.ids() {
		if t.resources[id].Type != "AWS::ApiGatewayV2::Api" {
			continue
		}
		var body struct {
			Paths map[string]map[string]struct {
				Security    []map[string]any
				Integration struct{ URI string } `json:"x-amazon-apigateway-integration"`
			}
			Components struct {
				SecuritySchemes map[string]struct {
					Type     string `json:"x-amazon-apigateway-authtype"`
					In, Name string
				}
			}
		}
		if err := t.decode(id, "Body", &body); err != nil {
			return nil, err
		}
		for path, methods := range body.Paths {
			for method, operation := range methods {
				r := Route{Method: strings.ToUpper(method), Path: path}
				if method == "x-amazon-apigateway-any-method" {
					r.Method = "ANY"
				}
				// Each of the list is enough alone; each of the names in one is needed.
				r.IAM = len(operation.Security) > 0
				for _, way := range operation.Security {
					signed := false
					for scheme := range way {
						signed = signed || body.Components.SecuritySchemes[scheme].Type == "awsSigv4"
					}
					r.IAM = r.IAM && signed
				}
				function, err := t.integrated(operation.Integration.URI)
				if err != nil {
					return nil, fmt.Errorf("the route %s %s: %w", r.Method, path, err)
				}
				r.Function = function
				routes = append(routes, r)
			}
		}
	}
	slices.SortFunc(routes, func(a, b Route) int { return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method) })
	return routes, nil
}

// integrated finds the function that an integration calls, through its alias.
func (t *Template) integrated(uri string) (string, error) {
	_, id, _ := strings.Cut(uri, ":lambda:path/2015-03-31/functions/")
	id, _, _ = strings.Cut(id, "/")
	if t.resources[id].Type == "AWS::Lambda::Alias" {
		if err := t.decode(id, "FunctionName", &id); err != nil {
			return "", err
		}
	}
	if t.resources[id].Type != "AWS::Lambda::Function" {
		return "", fmt.Errorf("%q calls no function of the template", uri)
	}
	return id, nil
}

// reads are the actions that change nothing that is kept; all others count as writes. X-Ray and the logs take what a function
// tells of itself.
var reads = []string{"dynamodb:GetItem", "dynamodb:Query", "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}

// Check tells what of the template is unsafe, a line each:
//   - a route that changes something, or whose function could, and that anybody may call;
//   - an action or a resource with a wildcard, but for X-Ray, which knows no resources (Service Authorization Reference,
//     "Actions, resources, and condition keys for AWS X-Ray"), for the streams of one log group and the objects of one bucket;
//   - a policy that a function has and the template does not write, and a role that others than Lambda may take;
//   - a way to a function around the HTTP API, a method but GET that pages of other sites may use, and any resource of a type
//     that is not known to be harmless;
//   - a schedule that starts anything but a function of the template, and messages that come from another's queue;
//   - a table that is not encrypted, not backed up or deleted with the stack, and a queue that is not encrypted.
func (t *Template) Check() ([]string, error) {
	var found []string
	report := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	functions, err := t.Functions()
	if err != nil {
		return nil, err
	}
	writes := map[string]bool{}
	for _, f := range functions {
		for _, foreign := range f.Foreign {
			report("%s has a policy that is not ours: %s", f.ID, foreign)
		}
		for _, g := range f.Grants() {
			writes[f.ID] = writes[f.ID] || !slices.Contains(reads, g.Action)
		}
	}
	routes, err := t.Routes()
	if err != nil {
		return nil, err
	}
	if len(routes) == 0 {
		report("there are no routes")
	}
	for _, r := range routes {
		if r.Method != "GET" && r.Method != "ANY" && !r.IAM { // of ANY the function decides, which the next line judges
			report("%s %s changes something, and anybody may call it", r.Method, r.Path)
		}
		if writes[r.Function] && !r.IAM {
			report("%s %s is answered by %s, which may write, and anybody may call it", r.Method, r.Path, r.Function)
		}
	}
	for _, id := range t.ids() {
		lines, err := t.checkResource(id)
		if err != nil {
			return nil, err
		}
		found = append(found, lines...)
	}
	slices.Sort(found)
	return found, nil
}

func (t *Template) checkResource(id string) (found []string, err error) {
	switch t.resources[id].Type {
	default:
		return []string{fmt.Sprintf("%s is an %s: whether that lets anybody in is not understood", id, t.resources[id].Type)}, nil
	case "AWS::ApiGatewayV2::ApiMapping", "AWS::ApiGatewayV2::DomainName", "AWS::ApiGatewayV2::Stage", "AWS::CloudFormation::Stack",
		"AWS::CloudWatch::Alarm", "AWS::CodeDeploy::Application", "AWS::CodeDeploy::DeploymentGroup", "AWS::Lambda::Alias",
		"AWS::Lambda::EventInvokeConfig", "AWS::Lambda::Function", "AWS::Lambda::Version", "AWS::Logs::LogGroup", "AWS::Route53::RecordSet":
		// They grant nothing, and lead to a function by the routes alone.
	case "AWS::Events::Rule":
		return t.checkRule(id)
	case "AWS::Lambda::EventSourceMapping":
		return t.checkMapping(id)
	case "AWS::SQS::Queue":
		return t.checkQueue(id)
	case "AWS::IAM::Role", "AWS::IAM::ManagedPolicy":
		return t.checkPolicy(id)
	case "AWS::Lambda::Permission":
		var principal, source string
		if err := t.decode(id, "Principal", &principal); err != nil {
			return nil, err
		}
		if err := t.decode(id, "SourceArn", &source); err != nil {
			return nil, err
		}
		byRoute := principal == "apigateway.amazonaws.com" && strings.HasPrefix(source, fmt.Sprintf("arn:aws:execute-api:%s:%s:HttpApi/", region, account))
		_, rule, _ := strings.Cut(source, fmt.Sprintf("arn:aws:events:%s:%s:rule/", region, account))
		byRule := principal == "events.amazonaws.com" && t.resources[rule].Type == "AWS::Events::Rule"
		if !byRoute && !byRule {
			found = append(found, fmt.Sprintf("%s lets %s of %q call the function", id, principal, source))
		}
	case "AWS::ApiGatewayV2::Api":
		var body struct {
			CORS struct{ AllowMethods []string } `json:"x-amazon-apigateway-cors"`
		}
		if err := t.decode(id, "Body", &body); err != nil {
			return nil, err
		}
		if !slices.Equal(body.CORS.AllowMethods, []string{"GET"}) {
			found = append(found, fmt.Sprintf("%s offers %v to the pages of other sites, not GET alone", id, body.CORS.AllowMethods))
		}
	case "AWS::DynamoDB::Table":
		return t.checkTable(id)
	}
	return found, nil
}

func (t *Template) checkPolicy(id string) (found []string, err error) {
	statements, err := t.statements(id)
	if err != nil {
		return nil, err
	}
	for _, s := range statements {
		traces := !slices.ContainsFunc(s.Actions, func(a string) bool { return !strings.HasPrefix(a, "xray:Put") })
		for _, a := range s.Actions {
			if strings.ContainsAny(a, "*?") {
				found = append(found, fmt.Sprintf("%s allows %s: a wildcard", id, a))
			}
		}
		for _, r := range s.Resources {
			streams := strings.HasPrefix(r, "arn:aws:logs:") && strings.Contains(r, ":log-group:/factbox/")
			if streams {
				r = strings.TrimSuffix(r, ":*")
			}
			if objects, ok := strings.CutPrefix(r, "arn:aws:s3:::"); ok && slices.Equal(s.Actions, []string{"s3:GetObject"}) {
				r = strings.TrimSuffix(objects, "/*")
			}
			if strings.ContainsAny(r, "*?") && !(traces && r == "*") {
				found = append(found, fmt.Sprintf("%s allows %s on %s: a wildcard", id, strings.Join(s.Actions, ", "), r))
			}
		}
	}
	var trust document
	if err := t.decode(id, "AssumeRolePolicyDocument", &trust); err != nil {
		return nil, err
	}
	for _, s := range trust.Statement {
		service := s.Principal["Service"]
		if len(s.Principal) != 1 || len(service) != 1 || service[0] != "lambda.amazonaws.com" && service[0] != "codedeploy.amazonaws.com" {
			found = append(found, fmt.Sprintf("%s may be taken by %v", id, s.Principal))
		}
	}
	return found, nil
}

func (t *Template) checkTable(id string) (found []string, err error) {
	var encryption struct{ SSEEnabled bool }
	var recovery struct{ PointInTimeRecoveryEnabled bool }
	if err := t.decode(id, "SSESpecification", &encryption); err != nil {
		return nil, err
	}
	if err := t.decode(id, "PointInTimeRecoverySpecification", &recovery); err != nil {
		return nil, err
	}
	if !encryption.SSEEnabled {
		found = append(found, id+" is not encrypted with a key of the account")
	}
	if !recovery.PointInTimeRecoveryEnabled {
		found = append(found, id+" has no point-in-time recovery")
	}
	if _, shared := t.resources[id].Properties["ResourcePolicy"]; shared {
		found = append(found, id+" has a policy of its own, which is not understood")
	}
	if r := t.resources[id]; r.DeletionPolicy != "Retain" || r.UpdateReplacePolicy != "Retain" {
		found = append(found, id+" does not outlive the stack")
	}
	return found, nil
}
