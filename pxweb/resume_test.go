package pxweb

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// TestFetchOfSavedPartsEndsWithContext: nothing is asked for, so that only the
// fetch itself can notice the end.
func TestFetchOfSavedPartsEndsWithContext(t *testing.T) {
	cache := t.TempDir()
	c, _ := client(t, pxserver.Options{MaxCells: 100}, V2, Options{Cache: cache})
	q := query(t, c, "03013")
	r, err := c.Fetch(context.Background(), q, nil)
	require.NoError(t, err)
	require.Greater(t, r.Requests, 1)
	require.NoError(t, r.Close())
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c.server.report = func(Event) { cancel() }
	_, err = c.Fetch(ctx, q, nil)
	require.ErrorIs(t, err, context.Canceled)
}
