// Command pledges is the Lambda function that lists support, flat and by donor.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
)

func main() {
	boot.Run(api.Pledges, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	})
}
