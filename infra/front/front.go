// Package front is what a newcomer opens first: a page that shows the stories, finds headlines, has each widget live with the
// code that puts it on a page, and reads a document that is put into it. It stands before the API under "factbox serve" alone;
// on AWS readers have pages of their own.
//
// The page is whole without a script: the server writes stories, results, widgets and code. The scripts ask this same page
// again while somebody types or chooses, and show what a document says before it is put.
package front

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"factbox/shared/fact"
	"factbox/shared/language"
	"factbox/shared/store"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

// Store is what the page shows of a store.
type Store interface {
	Stories(context.Context, store.Filter, store.Page) (store.List[store.StoryLine], error)
	Story(ctx context.Context, story string, asOf time.Time) (summary.Story, error)
	Headlines(context.Context, store.Filter, store.Page) (store.List[summary.Headline], error)
}

// Options are what the page is made of.
type Options struct {
	Store  Store
	Site   func(*http.Request) string // the address of the service without a slash at its end, as api.Deps.SiteOf gives it
	Readme []byte                     // served as /README.md; none: there is no link to it
	Log    *slog.Logger
}

//go:embed page.html
var pageFile string

//go:embed front
var files embed.FS

// Handler serves the page, its files and the README, and passes everything else on.
func Handler(o Options, next http.Handler) http.Handler {
	f := &front{o, template.Must(template.New("").Funcs(functions).Parse(pageFile))}
	pages := map[string]http.Handler{"/": fenced(f.serve)}
	names, err := fs.Glob(files, "front/*")
	if err != nil {
		panic(err) // the pattern is malformed
	}
	for _, name := range names {
		pages["/"+name] = fenced(http.FileServerFS(files).ServeHTTP)
	}
	if len(o.Readme) > 0 {
		pages["/README.md"] = fenced(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = w.Write(o.Readme)
		})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if page := pages[r.URL.Path]; page != nil && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
			page.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

type front struct {
	Options
	page *template.Template
}

// policy lets the page have its own files alone, and the style of the widgets that stand in it. Nobody frames it: it has a form
// that writes.
func policy() string {
	return "default-src 'none'; script-src 'self'; style-src 'self' " + widget.StyleHash() + "; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// fenced sets the headers that all files have. They are asked for anew each time, so that a new program shows a new page.
func fenced(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		h(w, r)
	})
}

// view is what the template sees.
type view struct {
	Site     string
	Query    string
	Results  *results
	Stories  []storyCard
	More     bool // stories that are not listed
	Chosen   *chosen
	Missing  string // the story that was asked for and is not there
	Choices  []choice
	Readme   bool
	Failed   bool // the store did not answer
	Language *language.Language
}

type results struct {
	Headlines []summary.Headline
	More      bool
}

type storyCard struct {
	store.StoryLine
	Current bool
	Address string
}

// Shown is how many stories, and how many results of a search, the page lists.
const Shown = 12

func (f *front) serve(w http.ResponseWriter, r *http.Request) {
	v, err := f.view(r)
	status := http.StatusOK
	switch {
	case err != nil:
		f.Log.ErrorContext(r.Context(), "the front page failed", "error", err.Error())
		v.Failed, status = true, http.StatusInternalServerError
	case v.Missing != "":
		status = http.StatusNotFound
	}
	var b bytes.Buffer
	if err := f.page.Execute(&b, v); err != nil {
		f.Log.ErrorContext(r.Context(), "the front page failed", "error", err.Error())
		http.Error(w, "The page cannot be shown; the log says why.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", policy())
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the reader may be gone
}

// view reads what the request asks to see. What it returns beside an error can be shown too.
func (f *front) view(r *http.Request) (view, error) {
	q := r.URL.Query()
	c := choose(q)
	v := view{Site: f.Site(r), Query: strings.TrimSpace(q.Get("q")), Readme: len(f.Readme) > 0}
	var err error
	if v.Language, err = language.Get(language.Tags()[0]); err != nil {
		return v, err
	}
	if v.Choices, err = c.choices(); err != nil {
		return v, err
	}
	if v.Query != "" {
		l, err := f.Store.Headlines(r.Context(), store.Filter{Words: strings.Fields(v.Query)}, store.Page{Limit: Shown})
		if err != nil {
			return v, fmt.Errorf("searching headlines: %w", err)
		}
		v.Results = &results{l.Items, l.Next != ""}
	}
	stories, err := f.Store.Stories(r.Context(), store.Filter{}, store.Page{Limit: Shown})
	if err != nil {
		return v, fmt.Errorf("listing stories: %w", err)
	}
	v.More = stories.Next != ""
	if c.story == "" && len(stories.Items) > 0 {
		c.story = stories.Items[0].Story
	}
	for _, s := range stories.Items {
		v.Stories = append(v.Stories, storyCard{s, s.Story == c.story, "/?" + c.of(s.Story).query() + "#widgets"})
	}
	if c.story == "" {
		return v, nil
	}
	story, err := f.Store.Story(r.Context(), c.story, time.Time{})
	if e := (*fact.Error)(nil); errors.As(err, &e) && e.Code == fact.NotFound {
		v.Missing = c.story
		return v, nil
	}
	if err != nil {
		return v, fmt.Errorf("reading story %q: %w", c.story, err)
	}
	v.Chosen, err = c.widgets(v.Site, story)
	return v, err
}

// functions are what the template calls.
var functions = template.FuncMap{
	"title": func(s store.StoryLine) string { return cmp.Or(s.Title, s.Story) },
	"kinds": func() []fact.Kind { return fact.Kinds },
	"counted": func(n int, of any) string {
		noun := fmt.Sprint(of)
		switch {
		case n == 1:
		case strings.HasSuffix(noun, "y"):
			noun = strings.TrimSuffix(noun, "y") + "ies"
		default:
			noun += "s"
		}
		return fmt.Sprintf("%d %s", n, noun)
	},
}
