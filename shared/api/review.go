package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
	"factbox/shared/place"
	"factbox/shared/store"
)

// Limits of who reviewed a fact and why, in characters.
const (
	maxAuthor = 200
	maxReason = 1000
)

type factPatch struct {
	ID          string `path:"id" example:"3f1c8a90d2b7465e8f10" doc:"The fact's id."`
	ContentType string `header:"Content-Type" hidden:"true"`
	IfMatch     string `header:"If-Match" example:"\"9b1f0c…\"" doc:"The ETag of the fact as you read it: if it has changed since, the answer is 412. (Or send its revision in the body, for a 409.)"`
	RawBody     []byte `contentType:"text/plain"` // as JSON, huma would judge it by its type; the description says JSON
}

type factPatched struct {
	ETag string `header:"ETag" doc:"That of the fact as it is now, in JSON: for the next If-Match."`
	Body FactAnswer
}

// postedReview shows the body of a review.
type postedReview struct {
	Review   string         `json:"review" enum:"accepted,corrected,rejected" doc:"Accepted: right as it is shown. Corrected: with other values. Rejected: out of lists and summaries."`
	Author   string         `json:"author" doc:"Who says so. Shown in the fact's history." example:"Ana Souza"`
	Reason   string         `json:"reason" doc:"Why. Shown in the fact's history." example:"The prefecture revised its count."`
	Fact     map[string]any `json:"fact,omitempty" doc:"Of a correction: the fields that change, as the fact has them. Evidence, expression, id and kind cannot change."`
	Revision int            `json:"revision,omitempty" doc:"The revision that you read: if there is a newer one the answer is 409."`
}

func registerReview(s *surface) {
	register(s, huma.Operation{
		Method: http.MethodPatch, Path: "/v1/facts/{id}", OperationID: "reviewFact", Summary: "Review a fact",
		Description: "Accepts, corrects or rejects a fact: a new revision of it, with who, when and why. Corrected values are shown everywhere, and outlive new versions of the document as long as its words do. The same review again changes nothing.",
		Tags:        []string{"facts"},
	}, operation{write: true}, s.review)
}

func (s *surface) review(ctx context.Context, in *factPatch) (*factPatched, error) {
	if mediaType, _, err := mime.ParseMediaType(in.ContentType); err != nil || mediaType != formatJSON.mediaType {
		return nil, notJSON()
	}
	reviewing, revision, err := parseReview(in.RawBody)
	if err != nil {
		return nil, err
	}
	if !plainIdentifier(in.ID) {
		return nil, fact.Errorf(fact.NotFound, "there is no fact %q", clip(in.ID))
	}
	tags := requestOf(ctx).ifMatch
	reviewing.Fact, reviewing.At = in.ID, s.deps.Now()
	reviewing.Guard = func(f fact.Fact, source fact.Source) error {
		now := "it is revision " + strconv.Itoa(f.Revision) + " now; read it again"
		if len(tags) > 0 {
			ok, err := anyTag(tags, FactAnswer{f, source})
			if err != nil {
				return err
			}
			if !ok {
				return newProblem(http.StatusPreconditionFailed, "the fact has changed since you read it: "+now, Fault{Location: "header.If-Match", Message: "names another revision"})
			}
		}
		if revision != 0 && revision != f.Revision {
			return newProblem(http.StatusConflict, "the fact has changed since you read it: "+now, Fault{Location: "body.revision", Message: "is not the newest"})
		}
		return nil
	}
	f, source, err := s.deps.Store.Review(ctx, reviewing)
	if wrong := new(fact.FieldError); errors.As(err, &wrong) {
		return nil, invalid("body.fact."+wrong.Field, wrong.Message, wrong.Allowed...)
	}
	if err != nil {
		return nil, err
	}
	out := &factPatched{Body: FactAnswer{f, source}}
	out.ETag, err = tagOf(formatJSON, out.Body)
	return out, err
}

// notJSON is the error of a body that is said to be something else.
func notJSON() *Problem {
	p := invalid("header.Content-Type", "is not that of JSON: say what the body is", formatJSON.mediaType)
	p.Status, p.Title = http.StatusUnsupportedMediaType, http.StatusText(http.StatusUnsupportedMediaType)
	return p
}

// anyTag reports whether If-Match names the fact in any of its formats.
func anyTag(tags []string, a FactAnswer) (bool, error) {
	for _, f := range allFormats {
		tag, err := tagOf(f, a)
		if err != nil || matches(tags, tag, strongly) {
			return err == nil, err
		}
	}
	return false, nil
}

// tagOf is the ETag that a read of the fact has.
func tagOf(f format, a FactAnswer) (string, error) {
	var b bytes.Buffer
	err := f.marshal(&b, a)
	return etag(contentType(f.mediaType), b.Bytes()), err
}

// parseReview reads the body of a review, and the revision that it is of; 0 where it does not say.
func parseReview(raw []byte) (r store.Reviewing, revision int, err error) {
	var review string
	var changes json.RawMessage
	sent, err := readObject("body.", raw, map[string]property{
		"review": {text: &review}, "author": {text: &r.Author}, "reason": {text: &r.Reason}, "fact": {raw: &changes}, "revision": {number: &revision},
	})
	if err != nil {
		return r, 0, err
	}
	reviews := []string{string(fact.Accepted), string(fact.Corrected), string(fact.Rejected)}
	r.Review = fact.Review(review)
	corrects := len(changes) > 0 && string(changes) != "null"
	switch {
	case review == "":
		return r, 0, invalid("body.review", "is missing", reviews...)
	case !slices.Contains(reviews, review):
		return r, 0, invalid("body.review", "is not one of those there are", reviews...)
	case slices.Contains(sent, "revision") && revision < 1:
		return r, 0, invalid("body.revision", "is not a number from 1 up")
	case corrects && r.Review != fact.Corrected:
		return r, 0, invalid("body.fact", "belongs to a correction alone")
	case !corrects && r.Review == fact.Corrected:
		return r, 0, invalid("body.fact", "is missing: give the fields that are to change")
	}
	for _, said := range []struct {
		name  string
		value *string
		most  int
	}{{"author", &r.Author, maxAuthor}, {"reason", &r.Reason, maxReason}} {
		*said.value = strings.TrimSpace(*said.value)
		if *said.value == "" {
			return r, 0, invalid("body."+said.name, "is missing")
		}
		if err := line("body."+said.name, *said.value, said.most); err != nil {
			return r, 0, err
		}
	}
	if corrects {
		r.Changes, err = parseChanges(changes)
	}
	return r, revision, err
}

// parseChanges reads the fields of a correction, each once, and makes codes of countries what facts have. Which fields the fact's
// kind has, and what may stand in them, is the store's to say.
func parseChanges(raw json.RawMessage) (fact.Changes, error) {
	values := make(map[string]*json.RawMessage)
	properties := make(map[string]property)
	for _, k := range fact.Kinds {
		for _, name := range fact.Correctable(k) {
			values[name] = new(json.RawMessage)
			properties[name] = property{raw: values[name]}
		}
	}
	sent, err := readObject("body.fact.", raw, properties)
	if err != nil {
		return nil, err
	}
	if len(sent) == 0 {
		return nil, invalid("body.fact", "is empty: give the fields that are to change")
	}
	changes := make(fact.Changes)
	for _, name := range sent {
		changes[name] = *values[name]
		switch name {
		case "place", "donor", "recipient":
			var given string
			if json.Unmarshal(changes[name], &given) != nil || given == "" {
				continue
			}
			code, err := country("body.fact."+name, given)
			if err != nil {
				return nil, err
			}
			if name == "place" && !place.IsCountry(code) {
				return nil, invalid("body.fact.place", brief(given)+" is no country")
			}
			changes[name], _ = json.Marshal(code) // a string: it cannot fail
		case "participants":
			var given []string
			if json.Unmarshal(changes[name], &given) != nil || given == nil {
				continue
			}
			for i := range given {
				if given[i], err = country("body.fact.participants", given[i]); err != nil {
					return nil, err
				}
			}
			changes[name], _ = json.Marshal(given) // strings: it cannot fail
		}
	}
	return changes, nil
}
