package api

import (
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/fact"
)

// Problem is an error as RFC 9457 has it. It says what the client can mend and nothing of our inside.
type Problem struct {
	Type     string  `json:"type" doc:"Always about:blank: the status says the type." example:"about:blank"`
	Title    string  `json:"title" doc:"The status in words." example:"Bad Request"`
	Status   int     `json:"status" doc:"The HTTP status." example:"400"`
	Detail   string  `json:"detail" doc:"What is wrong and how to mend it." example:"unknown parameter \"colour\"; allowed: story, limit"`
	Instance string  `json:"instance,omitempty" doc:"The id of the request in our log, for a fault of ours." example:"urn:request:JKJaXmPLvHcESHA="`
	Errors   []Fault `json:"errors,omitempty" doc:"Where the request is wrong."`

	allow string // the Allow header of a 405
}

// Fault is one thing wrong with a request.
type Fault struct {
	Location string   `json:"location" doc:"query.NAME, path.NAME, header.NAME, body or body.NAME." example:"query.colour"`
	Message  string   `json:"message" doc:"What is wrong there." example:"unknown parameter"`
	Allowed  []string `json:"allowed,omitempty" doc:"What may stand there, when that can be listed."`
}

// statuses is the one table from a code to an HTTP status.
var statuses = map[fact.Code]int{
	fact.Invalid:     http.StatusBadRequest,
	fact.NotFound:    http.StatusNotFound,
	fact.Conflict:    http.StatusConflict,
	fact.TooLarge:    http.StatusRequestEntityTooLarge,
	fact.Unsupported: http.StatusUnsupportedMediaType,
	fact.Unavailable: http.StatusServiceUnavailable,
	fact.Internal:    http.StatusInternalServerError,
}

const problemType = "application/problem+json"

// Error gives the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus tells huma the status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType tells huma that a problem is JSON whatever the client accepts.
func (p *Problem) ContentType(string) string { return problemType }

func newProblem(status int, detail string, faults ...Fault) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Errors: faults}
}

// invalid is the 400 of one parameter or property. location is "query.NAME" or the like; allowed may be empty.
func invalid(location, message string, allowed ...string) *Problem {
	_, name, found := strings.Cut(location, ".")
	if !found {
		name = location
	}
	detail := name + ": " + message
	if len(allowed) > 0 {
		detail += "; allowed: " + strings.Join(allowed, ", ")
	}
	return newProblem(http.StatusBadRequest, detail, Fault{Location: location, Message: message, Allowed: allowed})
}

// fromError makes the problem of an error; ours tells whether it is a fault of ours, to be logged.
func fromError(err error) (p *Problem, ours bool) {
	if errors.As(err, &p) {
		return p, p.Status >= http.StatusInternalServerError && p.Status != http.StatusNotImplemented
	}
	var e *fact.Error
	if !errors.As(err, &e) {
		return newProblem(http.StatusInternalServerError, internalDetail), true
	}
	status, ok := statuses[e.Code]
	switch {
	case !ok || status == http.StatusInternalServerError:
		return newProblem(http.StatusInternalServerError, internalDetail), true
	case e.Message == "":
		return newProblem(status, http.StatusText(status)), status >= http.StatusInternalServerError
	}
	return newProblem(status, e.Message), status >= http.StatusInternalServerError
}

const internalDetail = "the service failed to answer; the log has the cause under this instance"

// humaError turns what huma finds wrong with a request into a problem. Its 422 is our 400, the value that it echoes is left
// out, and so are the causes of faults of ours.
func humaError(status int, message string, errs ...error) huma.StatusError {
	switch {
	case status >= http.StatusInternalServerError:
		return newProblem(status, internalDetail)
	case status == http.StatusUnprocessableEntity:
		status = http.StatusBadRequest
	case status == http.StatusBadRequest && message == "request body is required":
		message = "the body is empty"
	}
	p := newProblem(status, message)
	var details []string
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			continue
		}
		f := invalid(d.Location, d.Message)
		p.Errors = append(p.Errors, f.Errors...)
		details = append(details, f.Detail)
	}
	if len(details) > 0 {
		p.Detail = strings.Join(details, "; ")
	}
	return p
}

// huma keeps these two in package variables, read when routes are registered and when a request fails.
func init() {
	huma.NewError = humaError
	huma.DefaultArrayNullable = false
}
