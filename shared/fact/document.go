package fact

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
)

// Rights say how much of a document's wording may be shown.
type Rights string

// The rights. RightsPhrase allows quotes of up to PhraseWords words.
const (
	RightsNone   Rights = "none"
	RightsPhrase Rights = "phrase"
	RightsFull   Rights = "full"
)

// PhraseWords is the longest quote, in words, that RightsPhrase allows.
const PhraseWords = 12

// Unknown stands for a publication date that the client declared unknown.
const Unknown EDTF = "unknown"

// Allows reports whether a quote of these words may be shown.
func (r Rights) Allows(quote string) bool {
	return r == RightsFull || r == RightsPhrase && len(strings.Fields(quote)) <= PhraseWords
}

// Source cites a document.
type Source struct {
	Document  string `json:"document"` // its id
	Headline  string `json:"headline"`
	Publisher string `json:"publisher"`
	Origin    string `json:"origin"` // the agency whose copy it is; the publisher when it is its own
	Published EDTF   `json:"published"`
	URL       string `json:"url,omitempty"`
}

// Document is what is known of a source, without its text.
type Document struct {
	Source
	Version    string   `json:"version"` // SHA-256 of bytes and metadata, hexadecimal: the same again is the same document
	SHA256     string   `json:"sha256"`  // of the bytes that evidence offsets count, hexadecimal: whoever has them can check
	Byline     []string `json:"byline"`
	Story      string   `json:"story"`
	StoryTitle string   `json:"story_title,omitempty"`
	Rights     Rights   `json:"rights"`
	MediaType  string   `json:"media_type"` // text/plain or text/html, with the charset where that is not UTF-8
}

// Seal sets SHA256 from the document's bytes and Version from that and the metadata. All else must be set before.
func (d *Document) Seal(body []byte) {
	d.SHA256 = hexSHA256(body)
	d.Reseal()
}

// Reseal sets Version anew after the metadata of a sealed document was changed.
func (d *Document) Reseal() {
	d.Version = ""
	meta, _ := json.Marshal(d) // strings only: it cannot fail
	d.Version = hexSHA256(meta)
}

func hexSHA256(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
