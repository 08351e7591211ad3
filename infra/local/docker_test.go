package local

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// dockerScript plays Docker: it writes down how it is called, and a container is a process that answers as the engine
// does and that only "docker rm" ends, whatever becomes of the client.
func dockerScript(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return `echo "$*" >> "$0.calls"
		case "$1" in
		info) echo 28.0;;
		image) [ -e "$0.image" ];;
		pull) : > "$0.image";;
		run)
			for a; do
				case "$before" in --name) name=$a;; --publish) port=${a#*:}; port=${port%:*};; esac
				before=$a
			done
			[ -e "$0.hang" ] && exec /bin/sleep 600
			` + roleVariable + `=engine ` + self + ` "$port" 2>&- &
			echo $! > "$0.$name"
			wait;;
		rm) [ -e "$0.$3" ] && kill "$(/bin/cat "$0.$3")";;
		esac`
}

// There is no Docker where this was written: these tests know it from its documentation only.
func TestDocker(t *testing.T) {
	for _, tt := range []struct {
		name string
		dir  string
		want []string // arguments of the engine
	}{
		{"in memory", "", []string{"-inMemory"}},
		{"on disk", filepath.Join(t.TempDir(), "data"), []string{"-dbPath", "/data"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			freshCache(t)
			bin := commands(t, map[string]string{"docker": dockerScript(t)})
			calls := filepath.Join(bin, "docker.calls")
			for _, pulls := range []bool{true, false} { // the second time the image is there
				e, err := Start(t.Context(), Options{Dir: tt.dir})
				if err != nil {
					t.Fatal(err)
				}
				if err := e.Stop(); err != nil {
					t.Error(err)
				}
				wantDeaf(t, e.URL())
				got := lines(t, calls)
				if slices.ContainsFunc(got, called("pull ")) != pulls {
					t.Errorf("pulls: want %v; calls %q", pulls, got)
				}
				checkRun(t, got, strings.TrimPrefix(e.URL(), "http://"), tt.dir, tt.want)
				if err := os.Remove(calls); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A container is published at the addresses that are asked for, and nowhere else.
func TestDockerAddresses(t *testing.T) {
	for _, tt := range []struct{ asked, want string }{
		{"127.0.0.1", "127.0.0.1:8123:8000"},
		{"127.0.0.1 172.18.0.1 ::1", "127.0.0.1:8123:8000 172.18.0.1:8123:8000 [::1]:8123:8000"},
	} {
		var o Options
		for a := range strings.FieldsSeq(tt.asked) {
			o.Addresses = append(o.Addresses, netip.MustParseAddr(a))
		}
		cmd, _ := (&docker{path: "docker"}).command(8123, o)
		var got []string
		for i, a := range cmd.Args {
			if a == "--publish" {
				got = append(got, cmd.Args[i+1])
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("asked for %s it is published at %s", tt.asked, got)
		}
	}
}

// called tells calls of one command of docker.
func called(command string) func(call string) bool {
	return func(call string) bool { return strings.HasPrefix(call, command) }
}

// checkRun looks at the one "docker run" of the calls.
func checkRun(t *testing.T, calls []string, address, dir string, want []string) {
	t.Helper()
	i := slices.IndexFunc(calls, called("run "))
	if i < 0 {
		t.Fatalf("no container was run: %q", calls)
	}
	got := calls[i]
	for _, part := range append([]string{"--rm", "--publish " + address + ":8000", "-disableTelemetry", "-sharedDb"}, want...) {
		if !strings.Contains(got, part) {
			t.Errorf("docker %s: no %s", got, part)
		}
	}
	if dir != "" && !strings.Contains(got, "--volume "+dir+":/data") {
		t.Errorf("docker %s: %s is not mounted", got, dir)
	}
}

// An interruption while the container is being made removes it by its name.
func TestDockerInterrupted(t *testing.T) {
	freshCache(t)
	bin := commands(t, map[string]string{"docker": dockerScript(t)})
	if err := os.WriteFile(filepath.Join(bin, "docker.hang"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	calls := filepath.Join(bin, "docker.calls")
	go func() {
		defer cancel()
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if slices.ContainsFunc(lines(t, calls), called("run ")) {
				return
			}
		}
	}()
	if _, err := Start(ctx, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is not the context's: %v", err)
	}
	if got := lines(t, calls); !slices.ContainsFunc(got, called("rm --force factbox-dynamodb-")) {
		t.Errorf("the container was not removed: %q", got)
	}
}
