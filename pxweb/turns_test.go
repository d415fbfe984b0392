package pxweb

import (
	"bytes"
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// TestSeveralGoroutines share a client, a table and a query.
func TestSeveralGoroutines(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100})
	want, _ := fetch(t, clientAt(t, base, V2, Options{}), "03013")
	host, ok := FindHost(base)
	require.True(t, ok)
	c, err := New(host, &Options{Cache: t.TempDir()}) // which version it has is not known yet
	require.NoError(t, err)
	ctx := context.Background()
	table, err := c.Table(ctx, "03013")
	require.NoError(t, err)
	q, err := table.Resolve(nil, c.Lists(ctx))
	require.NoError(t, err)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			_, err := c.Search(ctx, Search{Text: "befolkning"})
			if err == nil {
				_, err = c.Table(ctx, "05839")
			}
			if err == nil {
				_, err = c.Config(ctx)
			}
			c.LimitCells(1000)
			_, _, _ = c.Limits(), c.Host(), c.Lang()
			if err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			r, err := c.Fetch(ctx, q, nil)
			if err != nil {
				t.Error(err)
				return
			}
			var b bytes.Buffer
			if err := r.Write(&b, nil); err != nil || !bytes.Equal(want, b.Bytes()) {
				t.Errorf("%v, %d bytes of %d", err, b.Len(), len(want))
			}
			if err := r.Done(); err != nil {
				t.Error(err)
			}
			_ = r.Close()
		})
	}
	wg.Wait()
}
