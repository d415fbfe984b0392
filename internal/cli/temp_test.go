package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestClearBeside: what a process that is gone left beside an output goes when the tool
// writes there again; what belongs to anybody else stays.
func TestClearBeside(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	require.NoError(t, cmd.Run())
	gone, living := cmd.Process.Pid, os.Getpid()

	folder := t.TempDir()
	start := tempStart("sample")
	names := map[string]bool{ // whether they stay
		fmt.Sprintf("%s%d-0123.tmp", start, gone):                false,
		fmt.Sprintf("%s%d-4567.tmp", start, living):              true,
		fmt.Sprintf("%s%d-89ab.tmp", tempStart("other"), gone):   true,
		fmt.Sprintf(".sample-00000000-%d-cdef.tmp", gone):        true, // of another machine
		fmt.Sprintf("%s%d-0123.csv", start, gone):                true,
		start + "x-0123.tmp":                                     true,
		fmt.Sprintf("%s%d-%s.tmp", start, -1, "0123"):            true,
		fmt.Sprintf("sample-%s-%d-0123.tmp", machine(), gone):    true, // somebody's own
		fmt.Sprintf("%s%d-0123.tmp/part-0.parquet", start, gone): false,
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
	made, err := makeBeside(filepath.Join(folder, "out.csv"), "sample", "file", func(name string) error { return os.WriteFile(name, nil, 0o666) })
	require.NoError(t, err)
	require.FileExists(t, made)
	for name, stays := range names {
		_, err := os.Stat(filepath.Join(folder, name))
		require.Equal(t, stays, err == nil, name)
	}
	require.False(t, isGone(living))
	require.NoError(t, os.Remove(made))

	_, err = makeBeside(filepath.Join(folder, "no", "out.csv"), "sample", "file", func(name string) error { return os.WriteFile(name, nil, 0o666) })
	require.ErrorIs(t, err, os.ErrNotExist)
}
