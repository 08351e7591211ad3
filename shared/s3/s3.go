// Package s3 reads articles that somebody lays into an Amazon S3 bucket.
package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"

	"factbox/shared/api"
	"factbox/shared/refresh"
)

// Objects reads the buckets that an identity may read.
type Objects struct{ client *s3.Client }

// Open makes Objects of the account and region of cfg.
func Open(cfg aws.Config) *Objects {
	return &Objects{s3.NewFromConfig(cfg, func(o *s3.Options) { o.UsePathStyle = cfg.BaseEndpoint != nil })}
}

// pages is how many lists of 1,000 objects are read: who lays more than that under one prefix should split it.
const pages = 20

// List implements refresh.Objects. S3 lists by name, so all of a prefix is read to know its newest.
func (o *Objects) List(ctx context.Context, bucket, prefix string, most int) ([]refresh.Object, error) {
	var all []refresh.Object
	p := s3.NewListObjectsV2Paginator(o.client, &s3.ListObjectsV2Input{Bucket: &bucket, Prefix: &prefix})
	for n := 0; p.HasMorePages(); n++ {
		if n == pages {
			return nil, fmt.Errorf("there are more than %d objects under s3://%s/%s: name a longer prefix", pages*1000, bucket, prefix)
		}
		page, err := p.NextPage(ctx)
		if err != nil {
			return nil, plain(err, "list s3://%s/%s", bucket, prefix)
		}
		for _, object := range page.Contents {
			all = append(all, refresh.Object{Key: aws.ToString(object.Key), ETag: aws.ToString(object.ETag),
				Modified: aws.ToTime(object.LastModified), Size: aws.ToInt64(object.Size)})
		}
	}
	slices.SortStableFunc(all, func(a, b refresh.Object) int { return b.Modified.Compare(a.Modified) })
	return all[:min(len(all), most)], nil
}

// Get implements refresh.Objects. It reads one byte more than an article may have, so that a larger one can be told.
func (o *Objects) Get(ctx context.Context, bucket, key string) ([]byte, error) {
	answer, err := o.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: &key})
	if err != nil {
		return nil, plain(err, "read s3://%s/%s", bucket, key)
	}
	defer answer.Body.Close()
	return io.ReadAll(io.LimitReader(answer.Body, api.MaxBody+1))
}

// plain says what the service answered without the SDK's account of how it was asked.
func plain(err error, doing string, args ...any) error {
	var answered smithy.APIError
	if errors.As(err, &answered) {
		err = fmt.Errorf("%s %s", answered.ErrorCode(), answered.ErrorMessage())
	}
	return fmt.Errorf("cannot "+doing+": %w", append(args, err)...)
}
