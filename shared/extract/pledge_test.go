package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"factbox/shared/fact"
)

// shortPledges writes pledges as "donor>recipient@place types status amount quantity if condition".
func shortPledges(found []fact.Fact) []string {
	var list []string
	for _, f := range found {
		if p := f.Pledge; p != nil {
			s := p.Donor + ">"
			if p.Recipient != nil {
				s += *p.Recipient
			}
			if p.Place != nil {
				s += "@" + *p.Place
			}
			for i, t := range p.Types {
				s += []string{" ", ","}[min(i, 1)] + string(t)
			}
			s += " " + string(p.Status)
			if p.Amount != nil {
				s += fmt.Sprintf(" %g%s", p.Amount.Value, p.Amount.Currency)
			}
			if p.Quantity != nil {
				s += fmt.Sprintf(" %g %s", p.Quantity.Value, p.Quantity.Unit)
			}
			if p.Condition != nil {
				s += " if " + *p.Condition
			}
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return list
}

func TestPledges(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// promises and decisions
		{"Norway pledged $50 million to Bangladesh after the cyclone.", "NO>BD financial pledged 5e+07USD"},
		{"Japan has agreed to send rescue teams to Nepal.", "JP>NP search_and_rescue committed"},
		{"Spain and Portugal promised to provide tents and blankets for Morocco.", "ES>MA humanitarian pledged; PT>MA humanitarian pledged"},
		{"The Danish government decided to deliver 19 tanks to Ukraine.", "DK>UA arms committed 19 tanks"},
		{"Canada offered to train soldiers of Mali.", "CA>ML training pledged"},
		{"Brazil is considering sending a field hospital to Haiti.", "BR>HT medical considered"},
		{"Poland is ready to take in 2,000 refugees from Syria.", "PL> refugees pledged 2000 refugees"},
		{"Sweden will supply ammunition to Finland.", "SE>FI arms pledged"},
		{"The World Bank said it would lend Peru $2 billion.", "WB>PE financial pledged 2e+09USD"},
		{"Iceland approved a 3 million euro package of food aid for Yemen.", "IS>YE humanitarian committed 3e+06EUR"},
		{"Qatar pledged $7 million.", "QA> financial pledged 7e+06USD"},
		{"Kenya agreed to share intelligence with Ethiopia.", "KE>ET intelligence committed"},
		{"India offered its air bases to Sri Lanka.", "IN>LK basing pledged"},
		// given, sent, received
		{"Turkey sent medicine to Lebanon last week.", "TR>LB medical delivered"},
		{"Chile received generators from Argentina.", "AR>CL energy delivered"},
		{"Food was sent to Somalia by Egypt.", "EG>SO humanitarian delivered"},
		{"Kyiv won promises of artillery from Estonia.", "EE>UA arms pledged"},
		// conditions
		{"Italy agreed to send a frigate to Greece, provided parliament approves.", "IT>@GR naval considered if provided parliament approves"},
		{"Australia would send helicopters to Fiji if asked.", "AU>FJ other considered if if asked"},
		// refused, suspended
		{"Hungary refused to send weapons to Ukraine.", "HU>UA arms declined"},
		{"Austria will not send troops to Mali.", "AT>@ML troops declined"},
		{"Spain decided not to send tents to Malta.", "ES>MT humanitarian declined"},
		{"China promised 20 million yuan to Nepal.", "CN>NP financial pledged 2e+07CNY"},
		{"China has promised Nepal 20 million dollars.", "CN>NP financial pledged 2e+07USD"},
		{"The Netherlands will supply 18 fighter jets to Ukraine if America agrees.", "NL>UA arms pledged 18 fighter jets if if America agrees"},
		{"The army of Norway will get 500 million kroner.", ""},
		{"Norway pledged 500 million kroner to Ukraine.", "NO>UA financial pledged 5e+08NOK"},
		{"Germany suspended aid to Uganda.", "DE>UG other suspended"},
		// people who speak for a country, known from the text
		{"Finnish Defence Minister Antti Virta visited Riga. Virta promised to send drones to Latvia.", "FI>LV arms pledged"},
		{"Ana Reis, Portugal's prime minister, spoke in Maputo. She pledged food aid for Mozambique.", "PT>MZ humanitarian pledged"},
		// no pledges
		{"Ukraine asked Germany to send tanks.", ""},
		{"Peru urged Chile to provide medicine.", ""},
		{"The minister proposed 3 billion euros for German schools.", ""},
		{"Spain never pledged 5 million euros to Malta.", ""},
		{"Spain never agreed to send troops to Mali.", ""},
		{"Belgium has not sent any tanks to Ukraine.", ""},
		{"There is no chance of Japan joining the air strikes.", ""},
		{"Analysts expect Norway to send troops.", ""},
		{"France must send aid to Chad, the group said.", ""},
		{"Russia threatened to bomb bases in Poland.", ""},
		{"Finland pledged 40 million euros for schools.", ""},
		{"The company pledged support for its staff.", ""},
		{"Mexico accused Guatemala of sending weapons.", ""},
	} {
		if got := strings.Join(shortPledges(facts(t, c.text)), "; "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}
