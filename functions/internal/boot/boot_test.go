package boot

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

func TestSettings(t *testing.T) {
	tests := []struct {
		name     string
		settings Settings
		wrong    string // a part of the error; empty: none
	}{
		{"all", Settings{Documents: "d", Facts: "f", LogLevel: "debug"}, ""},
		{"default level", Settings{Documents: "d", Facts: "f"}, ""},
		{"no level", Settings{Documents: "d", Facts: "f", LogLevel: "loud"}, "LOG_LEVEL"},
		{"no documents", Settings{Facts: "f"}, "DOCUMENTS_TABLE"},
		{"no facts", Settings{Documents: "d"}, "FACTS_TABLE"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log, err := tt.settings.logger()
			if err == nil {
				err = tt.settings.check()
			}
			switch {
			case log == nil:
				t.Fatal("no logger to say what is wrong with")
			case tt.wrong == "" && err != nil:
				t.Fatal(err)
			case tt.wrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wrong)):
				t.Fatalf("error %v does not name %s", err, tt.wrong)
			}
		})
	}
}

func TestLogLevel(t *testing.T) {
	log, err := Settings{LogLevel: "warn"}.logger()
	if err != nil {
		t.Fatal(err)
	}
	if log.Enabled(context.Background(), slog.LevelInfo) || !log.Enabled(context.Background(), slog.LevelWarn) {
		t.Error("WARN does not log from warnings on")
	}
}

// TestEndpoint holds what template.yaml relies on: it declares the variable empty, and that must be as if it were not there.
func TestEndpoint(t *testing.T) {
	t.Setenv("AWS_REGION", "eu-west-1")
	for _, want := range []string{"", "http://127.0.0.1:8000"} {
		t.Setenv("AWS_ENDPOINT_URL_DYNAMODB", want)
		cfg, err := config.LoadDefaultConfig(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if endpoint := dynamodb.NewFromConfig(cfg).Options().BaseEndpoint; endpoint != nil {
			got = *endpoint
		}
		if got != want {
			t.Errorf("with %q the endpoint is %q", want, got)
		}
	}
}
