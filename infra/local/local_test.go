package local

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// patience bounds waits for something that should come at once; it is reached only when a test fails.
const patience = 30 * time.Second

func connect(url, region string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		BaseEndpoint: &url, Region: region,
		Credentials: credentials.NewStaticCredentialsProvider("key"+region, "secret", ""),
	})
}

// Data outlives the engine however it ended, and does not depend on the region or the key that a client uses.
func TestDataSurvives(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "data")
	tables, err := Tables(repositoryTemplate(t))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{DocumentsTable: "docs", FactsTable: "facts"}
	item := map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: "a"}, "sk": &types.AttributeValueMemberS{Value: "b"}}

	e, err := Start(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Stop() })
	client := connect(e.URL(), "one")
	for range 2 { // the second time they are there
		if err := CreateTables(t.Context(), client, tables, names); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: new("facts"), Item: item}); err != nil {
		t.Fatal(err)
	}
	if other, err := Start(t.Context(), Options{Dir: dir}); err == nil {
		other.Stop()
		t.Error("two engines use one folder")
	} else if !strings.Contains(err.Error(), "in use") {
		t.Errorf("the second engine of a folder: %v", err)
	}
	if err := e.child.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-e.Done()
	if err := e.Stop(); err != nil {
		t.Fatalf("stopping an engine that is gone: %v", err)
	}

	e, err = Start(t.Context(), Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Stop() })
	client = connect(e.URL(), "two")
	got, err := client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: new("facts"), Key: item})
	if err != nil || got.Item == nil {
		t.Errorf("after a restart the item is %v, error %v", got, err)
	}
	tables[FactsTable].KeySchema = tables[FactsTable].KeySchema[:1]
	tables[FactsTable].AttributeDefinitions = tables[FactsTable].AttributeDefinitions[:1]
	if err := CreateTables(t.Context(), client, tables, names); err == nil || !strings.Contains(err.Error(), "other keys") {
		t.Errorf("a table with other keys is taken: %v", err)
	}
	delete(names, FactsTable)
	if err := CreateTables(t.Context(), client, tables, names); err == nil || !strings.Contains(err.Error(), FactsTable) {
		t.Errorf("a table without a name: %v", err)
	}

	var stops sync.WaitGroup
	for range 3 {
		stops.Go(func() {
			if err := e.Stop(); err != nil {
				t.Error(err)
			}
		})
	}
	stops.Wait()
	wantGone(t, e.child.cmd.Process.Pid)
}

// wantGone fails if there is a process of that id. It must have been a child of this process, or this sees its zombie.
func wantGone(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
		t.Errorf("process %d is still there (%v)", pid, err)
		syscall.Kill(pid, syscall.SIGKILL)
	}
}

// A start-up that is interrupted leaves no process behind, wherever it was.
func TestInterruptedStart(t *testing.T) {
	java := installed(t)
	const version = `echo $$ >> "$0.pids"; case "$*" in *-version*) `
	points := []struct {
		name  string
		java  string        // what java is
		pids  int           // how many processes there have to be
		delay time.Duration // from there to the interruption
	}{
		{"at once", version + `exec ` + java + ` "$@";; esac; exec ` + java + ` "$@"`, 0, 0},
		{"while java says its version", version + `exec sleep 600;; esac`, 1, 0},
		{"as the engine begins", version + `exec ` + java + ` "$@";; esac; exec ` + java + ` "$@"`, 2, 0},
		{"as the engine loads", version + `exec ` + java + ` "$@";; esac; exec ` + java + ` "$@"`, 2, 200 * time.Millisecond},
		{"as the engine begins to listen", version + `exec ` + java + ` "$@";; esac; exec ` + java + ` "$@"`, 2, 700 * time.Millisecond},
		{"while the engine hangs", version + `exec ` + java + ` "$@";; esac; exec sleep 600`, 2, 50 * time.Millisecond},
		{"while the engine hangs and does not listen to signals", version + `exec ` + java + ` "$@";; esac; trap "" TERM; sleep 600 & wait; wait`, 2, 50 * time.Millisecond},
	}
	path := os.Getenv("PATH")
	for _, tt := range points {
		t.Run(tt.name, func(t *testing.T) {
			pids := filepath.Join(commands(t, map[string]string{"java": tt.java}), "java.pids")
			t.Setenv("PATH", filepath.Dir(pids)+":"+path)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				defer cancel()
				for end := time.Now().Add(patience); len(lines(t, pids)) < tt.pids; time.Sleep(time.Millisecond) {
					if time.Now().After(end) {
						t.Errorf("%d processes did not come", tt.pids)
						return
					}
				}
				time.Sleep(tt.delay)
			}()
			e, err := Start(ctx, Options{})
			switch {
			case err == nil: // it was faster than the interruption
				if err := e.Stop(); err != nil {
					t.Error(err)
				}
			case !errors.Is(err, context.Canceled):
				t.Errorf("the error is not the context's: %v", err)
			}
			for _, line := range lines(t, pids) {
				pid, err := strconv.Atoi(line)
				if err != nil {
					t.Fatal(err)
				}
				wantGone(t, pid)
			}
		})
	}
}

// The engine does not outlive a process that ended without Stop, nor one that was killed.
func TestEngineDiesWithItsOwner(t *testing.T) {
	installed(t)
	for name, end := range map[string]func(*exec.Cmd, interface{ Close() error }) error{
		"killed": func(c *exec.Cmd, _ interface{ Close() error }) error { return c.Process.Kill() },
		"exited": func(_ *exec.Cmd, in interface{ Close() error }) error { return in.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			owner := exec.Command(os.Args[0])
			owner.Env = append(os.Environ(), roleVariable+"=owner")
			in, err := owner.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := owner.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := owner.Start(); err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(out).ReadString('\n')
			url := strings.TrimSpace(line)
			if !answers(t.Context(), http.DefaultClient, url) {
				t.Errorf("no engine at %q", url)
			}
			if err := end(owner, in); err != nil {
				t.Error(err)
			}
			owner.Wait()
			wantDeaf(t, url)
		})
	}
}

// wantDeaf waits until nothing listens at url.
func wantDeaf(t *testing.T, url string) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			return
		}
		c.Close()
		if time.Now().After(end) {
			t.Fatalf("something still listens at %s", url)
		}
	}
}

// Where the kernel does not end a child with its parent, a watchdog does; here it is tried on every system.
func TestWatch(t *testing.T) {
	for _, released := range []bool{true, false} {
		t.Run(fmt.Sprintf("released=%v", released), func(t *testing.T) {
			sleeper := exec.Command("sleep", "600")
			if err := sleeper.Start(); err != nil {
				t.Fatal(err)
			}
			defer sleeper.Process.Kill()
			if released {
				release, err := watch(sleeper.Process.Pid, syscall.SIGTERM)
				if err != nil {
					t.Fatal(err)
				}
				release()
				release()
				sleeper.Process.Signal(syscall.SIGINT)
			} else {
				// The parent's death is the end of the watchdog's input.
				guard := watchCommand(sleeper.Process.Pid, syscall.SIGTERM)
				in, err := guard.StdinPipe()
				if err != nil {
					t.Fatal(err)
				}
				if err := guard.Start(); err != nil {
					t.Fatal(err)
				}
				in.Close()
				defer guard.Wait()
			}
			sleeper.Wait()
			got := sleeper.ProcessState.Sys().(syscall.WaitStatus).Signal()
			if want := map[bool]syscall.Signal{true: syscall.SIGINT, false: syscall.SIGTERM}[released]; got != want {
				t.Errorf("the process was ended by %v, not %v", got, want)
			}
		})
	}
}

// A port that somebody else took between its choice and the engine's listening is given up for another.
func TestPortSnatched(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	installed(t)
	// The first two engines say what DynamoDB Local says when it cannot listen.
	dir := commands(t, map[string]string{"java": `
		case "$*" in *-version*) echo 'openjdk version "21.0.1"' >&2; exit;; esac
		echo x >> "$0.tries"
		if [ "$(wc -l < "$0.tries")" -lt 3 ]; then echo 'java.io.IOException: Failed to bind to 0.0.0.0/0.0.0.0:1' >&2; exit 1; fi
		while [ "$1" != -port ]; do shift; done
		` + roleVariable + `=engine exec ` + self + ` "$2"`})
	t.Setenv("PATH", dir+":/usr/bin:/bin")
	e, err := Start(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Stop(); err != nil {
		t.Error(err)
	}
	if got := len(lines(t, filepath.Join(dir, "java.tries"))); got != 3 {
		t.Errorf("%d tries, not 3", got)
	}
}

// Two reservations never are of one port, and one that is closed can be had again.
func TestReservePort(t *testing.T) {
	seen := map[int]bool{}
	for range 200 {
		port, reservation, err := reservePort()
		if err != nil {
			t.Fatal(err)
		}
		defer reservation.Close()
		if seen[port] {
			t.Fatalf("port %d was given twice", port)
		}
		seen[port] = true
	}
}

// BenchmarkStart is the time from nothing to the first answer, and back.
func BenchmarkStart(b *testing.B) {
	if _, err := newJava(b.Context(), slog.New(slog.DiscardHandler)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		e, err := Start(b.Context(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		if err := e.Stop(); err != nil {
			b.Fatal(err)
		}
	}
}
