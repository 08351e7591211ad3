package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"factbox/shared/widget"
)

func registerWidgets(s *surface) {
	registerEmbed(s)
	registerOEmbed(s)
	pages(s, huma.Operation{
		Path: "/widget.js", OperationID: "getWidgetScript", Summary: "The script of the widgets",
		Description: "Defines the element <fact-box story=\"…\">, tells a host page how high an embed is, and sets the height of embeds on a page that includes it.",
		Tags:        []string{"widgets"},
	}, []string{scriptType}, widgetScript)
}

const scriptType = "text/javascript" // RFC 9239

func widgetScript(context.Context, *struct{}) (*page, error) {
	return &page{ContentType: scriptType, Body: widget.Script}, nil
}
