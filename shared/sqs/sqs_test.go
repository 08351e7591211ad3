package sqs

import (
	"crypto/md5"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"factbox/shared/refresh"
)

// TestSend sends to a stand-in for SQS, which answers as its JSON protocol does; a digest that does not fit is an error of the SDK.
func TestSend(t *testing.T) {
	var got struct{ QueueUrl, MessageBody string }
	refuse := false
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		if refuse || r.Header.Get("X-Amz-Target") != "AmazonSQS.SendMessage" {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no such queue"}`)
			return
		}
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		sum := md5.Sum([]byte(got.MessageBody))
		fmt.Fprintf(w, `{"MessageId":"1","MD5OfMessageBody":%q}`, hex.EncodeToString(sum[:]))
	}))
	defer s.Close()
	q := Open(aws.Config{Region: "eu-west-1", BaseEndpoint: &s.URL, Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}, s.URL+"/1/articles")
	m := refresh.Message{Source: "world", Document: "u-1", Observed: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Retract: true}
	if err := q.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if back, err := refresh.Decode(got.MessageBody); err != nil || back.Document != "u-1" || !back.Retract || got.QueueUrl != s.URL+"/1/articles" {
		t.Errorf("%+v, %v, %+v", back, err, got)
	}
	refuse = true
	if err := q.Send(t.Context(), m); err == nil || !strings.Contains(err.Error(), "source world") {
		t.Errorf("%v", err)
	}
	m.Body = make([]byte, refresh.MaxMessage)
	if err := q.Send(t.Context(), m); err == nil || !strings.Contains(err.Error(), "262144 allowed") {
		t.Errorf("%v", err)
	}
}
