package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder runs a command that makes its output a folder.
func folder(t *testing.T, dir string, args []string, run func(create func(string) (io.WriteCloser, error)) error) (int, string) {
	t.Helper()
	var stderr bytes.Buffer
	cmd := Command{Name: "part", Summary: "parts a file", Args: InputOutput, Examples: []Example{{Line: "part a b", Text: "an example"}}, Run: func(c *Context) error {
		create, err := c.OutputFolder(FolderOutput{})
		if err != nil {
			return err
		}
		return run(create)
	}}
	in := filepath.Join(dir, "in")
	if err := os.WriteFile(in, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	status := Run(cmd, Env{Args: append([]string{in}, args...), Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr})
	return status, stderr.String()
}

func file(create func(string) (io.WriteCloser, error), name, text string) error {
	w, err := create(name)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	return w.Close()
}

func names(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return strings.Join(list, " ")
}

func TestOutputFolder(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	status, stderr := folder(t, dir, []string{out}, func(create func(string) (io.WriteCloser, error)) error {
		return errors.Join(file(create, "a/part-0", "one"), file(create, "b/part-0", "two"))
	})
	if status != 0 || stderr != "" {
		t.Fatalf("status %d: %s", status, stderr)
	}
	for name, want := range map[string]string{"a/part-0": "one", "b/part-0": "two"} {
		if text, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(text) != want {
			t.Errorf("%s holds %q, %v", name, text, err)
		}
	}
	if got := names(t, dir); got != "in out" {
		t.Errorf("there are %s", got)
	}
}

// A run that fails leaves nothing, and names must stay inside.
func TestOutputFolderFails(t *testing.T) {
	for name, run := range map[string]func(create func(string) (io.WriteCloser, error)) error{
		"the run": func(create func(string) (io.WriteCloser, error)) error {
			return errors.Join(file(create, "a", "x"), errors.New("no more"))
		},
		"a name outside": func(create func(string) (io.WriteCloser, error)) error { return file(create, "../a", "x") },
		"a name twice": func(create func(string) (io.WriteCloser, error)) error {
			return errors.Join(file(create, "a", "x"), file(create, "a", "y"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if status, stderr := folder(t, dir, []string{filepath.Join(dir, "out")}, run); status != 1 || stderr == "" {
				t.Errorf("status %d: %s", status, stderr)
			}
			if got := names(t, dir); got != "in" {
				t.Errorf("there are %s", got)
			}
		})
	}
}

// What exists is not replaced, and a pipe takes no folder.
func TestOutputFolderRefused(t *testing.T) {
	never := func(func(string) (io.WriteCloser, error)) error { return errors.New("it ran") }
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{out}, {out, "--force"}, {"-"}, {}} {
		if status, stderr := folder(t, dir, args, never); status != 2 || strings.Contains(stderr, "it ran") {
			t.Errorf("%q: status %d: %s", args, status, stderr)
		}
	}
	if text, err := os.ReadFile(out); err != nil || string(text) != "old" {
		t.Errorf("the file holds %q, %v", text, err)
	}
}
