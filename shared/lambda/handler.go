// Package lambda lets an http.Handler answer Amazon API Gateway HTTP APIs (payload format 2.0) from AWS Lambda,
// alike what it answers under net/http.
//
// The conversion is aws-lambda-go-api-proxy's; its faults are fenced off here. The adapter is given only what it carries
// well (the request context, the body, the deadline); the request's target, headers, host and peer are set by this
// package, and the response is collected by it under net/http's rules before the adapter encodes it.
//
// What no fence can restore, because the gateway loses it before Lambda is called:
//   - Header lines of one name arrive joined by commas, as one value (RFC 9110, section 5.3, calls the two the same).
//   - A path that the gateway decoded: "%2F" is "/" by then, and "%252F" cannot be told from "%2F".
//   - The stage is taken off the path; a redirect the handler makes does not put it back, and a stage named like the first
//     segment of a route ("v1") hides it behind a domain name of one's own, whose paths have no stage. Deploy to $default.
package lambda

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/aws/aws-lambda-go/events"
	awslambda "github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"

	"factbox/shared/capacity"
)

// Start hands h to the Lambda runtime and does not return. What else than requests a function can be made of is in Task and Batch.
func Start(h http.Handler, log *slog.Logger) {
	awslambda.Start(Handler(h, log))
}

// Handler makes a Lambda function of h. The error is always nil: what h does wrong becomes an answer, since an error
// makes the runtime count a failed invocation and the gateway answer with a body of its own.
//
// A request that cannot be decoded is a 400, a panic in h and an answer above Lambda's limit are a 500, each an
// application/problem+json (RFC 9457) with the request's id. The request carries that id in X-Request-Id, and the scheme
// in X-Forwarded-Proto; a client's X-Request-Id and X-GoLambdaProxy-* do not reach h.
//
// One line is logged for each request, whatever level log begins at: request_id, method, path, status, bytes (of the body,
// before any base64) and its metrics, which CloudWatch takes out of the line (see Namespace); with error, and stack after a panic, at level ERROR
// when the fault is ours.
func Handler(h http.Handler, log *slog.Logger) func(context.Context, events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	var warm atomic.Bool
	return func(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
		m := measure{begun: time.Now(), route: event.RouteKey, cold: !warm.Swap(true)}
		id := requestID(ctx, event)
		counting, counter := capacity.Count(ctx)
		a := answer(counting, h, event, id)
		m.ended, m.units, m.status = time.Now(), counter.Units(), a.response.StatusCode

		level := slog.LevelInfo
		attrs := []slog.Attr{
			slog.String("request_id", id),
			slog.String("method", event.RequestContext.HTTP.Method),
			slog.String("path", a.path),
			slog.Int("status", a.response.StatusCode),
			slog.Int("bytes", a.bytes),
		}
		if a.fault != nil {
			attrs = append(attrs, slog.String("error", a.fault.err.Error()))
			if a.fault.stack != nil {
				attrs = append(attrs, slog.String("stack", string(a.fault.stack)))
			}
			if a.fault.status >= http.StatusInternalServerError {
				level = slog.LevelError
			}
		}
		line := slog.NewRecord(m.ended, level, "request", 0)
		line.AddAttrs(append(attrs, m.attributes()...)...)
		// Not through the logger: it would drop the line, and the metrics in it, below its level. A line that cannot be
		// written has nowhere to be reported.
		_ = log.Handler().Handle(ctx, line)
		return a.response, nil
	}
}

// Identity names who signed the request: the ARN that IAM vouched for or, where it gave none, the user's id. It is read
// from the context that the gateway made, never from a header. ok is false when the route has no IAM authorisation or
// the request did not come through Handler.
func Identity(r *http.Request) (caller string, ok bool) {
	gateway, ok := core.GetAPIGatewayV2ContextFromContext(r.Context())
	if !ok || gateway.Authorizer == nil || gateway.Authorizer.IAM == nil {
		return "", false
	}
	caller = gateway.Authorizer.IAM.UserARN
	if caller == "" {
		caller = gateway.Authorizer.IAM.UserID
	}
	return caller, caller != ""
}

// requestID is the gateway's id of the request, which the client sees as apigw-requestid; without a gateway, Lambda's.
func requestID(ctx context.Context, event events.APIGatewayV2HTTPRequest) string {
	if id := event.RequestContext.RequestID; id != "" {
		return id
	}
	if lc, ok := lambdacontext.FromContext(ctx); ok {
		return lc.AwsRequestID
	}
	return ""
}

// outcome is an answer and what the log says of it.
type outcome struct {
	response events.APIGatewayV2HTTPResponse
	path     string // as the handler saw it
	bytes    int
	fault    *fault // nil when the answer is the handler's own
}

// answer takes one event through h.
func answer(ctx context.Context, h http.Handler, event events.APIGatewayV2HTTPRequest, id string) outcome {
	in, f := read(event, id)
	if f != nil {
		return f.outcome(event.RequestContext.HTTP.Method, rawPath(event), id)
	}
	res := &recorder{header: http.Header{}, head: event.RequestContext.HTTP.Method == http.MethodHead}
	adapter := httpadapter.NewV2(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		in.show(r)
		f = serve(h, res, r)
		res.copyTo(w)
	}))
	response, err := adapter.ProxyWithContext(ctx, in.carried(event))
	switch {
	case f != nil:
	case err != nil:
		f = broken(err)
	case res.overflow || payloadSize(response) > maxPayload:
		f = tooLarge()
	}
	if f != nil {
		return f.outcome(event.RequestContext.HTTP.Method, in.url.Path, id)
	}
	if res.sent.Get("Content-Type") == "" {
		delete(response.Headers, "Content-Type") // the adapter guesses one even for an encoded body
	}
	return outcome{response: response, path: in.url.Path, bytes: len(res.payload())}
}

// serve runs h and turns its panic into a fault.
func serve(h http.Handler, res *recorder, r *http.Request) (f *fault) {
	defer func() {
		if v := recover(); v != nil {
			f = panicked(v, debug.Stack())
		}
	}()
	h.ServeHTTP(res, r)
	return nil
}
