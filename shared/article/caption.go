package article

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// creditWords are parts of "photo", "picture", "image" and "credit" in any case that is in use.
var creditWords = []string{"hoto", "HOTO", "icture", "ICTURE", "mage", "MAGE", "redit", "REDIT"}

// maxCaption is the longest caption, in bytes: longer ones are prose all the same.
const maxCaption = 600

// agencies are credited for pictures.
const agencies = `(?:AFP|AP|AP Photo|Associated Press|Reuters|REUTERS|EPA(?:-EFE)?|EFE|DPA|dpa|ANSA|PA(?: Images| Media| Wire)?|Press Association|TASS|Sputnik|RIA Novosti|Xinhua|Anadolu(?: Agency)?|AA|Kyodo|Yonhap|Bloomberg|` +
	`Getty(?: Images)?|Corbis|Alamy|Shutterstock|iStock(?:photo)?|Zuma(?: Press)?|Rex(?: Features)?|Sipa|Magnum|NurPhoto|Unsplash|Flickr|Wikimedia(?: Commons)?|UN Photo|NASA|Handout|Courtesy|Supplied|File(?: photo)?)`

var (
	// creditEnd: "… (AFP)", "… AFP/Ana Souza", "… Ana Souza/AFP via Getty Images", "… Photo: Ana Souza".
	creditEnd = sync.OnceValue(func() *regexp.Regexp {
		const name = `\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){0,3}`
		return regexp.MustCompile(`(?:` +
			`[(\[](?:[^()\[\]]{0,60}[/ ])?` + agencies + `(?:[/ ][^()\[\]]{0,60})?[)\]]` +
			`|\b` + agencies + ` ?/ ?` + name +
			`|\b` + name + ` ?/ ?(?:[\p{L} ]{1,30}/ ?)?` + agencies + `(?: via ` + agencies + `)?` +
			`|\b(?i:photo(?:graph)?|photographer|picture|image|credit|photo credit|photo by|image credit)s?(?: by|:) ?[^.]{2,60}` +
			`|© ?[^.]{2,60}` +
			`)\s*$`)
	})
	// creditStart begins a line that is a credit and no more.
	creditStart = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^[(\[]?(?i:photographer|photo(?:graph)?s?|pictures?|images?|photo credit|image credit|credit)(?: by\b|:)`)
	})
	// pictureLabel begins what a page says of a picture to those who cannot see it, or among several.
	pictureLabel = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(?:(?i:image|photo|picture|media|video) (?i:source|caption|credit|description)[,:] ?\S|\[\d{1,2}/\d{1,2}\] ?\p{Lu})`)
	})
	// picturedBy: words that only the text under a picture has.
	picturedBy = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:pictured|(?:file|undated|handout) (?:photo|picture|image|photograph)|in this (?:photo|picture|image|photograph)|` +
			`seen (?:here|in (?:a|this) (?:photo|picture|image)))\b|\((?:l|r|c|left|right|centre|center|top|bottom|from left|second left|second right|from l to r)\)`)
	})
	// posing: what people do in captions, in the present tense.
	posing = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`\b(?:speaks|speak|meets|meet|shakes hands|shake hands|walks|walk|attends|attend|arrives|arrive|stands|stand|poses|pose|looks|look|waves|wave|` +
			`addresses|address|listens|listen|gestures|gesture|greets|greet|sits|sit|inspects|inspect|carries|carry|gathers|gather|holds|hold|lays|lay)\b` +
			`(?: \S+){0,12}? (?:during|at|in|near|outside|inside|with|before|after|on)\b`)
	})
)

// credited reports whether a line ends with the credit of a picture, or is one.
func credited(s string) bool {
	if len(s) > maxCaption {
		return false
	}
	const longest = 160 // bytes of a credit: names and agencies
	tail := s[max(0, len(s)-longest):]
	if creditStart().MatchString(s) {
		return true
	}
	// Prose is let off before the slow expression.
	if !strings.ContainsAny(tail, "/([©") && !slices.ContainsFunc(creditWords, func(w string) bool { return strings.Contains(tail, w) }) {
		return false
	}
	return creditEnd().MatchString(tail)
}

// onlyCredit reports whether a line is the credit of a picture and no more.
func onlyCredit(s string) bool {
	return len(s) <= 120 && creditStart().MatchString(s)
}

// captioned reports whether a block without the markup of a caption is one by what it says.
func captioned(b *block) bool {
	if !b.looked {
		b.looked, b.caption = true, b.underPicture()
	}
	return b.caption
}

func (b *block) underPicture() bool {
	if len(b.text) > maxCaption {
		return false
	}
	if credited(b.text) || pictureLabel().MatchString(b.text) {
		return true
	}
	if b.full {
		return false
	}
	return picturedBy().MatchString(b.text) || b.words >= 8 && !b.item && posing().MatchString(b.text)
}

// repeats reports whether two lines under a picture say the same: a page's text for those who cannot see it, and its caption.
func repeats(a, b string) bool {
	return len(a) >= 20 && len(a) <= maxCaption && strings.HasPrefix(b, strings.TrimRight(a, ". "))
}
