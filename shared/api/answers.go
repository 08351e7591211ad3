package api

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	answers "factbox/shared/answer"
	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// AnswerStore is where stories are found that a question may be about.
type AnswerStore interface {
	Headlines(context.Context, store.Filter, store.Page) (store.List[summary.Headline], error)
	Occurrences(context.Context, store.Filter, store.Page) (store.List[summary.Occurrence], error)
	Supports(context.Context, store.Filter, store.Page) (store.List[summary.Support], error)
	Stories(context.Context, store.Filter, store.Page) (store.List[store.StoryLine], error)
	Story(ctx context.Context, story string, asOf time.Time) (summary.Story, error)
}

// What a question may cost: a Query for each of its countries, words and days up to these, one for the newest stories, one for the newest
// support where no donor is named, and a read for each story that is looked at.
const (
	askedCountries = 3
	askedWords     = 3
	askedDays      = 1
	newestStories  = 100
	lookedStories  = 8
)

type answerQuery struct {
	Q      string `query:"q" required:"true" minLength:"1" maxLength:"300" example:"How many people were killed in the river flood?" doc:"The question, in English."`
	Story  string `query:"story" example:"river-flood-2025" doc:"Answer out of this story only."`
	Format string `query:"format" enum:"json,text" doc:"The format of the answer; it goes before the Accept header."`
}

// AnswerBody is the answer to a question.
type AnswerBody struct {
	Answer          *string        `json:"answer" maxLength:"200" doc:"What the facts say, with its source; null where nothing is said."`
	Status          answers.Status `json:"status" enum:"stated,disputed,not_stated" doc:"Disputed: the documents name sources that contradict each other. Not stated: nothing is said."`
	Facts           []fact.Fact    `json:"facts" doc:"The facts that the answer rests on, at most 20."`
	Sources         []fact.Source  `json:"sources" doc:"The documents of the facts, each once."`
	LatestPublished *fact.EDTF     `json:"latest_published" doc:"When the newest of these documents appeared; null without any."`
	Looked          Looked         `json:"looked" doc:"What was looked for, and where."`
	Because         *string        `json:"because" doc:"Why nothing is said; null where something is."`
}

// Looked is what was understood of a question, and where it was looked for.
type Looked struct {
	Kinds     []fact.Kind        `json:"kinds"`
	Effects   []fact.Effect      `json:"effects"`
	Countries []string           `json:"countries"`
	Donors    []string           `json:"donors"`
	Types     []fact.SupportType `json:"types"`
	Dates     []fact.EDTF        `json:"dates"`
	Words     []string           `json:"words"`
	Stories   []StoryName        `json:"stories"`
}

// StoryName names a story.
type StoryName struct {
	Story string `json:"story"`
	Title string `json:"title"`
}

func registerAnswers(s *surface) {
	read(s, huma.Operation{
		Path: "/v1/answers", OperationID: "answerQuestion", Summary: "A question, and the facts that answer it",
		Description: "Answers a plain question on casualties, dates or pledges with the facts that state it, or says what was looked for and why nothing is said. It never guesses: a word that it cannot account for, or two stories that fit alike, make it abstain.",
		Tags:        []string{"answers"},
	}, []format{formatJSON, formatText}, s.answers)
}

func (s *surface) answers(ctx context.Context, in *answerQuery) (*answer[AnswerBody], error) {
	if in.Story != "" && !plainIdentifier(in.Story) {
		return nil, fact.Errorf(fact.NotFound, "there is no story %q", clip(in.Story))
	}
	q := answers.Read(in.Q, fact.EDTF(s.deps.Now().UTC().Format(time.DateOnly)))
	stories, err := candidates(ctx, s.deps.Store, q, in.Story)
	if err != nil {
		return nil, err
	}
	a := answers.Find(q, stories, in.Story != "")
	body := AnswerBody{Status: a.Status, Facts: orEmpty(a.Facts), Sources: orEmpty(a.Sources), Looked: Looked{
		Kinds: orEmpty(q.Kinds), Effects: orEmpty(q.Effects), Countries: q.Countries(), Donors: q.Donors(), Types: orEmpty(q.Types),
		Dates: orEmpty(q.Dates), Words: q.Words(), Stories: []StoryName{},
	}}
	for _, story := range stories {
		body.Looked.Stories = append(body.Looked.Stories, StoryName{story.Story, story.Title})
	}
	if a.Text != "" {
		body.Answer = &a.Text
	} else {
		body.Because = &a.Because
	}
	if len(a.Sources) > 0 {
		body.LatestPublished = &a.Sources[0].Published
	}
	return &answer[AnswerBody]{Body: body}, nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// candidates gives the stories that a question may be about, the likeliest first: the one that is given, else those that are found by
// its countries, words and days, and among the newest.
func candidates(ctx context.Context, from AnswerStore, q answers.Query, given string) ([]summary.Story, error) {
	if given != "" {
		story, err := from.Story(ctx, given, time.Time{})
		return []summary.Story{story}, err
	}
	if q.Refused != "" || len(q.Kinds) == 0 {
		return nil, nil
	}
	votes, newest, err := nominate(ctx, from, q)
	if err != nil {
		return nil, err
	}
	for i, story := range newest[:min(len(newest), lookedStories)] {
		votes[story] += 1 - float64(i+1)/(lookedStories+1) // less than any vote: only where nothing likelier is found
	}
	names := slices.SortedFunc(maps.Keys(votes), func(a, b string) int { return cmp.Or(cmp.Compare(votes[b], votes[a]), cmp.Compare(a, b)) })
	var stories []summary.Story
	for _, name := range names[:min(len(names), lookedStories)] {
		story, err := from.Story(ctx, name, time.Time{})
		if err != nil {
			return nil, err
		}
		stories = append(stories, story)
	}
	return stories, nil
}

// nominate finds stories by what a question names, each thing that a story is found by being a vote, and gives the newest stories.
func nominate(ctx context.Context, from AnswerStore, q answers.Query) (votes map[string]float64, newest []string, err error) {
	votes = make(map[string]float64)
	vote := func(stories []string) {
		slices.Sort(stories)
		for _, s := range slices.Compact(stories) {
			votes[s]++
		}
	}
	page := store.Page{Limit: newestStories}
	lines, err := from.Stories(ctx, store.Filter{}, page)
	if err != nil {
		return nil, nil, err
	}
	for _, l := range lines.Items {
		newest = append(newest, l.Story)
		if n := q.Likeness(l.Title + ". " + l.Story + ". " + strings.Join(l.Bullets, ". ")); n > 0 {
			votes[l.Story] += float64(n)
		}
	}
	headlines := func(f store.Filter) error {
		l, err := from.Headlines(ctx, f, page)
		var found []string
		for _, h := range l.Items {
			found = append(found, h.Story)
		}
		vote(found)
		return err
	}
	countries, words := q.Countries(), q.Words()
	for _, c := range countries[:min(len(countries), askedCountries)] {
		if err := headlines(store.Filter{Country: c}); err != nil {
			return nil, nil, err
		}
	}
	for _, w := range words[:min(len(words), askedWords)] {
		if err := headlines(store.Filter{Words: []string{w}}); err != nil {
			return nil, nil, err
		}
	}
	for _, d := range q.Dates[:min(len(q.Dates), askedDays)] {
		first, last, _ := d.Bounds()
		l, err := from.Occurrences(ctx, store.Filter{From: first, To: last}, page)
		if err != nil {
			return nil, nil, err
		}
		var touching, within []string
		for _, o := range l.Items {
			touching = append(touching, o.Story)
			if from, to, ok := o.Date.Bounds(); ok && first <= from && to <= last {
				within = append(within, o.Story)
			}
		}
		vote(touching)
		vote(within)
	}
	if slices.Contains(q.Kinds, fact.KindPledge) && len(q.Donors()) == 0 {
		l, err := from.Supports(ctx, store.Filter{}, page)
		if err != nil {
			return nil, nil, err
		}
		var typed, received []string
		for _, p := range l.Items {
			if slices.Contains(q.Types, p.Type) {
				typed = append(typed, p.Story)
			}
			if slices.Contains(countries, cell(p.Recipient)) {
				received = append(received, p.Story)
			}
		}
		vote(typed)
		vote(received)
	}
	return votes, newest, nil
}

// text is the answer, or why there is none.
func (a AnswerBody) text(w io.Writer) error {
	line := cell(a.Because)
	if a.Answer != nil {
		line = *a.Answer
		if a.Status == answers.Disputed {
			line = "Disputed: " + line
		}
	}
	_, err := io.WriteString(w, plainLine(line)+"\n")
	return err
}
