package pxweb

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/dice"
	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// client makes a client of a local server, with a cache of its own and no pauses.
func client(t testing.TB, o pxserver.Options, api API, opts Options) (*Client, *pxserver.Server) {
	t.Helper()
	base, s := pxserver.Start(t.(pxserver.TB), o)
	return clientAt(t, base, api, opts), s
}

func clientAt(t testing.TB, base string, api API, opts Options) *Client {
	t.Helper()
	host, ok := FindHost(base)
	require.True(t, ok)
	opts.API = api
	if opts.Cache == "" {
		opts.Cache = t.TempDir()
	}
	c, err := New(host, &opts)
	require.NoError(t, err)
	hurry(c)
	return c
}

// hurry gives a client a clock that runs only while it sleeps.
func hurry(c *Client) {
	var passed time.Duration
	c.server.calls.Now = func() time.Time { return time.Now().Add(passed) }
	c.server.calls.Sleep = func(ctx context.Context, d time.Duration) error {
		passed += d
		return ctx.Err()
	}
}

// fetch fetches a selection and returns the document.
func fetch(t testing.TB, c *Client, table string, selections ...string) ([]byte, *Result) {
	t.Helper()
	ctx := context.Background()
	q := query(t, c, table, selections...)
	r, err := c.Fetch(ctx, q, nil)
	require.NoError(t, err)
	defer r.Close()
	var b bytes.Buffer
	require.NoError(t, r.Write(&b, nil))
	require.NoError(t, r.Done())
	return b.Bytes(), r
}

func query(t testing.TB, c *Client, table string, selections ...string) *Query {
	t.Helper()
	ctx := context.Background()
	tab, err := c.Table(ctx, table)
	require.NoError(t, err)
	tab, err = c.Complete(ctx, tab)
	require.NoError(t, err)
	var list []dice.Criterion
	for _, text := range selections {
		s, err := criteria(text)
		require.NoError(t, err)
		list = append(list, s...)
	}
	q, err := tab.Resolve(list, c.Lists(ctx))
	require.NoError(t, err)
	return q
}

func TestSplitEqualsWhole(t *testing.T) {
	for _, api := range []API{V1, V2} {
		for _, tab := range pxserver.Demo() {
			t.Run(fmt.Sprintf("v%s/%s", api, tab.ID), func(t *testing.T) {
				if tab.Size() > 50_000 {
					t.Skip("large") // see TestManyCodes
				}
				base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 1 << 30})
				c := clientAt(t, base, api, Options{})
				n, err := query(t, c, tab.ID).Cells()
				require.NoError(t, err)
				want, _ := fetch(t, c, tab.ID)
				for _, limit := range []int64{7, 100, 5000} {
					if n/limit > 300 {
						continue
					}
					c := clientAt(t, base, api, Options{Cells: limit})
					got, r := fetch(t, c, tab.ID)
					if !bytes.Equal(want, got) {
						i := 0
						for i < len(want) && i < len(got) && want[i] == got[i] {
							i++
						}
						t.Errorf("limit %d (%d requests): differs at %d:\n%s\n%s", limit, r.Requests, i, want[max(0, i-200):min(len(want), i+200)], got[max(0, i-200):min(len(got), i+200)])
					}
				}
			})
		}
	}
}

// criteria reads selections.
func criteria(text string) ([]dice.Criterion, error) {
	spec, err := dice.Parse(text)
	if err != nil {
		return nil, err
	}
	return spec.Criteria, CheckCriteria(spec.Criteria)
}

// setAPI makes a client use a version.
// setAPI chooses the version, which stands at the place that was guessed.
func setAPI(c *Client, api API) {
	c.server.learn(func(at *site) { at.api, at.host.bare = api, "" })
}
