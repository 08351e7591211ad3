package place

import (
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

func TestX(t *testing.T) {
	l := names()
	t.Log(len(l.places), len(l.leaders), len(l.longest))
	type kc struct{ code, file string }
	seen := map[string]kc{}
	for file, list := range map[string]string{"countries": countryList, "orgs": organisationList, "gov": governmentList, "cap": capitalList, "reg": regionList, "cities": cityList, "dem": demonymList, "terr": ""} {
		for f := range rows(list) {
			ns := f[1]
			if file == "dem" && f[2] != "" {
				ns += "|" + f[2]
			}
			for n := range strings.SplitSeq(ns, "|") {
				if n == "" {
					continue
				}
				k, _ := l.key(n)
				if o, ok := seen[k]; ok && (o.code != f[0] || o.file != file) {
					t.Logf("%q %s/%s and %s/%s", n, f[0], file, o.code, o.file)
				}
				seen[k] = kc{f[0], file}
			}
		}
	}
	_ = fact.EDTF("")
	_ = token.Read
}

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		buildLexicon()
	}
}
