package extract

import "testing"

// What a sentence leaves unsaid is in the report around it: for whom the support is, who "the ministry" is, of what there is more.
func TestPledgesOfReports(t *testing.T) {
	checkPledges(t, summer2024, [][2]string{
		// for whom: the country where it happened, which asked, or which is named as a receiver elsewhere
		{"A cyclone that struck Mozambique on Monday killed 12 people.\n\nNorway sent 40 tents, and Angola promised two planes.", "AO>MZ other pledged 2 planes; NO>MZ humanitarian delivered 40 tents"},
		{"Laos has asked for pumps after the floods.\n\nVietnam lent six boats.", "VN>LA other delivered 6 boats"},
		{"Donors met on Friday to raise money for Bolivia.\n\nSpain offered 30 million euros.", "ES>BO financial pledged 3e+07EUR"},
		{"The bank's report dealt with what Zambia owes its creditors.\n\nDenmark forgave its claims.", "DK>ZM financial delivered"},
		{"A quake that struck Nepal on Monday killed 12 people.\n\nThe World Bank offered its full support. Oslo could announce money soon.", "WB>NP political pledged"},
		// not for the country itself, nor where somebody else is said to receive it
		{"A cyclone that struck Mozambique on Monday killed 12 people.\n\nMozambique will spend $4 million on roads.", ""},
		{"A cyclone that struck Mozambique on Monday killed 12 people.\n\nNorway sent 40 tents to the rebels of the north.", ""},
		// offices and bodies named again
		{"The Kenyan foreign ministry received the envoy. The ministry promised tents for Uganda.", "KE>UG humanitarian pledged"},
		{"The Bank of the South lost money. The Asian Development Bank gained. The lender will give Nepal $90 million.", "ADB>NP financial pledged 9e+07USD"},
		{"Estonia held elections. The government agreed to send Moldova generators.", "EE>MD energy committed"},
		{"President Ana Lobo of Paraguay spoke first. Lobo pledged rice for Haiti.", "PY>HT humanitarian pledged"},
		{"The Omani foreign minister, Yusuf Harun, arrived late. Harun promised Yemen fuel.", "OM>YE energy pledged"},
		// verbs and nouns left out
		{"Chile asked for help.\n\nBrazil promised 3 million euros, Uruguay $2 million and Peru 40 doctors.", "BR>CL financial pledged 3e+06EUR; PE>CL financial pledged 40 doctors; UY>CL financial pledged 2e+06USD"},
		{"Chile asked for help.\n\nBrazil donated 300 ventilators. Uruguay donated 50 more.", "BR>CL medical delivered 300 ventilators; UY>CL medical delivered 50 ventilators"},
		{"Portugal took in 300 refugees. Ireland will admit 40.", "IE> refugees pledged 40 refugees; PT> refugees delivered 300 refugees"},
		{"The Reed administration met rebels in Jordan. The Reed administration plans to send tents to Fiji.", ""},
		// several donors named together
		{"Peru, Chile, and Bolivia met in Lima. All three countries offered tents to Haiti.", "BO>HT humanitarian pledged; CL>HT humanitarian pledged; PE>HT humanitarian pledged"},
		{"Togo and Benin said they would send Niger rice.", "BJ>NE humanitarian pledged; TG>NE humanitarian pledged"},
		{"Spain set up a naval mission to Yemen which was joined by Greece, Malta and Italy.", "GR>YE naval committed; IT>YE naval committed; MT>YE naval committed"},
		// forces taken home
		{"Dutch troops left Mali in May.", "NL>@ML troops cancelled"},
		{"Canada announced the withdrawal of its troops from Iraq.", "CA>@IQ troops cancelled"},
		{"Canada announced its withdrawal from the fishing treaty.", ""},
		// what is denied is not promised
		{"Chile asked for help.\n\nBolivia denied that it had promised generators.", ""},
		{"Peru dismissed reports that it had offered tanks to Guyana.", ""},
	})
}
