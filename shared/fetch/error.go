package fetch

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Error says why something could not be read, in words for an operator.
type Error struct {
	URL    string        // what was asked for, or where a redirect led
	Status int           // of the answer; 0 when there was none
	After  time.Duration // how long the host wants to be left alone; 0 when it did not say
	Err    error
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("cannot read %s: %v", e.URL, e.Err) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Gone reports whether the publisher says that this was here and will not come back: 410 (RFC 9110, section 15.5.11).
func (e *Error) Gone() bool { return e.Status == http.StatusGone }

// at makes an *Error of an error, with the address if it has none.
func at(err error, address string) *Error {
	var e *Error
	if !errors.As(err, &e) {
		e = &Error{Err: err}
	}
	if e.URL == "" {
		e.URL = address
	}
	return e
}

// bare takes off what net/http puts before an error: the method and the address, which an Error has.
func bare(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// How long a host that cannot answer now is left alone: as it says, but no longer than a day, and a minute if it does not say.
const (
	restUnsaid = time.Minute
	restMost   = 24 * time.Hour
)

// retryAfter reads a Retry-After, in seconds or a date (RFC 9110, section 10.2.3), of the answers that it goes with.
func retryAfter(status int, value string, now time.Time) time.Duration {
	if status != http.StatusTooManyRequests && status != http.StatusServiceUnavailable {
		return 0
	}
	rest := restUnsaid
	if seconds, err := strconv.ParseInt(value, 10, 64); err == nil && seconds >= 0 {
		rest = time.Duration(min(seconds, int64(restMost/time.Second))) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		rest = date.Sub(now)
	}
	return min(max(rest, time.Second), restMost)
}
