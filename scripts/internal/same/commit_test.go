package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repository is a repository of two commits.
func repository(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no git")
		}
		t.Skip("there is no git")
	}
	root := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	call := func(args ...string) {
		t.Helper()
		if _, err := git(root, append([]string{"-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"}, args...)...); err != nil {
			t.Fatal(err)
		}
	}
	call("init", "-q")
	write("a/b.txt", "one\r\n")
	call("add", ".")
	call("commit", "-q", "-m", "one")
	write("a/b.txt", "two\n")
	write("scripts/same.base", "HEAD~1\n")
	call("add", ".")
	call("commit", "-q", "-m", "two")
	return root
}

func TestCommits(t *testing.T) {
	root := repository(t)
	first, err := findCommit(root, "HEAD~1")
	if err != nil || len(first) < 40 {
		t.Fatalf("the first commit is %q, %v", first, err)
	}
	folder := t.TempDir()
	if err := checkOut(root, first, folder); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(filepath.Join(folder, "a", "b.txt")); err != nil || string(b) != "one\r\n" {
		t.Errorf("the file of the first commit is %q, %v", b, err)
	}
	for _, name := range []string{"nosuch", "--help", "", strings.Repeat("0", 40)} {
		if hash, err := findCommit(root, name); !errors.Is(err, errCall) || strings.Contains(err.Error(), "shallow") {
			t.Errorf("commit %q is %q, %v", name, hash, err)
		}
	}
	shallow := filepath.Join(t.TempDir(), "clone")
	if _, err := git(root, "clone", "-q", "--depth=1", "file://"+filepath.ToSlash(root), shallow); err != nil {
		t.Fatal(err)
	}
	if hash, err := findCommit(shallow, first); !errors.Is(err, errCall) || !strings.Contains(err.Error(), "git fetch --unshallow") {
		t.Errorf("a commit that a shallow clone lacks is %q, %v", hash, err)
	}
}

func TestParseArgs(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "scripts"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "scripts", "same.base"), []byte("abc\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args     string
		old, new string
		fails    bool
	}{
		{"", "abc", "", false},
		{"one", "one", "", false},
		{"one two", "one", "two", false},
		{"one --seed 3 two --all", "one", "two", false},
		{"one two three", "", "", true},
		{"--nosuch", "", "", true},
		{"--times 0", "", "", true},
	} {
		o, err := parseArgs(append([]string{"--root", root}, strings.Fields(c.args)...))
		switch {
		case c.fails != errors.Is(err, errCall):
			t.Errorf("%q: %v", c.args, err)
		case err == nil && (o.old != c.old || o.new != c.new):
			t.Errorf("%q: old is %q, new is %q", c.args, o.old, o.new)
		}
	}
	if got := mainStatus([]string{"--nosuch"}, &strings.Builder{}, &strings.Builder{}); got != 2 {
		t.Errorf("a wrong call ends with %d, want 2", got)
	}
}
