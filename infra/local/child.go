package local

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// child is a process that does not outlive this one.
type child struct {
	cmd     *exec.Cmd
	done    chan struct{} // closed once the process is gone and its output is read
	err     error         // what Wait said; to be read after done
	release func()        // ends the watchdog
}

// startChild starts cmd in a process group of its own, so that a terminal's Ctrl-C reaches only this process, which
// then ends the child in order. If this process dies without doing so, the child gets onDeath.
func startChild(cmd *exec.Cmd, onDeath syscall.Signal) (*child, error) {
	c := &child{cmd: cmd, done: make(chan struct{}), release: func() {}}
	cmd.SysProcAttr = processAttr(onDeath)
	cmd.WaitDelay = time.Second // do not wait for a grandchild that holds the output open
	started := make(chan error)
	go func() {
		// Linux sends the signal when the thread that started the child ends, not the process: keep the thread.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		c.err = cmd.Wait()
		close(c.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	if !diesWithParent {
		release, err := watch(cmd.Process.Pid, onDeath)
		if err != nil {
			return nil, errors.Join(err, c.stop(0))
		}
		c.release = release
	}
	return c, nil
}

// stop asks the process to end, and kills its group after the grace. It returns once the process is gone.
func (c *child) stop(grace time.Duration) error {
	defer c.release()
	select {
	case <-c.done:
		return nil
	default:
	}
	pid := c.cmd.Process.Pid
	if err := c.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		grace = 0
	}
	select {
	case <-c.done:
		return nil
	case <-time.After(grace):
	}
	if err := syscall.Kill(-pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("killing process %d: %w", pid, err)
	}
	<-c.done
	return nil
}

// watch starts a shell that signals pid once this process has ended, however that came. release ends the shell without
// the signal.
func watch(pid int, signal syscall.Signal) (release func(), err error) {
	sh := watchCommand(pid, signal)
	pipe, err := sh.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("making the watchdog's pipe: %w", err)
	}
	if err := sh.Start(); err != nil {
		return nil, fmt.Errorf("starting the watchdog: %w", err)
	}
	return sync.OnceFunc(func() {
		io.WriteString(pipe, "released\n")
		pipe.Close()
		sh.Wait()
	}), nil
}

// watchCommand reads its input, a pipe that only the parent holds and that the kernel closes with it. The end of the input
// without a line is the parent's death.
func watchCommand(pid int, signal syscall.Signal) *exec.Cmd {
	sh := exec.Command("sh", "-c", `read -r line || kill -"$1" "$2"`, "sh", strconv.Itoa(int(signal)), strconv.Itoa(pid))
	sh.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return sh
}

// output keeps the beginning of what a process writes, where the reason of an early end stands, and logs every line.
type output struct {
	log  *slog.Logger
	mu   sync.Mutex
	head []byte
	line []byte
}

const (
	maxHead = 8 << 10
	maxLine = 4 << 10
)

// Write never fails.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.head = append(o.head, p[:min(len(p), maxHead-len(o.head))]...)
	o.line = append(o.line, p...)
	for {
		i := bytes.IndexByte(o.line, '\n')
		if i < 0 && len(o.line) > maxLine {
			i = len(o.line) - 1
		}
		if i < 0 {
			return len(p), nil
		}
		if line := strings.TrimSpace(string(o.line[:i+1])); line != "" && o.log != nil {
			o.log.Debug("engine: " + line)
		}
		o.line = o.line[i+1:]
	}
}

// has tells whether one of the words stands in the beginning of the output.
func (o *output) has(words ...string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, w := range words {
		if bytes.Contains(o.head, []byte(w)) {
			return true
		}
	}
	return false
}

// reason is the first line that speaks of a failure, or else the first line.
func (o *output) reason() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	first := ""
	for line := range strings.Lines(string(o.head)) {
		line = strings.TrimSpace(line)
		if first == "" {
			first = line
		}
		if low := strings.ToLower(line); strings.Contains(low, "error") || strings.Contains(low, "exception") {
			return line
		}
	}
	if first == "" {
		return "it said nothing"
	}
	return first
}

// runChild runs a command to its end, or until ctx ends; then nothing of it is left running. An error holds the
// beginning of what it wrote, in one line.
func runChild(ctx context.Context, cmd *exec.Cmd) error {
	out := &output{}
	cmd.Stdout, cmd.Stderr = out, out
	c, err := startChild(cmd, syscall.SIGKILL)
	if err != nil {
		return err
	}
	defer c.release()
	select {
	case <-c.done:
	case <-ctx.Done():
		return errors.Join(context.Cause(ctx), c.stop(0))
	}
	if c.err != nil {
		return fmt.Errorf("%w: %s", c.err, strings.Join(strings.Fields(string(out.head)), " "))
	}
	return nil
}
