package local

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"go.yaml.in/yaml/v3"
)

// The logical ids of the two tables in template.yaml.
const (
	DocumentsTable = "DocumentsTable"
	FactsTable     = "FactsTable"
)

// Tables reads the definitions of the two tables out of a SAM template, by logical id (DocumentsTable, FactsTable). They
// have no name yet: CreateTables gives it.
//
// A definition holds what decides how the table answers: keys and billing. Backups, encryption and protection against
// deletion mean nothing locally and are left out. Any other property is an error, for a local table without it would
// not be the one that is deployed.
func Tables(template []byte) (map[string]*dynamodb.CreateTableInput, error) {
	resources, err := readResources(template)
	if err != nil {
		return nil, err
	}
	tables := map[string]*dynamodb.CreateTableInput{}
	for _, id := range []string{DocumentsTable, FactsTable} {
		r, ok := resources[id]
		if !ok || r.Type != "AWS::DynamoDB::Table" {
			return nil, fmt.Errorf("the template has no AWS::DynamoDB::Table %s", id)
		}
		if tables[id], err = readTable(r.Properties); err != nil {
			return nil, fmt.Errorf("reading the table %s of the template: %w", id, err)
		}
	}
	return tables, nil
}

// tableProperties are those of AWS::DynamoDB::Table that the local stack reads, or knows it may ignore.
type tableProperties struct {
	BillingMode          types.BillingMode `yaml:"BillingMode"`
	AttributeDefinitions []struct {
		AttributeName string                    `yaml:"AttributeName"`
		AttributeType types.ScalarAttributeType `yaml:"AttributeType"`
	} `yaml:"AttributeDefinitions"`
	KeySchema []struct {
		AttributeName string        `yaml:"AttributeName"`
		KeyType       types.KeyType `yaml:"KeyType"`
	} `yaml:"KeySchema"`
	Ignored map[string]yaml.Node `yaml:",inline"`
}

var ignoredProperties = map[string]bool{
	"TableName":                        true,
	"PointInTimeRecoverySpecification": true,
	"DeletionProtectionEnabled":        true,
	"SSESpecification":                 true,
	"Tags":                             true,
}

func readTable(properties yaml.Node) (*dynamodb.CreateTableInput, error) {
	var p tableProperties
	if err := properties.Decode(&p); err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(p.Ignored) {
		if !ignoredProperties[name] {
			return nil, fmt.Errorf("the local stack does not know its property %s", name)
		}
	}
	if p.BillingMode != types.BillingModePayPerRequest {
		return nil, fmt.Errorf("its BillingMode is %q, not %s", p.BillingMode, types.BillingModePayPerRequest)
	}
	in := &dynamodb.CreateTableInput{BillingMode: p.BillingMode}
	for _, a := range p.AttributeDefinitions {
		in.AttributeDefinitions = append(in.AttributeDefinitions,
			types.AttributeDefinition{AttributeName: &a.AttributeName, AttributeType: a.AttributeType})
	}
	for _, k := range p.KeySchema {
		in.KeySchema = append(in.KeySchema, types.KeySchemaElement{AttributeName: &k.AttributeName, KeyType: k.KeyType})
	}
	if len(in.KeySchema) == 0 {
		return nil, errors.New("it has no KeySchema")
	}
	return in, nil
}

// TableClient is what CreateTables needs of a *dynamodb.Client.
type TableClient interface {
	CreateTable(context.Context, *dynamodb.CreateTableInput, ...func(*dynamodb.Options)) (*dynamodb.CreateTableOutput, error)
	DescribeTable(context.Context, *dynamodb.DescribeTableInput, ...func(*dynamodb.Options)) (*dynamodb.DescribeTableOutput, error)
}

// activeTimeout bounds the wait for a new table, which is asked for every activePoll. DynamoDB Local has it at once.
const (
	activeTimeout = time.Minute
	activePoll    = 200 * time.Millisecond
)

// CreateTables makes the tables that are not there yet and returns once all can be used. tables are from Tables; names
// has the name of each by logical id. A table that is there with other keys is an error: it is an older Factbox's.
func CreateTables(ctx context.Context, client TableClient, tables map[string]*dynamodb.CreateTableInput, names map[string]string) error {
	for _, id := range sortedKeys(tables) {
		name := names[id]
		if name == "" {
			return fmt.Errorf("creating tables: no name is given for %s", id)
		}
		if err := createTable(ctx, client, *tables[id], name); err != nil {
			return fmt.Errorf("creating the table %s: %w", name, err)
		}
	}
	return nil
}

func createTable(ctx context.Context, client TableClient, in dynamodb.CreateTableInput, name string) error {
	in.TableName = &name
	_, err := client.CreateTable(ctx, &in)
	if exists := (*types.ResourceInUseException)(nil); err != nil && !errors.As(err, &exists) {
		return err
	}
	waiter := dynamodb.NewTableExistsWaiter(client, func(o *dynamodb.TableExistsWaiterOptions) {
		o.MinDelay, o.MaxDelay = activePoll, 10*activePoll
	})
	out, err := waiter.WaitForOutput(ctx, &dynamodb.DescribeTableInput{TableName: &name}, activeTimeout)
	if err != nil {
		return err
	}
	if !sameKeys(out.Table, &in) {
		return errors.New("there is one of that name with other keys, made by another version: use another data folder or engine")
	}
	return nil
}

// sameKeys tells whether a table has the keys, with their types, that a definition asks for.
func sameKeys(table *types.TableDescription, in *dynamodb.CreateTableInput) bool {
	keys := func(schema []types.KeySchemaElement, attributes []types.AttributeDefinition) map[types.KeyType]string {
		scalar := map[string]types.ScalarAttributeType{}
		for _, a := range attributes {
			scalar[*a.AttributeName] = a.AttributeType
		}
		out := map[types.KeyType]string{}
		for _, k := range schema {
			out[k.KeyType] = *k.AttributeName + " " + string(scalar[*k.AttributeName])
		}
		return out
	}
	have, want := keys(table.KeySchema, table.AttributeDefinitions), keys(in.KeySchema, in.AttributeDefinitions)
	return maps.Equal(have, want)
}
