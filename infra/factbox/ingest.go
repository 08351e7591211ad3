package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"

	"factbox/shared/article"
)

type ingestCommand struct {
	Paths     []string `arg:"" name:"path" help:"Files (.txt, .html, .json), or folders of them."`
	URL       string   `default:"http://127.0.0.1:3000" help:"The stack to put them into."`
	Manifest  string   `placeholder:"FILE" type:"path" help:"Publisher, headline and day of publication of each file, in the form of a seed manifest."`
	Publisher string   `help:"Who published them, where a page does not say so itself."`
	Published string   `help:"Their day of publication (YYYY-MM-DD), where a page does not state its own."`
	Story     string   `help:"The story they belong to."`
	Rights    string   `enum:",none,phrase,full" default:"" help:"How much of their wording may be shown: none, phrase or full."`
	DryRun    bool     `help:"Extract and store nothing."`
	Sign      bool     `help:"Sign as an AWS identity (SigV4), for a stack behind a domain name of its own. An execute-api address is signed for in any case."`
}

// Run puts each file and says how many were new, known and refused.
func (c *ingestCommand) Run(ctx context.Context) error {
	base, err := url.Parse(c.URL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return fmt.Errorf("--url is the address of a running stack, such as http://127.0.0.1:3000, not %q", c.URL)
	}
	files, err := c.files()
	if err != nil {
		return err
	}
	to := target{base: base}
	if _, deployed := gatewayRegion(base.Hostname()); deployed || c.Sign {
		if to.signer, err = newSigner(ctx, base.Hostname()); err != nil {
			return err
		}
	}
	known := map[string]manifestEntry{}
	story := c.Story
	if c.Manifest != "" {
		m, err := readManifest(c.Manifest)
		if err != nil {
			return err
		}
		for _, e := range m.Documents {
			known[filepath.Base(e.File)] = e
		}
		if story == "" {
			story = m.Story.ID
		}
	}
	bar := progressbar.NewOptions(len(files), progressbar.OptionSetDescription("putting"), progressbar.OptionShowCount(),
		progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	var fresh, same, facts int
	var refused []error
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		result, created, err := c.put(ctx, to, file, story, known[filepath.Base(file)])
		var unreachable *url.Error
		switch {
		case errors.As(err, &unreachable):
			return fmt.Errorf("no stack answers at %s: start one with factbox serve, or give --url: %w", c.URL, unreachable.Err)
		case err != nil:
			refused = append(refused, fmt.Errorf("%s: %w", file, err))
		case created || c.DryRun:
			fresh++
		default:
			same++
		}
		facts += result
		if err := bar.Add(1); err != nil {
			return err
		}
	}
	if err := bar.Finish(); err != nil {
		return err
	}
	fmt.Printf("%d documents: %d new, %d known already, %d refused; %d facts.\n", len(files), fresh, same, len(refused), facts)
	return errors.Join(refused...)
}

// files lists what the paths name, folders walked, in order and once each.
func (c *ingestCommand) files() ([]string, error) {
	var files []string
	for _, path := range c.Paths {
		info, err := os.Stat(path)
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			files = append(files, path)
			continue
		}
		err = filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() && slices.Contains([]string{".txt", ".html", ".htm", ".json"}, strings.ToLower(filepath.Ext(name))) && d.Name() != "manifest.json" {
				files = append(files, name)
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(files) == 0 {
		return nil, errors.New("there are no .txt, .html or .json files there")
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// target is the stack that is put into, and who signs for it; nobody where the stack asks for no signature.
type target struct {
	base   *url.URL
	signer *signer
}

// put sends one file and gives the number of its facts. A .json file is sent as it is: it carries its own metadata.
func (c *ingestCommand) put(ctx context.Context, to target, file, story string, e manifestEntry) (facts int, created bool, err error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return 0, false, err
	}
	query := url.Values{}
	set := func(name, value string) {
		if value != "" {
			query.Set(name, value)
		}
	}
	if c.DryRun {
		set("dry_run", "true")
	}
	media := "application/json"
	if strings.ToLower(filepath.Ext(file)) != ".json" {
		media = mediaType(file)
		set("id", e.ID)
		set("headline", e.Headline)
		set("origin", e.Origin)
		set("url", e.URL)
		set("story", story)
		set("rights", c.Rights)
		stated := statedBy(body, media)
		set("publisher", cmp.Or(e.Publisher, unless(stated.Publisher, c.Publisher)))
		set("published", cmp.Or(e.Published, unless(string(stated.Published), c.Published)))
	}
	address := to.base.JoinPath("/v1/documents")
	address.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return 0, false, err
	}
	request.Header.Set("Content-Type", media)
	if to.signer != nil {
		if err := to.signer.sign(ctx, request, body, time.Now()); err != nil {
			return 0, false, err
		}
	}
	client := &http.Client{Timeout: time.Minute}
	answer, err := client.Do(request)
	if err != nil {
		return 0, false, err
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, false, err
	}
	if answer.StatusCode >= 300 {
		return 0, false, refusal(answer, data)
	}
	var result struct{ Counts map[string]int }
	if err := json.Unmarshal(data, &result); err != nil {
		return 0, false, fmt.Errorf("reading the answer: %w", err)
	}
	for _, n := range result.Counts {
		facts += n
	}
	return facts, answer.StatusCode == http.StatusCreated, nil
}

// statedBy gives what a page says of itself; of one that cannot be read, nothing: the stack will say what is wrong with it.
func statedBy(body []byte, media string) article.Article {
	a, err := article.Read(body, media)
	if err != nil {
		return article.Article{}
	}
	return *a
}

// unless gives the value only where nothing is stated: what a page says of itself is better than a flag for many pages.
func unless(stated, value string) string {
	if stated != "" {
		return ""
	}
	return value
}

// refusal is the error of an answer that is none of success: the detail of a problem (RFC 9457), or the message of API Gateway,
// which refuses before a function of ours is asked.
func refusal(answer *http.Response, data []byte) error {
	var said struct{ Detail, Message string }
	if json.Unmarshal(data, &said) == nil && said.Detail != "" {
		return errors.New(said.Detail)
	}
	err := fmt.Errorf("the stack answered %s: %s", answer.Status, cmp.Or(said.Message, "without a reason"))
	if answer.StatusCode == http.StatusForbidden {
		err = fmt.Errorf("%w (your AWS identity needs execute-api:Invoke on this route; a stack behind a domain name of its own wants --sign)", err)
	}
	return err
}
