// Package boot starts a Lambda function: logger, store and handler, alike for all of them.
package boot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"runtime/debug"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"factbox/shared/api"
	"factbox/shared/lambda"
	"factbox/shared/store"
)

// Settings are what main reads of the environment.
type Settings struct {
	Documents string // the name of the table of documents; needed
	Facts     string // the name of the table of facts; needed
	LogLevel  string // DEBUG, INFO, WARN or ERROR in any case; empty is INFO

	Site           string // the address of the service, where that of a request is not it
	FrameAncestors string // whose pages may frame the widgets; empty is everybody's
}

// Run hands the handler to the Lambda runtime and does not return. What is wrong with the settings is logged, and ends the
// process with 1.
func Run(handler func(api.Deps) http.Handler, s Settings) {
	p := Open(s)
	lambda.Start(handler(api.Deps{Store: p.Store, Log: p.Log, Version: version(), Site: s.Site, FrameAncestors: s.FrameAncestors}), p.Log)
}

// Parts are what every function is made of.
type Parts struct {
	Config aws.Config
	Store  *store.Store
	Log    *slog.Logger
}

// Open makes the parts. What is wrong with the settings is logged, and ends the process with 1.
func Open(s Settings) Parts {
	log, err := s.logger()
	if err == nil {
		err = s.check()
	}
	var cfg aws.Config
	if err == nil {
		if cfg, err = config.LoadDefaultConfig(context.Background()); err != nil {
			err = fmt.Errorf("load the AWS configuration: %w", err)
		}
	}
	if err != nil {
		log.Error("cannot start", "error", err.Error())
		os.Exit(1)
	}
	return Parts{cfg, store.Open(cfg, store.Tables{Documents: s.Documents, Facts: s.Facts}), log}
}

// logger writes JSON lines to standard error; with a level that is none it logs at INFO and says so.
func (s Settings) logger() (*slog.Logger, error) {
	var level slog.Level
	var err error
	if s.LogLevel != "" {
		if err = level.UnmarshalText([]byte(s.LogLevel)); err != nil {
			err = fmt.Errorf("LOG_LEVEL is DEBUG, INFO, WARN or ERROR: %w", err)
		}
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})), err
}

func (s Settings) check() error {
	if s.Documents == "" || s.Facts == "" {
		return errors.New("DOCUMENTS_TABLE and FACTS_TABLE name the tables: set both")
	}
	return nil
}

// version is that of the module, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return ""
}
