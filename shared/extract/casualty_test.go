package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"factbox/shared/article"
	"factbox/shared/fact"
)

// thursday is the day on which the test texts are published.
const thursday fact.EDTF = "2031-05-15"

func facts(t testing.TB, text string) []fact.Fact {
	t.Helper()
	a, err := article.Read([]byte(text), "text/plain")
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	found := Facts(a, fact.Document{Source: fact.Source{Document: "test", Published: thursday}})
	for _, f := range found {
		if e := f.Evidence; text[e.Start:e.End] != *e.Quote || e.End-e.Start > fact.MaxEvidence {
			t.Errorf("%q: evidence %d to %d is not %q", text, e.Start, e.End, *e.Quote)
		}
	}
	return found
}

// shortCasualties writes casualties as "effect modifier min-max place date".
func shortCasualties(found []fact.Fact) []string {
	var list []string
	for _, f := range found {
		if c := f.Casualty; c != nil {
			number := func(n *int64) string {
				if n == nil {
					return ""
				}
				return fmt.Sprint(*n)
			}
			s := fmt.Sprintf("%s %s %s-%s", c.Effect, c.Count.Modifier, number(c.Count.Min), number(c.Count.Max))
			if c.Place != nil {
				s += " " + *c.Place
			}
			if c.Date != nil {
				s += " " + string(*c.Date)
			}
			list = append(list, s)
		}
	}
	slices.Sort(list)
	return list
}

func TestCasualties(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		// passive and active
		{"Nineteen miners were killed when a shaft collapsed in Chile on Tuesday.", "killed exact 19-19 CL 2031-05-13"},
		{"The ferry disaster killed 45 people off Malta on Monday.", "killed exact 45-45 MT 2031-05-12"},
		{"A landslide buried a village in Peru on Sunday, killing 12 and injuring 30.", "injured exact 30-30 PE 2031-05-11; killed exact 12-12 PE 2031-05-11"},
		{"Gunmen shot dead three policemen in Karachi.", "killed exact 3-3 PK"},
		{"Four hikers died in an avalanche in Austria.", "killed exact 4-4 AT"},
		{"The blast, which killed seven workers, was heard in Lyon.", "killed exact 7-7 FR"},
		{"At least 9 sailors were killed after a tanker exploded off Japan on Friday.", "killed at_least 9- JP 2031-05-09"},
		// bounds
		{"At least 60 people were injured in the crash in Norway.", "injured at_least 60- NO"},
		{"More than 200 villagers have been displaced.", "displaced at_least 200-"},
		{"As many as 40 sailors were missing.", "missing at_most -40"},
		{"About 300 tourists were evacuated from the island.", "evacuated about 300-300"},
		{"Between 20 and 30 people drowned.", "killed range 20-30"},
		{"Dozens of farmers were arrested.", "detained vague -"},
		{"Hundreds were wounded.", "injured vague -"},
		{"Nobody was hurt in the fire.", "injured exact 0-0"},
		{"No passengers were injured.", "injured exact 0-0"},
		// coordination, states, tolls
		{"The storm left 15 dead and 40 injured.", "injured exact 40-40; killed exact 15-15"},
		{"Six people were killed and dozens wounded.", "injured vague -; killed exact 6-6"},
		{"The death toll rose to 81.", "killed exact 81-81"},
		{"The quake claimed the lives of 230 people.", "killed exact 230-230"},
		{"Police raised the death toll to 10.", "killed exact 10-10"},
		{"Officials said 15 people were dead.", "killed exact 15-15"},
		{"Two buses collided near Lima on Monday, killing eight people.", "killed exact 8-8 PE 2031-05-12"},
		{"Officials reported 14 deaths.", "killed exact 14-14"},
		{"The epidemic caused 52 fatalities in Kenya.", "killed exact 52-52 KE"},
		{"Rebels kidnapped two nuns in Nigeria.", "abducted exact 2-2 NG"},
		{"Tens of thousands of refugees have fled to Chad.", "displaced vague -"},
		{"Three of the crew were killed.", "killed exact 3-3"},
		{"A guard was killed.", "killed exact 1-1"},
		{"Fourteen people have died, raising an earlier toll of nine.", "killed exact 14-14"},
		{"A bomb killed 12 soldiers and three civilians in Mosul.", "killed exact 12-12 IQ; killed exact 3-3 IQ"},
		{"At least 87 people were killed when a strong earthquake struck western Nepal on Monday.", "killed at_least 87- NP 2031-05-12"},
		{"KATHMANDU, May 14 - Two hikers died in a fall.", "killed exact 2-2 NP"},
		// no people, not so, not yet
		{"The disease killed 300 cows.", ""},
		{"The vote killed two bills.", ""},
		{"The storm could kill thousands of people.", ""},
		{"The bomb did not kill anyone who was 40.", ""},
		{"They threatened to kill ten judges.", ""},
		{"If 20 people were killed, nobody would believe it.", ""},
		{"Smoking kills 8,000 people every year.", ""},
		{"Ms Lind, 79, died on Monday.", ""},
		{"The blast didn’t kill anybody who was 40.", ""},
		{"The bombs don't kill 20 soldiers.", ""},
		{"Don't hold hundreds of workers hostage.", ""},
		{"The death of the painter Ove Berg was announced on Monday.", ""},
		{"Ove Berg was hospitalised on Monday with a cold.", ""},
		{"The cargo ship MV Aurora vanished off Bergen.", ""},
		{"A man was arrested in Cork.", ""},
		{"The company killed 200 jobs in May 2030.", ""},
		{"Sales rose 12 percent after 30 stores were hit.", ""},
		// one person, the nouns for harm, bodies, breakdowns, states
		{"Ten people were hurt and a driver, Tom Lind, was killed in a crash near Oslo.", "injured exact 10-10 NO; killed exact 1-1 NO"},
		{"President Ana Silva was assassinated in Brazil in 1961.", "killed exact 1-1 BR 1961"},
		{"Gunmen killed mayor Juan Perez and wounded two guards in Mexico.", "injured exact 2-2 MX; killed exact 1-1 MX"},
		{"The murder of two nuns and a priest in Kenya shocked the bishop.", "killed exact 1-1 KE; killed exact 2-2 KE"},
		{"The kidnapping of three engineers in Chad was condemned.", "abducted exact 3-3 TD"},
		{"The two teachers' murder led to protests in Peru.", "killed exact 2-2 PE"},
		{"Police seek the killers of four farmers in Chile.", "killed exact 4-4 CL"},
		{"Thirteen bodies were found in a lorry in Hungary.", "killed exact 13-13 HU"},
		{"Divers recovered the bodies of six sailors off Malta.", "killed exact 6-6 MT"},
		{"Six monks (four Thais and two Danes) and a guide were killed in Laos.", "killed exact 1-1 LA; killed exact 2-2 LA; killed exact 4-4 LA; killed exact 6-6 LA"},
		{"Twelve people were wounded on Monday, including three policemen, in Lagos.", "injured exact 12-12 NG 2031-05-12; injured exact 3-3 NG 2031-05-12"},
		{"Eight climbers, five of them Swiss, died in an avalanche in Nepal.", "killed exact 5-5 NP; killed exact 8-8 NP"},
		{"The judge was shot dead in her car, along with two guards.", "killed exact 1-1; killed exact 2-2"},
		{"Two girls are among the dead.", "killed exact 2-2"},
		{"Among the dead were two girls.", "killed exact 2-2"},
		{"Rebels held 20 diplomats hostage in Colombia.", "abducted exact 20-20 CO"},
		{"Rebels freed six hostages in Mali.", "abducted exact 6-6 ML"},
		{"Four hikers suffered burns in Spain.", "injured exact 4-4 ES"},
		{"A cyclist broke her wrist in Utrecht after a collision.", "injured exact 1-1 NL"},
		{"Two boys were taken to hospital after a fire in Cork.", "injured exact 2-2"},
		{"Three sailors are in a critical condition after an explosion in Gdansk.", "injured exact 3-3 PL"},
		{"Five dockers were treated for smoke inhalation in Leith.", "injured exact 5-5"},
		{"Kenya reported 40 cases of cholera on Monday.", "affected exact 40-40 KE"},
		{"An outbreak of measles has infected 300 children in Fiji.", "affected exact 300-300 FJ"},
		{"None of the 21 sailors was hurt.", "injured exact 0-0"},
		{"Not one villager was injured.", "injured exact 0-0"},
		{"No-one was hurt.", "injured exact 0-0"},
		{"There were no casualties.", "injured exact 0-0; killed exact 0-0"},
		{"Neither the pilot nor his wife was hurt.", ""},
		{"In the exercise, an earthquake killed 3,000 people in Lisbon.", ""},
		{"A rumour that a student had been killed spread online.", ""},
		{"The flood may cost millions and kill hundreds more.", ""},
		{"If they arrest 500 of us, others will come.", ""},
		{"The attempted murder of a judge is being investigated in Rome.", ""},
		{"He fears the deaths of thousands of people.", ""},
		{"The army said it had prevented the murder of two bishops.", ""},
		{"Ann Berg, 38, a nurse from Bergen, was killed in a landslide in Norway.", "killed exact 1-1 NO"},
		{"Jo Lee, 90, a poet, died on Monday.", ""},
		{"The gunmen who killed 12 people were arrested in Quetta.", "killed exact 12-12 PK"},
		{"The flood has driven more than 4,000 people from their homes in Ghana.", "displaced at_least 4000- GH"},
		{"Police made 63 arrests in Athens.", "detained exact 63-63 GR"},
		{"A stampede killed 13 people in Delhi: 12 women and a boy.", "killed exact 1-1 IN; killed exact 12-12 IN; killed exact 13-13 IN"},
		{"He managed to kill one man and wound six others in Bonn.", "injured exact 6-6 DE; killed exact 1-1 DE"},
		{"The toll from the ferry that sank off Cebu rose to 41.", "killed exact 41-41 PH"},
		{"One man was pronounced dead and another later died of his wounds.", "killed exact 1-1; killed exact 1-1"},
		{"Ten people were hurt in the blast, five of them seriously.", "injured exact 10-10; injured exact 5-5"},
		{"Forty people or more were injured in a stampede in Giza.", "injured at_least 40- EG"},
		{"The ship sank 40 km north of Malta, killing 20 years of hopes.", ""},
		{"Three reporters, two Danes and a Swede, were killed in Libya.", "killed exact 1-1 LY; killed exact 2-2 LY; killed exact 3-3 LY"},
		{"The other two passengers died in the crash in Ghana.", "killed exact 2-2 GH"},
		{"Seven kidnapped pupils were freed in Nigeria.", "abducted exact 7-7 NG"},
		{"Seventy people were killed or injured in a crash in Turin.", ""},
		{"It was the worst accident since 21 miners were killed in 1958 in Springhill.", "killed exact 21-21 1958"},
		{"A 26-year-old man shot four people to death in Bonn.", "killed exact 4-4 DE"},
		{"Two herders were found dead in Chad.", "killed exact 2-2 TD"},
		{"More than 60 people are known to have died in Haiti.", "killed at_least 60- HT"},
		{"Five people, among them a doctor and a nurse, were shot dead in Kenya.", "killed exact 1-1 KE; killed exact 1-1 KE; killed exact 5-5 KE"},
		{"Two trains collided in Ghana; crews ferried four passengers to a hospital.", "injured exact 4-4 GH"},
		{"The guards put the dead at 15 in Peru.", "killed exact 15-15 PE"},
		{"A clash in Togo left 10 dead and 20 hurt, three of them seriously.", "injured exact 20-20 TG; injured exact 3-3 TG; killed exact 10-10 TG"},
		{"At least 43 miners and their relatives remain missing in Mali.", "missing at_least 43- ML"},
		{"Rescuers brought out 23 survivors, 14 of whom are being treated for burns.", "injured exact 14-14"},
		{"In Cork, a cook was wounded by shelling.", "injured exact 1-1"},
		{"The army denied reports that a general was among the wounded.", ""},
		{"The drought has left 6 million people in need in Somalia.", "affected exact 6000000-6000000 SO"},
		{"About 350 neighbours were moved to a sports hall in Brno.", "evacuated about 350-350 CZ"},
		// wire copy in capitals
		{"LIMA, 3 MAY 31 (WIRE) -- FIVE SOLDIERS WERE KILLED AND EIGHT WOUNDED IN AN AMBUSH IN PERU.", "injured exact 8-8 PE; killed exact 5-5 PE"},
	} {
		if got := strings.Join(shortCasualties(facts(t, c.text)), "; "); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestCasualtyEvent(t *testing.T) {
	text := "A bomb attack in Oslo on 2 May 2031 shocked Norway.\n\nThe mayor spoke of the attack, which killed 17 people, and of its causes."
	for _, f := range facts(t, text) {
		if c := f.Casualty; c != nil {
			if c.Event != "Oslo attack" || c.Place == nil || *c.Place != "NO" || c.Date == nil || *c.Date != "2031-05-02" || c.Victims != "people" {
				t.Errorf("event %q, place %v, date %v, victims %q", c.Event, c.Place, c.Date, c.Victims)
			}
			return
		}
	}
	t.Error("no casualty")
}

func TestAttribution(t *testing.T) {
	for _, c := range []struct {
		text, speaker string
		stance        fact.Stance
	}{
		{"Police said that 12 people were killed.", "Police", fact.Asserts},
		{"Twelve people were killed, the ministry said.", "ministry", fact.Asserts},
		{"According to the harbour master, nine sailors drowned.", "harbour master", fact.Asserts},
		{"The army confirmed that four soldiers died.", "army", fact.Confirms},
		{"Nine sailors drowned.", "", ""},
		{"Nine sailors drowned when a boat sank on Monday, the navy said on Tuesday.", "navy", fact.Asserts},
		{"Nine sailors drowned, and the navy said it would help.", "", ""},
		{"Nine sailors drowned off Spain, but Portugal said it needed no help.", "", ""},
	} {
		var got fact.Attribution
		for _, f := range facts(t, c.text) {
			if f.Casualty != nil && f.Attribution != nil {
				got = *f.Attribution
			}
		}
		if got.Speaker != c.speaker || got.Stance != c.stance {
			t.Errorf("%q: %+v, want %s %s", c.text, got, c.speaker, c.stance)
		}
	}
}

// TestScope: what goes on from a count before it is an increment, but not what goes on from people who suffered something else.
func TestScope(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // effect and scope of each casualty
	}{
		{"Four more miners were killed when the gallery flooded.", "killed increment"},
		{"Rescuers recovered four more bodies from the gallery that flooded on Monday.", "killed increment"},
		{"An additional 4 miners died in the flooded gallery.", "killed increment"},
		{"Another four bodies were found in the gallery that flooded.", "killed increment"},
		{"Four further bodies were found in the gallery that flooded.", "killed increment"},
		{"The flood killed nine miners on Monday. Two more miners died in hospital.", "killed -, killed increment"},
		{"The flood killed nine miners. Another 20 were injured.", "killed -, injured -"},
		{"The flood killed nine miners and injured 20 more.", "killed -, injured -"},
		{"The flood killed more than nine miners.", "killed -"},
		{"Nine or more miners were killed in the flood.", "killed -"},
	} {
		var got []string
		for _, f := range facts(t, c.text) {
			if k := f.Casualty; k != nil {
				scope := fact.Scope("-")
				if k.Scope != nil {
					scope = *k.Scope
				}
				got = append(got, fmt.Sprintf("%s %s", k.Effect, scope))
			}
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%q: %s, want %s", c.text, strings.Join(got, ", "), c.want)
		}
	}
}
