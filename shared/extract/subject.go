package extract

// subject finds the noun groups that are the subject of the verb group at chunk v, the nearest first: a coordination gives
// them all.
func (d *Reading) subject(s *sentence, v int) []int {
	list := s.chunks
	if list[v].form == ing {
		if i := s.controller(v); i >= 0 {
			return coordination(list, i)
		}
		if v > 0 && list[v-1].kind == comma { // "it blamed the storm, promising help": the subject of the verb before
			for i := v - 2; i >= 0 && list[i].kind != stop && list[i].kind != quote; i-- {
				if list[i].kind == verbGroup && list[i].form == finite && !list[i].passive && !s.opened(i) {
					return d.subject(s, i)
				}
			}
		}
	}
	if i := s.joinedTo(v); i >= 0 {
		return d.subject(s, i)
	}
	for i := s.behindAside(v) - 1; i >= 0 && i >= v-14; i-- {
		c := &list[i]
		switch c.kind {
		case stop:
			opening := s.bracket(i)
			if opening < 0 {
				return nil
			}
			i = opening
		case subordinate:
			return nil
		case verbGroup:
			if c.form == infinitive || c.form == ing || c.passive {
				continue
			}
			if list[v-1].kind == conjChunk { // "came and promised"
				return d.subject(s, i)
			}
			if relative := d.relativeBefore(list, i); relative > 0 {
				i = relative
				continue
			}
			if list[v-1].kind == comma {
				return d.subject(s, i)
			}
			return nil
		case nounGroup:
			if i > 0 && list[i-1].kind == prepChunk {
				if list[i-1].word == "of" && i > 1 && list[i-2].kind == nounGroup && len(list[i].places) > 0 && groupCode(&list[i-2]) == "" && (list[i-2].is("organ") || list[i-2].is("title")) {
					return []int{i}
				}
				i--
				continue
			}
			if i >= 2 && list[v-1].kind == comma && list[i-1].kind == comma && list[i-2].kind == nounGroup && list[i-2].named && d.actor(c) == "" {
				i -= 2 // "Chad, the second-largest creditor, refused"
			}
			return coordination(list, i)
		}
	}
	return nil
}

// joinedTo gives the finite verb that the one at chunk v is joined to by a conjunction, "sent tents and promised rice": they have
// one subject. It is -1 where there is none.
func (s *sentence) joinedTo(v int) int {
	if v == 0 || s.chunks[v-1].kind != conjChunk || s.chunks[v].form != finite {
		return -1
	}
	for i := v - 2; i >= 0 && i >= v-14; i-- {
		switch c := &s.chunks[i]; c.kind {
		case stop, quote, subordinate, relativeWord:
			return -1
		case verbGroup:
			if c.form == finite {
				return i
			}
		}
	}
	return -1
}

// behindAside gives the chunk where a relative clause between commas that stands before the verb at chunk v begins, or v: "Chad, whose
// troops know the desert, has agreed".
func (s *sentence) behindAside(v int) int {
	if v == 0 || s.chunks[v-1].kind != comma {
		return v
	}
	for i := v - 2; i > 0 && i >= v-14; i-- {
		switch c := &s.chunks[i]; {
		case c.kind == stop || c.kind == quote || c.kind == subordinate:
			return v
		case (c.kind == relativeWord || c.is("whose")) && s.chunks[i-1].kind == comma:
			return i
		}
	}
	return v
}

// bracket gives the chunk of the bracket that the one at chunk i closes, around a name or so: "the World Health Organization
// (WHO)"; -1 where it closes none.
func (s *sentence) bracket(i int) int {
	if s.chunks[i].word != ")" {
		return -1
	}
	for j := i - 1; j >= 0 && j > i-5; j-- {
		if s.chunks[j].word == "(" {
			return j
		}
	}
	return -1
}

// relativeBefore gives the index of the relative word of the clause whose verb is at chunk i, or 0.
func (d *Reading) relativeBefore(list []chunk, i int) int {
	for j := i - 1; j > 0 && j > i-8; j-- {
		switch list[j].kind {
		case relativeWord:
			return j
		case nounGroup:
			if list[j].is("whose") {
				return j
			}
		case stop, verbGroup:
			return 0
		}
	}
	return 0
}

// coordination gives the noun groups joined to the one at chunk i, leftwards: "Cyprus and Britain", "France, Italy and Spain".
func coordination(list []chunk, i int) []int {
	found := []int{i}
	if i >= 5 && list[i-1].kind == conjChunk && list[i-1].word == "and" && list[i-2].kind == comma && list[i-3].kind == nounGroup &&
		list[i-4].kind == comma && list[i-5].kind == nounGroup && list[i-3].named { // "Peru, Chile, and Bolivia"
		i -= 3
		found = append(found, i)
	}
	for i >= 2 {
		joint := list[i-1].kind
		if !(joint == conjChunk && list[i-1].word == "and" || joint == comma) || list[i-2].kind != nounGroup {
			break
		}
		if g := &list[i-2]; g.money != nil || g.is("support") {
			break
		}
		headline := i == 2 && joint == comma && len(list[0].places) > 0 && len(list[2].places) > 0 && list[0].named // "Finland, Sweden send tents"
		if joint == comma && len(found) == 1 && !headline && !(i >= 4 && (list[i-3].kind == comma || list[i-3].kind == conjChunk)) {
			break
		}
		if i >= 3 && list[i-3].kind == prepChunk {
			break
		}
		i -= 2
		found = append(found, i)
	}
	return found
}

// opened reports whether the verb at chunk i is that of a clause that a subordinator or relative opens.
func (s *sentence) opened(i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch s.chunks[j].kind {
		case subordinate, relativeWord:
			return true
		case verbGroup, stop, comma, quote:
			return false
		}
	}
	return false
}

// controller gives the subject of the main clause behind a participle at chunk v that opens the sentence: "After meeting the
// envoy and giving her the keys, the mayor left". It is -1 elsewhere.
func (s *sentence) controller(v int) int {
	for i := v - 1; i >= 0; i-- {
		if c := &s.chunks[i]; c.kind == verbGroup && c.form != ing || c.kind == comma || c.kind == stop || c.kind == quote || c.kind == relativeWord {
			return -1
		}
		if i == 0 && s.chunks[0].kind != prepChunk && s.chunks[0].kind != subordinate && s.chunks[0].kind != conjChunk && s.chunks[0].kind != verbGroup {
			return -1
		}
	}
	for i := v + 1; i+2 < len(s.chunks); i++ {
		if s.chunks[i].kind == comma && s.chunks[i+1].kind == nounGroup {
			for j := i + 2; j < len(s.chunks) && j < i+8; j++ {
				if s.chunks[j].kind == verbGroup {
					return i + 1
				}
			}
		}
	}
	return -1
}
