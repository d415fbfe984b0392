package cli

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// What is being written stands beside its place under a hidden name, which tells the tool,
// the machine and the process. A process that is killed leaves it behind; the next run of
// the tool that writes to the same folder on the same machine sees that the process is
// gone, and removes it. Nothing of a process that lives is touched, nor of one elsewhere,
// for the folder may be shared.

// makeBeside makes something under a name that is free beside another.
func makeBeside(other, tool, what string, create func(name string) error) (string, error) {
	folder := filepath.Dir(other)
	clearBeside(folder, tool)
	for range 100 {
		name := filepath.Join(folder, fmt.Sprintf("%s%d-%04x.tmp", tempStart(tool), os.Getpid(), rand.Uint32()>>16))
		err := create(name)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return name, nil
	}
	return "", fmt.Errorf("no name is free for a temporary %s", what)
}

// tempStart is how the temporary names of a tool on this machine begin.
func tempStart(tool string) string { return fmt.Sprintf(".%s-%s-", tool, machine()) }

// machine tells machines apart, and containers on one, whose numbers of processes are
// their own.
var machine = sync.OnceValue(func() string {
	host, _ := os.Hostname()
	space, _ := os.Readlink("/proc/self/ns/pid") // Linux
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(host + space))
	return fmt.Sprintf("%08x", sum.Sum32())
})

// mostEntries is how many entries of a folder are looked at for what was left behind.
const mostEntries = 10_000

// clearBeside removes what processes that are gone left in a folder.
func clearBeside(folder, tool string) {
	f, err := os.Open(folder)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(mostEntries)
	for _, name := range names {
		rest, ok := strings.CutPrefix(name, tempStart(tool))
		if !ok || !strings.HasSuffix(rest, ".tmp") {
			continue
		}
		number, _, _ := strings.Cut(rest, "-")
		if pid, err := strconv.Atoi(number); err == nil && isGone(pid) {
			_ = os.RemoveAll(filepath.Join(folder, name))
		}
	}
}
