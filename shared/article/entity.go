package article

import (
	"strings"

	"golang.org/x/net/html"
)

// longestEntity is more than the longest name of a character reference in HTML, "CounterClockwiseContourIntegral;".
const longestEntity = 40

// entity reads the character reference (HTML Living Standard 13.5) at the start of s, which begins with "&". It gives what it
// stands for and how many bytes it takes, or 0 when the ampersand stands for itself.
func entity(s string) (decoded string, width int) {
	end := 1
	if strings.HasPrefix(s, "&#") {
		end = 2
		digit := isDigit
		if end < len(s) && s[end]|0x20 == 'x' {
			end++
			digit = isHex
		}
		for end < len(s) && digit(s[end]) {
			end++
		}
	} else {
		for end < len(s) && end < longestEntity && isAlphanumeric(s[end]) {
			end++
		}
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	full := html.UnescapeString(s[:end])
	if full == s[:end] {
		return "", 0
	}
	// Without its semicolon a name may be shorter than the letters that follow: "&ampere" is "&ere". The shortest head that
	// leaves the rest as it is, is the reference.
	for width = end; s[1] != '#' && width > 2 && strings.HasSuffix(full, s[width-1:end]); width-- {
		head := full[:len(full)-(end-width+1)]
		if html.UnescapeString(s[:width-1]) != head {
			break
		}
	}
	return full[:len(full)-(end-width)], width
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func isAlphanumeric(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z'
}
