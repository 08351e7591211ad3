package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Gate stands before a DynamoDB engine, or a queue of SQS, as AWS IAM does: it passes on the calls that a function's policies allow and answers
// the others with an AccessDeniedException. It is an http.RoundTripper for the SDK's client.
type Gate struct {
	Function Function
	Next     http.RoundTripper

	mu     sync.Mutex
	used   []Grant
	denied []Grant
}

// Used lists what the calls so far needed and were allowed, each once.
func (g *Gate) Used() []Grant { return g.list(&g.used) }

// Denied lists what the calls so far needed and were not allowed, each once.
func (g *Gate) Denied() []Grant { return g.list(&g.denied) }

func (g *Gate) list(of *[]Grant) []Grant {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(*of)
}

// RoundTrip implements http.RoundTripper.
func (g *Gate) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body.Close()
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	needs, err := needed(operation, body)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	for _, n := range needs {
		if !g.Function.Allows(n.Action, n.Resource) {
			note(&g.denied, n)
			g.mu.Unlock()
			return denial(r, n), nil
		}
		note(&g.used, n)
	}
	g.mu.Unlock()
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(bytes.NewReader(body))
	return g.Next.RoundTrip(again)
}

func note(list *[]Grant, n Grant) {
	if !slices.Contains(*list, n) {
		*list = append(*list, n)
	}
}

// transacted are the actions for the members of a transaction (Amazon DynamoDB Developer Guide, "IAM for transactions": the
// transaction itself is none).
var transacted = map[string]string{
	"Put": "dynamodb:PutItem", "Update": "dynamodb:UpdateItem", "Delete": "dynamodb:DeleteItem", "ConditionCheck": "dynamodb:ConditionCheckItem",
}

// needed lists the actions that a call needs, with the tables that it needs them on.
func needed(operation string, body []byte) ([]Grant, error) {
	var call struct {
		TableName     string
		QueueURL      string `json:"QueueUrl"`
		RequestItems  map[string]any
		TransactItems []map[string]struct{ TableName string }
	}
	if err := json.Unmarshal(body, &call); err != nil {
		return nil, fmt.Errorf("reading the call %s: %w", operation, err)
	}
	var needs []Grant
	switch operation {
	case "GetItem", "Query":
		needs = append(needs, Grant{"dynamodb:" + operation, table(call.TableName)})
	case "BatchWriteItem", "BatchGetItem":
		for name := range call.RequestItems {
			needs = append(needs, Grant{"dynamodb:" + operation, table(name)})
		}
	case "TransactWriteItems":
		for _, item := range call.TransactItems {
			for kind, on := range item {
				needs = append(needs, Grant{transacted[kind], table(on.TableName)})
			}
		}
	case "SendMessage":
		name := call.QueueURL[strings.LastIndex(call.QueueURL, "/")+1:]
		needs = append(needs, Grant{"sqs:SendMessage", fmt.Sprintf("arn:aws:sqs:%s:%s:%s", region, account, name)})
	default:
		return nil, fmt.Errorf("the store calls %s: say what that needs", operation)
	}
	return needs, nil
}

func table(name string) string {
	return fmt.Sprintf("arn:aws:dynamodb:%s:%s:table/%s", region, account, name)
}

// denial is DynamoDB's answer to who may not.
func denial(r *http.Request, g Grant) *http.Response {
	message := fmt.Sprintf("User: arn:aws:sts::%s:assumed-role/function is not authorized to perform: %s on resource: %s because no identity-based policy allows the %[2]s action", account, g.Action, g.Resource)
	body, err := json.Marshal(map[string]string{"__type": "com.amazon.coral.service#AccessDeniedException", "Message": message})
	if err != nil {
		panic(err) // strings always marshal
	}
	return &http.Response{
		StatusCode: http.StatusBadRequest, Status: "400 Bad Request", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Body: io.NopCloser(bytes.NewReader(body)),
	}
}
