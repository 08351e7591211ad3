package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
)

// signer signs requests as the AWS identity that the environment or the shared configuration names, with Signature Version 4,
// for an API Gateway that asks for IAM authorisation.
type signer struct {
	credentials aws.CredentialsProvider
	region      string
}

// gatewayRegion tells the region of an API Gateway by its own host name, such as a1b2.execute-api.eu-west-1.amazonaws.com.
func gatewayRegion(host string) (region string, ok bool) {
	labels := strings.Split(strings.ToLower(host), ".")
	if len(labels) < 5 || labels[1] != "execute-api" || labels[3] != "amazonaws" {
		return "", false
	}
	return labels[2], true
}

// newSigner finds the identity and, where the host does not tell it, the region.
func newSigner(ctx context.Context, host string) (*signer, error) {
	var options []func(*config.LoadOptions) error
	if region, ok := gatewayRegion(host); ok {
		options = append(options, config.WithRegion(region))
	}
	cfg, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		return nil, fmt.Errorf("loading the AWS configuration: %w", err)
	}
	if cfg.Region == "" {
		return nil, errors.New("signing needs the region of the stack: set AWS_REGION")
	}
	if _, err := cfg.Credentials.Retrieve(ctx); err != nil {
		return nil, fmt.Errorf("signing needs AWS credentials: log in, or set AWS_PROFILE: %w", err)
	}
	return &signer{cfg.Credentials, cfg.Region}, nil
}

// sign adds the headers of a signature over the request and its body, made at a time. A signature holds for five minutes.
func (s *signer) sign(ctx context.Context, r *http.Request, body []byte, at time.Time) error {
	who, err := s.credentials.Retrieve(ctx)
	if err != nil {
		return fmt.Errorf("renewing the AWS credentials: %w", err)
	}
	hash := sha256.Sum256(body)
	return v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(hash[:]), "execute-api", s.region, at)
}
