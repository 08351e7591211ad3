package extract

import (
	"strings"
	"testing"

	"factbox/shared/fact"
)

// TestPledgesOfArticles reads whole reports. What they promise was listed before they were first read by the rules.
func TestPledgesOfArticles(t *testing.T) {
	for _, c := range []struct {
		about     string
		published fact.EDTF
		text      string
		want      []string
	}{
		{"earthquake", "2023-02-09", `World rallies to quake-hit Turkey

ANKARA, Feb 9 - Rescuers from more than 60 countries were digging through rubble in southern Turkey on Thursday as the death toll passed 17,000.

Greece, a long-time rival, flew in 36 firefighters with dogs. Armenia has opened its border crossing for the first time in 30 years so that five trucks of medicine could pass. The World Bank announced $1.78 billion in assistance, including $780 million in immediate funds.

Germany said it was preparing to send 90 tonnes of supplies, among them tents, generators and heaters. Taiwan doubled its donation to $2 million. India's military set up a field hospital in Iskenderun, and Ukraine, itself at war, dispatched 87 rescuers.

President Tayyip Erdogan thanked Azerbaijan for its support. The government asked NATO for more tents. Washington could send more teams, a White House official said. The Red Crescent has appealed for blood.`, []string{
			"AZ>TR political delivered",
			"DE>TR energy,humanitarian considered",
			"GR>TR other delivered 36 firefighters",
			"IN>TR@TR medical delivered",
			"TW>TR financial delivered 2e+06USD",
			"UA>TR search_and_rescue delivered 87 rescuers",
			"WB>TR financial pledged 1.78e+09USD",
		}},
		{"arms for a country at war", "2022-03-14", `Polish planes for Kyiv in doubt

WARSAW - Poland said on Tuesday it was ready to hand all its MiG-29 jets to the United States so that they could be passed to Kyiv, an offer that the Pentagon rejected as untenable.

Slovakia has agreed to give Ukraine an air defence battery provided that allies replace it. The Czech Republic has delivered rockets and machine guns worth 725 million crowns. Hungary will not allow weapons to cross its territory, Prime Minister Viktor Orban said.

Britain pledged another 6,000 missiles. Its foreign secretary, Liz Truss, told parliament that London would also give the Ukrainian army 25 million pounds. Sweden sent 5,000 anti-tank launchers, breaking with decades of policy, and Finland followed with rifles.

Moscow warned that convoys carrying arms were legitimate targets. Ukraine urged the West to close the sky. NATO has ruled out sending troops.`, []string{
			"CZ>UA arms delivered 7.25e+08CZK",
			"GB>UA arms pledged 6000 missiles",
			"GB>UA financial pledged 2.5e+07GBP",
			"NATO> troops declined",
			"PL>US arms pledged",
			"SE>UA arms delivered 5000 anti-tank launchers",
			"SK>UA arms committed if provided that allies replace it",
		}},
		{"debt relief", "2024-06-03", `Sri Lanka creditors agree to debt relief

COLOMBO, June 3 (Island News) - Japan, France and India agreed on Monday to restructure $5.8 billion that Sri Lanka owes them, ending two years of talks.

China, its largest lender, signed a separate deal in May to postpone payments until 2028. The International Monetary Fund will release the next tranche of $336 million once its board approves the review.

The Asian Development Bank approved a loan of $100 million for the power sector last week. New Delhi has promised to supply diesel on credit, and Bangladesh extended a $200 million swap by six months. Iran offered to build a refinery.

Bondholders have yet to sign. The finance minister said he hoped to receive more help from the World Bank. Australia gave a patrol boat in 2023, and two more will follow.`, []string{
			"ADB>LK financial committed 1e+08USD",
			"AU>LK arms delivered",
			"BD>LK financial delivered 2e+08USD",
			"FR>LK financial committed 5.8e+09USD",
			"IMF>LK financial considered 3.36e+08USD if once its board approves the review",
			"IN>LK energy pledged",
			"IN>LK financial committed 5.8e+09USD",
			"JP>LK financial committed 5.8e+09USD",
		}},
		{"refugees taken in", "2021-08-20", `Who is taking in the Afghans

Kosovo and Albania have agreed to house thousands of Afghans temporarily while the United States processes their visas. Uganda will host 2,000 at Washington's request.

Canada said it would resettle 20,000 vulnerable Afghans, among them judges and women's leaders. Britain plans to welcome 5,000 this year. Austria's interior minister, Karl Nehammer, refused to take in any.

The EU suspended development aid to Kabul. Germany froze payments of 250 million euros. The IMF blocked the country's access to 450 million dollars. China said it was ready to help rebuild Afghanistan, and Pakistan sent planeloads of food to Kandahar. Qatar's foreign minister offered to reopen the airport.`, []string{
			"AL>AF refugees committed",
			"AT>AF refugees declined",
			"CA>AF refugees pledged",
			"CN>AF other pledged",
			"DE>AF financial suspended 2.5e+08EUR",
			"EU>AF financial suspended",
			"GB>AF refugees considered",
			"PK>AF humanitarian delivered",
			"UG>AF refugees pledged",
			"XK>AF refugees committed",
		}},
	} {
		if got, want := pledgesOn(t, c.text, c.published), strings.Join(c.want, "; "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.about, strings.ReplaceAll(got, "; ", "\n     "), strings.ReplaceAll(want, "; ", "\n     "))
		}
	}
}
