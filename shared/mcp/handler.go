package mcp

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"

	"factbox/shared/api"
)

// handler is the fence around the SDK's transport: it bounds what a request can ask for, and makes a JSON-RPC message of every error.
type handler struct {
	site      func(*http.Request) string
	origin    http.CrossOriginProtection
	transport http.Handler
}

// maxBatch is how many messages a request may hold: a list of them is allowed until 2025-03-26 and to clients that do not say their version.
const maxBatch = 16

type (
	requestKey struct{}
	siteKey    struct{}
)

// requestOf gives the HTTP request that a method was called by.
func requestOf(ctx context.Context) *http.Request { return ctx.Value(requestKey{}).(*http.Request) }

// siteOf gives the service's own address as that request reached it; "" when that is not known.
func siteOf(ctx context.Context) string { return ctx.Value(siteKey{}).(string) }

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if err := h.origin.Check(r); err != nil {
		refuse(w, http.StatusForbidden, jsonrpc.ID{}, jsonrpc.CodeInvalidRequest, "pages of other origins may not call tools; they may read the API")
		return
	}
	var id jsonrpc.ID
	if r.Method == http.MethodPost {
		body, p := api.ReadBody(w, r)
		if p != nil {
			refuse(w, p.Status, id, jsonrpc.CodeInvalidRequest, p.Detail)
			return
		}
		only, fault := parse(body)
		if fault != nil {
			refuse(w, http.StatusBadRequest, id, fault.Code, fault.Message)
			return
		}
		id = only
		r = r.Clone(context.WithValue(context.WithValue(r.Context(), siteKey{}, h.site(r)), requestKey{}, r))
		r.Body = io.NopCloser(bytes.NewReader(body))
		if r.Header.Get("Accept") == "" {
			r.Header.Set("Accept", "*/*") // which is what no Accept means (RFC 9110, section 12.5.1)
		}
	}
	out := &response{header: w.Header(), status: http.StatusOK}
	h.transport.ServeHTTP(out, r)
	if mediaType, _, _ := mime.ParseMediaType(out.header.Get("Content-Type")); mediaType == "text/plain" {
		refuse(w, out.status, id, jsonrpc.CodeInvalidRequest, strings.TrimSpace(out.body.String()))
		return
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body.Bytes()) // the client may be gone; there is nobody left to tell
}

// parse holds a body to being a message, or a list of not too many, and gives the id of a message that is alone. The rest is the SDK's to judge.
func parse(body []byte) (jsonrpc.ID, *jsonrpc.Error) {
	var none jsonrpc.ID
	if !json.Valid(body) || !utf8.Valid(body) {
		return none, &jsonrpc.Error{Code: jsonrpc.CodeParseError, Message: "the body is not JSON"}
	}
	var many []json.RawMessage
	if json.Unmarshal(body, &many) == nil && many != nil {
		if len(many) == 0 || len(many) > maxBatch {
			return none, &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "a list of messages has from 1 to 16 of them"}
		}
		return none, nil
	}
	var message struct {
		ID     any     `json:"id"`
		Method *string `json:"method"`
	}
	if json.Unmarshal(body, &message) != nil || message.Method == nil {
		return none, &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "a message is an object with jsonrpc, method and, for a call, id"}
	}
	id, err := jsonrpc.MakeID(message.ID)
	if err != nil {
		return none, &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "an id is a string or a number"}
	}
	return id, nil
}

// maxRefusal is the longest message of an error, in bytes: the SDK tells back what it was sent.
const maxRefusal = 300

// refuse answers with a JSON-RPC error.
func refuse(w http.ResponseWriter, status int, id jsonrpc.ID, code int64, message string) {
	if len(message) > maxRefusal {
		message = strings.ToValidUTF8(message[:maxRefusal], "") + "…"
	}
	body, _ := jsonrpc.EncodeMessage(&jsonrpc.Response{ID: id, Error: &jsonrpc.Error{Code: code, Message: message}}) // strings and numbers: it cannot fail
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// response keeps an answer until it is whole, so that an error can still be made a message.
type response struct {
	header http.Header
	body   bytes.Buffer
	status int
}

func (res *response) Header() http.Header         { return res.header }
func (res *response) WriteHeader(status int)      { res.status = status }
func (res *response) Write(b []byte) (int, error) { return res.body.Write(b) }
