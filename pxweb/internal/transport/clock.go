package transport

import (
	"context"
	"time"
)

// Clock is the time that a client goes by.
type Clock struct {
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// sleepContext sleeps until the time is over or the context ends.
func sleepContext(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
