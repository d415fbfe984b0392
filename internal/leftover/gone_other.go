//go:build !unix

package leftover

import "os"

// isGone tells whether there is no such process any more.
func isGone(pid int) bool {
	p, err := os.FindProcess(pid) // on Windows it must be there
	if err == nil {
		_ = p.Release()
	}
	return err != nil
}
