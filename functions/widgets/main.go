// Command widgets is the Lambda function that serves embeds for other people's pages, their script, and oEmbed.
package main

import (
	"net/http"
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
	"factbox/shared/widget"
)

func main() {
	boot.Run(handler, boot.Settings{
		Documents:      os.Getenv("DOCUMENTS_TABLE"),
		Facts:          os.Getenv("FACTS_TABLE"),
		LogLevel:       os.Getenv("LOG_LEVEL"),
		Site:           os.Getenv("SITE"),
		FrameAncestors: os.Getenv("FRAME_ANCESTORS"),
	})
}

func handler(d api.Deps) http.Handler {
	d.Widgets = widget.Drawer{}
	return api.Widgets(d)
}
