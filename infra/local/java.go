package local

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// java runs the engine's jar. The jar is run itself, not the npm package's wrapper, so that there is one process to
// end and no Node.js to start.
type java struct {
	path     string // of the java command
	jar      string
	launcher string // the folder of Launcher.class, or empty: then the engine listens on every interface
}

//go:embed Launcher.java
var launcherSource []byte

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
	j := &java{path: path, jar: jar}
	if err := j.compile(ctx, dir); err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		log.Warn("DynamoDB Local will listen on every network interface: to keep it to this machine install a JDK", "because", err)
	}
	return j, nil
}

// compile compiles the launcher into a folder of the engine's, unless it is there. It does so once because to run the
// source itself takes a third longer at each start, and by java -m because a javac on the PATH may be of another Java.
func (j *java) compile(ctx context.Context, engine string) error {
	dir := filepath.Join(engine, hashed("launcher", launcherSource))
	whole := func(dir string) error {
		_, err := os.Stat(filepath.Join(dir, "Launcher.class"))
		return err
	}
	if err := makeOnce(ctx, dir, whole, func(tmp string) error {
		source := filepath.Join(tmp, "Launcher.java")
		if err := os.WriteFile(source, launcherSource, 0o644); err != nil {
			return err
		}
		oldest := strconv.Itoa(minJava)
		return runChild(ctx, exec.Command(j.path, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
			"-m", "jdk.compiler/com.sun.tools.javac.Main", "-source", oldest, "-target", oldest, "-cp", j.jar, source))
	}); err != nil {
		return fmt.Errorf("compiling Launcher.java: %w", err)
	}
	j.launcher = dir
	return nil
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
func (j *java) command(port int, o Options) (*exec.Cmd, func()) {
	args := []string{
		"-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
		"-Djava.library.path=" + filepath.Join(filepath.Dir(j.jar), "DynamoDBLocal_lib"),
	}
	if j.launcher == "" {
		args = append(args, "-jar", j.jar)
	} else {
		hosts := make([]string, len(o.Addresses))
		for i, a := range o.Addresses {
			hosts[i] = a.String()
		}
		args = append(args, "-cp", j.launcher+string(os.PathListSeparator)+j.jar, "Launcher", strings.Join(hosts, ","))
	}
	return exec.Command(j.path, append(args, engineArgs(port, o.Dir)...)...), func() {}
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
