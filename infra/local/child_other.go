//go:build unix && !linux

package local

import "syscall"

// diesWithParent: this system's kernel does not tell a child that its parent died, so a watchdog does.
const diesWithParent = false

func processAttr(syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
