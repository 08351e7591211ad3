package local

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// java runs the engine's jar. The jar is run itself, not the npm package's wrapper, so that there is one process to
// end and no Node.js to start.
type java struct {
	path string // of the java command
	jar  string
}

// minJava is the oldest Java that DynamoDB Local 3 runs on (its README).
const minJava = 17

func newJava(ctx context.Context, log *slog.Logger) (*java, error) {
	path, err := findJava(ctx)
	if err != nil {
		return nil, err
	}
	dir, err := Install(ctx, log)
	if err != nil {
		return nil, err
	}
	jar, err := findJar(dir)
	if err != nil {
		return nil, err
	}
	return &java{path: path, jar: jar}, nil
}

// findJava gives the path of the java command, if it is new enough.
func findJava(ctx context.Context) (string, error) {
	path, err := exec.LookPath("java")
	if err != nil {
		return "", fmt.Errorf("java is not on the PATH: install Java %d or newer", minJava)
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-version")
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s -version fails (%w): install Java %d or newer", path, err, minJava)
	}
	version, err := javaVersion(string(out))
	if err != nil {
		return "", err
	}
	if version < minJava {
		return "", fmt.Errorf("%s is Java %d: install Java %d or newer", path, version, minJava)
	}
	return path, nil
}

var javaVersionLine = regexp.MustCompile(`version "(?:1\.)?(\d+)`)

// javaVersion reads the feature release out of what "java -version" prints. Before 9 it was written 1.8.
func javaVersion(out string) (int, error) {
	m := javaVersionLine.FindStringSubmatch(out)
	if m == nil {
		return 0, errors.New("java -version names no version")
	}
	return strconv.Atoi(m[1])
}

// command keeps the heap small and starts fast: on the machine this was measured on, the first answer came after
// 0.85 to 1.0 s with these flags and after 1.5 s without.
func (j *java) command(port int, dir string) (*exec.Cmd, func()) {
	args := append([]string{
		"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
		"-Djava.library.path=" + filepath.Join(filepath.Dir(j.jar), "DynamoDBLocal_lib"),
		"-jar", j.jar,
	}, engineArgs(port, dir)...)
	return exec.Command(j.path, args...), func() {}
}

// onDeath is SIGKILL, which even a Java that is just starting, or hangs, cannot miss. The data is SQLite's: a
// transaction that was cut off is rolled back at the next start.
func (j *java) onDeath() syscall.Signal { return syscall.SIGKILL }

// engineArgs are DynamoDB Local's own arguments. With sharedDb the tables do not depend on the region and the access
// key that a client happens to use.
func engineArgs(port int, dir string) []string {
	args := []string{"-port", strconv.Itoa(port), "-disableTelemetry", "-sharedDb"}
	if dir == "" {
		return append(args, "-inMemory")
	}
	return append(args, "-dbPath", dir)
}
