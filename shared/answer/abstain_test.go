package answer

import (
	"strings"
	"testing"
)

// near are stories of which much is asked that they nearly say.
var near = []story{
	{"tonga-cyclone", "2031-04-08", "Cyclone leaves Tonga without power", `NUKU'ALOFA - A cyclone killed 14 people in Tonga on Saturday and injured 60, the police said. Six nurses are missing.

Fiji sent two helicopters to Tonga. New Zealand pledged 3 million dollars for Tonga. Japan delivered 3 planeloads of tents to Tonga. Tonga declined an offer by Peru. Samoa has taken in 400 people from Tonga.

Kenya opened its port of Lamu to the relief ships. One drowned sailor and nobody will sail, a broker said. Rebels hold the north of the island, which Norway and Turkey called a danger.

In 2019 a cyclone killed 80 people in Tonga.`},
	{"kotor-border", "2031-05-06", "Shots on the lake border", `PODGORICA - Montenegro attacked an Albanian patrol boat on Lake Shkoder on Saturday. Soldiers from both sides exchanged fire.

Montenegrin shells killed three women in the Albanian town of Koplik on Sunday, the mayor said. Albania claimed to have killed 70 soldiers.

Television spoke of 90 dead in Koplik, a figure that the mayor called wrong. A new war could kill 5,000 people, a study says.

Bosnia's parliament met on Monday.`},
	{"mombasa-fire", "2031-06-12", "Fire in a Mombasa hotel", `MOMBASA, Kenya - A fire in a hotel killed nine tourists in Mombasa on Tuesday. An ambush on the road to Malindi killed four soldiers. The war in the north has cost at least 2,000 lives since May 2029.`},
}

// TestAbstains shows what is nearly answered and must not be: each class with a question that is.
func TestAbstains(t *testing.T) {
	all := readAll(t, near)
	for _, c := range []struct {
		class     string
		said      string // a part of the answer to the first question
		questions []string
	}{
		{"who gets it", "Fiji has given 2 helicopters", []string{"Who has helped Tonga?",
			"Who supports Kenya?", "Who is helping Norway?", "Which countries support Turkey?", "Does Fiji support Turkey?", "Who supports the rebels in Tonga?", "Who supports Hezbollah?",
			"Who supports Tonga against Turkey?", "Who is helping Japan?", "Did Kenya give its port to Turkey?"}},
		{"what is given", "Fiji has given 2 helicopters", []string{"Did Fiji send helicopters to Tonga?",
			"Did Fiji pay the rebels in Tonga?", "Did Fiji send tents to Tonga?", "Did Fiji give Tonga a port?", "Did Japan donate power to Tonga?", "Did Fiji pay ransom for the nurses?",
			"Did Fiji give the nurses to the rebels?", "How much money did Fiji give Tonga?", "How many tents did Japan deliver to Tonga?", "Did Fiji send 2 planes to Tonga?",
			"Did New Zealand pledge more than 3 million dollars for Tonga?", "Did New Zealand pledge 3 million euros for Tonga?", "Did Tonga send refugees to Samoa?"}},
		{"things of a kind", "Japan has given 3 planeloads", []string{"How many planeloads of tents did Japan deliver to Tonga?",
			"How many planeloads of blankets did Japan deliver to Tonga?", "Did Japan deliver 4 planeloads of tents to Tonga?", "Did Tonga share tents with Japan?", "Did Japan give Tonga a field hospital?"}},
		{"who only says it", "60 people were injured", []string{"How many people were injured in Tonga?",
			"How many police were injured in Tonga?", "How many people were injured by the police in Tonga?", "How many nurses did Fiji free in Tonga?", "How many nurses were freed in Tonga?"}},
		{"verbs that do not give", "New Zealand has pledged 3 million", []string{"What did New Zealand promise Tonga?",
			"Who will win the war in Tonga?", "Who deserves Fiji's helicopters in Tonga?", "Who used to support Tonga?", "Who lost Tonga?"}},
		{"who kills", "14 people were killed", []string{"How many people did the cyclone kill in Tonga?",
			"How many people did Fiji kill in Tonga?", "How many people were killed by Turkey in Tonga?", "How many people did the rebels kill in Tonga?",
			"How many people did Albania kill in Koplik?", "How many women did Albanian shells kill in Koplik?"}},
		{"who suffers", "6 nurses were missing", []string{"How many nurses are missing in Tonga?",
			"How many nurses were killed in Tonga?", "How many soldiers were killed in the cyclone in Tonga?", "How many Fijians were killed in Tonga?", "How many soldiers did Fiji lose in Tonga?",
			"Was a sailor killed in Kenya?"}},
		{"how and how often", "14 people were killed", []string{"How many people died in the cyclone in Tonga?",
			"How many people drowned in the cyclone in Tonga?", "How many people were murdered in Tonga?", "How many people died per day in Tonga?", "How many people might die in Tonga?",
			"How many people died in the first cyclone in Tonga?", "Did more than 14 people die in Tonga?", "Did only 14 of the 60 people die in Tonga?", "How many people died in the last 24 hours in Tonga?"}},
		{"what the text keeps away from", "3 women were killed", []string{"How many women were killed by shells in Koplik?",
			"How many soldiers were killed in Koplik?", "Did 90 people die in Koplik?", "Did 70 soldiers die in Albania?", "How many people died in the war in Koplik?", "Did 5,000 people die in Albania?"}},
		{"two events", "4 soldiers were killed", []string{"How many soldiers were killed in the ambush in Kenya?",
			"How many people were killed in Kenya?", "Did 2,000 people die in the ambush in Kenya?", "When did the war in Kenya end?"}},
		{"on which day", "3 May 2031: Montenegro attacked", []string{"What happened on 3 May?", "What happened on 11 May?", "What happened on 2 June 2019?", "Did anything happen on 3 May 2030?"}},
		{"when who did what to whom", "3 May 2031: ", []string{"When did Montenegro attack an Albanian boat?",
			"When did Albania attack a Montenegrin boat?", "When did Turkey attack Albania?", "When did Montenegro attack Turkey?", "When did Montenegro leave Albania?", "When did Bosnia attack Albania?", "When was an Albanian boat attacked by Turkey?", "When was the Turkish boat attacked?",
			"When did the war in Albania end?", "When did the cyclone hit Fiji?", "When did the cyclone hit Japan?", "When did the helicopters arrive in Japan?"}},
	} {
		for i, question := range c.questions {
			a := Find(Read(question, today), all, false)
			if i == 0 {
				if !strings.Contains(a.Text, c.said) {
					t.Errorf("%s: %s\n\tanswered %q because %q, want %q", c.class, question, a.Text, a.Because, c.said)
				}
			} else if a.Text != "" || a.Status != NotStated || len(a.Facts) > 0 {
				t.Errorf("%s: %s\n\tanswered %q, want silence", c.class, question, a.Text)
			}
		}
	}
}

// TestDeclines shows that support which the recipient refused is not told as refused by who offered it.
func TestDeclines(t *testing.T) {
	all := readAll(t, near)
	for question, want := range map[string]string{
		"Did Peru help Tonga?":            "No: Tonga declined support by Peru",
		"Did Peru decline to help Tonga?": "",
		"Who refused to help Tonga?":      "",
	} {
		if a := Find(Read(question, today), all, false); a.Text != want && (want == "" || !strings.HasPrefix(a.Text, want)) {
			t.Errorf("%s\n\tanswered %q because %q, want %q", question, a.Text, a.Because, want)
		}
	}
}
