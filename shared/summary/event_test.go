package summary

import (
	"strings"
	"testing"
)

func TestIncidentsTable(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"kind quake: tremor", "what is"},
		{"kind quake one: tremor", "number of days"},
		{"kind quake 1 narrow: tremor", "what is"},
		{"kind quake 1:", "no words"},
		{"quake 1 tremor", "no words"},
		{"with quake: slide", "is no kind"},
		{"kind a 1: b\nwith a: c", "incidents.txt:2"},
		{"verb: fall", "what is"},
	} {
		if _, err := readIncidents(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.file, err, c.want)
		}
	}
	// A name must come out of a label as it stands there, whatever its ending.
	for _, c := range []struct {
		a, b            string
		kind, scene, is bool
	}{
		{"earthquakes", "Tuesday's tremor", true, false, true},
		{"bombing", "explosions", true, false, true},
		{"blaze", "wildfires", true, false, true},
		{"flooding", "collision", true, false, false},
		{"ferries", "a boat", false, true, true},
		{"buses", "lorries", false, true, true},
		{"railways", "lorries", false, true, false},
		{"churches", "a chapel", false, true, true},
	} {
		a, b := readSigns(c.a), readSigns(c.b)
		x, y := a.kinds, b.kinds
		if c.scene {
			x, y = a.scenes, b.scenes
		}
		if x == 0 || y == 0 || (x&y != 0) != c.is {
			t.Errorf("%q (%b) and %q (%b): want in common: %v", c.a, x, c.b, y, c.is)
		}
	}
}

// TestEventsAreToldApart has two reports a line: whether they are of one event.
func TestEventsAreToldApart(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b Report
		one  bool
	}{
		{"two names of one kind", dead("a-26", "Lombok quake", "ID", "2015-11-20", "40"), dead("b-27", "earthquake", "ID", "2015-11-20", "55"), true},
		{"a night quake has two dates", dead("a-26", "quake", "ID", "2015-11-20", "40"), dead("b-27", "tremor", "ID", "2015-11-21", "55"), true},
		{"two bombs on two days", dead("a-26", "bombing", "ID", "2015-11-20", "40"), dead("b-27", "bomb", "ID", "2015-11-21", "55"), false},
		{"floods last", dead("a-26", "floods", "ID", "2015-11-16", "40"), dead("b-27", "flooding", "ID", "2015-11-22", "55"), true},
		{"a storm brings floods", dead("a-26", "typhoon", "PH", "2015-11-20", "40"), dead("b-27", "floodwaters", "PH", "2015-11-20", "55"), true},
		{"a flood and a crash", dead("a-26", "floods", "PH", "2015-11-20", "40"), dead("b-27", "bus crash", "PH", "2015-11-20", "9"), false},
		{"two scenes", dead("a-26", "train crash", "PH", "2015-11-20", "40"), dead("b-27", "bus crash", "PH", "2015-11-20", "9"), false},
		{"a quake strikes many scenes", dead("a-26", "quake at a school", "PH", "2015-11-20", "40"), dead("b-27", "quake in a hospital", "PH", "2015-11-20", "9"), true},
		{"two cities", dead("a-26", "Lyon stabbing", "FR", "2015-11-20", "4"), dead("b-27", "stabbing in Marseille", "FR", "2015-11-20", "3"), false},
		{"another name and the same number", dead("a-26", "shelling", "UA", "2015-11-20", "27"), dead("b-27", "explosion", "UA", "2015-11-20", "27"), true},
		{"the same small number is chance", dead("a-26", "shelling", "UA", "2015-11-20", "2"), dead("b-27", "explosion", "UA", "2015-11-20", "2"), false},
		{"a name that fits all", dead("a-26", "disaster", "UA", "", "27"), dead("b-27", "mine collapse", "UA", "2015-11-20", "30"), true},
		{"a year in the label", dead("a-26", "the 2004 tsunami", "ID", "", "900"), dead("b-27", "tsunami", "ID", "2015-11-20", "430"), false},
		{"a far greater one", dead("a-26", "tsunami", "ID", "", "170000"), dead("b-27", "tsunami", "ID", "2015-11-20", "430"), false},
	} {
		if got := len(Tolls([]Report{c.a, c.b})) == 1; got != c.one {
			t.Errorf("%s: one event: %v, want %v", c.name, got, c.one)
		}
	}
}
