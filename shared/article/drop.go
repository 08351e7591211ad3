package article

import (
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// withoutFurniture drops what belongs to the page, not to the article.
func withoutFurniture(blocks []block) []block {
	sure := func(b *block) bool { return b.full && b.words >= 25 && !b.linked }
	after := 0 // paragraphs of prose that follow
	for i := range blocks {
		if sure(&blocks[i]) {
			after++
		}
	}
	var kept []block
	// Where the prose ends that stands in the elements of the prose so far: what a heading of another element announces before
	// that was put into the article.
	last, goesOn := lastOf(blocks), 0
	before, skipping := 0, false
	for i := range blocks {
		b := &blocks[i]
		if sure(b) {
			after--
		}
		if b.prose() && !b.linked {
			before++
			goesOn = max(goesOn, last[b.home])
		}
		found, closing := furniture(b.text, b.shape)
		if closing && before > 0 {
			if _, flat := last[b.home]; after < 2 && (flat || goesOn < i) {
				break
			}
			skipping = true
			continue
		}
		skipping = skipping && !b.full && !b.prose()
		if found || skipping || isMenu(b.text) || isDeskMark(b.text) || isAgencySign(b.text) || isPostSignature(b.text) || isAddress(b.text) || b.linked && (!b.full || b.item) && b.role == "" && !b.names() {
			continue
		}
		kept = append(kept, *b)
	}
	return kept
}

// lastOf gives for each element the index of the last sentence that stands in it.
func lastOf(blocks []block) map[*html.Node]int {
	const shortest = 4
	last := make(map[*html.Node]int)
	for i := range blocks {
		if b := &blocks[i]; b.home != nil && !b.linked && b.full && b.words >= shortest {
			last[b.home] = i
		}
	}
	return last
}

// aboutAuthor are the words behind a name with which papers introduce their writers under an article.
var aboutAuthor = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^ (?:is|was|has|covers|covered|reports|reported|writes|wrote|joined|lives|works|specializes|specialises|contributes|edits|publishes|provides|brings|operates)\b`)
})

// withoutAuthors drops what stands under the article on those who wrote or published it: behind their names as a heading, or a paragraph
// that begins with them.
func withoutAuthors(blocks []block, authors []string) []block {
	const most = 3 // blocks of it
	for i := len(blocks) - 1; i > 0 && i >= len(blocks)-most; i-- {
		b := &blocks[i]
		for _, name := range authors {
			behind, named := strings.CutPrefix(b.text, name)
			if named && strings.ContainsAny(name, " .") && (behind == "" || aboutAuthor().MatchString(behind)) && hasProse(blocks[:i]) {
				return withoutAuthors(blocks[:i], authors)
			}
		}
	}
	return blocks
}

func hasProse(blocks []block) bool {
	for i := range blocks {
		if blocks[i].prose() && !blocks[i].linked {
			return true
		}
	}
	return false
}

// isMenu reports whether a line is a list of sections: "Home | World | Sport".
func isMenu(s string) bool {
	const least, longest = 3, 3 // sections, words of one
	if len(s) > maxByline || strings.ContainsAny(s, "0123456789") {
		return false
	}
	sections := strings.Split(s, "|")
	for _, section := range sections {
		if n := shapeOf(section).words; n == 0 || n > longest {
			return false
		}
	}
	return len(sections) >= least && bylinePrefix().FindString(s) == ""
}

// owner matches the name of a paper in the line that claims its copyright.
var owner = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:(?i:copyright)(?: ?(?:\([cC]\)|©))?|\([cC]\)|©) ?\d{4}(?:[-–]\d{2,4})?,? (?:by )?(\p{Lu}[^.,|]{3,60})`)
})

// withoutMasthead drops the lines before the prose that begin with the name of the paper, which the document gives where it
// claims its copyright: they are no headline.
func withoutMasthead(blocks []block, all []block) []block {
	const longest = 6
	name := ""
	for i := range all {
		text := all[i].text
		if !strings.HasPrefix(text, "C") && !strings.HasPrefix(text, "c") && !strings.HasPrefix(text, "(") && !strings.HasPrefix(text, "©") {
			continue
		}
		if m := owner().FindStringSubmatch(text); m != nil {
			name = plainWords(m[1])
		}
	}
	if name == "" {
		return blocks
	}
	first, _ := proseBounds(blocks)
	var kept []block
	for i := range blocks {
		if b := &blocks[i]; i >= first || b.words > longest || b.role != "" || !strings.HasPrefix(plainWords(b.text), name) {
			kept = append(kept, *b)
		}
	}
	return kept
}

// address matches a line that is a web or mail address, alone or as a Markdown link.
var address = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[*_<(]*(?:\[[^\]]*\]\([^)\s]*\)|(?:https?://|www\.)\S+|[\w.-]+\.[a-z]{2,}(?:/\S*)?|\S+@\S+\.\w+)[*_>)]*$`)
})

func isAddress(s string) bool {
	return len(s) <= 400 && strings.Contains(s, ".") && address().MatchString(s)
}
