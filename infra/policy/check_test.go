package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"factbox/infra/local/localtest"
	"factbox/shared/api"
)

func TestMain(m *testing.M) { localtest.Main(m) }

const templateFile = "../../template.yaml"

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// transformed is what AWS's transform made of template.yaml.
func transformed(t *testing.T) string {
	t.Helper()
	return read(t, "testdata/template.json")
}

func parse(t *testing.T, text string, parameters map[string]string) *Template {
	t.Helper()
	parsed, err := Parse([]byte(text), parameters)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// TestTransformed fails after every change of template.yaml until its transform is made again, so that what the other tests
// judge is what would be deployed.
func TestTransformed(t *testing.T) {
	hash := sha256.Sum256([]byte(read(t, templateFile)))
	if parse(t, transformed(t), nil).Source != hex.EncodeToString(hash[:]) {
		t.Error("template.yaml has changed since it was transformed: run make transform")
	}
}

// settings are the parameters under which the template is judged.
var settings = map[string]map[string]string{
	"defaults": nil,
	"all on": {"Tracing": "Active", "TablePrefix": "factbox", "DomainName": "facts.example.com", "CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/a",
		"HostedZoneId": "Z1", "CloudFront": "true"},
	"restored": {"RestoredDocumentsTable": "restored-documents", "RestoredFactsTable": "restored-facts"},
	"bucket":   {"SourceBucket": "wire"},
}

func TestSafe(t *testing.T) {
	for name, parameters := range settings {
		found, err := parse(t, transformed(t), parameters).Check()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, line := range found {
			t.Errorf("%s: %s", name, line)
		}
	}
}

// TestRoutes holds the deployed routes, with who may call them, against those of the code.
func TestRoutes(t *testing.T) {
	deployed, err := parse(t, transformed(t), nil).Routes()
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, r := range deployed {
		have = append(have, fmt.Sprintf("%s %s by %s, IAM %v", r.Method, r.Path, r.Function, r.IAM))
	}
	want := []string{"ANY $default by StoriesFunction, IAM false", "ANY " + api.MCPPath + " by ChatFunction, IAM false"}
	for _, r := range api.Routes() {
		if r.Function == "widgets" {
			r.Method = "ANY" // so that HEAD is answered by who can draw
		}
		want = append(want, fmt.Sprintf("%s %s by %sFunction, IAM %v", r.Method, r.Path, strings.ToUpper(r.Function[:1])+r.Function[1:], r.Write))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("deployed\n%s\nthe code has\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
}

// TestGrants states all that each function may do.
func TestGrants(t *testing.T) {
	const documents, facts = "documents:", "facts:"
	own := func(function string) string { return function + " logs:" }
	get, query := "GetItem", "Query"
	want := map[string][]string{
		"headlines":  {documents + get, documents + query, facts + get},
		"casualties": {documents + get, documents + query, facts + get, facts + query},
		"dates":      {documents + get, documents + query, facts + get, facts + query},
		"pledges":    {documents + get, documents + query, facts + get, facts + query},
		"stories":    {documents + get, documents + query, facts + get, facts + query},
		"chat":       {documents + get, documents + query, facts + get, facts + query},
		"widgets":    {documents + query, facts + get},
		"documents": {documents + get, documents + query, documents + "BatchWriteItem", documents + "ConditionCheckItem", documents + "DeleteItem", documents + "PutItem",
			facts + get, facts + query, facts + "DeleteItem", facts + "PutItem"},
		"refresh": {documents + get, documents + query, documents + "PutItem", "queue:SendMessage", "wire:ListBucket", "wire/*:GetObject"},
		"ingest": {documents + get, documents + query, documents + "BatchWriteItem", documents + "ConditionCheckItem", documents + "DeleteItem", documents + "PutItem",
			facts + get, facts + query, facts + "DeleteItem", facts + "PutItem", "queue:DeleteMessage", "queue:GetQueueAttributes", "queue:ReceiveMessage", "wire/*:GetObject"},
	}
	for _, traced := range []string{"PassThrough", "Active"} {
		functions, err := parse(t, transformed(t), map[string]string{"TablePrefix": "factbox", "Tracing": traced, "SourceBucket": "wire"}).Functions()
		if err != nil {
			t.Fatal(err)
		}
		if len(functions) != len(want) {
			t.Errorf("%d functions, want %d", len(functions), len(want))
		}
		for name, f := range functions {
			short := strings.NewReplacer("arn:aws:dynamodb:eu-west-1:123456789012:table/factbox-", "",
				"arn:aws:sqs:eu-west-1:123456789012:ArticleQueue", "queue", "arn:aws:s3:::", "",
				"arn:aws:logs:eu-west-1:123456789012:log-group:/factbox/factbox/"+name+":*", name+" logs")
			var have []string
			for _, g := range f.Grants() {
				_, action, _ := strings.Cut(g.Action, ":")
				have = append(have, short.Replace(g.Resource)+":"+action)
			}
			all := append(slices.Clone(want[name]), own(name)+"CreateLogStream", own(name)+"PutLogEvents")
			if traced == "Active" {
				all = append(all, "*:PutTraceSegments", "*:PutTelemetryRecords")
			}
			slices.Sort(have)
			slices.Sort(all)
			if !slices.Equal(have, all) {
				t.Errorf("%s, traces %s: may do %q, want %q", name, traced, have, all)
			}
		}
	}
}

// TestNoSecrets names the variables of the functions' environment, which anybody may read who may look at a function: names
// of tables and a queue, a level, an address, and whose pages may frame.
func TestNoSecrets(t *testing.T) {
	functions, err := parse(t, transformed(t), map[string]string{"TablePrefix": "factbox"}).Functions()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"DOCUMENTS_TABLE": "factbox-documents", "FACTS_TABLE": "factbox-facts", "LOG_LEVEL": "INFO", "AWS_ENDPOINT_URL_DYNAMODB": ""}
	for name, f := range functions {
		want := maps.Clone(all)
		switch name {
		case "refresh":
			want["QUEUE_URL"] = "ArticleQueue"
		case "chat", "stories":
			want["SITE"] = ""
		case "widgets":
			want["SITE"], want["FRAME_ANCESTORS"] = "", "*"
		}
		for variable, value := range f.Environment {
			if want[variable] != value {
				t.Errorf("%s has %s=%s in its environment", name, variable, value)
			}
		}
		if len(f.Environment) != len(want) {
			t.Errorf("%s has %d variables, want %d", name, len(f.Environment), len(want))
		}
	}
}

// mistakes are changes of template.yaml that must not pass.
var mistakes = []struct {
	name, old, new string
	says           string // a part of a finding or an error
}{
	{"an open write", "            Method: DELETE\n            Path: /v1/documents/{id}\n            Auth:\n              Authorizer: AWS_IAM\n",
		"            Method: DELETE\n            Path: /v1/documents/{id}\n", "DELETE /v1/documents/{id} changes something, and anybody may call it"},
	{"another open write", "            Path: /v1/documents\n            Auth:\n              Authorizer: AWS_IAM\n", "            Path: /v1/documents\n", "POST /v1/documents changes something"},
	{"the writer on an open route", "      Events:\n        Put:\n", "      Events:\n        Read:\n          Type: HttpApi\n          Properties: {ApiId: !Ref HttpApi, Method: GET, Path: /v1/all}\n        Put:\n",
		"GET /v1/all is answered by DocumentsFunction, which may write"},
	{"a reader that writes", "            Action: [dynamodb:GetItem, dynamodb:Query]\n", "            Action: [dynamodb:GetItem, dynamodb:Query, dynamodb:PutItem]\n", "GET /v1/casualties is answered by CasualtiesFunction, which may write"},
	{"any action", "                  - dynamodb:BatchWriteItem\n", "                  - dynamodb:*\n", "DocumentsRole allows dynamodb:*: a wildcard"},
	{"any table", "Resource: !If [Restored, !Sub \"arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${RestoredFactsTable}\", !GetAtt FactsTable.Arn]", `Resource: "*"`, "on *: a wildcard"},
	{"any log group", "Resource: !GetAtt DatesLogs.Arn", `Resource: !Sub "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*"`, "DatesRole allows logs:CreateLogStream"},
	{"SAM's own role", "      Role: !GetAtt PledgesRole.Arn\n", "", "PledgesFunction has a policy that is not ours"},
	{"a policy of AWS", "ManagedPolicyArns: [!Ref ReadDocuments, !Ref ReadFacts,", "ManagedPolicyArns: [!Ref ReadDocuments, \"arn:aws:iam::aws:policy/AdministratorAccess\",", "a policy that is not ours: arn:aws:iam::aws:policy/AdministratorAccess"},
	{"all but", "                Action: [logs:CreateLogStream, logs:PutLogEvents]", "                NotAction: [logs:CreateLogStream, logs:PutLogEvents]", "only statements that allow"},
	{"a role for anybody", `Principal: {Service: lambda.amazonaws.com}`, `Principal: {AWS: "*"}`, "may be taken by"},
	{"a function URL", "      Description: The tolls of events\n", "      Description: The tolls of events\n      FunctionUrlConfig: {AuthType: NONE}\n", "AWS::Lambda::Url"},
	{"writes from pages", "        AllowMethods: [GET]", "        AllowMethods: [GET, POST]", "to the pages of other sites"},
	{"a rule that matches events", "          Type: Schedule\n          Properties:\n            Description: Ask which sources are due\n            Schedule: !Ref RefreshRate\n            State: !Ref Refresh\n",
		"          Type: EventBridgeRule\n          Properties: {Pattern: {source: [anybody]}}\n", "matches events"},
	{"another's queue", "            Queue: !GetAtt ArticleQueue.Arn", `            Queue: "arn:aws:sqs:eu-west-1:999999999999:theirs"`, "no queue of the template"},
	{"a queue in the clear", "      SqsManagedSseEnabled: true\n      # Six", "      SqsManagedSseEnabled: false\n      # Six", "ArticleQueue is not encrypted"},
	{"any queue", "sqs:SendMessage\n                Resource: !GetAtt ArticleQueue.Arn", "sqs:SendMessage\n                Resource: \"*\"", "RefreshRole allows sqs:SendMessage on *: a wildcard"},
	{"no encryption", "SSEEnabled: true", "SSEEnabled: false", "is not encrypted"},
	{"no recovery", "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false", "no point-in-time recovery"},
	{"tables that go", "    Type: AWS::DynamoDB::Table\n    DeletionPolicy: Retain\n", "    Type: AWS::DynamoDB::Table\n", "does not outlive the stack"},
}

// TestMistakes makes each mistake in template.yaml and lets AWS's transform make a template of it.
func TestMistakes(t *testing.T) {
	python := os.Getenv("FACTBOX_PYTHON")
	if python == "" {
		t.Skip("make check runs this: FACTBOX_PYTHON has to name a Python that has AWS's transform")
	}
	whole := read(t, templateFile)
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			text := strings.Replace(whole, m.old, m.new, 1)
			if text == whole {
				t.Fatalf("the template has no %q", m.old)
			}
			name := filepath.Join(t.TempDir(), "template.yaml")
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			made, err := exec.Command(python, "../check/transform.py", name).Output()
			if err != nil {
				t.Fatal(err)
			}
			wantFinding(t, string(made), m.says)
		})
	}
}

func wantFinding(t *testing.T, made, says string) {
	t.Helper()
	template, err := Parse([]byte(made), nil)
	var found []string
	if err == nil {
		found, err = template.Check()
	}
	if err != nil {
		found = append(found, err.Error())
	}
	if !strings.Contains(strings.Join(found, "\n"), says) {
		t.Errorf("found %q, want %q", found, says)
	}
}

// TestMistakesTransformed makes mistakes in the transformed text, where no Python is needed.
func TestMistakesTransformed(t *testing.T) {
	whole := transformed(t)
	for _, m := range []struct{ name, old, new, says string }{
		{"an open write", "\"AWS_IAM\": []", "\"NONE\": []", "/v1/documents changes something, and anybody may call it"},
		{"another scheme", `"awsSigv4"`, `"custom"`, "POST /v1/documents changes something"},
		{"any action", `"dynamodb:BatchWriteItem"`, `"*"`, "DocumentsRole allows *: a wildcard"},
		{"any caller", `"Principal": "apigateway.amazonaws.com"`, `"Principal": "*"`, "lets * of"},
		{"any rule", `"Principal": "events.amazonaws.com"`, `"Principal": "sns.amazonaws.com"`, "lets sns.amazonaws.com of"},
		{"a rule that matches events", `"ScheduleExpression"`, `"EventPattern": {}, "ScheduleExpression"`, "matches events"},
		{"a queue in the clear", `"SqsManagedSseEnabled": true`, `"SqsManagedSseEnabled": false`, "ArticleQueue is not encrypted"},
		{"an unknown function", `"Fn::GetAtt"`, `"Fn::GetAZs"`, "is not understood"},
		{"a condition in a policy", `"Effect": "Allow",`, `"Effect": "Deny",`, "only statements that allow"},
		{"a route beside the list", `"AWS::CloudWatch::Alarm"`, `"AWS::ApiGatewayV2::Route"`, "CrashAlarm is an AWS::ApiGatewayV2::Route"},
		{"a table for others", `"BillingMode"`, `"ResourcePolicy": {}, "BillingMode"`, "has a policy of its own"},
		{"no routes", `"paths": {`, `"pathz": {`, "there are no routes"},
	} {
		t.Run(m.name, func(t *testing.T) {
			text := strings.ReplaceAll(whole, m.old, m.new)
			if text == whole {
				t.Fatalf("the template has no %q", m.old)
			}
			wantFinding(t, text, m.says)
		})
	}
}
