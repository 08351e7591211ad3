package browser

import (
	"bytes"
	"cmp"
	"flag"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/page"
)

var update = flag.Bool("update", false, "write docs/screenshots anew")

const (
	screenshotFolder = "../../docs/screenshots"
	screenshotBytes  = 80 << 10 // at most
)

// The README's pictures are there, of the width that they were taken at and light to load. They are written with -update; what they show
// is for people to judge.
func TestScreenshots(t *testing.T) {
	tests := []struct {
		name  string
		look  look
		query string // of /embed, or the front page's path
	}{
		{"summary", look{width: 640}, "show=summary&theme=light"},
		{"casualties", look{width: 640}, "show=casualties&theme=light"},
		{"timeline", look{width: 640}, "show=timeline&theme=light"},
		{"pledges", look{width: 800}, "show=pledges&theme=light"},
		{"pledges-dark", look{width: 800}, "show=pledges&theme=dark"},
		{"summary-arabic", look{width: 640}, "show=summary&theme=light&lang=ar"},
		{"narrow", look{width: 320}, "show=casualties&theme=light"},
		{"front-page", look{width: 860}, "/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(screenshotFolder, tt.name+".png")
			if *update {
				address := site(t) + tt.query
				if tt.query != "/" {
					address = site(t) + "/embed/" + seedStory + "?" + tt.query
				}
				if err := os.WriteFile(file, photograph(t, tt.look, address), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("%v: go test ./infra/browser -run TestScreenshots -update takes it", err)
			}
			if len(content) > screenshotBytes {
				t.Errorf("%d bytes, more than %d", len(content), screenshotBytes)
			}
			picture, err := png.Decode(bytes.NewReader(content))
			if err != nil {
				t.Fatal(err)
			}
			if size := picture.Bounds().Size(); size.X != int(tt.look.width)*screenshotScale || size.Y < size.X/4 || size.Y > screenshotHeight*screenshotScale {
				t.Errorf("%d by %d pixels", size.X, size.Y)
			}
			if colours := len(counted(picture)); colours < 5 {
				t.Errorf("%d colours: nothing is to be seen", colours)
			}
		})
	}
}

const (
	screenshotScale  = 2   // pixels a CSS pixel
	screenshotHeight = 830 // CSS pixels, at most
)

// photograph gives a picture of a page, from its top, in few colours.
func photograph(t *testing.T, l look, address string) []byte {
	t.Helper()
	b := open(t, l, address)
	b.visit(address)
	b.settle()
	beyond := true
	shot := call(b, page.CaptureScreenshot, page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond, Clip: &page.Viewport{
		Width: float64(l.width), Height: min(eval[float64](b, "Math.ceil(document.body.getBoundingClientRect().bottom)"), screenshotHeight), Scale: screenshotScale,
	}})
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, fewer(picture)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// counted tells how many pixels have each colour.
func counted(picture image.Image) map[color.RGBA]int {
	counts := map[color.RGBA]int{}
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := picture.Bounds().Min.X; x < picture.Bounds().Max.X; x++ {
			counts[color.RGBAModel.Convert(picture.At(x, y)).(color.RGBA)]++
		}
	}
	return counts
}

// fewer gives the picture in few colours: the most frequent, of those that differ from one another. Letters and flat shapes lose little.
func fewer(picture image.Image) *image.Paletted {
	const most, apart = 36, 180 // apart: the squares of the differences of red, green and blue, added
	counts := counted(picture)
	colours := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	square := func(a, b uint8) int { return (int(a) - int(b)) * (int(a) - int(b)) }
	var palette color.Palette
	for _, c := range colours {
		near := slices.ContainsFunc(palette, func(p color.Color) bool {
			q := p.(color.RGBA)
			return square(c.R, q.R)+square(c.G, q.G)+square(c.B, q.B) < apart
		})
		if !near && len(palette) < most {
			palette = append(palette, c)
		}
	}
	small := image.NewPaletted(picture.Bounds(), palette)
	draw.Draw(small, small.Rect, picture, picture.Bounds().Min, draw.Src)
	return small
}
