package local

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"
)

var errLocked = errors.New("locked by another process")

// tryLock takes the lock that a file stands for, or says errLocked. The kernel frees it when the file is closed or
// this process ends, so no lock is ever stale.
func tryLock(path string) (io.Closer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errLocked
		}
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return f, nil
}

// waitLock waits for the lock until ctx ends.
func waitLock(ctx context.Context, path string) (io.Closer, error) {
	for {
		lock, err := tryLock(path)
		if !errors.Is(err, errLocked) {
			return lock, err
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// reservePort finds a TCP port of 127.0.0.1 that is free. Between this and the engine's own listening another process
// that starts an engine could find the same one, and then take the other's engine for its own; so the UDP port of the
// same number is held as long as the engine lives, which no two processes can do.
func reservePort() (int, io.Closer, error) {
	for range 100 {
		held, err := net.ListenPacket("udp4", "127.0.0.1:0")
		if err != nil {
			return 0, nil, fmt.Errorf("finding a free port: %w", err)
		}
		port := held.LocalAddr().(*net.UDPAddr).Port
		l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			held.Close()
			continue
		}
		if err := l.Close(); err != nil {
			held.Close()
			return 0, nil, fmt.Errorf("finding a free port: %w", err)
		}
		return port, held, nil
	}
	return 0, nil, errors.New("finding a free port: 100 tries found none")
}
