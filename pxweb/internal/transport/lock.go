package transport

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Lock is a file that one process holds at a time.
type Lock struct{ f *flock.Flock }

// ErrHeld is the error for a lock that somebody else holds.
var ErrHeld = errors.New("it is held by another process")

// TryLock takes a lock if it is free.
func TryLock(name string) (*Lock, error) {
	f := flock.New(name)
	ok, err := f.TryLock()
	if err == nil && !ok {
		err = ErrHeld
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return &Lock{f}, nil
}

// lockPause is how long to wait before a lock that somebody holds is tried again.
// It is held for the moment of reading and writing a small file.
const lockPause = 5 * time.Millisecond

// waitLock waits for a lock until the context ends. A lock that is free is taken
// in any case: what was called before the end is still written down.
func waitLock(ctx context.Context, name string) (*Lock, error) {
	lock, err := TryLock(name)
	if err != ErrHeld {
		return lock, err
	}
	f := flock.New(name)
	if _, err := f.TryLockContext(ctx, lockPause); err != nil {
		_ = f.Close()
		return nil, err
	}
	return &Lock{f}, nil
}

// Remove removes the file of the lock while it is held, so that nobody else holds the lock
// of a file that is gone for longer than it takes to see that.
func (l *Lock) Remove() error {
	_ = os.Remove(l.f.Path())
	return l.f.Close()
}

// Close lets go of the lock.
func (l *Lock) Close() error { return l.f.Close() }
