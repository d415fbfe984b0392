package ssb

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
	"github.com/jsonstat-go/toolkit/jsonstat"
	"github.com/jsonstat-go/toolkit/pxweb"
)

// clientAt makes a client of the services at an address.
func clientAt(t *testing.T, base string) *Client {
	t.Helper()
	host, ok := pxweb.FindHost(base)
	require.True(t, ok)
	c, err := New(host, &Options{Cache: t.TempDir()})
	require.NoError(t, err)
	return c
}

func TestServices(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	c := clientAt(t, base)
	ctx := context.Background()
	k, err := c.Classification(ctx, 131)
	require.NoError(t, err)
	require.NotEmpty(t, k.Versions[0].ID())
	codes, err := c.KlassCodesAt(ctx, 131, "2024-06-01")
	require.NoError(t, err)
	require.Equal(t, "0301", codes[0].Code)
	over, err := c.KlassCodes(ctx, 131, "2018-01-01", "2025-01-01")
	require.NoError(t, err)
	require.Greater(t, len(over), len(codes), "codes that are gone are there too")
	changes, err := c.KlassChanges(ctx, 131, "2019-01-01", "2021-01-01")
	require.NoError(t, err)
	require.NotEmpty(t, changes)
	_, err = c.Classification(ctx, 999)
	require.ErrorIs(t, err, pxweb.ErrNotFound)
	d, err := c.Vardok(ctx, 1743, "en")
	require.NoError(t, err)
	require.Equal(t, "Employed persons", d.Name)
	require.Contains(t, d.Definition, "work for pay")
	d, err = c.Vardok(ctx, 1, "nn")
	require.NoError(t, err)
	require.Equal(t, "nb", d.Lang)
	subjects, err := c.Subjects(ctx)
	require.NoError(t, err)
	require.Equal(t, Subject{Code: "al", Title: "Arbeid og lønn", Level: 1}, subjects[0])
	require.Contains(t, fmt.Sprint(subjects), "folkemengde")

	scb, _ := pxweb.FindHost("scb")
	_, err = New(scb, &Options{Cache: t.TempDir()})
	require.ErrorIs(t, err, ErrHost)
	require.ErrorContains(t, err, "ask the host ssb")
}

func TestDatasets(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{})
	c := clientAt(t, base)
	ctx := context.Background()
	list, err := c.Datasets(ctx)
	require.NoError(t, err)
	require.Equal(t, "05839", list[0].Table)
	var b bytes.Buffer
	require.NoError(t, c.DatasetText(ctx, list[0].ID, "json", &b))
	_, err = jsonstat.Parse(b.Bytes())
	require.NoError(t, err)

	for _, status := range []int{404, 410} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.Contains(r.URL.Path, "list.json") {
				fmt.Fprint(w, `{"datasets":[{"id":1082,"title":"T","tags":["be","05839"]}]}`)
				return
			}
			w.WriteHeader(status)
		}))
		gone := clientAt(t, s.URL)
		err := gone.DatasetText(ctx, "1082", "json", &b)
		var r *RetiredError
		require.ErrorAs(t, err, &r)
		require.Equal(t, "05839", r.Table)
		require.ErrorContains(t, err, "retired")
		s.Close()
	}
}
