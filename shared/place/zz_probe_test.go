package place

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"factbox/shared/fact"
	"factbox/shared/token"
)

func TestProbe(t *testing.T) {
	f, err := os.Open(os.Getenv("PROBE"))
	if err != nil {
		t.Skip()
	}
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	for sc.Scan() {
		var d struct{ Text, Sentence, DCT, Date, Published string }
		json.Unmarshal(sc.Bytes(), &d)
		text := token.Read(d.Text + d.Sentence)
		on := d.DCT + d.Date + d.Published
		if on == "" {
			on = "2017-06-01"
		}
		last := 0
		for _, m := range Tag(text, fact.EDTF(on)) {
			for i := last; i < m.First; i++ {
				if k := text.Tokens[i]; k.Kind == token.Word && k.Shape != token.Lower && i > 0 && text.Tokens[i-1].Kind == token.Word {
					fmt.Printf("MISS\t%s\n", k.Text)
				}
			}
			last = m.Last
			lo, hi := max(0, m.First-2), min(len(text.Tokens), m.Last+2)
			fmt.Printf("HIT\t%s\t%s\t%s\t%s\n", text.Slice(m.Span), m.Code, m.Kind, fmt.Sprintf("%q", text.Slice(token.Span{First: lo, Last: hi})))
		}
	}
}
