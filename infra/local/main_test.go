package local

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The test binary also plays the other processes that tests need, by this variable.
const roleVariable = "FACTBOX_LOCAL_TEST_ROLE"

func TestMain(m *testing.M) {
	switch role := os.Getenv(roleVariable); role {
	case "":
		os.Exit(m.Run())
	case "owner":
		ownEngine()
	case "engine":
		fakeEngine(os.Args[1])
	default:
		panic("unknown role " + role)
	}
}

// ownEngine starts an engine, prints its URL and waits to be killed, or for the end of its input.
func ownEngine() {
	e, err := Start(context.Background(), Options{})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(e.URL())
	io.Copy(io.Discard, os.Stdin)
	os.Exit(1) // without Stop: the engine has to end by itself
}

// fakeEngine answers as DynamoDB Local does, on a port of 127.0.0.1.
func fakeEngine(port string) {
	err := http.ListenAndServe("127.0.0.1:"+port, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Amzn-RequestId", "fake")
		w.WriteHeader(http.StatusBadRequest)
	}))
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// commands makes a PATH of nothing but these shell scripts, by name, and gives its folder.
func commands(t *testing.T, scripts map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

// installed gives the path of the real java, with the real engine installed and its launcher compiled.
func installed(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("java")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newJava(t.Context(), slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return path
}

// lines reads a file's lines; a file that is not there has none.
func lines(t *testing.T, path string) []string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' })
}
