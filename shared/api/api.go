// Package api serves Factbox over HTTP: parameters in, facts out, errors as RFC 9457 problems. It knows no Lambda and
// reads no environment; each constructor gives the http.Handler of one function, All that of every route.
//
// # Requests
//
// Every parameter may stand once, must be known to its route and must have a value; anything else is a 400 that names it
// and lists what is allowed. Reads answer in the format that ?format= or Accept asks for:
//
//   - json: {"items", "sources", "latest_published", "next"}. Only "next": null ends a list: a page may be short, or empty,
//     before its end. The feed of changes has no end: its next is the number to go on after.
//   - csv (RFC 4180): a header, then a row a report, with the columns of its group repeated. A cell that a spreadsheet would
//     take for a formula (it begins with = + - @, tab or carriage return) gets a leading apostrophe.
//   - ndjson: an item a line, each with the "sources" of its own reports, and nothing else. What is looked for and not
//     stated is an item without reports.
//   - text: a line or two an item that can be read out, each with its sources.
//
// The address of the next page stands in a Link header too (rel="next"), which csv, ndjson and text rely on.
//
// # Answers
//
// Reads carry a strong ETag (a hash of the representation), Cache-Control, Vary: Accept and CORS headers, and honour
// If-None-Match. Writes and errors are not cached, but for a 404, shortly. A fault of ours is a 500 whose "instance" is the
// request id that the log line has; its cause is never told.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
	"factbox/shared/widget"
)

// Deps is what the handlers are made of.
type Deps struct {
	Store   Store
	Now     func() time.Time // the time of day; nil: time.Now
	Log     *slog.Logger     // nil: slog.Default
	Version string           // of the program, for /v1/health and the OpenAPI document; "" is written "dev"

	Site string // the address under which readers reach the service, such as https://facts.example.com; "": that of the request
	// Widgets draws the embeds; without it they are another function's. It is given from outside, since html/template keeps the linker
	// from leaving any method out: it makes every function that can reach it a megabyte larger.
	Widgets        WidgetDrawer
	FrameAncestors string // whose pages may frame /embed, as frame-ancestors of CSP has it; "": everybody's
}

// Store is all that the API asks of a store: the union of what each resource asks.
type Store interface {
	HeadlineStore
	CasualtyStore
	DateStore
	PledgeStore
	StoryStore
	FactStore
	ChangeStore
	DocumentStore
}

// WidgetDrawer draws stories as HTML, as package widget does.
type WidgetDrawer interface {
	Page(summary.Story, widget.Options) (widget.Document, error)
	Element(summary.Story, widget.Options) ([]byte, error)
	Missing(story string, o widget.Options) (widget.Document, error)
}

// HeadlineStore lists documents by their headlines.
type HeadlineStore interface {
	Headlines(context.Context, store.Filter, store.Page) (store.List[summary.Headline], error)
	Headline(ctx context.Context, document string, asOf time.Time) (summary.Headline, error)
}

// CasualtyStore lists tolls.
type CasualtyStore interface {
	Tolls(context.Context, store.Filter, store.Page) (store.List[summary.Toll], error)
}

// DateStore lists what happened when.
type DateStore interface {
	Occurrences(context.Context, store.Filter, store.Page) (store.List[summary.Occurrence], error)
}

// PledgeStore lists support, flat and by donor.
type PledgeStore interface {
	Supports(context.Context, store.Filter, store.Page) (store.List[summary.Support], error)
	Donors(context.Context, store.Filter, store.Page) (store.List[summary.Donor], error)
}

// StoryStore gives stories, and tells how the store is.
type StoryStore interface {
	Stories(context.Context, store.Filter, store.Page) (store.List[store.StoryLine], error)
	Story(ctx context.Context, story string, asOf time.Time) (summary.Story, error)
	Health(context.Context) (store.Health, error)
}

// FactStore gives facts and their history, and keeps what people say of them.
type FactStore interface {
	Facts(context.Context, store.Filter, store.Page) (store.List[fact.Fact], error)
	Fact(ctx context.Context, id string, asOf time.Time) (fact.Fact, fact.Source, error)
	History(ctx context.Context, id string, p store.Page) (store.List[store.Revision], error)
	Review(context.Context, store.Reviewing) (fact.Fact, fact.Source, error)
}

// ChangeStore tells what changed.
type ChangeStore interface {
	Changes(ctx context.Context, since int64, limit int) (store.ChangeList, error)
}

// DocumentStore keeps documents.
type DocumentStore interface {
	Document(ctx context.Context, id string) (fact.Document, error)
	Put(context.Context, store.Putting) (store.Result, error)
	Place(context.Context, store.Putting) (store.Putting, store.Placement, error)
	Move(ctx context.Context, document, story, title string, at time.Time) (now fact.Document, from string, err error)
	Withdraw(ctx context.Context, document string, at time.Time) error
}

// Route is a method and a path that the code serves.
type Route struct {
	Method   string
	Path     string // with {name} for a part that varies
	Function string // the folder under functions/ that serves it
	Write    bool   // whether it changes the store
}

// group is the routes of one function.
type group struct {
	function string
	register func(*surface)
}

var (
	headlineRoutes = group{"headlines", registerHeadlines}
	casualtyRoutes = group{"casualties", registerCasualties}
	dateRoutes     = group{"dates", registerDates}
	pledgeRoutes   = group{"pledges", registerPledges}
	storyRoutes    = group{"stories", registerStories}
	chatRoutes     = group{"chat", registerChat}
	widgetRoutes   = group{"widgets", registerWidgets}
	documentRoutes = group{"documents", registerDocuments}

	readRoutes = []group{headlineRoutes, casualtyRoutes, dateRoutes, pledgeRoutes, storyRoutes, chatRoutes, widgetRoutes}
)

// allRoutes is a function so that the routes, whose OpenAPI document names them all, do not refer to themselves.
func allRoutes() []group { return append(readRoutes[:len(readRoutes):len(readRoutes)], documentRoutes) }

// Headlines serves /v1/headlines and a headline's page.
func Headlines(d Deps) http.Handler { return newSurface(d, headlineRoutes) }

// Casualties serves /v1/casualties.
func Casualties(d Deps) http.Handler { return newSurface(d, casualtyRoutes) }

// Dates serves /v1/dates.
func Dates(d Deps) http.Handler { return newSurface(d, dateRoutes) }

// Pledges serves /v1/pledges and /v1/pledges/by-country.
func Pledges(d Deps) http.Handler { return newSurface(d, pledgeRoutes) }

// Chat serves answers to questions, and what bots read of the service. MCP is in package mcp, which wraps it.
func Chat(d Deps) http.Handler { return newSurface(d, chatRoutes) }

// Widgets serves what stands on other people's pages: embeds, the script for them, and oEmbed.
func Widgets(d Deps) http.Handler { return newSurface(d, widgetRoutes) }

// Stories serves stories, facts with their history, changes, health and /openapi.json, and answers what no other function does: an unknown route and a
// method that a route does not have, as problems. It serves every other read as well, since an API Gateway that routes by
// method sends HEAD here.
func Stories(d Deps) http.Handler { return newSurface(d, readRoutes...) }

// Documents puts and withdraws documents, and reviews facts.
func Documents(d Deps) http.Handler { return newSurface(d, documentRoutes) }

// All serves every route.
func All(d Deps) http.Handler { return newSurface(d, allRoutes()...) }

// Routes lists every route, as registered.
func Routes() []Route { return newSurface(Deps{}, allRoutes()...).routes }
