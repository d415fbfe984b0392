package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"
)

// others is what a command of a test knows of formats: inputs that begin with OTHER are
// another format, unless they were not read yet and late is set; outputs that end in
// .other as well.
type others struct {
	late  bool
	asked *[]string
}

func (k others) Missing(c *Call, name string) error {
	if strings.Contains(name, "://") {
		return Usagef("%s is no file for %s", name, c.Name())
	}
	return nil
}

func (k others) Input(c *Call, first []byte, failure error) error {
	if k.asked != nil {
		*k.asked = append(*k.asked, string(first))
	}
	if !strings.HasPrefix(string(first), "OTHER") || k.late && failure == nil {
		return nil
	}
	return InputError(errors.New("this is another format"))
}

func (k others) Output(_ *Call, name string) error {
	if strings.HasSuffix(name, ".other") {
		return Usagef("%s would be no other", name)
	}
	return nil
}

// knowing is the sample command with formats.
func knowing(run func(*Context) error, k others) Command {
	cmd := sample(run)
	cmd.Formats = k
	return cmd
}

// refusing reads its input as bytes, and does not like it.
func refusing(c *Context) error {
	r, err := c.Input()
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	return InputError(errors.New("nobody understands this"))
}

// TestFormatsOfInputs: what an input is is told of files and pipes, packed or not,
// before bytes are read and after a document could not be read.
func TestFormatsOfInputs(t *testing.T) {
	long := "OTHER" + strings.Repeat(" and more of it", 2*FirstBytes)
	inFolder(t, map[string]string{
		"other": "OTHER", "other.gz": gzipped("OTHER"), "other.zst": zstandard("OTHER"), "long": long, "long.gz": gzipped(long),
		"twice.gz": gzipped(gzipped("OTHER")), "good": tiny, "bad": "BAD", "bad.gz": gzipped("BAD"), "cut.gz": gzipped(long)[:40],
	})
	tests := []struct {
		name, file string
		run        func(*Context) error
		late       bool
		want       string
	}{
		{"bytes", "other", copyInput, false, "this is another format"},
		{"packed bytes", "other.gz", copyInput, false, "this is another format"},
		{"bytes packed with zstd", "other.zst", copyInput, false, "this is another format"},
		{"many bytes", "long", copyInput, false, "this is another format"},
		{"many packed bytes", "long.gz", copyInput, false, "this is another format"},
		{"bytes when they failed", "other", refusing, true, "this is another format"},
		{"many packed bytes when they failed", "long.gz", refusing, true, "this is another format"},
		{"bytes that are cut off", "cut.gz", copyInput, true, "the gzip data is cut off"},
		{"bytes of no known format", "bad", refusing, false, "nobody understands this"},
		{"packed bytes of no known format", "bad.gz", refusing, false, "nobody understands this"},
		{"a document", "other", labels, true, "this is another format"},
		{"a packed document", "other.gz", labels, true, "this is another format"},
		{"a document packed with zstd", "other.zst", labels, true, "this is another format"},
		{"a document packed twice", "twice.gz", labels, true, "this is another format"},
		{"a long document", "long", labels, true, "this is another format"},
		{"a long packed document", "long.gz", labels, true, "this is another format"},
		{"a document of no known format", "bad", labels, true, `the input is not JSON: it starts with "BAD" (line 1, column 1, byte 0)`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd := knowing(tt.run, others{late: tt.late})
			text, err := os.ReadFile(tt.file)
			require.NoError(t, err)
			require.Equal(t, result{code: exitFailed, errout: "sample: " + tt.file + ": " + tt.want + "\n"}, runWith(cmd, "", tt.file))
			piped := "sample: standard input: " + tt.want + "\n"
			require.Equal(t, result{code: exitFailed, errout: piped}, runWith(cmd, string(text)))
			require.Equal(t, result{code: exitFailed, errout: piped}, runFrom(cmd, iotest.OneByteReader(strings.NewReader(string(text)))))
			got := runWith(cmd, "", tt.file, "out")
			require.Equal(t, exitFailed, got.code)
			require.NoFileExists(t, "out")
		})
	}
	t.Run("a document that is read", func(t *testing.T) {
		var asked []string
		cmd := knowing(labels, others{asked: &asked})
		require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(cmd, "", "good"))
		require.Equal(t, result{code: exitDone, out: "Tiny\n"}, runWith(cmd, tiny))
		require.Empty(t, asked, "a document that can be read is no other format")
	})
	t.Run("an error of the call", func(t *testing.T) {
		var asked []string
		require.Equal(t, exitCall, runWith(knowing(labels, others{asked: &asked}), "", "good", "--dataset=none").code)
		require.Empty(t, asked)
	})
	t.Run("what is copied is whole", func(t *testing.T) {
		text := strings.Repeat("some text ", FirstBytes)
		for _, n := range []int{0, 1, FirstBytes - 1, FirstBytes, FirstBytes + 1, len(text)} {
			require.NoError(t, os.WriteFile("text", []byte(text[:n]), 0o600))
			require.NoError(t, os.WriteFile("text.gz", []byte(gzipped(text[:n])), 0o600))
			cmd := knowing(copyInput, others{})
			require.Equal(t, result{code: exitDone, out: text[:n]}, runWith(cmd, "", "text"))
			require.Equal(t, result{code: exitDone, out: text[:n]}, runWith(cmd, "", "text.gz"))
			require.Equal(t, result{code: exitDone, out: text[:n]}, runWith(cmd, text[:n]))
			require.Equal(t, result{code: exitDone, out: text[:n]}, runFrom(cmd, iotest.OneByteReader(strings.NewReader(text[:n]))))
		}
	})
	t.Run("an input that fails", func(t *testing.T) {
		broken := errors.New("input/output error")
		for _, run := range []func(*Context) error{copyInput, labels} {
			got := runFrom(knowing(run, others{}), io.MultiReader(strings.NewReader("{"), iotest.ErrReader(broken)))
			require.Equal(t, result{code: exitFailed, out: got.out, errout: "sample: input/output error\n"}, got)
		}
	})
}

// runFrom is runWith from any reader.
func runFrom(cmd Command, stdin io.Reader, args ...string) result {
	var out, errout safeBuffer
	code := Run(cmd, Env{Args: args, Stdin: stdin, Stdout: &out, Stderr: &errout})
	return result{code, out.String(), errout.String()}
}

// TestFormatsOfDevices: an input that is a file by name alone is read once.
func TestFormatsOfDevices(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("names of open pipes are Linux's")
	}
	for _, run := range []func(*Context) error{labels, copyInput} {
		r, w, err := os.Pipe()
		require.NoError(t, err)
		go func() {
			_, _ = io.WriteString(w, "OTHER")
			_ = w.Close()
		}()
		name := fmt.Sprintf("/proc/self/fd/%d", r.Fd())
		require.Equal(t, result{code: exitFailed, errout: "sample: " + name + ": this is another format\n"}, runWith(knowing(run, others{}), "", name))
		require.NoError(t, r.Close())
	}
}

// TestFormatsOfNames: a name is looked at before anything is read, and what is worse
// than its ending is said instead.
func TestFormatsOfNames(t *testing.T) {
	inFolder(t, map[string]string{"in": "text", "in.other": "text", "there.other": "old"})
	require.NoError(t, os.Mkdir("folder.other", 0o755))
	for _, tt := range []struct{ name, args, want string }{
		{"address", "https://example.org/a.json", "https://example.org/a.json is no file for sample"},
		{"long address", "https://example.org/" + strings.Repeat("a", 5000), "https://example.org/aaaa"},
		{"no address", "none.json", "none.json does not exist"},
		{"address that is a file's", "in", "done"},
		{"ending", "in new.other", "new.other would be no other"},
		{"ending of an output that exists", "in there.other", "there.other would be no other"},
		{"ending with force", "in there.other --force", "there.other would be no other"},
		{"ending of a pipe's output", "- new.other", "new.other would be no other"},
		{"the input itself", "in.other in.other", "in.other is both input and output"},
		{"a folder", "in folder.other", "folder.other is a folder"},
		{"missing input", "none new.other", "none does not exist"},
		{"other ending", "in new.txt", "done"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := runWith(knowing(copyInput, others{}), "text", words(tt.args)...)
			if tt.want == "done" {
				require.Equal(t, result{code: exitDone, out: got.out}, got)
				return
			}
			require.Equal(t, exitCall, got.code, got.errout)
			require.Contains(t, got.errout, "sample: "+tt.want)
			require.NoFileExists(t, "new.other")
		})
	}
}
