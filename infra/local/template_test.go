package local

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"go.yaml.in/yaml/v3"
)

func repositoryTemplate(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTables(t *testing.T) {
	tables, err := Tables(repositoryTemplate(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := sortedKeys(tables); !slices.Equal(got, []string{DocumentsTable, FactsTable}) {
		t.Fatalf("tables %v", got)
	}
	for id, in := range tables {
		var keys, attributes []string
		for _, k := range in.KeySchema {
			keys = append(keys, *k.AttributeName+" "+string(k.KeyType))
		}
		for _, a := range in.AttributeDefinitions {
			attributes = append(attributes, *a.AttributeName+" "+string(a.AttributeType))
		}
		if want := []string{"pk HASH", "sk RANGE"}; !slices.Equal(keys, want) {
			t.Errorf("%s: keys %v, not %v", id, keys, want)
		}
		if want := []string{"pk S", "sk S"}; !slices.Equal(attributes, want) {
			t.Errorf("%s: attributes %v, not %v", id, attributes, want)
		}
		if in.BillingMode != types.BillingModePayPerRequest {
			t.Errorf("%s: billing %s", id, in.BillingMode)
		}
	}
}

func TestTablesRefuses(t *testing.T) {
	whole := string(repositoryTemplate(t))
	tests := []struct {
		name, old, new string
		wrong          string // a part of the error
	}{
		{"no YAML", "Resources:", "Resources: [", "reading the template"},
		{"no table", "\n  FactsTable:\n", "\n  Facts:\n", "no AWS::DynamoDB::Table FactsTable"},
		{"another type", "Type: AWS::DynamoDB::Table", "Type: AWS::DynamoDB::GlobalTable", "no AWS::DynamoDB::Table DocumentsTable"},
		{"an index", "      BillingMode:", "      GlobalSecondaryIndexes: []\n      BillingMode:", "GlobalSecondaryIndexes"},
		{"provisioned", "PAY_PER_REQUEST", "PROVISIONED", "BillingMode"},
		{"no keys", "      KeySchema:", "      Tags:", "KeySchema"},
		{"not a list", "      KeySchema:\n", "      KeySchema: 3\n      Tags:\n", "cannot unmarshal"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(whole, tt.old, tt.new, 1)
			if broken == whole {
				t.Fatalf("the template has no %q to break", tt.old)
			}
			if _, err := Tables([]byte(broken)); err == nil || !strings.Contains(err.Error(), tt.wrong) {
				t.Errorf("error %v does not say %q", err, tt.wrong)
			}
		})
	}
}

func TestRoutes(t *testing.T) {
	got, err := Routes([]byte(`
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  StoriesFunction:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Timer: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
        Rest: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
        List: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /v1/stories, Method: get}}
  DocumentsFunction:
    Type: AWS::Serverless::Function
    Properties:
      Policies: [!Sub "${Api}"]
      Events:
        Put: {Type: HttpApi, Properties: {Path: /v1/documents, Method: POST, Auth: {Authorizer: AWS_IAM}}}
        Delete: {Type: HttpApi, Properties: {Path: /v1/documents, Method: DELETE, Auth: {Authorizer: NONE}}}
`))
	want := []Route{
		{"ANY", "$default", "stories", false},
		{"DELETE", "/v1/documents", "documents", false},
		{"POST", "/v1/documents", "documents", true},
		{"GET", "/v1/stories", "stories", false},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("routes %v, error %v; want %v", got, err, want)
	}
	for name, template := range map[string]string{
		"no method": `{Resources: {F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: HttpApi, Properties: {Path: /x}}}}}}}`,
		"no map":    `{Resources: {F: {Type: AWS::Serverless::Function, Properties: {Events: 7}}}}`,
		"no YAML":   `{`,
	} {
		if got, err := Routes([]byte(template)); err == nil {
			t.Errorf("%s: routes %v and no error", name, got)
		}
	}
}

// The template's own routes: each is one function's, reads are open, and what writes is signed.
func TestTemplateRoutes(t *testing.T) {
	routes, err := Routes(repositoryTemplate(t))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, r := range routes {
		key := r.Method + " " + r.Path
		if other, twice := seen[key]; twice {
			t.Errorf("%s goes to %s and to %s", key, other, r.Function)
		}
		seen[key] = r.Function
		if write := r.Method != "GET" && r.Method != "ANY"; write != r.IAM { // ANY is of functions that only read
			t.Errorf("%s: IAM is %v", key, r.IAM)
		}
		if (r.Function == "documents") != r.IAM {
			t.Errorf("%s goes to %s: only that function may write, and only for signed callers", key, r.Function)
		}
	}
	if seen["ANY $default"] != "stories" {
		t.Errorf("$default goes to %q", seen["ANY $default"])
	}
}

// function is what the tests of the template look at in one.
type function struct {
	LoggingConfig struct {
		LogGroup string `yaml:"LogGroup"`
	} `yaml:"LoggingConfig"`
}

// functions reads the template's functions by folder.
func functions(t *testing.T) map[string]function {
	t.Helper()
	resources, err := readResources(repositoryTemplate(t))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]function{}
	for id, r := range resources {
		if r.Type != "AWS::Serverless::Function" {
			continue
		}
		var f function
		if err := r.Properties.Decode(&f); err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		out[folder(id)] = f
	}
	return out
}

func TestFunctionsAreFolders(t *testing.T) {
	mains, err := filepath.Glob("../../functions/*/main.go")
	if err != nil {
		t.Fatal(err)
	}
	var folders []string
	for _, path := range mains {
		folders = append(folders, filepath.Base(filepath.Dir(path)))
	}
	if got := sortedKeys(functions(t)); !slices.Equal(got, folders) {
		t.Errorf("the template has the functions %v, the folders are %v", got, folders)
	}
}

// Logs are kept for a stated time, each function's in its own group, and tables outlive a mistake.
func TestSafety(t *testing.T) {
	var template struct {
		Resources map[string]struct {
			Type                string               `yaml:"Type"`
			DeletionPolicy      string               `yaml:"DeletionPolicy"`
			UpdateReplacePolicy string               `yaml:"UpdateReplacePolicy"`
			Properties          map[string]yaml.Node `yaml:"Properties"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(repositoryTemplate(t), &template); err != nil {
		t.Fatal(err)
	}
	for name, f := range functions(t) {
		id := f.LoggingConfig.LogGroup
		group := template.Resources[id]
		if want := strings.ToUpper(name[:1]) + name[1:] + "Logs"; id != want || group.Type != "AWS::Logs::LogGroup" {
			t.Errorf("%s logs to %q (%s), not to %s", name, id, group.Type, want)
		}
		if retention := group.Properties["RetentionInDays"]; retention.Value != "LogRetentionDays" {
			t.Errorf("%s keeps its logs %q days", name, retention.Value)
		}
	}
	for _, id := range []string{DocumentsTable, FactsTable} {
		table := template.Resources[id]
		if table.DeletionPolicy != "Retain" || table.UpdateReplacePolicy != "Retain" {
			t.Errorf("%s is deleted with the stack", id)
		}
		if p := table.Properties["DeletionProtectionEnabled"]; p.Value != "DeletionProtection" {
			t.Errorf("%s: deletion protection is %q", id, p.Value)
		}
		var recovery map[string]bool
		node := table.Properties["PointInTimeRecoverySpecification"]
		if err := node.Decode(&recovery); err != nil || !recovery["PointInTimeRecoveryEnabled"] {
			t.Errorf("%s has no point-in-time recovery (%v)", id, err)
		}
	}
}
