package widget

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var lightDark = regexp.MustCompile(`(?:(--[a-z]+)|\.([a-z]+) \{ color): (?:var\(--factbox-[a-z]+, )?light-dark\(#([0-9a-f]+), #([0-9a-f]+)\)`)

// luminance is the relative luminance of a colour, as WCAG 2.2 defines it.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

// TestContrast holds every colour of text and shapes to 4.5:1 on every background, in both themes (WCAG 2.2, 1.4.3, AA).
func TestContrast(t *testing.T) {
	colours := make(map[string][2]float64)
	for _, m := range lightDark.FindAllStringSubmatch(styleFile, -1) {
		colours[m[1]+m[2]] = [2]float64{luminance(t, m[3]), luminance(t, m[4])}
	}
	if len(colours) != strings.Count(styleFile, "light-dark(") {
		t.Fatalf("only %d colours of the style sheet are read", len(colours))
	}
	for name, colour := range colours {
		if name == "--ground" || name == "--soft" || name == "--line" {
			continue
		}
		for _, ground := range []string{"--ground", "--soft"} {
			for theme, under := range colours[ground] {
				light, dark := max(colour[theme], under), min(colour[theme], under)
				if ratio := (light + 0.05) / (dark + 0.05); ratio < 4.5 {
					t.Errorf("%s on %s, theme %d: contrast %.2f", name, ground, theme, ratio)
				}
			}
		}
	}
}

// TestStyle holds the style sheet to ask for nothing from elsewhere, and to use no variable that it does not set.
func TestStyle(t *testing.T) {
	text := string(style().text)
	for _, never := range []string{"url(", "@import", "@font-face", "animation", "transition", "</", "/*", "!important", "  ", "\n"} {
		if strings.Contains(text, never) {
			t.Errorf("the style sheet has %q", never)
		}
	}
	for _, m := range regexp.MustCompile(`var\((--[a-z]+)\)`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, m[1]+":") {
			t.Errorf("nothing sets %s", m[1])
		}
	}
	if strings.Count(text, "{") != strings.Count(text, "}") {
		t.Error("braces do not match")
	}
}

func TestMinify(t *testing.T) {
	for _, c := range []struct{ css, want string }{
		{"a { color: red; }\n", "a{color:red}"},
		{"a, b c { /* why */ margin: 0 auto; padding: calc(1em + 2px); }\n@media print {\n  a::after { content: \" (\" attr(href) \")\"; }\n}\n",
			"a,b c{margin:0 auto;padding:calc(1em + 2px)}@media print{a::after{content:\" (\" attr(href) \")\"}}"},
		{":host { x: y; }\n.a > b + c:first-child { x: y; }", ":host{x:y}.a > b + c:first-child{x:y}"},
	} {
		if got := minify(c.css); got != c.want {
			t.Errorf("minify(%q) = %q, want %q", c.css, got, c.want)
		}
	}
}
