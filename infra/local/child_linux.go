package local

import "syscall"

// diesWithParent: the kernel signals the child when this process dies.
const diesWithParent = true

func processAttr(onDeath syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: onDeath}
}
