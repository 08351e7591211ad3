package store

import (
	"context"
	"errors"
	"fmt"

	"factbox/shared/fact"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// errMoved says that what a write was made from is no longer so: read again and make it anew.
var errMoved = errors.New("changed meanwhile")

// failed gives an error the code under which the API answers it, and says what was being done. It is the one place that
// reads the engine's errors.
func failed(err error, doing string, args ...any) error {
	if err == nil {
		return nil
	}
	doing = fmt.Sprintf(doing, args...)
	if own := new(fact.Error); errors.As(err, &own) {
		return &fact.Error{Code: own.Code, Message: own.Message, Err: fmt.Errorf("%s: %w", doing, err)}
	}
	code, message := fact.Internal, "The store failed."
	if transient(err) {
		code, message = fact.Unavailable, "The store cannot answer now. Try again."
	}
	return &fact.Error{Code: code, Message: message, Err: fmt.Errorf("%s: %w", doing, err)}
}

// transient reports whether the same call may succeed later.
func transient(err error) bool {
	if errors.Is(err, errMoved) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	if sending := new(smithyhttp.RequestSendError); errors.As(err, &sending) {
		return true
	}
	if response := new(smithyhttp.ResponseError); errors.As(err, &response) && response.HTTPStatusCode() >= 500 {
		return true
	}
	var api smithy.APIError
	if !errors.As(err, &api) {
		return false
	}
	switch api.ErrorCode() {
	case "ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "Throttling",
		"InternalServerError", "TransactionInProgressException", "TransactionConflictException":
		return true
	}
	return false
}

// cancelled tells what stopped a transaction: the numbers of the actions whose condition did not hold, and whether another
// transaction was in the way. ok is false for any other error.
func cancelled(err error) (conditions []int, conflict, ok bool) {
	c := new(types.TransactionCanceledException)
	if !errors.As(err, &c) {
		return nil, false, false
	}
	for i, reason := range c.CancellationReasons {
		if reason.Code == nil {
			continue
		}
		switch *reason.Code {
		case "ConditionalCheckFailed":
			conditions = append(conditions, i)
		case "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded":
			conflict = true
		}
	}
	return conditions, conflict, len(conditions) > 0 || conflict
}
