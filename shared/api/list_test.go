package api

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/store"
	"factbox/shared/summary"
)

// paged is a store's list of the items, whose position is the index of the next one.
func paged[T any](items []T, sources ...fact.Source) func(store.Filter, store.Page) (store.List[T], error) {
	return func(_ store.Filter, p store.Page) (store.List[T], error) {
		first := 0
		if p.After != "" {
			var err error
			if first, err = strconv.Atoi(p.After); err != nil || first < 0 || first >= len(items) {
				return store.List[T]{}, fact.Errorf(fact.Invalid, "no such position")
			}
		}
		last := min(first+p.Limit, len(items))
		l := store.List[T]{Items: slices.Clone(items[first:last]), Sources: sources, LatestPublished: "2025-05-04"}
		if last < len(items) {
			l.Next = strconv.Itoa(last)
		}
		return l, nil
	}
}

// tolls makes a toll of each effect, whose event is its place in the list.
func tolls(effects ...fact.Effect) []summary.Toll {
	var list []summary.Toll
	for i, e := range effects {
		sample := samples()["listCasualties"].(CasualtyList).Items[0]
		sample.Effect, sample.Event = e, "event "+strconv.Itoa(i)
		list = append(list, sample)
	}
	return list
}

var dailySource = samples()["listCasualties"].(CasualtyList).Sources[0]

func TestWalkGivesTheWholeList(t *testing.T) {
	const n = 23
	all := tolls(slices.Repeat([]fact.Effect{fact.Killed}, n)...)
	h := All(deps(fake{tolls: paged(all, dailySource)}))
	for _, limit := range []int{1, 5, 22, 23, 24, 100} {
		t.Run(strconv.Itoa(limit), func(t *testing.T) {
			var got []string
			query := url.Values{"limit": {strconv.Itoa(limit)}}
			for pages := 0; ; pages++ {
				r := ask(t, h, "GET", "/v1/casualties?"+query.Encode(), "")
				l := decode[CasualtyList](t, r)
				for _, item := range l.Items {
					got = append(got, item.Event)
				}
				link := r.Header.Get("Link")
				if l.Next == nil {
					if link != "" || l.NotStated == nil {
						t.Errorf("the last page has Link %q, not_stated %v", link, l.NotStated)
					}
					break
				}
				if l.NotStated != nil {
					t.Errorf("page %d says already what is not stated: %v", pages, l.NotStated)
				}
				next, err := url.Parse(strings.TrimSuffix(strings.TrimPrefix(link, "<"), `>; rel="next"`))
				if err != nil || next.Query().Get("cursor") != *l.Next || next.Query().Get("limit") != strconv.Itoa(limit) {
					t.Fatalf("Link %q does not lead to the next page", link)
				}
				query = next.Query()
				if pages > n {
					t.Fatal("the list does not end")
				}
			}
			if len(got) != n || got[0] != "event 0" || got[n-1] != "event 22" || len(slices.Compact(got)) != n {
				t.Errorf("%d items: %v", len(got), got)
			}
		})
	}
}

func TestNotStated(t *testing.T) {
	const k, i, m = fact.Killed, fact.Injured, fact.Missing
	tests := []struct {
		name  string
		tolls []summary.Toll
		query string
		want  []fact.Effect
	}{
		{"nothing", nil, "", []fact.Effect{k, i}},
		{"killed", tolls(k), "", []fact.Effect{i}},
		{"both, on several pages", tolls(k, k, m, i), "limit=1&", []fact.Effect{}},
		{"killed on the first page of three", tolls(k, m, m), "limit=1&", []fact.Effect{i}},
		{"missing does not stand for either", tolls(m), "", []fact.Effect{k, i}},
		{"asked for and there", tolls(k, m), "effect=missing&", []fact.Effect{}},
		{"asked for and not there", tolls(k), "effect=missing&", []fact.Effect{m}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := Casualties(deps(fake{tolls: paged(tt.tolls, dailySource)}))
			l := decode[CasualtyList](t, ask(t, h, "GET", "/v1/casualties?"+strings.TrimSuffix(tt.query, "&"), ""))
			for l.Next != nil {
				l = decode[CasualtyList](t, ask(t, h, "GET", "/v1/casualties?"+tt.query+"cursor="+*l.Next, ""))
			}
			if l.NotStated == nil || !slices.Equal(l.NotStated, tt.want) {
				t.Errorf("%v, want %v", l.NotStated, tt.want)
			}
		})
	}
}

func TestForeignCursors(t *testing.T) {
	h := All(deps(fake{
		tolls:    paged(tolls(fact.Killed, fact.Killed), dailySource),
		supports: paged(make([]summary.Support, 2)),
	}))
	l := decode[CasualtyList](t, ask(t, h, "GET", "/v1/casualties?limit=1&story=s", ""))
	if l.Next == nil {
		t.Fatal("no next page to forge")
	}
	own := *l.Next
	forged := func(after, list string) string {
		return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"a":%q,"l":%q}`, after, list))
	}
	list := listHash("/v1/casualties", url.Values{"story": {"s"}})
	tests := []struct {
		name, target string
		status       int
	}{
		{"its own", "/v1/casualties?story=s&cursor=" + own, 200},
		{"its own, with another limit", "/v1/casualties?story=s&limit=7&cursor=" + own, 200},
		{"its own, in another format", "/v1/casualties?story=s&format=csv&cursor=" + own, 200},
		{"of another story", "/v1/casualties?story=other&cursor=" + own, 400},
		{"of a list without a story", "/v1/casualties?cursor=" + own, 400},
		{"of a narrower list", "/v1/casualties?story=s&effect=killed&cursor=" + own, 400},
		{"of another resource", "/v1/pledges?story=s&cursor=" + own, 400},
		{"cut off", "/v1/casualties?story=s&cursor=" + own[:len(own)-3], 400},
		{"with a tail", "/v1/casualties?story=s&cursor=" + own + "AA", 400},
		{"forged position", "/v1/casualties?story=s&cursor=" + forged("-1", list), 400},
		{"forged list", "/v1/casualties?story=s&cursor=" + forged("1", "0000"), 400},
		{"not base64", "/v1/casualties?story=s&cursor=%C3%BC", 400},
		{"not JSON", "/v1/casualties?story=s&cursor=AAAA", 400},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, h, "GET", tt.target, "")
			if tt.status != 200 {
				wantProblem(t, r, tt.status)
			} else if r.StatusCode != 200 {
				t.Errorf("%d %s", r.StatusCode, text(r))
			}
		})
	}
}

func TestFilterTakesSourcesAlong(t *testing.T) {
	items := tolls(fact.Killed, fact.Injured)
	items[1].Reports = []fact.Fact{{Common: items[0].Reports[0].Common, Casualty: items[0].Reports[0].Casualty}}
	items[1].Reports[0].Document = "other"
	h := Casualties(deps(fake{tolls: paged(items, dailySource, fact.Source{Document: "other"})}))
	l := decode[CasualtyList](t, ask(t, h, "GET", "/v1/casualties?effect=killed", ""))
	if len(l.Items) != 1 || len(l.Sources) != 1 || l.Sources[0].Document != dailySource.Document {
		t.Errorf("%d items, sources %v", len(l.Items), l.Sources)
	}
}

func TestFilterReachesTheStore(t *testing.T) {
	var got store.Filter
	h := All(deps(fake{
		tolls: func(f store.Filter, _ store.Page) (store.List[summary.Toll], error) {
			got = f
			return store.List[summary.Toll]{}, nil
		},
	}))
	tests := []struct {
		query string
		want  store.Filter
	}{
		{"from=2025&to=2025", store.Filter{From: "2025-01-01", To: "2025-12-31"}},
		{"from=2024-02&to=2024-02", store.Filter{From: "2024-02-01", To: "2024-02-29"}},
		{"from=2025-05-04", store.Filter{From: "2025-05-04"}},
		{"story=s", store.Filter{Story: "s"}},
		{"story=s&document=d", store.Filter{Story: "s", Document: "d"}},
		{"country=fra", store.Filter{Country: "FR"}},
		{"country=nato", store.Filter{Country: "NATO"}},
		{"story=s&as_of=2025-05-05T10:00:00Z", store.Filter{Story: "s", AsOf: time.Date(2025, 5, 5, 10, 0, 0, 0, time.UTC)}},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			if r := ask(t, h, "GET", "/v1/casualties?"+tt.query, ""); r.StatusCode != 200 {
				t.Fatal(text(r))
			}
			if fmt.Sprint(got) != fmt.Sprint(tt.want) {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestAsOf(t *testing.T) {
	tests := []struct{ value, want string }{ // an empty want is an error
		{"2025-05-05T10:00:00Z", "2025-05-05T10:00:00Z"},
		{"2025-05-05T10:00:00+02:00", "2025-05-05T08:00:00Z"},
		{"2025-05-05", "2025-05-05T23:59:59.999999999Z"},
		{"2025-05-06", "2025-05-06T12:00:00Z"}, // today: now
		{"2025-05-06T12:00:00Z", "2025-05-06T12:00:00Z"},
		{"2025-05-06T12:00:01Z", ""},
		{"2025-05-07", ""},
		{"2025-02-30", ""},
		{"2025-05", ""},
		{"now", ""},
	}
	for _, tt := range tests {
		at, err := asOf(tt.value, noon)
		switch {
		case tt.want == "" && err == nil:
			t.Errorf("%s: %v, want an error", tt.value, at)
		case tt.want != "" && (err != nil || at.Format("2006-01-02T15:04:05.999999999Z07:00") != tt.want):
			t.Errorf("%s: %v %v, want %s", tt.value, at, err, tt.want)
		}
	}
}

func TestPledgeFilters(t *testing.T) {
	support := func(donor string, kind fact.SupportType, status fact.Status, recipient string) summary.Support {
		p := samples()["listPledges"].(List[summary.Support]).Items[0]
		p.Donor, p.Type, p.Category, p.Status, p.Recipient = donor, kind, kind.Category(), status, &recipient
		return p
	}
	all := []summary.Support{
		support("BE", fact.Humanitarian, fact.Pledged, "FR"),
		support("BE", fact.Naval, fact.Committed, "ES"),
		support("PT", fact.Troops, fact.Considered, "FR"),
	}
	h := Pledges(deps(fake{supports: paged(all, dailySource), donors: paged(summary.Donors(all), dailySource)}))
	tests := []struct{ query, supports, donors string }{
		{"", "humanitarian naval troops", "BE committed 2, PT considered 1"},
		{"type=naval", "naval", "BE committed 1"},
		{"category=military", "naval troops", "BE committed 1, PT considered 1"},
		{"status=pledged", "humanitarian", "BE pledged 1"},
		{"status=declined", "", ""},
		{"recipient=FR&category=military", "troops", "PT considered 1"},
	}
	for _, tt := range tests {
		t.Run(tt.query, func(t *testing.T) {
			var kinds, donors []string
			for _, p := range decode[List[summary.Support]](t, ask(t, h, "GET", "/v1/pledges?"+tt.query, "")).Items {
				kinds = append(kinds, string(p.Type))
			}
			for _, d := range decode[List[summary.Donor]](t, ask(t, h, "GET", "/v1/pledges/by-country?"+tt.query, "")).Items {
				donors = append(donors, fmt.Sprint(d.Country, " ", d.Status, " ", len(d.Support)))
			}
			if got := strings.Join(kinds, " "); got != tt.supports {
				t.Errorf("support %s, want %s", got, tt.supports)
			}
			if got := strings.Join(donors, ", "); got != tt.donors {
				t.Errorf("donors %s, want %s", got, tt.donors)
			}
		})
	}
}

func TestBigPagesAreCutToFit(t *testing.T) {
	big := tolls(slices.Repeat([]fact.Effect{fact.Killed}, 100)...)
	long := strings.Repeat("x", 5000)
	for i := range big {
		report := big[i].Reports[0]
		report.Evidence.Quote = &long
		big[i].Reports = slices.Repeat([]fact.Fact{report}, summary.MaxReports)
	}
	h := Casualties(deps(fake{tolls: paged(big, dailySource)}))
	items := 0
	for target := "/v1/casualties?limit=100"; ; {
		r := ask(t, h, "GET", target, "")
		if n := len(text(r)); n > maxAnswer+(1<<20) {
			t.Fatalf("a page of %d bytes", n)
		}
		l := decode[CasualtyList](t, r)
		items += len(l.Items)
		if l.Next == nil {
			break
		}
		target = "/v1/casualties?limit=100&cursor=" + *l.Next
	}
	if items != len(big) {
		t.Errorf("%d items of %d", items, len(big))
	}
}
