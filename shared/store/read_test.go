package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// library is a set of random documents with all that they state.
type library struct {
	puts    []Putting
	reports []summary.Report
}

func randomLibrary(r *rand.Rand, n int) library {
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	day := func() string {
		return pick("", fmt.Sprintf("2015-%02d-%02d", 10+r.IntN(3), 1+r.IntN(28)), fmt.Sprintf("2015-%02d", 9+r.IntN(4)), fmt.Sprint(2013+r.IntN(3)),
			"2015-11-30/2015-12-06", "2014-12/2015-02", "2015-06/2015-09", "../2015-11-02", "2015-10-05/..", "2010/2015")
	}
	var l library
	for i := range n {
		var facts []says
		for range r.IntN(7) {
			switch r.IntN(3) {
			case 0:
				facts = append(facts, killed(int64(r.IntN(3)), pick("", "FR", "TR"), day()))
			case 1:
				facts = append(facts, on(day(), pick("ships sail", "leaders meet", "harbour shaken by blast"), slices.Compact([]string{pick("FR", "DE"), pick("DE", "TR")})...))
			case 2:
				p := promise(pick("DE", "GB", "FR"), pick("", "FR", "ML"), fact.Statuses[r.IntN(7)], fact.SupportTypes[r.IntN(5)].Type)
				d := day()
				facts = append(facts, func(at int) fact.Fact {
					f := p(at)
					if d != "" {
						f.Pledge.Date = ptr(fact.EDTF(d))
					}
					return f
				})
			}
		}
		name := fmt.Sprintf("paper%02d%s", i, pick("", "-20", "-24", "-26", "-28"))
		p := putting(name, pick("harbour", "summit", "empty"), pick("Harbour talks", "The summit's end", "Blast at harbour"), morning, facts...)
		if p.Document.Story == "empty" {
			p = putting(name, "empty", "Harbour talks", morning)
		}
		l.puts = append(l.puts, p)
		for _, f := range p.Facts {
			f.Revision, f.Review, f.RecordedAt = 1, fact.Extracted, recordedAt(morning)
			l.reports = append(l.reports, summary.Report{Fact: f, Source: p.Document.Source})
		}
	}
	return l
}

// whole walks a list to its end and gives its items as sorted JSON. It fails on a page that is too long, and on sources
// that do not cover the reports.
func whole[T any](t *testing.T, what string, limit int, list func(Page) (List[T], error)) []string {
	t.Helper()
	items := []string{}
	p := Page{Limit: limit}
	for n := 0; ; n++ {
		l, err := list(p)
		if err != nil {
			t.Fatalf("%s, page %d: %v", what, n, err)
		}
		if len(l.Items) > limit || n > 2000 {
			t.Fatalf("%s: page %d has %d items, limit %d", what, n, len(l.Items), limit)
		}
		for _, it := range l.Items {
			data, err := json.Marshal(it)
			if err != nil {
				t.Fatal(err)
			}
			items = append(items, string(data))
			for _, cite := range strings.Split(string(data), `"document":"`)[1:] {
				id, _, _ := strings.Cut(cite, `"`)
				if !slices.ContainsFunc(l.Sources, func(s fact.Source) bool { return s.Document == id }) {
					t.Fatalf("%s: page %d has reports of %q, and not its source", what, n, id)
				}
			}
		}
		if p.After = l.Next; p.After == "" {
			break
		}
	}
	slices.Sort(items)
	return items
}

func wanted[T any](items []T, keep func(T) bool) []string {
	kept := []string{}
	for _, it := range items {
		if keep(it) {
			data, _ := json.Marshal(it)
			kept = append(kept, string(data))
		}
	}
	slices.Sort(kept)
	return kept
}

func sameItems(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %d items, want %d\n got %.1500q\nwant %.1500q", what, len(got), len(want), got, want)
	}
}

// Every list, walked by pages under random filters, has exactly what summing up all documents and filtering gives.
func TestListsHaveWhatTheDocumentsSay(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(11, 12))
	b := newBench(t)
	lib := randomLibrary(r, 24)
	for _, p := range lib.puts {
		b.put(p)
	}
	ctx := context.Background()
	day := func() string {
		return []string{"", "", "2015-11-24", "2015-10-05", "2014-07-01", "2015-12-31", "2009-01-01"}[r.IntN(7)]
	}
	found := map[string]int{}
	for range 60 {
		f := Filter{From: day(), To: day(), Story: []string{"", "harbour", "summit"}[r.IntN(3)], Country: []string{"", "FR", "DE", "XX"}[r.IntN(4)]}
		if f.From > f.To && f.To != "" {
			f.From, f.To = f.To, f.From
		}
		if f.Story != "" && r.IntN(2) == 0 {
			f.AsOf = later
		}
		if r.IntN(4) == 0 {
			p := lib.puts[r.IntN(len(lib.puts))]
			f.Document, f.Story = p.Document.Source.Document, ""
		}
		limit := 1 + r.IntN(12)
		what := fmt.Sprintf("%+v", f)
		in := func(story string, when *fact.EDTF, places ...string) bool {
			return (f.Story == "" || f.Story == story) && (f.Country == "" || slices.Contains(places, f.Country)) &&
				(f.From == "" && f.To == "" || when != nil && when.Overlaps(f.From, f.To))
		}
		reports := slices.DeleteFunc(slices.Clone(lib.reports), func(r summary.Report) bool { return f.Document != "" && r.Fact.Document != f.Document })

		tolls := wanted(summary.Tolls(reports), func(x summary.Toll) bool {
			if x.Place == nil {
				return in(x.Story, x.Date)
			}
			return in(x.Story, x.Date, *x.Place)
		})
		sameItems(t, "tolls "+what, whole(t, what, limit, func(p Page) (List[summary.Toll], error) { return b.Tolls(ctx, f, p) }), tolls)
		found["tolls"] += len(tolls)

		dates := wanted(summary.Occurrences(reports), func(x summary.Occurrence) bool { return in(x.Story, &x.Date, x.Participants...) })
		sameItems(t, "dates "+what, whole(t, what, limit, func(p Page) (List[summary.Occurrence], error) { return b.Occurrences(ctx, f, p) }), dates)
		found["dates"] += len(dates)

		supports := wanted(summary.Supports(reports), func(x summary.Support) bool {
			return (f.Story == "" || f.Story == x.Story) && (f.Country == "" || f.Country == x.Donor) && supportSpan(x).overlaps(f.From, f.To)
		})
		sameItems(t, "supports "+what, whole(t, what, limit, func(p Page) (List[summary.Support], error) { return b.Supports(ctx, f, p) }), supports)
		found["supports"] += len(supports)

		f.Kind = append([]fact.Kind{""}, fact.Kinds...)[r.IntN(4)]
		var all []fact.Fact
		for _, r := range reports {
			all = append(all, r.Fact)
		}
		facts := wanted(all, func(x fact.Fact) bool {
			return in(x.Story, x.When(), x.Countries()...) && (f.Kind == "" || f.Kind == x.Kind)
		})
		sameItems(t, "facts "+what, whole(t, what, limit, func(p Page) (List[fact.Fact], error) { return b.Facts(ctx, f, p) }), facts)
		found["facts"] += len(facts)
		f.Kind = ""

		f.Words = [][]string{nil, {"harbour"}, {"the", "Summit"}, {"harbour", "summit"}, {"blast", "HARBOUR"}}[r.IntN(5)]
		what = fmt.Sprintf("%+v", f)
		var lines []summary.Headline
		for _, p := range lib.puts {
			var own []fact.Fact
			var places []string
			for _, r := range reports {
				if r.Fact.Document == p.Document.Source.Document {
					own = append(own, r.Fact)
					places = append(places, r.Fact.Countries()...)
				}
			}
			words := strings.Fields(strings.ReplaceAll(strings.ToLower(p.Document.Headline), "'s", ""))
			has := f.Document == "" || f.Document == p.Document.Source.Document
			for _, w := range f.Words {
				has = has && slices.Contains(words, strings.ToLower(w))
			}
			if has && in(p.Document.Story, &p.Document.Published, places...) {
				lines = append(lines, summary.NewHeadline(p.Document, own))
			}
		}
		sameItems(t, "headlines "+what, whole(t, what, limit, func(p Page) (List[summary.Headline], error) { return b.Headlines(ctx, f, p) }),
			wanted(lines, func(summary.Headline) bool { return true }))
		found["headlines"] += len(lines)
		if t.Failed() {
			return
		}
	}
	for _, k := range []string{"tolls", "dates", "supports", "facts", "headlines"} {
		if found[k] < 50 {
			t.Errorf("only %d %s: the test shows little", found[k], k)
		}
	}
}

func TestDonors(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	b.put(first())
	b.put(other())
	b.put(putting("globe-20", "summit", "Summit", morning, promise("DE", "ML", fact.Delivered, fact.Training)))
	row := func(d summary.Donor) string {
		s := d.Country + " " + string(d.Status)
		for _, x := range d.Support {
			s += fmt.Sprintf("; %s %s %d", x.Type, x.Status, len(x.Reports))
		}
		return s
	}
	for _, c := range []struct {
		filter Filter
		want   []string
	}{
		{Filter{}, []string{"DE delivered; naval committed 2; training delivered 1; medical pledged 1"}},
		{Filter{Story: "harbour"}, []string{"DE committed; naval committed 2; medical pledged 1"}},
		{Filter{Story: "harbour", AsOf: later}, []string{"DE committed; naval committed 2; medical pledged 1"}},
		{Filter{Story: "harbour", AsOf: morning}, []string{"DE pledged; naval pledged 1; medical pledged 1"}},
		{Filter{Document: "herald-26"}, []string{"DE pledged; naval pledged 1; medical pledged 1"}},
		{Filter{Country: "GB"}, nil},
		{Filter{Country: "DE", Story: "summit"}, []string{"DE delivered; training delivered 1"}},
		{Filter{From: "2015-01-01"}, nil}, // none of them is dated
	} {
		l, err := b.Donors(ctx, c.filter, Page{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range l.Items {
			got = append(got, row(d))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %q, want %q", c.filter, got, c.want)
		}
		if (len(l.Sources) == 0) != (len(c.want) == 0) {
			t.Errorf("%+v: sources %v", c.filter, l.Sources)
		}
	}
}

func TestStories(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	b.put(first())
	b.put(putting("globe-20", "summit", "Summit", morning, on("2015-11-20", "leaders meet", "US")))
	ids := func(f Filter) string {
		l, err := b.Stories(ctx, f, Page{})
		if err != nil {
			t.Fatal(err)
		}
		var s []string
		for _, x := range l.Items {
			s = append(s, x.Story)
		}
		return strings.Join(s, " ")
	}
	for _, c := range []struct {
		filter Filter
		want   string
	}{
		{Filter{}, "harbour summit"},
		{Filter{From: "2015-11-25"}, "harbour"},
		{Filter{To: "2015-11-20"}, "summit"},
		{Filter{Country: "TR"}, "harbour"},
		{Filter{Story: "summit"}, "summit"},
		{Filter{Document: "globe-20"}, "summit"},
	} {
		if got := ids(c.filter); got != c.want {
			t.Errorf("%+v: %q, want %q", c.filter, got, c.want)
		}
	}
	b.put(putting("globe-28", "summit", "Summit again", noon))
	if got := ids(Filter{}); got != "summit harbour" {
		t.Errorf("a story that grows moves to the front: %q", got)
	}
}

func TestPast(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	one := b.put(first())
	b.put(second())
	b.withdraw("herald-26")
	for _, c := range []struct {
		at   time.Time
		best int64 // 0: not found
	}{{morning.Add(-time.Second), 0}, {morning, 12}, {noon.Add(-time.Millisecond), 12}, {noon, 14}, {later.Add(-time.Second), 14}, {later, 0}, {time.Time{}, 0}} {
		s, err := b.Story(ctx, "harbour", c.at)
		var best int64
		if err == nil {
			best = *s.Casualties[0].Best
		} else if e := new(fact.Error); !errors.As(err, &e) || e.Code != fact.NotFound {
			t.Errorf("%v: %v", c.at, err)
		}
		if best != c.best {
			t.Errorf("at %v the toll is %d, want %d", c.at, best, c.best)
		}
		h, err := b.Headline(ctx, "herald-26", c.at)
		if (err == nil) != (c.best != 0) || err == nil && len(h.Bullets) < 2 {
			t.Errorf("headline at %v: %+v, %v", c.at, h, err)
		}
	}
	old := one.Facts[0]
	if f, src, err := b.Fact(ctx, old.ID, morning); err != nil || f.ID != old.ID || src.Publisher != "herald" {
		t.Errorf("the fact as it was: %+v, %+v, %v", f, src, err)
	}
	if _, _, err := b.Fact(ctx, old.ID, noon); err == nil {
		t.Error("the fact is gone at noon, and is found")
	}
	if _, _, err := b.Fact(ctx, old.ID, time.Time{}); err == nil || !strings.Contains(err.Error(), "withdrawn") {
		t.Errorf("the fact now: %v", err)
	}
}

func TestRevisions(t *testing.T) {
	b := newBench(t)
	version := func(at time.Time, byline string, facts ...says) map[fact.Kind]fact.Fact {
		p := putting("herald-26", "harbour", "Blast", at, facts...)
		p.Document.Byline = []string{byline}
		p.Document.Seal(p.Body)
		byKind := make(map[fact.Kind]fact.Fact)
		for _, f := range b.put(p).Facts {
			byKind[f.Kind] = f
			got, _, err := b.Fact(context.Background(), f.ID, time.Time{})
			if err != nil || got.Revision != f.Revision || got.RecordedAt != f.RecordedAt {
				t.Errorf("%s by its id: revision %d of %s, %v; put as %d of %s", f.Kind, got.Revision, got.RecordedAt, err, f.Revision, f.RecordedAt)
			}
		}
		return byKind
	}
	check := func(what string, f fact.Fact, revision int, at time.Time) {
		t.Helper()
		if f.Revision != revision || f.RecordedAt != recordedAt(at) || f.Review != fact.Extracted {
			t.Errorf("%s: revision %d recorded at %s, want %d at %s", what, f.Revision, f.RecordedAt, revision, recordedAt(at))
		}
	}
	date, pledge := on("2015-11-24", "leaders meet", "US"), promise("DE", "", fact.Pledged, fact.Naval)
	version(morning, "A", killed(12, "FR", ""), date, pledge)
	v2 := version(noon, "B", killed(12, "TR", ""), date)
	check("changed", v2[fact.KindCasualty], 2, noon)
	check("unchanged", v2[fact.KindDate], 1, morning)
	v3 := version(later, "C", killed(12, "TR", ""), date, pledge)
	check("unchanged again", v3[fact.KindCasualty], 2, noon)
	check("come back", v3[fact.KindPledge], 2, later)
}

func TestErrors(t *testing.T) {
	b := newBench(t)
	ctx := context.Background()
	b.put(first())
	b.put(putting("mute-26", "silence", "Nothing", morning))
	now := time.Time{}
	errOf := func(_ any, err error) error { return err }
	bad := first()
	bad.Document.Story = "no#story"
	long := first()
	long.Document.Headline = strings.Repeat("long ", 2000)
	doubled := second()
	doubled.Facts = append(doubled.Facts, doubled.Facts[0])
	broken := b.over(&wire{broken: true})
	for _, c := range []struct {
		name string
		err  error
		want fact.Code
	}{
		{"document", errOf(b.Document(ctx, "none")), fact.NotFound},
		{"text", errOf(b.Text(ctx, "none")), fact.NotFound},
		{"headline", errOf(b.Headline(ctx, "none", now)), fact.NotFound},
		{"story", errOf(b.Story(ctx, "none", now)), fact.NotFound},
		{"story in the past", errOf(b.Story(ctx, "none", later)), fact.NotFound},
		{"withdrawal", b.Withdraw(ctx, "none", noon), fact.NotFound},
		{"tolls of no story", errOf(b.Tolls(ctx, Filter{Story: "none"}, Page{})), fact.NotFound},
		{"donors of no story", errOf(b.Donors(ctx, Filter{Story: "none"}, Page{})), fact.NotFound},
		{"facts of no story", errOf(b.Facts(ctx, Filter{Story: "none"}, Page{})), fact.NotFound},
		{"headlines of no story", errOf(b.Headlines(ctx, Filter{Story: "none"}, Page{})), fact.NotFound},
		{"dates of no document", errOf(b.Occurrences(ctx, Filter{Document: "none"}, Page{})), fact.NotFound},
		{"document of another story", errOf(b.Tolls(ctx, Filter{Document: "herald-26", Story: "silence"}, Page{})), fact.NotFound},
		{"nothing stated", errOf(b.Tolls(ctx, Filter{Story: "silence"}, Page{})), ""},
		{"no donor", errOf(b.Donors(ctx, Filter{Story: "silence"}, Page{})), ""},
		{"past of everything", errOf(b.Tolls(ctx, Filter{AsOf: noon}, Page{})), fact.Invalid},
		{"position", errOf(b.Tolls(ctx, Filter{}, Page{After: "x"})), fact.Invalid},
		{"position far off", errOf(b.Tolls(ctx, Filter{}, Page{After: "7:2015"})), fact.Invalid},
		{"position out of range", errOf(b.Occurrences(ctx, Filter{From: "2015-11-01", To: "2015-11-30"}, Page{After: "0:2016-01#"})), fact.Invalid},
		{"position in a computed list", errOf(b.Tolls(ctx, Filter{Document: "herald-26"}, Page{After: "@9"})), fact.Invalid},
		{"id", errOf(b.Put(ctx, bad)), fact.Invalid},
		{"headline of 10,000 letters", errOf(b.Put(ctx, long)), fact.TooLarge},
		{"two facts of one id", errOf(b.Put(ctx, doubled)), fact.Internal},
		{"no engine", errOf(broken.Story(ctx, "harbour", now)), fact.Unavailable},
		{"no table", errOf(New(b.client, Tables{"none", "none"}).Story(ctx, "harbour", now)), fact.Internal},
	} {
		var code fact.Code
		if e := new(fact.Error); errors.As(c.err, &e) {
			code = e.Code
		}
		if code != c.want || (c.err == nil) != (c.want == "") {
			t.Errorf("%s: %v, want %q", c.name, c.err, c.want)
		}
	}
}

// meter counts what reads cost.
type meter struct {
	Client
	calls []string
	units float64
}

func (m *meter) GetItem(ctx context.Context, in *dynamodb.GetItemInput, o ...func(*dynamodb.Options)) (*dynamodb.GetItemOutput, error) {
	in.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.GetItem(ctx, in, o...)
	if err == nil {
		m.calls, m.units = append(m.calls, "GetItem"), m.units+*out.ConsumedCapacity.CapacityUnits
	}
	return out, err
}

func (m *meter) Query(ctx context.Context, in *dynamodb.QueryInput, o ...func(*dynamodb.Options)) (*dynamodb.QueryOutput, error) {
	in.ReturnConsumedCapacity = types.ReturnConsumedCapacityTotal
	out, err := m.Client.Query(ctx, in, o...)
	if err == nil {
		m.calls, m.units = append(m.calls, "Query"), m.units+*out.ConsumedCapacity.CapacityUnits
	}
	return out, err
}

func TestReadUnits(t *testing.T) {
	b := newBench(t)
	r := rand.New(rand.NewPCG(1, 9))
	for _, p := range randomLibrary(r, 20).puts {
		b.put(p)
	}
	ctx := context.Background()
	m := &meter{Client: b.client}
	s := New(m, b.tables)
	page := Page{Limit: 5}
	errOf := func(_ any, err error) error { return err }
	for _, c := range []struct {
		name  string
		read  func() error
		calls string
		units float64 // at most
	}{
		{"story", func() error { return errOf(s.Story(ctx, "harbour", time.Time{})) }, "GetItem", 2},
		{"headlines", func() error { return errOf(s.Headlines(ctx, Filter{}, page)) }, "Query", 2},
		{"headlines by words", func() error { return errOf(s.Headlines(ctx, Filter{Words: []string{"blast", "harbour"}}, page)) }, "Query", 2},
		{"stories", func() error { return errOf(s.Stories(ctx, Filter{}, page)) }, "Query", 1},
		{"tolls", func() error { return errOf(s.Tolls(ctx, Filter{}, page)) }, "Query", 4},
		{"tolls of a country", func() error { return errOf(s.Tolls(ctx, Filter{Country: "FR"}, page)) }, "Query", 4},
		{"dates", func() error { return errOf(s.Occurrences(ctx, Filter{}, page)) }, "Query", 4},
		{"dates of a story", func() error { return errOf(s.Occurrences(ctx, Filter{Story: "harbour"}, page)) }, "Query", 4},
		{"support", func() error { return errOf(s.Supports(ctx, Filter{}, page)) }, "Query", 4},
		{"donors", func() error { return errOf(s.Donors(ctx, Filter{}, page)) }, "Query", 3},
		{"facts", func() error { return errOf(s.Facts(ctx, Filter{Kind: fact.KindDate}, page)) }, "Query", 6},
		{"facts of a story", func() error { return errOf(s.Facts(ctx, Filter{Story: "harbour"}, page)) }, "Query", 6},
	} {
		m.calls, m.units = nil, 0
		if err := c.read(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if calls := strings.Join(m.calls, " "); calls != c.calls || m.units > c.units {
			t.Errorf("%s: %s, %.1f units; want %s, %.1f at most", c.name, calls, m.units, c.calls, c.units)
		}
		t.Logf("%-20s %s %.1f", c.name, strings.Join(m.calls, " "), m.units)
	}
}
