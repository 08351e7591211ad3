package browser

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
	"time"
)

// slowly gives an address at which the site answers over a slow line: line by line, and the browser
// paints in between. (Cut within a word a page cannot hold still: the word grows.)
func slowly(t *testing.T) string {
	t.Helper()
	to, err := url.Parse(site(t))
	if err != nil {
		t.Fatal(err)
	}
	line := httputil.NewSingleHostReverseProxy(to)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		line.ServeHTTP(&slowWriter{w}, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

type slowWriter struct{ http.ResponseWriter }

func (w *slowWriter) Write(p []byte) (n int, err error) {
	for line := range bytes.Lines(p) {
		m, err := w.ResponseWriter.Write(line)
		n += m
		if err != nil {
			return n, err
		}
		w.ResponseWriter.(http.Flusher).Flush()
		time.Sleep(17 * time.Millisecond)
	}
	return n, nil
}

// What has been painted stays where it is while the rest of a page comes.
func TestSlowLine(t *testing.T) {
	for _, view := range views {
		for _, language := range []string{"en", "ar"} {
			for _, width := range []int64{320, 1280} {
				t.Run(fmt.Sprintf("%s/%s/%d", view, language, width), func(t *testing.T) {
					t.Parallel()
					line := slowly(t)
					b := open(t, look{width: width}, line)
					b.visit(line + "/embed/" + seedStory + "?" + url.Values{"show": {view}, "lang": {language}}.Encode())
					b.settle()
					for _, shift := range eval[[]string](b, "[...shiftsComing, ...shiftsSeen]") {
						t.Error(shift)
					}
				})
			}
		}
	}
}
