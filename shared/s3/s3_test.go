package s3

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"factbox/shared/api"
)

// TestObjects reads a stand-in for S3 that answers in two pages, the newest object last.
func TestObjects(t *testing.T) {
	object := func(key, day string) string {
		return fmt.Sprintf(`<Contents><Key>%s</Key><LastModified>2026-11-%sT10:00:00.000Z</LastModified><ETag>"%s"</ETag><Size>9</Size></Contents>`, key, day, day)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		switch {
		case r.URL.Path == "/wire/in/a.txt":
			fmt.Fprint(w, "Nine dead")
		case r.URL.Path == "/wire/in/large.txt":
			fmt.Fprint(w, strings.Repeat("x", 2*api.MaxBody))
		case strings.HasPrefix(r.URL.Path, "/wire/in"):
			w.WriteHeader(http.StatusNotFound)
			fmt.Fprint(w, `<Error><Code>NoSuchKey</Code><Message>It is not there.</Message></Error>`)
		case q.Get("prefix") != "in/":
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `<Error><Code>AccessDenied</Code><Message>No.</Message></Error>`)
		case q.Get("continuation-token") == "":
			fmt.Fprint(w, `<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>n</NextContinuationToken>`+object("in/a.txt", "17")+object("in/b.txt", "18")+`</ListBucketResult>`)
		default:
			fmt.Fprint(w, `<ListBucketResult><IsTruncated>false</IsTruncated>`+object("in/c.txt", "19")+`</ListBucketResult>`)
		}
	}))
	defer s.Close()
	o := Open(aws.Config{Region: "eu-west-1", BaseEndpoint: &s.URL, Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")})
	list, err := o.List(t.Context(), "wire", "in/", 2)
	if err != nil || len(list) != 2 || list[0].Key != "in/c.txt" || list[1].Key != "in/b.txt" || list[1].ETag != `"18"` || list[1].Modified.Day() != 18 {
		t.Errorf("%+v, %v", list, err)
	}
	if _, err := o.List(t.Context(), "wire", "out/", 2); err == nil || err.Error() != "cannot list s3://wire/out/: AccessDenied No." {
		t.Errorf("%v", err)
	}
	if text, err := o.Get(t.Context(), "wire", "in/a.txt"); err != nil || string(text) != "Nine dead" {
		t.Errorf("%q, %v", text, err)
	}
	if text, err := o.Get(t.Context(), "wire", "in/large.txt"); err != nil || len(text) != api.MaxBody+1 {
		t.Errorf("%d bytes, %v", len(text), err)
	}
	if _, err := o.Get(t.Context(), "wire", "in/none.txt"); err == nil || err.Error() != "cannot read s3://wire/in/none.txt: NoSuchKey It is not there." {
		t.Errorf("%v", err)
	}
}
