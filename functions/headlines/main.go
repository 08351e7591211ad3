// Command headlines is the Lambda function that lists headlines and shows one with its facts.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/shared/api"
)

func main() {
	boot.Run(api.Headlines, boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	})
}
