package main

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// A side is one of the two commits, with its commands.
type side struct {
	name string // "old" or "new"
	bin  string // the folder of its commands
}

// git runs git in the repository.
func git(root string, args ...string) ([]byte, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = root
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("git %s: %w: %s", args[0], err, strings.TrimSpace(errs.String()))
	}
	return out.Bytes(), nil
}

// findCommit is the full hash of a commit that the call names.
func findCommit(root, name string) (string, error) {
	hash, err := git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if err == nil {
		return strings.TrimSpace(string(hash)), nil
	}
	if shallow, e := git(root, "rev-parse", "--is-shallow-repository"); e == nil && strings.TrimSpace(string(shallow)) == "true" {
		return "", fmt.Errorf("%w: commit %s is not in this clone, which is shallow: git fetch --unshallow gets it", errCall, name)
	}
	return "", fmt.Errorf("%w: there is no commit %s here", errCall, name)
}

// checkOut writes the files of a commit into a folder.
func checkOut(root, hash, folder string) error {
	text, err := git(root, "archive", "--format=tar", hash)
	if err != nil {
		return err
	}
	for r := tar.NewReader(bytes.NewReader(text)); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if !filepath.IsLocal(h.Name) || h.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		path := filepath.Join(folder, h.Name)
		if h.Typeflag == tar.TypeDir {
			if err := os.MkdirAll(path, 0o777); err != nil {
				return err
			}
			continue
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o666); err != nil {
			return err
		}
	}
}

// build builds the commands of a tree. Neither the folder nor the commit goes into
// the programs, so that two trees that are the same make the same programs, and
// the second build finds most packages in the cache of the first.
func build(ctx context.Context, tree, bin string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", bin+string(filepath.Separator), "./cmd/...")
	cmd.Dir = tree
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// buildSides builds the commands of both commits.
func buildSides(ctx context.Context, o *options, folder string, messages io.Writer) ([2]side, error) {
	sides := [2]side{{"old", filepath.Join(folder, "bin", "old")}, {"new", filepath.Join(folder, "bin", "new")}}
	trees := [2]string{filepath.Join(folder, "tree", "old"), o.root}
	old, err := findCommit(o.root, o.old)
	if err != nil {
		return sides, err
	}
	names := [2]string{old, "the work tree"}
	commits := [2]string{old, ""}
	if o.new != "" {
		if commits[1], err = findCommit(o.root, o.new); err != nil {
			return sides, err
		}
		names[1], trees[1] = commits[1], filepath.Join(folder, "tree", "new")
	}
	fmt.Fprintf(messages, "same: old is %s, new is %s\n", names[0], names[1])
	var wg sync.WaitGroup
	var errs [2]error
	for i := range sides {
		wg.Go(func() {
			if err := os.MkdirAll(sides[i].bin, 0o777); err != nil {
				errs[i] = err
				return
			}
			if commits[i] != "" {
				if errs[i] = checkOut(o.root, commits[i], trees[i]); errs[i] != nil {
					return
				}
			}
			if err := build(ctx, trees[i], sides[i].bin); err != nil {
				errs[i] = fmt.Errorf("%s: %w", names[i], err)
			}
		})
	}
	wg.Wait()
	return sides, errors.Join(errs[:]...)
}
