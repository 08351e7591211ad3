package place

import (
	"strings"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

// tagged writes the mentions of a text as "words=CODE kind", joined by "; ".
func tagged(s string, on fact.EDTF) string {
	text := token.Read(s)
	var parts []string
	for _, m := range Tag(text, on) {
		parts = append(parts, text.Slice(m.Span)+"="+m.Code+" "+string(m.Kind))
	}
	return strings.Join(parts, "; ")
}

func check(t *testing.T, on fact.EDTF, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		if got := tagged(c[0], on); got != c[1] {
			t.Errorf("%s\n got %s\nwant %s", c[0], got, c[1])
		}
	}
}

func TestCountries(t *testing.T) {
	check(t, "", [][2]string{
		{"Germany sent blankets to Turkey.", "Germany=DE country; Turkey=TR country"},
		{"They ate turkey on fine china.", ""},
		{"The US asked us to wait.", "US=US country"},
		{"He told us the U.S.-led force left.", "U.S.=US country"},
		{"The U.S. and the U.K. agreed.", "U.S.=US country; U.K.=GB country"},
		{"The USA, the UAE and the UK signed.", "USA=US country; UAE=AE country; UK=GB country"},
		{"Britain's fleet left Great Britain.", "Britain=GB country; Great Britain=GB country"},
		{"Trade with Latin America, not America, fell.", "America=US country"},
		{"Bosnia and Herzegovina borders Serbia.", "Bosnia and Herzegovina=BA country; Serbia=RS country"},
		{"Saint Lucia and St. Lucia are one.", "Saint Lucia=LC country; St. Lucia=LC country"},
		{"Aid reached the Ivory Coast, Côte d’Ivoire to the French.", "Ivory Coast=CI country; Côte d’Ivoire=CI country; French=FR demonym"},
		{"Papua New Guinea, Guinea-Bissau, Equatorial Guinea and Guinea voted.", "Papua New Guinea=PG country; Guinea-Bissau=GW country; Equatorial Guinea=GQ country; Guinea=GN country"},
		{"Sudan and South Sudan closed the border.", "Sudan=SD country; South Sudan=SS country"},
		{"The Democratic Republic of the Congo and the Republic of Congo met.", "Democratic Republic of the Congo=CD country; Republic of Congo=CG country"},
		{"Fighting in Congo went on.", "Congo=CD country"},
		{"Congo sent police home from Brazzaville.", "Congo=CG country; Brazzaville=CG capital"},
		{"North Korea fired; South Korea did not.", "North Korea=KP country; South Korea=KR country"},
		{"The Soviet Union and East Germany fell, then Yugoslavia.", "Soviet Union=SU country; East Germany=DD country; Yugoslavia=YU country"},
		{"Burma, now Myanmar, and Kosovo", "Burma=MM country; Myanmar=MM country; Kosovo=XK country"},
		{"A convoy crossed the West Bank into Gaza.", "West Bank=PS country; Gaza=PS city"},
		{"Türkiye and Turkey are the same.", "Türkiye=TR country; Turkey=TR country"},
		{"Northern Ireland, Scotland and Wales are near Ireland.", "Northern Ireland=GB city; Scotland=GB city; Wales=GB city; Ireland=IE country"},
	})
}

func TestCapitalsAndCities(t *testing.T) {
	check(t, "", [][2]string{
		{"Talks between Moscow and Washington failed.", "Moscow=RU capital; Washington=US capital"},
		{"WASHINGTON (XY) — Kiev called Kyiv.", "WASHINGTON=US capital; Kiev=UA capital; Kyiv=UA capital"},
		{"She left Washington, D.C., for Washington state.", "Washington, D.C.=US capital; Washington state=US city"},
		{"Shells hit Aleppo, Kobani and Deir ez-Zor.", "Aleppo=SY city; Kobani=SY city; Deir ez-Zor=SY city"},
		{"A fire in St. Petersburg and one in Xi'an", "St. Petersburg=RU city; Xi'an=CN city"},
		{"Crimea, Kashmir, Sinai and Catalonia", "Crimea=UA city; Kashmir=IN city; Sinai=EG city; Catalonia=ES city"},
		{"New Mexico and Indiana are far from Mexico.", "New Mexico=US city; Indiana=US city; Mexico=MX country"},
		{"He stayed in The Hague; William Hague left the Hague.", "The Hague=NL capital; the Hague=NL capital"},
		{"COURTS IN CAJAMARCA, LA LIBERTAD AND CALI WERE SHUT.", "CAJAMARCA=PE city; CALI=CO city"},
		{"They met in São Paulo.", "São Paulo=BR city"},
		{"The mayor of Paris, Texas, resigned.", "Paris=US city; Texas=US city"},
		{"A train left Portland, Ore., at noon.", "Portland=US city; Ore.=US city"},
		{"Shots were heard in Tripoli, Lebanon.", "Tripoli=LB city; Lebanon=LB country"},
		{"Shots were heard in Tripoli.", "Tripoli=LY capital"},
		{"Talks in London, New York and Tokyo went on.", "London=GB capital; New York=US city; Tokyo=JP capital"},
		{"A flood hit Birmingham and towns all over Alabama.", "Birmingham=US city; Alabama=US city"},
	})
}

func TestGeorgia(t *testing.T) {
	check(t, "", [][2]string{
		{"Georgia asked the United States for help.", "Georgia=GE country; United States=US country"},
		{"Storms struck Georgia and Alabama.", "Georgia=US city; Alabama=US city"},
		{"Police in Atlanta, Georgia, are looking for him.", "Atlanta=US city; Georgia=US city"},
		{"Tbilisi says Georgia will buy fuel from Texas.", "Tbilisi=GE capital; Georgia=GE country; Texas=US city"},
		{"Georgia Miller won.", ""},
	})
}

func TestPeople(t *testing.T) {
	check(t, "", [][2]string{
		{"French and German troops met Britons and Frenchmen.", "French=FR demonym; German=DE demonym; Britons=GB people; Frenchmen=FR people"},
		{"Two Filipinos, a Salvadoran and three Swiss tourists", "Filipinos=PH people; Salvadoran=SV demonym; Swiss=CH demonym"},
		{"South Sudanese and Sudanese officers", "South Sudanese=SS demonym; Sudanese=SD demonym"},
		{"African Americans and Americans", "Americans=US people"},
		{"A European and an African flag", ""},
		{"They polish steel; Polish workers do too.", "Polish=PL demonym"},
		{"He wrote in English.", ""},
		{"He was treated in English hospitals.", "English=GB demonym"},
		{"The Russian-speaking east and French-backed rebels", "French=FR demonym"},
		{"Congolese troops came home.", "Congolese=CD demonym"},
		{"Congolese troops came home to Brazzaville.", "Congolese=CG demonym; Brazzaville=CG capital"},
		{"Nigerien and Nigerian soldiers", "Nigerien=NE demonym; Nigerian=NG demonym"},
	})
}

func TestGovernments(t *testing.T) {
	check(t, "", [][2]string{
		{"The Kremlin, the White House and Downing Street were silent.", "Kremlin=RU government; White House=US government; Downing Street=GB government"},
		{"The Élysée Palace told the Pentagon.", "Élysée Palace=FR government; Pentagon=US government"},
		{"The State Department denied it.", "State Department=US government"},
		{"The Bundestag let the Bundeswehr go.", "Bundestag=DE government; Bundeswehr=DE government"},
		{"The French Foreign Office replied.", "French=FR demonym"},
		{"The British Foreign Office replied.", "British=GB demonym; Foreign Office=GB government"},
		{"He painted a white house.", ""},
	})
}

func TestOrganisations(t *testing.T) {
	check(t, "", [][2]string{
		{"Nato, Unicef and Ecowas met Opec.", "Nato=NATO organisation; Unicef=UNICEF organisation; Ecowas=ECOWAS organisation; Opec=OPEC organisation"},
		{"NATO, the EU and the UN met the World Bank.", "NATO=NATO organisation; EU=EU organisation; UN=UN organisation; World Bank=WB organisation"},
		{"UNHCR and UNICEF run camps with the Red Cross.", "UNHCR=UNHCR organisation; UNICEF=UNICEF organisation; Red Cross=ICRC organisation"},
		{"The U.N. Security Council voted; the Security Council will meet.", "U.N. Security Council=UN organisation; Security Council=UN organisation"},
		{"Russia's Security Council met.", "Russia=RU country"},
		{"The National Security Council met.", ""},
		{"Those who fell ill, the WHO said, who else.", "WHO=WHO organisation"},
		{"African Union troops joined the G-7.", "African Union=AFU organisation; G-7=G7 organisation"},
		{"Médecins Sans Frontières left.", "Médecins Sans Frontières=MSF organisation"},
	})
}

func TestNoPlace(t *testing.T) {
	check(t, "", [][2]string{
		{"A storm in the Gulf of Mexico and the Indian Ocean", ""},
		{"He told the Washington Post, the New York Times and the Moscow Times.", ""},
		{"He told the Vienna Herald.", ""},
		{"Islamic State, or ISIS, claimed it.", ""},
		{"George Washington and Jack London wrote.", ""},
		{"Chad Miller met Michael Jordan, Ms. French and Sydney Porter.", ""},
		{"Chad and Jordan sent envoys.", "Chad=TD country; Jordan=JO country"},
		{"Jordan's army and Jordan Foreign Minister Nasser Judeh", "Jordan=JO country; Jordan=JO country"},
		{"James F. Lyons and Captain Rochester met Dr. Berlin.", ""},
		{"The South Pole is no Pole.", "Pole=PL people"},
		{"The Gulf States and New England", "New England=US city"},
		{"", ""},
	})
}

func TestCapitals(t *testing.T) {
	check(t, "2015-11-26", [][2]string{
		{"FRANCE AND GERMANY ASKED US TO SEND TROOPS TO SYRIA.", "FRANCE=FR country; GERMANY=DE country; SYRIA=SY country"},
		{"THE U.S. EMBASSY IN SAN SALVADOR WAS ATTACKED.", "U.S.=US country; SAN SALVADOR=SV capital"},
		{"THOSE WHO FLED TO TURKEY WERE HELPED BY NATO.", "TURKEY=TR country; NATO=NATO organisation"},
		{"MERKEL MET HOLLANDE AT THE KREMLIN.", "MERKEL=DE leader; HOLLANDE=FR leader; KREMLIN=RU government"},
		{"Putin Warns Turkey Over Downed Jet", "Putin=RU leader; Turkey=TR country"},
	})
}

func TestLeaders(t *testing.T) {
	check(t, "2015-11-26", [][2]string{
		{"Hollande met Vladimir Putin and David Cameron.", "Hollande=FR leader; Vladimir Putin=RU leader; David Cameron=GB leader"},
		{"French President François Hollande spoke.", "French=FR demonym; François Hollande=FR leader"},
		{"Recep Tayyip Erdoğan's guards pushed Merkel's.", "Recep Tayyip Erdoğan=TR leader; Merkel=DE leader"},
		{"Bachar Al Assad stays, and so does Assad's army.", "Bachar Al Assad=SY leader; Assad=SY leader"},
		{"Asma Assad and Joachim Merkel dined.", ""},
		{"Xi spoke. Xi Jinping spoke. Then Xi left.", "Xi Jinping=CN leader; Xi=CN leader"},
		{"President Xi met Park and President Park.", "Xi=CN leader; Park=KR leader"},
		{"President Park Young Ho is no leader we know.", ""},
		{"Sarkozy left long ago, and Trump came later.", ""},
		{"Monti was still remembered.", ""},
		{"When Obama called, \"But Merkel knew,\" he said.", "Obama=US leader; Merkel=DE leader"},
		{"The Obama administration and Obama Center", "Obama=US leader"},
		{"Ban Ki-moon and Jean-Claude Juncker", "Ban Ki-moon=UN leader; Jean-Claude Juncker=EU leader"},
	})
	check(t, "2004-05-01", [][2]string{
		{"President Bush met Prime Minister Blair.", "Bush=US leader; Blair=GB leader"},
		{"They hid in the bush; Bush lost.", ""},
		{"George W. Bush won. Bush smiled.", "George W. Bush=US leader; Bush=US leader"},
		{"Jeb Bush and Hillary Clinton ran.", ""},
	})
	check(t, "2015-06-30", [][2]string{{"Tusk spoke in Brussels.", "Tusk=EU leader; Brussels=BE capital"}})
	check(t, "1989-11-10", [][2]string{{"Gorbachev and Alfredo Cristiani", "Gorbachev=SU leader; Alfredo Cristiani=SV leader"}})
	check(t, "", [][2]string{{"Hollande met Putin.", ""}})
	check(t, "unknown", [][2]string{{"Hollande met Putin.", ""}})
	check(t, "2019-05-14", [][2]string{{"Hollande spoke.", "Hollande=FR leader"}})
	check(t, "2019-05-15", [][2]string{{"Hollande spoke.", ""}})
}

func TestCode(t *testing.T) {
	for in, want := range map[string]string{
		"de": "DE", "DEU": "DE", "xkk": "XK", "xkx": "XK", "uk": "GB", "eu": "EU", "NATO": "NATO", "nato": "NATO", "SUN": "SU",
		"AU": "AU", "": "", "ZZ": "", "001": "", "QO": "", "Germany": "", "EUE": "",
	} {
		if got, ok := Code(in); got != want || ok != (want != "") {
			t.Errorf("Code(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for code, want := range map[string]string{"DE": "Germany", "TR": "Türkiye", "EU": "European Union", "WHO": "World Health Organization", "SU": "Soviet Union", "??": "??"} {
		if got := Name(code); got != want {
			t.Errorf("Name(%q) = %q, want %q", code, got, want)
		}
	}
	for code, want := range map[string]bool{"DE": true, "XK": true, "SU": true, "EU": false, "NATO": false, "ZZ": false, "de": false} {
		if got := IsCountry(code); got != want {
			t.Errorf("IsCountry(%q) = %v", code, got)
		}
	}
}

func FuzzTag(f *testing.F) {
	for _, s := range []string{
		"French President François Hollande met Vladimir Putin in Moscow, Russia.", "Paris, Texas", ", Ga.", "U.S.-led", "GEORGIA AND ALABAMA",
		"the Washington Post's Jordan Miller", "in English", "\xff Germany", "Congo ’s", "'s Security Council", "St. St. Lucia",
	} {
		f.Add(s, "2015-11-26")
	}
	f.Add("Hollande", "2015")
	f.Fuzz(func(t *testing.T, s, on string) {
		text := token.Read(s)
		last := 0
		for _, m := range Tag(text, fact.EDTF(on)) {
			if m.First < last || m.First >= m.Last || m.Last > len(text.Tokens) {
				t.Fatalf("%q: span %v behind token %d of %d", s, m.Span, last, len(text.Tokens))
			}
			if code, ok := Code(m.Code); !ok || code != m.Code {
				t.Fatalf("%q: no code %q", s, m.Code)
			}
			last = m.Last
		}
	})
}
