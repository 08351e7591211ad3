// Command stories is the Lambda function that serves stories, facts with their history, changes, health and /openapi.json, and
// answers what no other does.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
)

func main() {
	boot.Run(api.Stories, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
		Site:      os.Getenv("SITE"),
	})
}
