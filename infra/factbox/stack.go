package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"factbox/infra/local"
	"factbox/shared/seed"
	"factbox/shared/store"
)

// localTables are the names that the local stack gives the tables of template.yaml, unless others are asked for.
var localTables = store.Tables{Documents: "factbox-documents", Facts: "factbox-facts"}

// engineFlags choose the DynamoDB that a command talks to.
type engineFlags struct {
	Endpoint       string `env:"AWS_ENDPOINT_URL_DYNAMODB" placeholder:"URL" help:"Use this DynamoDB engine and start none. With https://dynamodb.REGION.amazonaws.com it is a deployed stack's."`
	DocumentsTable string `env:"DOCUMENTS_TABLE" placeholder:"NAME" help:"The table of documents; a deployed stack's has to be named."`
	FactsTable     string `env:"FACTS_TABLE" placeholder:"NAME" help:"The table of facts; a deployed stack's has to be named."`
	Data           string `default:".factbox/data" help:"The folder that keeps the data of the engine that is started."`
	Memory         bool   `help:"Keep the data in memory: a throw-away."`
	Template       string `default:"template.yaml" type:"path" help:"The SAM template that defines the tables."`
}

// stack is a DynamoDB with Factbox's tables.
type stack struct {
	store  *store.Store
	engine *local.Engine // nil when the engine is somebody else's
}

// open starts an engine, unless there is one to use, and makes the tables that are missing; those of a deployed stack have to
// be there. On an error nothing is left running.
func (f engineFlags) open(ctx context.Context, log *slog.Logger) (stack, error) {
	names := store.Tables{Documents: f.DocumentsTable, Facts: f.FactsTable}
	if region, deployed := serviceRegion(f.Endpoint); deployed {
		return openDeployed(ctx, f.Endpoint, region, names)
	}
	names.Documents = cmp.Or(names.Documents, localTables.Documents)
	names.Facts = cmp.Or(names.Facts, localTables.Facts)
	var s stack
	template, err := os.ReadFile(f.Template)
	if err != nil {
		return stack{}, fmt.Errorf("the tables are defined by template.yaml: run this in the repository's folder, or give --template: %w", err)
	}
	definitions, err := local.Tables(template)
	if err != nil {
		return stack{}, err
	}
	endpoint := f.Endpoint
	if endpoint == "" {
		dir := ""
		if !f.Memory {
			if dir, err = filepath.Abs(f.Data); err != nil {
				return stack{}, err
			}
		}
		engine, err := local.Start(ctx, local.Options{Dir: dir, Log: log})
		if err != nil {
			return stack{}, err
		}
		s.engine = engine
		endpoint = engine.URL()
	}
	if err := s.prepare(ctx, endpoint, names, definitions); err != nil {
		return stack{}, errors.Join(fmt.Errorf("using the DynamoDB at %s: %w", endpoint, err), s.close())
	}
	return s, nil
}

// openDeployed gives the stack whose tables are in Amazon DynamoDB.
func openDeployed(ctx context.Context, endpoint, region string, names store.Tables) (stack, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRegion(region))
	if err != nil {
		return stack{}, fmt.Errorf("loading the AWS configuration: %w", err)
	}
	client := newClient(cfg, endpoint)
	if err := deployedTables(ctx, client, names); err != nil {
		return stack{}, err
	}
	return stack{store: store.New(client, names)}, nil
}

// prepare connects to the engine and makes the tables that are missing.
func (s *stack) prepare(ctx context.Context, endpoint string, names store.Tables, definitions map[string]*dynamodb.CreateTableInput) error {
	client, err := connect(ctx, endpoint, s.engine != nil)
	if err != nil {
		return err
	}
	byID := map[string]string{local.DocumentsTable: names.Documents, local.FactsTable: names.Facts}
	if err := local.CreateTables(ctx, client, definitions, byID); err != nil {
		return err
	}
	s.store = store.New(client, names)
	return nil
}

// close ends the engine if it was started here.
func (s stack) close() error {
	if s.engine == nil {
		return nil
	}
	return s.engine.Stop()
}

// connect makes a client. An engine of ours takes any credentials; another's are looked up as the SDK does.
func connect(ctx context.Context, endpoint string, ours bool) (*dynamodb.Client, error) {
	options := []func(*config.LoadOptions) error{config.WithDefaultRegion("local")}
	if ours || os.Getenv("AWS_ACCESS_KEY_ID") == "" && os.Getenv("AWS_PROFILE") == "" {
		options = append(options, config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("local", "local", "")))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("loading the AWS configuration: %w", err)
	}
	return newClient(cfg, endpoint), nil
}

func newClient(cfg aws.Config, endpoint string) *dynamodb.Client {
	return dynamodb.NewFromConfig(cfg, func(o *dynamodb.Options) {
		o.BaseEndpoint = aws.String(endpoint)
		o.DisableValidateResponseChecksum = true // it is checked against errors whose body nobody read, and complains
	})
}

// plant puts the seed set and reports how many facts it has.
func plant(ctx context.Context, s *store.Store, sets []seed.Set, bodies map[string][]byte, at time.Time) (facts int, err error) {
	for _, set := range sets {
		id := set.Document.Source.Document
		if _, err := s.Put(ctx, store.Putting{Document: set.Document, Body: bodies[id], Facts: set.Facts, At: at}); err != nil {
			return facts, fmt.Errorf("loading the seed document %s: %w", id, err)
		}
		facts += len(set.Facts)
	}
	return facts, nil
}

// empty reports whether the store holds nothing yet.
func empty(ctx context.Context, s *store.Store) (bool, error) {
	h, err := s.Health(ctx)
	return h.Seq == 0, err
}
