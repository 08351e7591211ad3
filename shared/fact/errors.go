package fact

import "fmt"

// Code tells kinds of failure apart. The API has one table from code to HTTP status.
type Code string

// The codes.
const (
	Invalid     Code = "invalid"     // the request is wrong; the message says how to mend it
	NotFound    Code = "not_found"   // there is no such thing
	Conflict    Code = "conflict"    // somebody else changed it; read again
	TooLarge    Code = "too_large"   // over a stated limit
	Unsupported Code = "unsupported" // a media type that is not read
	Unavailable Code = "unavailable" // the store cannot answer now; try again
	Internal    Code = "internal"    // a fault of ours
)

// Error is a failure with a code. Message is written for the client; Err is for the log alone.
type Error struct {
	Code    Code
	Message string
	Err     error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an error of a code with a message for the client.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
