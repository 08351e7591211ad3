// Command dates is the Lambda function that lists what happened when.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
)

func main() {
	boot.Run(api.Dates, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	})
}
