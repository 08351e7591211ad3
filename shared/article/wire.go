package article

import (
	"regexp"
	"strings"
	"sync"
)

// Wire copy carries marks of the desks it went through: these are no part of the report.

// deskMarks are lines that tell desks what to do with the copy or where it goes on.
var deskMarks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?s)^(?:` + strings.Join([]string{
		`(?:BC|AM|PM|BN)-\S.*`, // slug: afternoon, morning or both cycles
		`\((?:Adds|Add|Updates|Recasts|Corrects|Rewrites|Refiles|Repeats|Releads|Changes|Removes|Inserts|Clarifies|Writes through|New throughout|Details throughout)\b.*\)`,
		`(?:Eds|Editors|EDS|EDITORS)\.?: .*`,
		`(?:Attention|ATTENTION)(?: Editors)? [-–—:] .*`,
		`\(\(.*@.*\)\)`,                                        // how to reach the writer
		`(?:[\w .,'-]{1,40}[:,] ?)?(\d)-\d-\d`,                 // the second take, the third
		`[a-z]{2,4}(?:/[a-z]{1,4}){1,4}(?: ?\([^()]{2,60}\))?`, // initials of writer and editors
		`[-–—]+ ?\d{1,3} ?[-–—]+`,                              // page number, and -30- for the end
		`(?i:end adv(?:ance)?\b.*|nnnn|endit|enditem)`,         // the same in words
		`[\w.-]{1,40}-\d(?:st|nd|rd|th)?-?(?i:ld|lead)`,        // a slug's last part: which lead it is
	}, "|") + `)$`)
})

// deskHeads are how the longer of them begin; lines of prose are let off before the slow expression.
var deskHeads = [...]string{"BC-", "AM-", "PM-", "BN-", "(", "Ed", "ED", "Att", "ATT", "End ", "END ", "end "}

// isDeskMark reports whether a line is the desks' and not the report's.
func isDeskMark(s string) bool {
	const short, long = 60, 250
	if len(s) > long {
		return false
	}
	if len(s) > short {
		headed := false
		for _, head := range deskHeads {
			headed = headed || strings.HasPrefix(s, head)
		}
		if !headed {
			return false
		}
	}
	return deskMarks().MatchString(s)
}

// isAgencySign reports whether a paragraph is no more than an agency's name: "==Kyodo", "(AFP)".
func isAgencySign(s string) bool {
	const longest = 40
	return len(s) <= longest && isAgency(strings.Trim(s, "=-–—().*/ "))
}

// slug matches what stands before a headline to tell the story apart: "Chad-accident-2ndlead: ".
var slug = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\p{Lu}[\p{L}\d]*(?:-[\p{L}\d]+){2,}: +`)
})

// transmitted marks the beginning and the end of lines in the code of American news agencies (ANPA 1312).
const (
	lineMark = "^"
	lineEnds = "<="
)

// trimMarks takes the marks off the ends of text[start:end].
func trimMarks(text string, start, end int) (from, to int, marked bool) {
	s := text[start:end]
	if strings.HasPrefix(s, lineMark) {
		marked = true
		start, end = trim(text, start+len(lineMark), start+len(strings.TrimRight(s, lineEnds)))
		s = text[start:max(start, end)]
	} else if wireStamp().MatchString(s) {
		end = start + len(strings.TrimRight(s, lineEnds))
	}
	if len(s) <= maxByline {
		if m := slug().FindString(s); m != "" {
			start += len(m)
		}
	}
	return start, max(start, end), marked
}

// wireStamp matches the line with which the Associated Press ends its copy, month first: "AP-NY-03-04-94 2133EST<".
var wireStamp = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^AP-[A-Z]{2}-(\d{2})-(\d{2})-(\d{2}) \d{4}[A-Z]{3}<?$`)
})

// stampOf reads such a line.
func stampOf(s string) (stamp, bool) {
	const longest = 30
	if len(s) > longest || !strings.HasPrefix(s, "AP-") {
		return stamp{}, false
	}
	m := wireStamp().FindStringSubmatch(s)
	if m == nil {
		return stamp{}, false
	}
	day, ok := calendarDay(fullYear(m[3]), m[1], m[2])
	return stamp{day, published}, ok
}

// signed matches the signature behind the last sentence of a report: "… said. Enditem", "… said. PTI SK".
var signed = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`[.!?]["'”’)]{0,2}\s+(?:Enditem|[A-Z]{2,4}(?:[ /][A-Z]{2,4}){0,3}|[a-z]{2,3}(?:/[a-z]{2,3}){1,3})$`)
})

// isSigned reports whether a text ends with a sentence and a signature.
func isSigned(s string) bool {
	const longest = 24
	tail := s[max(0, len(s)-longest):]
	return strings.ContainsAny(tail, ".!?") && signed().MatchString(tail)
}
