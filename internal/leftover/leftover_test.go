package leftover

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestClear: what a process that is gone left goes; what belongs to anybody else stays.
func TestClear(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, cmd.Run())
	gone, living := cmd.Process.Pid, os.Getpid()

	folder := t.TempDir()
	begin := start("sample")
	names := map[string]bool{ // whether they stay
		fmt.Sprintf("%s%d-0123.tmp", begin, gone):                false,
		fmt.Sprintf("%s%d-4567.tmp", begin, living):              true,
		fmt.Sprintf("%s%d-89ab.tmp", start("other"), gone):       true,
		fmt.Sprintf(".sample-00000000-%d-cdef.tmp", gone):        true, // of another machine
		fmt.Sprintf("%s%d-0123.csv", begin, gone):                true,
		begin + "x-0123.tmp":                                     true,
		fmt.Sprintf("%s%d-%s.tmp", begin, -1, "0123"):            true,
		fmt.Sprintf("sample-%s-%d-0123.tmp", machine(), gone):    true, // somebody's own
		fmt.Sprintf("%s%d-0123.tmp/part-0.parquet", begin, gone): false,
	}
	for name := range names {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o777))
	}
	for name := range names {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			continue
		}
		require.NoError(t, os.WriteFile(path, nil, 0o666))
	}
	Clear(folder, "sample", ".tmp")
	for name, stays := range names {
		_, err := os.Stat(filepath.Join(folder, name))
		require.Equal(t, stays, err == nil, name)
	}
	require.False(t, isGone(living))
	Clear(filepath.Join(folder, "no"), "sample", ".tmp") // which is nothing to speak of
	require.True(t, strings.HasPrefix(Name("sample"), fmt.Sprintf("%s%d-", begin, living)))
}
