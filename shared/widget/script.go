package widget

import _ "embed" // for widget.js

// Script is /widget.js, as it is served: the custom element <fact-box>, and the height of framed embeds on both sides of the
// frame. MaxScript bytes at most, gzipped. An embed includes it as a script of its own origin; it works without it.
//
//go:embed widget.js
var Script []byte

// MaxScript is how large Script may be for its readers: gzipped, in bytes.
const MaxScript = 3000
