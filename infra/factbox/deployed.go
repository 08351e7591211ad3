package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"factbox/shared/store"
)

// serviceRegion tells the region of Amazon DynamoDB by the address of its endpoint, such as
// https://dynamodb.eu-west-1.amazonaws.com. ok is false for any other engine.
func serviceRegion(endpoint string) (region string, ok bool) {
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", false
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	if len(labels) < 4 || !strings.HasPrefix(labels[0], "dynamodb") {
		return "", false
	}
	amazon := labels[2] == "amazonaws" || labels[2] == "api" && labels[3] == "aws" // the second answers over IPv6 too
	return labels[1], amazon
}

// deployedTables checks that a deployed stack's tables are named and there. The stack makes them, never this command: by
// template.yaml they are backed up and protected, and a table made here would be neither.
func deployedTables(ctx context.Context, client *dynamodb.Client, names store.Tables) error {
	if names.Documents == "" || names.Facts == "" {
		return errors.New("the tables of a deployed stack have to be named: give --documents-table and --facts-table, or set DOCUMENTS_TABLE and FACTS_TABLE; its outputs DocumentsTableName and FactsTableName have them")
	}
	for _, name := range []string{names.Documents, names.Facts} {
		_, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
		if missing := (*types.ResourceNotFoundException)(nil); errors.As(err, &missing) {
			return fmt.Errorf("there is no table %s: is the stack deployed, in this account and region?", name)
		}
		if err != nil {
			return fmt.Errorf("looking for the table %s: %w", name, err)
		}
	}
	return nil
}
