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
	Files     []string `arg:"" optional:"" name:"file" help:"Plain text or HTML files; - is plain text from standard input."`
	Published string   `help:"Day of publication (YYYY-MM-DD), or unknown. Without it, the day that the page states."`
	Publisher string   `help:"Who published it."`
	Headline  string   `help:"Its headline. Without it, the one that the page has."`
	Batch     bool     `help:"Read JSON lines {id, published, text} from standard input and write {id, facts, timex}, a line each."`
	Explain   bool     `help:"Show instead how each fact came about and how far the rules came that made none: for writing rules."`
	Kind      []string `help:"Explain only these kinds: casualty, date, pledge." enum:"casualty,date,pledge"`
	Misses    int      `help:"How many rules that did not match to explain, a kind and sentence." default:"3"`
	All       bool     `help:"Explain such rules also where a sentence has facts of the kind."`
}

// Run prints the facts of each file, or of each line of standard input, or explains them.
func (c *extractCommand) Run(ctx context.Context) error {
	x := explanation{bufio.NewWriter(os.Stdout), c.Kind, c.Misses, c.All}
	switch {
	case c.Batch && len(c.Files) > 0:
		return errors.New("--batch reads standard input: name no file beside it")
	case c.Batch && c.Explain:
		return explainBatch(ctx, os.Stdin, x)
	case c.Batch:
		return batch(ctx, os.Stdin, os.Stdout)
	case len(c.Files) == 0:
		return errors.New("name the files to read, or use --batch")
	}
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	for _, name := range c.Files {
		a, doc, err := c.file(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if c.Explain {
			err = x.write(doc.Source.Document, extract.Explain(a, doc))
		} else {
			err = out.Encode(map[string]any{"id": doc.Source.Document, "facts": extract.Facts(a, doc)})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file reads a file, or standard input where it is called "-".
func (c *extractCommand) file(name string) (*article.Article, fact.Document, error) {
	doc := fact.Document{Source: fact.Source{Document: filepath.Base(name), Headline: c.Headline, Publisher: c.Publisher}}
	var body []byte
	var err error
	if name == "-" {
		doc.Source.Document = "stdin"
		body, err = io.ReadAll(os.Stdin)
	} else {
		body, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, doc, err
	}
	a, err := article.Read(body, mediaType(name))
	if err != nil {
		return nil, doc, err
	}
	if doc.Headline == "" {
		doc.Headline = a.Headline
	}
	published := c.Published
	if published == "" {
		published = string(a.Published)
	}
	if published == "" {
		return nil, doc, errors.New("it does not state its day of publication: give --published YYYY-MM-DD, or --published unknown")
	}
	doc.Published, err = publicationDay(published)
	return a, doc, err
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
	buffered := bufio.NewWriterSize(out, 1<<16)
	enc := json.NewEncoder(buffered)
	enc.SetEscapeHTML(false)
	err := eachLine(ctx, in, func(line []byte) error {
		l, err := readLine(line)
		if err != nil {
			return err
		}
		return enc.Encode(l.result())
	})
	return errors.Join(err, buffered.Flush())
}

// explainBatch reads the same and explains it.
func explainBatch(ctx context.Context, in io.Reader, x explanation) error {
	return eachLine(ctx, in, func(line []byte) error {
		l, err := readLine(line)
		if err != nil {
			return err
		}
		if l.article == nil {
			return fmt.Errorf("%s: %s", l.doc.Source.Document, l.problem)
		}
		return x.write(l.doc.Source.Document, extract.Explain(l.article, l.doc))
	})
}

// eachLine calls read for each line that is not blank; its error comes back with the line's number.
func eachLine(ctx context.Context, in io.Reader, read func(line []byte) error) error {
	lines := bufio.NewReaderSize(in, 1<<20)
	for number := 1; ctx.Err() == nil; number++ {
		line, end := lines.ReadBytes('\n')
		if len(strings.TrimSpace(string(line))) > 0 {
			if err := read(line); err != nil {
				return fmt.Errorf("line %d: %w", number, err)
			}
		}
		if end == io.EOF {
			return nil
		}
		if end != nil {
			return end
		}
	}
	return ctx.Err()
}

// batchDocument is a line of input.
type batchDocument struct {
	article *article.Article // nil where it could not be read
	doc     fact.Document
	problem string
}

func readLine(line []byte) (batchDocument, error) {
	var in struct{ ID, Published, Text string }
	if err := json.Unmarshal(line, &in); err != nil {
		return batchDocument{}, fmt.Errorf(`each line is {"id", "published", "text"}: %w`, err)
	}
	l := batchDocument{doc: fact.Document{Source: fact.Source{Document: in.ID}}}
	var err error
	if l.doc.Published, err = publicationDay(in.Published); err != nil {
		l.doc.Published, l.problem = fact.Unknown, err.Error()
	}
	if l.article, err = article.Read([]byte(in.Text), "text/plain"); err != nil {
		l.problem = err.Error()
		return l, nil
	}
	l.doc.Headline = l.article.Headline
	return l, nil
}

// batchResult is a line of output. Problem says what of the document could not be read; it is read as far as it can be.
type batchResult struct {
	ID      string          `json:"id"`
	Facts   []fact.Fact     `json:"facts"`
	Timex   []extract.Timex `json:"timex"`
	Problem string          `json:"problem,omitempty"`
}

func (l batchDocument) result() batchResult {
	result := batchResult{ID: l.doc.Source.Document, Facts: []fact.Fact{}, Timex: []extract.Timex{}, Problem: l.problem}
	if l.article != nil {
		r := extract.Read(l.article, l.doc)
		result.Facts = r.Facts()
		result.Timex = append(result.Timex, r.Timexes()...)
	}
	return result
}
