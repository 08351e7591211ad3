package mcp

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"factbox/shared/api"
	"factbox/shared/lambda"
)

// TestLambda replays the event of events/ as Lambda hands it over. The links are to the gateway's host, and what the tool read of the store counts
// for the request.
func TestLambda(t *testing.T) {
	raw, err := os.ReadFile("../../events/chat-mcp.json")
	if err != nil {
		t.Fatal(err)
	}
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(raw, &event); err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	function := lambda.Handler(Handler(api.Deps{Store: fake{tolls: 1, reports: 2}, Log: silent}), slog.New(slog.NewTextHandler(&log, nil)))
	a, err := function(t.Context(), event)
	if err != nil || a.StatusCode != 200 || a.IsBase64Encoded || a.Headers["Content-Type"] != "application/json" {
		t.Fatalf("%+v (%v)", a, err)
	}
	for _, part := range []string{`"id":3`, "Killed: dozens, mine collapse 0", `"not_stated":["injured"]`, `"uri":"https://coal.example/d0-0"`,
		`"uri":"https://a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com/v1/headlines/d0-1?format=text"`} {
		if !strings.Contains(a.Body, part) {
			t.Errorf("no %s in %s", part, a.Body)
		}
	}
	for _, part := range []string{"path=/mcp", "status=200", `request_id="` + event.RequestContext.RequestID, "ReadUnits=0.5"} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("no %s in %s", part, log.String())
		}
	}
	event.RequestContext.HTTP.Method = "GET"
	if a, err := function(t.Context(), event); err != nil || a.StatusCode != 405 || a.Headers["Allow"] != "POST" {
		t.Errorf("GET: %+v (%v)", a, err)
	}
}
