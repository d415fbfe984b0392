package cli

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/require"
)

// writing is a command that writes a text and then ends with an error.
func writing(text string, err error) Command {
	return sample(func(c *Context) error {
		w, werr := c.Output()
		if werr != nil {
			return werr
		}
		if _, werr := io.WriteString(w, text); werr != nil {
			return werr
		}
		return err
	})
}

// long is more than the buffer holds.
var long = strings.Repeat("0123456789abcdef", outputBuffer/16+100)

func TestOutputIsWhole(t *testing.T) {
	for _, text := range []string{"", "short", long} {
		t.Run(fmt.Sprint(len(text)), func(t *testing.T) {
			inFolder(t, nil)
			require.Equal(t, result{code: exitDone, out: text}, runWith(writing(text, nil), ""))
			require.Equal(t, result{code: exitDone}, runWith(writing(text, nil), "", "-", "out.csv"))
			require.Equal(t, text, readFile(t, "out.csv"))
			require.Equal(t, []string{"out.csv"}, listed(t), "no temporary file is left")
		})
	}
}

func TestFailureLeavesNothing(t *testing.T) {
	failed := errors.New("it broke")
	tests := []struct {
		name string
		cmd  Command
		want string
	}{
		{"before the output", sample(func(*Context) error { return failed }), "sample: it broke\n"},
		{"before writing", writing("", failed), "sample: it broke\n"},
		{"in the buffer", writing("short", failed), "sample: it broke\n"},
		{"on the disk", writing(long, failed), "sample: it broke\n"},
		{"panic", sample(func(c *Context) error {
			w, err := c.Output()
			_, _ = io.WriteString(w, long)
			_ = err
			panic("oh")
		}), "sample: internal error: oh (please report this at " + issues + ")\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inFolder(t, nil)
			require.Equal(t, result{exitFailed, "", tt.want}, runWith(tt.cmd, "", "-", "out.csv"))
			require.Empty(t, listed(t))
			require.NoError(t, os.WriteFile("out.csv", []byte("old"), 0o644))
			require.Equal(t, exitFailed, runWith(tt.cmd, "", "-", "out.csv", "--force").code)
			require.Equal(t, "old", readFile(t, "out.csv"), "the old file stands")
			require.Equal(t, []string{"out.csv"}, listed(t))
		})
	}
}

func TestUnwrittenPipeStaysEmptyOnFailure(t *testing.T) {
	got := runWith(writing("short", errors.New("it broke")), "")
	require.Equal(t, result{exitFailed, "", "sample: it broke\n"}, got)
}

func TestOutputIsTheSameWriter(t *testing.T) {
	got := runWith(sample(func(c *Context) error {
		for range 3 {
			w, err := c.Output()
			if err != nil {
				return err
			}
			fmt.Fprint(w, "x")
		}
		return nil
	}), "")
	require.Equal(t, result{code: exitDone, out: "xxx"}, got)
}

func TestOutputHasNoNameBeforeItIsWhole(t *testing.T) {
	inFolder(t, nil)
	cmd := sample(func(c *Context) error {
		w, err := c.Output()
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, long); err != nil {
			return err
		}
		if _, err := os.Stat("out.csv"); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("out.csv is there: %v", err)
		}
		return nil
	})
	require.Equal(t, result{code: exitDone}, runWith(cmd, "", "-", "out.csv"))
}

func TestOutputThatComesToExist(t *testing.T) {
	inFolder(t, nil)
	cmd := sample(func(c *Context) error {
		w, err := c.Output()
		if err != nil {
			return err
		}
		fmt.Fprint(w, "ours")
		return os.WriteFile("out.csv", []byte("theirs"), 0o644)
	})
	require.Equal(t, result{exitFailed, "", "sample: cannot write out.csv: it has come to exist meanwhile\n"}, runWith(cmd, "", "-", "out.csv"))
	require.Equal(t, "theirs", readFile(t, "out.csv"))
	require.Equal(t, []string{"out.csv"}, listed(t))
}

func TestOutputMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permissions")
	}
	inFolder(t, nil)
	f, err := os.Create("usual")
	require.NoError(t, err)
	require.NoError(t, f.Close())
	usual, err := os.Stat("usual")
	require.NoError(t, err)

	require.Equal(t, exitDone, runWith(writing("x", nil), "", "-", "new").code)
	info, err := os.Stat("new")
	require.NoError(t, err)
	require.Equal(t, usual.Mode(), info.Mode(), "as any new file")

	require.NoError(t, os.Chmod("new", 0o640))
	require.Equal(t, exitDone, runWith(writing("y", nil), "", "-", "new", "--force").code)
	info, err = os.Stat("new")
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), info.Mode().Perm(), "as the file before")
	require.Equal(t, "y", readFile(t, "new"))
}

func TestOutputThroughLink(t *testing.T) {
	inFolder(t, nil)
	require.NoError(t, os.Mkdir("folder", 0o755))
	require.NoError(t, os.WriteFile("folder/real", []byte("old"), 0o644))
	require.NoError(t, os.Symlink("folder/real", "link"))
	require.Equal(t, result{code: exitDone}, runWith(writing("new", nil), "", "-", "link", "--force"))
	require.Equal(t, "new", readFile(t, "folder/real"))
	target, err := os.Readlink("link")
	require.NoError(t, err)
	require.Equal(t, "folder/real", target)
}

func TestOutputInLockedFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	inFolder(t, nil)
	require.NoError(t, os.Mkdir("locked", 0o555))
	got := runWith(writing("x", nil), "", "-", "locked/out.csv")
	require.Equal(t, result{exitFailed, "", "sample: cannot write locked/out.csv: permission denied\n"}, got)
}

func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full")
	}
	want := "sample: cannot write /dev/full: no space left on device\n"
	for _, text := range []string{"short", long} {
		require.Equal(t, result{exitFailed, "", want}, runWith(writing(text, nil), "", "-", "/dev/full"))
	}
	// As standard output, and by a command that looks at no error.
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	require.NoError(t, err)
	defer full.Close()
	for _, text := range []string{"short", long} {
		careless := sample(func(c *Context) error {
			w, _ := c.Output()
			_, _ = io.WriteString(w, text)
			return nil
		})
		var errout safeBuffer
		code := Run(careless, Env{Stdin: strings.NewReader(""), Stdout: full, Stderr: &errout})
		require.Equal(t, exitFailed, code)
		require.Equal(t, "sample: cannot write standard output: no space left on device\n", errout.String())
	}
	var errout safeBuffer
	code := Run(sample(nothing), Env{Args: []string{"--help"}, Stdout: full, Stderr: &errout})
	require.Equal(t, exitFailed, code, "help too")
}

func TestClosedPipe(t *testing.T) {
	for _, args := range [][]string{nil, {"--help"}, {"--version"}} {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		require.NoError(t, r.Close())
		var errout safeBuffer
		cmd := sample(func(c *Context) error {
			c.Warn("before")
			out, err := c.Output()
			if err != nil {
				return err
			}
			for {
				if _, err := io.WriteString(out, long); err != nil {
					return fmt.Errorf("row 7: %v", err) // a wrapping that hides the cause
				}
			}
		})
		code := Run(cmd, Env{Args: append(args, "--quiet"), Stdin: strings.NewReader(""), Stdout: w, Stderr: &errout})
		require.Equal(t, exitDone, code, "%q", args)
		require.Empty(t, errout.String())
		require.NoError(t, w.Close())
	}
}

func TestNamedPipe(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no named pipes")
	}
	inFolder(t, nil)
	require.NoError(t, exec.Command("mkfifo", "fifo").Run())
	got := make(chan string)
	go func() {
		b, err := os.ReadFile("fifo")
		got <- fmt.Sprint(string(b), err)
	}()
	require.Equal(t, result{code: exitDone}, runWith(writing("text", nil), "", "-", "fifo"))
	require.Equal(t, "text<nil>", <-got)
	info, err := os.Lstat("fifo")
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&os.ModeNamedPipe, "it is still a pipe")
}

func TestCompressedOutput(t *testing.T) {
	unpack := map[string]func(io.Reader) (io.Reader, error){
		"out.csv.gz":  func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"OUT.CSV.GZ":  func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"out.csv.zst": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	}
	for name, open := range unpack {
		t.Run(name, func(t *testing.T) {
			inFolder(t, nil)
			before := runtime.NumGoroutine()
			require.Equal(t, result{code: exitDone}, runWith(writing(long, nil), "", "-", name))
			until(func() bool { return runtime.NumGoroutine() <= before }) // one that ends may need a moment
			require.LessOrEqual(t, runtime.NumGoroutine(), before)
			packed := readFile(t, name)
			require.Less(t, len(packed), len(long)/10)
			r, err := open(strings.NewReader(packed))
			require.NoError(t, err)
			text, err := io.ReadAll(r)
			require.NoError(t, err)
			require.True(t, bytes.Equal([]byte(long), text))

			require.Equal(t, exitFailed, runWith(writing(long, errors.New("it broke")), "", "-", "x"+name).code)
			require.Equal(t, []string{name}, listed(t))
		})
	}
}

func TestStandardOutputIsClosed(t *testing.T) {
	closing := &closer{err: syscall.EDQUOT}
	var errout safeBuffer
	code := Run(writing("x", nil), Env{Stdin: strings.NewReader(""), Stdout: closing, Stderr: &errout, closeStdout: true})
	require.Equal(t, exitFailed, code)
	require.Contains(t, errout.String(), "sample: cannot write standard output: ")
}

// closer is an output that fails when it is closed.
type closer struct {
	bytes.Buffer
	err error
}

func (c *closer) Close() error { return c.err }

func TestLargePiecesAreNotCopied(t *testing.T) {
	var sizes []int
	w := writerFunc(func(p []byte) (int, error) { sizes = append(sizes, len(p)); return len(p), nil })
	cmd := sample(func(c *Context) error {
		w, err := c.Output()
		if err != nil {
			return err
		}
		_, err = w.Write([]byte(long))
		return err
	})
	code := Run(cmd, Env{Stdin: strings.NewReader(""), Stdout: w, Stderr: io.Discard})
	require.Equal(t, exitDone, code)
	require.Equal(t, len(long), sizes[0])
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestTemporaryFileIsBeside(t *testing.T) {
	inFolder(t, nil)
	require.NoError(t, os.Mkdir("folder", 0o755))
	cmd := sample(func(c *Context) error {
		if _, err := c.Output(); err != nil {
			return err
		}
		found, err := filepath.Glob("folder/.sample-*.tmp")
		if err == nil && len(found) != 1 {
			err = fmt.Errorf("found %q", found)
		}
		return err
	})
	require.Equal(t, result{code: exitDone}, runWith(cmd, "", "-", "folder/"+strings.Repeat("x", 250)))
}
