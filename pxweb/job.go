package pxweb

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/jsonstat-go/toolkit/internal/leftover"
	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"
)

// job is the folder with the parts of one query, kept until the query is done so
// that the same call goes on where it was stopped.
type job struct {
	dir  string
	lock *transport.Lock // nil if the folder is a temporary one
	why  error           // why it is one, if that is an error
	gone bool            // it was removed, or let go
}

// keepParts is how long parts of queries that were never finished are kept.
const keepParts = 7 * 24 * time.Hour

// openJob opens the folder of a query. If another process is at the same query,
// or there is no cache, it is a temporary one, and one too if nothing can be saved in the
// cache, of which the job tells.
func openJob(cache, host string, key []byte, fresh bool) (*job, error) {
	if cache == "" {
		return tempJob(nil)
	}
	root := filepath.Join(cache, "parts")
	sweep(root, time.Now().Add(-keepParts))
	sum := sha256.Sum256(key)
	dir := filepath.Join(root, transport.FileName(host), hex.EncodeToString(sum[:12]))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return tempJob(err)
	}
	lock, err := transport.TryLock(dir + ".lock")
	switch {
	case errors.Is(err, transport.ErrHeld):
		return tempJob(nil)
	case err != nil:
		return tempJob(err)
	}
	// Whoever had the lock before may have removed the folder.
	if err := os.MkdirAll(dir, 0o777); err != nil {
		_ = lock.Close()
		return tempJob(err)
	}
	j := &job{dir: dir, lock: lock}
	now := time.Now()
	if err := os.Chtimes(dir, now, now); err != nil { // it is another user's
		_ = lock.Close()
		return tempJob(err)
	}
	return j, j.clear(func(name string) bool { return fresh || filepath.Ext(name) == ".tmp" })
}

// tempJob opens a temporary folder; why says what is wrong with the cache. Those of killed
// processes go.
func tempJob(why error) (*job, error) {
	leftover.Clear(os.TempDir(), tempName, "")
	dir, err := os.MkdirTemp("", leftover.Name(tempName)+"*")
	if err != nil {
		return nil, fmt.Errorf("there is no place for the parts of a table: %w", err)
	}
	return &job{dir: dir, why: why}, nil
}

// tempName is the tool in the names of temporary folders.
const tempName = "pxweb"

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

// clear removes files by their names.
func (j *job) clear(which func(name string) bool) error {
	entries, err := os.ReadDir(j.dir)
	for _, e := range entries {
		if which(e.Name()) {
			err = errors.Join(err, os.Remove(filepath.Join(j.dir, e.Name())))
		}
	}
	return err
}

// clearAll removes all of them.
func (j *job) clearAll() error { return j.clear(func(string) bool { return true }) }

// kept tells whether a later run will find what is saved.
func (j *job) kept() bool { return j.lock != nil }

// remove removes the folder.
func (j *job) remove() error {
	if j.gone {
		return nil
	}
	j.gone = true
	err := os.RemoveAll(j.dir)
	if j.lock != nil {
		err = errors.Join(err, j.lock.Remove())
		j.lock = nil
	}
	return err
}

// close lets go of the folder; a temporary one is removed.
func (j *job) close() error {
	if j.gone {
		return nil // its folder may be another fetch's by now
	}
	j.gone = true
	if j.lock == nil {
		return os.RemoveAll(j.dir)
	}
	err := j.lock.Close()
	j.lock = nil
	return err
}

// editionFile is the file of a job with the date of the table that the parts are of.
const editionFile = "edition"

// ofEdition forgets the parts if they are of another date than the table has now, and notes
// that.
func (j *job) ofEdition(now dated) error {
	name := filepath.Join(j.dir, editionFile)
	var before dated
	if text, err := os.ReadFile(name); err == nil && json.Unmarshal(text, &before) == nil && !before.same(now) {
		if err := j.clearAll(); err != nil {
			return err
		}
	}
	text, err := json.Marshal(now)
	if err != nil {
		return err
	}
	return os.WriteFile(name, text, 0o666)
}
