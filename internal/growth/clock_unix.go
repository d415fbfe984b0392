//go:build unix

package growth

import (
	"syscall"
	"time"
)

// clock is the time that the processor spent on this process so far. What others do
// on the machine is not in it.
func clock() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return time.Duration(time.Now().UnixNano())
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
