package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"factbox/infra/evaluate"
	"factbox/shared/api"
)

type evaluateCommand struct {
	Kind      string `arg:"" enum:"timex,casualties,pledges,facts,questions" help:"What to measure: timex, casualties, pledges, facts, or the answers to questions."`
	Gold      string `arg:"" type:"path" help:"The gold: JSON lines, or for facts also a folder of stories."`
	Errors    bool   `help:"List each fault with its document, its byte offset and its context."`
	Documents string `placeholder:"DIR" type:"path" help:"For facts, the folder of documents with their manifest.json. Without it, the folder documents beside the gold's."`
	Stories   string `placeholder:"DIR" type:"path" default:"shared/extract/testdata/stories" help:"For questions, the folder of stories that they are about, beside the seed set."`
	Template  string `default:"template.yaml" type:"path" help:"For questions, the SAM template that defines the tables; an engine is started that keeps them in memory."`
	Verdicts  string `placeholder:"FILE" type:"path" help:"For pledges, what readers judged: {\"id\", \"pledge\", \"donors\"}, a line each."`
}

// Run prints precision, recall and F1 of the extractor against gold data.
func (c *evaluateCommand) Run(ctx context.Context) error {
	report, err := c.report(ctx)
	if err != nil {
		return err
	}
	return report.Print(os.Stdout, c.Errors)
}

func (c *evaluateCommand) report(ctx context.Context) (report evaluate.Report, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s: %w", c.Gold, err)
		}
	}()
	if info, err := os.Stat(c.Gold); c.Kind == "facts" && err == nil && info.IsDir() {
		return evaluate.Stories(os.DirFS(c.Gold))
	}
	gold, err := os.Open(c.Gold)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, gold.Close()) }()
	switch c.Kind {
	case "timex":
		return evaluate.Timex(gold)
	case "casualties":
		return evaluate.Casualties(gold)
	case "pledges":
		verdicts, err := c.verdicts()
		if err != nil {
			return report, err
		}
		return evaluate.Pledges(gold, verdicts)
	case "questions":
		return c.questions(ctx, gold)
	}
	return evaluate.Facts(gold, cmp.Or(c.Documents, filepath.Join(filepath.Dir(c.Gold), "..", "documents")))
}

// questions asks a store of its own, in memory.
func (c *evaluateCommand) questions(ctx context.Context, gold io.Reader) (report evaluate.Report, err error) {
	s, err := engineFlags{Memory: true, Template: c.Template}.open(ctx, nil)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := evaluate.Library(ctx, s.store, os.DirFS(c.Stories), time.Now()); err != nil {
		return report, err
	}
	return evaluate.Questions(gold, api.Chat(api.Deps{Store: s.store}))
}

func (c *evaluateCommand) verdicts() (map[string]evaluate.Verdict, error) {
	if c.Verdicts == "" {
		return nil, nil
	}
	f, err := os.Open(c.Verdicts)
	if err != nil {
		return nil, err
	}
	verdicts, err := evaluate.ReadVerdicts(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Verdicts, err)
	}
	return verdicts, nil
}
