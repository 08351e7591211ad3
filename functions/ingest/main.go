// Command ingest is the Lambda function that puts and withdraws what the queue carries.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/functions/internal/job"
)

func main() {
	job.Ingest(boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	})
}
