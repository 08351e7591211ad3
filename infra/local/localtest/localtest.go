// Package localtest gives tests a real DynamoDB engine: one for the whole test process, in memory.
package localtest

import (
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"factbox/infra/local"
)

// installTimeout bounds the first start on a machine, which downloads the engine.
const installTimeout = 5 * time.Minute

var engine struct {
	sync.Mutex
	*local.Engine
	err error
}

// Endpoint gives the URL of a DynamoDB engine: AWS_ENDPOINT_URL_DYNAMODB if that is set, else an engine that the first
// call in this process starts. It fails the test if none can run. Tables are shared by all tests of the process, so each
// test takes names of its own.
//
// The engine dies with the test process. A package whose TestMain calls Main ends it in order instead.
func Endpoint(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("AWS_ENDPOINT_URL_DYNAMODB"); url != "" {
		return url
	}
	engine.Lock()
	defer engine.Unlock()
	if engine.Engine == nil && engine.err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), installTimeout)
		defer cancel()
		engine.Engine, engine.err = local.Start(ctx, local.Options{})
	}
	if engine.err != nil {
		t.Fatal(engine.err)
	}
	return engine.URL()
}

// Main runs the tests, stops the engine if one was started, and exits. Call it from TestMain, as its last statement.
func Main(m *testing.M) {
	code := m.Run()
	engine.Lock()
	defer engine.Unlock()
	if engine.Engine != nil {
		if err := engine.Stop(); err != nil {
			os.Stderr.WriteString("stopping DynamoDB Local: " + err.Error() + "\n")
			code = max(code, 1)
		}
	}
	os.Exit(code)
}
