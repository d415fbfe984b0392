package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// errUsage is an error of the call.
var errUsage = errors.New("wrong call")

// A side is the programs of one commit, or of the work tree.
type side struct {
	label string // "old" or "new"
	about string // the commit
	tree  string // where its sources are
	bin   string // where its programs are
}

// checkout makes a side of a commit, or of the work tree if it is "".
func checkout(dir, label, commit string) (*side, error) {
	s := &side{label: label, tree: ".", bin: filepath.Join(dir, label, "bin")}
	if err := os.MkdirAll(s.bin, 0o777); err != nil {
		return nil, err
	}
	name := commit
	if name == "" {
		name = "HEAD"
	}
	about, err := exec.Command("git", "log", "-1", "--format=%h %s", name, "--").Output()
	if err != nil {
		return nil, fmt.Errorf("%w: there is no commit %q", errUsage, name)
	}
	s.about = strings.TrimSpace(string(about))
	if commit == "" {
		if changes, err := exec.Command("git", "status", "--porcelain").Output(); err != nil || len(changes) > 0 {
			s.about += ", with changes"
		}
		return s, nil
	}
	// Not a work tree of git, which would be left behind in the repository by a run
	// that is killed.
	s.tree = filepath.Join(dir, label, "tree")
	if err := os.Mkdir(s.tree, 0o777); err != nil {
		return nil, err
	}
	tar := filepath.Join(dir, label, "tree.tar")
	return s, errors.Join(command(".", "git", "archive", "--format=tar", "--output", tar, commit), command(s.tree, "tar", "-xf", tar), os.Remove(tar))
}

// commands lists the commands of a side.
func (s *side) commands() ([]string, error) {
	mains, err := filepath.Glob(filepath.Join(s.tree, "cmd", "*", "main.go"))
	var list []string
	for _, m := range mains {
		list = append(list, filepath.Base(filepath.Dir(m)))
	}
	return list, err
}

// build builds those of some programs that the side has, as they are released.
func (s *side) build(tools []string) error {
	have, err := s.commands()
	if err != nil {
		return err
	}
	var list []string
	for _, tool := range tools {
		if slices.Contains(have, tool) {
			list = append(list, "./cmd/"+tool)
		}
	}
	if err := s.compile(list); err != nil {
		return err
	}
	if !slices.Contains(tools, "merge") {
		return nil
	}
	lent, err := s.lend()
	if err != nil {
		return err
	}
	err = s.compile([]string{"./scripts/bench/merge"})
	if lent && err != nil {
		// The commit is from before package pxweb, or before what merge calls of it.
		fmt.Fprintf(os.Stderr, "bench: %s: merge cannot be built there\n", s.label)
		return nil
	}
	return err
}

// compile builds packages of the side.
func (s *side) compile(packages []string) error {
	if len(packages) == 0 {
		return nil
	}
	bin, err := filepath.Abs(s.bin)
	if err != nil {
		return err
	}
	return command(s.tree, "go", append([]string{"build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w", "-o", bin + "/"}, packages...)...)
}

// lend gives a commit that has no program merge the one of the work tree, to be
// built with the packages of that commit. One that has its own keeps it: it knows
// the API of its day.
func (s *side) lend() (lent bool, err error) {
	const name = "scripts/bench/merge"
	to := filepath.Join(s.tree, name)
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	return true, os.CopyFS(to, os.DirFS(name))
}

// program is the path of a program; ok is false if the side does not have it.
func (s *side) program(tool string) (path string, ok bool) {
	path = filepath.Join(s.bin, tool)
	_, err := os.Stat(path)
	return path, err == nil
}

// command runs a program in a folder. What it prints stands in the error.
func command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, args[0], err, out)
	}
	return nil
}
