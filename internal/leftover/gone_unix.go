//go:build unix

package leftover

import "syscall"

// isGone tells whether there is no such process any more.
func isGone(pid int) bool { return pid > 0 && syscall.Kill(pid, 0) == syscall.ESRCH }
