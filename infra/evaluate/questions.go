package evaluate

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"factbox/shared/article"
	"factbox/shared/extract"
	"factbox/shared/fact"
	"factbox/shared/seed"
	"factbox/shared/store"
)

// question is a line of the set; testdata/questions.md says how it is judged.
type question struct {
	ID     string
	Story  *string
	Q      string
	Expect struct {
		Status    string
		Kind      fact.Kind
		All       [][]string
		None      []string
		Facts     map[string]any
		Story     string
		StoryAlso []string `json:"story_also"`
		Class     string
	}
}

// spoken is what is judged of an answer.
type spoken struct {
	Answer  *string
	Status  string
	Facts   []map[string]any
	Because *string
}

const notStated = "not_stated"

// Library puts the seed documents and the stories of a folder into a store, each story under an id of its own, so that one store
// holds all that the questions are about.
func Library(ctx context.Context, s *store.Store, folder fs.FS, at time.Time) error {
	sets, err := seed.Load()
	if err != nil {
		return err
	}
	for _, set := range sets {
		if _, err := s.Put(ctx, store.Putting{Document: set.Document, Facts: set.Facts, At: at}); err != nil {
			return fmt.Errorf("putting %s: %w", set.Document.Source.Document, err)
		}
	}
	names, err := fs.Glob(folder, "*.json")
	if err != nil || len(names) == 0 {
		return errors.Join(errors.New("the folder holds no stories: they are files called *.json"), err)
	}
	for _, name := range names {
		told, err := readStory(folder, name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		a, err := article.Read([]byte(told.Text), "text/plain")
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		doc := fact.Document{Source: fact.Source{Document: told.ID, Headline: told.Headline, Publisher: "Stories", Origin: "Stories",
			Published: fact.EDTF(told.Published)}, Story: told.ID, Rights: fact.RightsFull, MediaType: "text/plain"}
		doc.Seal([]byte(told.Text))
		if _, err := s.Put(ctx, store.Putting{Document: doc, Body: []byte(told.Text), Facts: extract.Facts(a, doc), At: at}); err != nil {
			return fmt.Errorf("putting %s: %w", told.ID, err)
		}
	}
	return nil
}

// Questions asks a handler of /v1/answers, over a store that holds the Library, each question of a set, and tells how many of those that
// can be answered it answers rightly, and on how many of the others it abstains.
func Questions(gold io.Reader, h http.Handler) (Report, error) {
	right, silent := Share{Name: "answered rightly"}, Share{Name: "abstained rightly"}
	var wrong, needless Count
	wrong.Name, needless.Name = "answered wrongly", "abstained needlessly"
	var r Report
	lines := bufio.NewScanner(gold)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return r, fmt.Errorf("line %d: %w", n, err)
		}
		if q.ID == "" || q.Q == "" || q.Expect.Status == "" {
			return r, fmt.Errorf(`line %d: a question has "id", "q" and "expect" with a status`, n)
		}
		a, err := q.ask(h)
		if err != nil {
			return r, fmt.Errorf("%s: %w", q.ID, err)
		}
		fault := q.judge(a)
		of := &right
		if q.Expect.Status == notStated {
			of = &silent
		}
		of.add(fault == "")
		if fault == "" {
			continue
		}
		what := "wrong"
		if a.Answer == nil {
			what = "silent"
			needless.N++
		} else {
			wrong.N++
		}
		r.Faults = append(r.Faults, Fault{What: what, Document: q.ID, Said: q.Q, Context: fault})
	}
	r.Shares, r.Counts = []Share{right, silent}, []Count{wrong, needless}
	return r, lines.Err()
}

func (q question) ask(h http.Handler) (a spoken, err error) {
	values := url.Values{"q": {q.Q}}
	if q.Story != nil {
		values.Set("story", *q.Story)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/answers?"+values.Encode(), nil))
	if w.Code != http.StatusOK {
		return a, fmt.Errorf("answered with %d: %s", w.Code, w.Body)
	}
	return a, json.Unmarshal(w.Body.Bytes(), &a)
}

// judge tells what is wrong with an answer; "" is right.
func (q question) judge(a spoken) string {
	want := q.Expect
	text := ""
	if a.Answer != nil {
		text = *a.Answer
	}
	got := fmt.Sprintf("%s: %q", a.Status, cmp.Or(text, because(a)))
	switch {
	case want.Status == notStated:
		if a.Status != notStated || a.Answer != nil || len(a.Facts) > 0 {
			return "it should abstain: " + got
		}
		return ""
	case a.Answer == nil:
		return got
	case a.Status != want.Status:
		return fmt.Sprintf("status %s, not %s", got, want.Status)
	}
	for _, either := range want.All {
		if !slices.ContainsFunc(either, func(s string) bool { return stands(text, s) }) {
			return fmt.Sprintf("%s: none of %q", got, either)
		}
	}
	for _, s := range want.None {
		if stands(text, s) {
			return fmt.Sprintf("%s: with %q", got, s)
		}
	}
	if !slices.ContainsFunc(a.Facts, q.describes) {
		return fmt.Sprintf("%s: no fact is %v of %s", got, want.Facts, want.Story)
	}
	return ""
}

func because(a spoken) string {
	if a.Because == nil {
		return ""
	}
	return *a.Because
}

// describes reports whether a fact has all the fields expected.
func (q question) describes(f map[string]any) bool {
	if q.Expect.Story != "" && f["story"] != q.Expect.Story {
		return false
	}
	for name, want := range q.Expect.Facts {
		got := f[name]
		if name == "type" {
			got = f["types"]
		}
		if !fits(got, want) {
			return false
		}
	}
	return true
}

// fits holds a value against the expected: a list is any one of its values, an object those of its parts that are given.
func fits(got, want any) bool {
	switch want := want.(type) {
	case []any:
		return slices.ContainsFunc(want, func(w any) bool { return fits(got, w) })
	case map[string]any:
		of, ok := got.(map[string]any)
		for name, w := range want {
			ok = ok && fits(of[name], w)
		}
		return ok
	}
	if list, ok := got.([]any); ok {
		return slices.Contains(list, want)
	}
	return got == want
}

// stands reports whether a string stands in a text as whole words, in whatever case and spacing: 130 is in neither "1,130" nor "130.5".
func stands(text, s string) bool {
	text, s = spaced(text), spaced(s)
	for from := 0; ; {
		i := strings.Index(text[from:], s)
		if i < 0 || s == "" {
			return false
		}
		start := from + i
		end := start + len(s)
		if whole(s[:1], text[:start], false) && whole(s[len(s)-1:], text[end:], true) {
			return true
		}
		from = start + 1
	}
}

func spaced(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// whole reports whether a string that has edge at one end is no part of a longer word or number that goes on in beside.
func whole(edge, beside string, behind bool) bool {
	e, _ := utf8.DecodeRuneInString(edge)
	if !unicode.IsLetter(e) && !unicode.IsDigit(e) && e != utf8.RuneError {
		return true
	}
	next := func() rune {
		if behind {
			r, n := utf8.DecodeRuneInString(beside)
			beside = beside[n:]
			return r
		}
		r, n := utf8.DecodeLastRuneInString(beside)
		beside = beside[:len(beside)-n]
		return r
	}
	r := next()
	if beside != "" && (r == ',' || r == '.') {
		return !unicode.IsDigit(next())
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
