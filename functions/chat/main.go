// Command chat is the Lambda function that serves MCP, answers to questions, and what bots read of the API.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/mcp"
)

func main() {
	boot.Run(mcp.Handler, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
		Site:      os.Getenv("SITE"),
	})
}
