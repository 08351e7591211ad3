// Command refresh is the Lambda function that looks at sources on a schedule and sends what is new of them to the queue.
package main

import (
	"os"

	"factbox/functions/internal/boot"
	"factbox/functions/internal/job"
)

func main() {
	job.Refresh(boot.Settings{
		Documents: os.Getenv("DOCUMENTS_TABLE"),
		Facts:     os.Getenv("FACTS_TABLE"),
		LogLevel:  os.Getenv("LOG_LEVEL"),
	}, os.Getenv("QUEUE_URL"))
}
