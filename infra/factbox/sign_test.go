package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

func TestGatewayRegion(t *testing.T) {
	for _, c := range []struct{ host, region string }{
		{"a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com", "eu-west-1"},
		{"A1B2C3D4E5.Execute-API.EU-West-1.AmazonAWS.com", "eu-west-1"},
		{"a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn", "cn-north-1"},
		{"127.0.0.1", ""},
		{"api.example.com", ""},
		{"a1b2c3d4e5.execute-api.eu-west-1.example.com", ""},
		{"dynamodb.eu-west-1.amazonaws.com", ""},
	} {
		if region, ok := gatewayRegion(c.host); region != c.region || ok != (c.region != "") {
			t.Errorf("%s: region %q, %v", c.host, region, ok)
		}
	}
}

// The secret of the identity that signs here; it is that of AWS's documentation.
var identity = aws.Credentials{AccessKeyID: "AKIAIOSFODNN7EXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SessionToken: "a-session"}

func signIn(t *testing.T) {
	t.Helper()
	none := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": identity.AccessKeyID, "AWS_SECRET_ACCESS_KEY": identity.SecretAccessKey, "AWS_SESSION_TOKEN": identity.SessionToken,
		"AWS_REGION": "eu-west-1", "AWS_CONFIG_FILE": none, "AWS_SHARED_CREDENTIALS_FILE": none, "AWS_PROFILE": "",
	} {
		t.Setenv(name, value)
	}
}

var authorization = regexp.MustCompile(`^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/(\d{8})/eu-west-1/execute-api/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=[0-9a-f]{64}$`)

// TestIngestSigns lets a server do what API Gateway does: compute the signature of what has arrived, by the secret.
func TestIngestSigns(t *testing.T) {
	signIn(t)
	asked := 0
	stack := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got := r.Header.Get("Authorization")
		parts := authorization.FindStringSubmatch(got)
		if parts == nil {
			t.Errorf("Authorization is %q", got)
			w.WriteHeader(http.StatusForbidden)
			return
		}
		at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		if err != nil || at.Format("20060102") != parts[1] {
			t.Errorf("signed at %q (%v), in the scope of %s", r.Header.Get("X-Amz-Date"), err, parts[1])
		}
		again, err := http.NewRequest(r.Method, "http://"+r.Host+r.RequestURI, strings.NewReader(string(body)))
		if err != nil {
			t.Error(err)
		}
		for _, name := range strings.Split(parts[2], ";") {
			if v := r.Header.Get(name); v != "" {
				again.Header.Set(name, v)
			}
		}
		hash := sha256.Sum256(body)
		if err := v4.NewSigner().SignHTTP(r.Context(), identity, again, hex.EncodeToString(hash[:]), "execute-api", "eu-west-1", at); err != nil {
			t.Error(err)
		}
		if want := again.Header.Get("Authorization"); got != want {
			t.Errorf("the signature is not that of the request\n got %s\nwant %s", got, want)
		}
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"counts":{"casualty":1}}`)
	}))
	defer stack.Close()
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "Nine sailors drowned.", "ünïcode & more.json": `{"headline":"Boat sinks"}`} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := ingestCommand{Paths: []string{dir}, URL: stack.URL, Sign: true, Publisher: "Post & Söhne", Published: "2026-11-18", Story: "a b+c"}
	if err := c.Run(context.Background()); err != nil {
		t.Error(err)
	}
	if asked != 2 {
		t.Errorf("%d requests, want 2", asked)
	}
}

func TestIngestSignsNobody(t *testing.T) {
	signIn(t)
	stack := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "" || r.Header.Get("X-Amz-Security-Token") != "" {
			t.Error("a stack that asks for no signature gets one")
		}
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"message":"Missing Authentication Token"}`)
	}))
	defer stack.Close()
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("Nine sailors drowned."), 0o600); err != nil {
		t.Fatal(err)
	}
	c := ingestCommand{Paths: []string{file}, URL: stack.URL}
	err := c.Run(context.Background())
	for _, says := range []string{"a.txt", "403", "Missing Authentication Token", "--sign"} {
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v does not say %q", err, says)
		}
	}
}

func TestSigningNeeds(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("Nine sailors drowned."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ unset, wrong string }{
		{"AWS_REGION", "AWS_REGION"},
		{"AWS_ACCESS_KEY_ID", "credentials"},
	} {
		t.Run(c.unset, func(t *testing.T) {
			signIn(t)
			t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
			t.Setenv(c.unset, "")
			ingest := ingestCommand{Paths: []string{file}, URL: "http://127.0.0.1:1", Sign: true}
			if err := ingest.Run(context.Background()); err == nil || !strings.Contains(err.Error(), c.wrong) {
				t.Errorf("%v, want %q", err, c.wrong)
			}
		})
	}
}
