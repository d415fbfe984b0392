package pxweb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// job is the folder with the parts of one query, kept until the query is done so
// that the same call goes on where it was stopped.
type job struct {
	dir  string
	lock *flock.Flock // nil if the folder is a temporary one
}

// keepParts is how long parts of queries that were never finished are kept.
const keepParts = 7 * 24 * time.Hour

// openJob opens the folder of a query. If another process is at the same query,
// or there is no cache, it is a temporary one.
func openJob(cache, host string, key []byte, fresh bool) (*job, error) {
	if cache == "" {
		return tempJob()
	}
	root := filepath.Join(cache, "parts")
	sweep(root, time.Now().Add(-keepParts))
	sum := sha256.Sum256(key)
	dir := filepath.Join(root, fileName(host), hex.EncodeToString(sum[:12]))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("cannot save parts: %w", err)
	}
	lock := flock.New(dir + ".lock")
	if ok, err := lock.TryLock(); err != nil || !ok {
		_ = lock.Close()
		return tempJob()
	}
	// Whoever had the lock before may have removed the folder.
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	j := &job{dir: dir, lock: lock}
	if fresh {
		return j, j.clear()
	}
	now := time.Now()
	_ = os.Chtimes(dir, now, now)
	return j, nil
}

// fileName makes a name of a file of any text.
func fileName(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, text)
}

func tempJob() (*job, error) {
	dir, err := os.MkdirTemp("", "pxweb-*")
	if err != nil {
		return nil, err
	}
	return &job{dir: dir}, nil
}

// sweep removes what nobody came back for.
func sweep(root string, before time.Time) {
	hosts, _ := os.ReadDir(root)
	for _, h := range hosts {
		jobs, _ := os.ReadDir(filepath.Join(root, h.Name()))
		for _, e := range jobs {
			if info, err := e.Info(); err == nil && info.ModTime().Before(before) {
				_ = os.RemoveAll(filepath.Join(root, h.Name(), e.Name()))
			}
		}
	}
}

// file is where the answer to a request is saved.
func (j *job) file(body []byte) string {
	sum := sha256.Sum256(body)
	return filepath.Join(j.dir, hex.EncodeToString(sum[:12])+".json")
}

// save writes an answer, whole or not at all.
func (j *job) save(name string, r io.Reader) error {
	f, err := os.CreateTemp(j.dir, "part-*.tmp")
	if err != nil {
		return &saveError{err}
	}
	_, err = io.Copy(writeOnly{f}, r)
	if e := f.Close(); err == nil && e != nil {
		err = &saveError{e}
	}
	if err == nil {
		if e := os.Rename(f.Name(), name); e != nil {
			err = &saveError{e}
		}
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// saveError is an error of our disk, not of the server.
type saveError struct{ err error }

// Error says that it is ours.
func (e *saveError) Error() string { return fmt.Sprintf("cannot save a part: %v", e.err) }

// Unwrap returns the system's error.
func (e *saveError) Unwrap() error { return e.err }

// writeOnly marks errors of writing.
type writeOnly struct{ f *os.File }

// Write writes to the file.
func (w writeOnly) Write(p []byte) (int, error) {
	n, err := w.f.Write(p)
	if err != nil {
		err = &saveError{err}
	}
	return n, err
}

// clear removes the parts.
func (j *job) clear() error {
	entries, err := os.ReadDir(j.dir)
	for _, e := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(j.dir, e.Name())))
	}
	return err
}

// remove removes the folder.
func (j *job) remove() error {
	err := os.RemoveAll(j.dir)
	if j.lock != nil {
		// While it is locked, so that nobody else holds the lock of a file that is
		// gone for longer than it takes to see that its folder is.
		_ = os.Remove(j.lock.Path())
		err = errors.Join(err, j.lock.Close())
		j.lock = nil
	}
	return err
}

// close lets go of the folder; a temporary one is removed.
func (j *job) close() error {
	if j.lock == nil {
		return os.RemoveAll(j.dir)
	}
	err := j.lock.Close()
	j.lock = nil
	return err
}
