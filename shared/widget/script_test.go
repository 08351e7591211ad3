package widget

import (
	"bytes"
	"compress/gzip"
	"testing"
)

func TestScriptIsSmall(t *testing.T) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.DefaultCompression) // what a proxy spends on it
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(Script); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > MaxScript {
		t.Errorf("widget.js is %d bytes gzipped, more than %d", b.Len(), MaxScript)
	}
	t.Logf("widget.js: %d bytes, %d gzipped", len(Script), b.Len())
}
