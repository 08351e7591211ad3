package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"factbox/shared/capacity"
	"factbox/shared/fact"
	"factbox/shared/summary"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// chronicle is a story of so many facts, told by documents of at most 2,500: one fact in ten says that people were killed, three
// are pledges and six are dates, a dozen facts a day.
func chronicle(facts int) []Putting {
	day := func(i int) string {
		return time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*7919%max(1, facts/20)).Format(time.DateOnly)
	}
	var puts []Putting
	for done := 0; done < facts; {
		var said []says
		for ; done < facts && len(said) < 2500; done++ {
			i := done
			switch {
			case i%10 == 0:
				c := killed(int64(i), []string{"FR", "TR", "LB", "ML"}[i/10%4], day(i))
				said = append(said, func(at int) fact.Fact {
					f := c(at)
					f.Casualty.Event = fmt.Sprintf("blast at gate%d", i)
					return f
				})
			case i%10 < 4:
				said = append(said, promise(fmt.Sprintf("D%d", i%50), "FR", fact.Statuses[i%4], fact.SupportTypes[i%17].Type))
			default:
				said = append(said, on(day(i), fmt.Sprintf("harbour%d shaken", i), "FR"))
			}
		}
		puts = append(puts, putting(fmt.Sprintf("paper%03d-%02d", len(puts), 1+len(puts)%28), "harbour", "Chronicle", morning, said...))
	}
	return puts
}

// five is a document of five facts of which two are of days that a chronicle has.
func five() Putting {
	return putting("herald-26", "harbour", "Harbour news", noon,
		on("2012-01-02", "harbour9 shaken again", "FR"), on("2012-01-03", "envoys meet", "TR"), on("2015-11-24", "envoys leave", "TR"),
		promise("NO", "FR", fact.Pledged, fact.Medical), promise("SE", "FR", fact.Pledged, fact.Naval))
}

// weighed adds up what writes cost by the rule of the Amazon DynamoDB Developer Guide ("Read and write request units"): two
// units for each KB, begun, of an item in a transaction. The local engine says too little of transactions with several items.
type weighed struct {
	Client
	units float64
}

func (w *weighed) TransactWriteItems(ctx context.Context, in *dynamodb.TransactWriteItemsInput, o ...func(*dynamodb.Options)) (*dynamodb.TransactWriteItemsOutput, error) {
	for _, a := range in.TransactItems {
		size := 1 // of what is deleted or checked: a KB at most, here
		if a.Put != nil {
			for name, v := range a.Put.Item {
				size += len(name) + sizeOf(v)
			}
		}
		w.units += 2 * float64((size+1023)/1024)
	}
	return w.Client.TransactWriteItems(ctx, in, o...)
}

func (w *weighed) BatchWriteItem(ctx context.Context, in *dynamodb.BatchWriteItemInput, o ...func(*dynamodb.Options)) (*dynamodb.BatchWriteItemOutput, error) {
	out, err := w.Client.BatchWriteItem(ctx, in, o...)
	if err == nil {
		w.units += *out.ConsumedCapacity[0].CapacityUnits
	}
	return out, err
}

func sizeOf(v types.AttributeValue) int {
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return len(v.Value)
	case *types.AttributeValueMemberB:
		return len(v.Value)
	case *types.AttributeValueMemberM:
		n := 3
		for name, it := range v.Value {
			n += 1 + len(name) + sizeOf(it)
		}
		return n
	case *types.AttributeValueMemberL:
		n := 3
		for _, it := range v.Value {
			n += 1 + sizeOf(it)
		}
		return n
	}
	return 21 // a number at most
}

// A story's length does not make it dear: neither its summary, nor a page of its lists, nor one more document.
func TestCostOfALongStory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	costs := make(map[int]capacity.Units)
	for _, facts := range []int{100, 10000} {
		b := newBench(t)
		for _, p := range chronicle(facts) {
			b.put(p)
		}
		spend := func(p Putting) capacity.Units {
			w := &weighed{Client: b.client}
			counted, used := capacity.Count(ctx)
			if _, err := New(w, b.tables).Put(counted, p); err != nil {
				t.Fatal(err)
			}
			return capacity.Units{Read: used.Units().Read, Write: w.units}
		}
		costs[facts] = spend(five())
		t.Logf("five facts more, after %d: %+v", facts, costs[facts])
		// A block is read whole, and again after it was written: a fact is well under 0.8 KB, and a unit is 4 KB.
		most := spend(putting("globe-26", "harbour", "Toll", noon, killed(7, "FR", "2012-01-02")))
		if allowed := 100 + 2*float64(facts/10)/5; most.Read > allowed {
			t.Errorf("a fact more in a block of %d: %+v, want %.0f read units at most", facts/10, most, allowed)
		}
		t.Logf("one fact more in a block of %d: %+v", facts/10, most)

		m := &meter{Client: b.client}
		s := New(m, b.tables)
		sum, err := s.Story(ctx, "harbour", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(sum)
		if err != nil || len(data) > summary.MaxStory {
			t.Errorf("the summary of %d facts has %d bytes, %v", facts, len(data), err)
		}
		if len(m.calls) != 1 || m.calls[0] != "GetItem" || m.units > 2 {
			t.Errorf("the summary of %d facts: %v, %.1f units", facts, m.calls, m.units)
		}
		t.Logf("its summary: %d bytes, %.1f units", len(data), m.units)
		said := 0
		for _, n := range sum.Counts {
			said += n
		}
		if said != facts+6 {
			t.Errorf("the summary counts %d facts, want %d", said, facts+6)
		}
		errOf := func(_ any, err error) error { return err }
		f := Filter{Story: "harbour"}
		for _, c := range []struct {
			name string
			read func() error
		}{
			{"tolls", func() error { return errOf(s.Tolls(ctx, f, Page{})) }},
			{"dates", func() error { return errOf(s.Occurrences(ctx, f, Page{})) }},
			{"supports", func() error { return errOf(s.Supports(ctx, f, Page{})) }},
			{"donors", func() error { return errOf(s.Donors(ctx, f, Page{})) }},
			{"facts", func() error { return errOf(s.Facts(ctx, f, Page{})) }},
			{"headlines", func() error { return errOf(s.Headlines(ctx, f, Page{})) }},
		} {
			m.calls, m.units = nil, 0
			if err := c.read(); err != nil {
				t.Fatal(err)
			}
			if slices.ContainsFunc(m.calls, func(c string) bool { return c != "Query" }) || len(m.calls) > 1 && facts > 100 || m.units > 30 {
				t.Errorf("%s of %d facts: %v, %.1f units", c.name, facts, m.calls, m.units)
			}
			t.Logf("a page of %s: %.1f units", c.name, m.units)
		}
	}
	short, long := costs[100], costs[10000]
	if long.Write > 1.2*short.Write || long.Read > 2*short.Read {
		t.Errorf("five facts more cost %+v after 10,000 and %+v after 100", long, short)
	}
}
