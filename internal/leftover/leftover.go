// Package leftover names temporary files and folders so that a later run can tell which
// of them a killed run has left behind, and removes those. What comes in is a folder and
// the name of a tool; nothing goes out, since to clean up is never a reason to fail.
//
// A name has the tool, the machine and the process: .pxfetch-3f2a9c01-4711-. Only if no
// process 4711 runs, and on the same machine, are its files removed. Files of a running
// process are kept, and so are those of another machine, for a folder may be shared.
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
