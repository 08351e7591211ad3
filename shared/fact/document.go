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

// Allows reports whether words of a document with these rights may be shown. Rights that are not known allow none.
func (r Rights) Allows(quote string) bool {
	return r == RightsFull || r == RightsPhrase && len(strings.Fields(quote)) <= PhraseWords
}

// Unknown stands for a publication date that the client declared unknown.
const Unknown EDTF = "unknown"

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
	Byline     []string `json:"byline"`
	Story      string   `json:"story"`
	StoryTitle string   `json:"story_title,omitempty"`
	Rights     Rights   `json:"rights"`
	MediaType  string   `json:"media_type"` // text/plain or text/html: evidence offsets count bytes of it
}

// Seal sets the version from the metadata and the document's bytes. Everything else must be set before.
func (d *Document) Seal(body []byte) {
	d.Version = ""
	meta, _ := json.Marshal(d) // strings only: it cannot fail
	h := sha256.New()
	h.Write(meta)
	h.Write([]byte{0})
	h.Write(body)
	d.Version = hex.EncodeToString(h.Sum(nil))
}
