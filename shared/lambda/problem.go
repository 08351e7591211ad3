package lambda

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
)

// fault is a failure that this package answers itself, because the handler could not.
type fault struct {
	status int
	detail string // for the client
	err    error  // for the log
	stack  []byte // of a panic
}

func undecodable(detail string, err error) *fault {
	return &fault{status: http.StatusBadRequest, detail: detail, err: err}
}

func broken(err error) *fault {
	return &fault{status: http.StatusInternalServerError, detail: "The fault is ours and was logged under the request's id.", err: err}
}

func panicked(v any, stack []byte) *fault {
	f := broken(fmt.Errorf("panic: %v", v))
	f.stack = stack
	return f
}

func tooLarge() *fault {
	return &fault{
		status: http.StatusInternalServerError,
		detail: "The answer is larger than the 6 MB that can be returned at once. Ask for less of it, for instance with a smaller limit.",
		err:    fmt.Errorf("%w: more than %d bytes", errOverflow, maxPayload),
	}
}

// problem is RFC 9457's object. request_id is an extension member (section 3.2).
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	RequestID string `json:"request_id,omitempty"`
}

// outcome answers method with the fault. No cache may keep it: the next try may go well.
func (f *fault) outcome(method, path, id string) outcome {
	// "about:blank" asks for the status's own phrase as title (section 4.2.1).
	body, err := json.Marshal(problem{"about:blank", http.StatusText(f.status), f.status, f.detail, id})
	if err != nil {
		panic(err) // strings and an int always marshal
	}
	if method == http.MethodHead {
		body = nil
	}
	return outcome{
		response: events.APIGatewayV2HTTPResponse{
			StatusCode: f.status,
			Headers:    map[string]string{"Content-Type": "application/problem+json", "Cache-Control": "no-store"},
			Body:       string(body),
		},
		path:  path,
		bytes: len(body),
		fault: f,
	}
}
