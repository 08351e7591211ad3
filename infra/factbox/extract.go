package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"path/filepath"
	"strings"

	"factbox/shared/article"
	"factbox/shared/extract"
	"factbox/shared/fact"
)

type extractCommand struct {
	Files     []string `arg:"" optional:"" name:"file" help:"Plain text or HTML files."`
	Published string   `help:"Day of publication (YYYY-MM-DD), or unknown. Without it, the day that the page states."`
	Publisher string   `help:"Who published it."`
	Headline  string   `help:"Its headline. Without it, the one that the page has."`
	Batch     bool     `help:"Read JSON lines {id, published, text} from standard input and write {id, facts, timex}, a line each."`
}

// Run prints the facts of each file, or of each line of standard input.
func (c *extractCommand) Run(ctx context.Context) error {
	switch {
	case c.Batch && len(c.Files) > 0:
		return errors.New("--batch reads standard input: name no file beside it")
	case c.Batch:
		return batch(ctx, os.Stdin, os.Stdout)
	case len(c.Files) == 0:
		return errors.New("name the files to read, or use --batch")
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	for _, name := range c.Files {
		facts, err := c.file(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := out.Encode(map[string]any{"id": filepath.Base(name), "facts": facts}); err != nil {
			return err
		}
	}
	return nil
}

func (c *extractCommand) file(name string) ([]fact.Fact, error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	a, err := article.Read(body, mediaType(name))
	if err != nil {
		return nil, err
	}
	doc := fact.Document{Source: fact.Source{Document: filepath.Base(name), Headline: c.Headline, Publisher: c.Publisher}}
	if doc.Headline == "" {
		doc.Headline = a.Headline
	}
	published := c.Published
	if published == "" {
		published = string(a.Published)
	}
	if published == "" {
		return nil, errors.New("it does not state its day of publication: give --published YYYY-MM-DD, or --published unknown")
	}
	if doc.Published, err = publicationDay(published); err != nil {
		return nil, err
	}
	return extract.Facts(a, doc), nil
}

// mediaType tells HTML from plain text by the file's name.
func mediaType(name string) string {
	t, _, _ := strings.Cut(mime.TypeByExtension(filepath.Ext(name)), ";")
	if t == "text/html" || t == "application/xhtml+xml" {
		return "text/html"
	}
	return "text/plain"
}

// publicationDay reads a day of publication: EDTF, a day with a time behind it, or "unknown", as which nothing counts too.
func publicationDay(s string) (fact.EDTF, error) {
	if s == string(fact.Unknown) || s == "" {
		return fact.Unknown, nil
	}
	day, _, _ := strings.Cut(s, "T")
	date, err := fact.ParseEDTF(day)
	if err != nil {
		return "", fmt.Errorf("published: %w", err)
	}
	return date, nil
}

// batch reads a document a line and writes its facts and time expressions, in order and in constant memory.
func batch(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	buffered := bufio.NewWriterSize(out, 1<<16)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	for number := 1; ctx.Err() == nil; number++ {
		line, err := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			result, err := batchLine(line)
			if err != nil {
				return errors.Join(fmt.Errorf("line %d: %w", number, err), buffered.Flush())
			}
			if err := enc.Encode(result); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return buffered.Flush()
		}
		if err != nil {
			return errors.Join(err, buffered.Flush())
		}
	}
	return errors.Join(ctx.Err(), buffered.Flush())
}

// batchResult is a line of output. Problem says what of the document could not be read; it is read as far as it can be.
type batchResult struct {
	ID      string          `json:"id"`
	Facts   []fact.Fact     `json:"facts"`
	Timex   []extract.Timex `json:"timex"`
	Problem string          `json:"problem,omitempty"`
}

func batchLine(line []byte) (batchResult, error) {
	var in struct{ ID, Published, Text string }
	if err := json.Unmarshal(line, &in); err != nil {
		return batchResult{}, fmt.Errorf(`each line is {"id", "published", "text"}: %w`, err)
	}
	result := batchResult{ID: in.ID, Facts: []fact.Fact{}, Timex: []extract.Timex{}}
	published, err := publicationDay(in.Published)
	if err != nil {
		published, result.Problem = fact.Unknown, err.Error()
	}
	a, err := article.Read([]byte(in.Text), "text/plain")
	if err != nil {
		result.Problem = err.Error()
		return result, nil
	}
	r := extract.Read(a, fact.Document{Source: fact.Source{Document: in.ID, Headline: a.Headline, Published: published}})
	result.Facts = r.Facts()
	result.Timex = append(result.Timex, r.Timexes()...)
	return result, nil
}
