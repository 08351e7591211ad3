package extract

import (
	"slices"

	"factbox/shared/temporal"
	"factbox/shared/token"
)

// maxSentence bounds in tokens what is read as one sentence. Some stages look over all of a sentence for each of its facts, so this
// keeps time linear in the text, whatever the text. The longest of 29,000 sentences of news has fewer than 250 tokens.
const maxSentence = 300

// pieces cuts a sentence longer than maxSentence: behind the last mark that is near enough, else where it must be; never within a
// time expression, which keeps its words.
func pieces(text token.Text, sentence token.Span, times []temporal.Mention) []token.Span {
	if sentence.Last-sentence.First <= maxSentence {
		return []token.Span{sentence}
	}
	var list []token.Span
	for sentence.Last-sentence.First > maxSentence {
		end := sentence.First + maxSentence
		for i := end; i > sentence.First+maxSentence/2; i-- {
			if text.Tokens[i-1].Kind == token.Mark {
				end = i
				break
			}
		}
		at, found := slices.BinarySearchFunc(times, end, func(t temporal.Mention, at int) int {
			switch {
			case t.Last <= at:
				return -1
			case t.First >= at:
				return 1
			}
			return 0
		})
		if found && times[at].First > sentence.First {
			end = times[at].First
		}
		list = append(list, token.Span{First: sentence.First, Last: end})
		sentence.First = end
	}
	return append(list, sentence)
}
