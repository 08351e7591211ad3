// Package sqs hands messages to an Amazon SQS queue.
package sqs

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"

	"factbox/shared/refresh"
)

// Queue is a queue that messages are sent to.
type Queue struct {
	client *sqs.Client
	url    string
}

// Open makes a Queue of the URL of one in the account and region of cfg.
func Open(cfg aws.Config, url string) *Queue { return &Queue{sqs.NewFromConfig(cfg), url} }

// Send implements refresh.Queue.
func (q *Queue) Send(ctx context.Context, m refresh.Message) error {
	text, err := m.Encode()
	if err == nil {
		_, err = q.client.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: &q.url, MessageBody: &text})
	}
	if err != nil {
		return fmt.Errorf("send an article of source %s to the queue: %w", m.Source, err)
	}
	return nil
}
