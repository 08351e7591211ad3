package extract

import "slices"

// settleHolders gives a group that holds or measures support, or is the act of giving it, and an amount of money, the classes of
// what they are of: "40 tonnes of rice" and "the delivery of rice" are food aid, "$5 million in food aid" is not money.
func (c *chunker) settleHolders() {
	for i := len(c.chunks) - 1; i >= 0; i-- {
		g := &c.chunks[i]
		if g.kind != nounGroup || g.money == nil && !g.is("holder") {
			continue
		}
		if inner := c.contents(i); inner != nil && g.coin == "pound" && c.chunks[i+1].word == "of" && inner.is("support") && inner.money == nil {
			g.money = nil // a weight
		}
		if inner := c.contents(i); inner != nil && (inner.is("support") || inner.is("refugee") || inner.is("debt")) {
			g.hold(inner)
			continue
		}
		if g.is("holder") && !g.is("support") { // "troop deployments", "arms sales"
			for _, k := range g.classes {
				if k.name == "support*" {
					g.classes = append(g.classes, class{"support", k.value})
				}
			}
		}
	}
}

// contents gives the group that the one at chunk i is said to be of, or nil.
func (c *chunker) contents(i int) *chunk {
	if i+2 >= len(c.chunks) || c.chunks[i+1].kind != prepChunk || c.chunks[i+2].kind != nounGroup {
		return nil
	}
	inner := &c.chunks[i+2]
	switch of := c.chunks[i+1].word; {
	case inner.pronoun, inner.is("event"):
	case of == "of", of == "in" && (c.chunks[i].money != nil || c.chunks[i].is("giving")):
		return inner
	}
	return nil
}

// hold takes over the classes of what is in the group.
func (c *chunk) hold(inner *chunk) {
	for _, k := range inner.classes {
		switch k.name {
		case "support", "support*", "refugee", "debt":
			if k.name != "support*" || k.value != "" {
				c.classes = append(c.classes, k)
			}
		}
	}
	if inner.is("people") && len(c.places) == 0 && len(inner.places) > 0 { // "a team of Spanish divers"
		c.places = inner.places
		c.add("place")
	}
	if c.money == nil || inner.money != nil || !inner.is("debt") && inner.value("support") == "" {
		return
	}
	financial := class{"support", "financial"}
	if !slices.Contains(inner.classes, financial) {
		c.classes = slices.DeleteFunc(c.classes, func(k class) bool { return k == financial })
	}
}
