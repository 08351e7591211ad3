package widget

import (
	"encoding/json"
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/summary"
)

// checkJSONLD holds JSON-LD to survive in a page, and to refer only to what it has.
func checkJSONLD(t testing.TB, data []byte) map[string]any {
	t.Helper()
	if got := parsedScript(t, data); got != string(data) {
		t.Fatalf("in a script element it reads %.200q", got)
	}
	if strings.ContainsAny(string(data), "<>&\u2028\u2029") {
		t.Fatalf("it has characters that are not escaped: %.200q", data)
	}
	var article map[string]any
	if err := json.Unmarshal(data, &article); err != nil {
		t.Fatal(err)
	}
	known, asked := map[any]bool{}, map[any]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			if id, ok := v["@id"]; ok && len(v) == 1 {
				asked[id] = true
			} else if ok {
				known[id] = true
			}
			if v["url"] != nil && v["url"] != "" && !strings.HasPrefix(v["url"].(string), "http") {
				t.Errorf("a url is %q", v["url"])
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(article)
	for id := range asked {
		if !known[id] {
			t.Errorf("nothing has the id %v", id)
		}
	}
	return article
}

func jsonLD(t testing.TB, story summary.Story, tag string) map[string]any {
	t.Helper()
	data, err := JSONLD(story, Options{Language: tongue(t, tag), Site: site})
	if err != nil {
		t.Fatal(err)
	}
	return checkJSONLD(t, data)
}

func TestJSONLD(t *testing.T) {
	article := jsonLD(t, quake(t).sum(), "fr")
	for name, want := range map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Earthquake at Luganville", "inLanguage": "fr",
		"datePublished": "2026-11-19", "dateModified": "2026-11-22", "url": "https://facts.example/embed/luganville-quake?lang=fr&show=summary",
	} {
		if article[name] != want {
			t.Errorf("%s is %v, want %v", name, article[name], want)
		}
	}
	for _, c := range []struct{ list, name, want string }{
		{"mentions", "Morts", `{"@type":["Observation","QuantitativeValue"],"description":"total exact le plus récent, 1 origine; 1,047 démenti par the mayor","maxValue":1047,"minValue":45,` +
			`"observationAbout":{"@id":"_:event1"},"subjectOf":[{"@id":"_:source1"},{"@id":"_:source2"},{"@id":"_:source4"},{"@id":"_:source3"}],` +
			`"unitText":"people","value":1047,"variableMeasured":{"@type":"PropertyValue","name":"Morts","propertyID":"killed"}}`},
		{"mentions", "Disparus", `{"@type":["Observation","QuantitativeValue"],"description":"aucun total exact n’est donné","observationAbout":{"@id":"_:event1"},` +
			`"subjectOf":[{"@id":"_:source2"}],"unitText":"people","value":"dozens","variableMeasured":{"@type":"PropertyValue","name":"Disparus","propertyID":"missing"}}`},
		{"mentions", "Blessés", `{"@type":["Observation","QuantitativeValue"],"description":"non précisé","variableMeasured":{"@type":"PropertyValue","name":"Blessés","propertyID":"injured"}}`},
		{"about", "Luganville earthquake", `{"@id":"_:event1","@type":"Event","location":{"@type":"Place","identifier":"VU","name":"Vanuatu"},"name":"Luganville earthquake","startDate":"2026-11-18"}`},
		{"about", "Search", `{"@id":"_:event6","@type":"Event","endDate":"2026-11-24","name":"Search of the collapsed market","startDate":"2026-11-19","subjectOf":[{"@id":"_:source2"}]}`},
		{"about", "Swarm", `"endDate":"2026-11-10","name":"Swarm of small tremors","subjectOf"`},
		{"citation", "Quake flattens", `{"@id":"_:source3","@type":"NewsArticle","datePublished":"2026-11-19","headline":"Quake flattens market in Luganville",` +
			`"publisher":{"@type":"Organization","name":"Port Vila Herald"},"sourceOrganization":{"@type":"Organization","name":"Pacific Wire"},"url":"https://herald.example/quake?page=%281%29"}`},
		{"citation", "Mayor", `"url":"https://facts.example/v1/headlines/radio-1?format=text"`},
	} {
		found := ""
		for _, n := range article[c.list].([]any) {
			data, _ := json.Marshal(n)
			if strings.Contains(string(data), `"`+c.name) {
				found += strings.NewReplacer(`\u0026`, "&").Replace(string(data))
			}
		}
		if !strings.Contains(found, c.want) {
			t.Errorf("%s of %s is %s,\nwant %s", c.list, c.name, found, c.want)
		}
	}
}

// TestBounds holds least and greatest values to what the documents bound.
func TestBounds(t *testing.T) {
	for _, c := range []struct {
		reports  []fact.Count
		min, max any
	}{
		{[]fact.Count{fact.NewCount(fact.Exact, 45, "")}, 45.0, 45.0},
		{[]fact.Count{fact.NewCount(fact.Exact, 45, ""), fact.NewCount(fact.Exact, 50, "")}, 45.0, 50.0},
		{[]fact.Count{fact.NewCount(fact.AtLeast, 45, "")}, 45.0, nil},
		{[]fact.Count{fact.NewCount(fact.AtMost, 45, "")}, nil, 45.0},
		{[]fact.Count{fact.NewCount(fact.AtMost, 45, ""), fact.NewCount(fact.AtLeast, 12, "")}, nil, nil},
		{[]fact.Count{{Modifier: fact.Vague, Text: "dozens"}}, nil, nil},
	} {
		in := quake(t)
		for i := range in.Facts {
			if f := &in.Facts[i]; f.Casualty != nil {
				in.Facts = in.Facts[:i]
				break
			}
		}
		for i, count := range c.reports {
			f := fact.Fact{Common: fact.Common{Kind: fact.KindCasualty, Document: in.Documents[i].Source.Document, Story: in.Story},
				Casualty: &fact.Casualty{Effect: fact.Killed, Count: count, Event: "quake"}}
			f.Identify()
			in.Facts = append(in.Facts, f)
		}
		mentions := jsonLD(t, in.sum(), "en")["mentions"].([]any)
		killed := mentions[0].(map[string]any)
		if killed["minValue"] != c.min || killed["maxValue"] != c.max {
			t.Errorf("%v: from %v to %v, want %v to %v", c.reports, killed["minValue"], killed["maxValue"], c.min, c.max)
		}
	}
}

// TestJSONLDText proves that what documents say can be read back as it is shown.
func TestJSONLDText(t *testing.T) {
	for _, text := range attacks {
		citation := jsonLD(t, filled(t, text), "en")["citation"].([]any)[0].(map[string]any)
		want := clean(text, maxTitle)
		if got := citation["headline"]; got != want {
			t.Errorf("the headline %.60q reads %.60q", want, got)
		}
	}
}
