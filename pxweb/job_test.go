package pxweb

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jsonstat-go/toolkit/pxweb/internal/transport"

	"github.com/jsonstat-go/toolkit/internal/pxserver"
)

// TestResume stops a run after some parts; the next one asks for the rest alone.
func TestResume(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run(api.String(), func(t *testing.T) {
			base, s := pxserver.Start(t, pxserver.Options{MaxCells: 100})
			want, _ := fetch(t, clientAt(t, base, api, Options{}), "03013")
			cache := t.TempDir()
			c := clientAt(t, base, api, Options{Cache: cache})
			ctx, stop := context.WithCancel(context.Background())
			c.server.report = func(e Event) {
				if e.PartsDone == 3 {
					stop()
				}
			}
			q := query(t, c, "03013")
			_, err := c.Fetch(ctx, q, nil)
			require.ErrorIs(t, err, context.Canceled)

			s.Reset()
			c = clientAt(t, base, api, Options{Cache: cache})
			q = query(t, c, "03013")
			plan, err := c.Plan(context.Background(), q)
			require.NoError(t, err)
			r, err := c.Fetch(context.Background(), q, nil)
			require.NoError(t, err)
			require.Equal(t, 3, r.Reused)
			require.Equal(t, plan.Requests()-3, r.Requests)
			var b bytes.Buffer
			require.NoError(t, r.Write(&b, nil))
			require.Equal(t, string(want), b.String())

			require.Equal(t, 2, r.Checked, "two of the three are asked for again")

			// Not done: the next run has all parts. Whether they are still those of the
			// table two of them tell.
			require.NoError(t, r.Close())
			r, err = c.Fetch(context.Background(), q, nil)
			require.NoError(t, err)
			require.Equal(t, []int{0, 2}, []int{r.Requests, r.Checked})
			require.NoError(t, r.Close())
			r, err = c.Fetch(context.Background(), q, &FetchOptions{Fresh: true})
			require.NoError(t, err)
			require.Equal(t, plan.Requests(), r.Requests)
			require.NoError(t, r.Done())
			left, err := filepath.Glob(filepath.Join(cache, "parts", "*", "*"))
			require.NoError(t, err)
			require.Empty(t, left, "nothing is left when it is done")
		})
	}
}

// TestResumeAfterUpdate does not mix parts of two editions.
func TestResumeAfterUpdate(t *testing.T) {
	for _, api := range []API{V1, V2} {
		t.Run(api.String(), func(t *testing.T) {
			base, s := pxserver.Start(t, pxserver.Options{MaxCells: 100})
			cache := t.TempDir()
			c := clientAt(t, base, api, Options{Cache: cache})
			r, err := c.Fetch(context.Background(), query(t, c, "03013"), nil)
			require.NoError(t, err)
			require.NoError(t, r.Close()) // all parts stay

			s.Update("03013")
			want, _ := fetch(t, clientAt(t, base, api, Options{}), "03013")
			c = clientAt(t, base, api, Options{Cache: cache})
			got, _ := fetch(t, c, "03013")
			require.Equal(t, string(want), string(got))
		})
	}
}

// TestUpdatesForEver gives up on a table that changes all the time.
func TestUpdatesForEver(t *testing.T) {
	c, _ := client(t, pxserver.Options{MaxCells: 100, Faults: pxserver.Faults{UpdateAfter: 1}}, V2, Options{})
	q := query(t, c, "03013")
	for range 3 {
		_, err := c.Fetch(context.Background(), q, nil)
		if err == nil {
			t.Skip("this server updates a table but once")
		}
		require.ErrorIs(t, err, ErrChanged)
	}
}

// TestBrokenPart asks again for a part that is not whole on the disk.
func TestBrokenPart(t *testing.T) {
	cache := t.TempDir()
	c, _ := client(t, pxserver.Options{MaxCells: 100}, V2, Options{Cache: cache})
	q := query(t, c, "03013")
	r, err := c.Fetch(context.Background(), q, nil)
	require.NoError(t, err)
	require.NoError(t, r.Close())
	files, err := filepath.Glob(filepath.Join(cache, "parts", "*", "*", "*.json"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	require.NoError(t, os.Truncate(files[0], 50))
	r, err = c.Fetch(context.Background(), q, nil)
	require.NoError(t, err)
	require.Equal(t, 1, r.Requests)
	require.NoError(t, r.Done())
}

func TestJobs(t *testing.T) {
	cache := t.TempDir()
	one, err := openJob(cache, "h:1", []byte("key"), false)
	require.NoError(t, err)
	two, err := openJob(cache, "h:1", []byte("key"), false)
	require.NoError(t, err)
	require.NotEqual(t, one.dir, two.dir, "another process at the same query has a folder of its own")
	require.NoError(t, two.close())
	require.NoDirExists(t, two.dir)
	require.NoError(t, one.save(one.file([]byte("q")), bytes.NewReader([]byte("x"))))
	require.NoError(t, one.close())
	require.FileExists(t, one.file([]byte("q")))

	// After a week it goes.
	old := time.Now().Add(-8 * 24 * time.Hour)
	require.NoError(t, os.Chtimes(one.dir, old, old))
	three, err := openJob(cache, "h:2", []byte("key"), false)
	require.NoError(t, err)
	require.NoDirExists(t, one.dir)
	require.NoError(t, three.remove())
	require.NoError(t, three.remove(), "twice is once")

	broken := &readError{}
	four, err := openJob(cache, "h:1", []byte("key"), false)
	require.NoError(t, err)
	require.ErrorIs(t, four.save(four.file([]byte("q")), broken), errRead)
	left, err := os.ReadDir(four.dir)
	require.NoError(t, err)
	require.Empty(t, left, "half a part is none")
	require.NoError(t, four.remove())
}

var errRead = errors.New("read")

type readError struct{}

func (*readError) Read([]byte) (int, error) { return 0, errRead }

// TestWithoutCache works where there is no folder to save in.
func TestWithoutCache(t *testing.T) {
	j, err := openJob("", "h", nil, false)
	require.NoError(t, err)
	require.DirExists(t, j.dir)
	require.NoError(t, j.remove())
	require.NoDirExists(t, j.dir)
}

// TestUnwritableCache: nothing can be saved in the cache, which is no reason not to fetch. It
// is said where it matters, once.
func TestUnwritableCache(t *testing.T) {
	base, _ := pxserver.Start(t, pxserver.Options{MaxCells: 100})
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o666))
	want, _ := fetch(t, clientAt(t, base, V2, Options{}), "03013")
	c := clientAt(t, base, V2, Options{Cache: filepath.Join(file, "cache")})
	var warnings []string
	c.server.report = func(e Event) {
		if e.Warning != "" {
			warnings = append(warnings, e.Warning)
		}
	}
	got, r := fetch(t, c, "03013")
	require.Equal(t, string(want), string(got))
	require.NoDirExists(t, r.job.dir)
	require.Len(t, warnings, 1)
	require.Contains(t, warnings[0], "nothing can be saved for other runs, neither parts nor the times of calls: ")

	// One part is not kept longer than it takes, so there is nothing to say.
	warnings = nil
	_, _ = fetch(t, c, "03013", "Tid=top(1)")
	require.Empty(t, warnings)
}

// TestKilledWhileSaving: the half of a part that a killed run left goes when the folder is
// opened again.
func TestKilledWhileSaving(t *testing.T) {
	cache := t.TempDir()
	one, err := openJob(cache, "h", []byte("key"), false)
	require.NoError(t, err)
	half, whole := filepath.Join(one.dir, "part-1.tmp"), one.file([]byte("q"))
	for _, name := range []string{half, whole} {
		require.NoError(t, os.WriteFile(name, []byte("x"), 0o666))
	}
	require.NoError(t, one.close())
	one, err = openJob(cache, "h", []byte("key"), false)
	require.NoError(t, err)
	require.NoFileExists(t, half)
	require.FileExists(t, whole)
	require.NoError(t, one.remove())
}

// TestSmallerParts halves what the server does not manage, and lowers the limit
// where it gives less than it says.
func TestSmallerParts(t *testing.T) {
	base, s := pxserver.Start(t, pxserver.Options{Faults: pxserver.Faults{DataOnly: true, On: map[int]pxserver.Fault{1: pxserver.Unavailable, 2: pxserver.Unavailable}}})
	want, _ := fetch(t, clientAt(t, base, V1, Options{}), "05839", "Region=*", "Kjonn=*", "Alder=*")
	require.Equal(t, 4, len(data(s)), "twice whole, then in two halves")
	got, r := fetch(t, clientAt(t, base, V1, Options{}), "05839", "Region=*", "Kjonn=*", "Alder=*")
	require.Equal(t, 1, r.Requests)
	require.Equal(t, string(got), string(want))
}

// data are the calls for data.
func data(s *pxserver.Server) []pxserver.Request {
	var list []pxserver.Request
	for _, r := range s.Requests() {
		if r.Method == "POST" {
			list = append(list, r)
		}
	}
	return list
}

// TestUpdatedIsNow takes no time of update from a server that gives that of its
// answer.
func TestUpdatedIsNow(t *testing.T) {
	now := time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)
	s := &server{calls: &transport.Client{Clock: transport.Clock{Now: func() time.Time { return now }}}}
	q := twoByTwo(t)
	// in adds two parts, one after the other.
	in := func(a, b *part) error {
		f := &fetcher{s: s, q: q, parts: []*part{a}}
		require.NoError(t, f.sameEdition())
		f.parts = append(f.parts, b)
		return f.sameEdition()
	}
	two := func(a, b string) error {
		return in(&part{box: halves[0], updated: a, saved: now}, &part{box: halves[1], updated: b, saved: now})
	}
	require.NoError(t, two("2025-03-01T11:59:58Z", "2025-03-01T12:00:00Z"))
	require.NoError(t, two("2025-02-01T07:00:00Z", "2025-02-01T07:00:00Z"))
	require.NoError(t, two("9999-12-31T00:00:00Z", "2025-03-01T12:00:00Z"), "neither says anything")
	require.ErrorIs(t, two("2025-02-01T07:00:00Z", "2025-03-01T12:00:00Z"), ErrChanged, "published on the way")
	require.ErrorIs(t, two("2025-02-01T07:00:00Z", "2025-02-02T07:00:00Z"), ErrChanged)
	require.NoError(t, two("", ""))

	// Other contents may well be of another time.
	require.NoError(t, in(&part{box: box{{0, 2}, {0, 1}}, updated: "2025-02-01T07:00:00Z"}, &part{box: box{{0, 2}, {1, 2}}, updated: "2025-02-02T07:00:00Z"}))
}
