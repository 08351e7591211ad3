// Command casualties is the Lambda function that lists casualties.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
)

func main() {
	boot.Run(api.Casualties, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	})
}
