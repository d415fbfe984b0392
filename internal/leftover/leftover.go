// Package leftover names what is written under another name until it is whole, so that
// a later run can tell what a killed one has left behind, and clears that.
//
// A name tells the tool, the machine and the process. Where the process is gone, on the
// same machine, what it left is removed. Nothing of a process that lives is touched, nor of
// one elsewhere, for a folder may be shared.
package leftover

import (
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// Name is the beginning of the hidden names of this process, up to and with a dash.
func Name(tool string) string { return fmt.Sprintf("%s%d-", start(tool), os.Getpid()) }

// start is the beginning of the names of a tool on this machine.
func start(tool string) string { return fmt.Sprintf(".%s-%s-", tool, machine()) }

// machine tells machines apart, and containers on one, whose numbers of processes are
// their own.
var machine = sync.OnceValue(func() string {
	sum := fnv.New32a()
	host, _ := os.Hostname()
	id, _ := os.ReadFile("/etc/machine-id")      // Linux
	space, _ := os.Readlink("/proc/self/ns/pid") // Linux
	_, _ = sum.Write([]byte(host + "\n" + string(id) + "\n" + space))
	return fmt.Sprintf("%08x", sum.Sum32())
})

// mostEntries is how many entries of a folder are looked at.
const mostEntries = 10_000

// Clear removes what processes of a tool that are gone left in a folder, files and folders.
// Their names end like suffix.
func Clear(folder, tool, suffix string) {
	f, err := os.Open(folder)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(mostEntries)
	ours := start(tool)
	for _, name := range names {
		rest, ok := strings.CutPrefix(name, ours)
		if !ok || !strings.HasSuffix(rest, suffix) {
			continue
		}
		number, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(number); err == nil && isGone(pid) {
			_ = os.RemoveAll(filepath.Join(folder, name))
		}
	}
}
